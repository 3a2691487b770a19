"""Private information in British forms is found, and what only looks like it is not."""

import pytest

from folkmoot.detectors import detect

SURE = 0.5


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Ring him, 07700 900 456, he never sleeps.", "07700 900 456"),
        ("her mobile is +44 7700 900321", "+44 7700 900321"),
        ("landline 01632 960 001 if he hides", "01632 960 001"),
        ("Write to her: jo.bloggs@mail.example", "jo.bloggs@mail.example"),
        ("he lives at 14 Alder Street", "14 Alder Street"),
        ("Her house is the red door, ZZ9 only joking, its EX1 1AA", "EX1 1AA"),
        ("NI number QQ123456C is fake but AB 12 34 56 C is how they look", "AB 12 34 56 C"),
        ("pay into 12-34-56 account 12345678", "12-34-56"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19"),
        ("his card is 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("NHS number 943 476 5919", "943 476 5919"),
        ("DOB: 04/05/1971", "04/05/1971"),
        ("he drives the van AB12 CDE", "AB12 CDE"),
    ],
)
def test_private_information_is_found(text: str, there: str) -> None:
    assert there in [text[one.start : one.end] for one in detect(text) if one.signal == "private" and one.score > SURE]


@pytest.mark.parametrize(
    "text",
    [
        "The budget rose from 1,200,450 to 01 March figures of 2024-25.",
        "Vote on 04/05/2026, polls 7-22, results by 02 00.",
        "Write to clerk@eastwold.gov.uk or press@branch.example.",
        "Polling station: Alder Street library hall, EX1 1AA.",
        "Councillor's surgery at 14 Alder Street library, Saturday.",
        "£4,000,000,000 and 1234567890123 seconds",
        "Ring the council's office on 0800 1111",
        "Section 12(3)(a) of the Act, page 20-21-22.",
        "MP24 BUS timetable", "0000 0000 0000 0000",
    ],
)  # fmt: skip
def test_what_only_looks_private_is_left(text: str) -> None:
    assert not [text[one.start : one.end] for one in detect(text) if one.signal == "private" and one.score > SURE]


@pytest.mark.parametrize("letter", ["\u212a", "\u0130", "\u017f", "\u0131"])
def test_a_letter_that_only_folds_to_a_latin_one_is_in_no_account_number_and_ends_nothing(letter: str) -> None:
    assert not [one for one in detect(f"GB29 {letter}WBK 6016 1331 9268 19") if one.score > SURE and "bank" in one.why]
