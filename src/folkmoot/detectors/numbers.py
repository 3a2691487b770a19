"""Numbers that belong to one person: of insurance, bank, health, birth, car. Each with what tells it from others."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from folkmoot.kernel.said import gettext_noop


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: how it is written (the group `number`), its check, and which words must stand beside it."""

    pattern: re.Pattern[str]
    score: float
    why: str
    is_one: Callable[[str], bool] = lambda _number: True
    beside: re.Pattern[str] | None = None


def is_iban(number: str) -> bool:
    """Say whether the two check digits of an international bank account number are right (ISO 13616)."""
    plain = re.sub(r"\s", "", number).upper()
    if not plain.isascii():  # "K" of kelvin and "İ" are letters to the pattern, and to no bank
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def is_card(number: str) -> bool:
    """Say whether the last digit is a payment card's check digit (Luhn); the same digit all along is none."""
    digits = [int(char) for char in reversed(number) if char.isdigit()]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_nhs(number: str) -> bool:
    """Say whether the last of ten digits is an NHS number's check digit (modulo 11)."""
    digits = [int(char) for char in number if char.isdigit()]
    rest = sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return digits[9] == (11 - rest) % 11


NUMBERS = (
    Kind(
        re.compile(
            r"\b(?P<number>(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D])\b",
            re.IGNORECASE,
        ),
        0.95,
        gettext_noop("A National Insurance number."),
    ),
    Kind(
        re.compile(r"\b(?P<number>\d{2}[- ]\d{2}[- ]\d{2})\b(?=.{0,60}?\b\d{8}\b)", re.DOTALL),
        0.9,
        gettext_noop("A bank's sort code, with an account."),
    ),
    Kind(
        re.compile(r"\bsort code\b[\s:]{0,3}(?:is\s)?(?P<number>\d{2}[- ]?\d{2}[- ]?\d{2})\b", re.IGNORECASE),
        0.9,
        gettext_noop("A bank's sort code."),
    ),
    Kind(
        re.compile(r"\b(?P<number>GB\d{2}\s?[A-Z]{4}(?:\s?\d){14})\b", re.IGNORECASE),
        0.95,
        gettext_noop("A bank account (IBAN)."),
        is_iban,
    ),
    Kind(
        re.compile(r"(?<![\d-])(?P<number>\d(?:[ -]?\d){12,18})(?![\d-])"),
        0.9,
        gettext_noop("It has the check digit of a payment card."),
        is_card,
    ),
    Kind(
        re.compile(r"\bNHS\b[^\d\n]{0,30}(?P<number>\d{3}[ -]?\d{3}[ -]?\d{4})\b", re.IGNORECASE),
        0.95,
        gettext_noop("An NHS number."),
        is_nhs,
    ),
    Kind(
        re.compile(
            r"\b(?:d\.?o\.?b\.?|date of birth|born on)\b[^\d\n]{0,12}(?P<number>\d{1,2}[/. -]\w{1,9}[/. -]\d{2,4})\b",
            re.IGNORECASE,
        ),
        0.8,
        gettext_noop("A date of birth."),
    ),
    Kind(
        re.compile(r"\b(?P<number>[A-Z]{2}\d{2}\s?[A-Z]{3})\b"),
        0.7,
        gettext_noop("A car's number plate."),
        beside=re.compile(r"\b(?:car|van|plate|reg|registration|drives|driving|parked|parks|motor)\b", re.IGNORECASE),
    ),
)
