"""Every letter on a sample matter: it is given all that it names, and says what it must, in words for everybody."""

import re

import pytest

from folkmoot.notices.check import faults
from folkmoot.notices.in_force import shipped
from folkmoot.notices.kinds import KINDS, NAMES, Audience
from folkmoot.notices.write import Letter
from folkmoot.web.desk.words import LETTERS
from tests import cast
from tests.cast import Branch, branch
from tests.notices.sample import QUESTION, every_letter
from tests.places import PROJECT

FOLDER = PROJECT / "src" / "folkmoot" / "notices" / "templates" / "notices"
QUOTING = {key for key, kind in KINDS.items() if "text" in kind.names}
FOR_AUTHORS = [kind.key for kind in KINDS.values() if kind.audience is Audience.AUTHOR]


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


@pytest.fixture
def written(people: Branch) -> list[tuple[str, Letter]]:
    return list(every_letter(people.org))


def test_every_letter_has_its_template_and_every_template_its_letter() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(KINDS)
    assert {name for kind in KINDS.values() for name in kind.names} <= set(NAMES)


@pytest.mark.parametrize("key", sorted(KINDS))
def test_the_words_that_come_with_folkmoot_say_all_that_they_must(key: str) -> None:
    assert faults(KINDS[key], shipped(key)) == []


def test_every_letter_has_a_function_that_gives_it_all_that_it_names(written: list[tuple[str, Letter]]) -> None:
    assert {key for key, _ in written} == set(KINDS)
    for key, letter in written:
        assert letter.subject, key
        assert not re.search(r"\{[{%]|[}%]\}|None|\n\n\n\n", letter.subject + letter.body), letter.body
        assert letter.wording == f"{key} shipped {shipped(key).fingerprint[:16]}"


def test_every_letter_has_a_title_on_the_case_page(written: list[tuple[str, Letter]]) -> None:
    of_no_case = {"waiting_for_you"}
    assert {letter.kind for _, letter in written} - set(LETTERS) == of_no_case


def test_only_statements_quote_what_somebody_posted(written: list[tuple[str, Letter]]) -> None:
    assert QUOTING == {key for key in KINDS if key.startswith("statement_")} | {"hidden_meanwhile"}
    for key, letter in written:
        assert (cast.PASSAGE in letter.body) <= (key in QUOTING), key
        assert (QUESTION in letter.body) <= (key == "clarification_asked"), key


def test_what_is_quoted_is_told_apart_line_by_line(written: list[tuple[str, Letter]]) -> None:
    for _, letter in written:
        for line in letter.body.splitlines():
            assert cast.PASSAGE not in line or line.startswith("> "), line


@pytest.mark.parametrize("key", FOR_AUTHORS)
def test_every_letter_after_a_decision_says_that_it_is_not_a_disciplinary_matter(
    key: str, written: list[tuple[str, Letter]]
) -> None:
    receipts = {"appeal_received", "submission_received"}  # nothing has been said that could sound like one
    for letter in (letter for one, letter in written if one == key and key not in receipts):
        assert "not a disciplinary matter" in letter.body


def test_the_same_three_answers_are_given_by_a_moderator_and_by_the_executive(
    written: list[tuple[str, Letter]],
) -> None:
    for stage in ("appeal", "executive"):
        for answer in ("stands", "varied", "overturned"):
            [subject] = {letter.subject for key, letter in written if key == f"{stage}_{answer}"}
            assert subject.endswith(answer)


def test_necessity_is_told_without_who_or_why(written: list[tuple[str, Letter]]) -> None:
    told = [letter.body for key, letter in written if "would have stood aside" in letter.body]
    assert told
    for body in told:
        assert "interest" not in body.partition("would have stood aside")[0].rpartition("\n")[2]


def test_a_measure_says_until_when_it_holds(people: Branch, written: list[tuple[str, Letter]]) -> None:
    body = next(letter.body for key, letter in written if key == "statement_measure")
    assert "- Until Wednesday 2 December 2026, you cannot post there." in body
    assert "- From now on, you are shut out of that place." in body


def test_each_statement_cites_the_exact_text_with_its_edition(
    people: Branch, written: list[tuple[str, Letter]]
) -> None:
    clause = people.org.policy_editions.get(is_parent=False).clauses.get(code="H1")
    for key, letter in written:
        if key.startswith("statement_"):
            assert 'From "Harbour branch rules", edition 1, in summary:' in letter.body, key
            assert f"H1. {clause.title}\n{clause.text}" in letter.body, key
            assert "https://example.org/harbour-rules" in letter.body, key
