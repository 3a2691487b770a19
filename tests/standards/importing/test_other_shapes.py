"""Policies in other shapes: numbers like 1.2.3, a Word file with tables, a PDF in two columns, and smaller ones."""

from datetime import date

import pytest

from folkmoot.standards import Kind, Pack
from folkmoot.standards.importing import Imported

from .conftest import Import
from .policies import (
    NUMBERED,
    NUMBERED_TEXTS,
    PDF_TEXTS,
    WORD_TEXTS,
    two_columns,
    word_with_tables,
)


def texts(pack: Pack) -> dict[str, str]:
    return {clause.code: clause.text for clause in pack.clauses}


def left_out(made: Imported) -> str:
    return "\n".join(one.text for one in made.source.left_out)


def doubts(made: Imported) -> str:
    return "\n".join(one.what for one in made.source.doubts)


def test_sections_numbered_1_2_3(imported: Import) -> None:
    made = imported(NUMBERED, "policy.txt")
    pack = made.draft.pack
    assert texts(pack) == NUMBERED_TEXTS
    assert pack.title == "FERNHILL ALLOTMENT SOCIETY: Online conduct policy"
    assert pack.in_force_from == date(2023, 3, 14)
    assert [(one.prefix, one.under) for one in pack.headings] == [
        ("P", ""),
        ("S", "Conduct"),
        ("SB", "Conduct: Speech"),
        ("PH", "Conduct"),
        ("C", ""),
    ]
    assert "2 Conduct .......... 1" in left_out(made)
    assert "SBa to SBc stand under S2" in doubts(made)
    assert "was taken as part of “3.2”" in doubts(made)


def test_a_word_file_with_tables(imported: Import) -> None:
    made = imported(word_with_tables(), "policy.docx")
    pack = made.draft.pack
    assert texts(pack) == WORD_TEXTS
    assert pack.title == "Tenants’ group: house rules online"
    assert pack.in_force_from == date(2024, 9, 1)
    assert [one.title for one in pack.headings][1:] == [
        "What we are here for",
        "House rules",
        "What happens when",
        "Appeals",
    ]
    assert pack.clause("HR3").title == "No adverts"  # the words in bold
    assert pack.clause("HA2").title == "Insulted a neighbour"
    assert pack.clause("A1").kind is Kind.PROCEDURE
    assert "confidential draft 7" in left_out(made)
    assert "each of its rows became one clause" in doubts(made)


def test_a_pdf_in_two_columns(imported: Import) -> None:
    made = imported(two_columns(), "policy.pdf")
    assert texts(made.draft.pack) == PDF_TEXTS
    assert made.draft.pack.title == "River Rowing Club: social media policy"
    head = "River Rowing Club · Social media policy"
    assert left_out(made).split("\n") == [head, "1", head, "2"]
    assert "Read as 2 columns" in doubts(made)
    assert "“any-body” was divided" in doubts(made)
    assert "joined to one paragraph across a column or page" in doubts(made)


WEB_PAGE = """\
<!doctype html><html><head><title>x</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><main><h1>Community rules</h1><p>Welcome to <b>all</b>.<p>Stay a while.
<h2>Rules</h2><ol><li>Be kind:<ul><li>in words<li>in pictures</ul></li>
<li><b>Be fair.</b> Always.<p>Fairness is hard.</p></li></ol>
<h2>Reports</h2><ol type="a"><li>Write to <a href="https://example.org/form">us</a>.</li><li>Wait.</ol>
<p>We answer<br>in a week.<br><br>Or two.</p></main><footer>&copy; us</footer><p hidden>psst</p></body></html>
"""


def test_a_web_page_without_its_menu(imported: Import) -> None:
    made = imported(WEB_PAGE, "policy.html")
    assert texts(made.draft.pack) == {
        "C1": "Welcome to all.",
        "C2": "Stay a while.",
        "R1": "Be kind:",
        "R2": "Be fair. Always.\n\nFairness is hard.",
        "RA1": "in words",
        "RA2": "in pictures",
        "REa": "Write to us.",
        "REb": "Wait.",
        "RE1": "We answer in a week.",
        "RE2": "Or two.",
    }
    assert made.draft.pack.codes[-4:] == ("REa", "REb", "RE1", "RE2")  # as they are read
    assert left_out(made).split("\n") == ["Home", "© us", "psst"]
    assert ("us", "https://example.org/form") in made.source.links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. One\n\n2. Two\n\n4. Four\n", {"P1": "One", "P2": "Two", "P3": "Four"}),
        ("6. Six\n\n7. Seven\n", {"P1": "Six", "P2": "Seven"}),
        ("Before:\n\n1) One\n\n2) Two\n\nAfter.\n", {"P0": "Before:", "P1": "One", "P2": "Two", "P3": "After."}),
        ("Before.\n\n(a) One\n(b) Two\n\nAfter.\n", {"P0": "Before.", "Pa": "One", "Pb": "Two", "P1": "After."}),
        ("One.\n\nTwo.\n\n1. Three\n\n2. Four\n", {"PA1": "One.", "PA2": "Two.", "P1": "Three", "P2": "Four"}),
        ("- One\n- Two\n  - Three\n- Four\n", {"P1": "One", "P2": "Two", "P3": "Three", "P4": "Four"}),
        ("I. One\n\nII. Two\n\nIII. Three\n", {"P1": "One", "P2": "Two", "P3": "Three"}),
        ("J. Smith wrote this.\n\nK. Jones did not.\n", {"P1": "J. Smith wrote this.", "P2": "K. Jones did not."}),
        ("Be Kind\nWe ask that of you.\nNo Spam\nNot here.\n", {"K1": "We ask that of you.", "N1": "Not here."}),
        ("Rule 1: Be kind\nIt is free.\n\nRule 2: No spam\nNot here.\n", {"K1": "It is free.", "N1": "Not here."}),
        ("One\n\nTwo\n\nThree\n\nFour.\n", {"P1": "One", "P2": "Two", "P3": "Three", "P4": "Four."}),
    ],
)
def test_smaller_shapes(imported: Import, text: str, expected: dict[str, str]) -> None:
    assert texts(imported(text, "policy.txt").draft.pack) == expected


GUIDELINES = """\
GUIDELINES FOR VOLUNTEERS

1.0 INTRODUCTION

1.1 These guidelines are for all volunteers and hold wherever they write.

1.2 Read them together with:

    (i)  the code of conduct; and
    (ii) the privacy notice.

2.0 USE

2.1 Volunteers are encouraged to:
    • share news of events
    • ask questions

3.0 BREACHES

3.1 Breaches may lead to removal.

Approved by the board: 12 January 2021
"""


def test_sections_numbered_1_0(imported: Import) -> None:
    pack = imported(GUIDELINES, "policy.txt").draft.pack
    assert texts(pack) == {
        "I1": "These guidelines are for all volunteers and hold wherever they write.",
        "I2": "Read them together with:",
        "IB1": "the code of conduct; and",
        "IB2": "the privacy notice.",
        "U1": "Volunteers are encouraged to:",
        "UA1": "share news of events",
        "UA2": "ask questions",
        "B1": "Breaches may lead to removal.",
        "B2": "Approved by the board: 12 January 2021",
    }
    assert pack.in_force_from == date(2021, 1, 12)


CHAPTERS = """\
Foreword

This is the foreword of our little book of rules.

Chapter 1: Speaking

Section 1. Be heard

Everyone is heard.

Section 2. Be brief

Nobody speaks for more than three minutes.

Chapter 2: Writing

Section 3. Be kind

Kindness counts.
"""


def test_chapters_and_the_sections_in_them_are_counted_apart(imported: Import) -> None:
    made = imported(CHAPTERS, "policy.txt")
    assert [(one.prefix, one.title, one.under) for one in made.draft.pack.headings] == [
        ("F", "Foreword", ""),
        ("H", "Be heard", "Speaking"),
        ("B", "Be brief", "Speaking"),
        ("K", "Be kind", "Writing"),
    ]
    assert left_out(made).split("\n") == ["Chapter 1: Speaking", "Chapter 2: Writing"]


def test_a_number_that_could_not_be_kept_is_said(imported: Import) -> None:
    assert "“4.” became P3: codes have no holes" in doubts(imported("1. One\n\n2. Two\n\n4. Four\n", "policy.txt"))


def test_invisible_characters_and_letters_of_another_encoding_are_put_right(imported: Import) -> None:
    made = imported("Rules\n\nBe\u200b kind to the ca\u00adfe.\n\nNo caf\u00e9s.\n".encode(), "policy.txt")
    assert list(texts(made.draft.pack).values()) == ["Be kind to the cafe.", "No cafés."]


def test_letters_of_windows_are_read_and_pointed_at(imported: Import) -> None:
    made = imported("Rules\n\nBe “kind”.\n\nNo cafés.\n".encode("cp1252"), "policy.txt")
    assert list(texts(made.draft.pack).values()) == ["Be “kind”.", "No cafés."]
    assert "Windows-1252" in doubts(made)
