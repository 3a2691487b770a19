"""Private information, in the forms it takes in the United Kingdom (F7).

Numbers are checked as far as they can be (telephone plans, check digits), so that dates, prices and votes are not
taken for them. What belongs to an office, such as a clerk's mailbox, is said to be so and scored low.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.numbers import NUMBERS
from folkmoot.detectors.reading import Text
from folkmoot.kernel.said import gettext

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_MAIL_SPOKEN = re.compile(
    r"(?<![\w.])[\w.]{2,40}\s{0,2}[(\[]?\s?\bat\b\s?[)\]]?\s{0,2}[\w-]{2,40}\s{0,2}[(\[]?\s?\bdot\b\s?[)\]]?\s{0,2}"
    r"(?:com|co|uk|org|net|me)\b",
    re.IGNORECASE,
)
_OF_AN_OFFICE = re.compile(
    r"^(?:info|office|clerk|contact|hello|enquiries|enquiry|admin|secretary|council|councillor|cllr|help|press|media|"
    r"complaints|events|members|membership|bookings|library|planning)\b|@(?:[\w.-]+\.)?(?:gov\.uk|parliament\.uk|"
    r"police\.uk|nhs\.uk|gov\.scot|gov\.wales)$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,£$€-])(?:\+44|0044|\(?0)(?:[ (]|\(0\)){0,3}[1-35789][\d\u00a0 ().-]{6,16}\d(?![\w%])")
# Kept by Ofcom for plays and films: no telephone rings, and who reads them cannot know.
_FOR_PLAYS = re.compile(r"(?:\+44|0044|0)(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|1\d14960\d{3}|808157\d{4})$")
_POSTCODE = re.compile(
    r"\b(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])\s{0,2}"
    r"\d[ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:(?:flat|unit|apartment)\s\d{1,4}[a-z]?,?\s)?\d{1,4}[A-Za-z]?,?\s(?:[A-Z][\w'’-]{1,24}\s){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Crescent|Cres|Terrace|Gardens|Grove|Place|Row|"
    r"Hill|Mews|Walk|Square|Park|View|Rise|Green)\b(?!\s(?:ward|by-election|junction|bridge|scheme|consultation))"
)
_AT_HOME = re.compile(
    r"\b(?:lives?|living|resides?|address|home|house|flat|stays|staying|doorstep|knock|pop round|visit)\b",
    re.IGNORECASE,
)
_OFFICE_NEAR = re.compile(
    r"\b(?:surgery|surgeries|hall|office|library|club|meeting|venue|polling|church|pub|centre|open day|street stall|"
    r"printed|published|promoted)\b",
    re.IGNORECASE,
)
_OWN = (PhoneNumberType.MOBILE, PhoneNumberType.PERSONAL_NUMBER)
_FOR_EVERYBODY = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
)
_NEAR = 60  # characters to either side in which words say what a number is


def detect(text: Text) -> Iterator[Finding]:
    """Yield each telephone number, address, bank detail and the like."""
    raw = text.raw
    yield from _mail(raw)
    if not any(map(str.isdigit, raw)):
        return
    yield from _phones(raw)
    yield from _places(raw)
    yield from _numbers(raw)


def _mail(raw: str) -> Iterator[Finding]:
    if "@" in raw:
        for found in _MAIL.finditer(raw):
            if _OF_AN_OFFICE.search(found[0]):
                yield _finding(0.1, found.span(), gettext("An e-mail address, it seems of an office."))
            else:
                yield _finding(0.8, found.span(), gettext("An e-mail address."))
    for found in _MAIL_SPOKEN.finditer(raw):
        yield _finding(0.6, found.span(), gettext("It reads like an e-mail address, spelt out."))


def _phones(raw: str) -> Iterator[Finding]:
    for found in _PHONE.finditer(raw):
        kind = _kind_of_number(re.sub(r"[^\d+]", "", found[0].replace("(0)", "")))
        if kind is None:
            continue
        if kind in _OWN:
            yield _finding(0.9, found.span(), gettext("A mobile telephone number."))
        elif kind in _FOR_EVERYBODY or _near(raw, found.span(), _OFFICE_NEAR):
            yield _finding(0.2, found.span(), gettext("A telephone number, it seems of an office."))
        else:
            yield _finding(0.7, found.span(), gettext("A telephone number."))


@lru_cache(maxsize=1024)
def _kind_of_number(digits: str) -> int | None:
    """Return what kind of telephone number it is in Britain (`PhoneNumberType`); `None` for none."""
    if _FOR_PLAYS.match(digits):
        return PhoneNumberType.MOBILE if "7700900" in digits else PhoneNumberType.FIXED_LINE
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.number_type(number) if phonenumbers.is_valid_number(number) else None


def _places(raw: str) -> Iterator[Finding]:
    for pattern, alone, what in (
        (_STREET, 0.5, gettext("A street with a house number.")),
        (_POSTCODE, 0.4, gettext("A full postcode, which is one of a few houses.")),
    ):
        for found in pattern.finditer(raw):
            score = alone
            if _near(raw, found.span(), _AT_HOME):
                score = 0.9
            elif _near(raw, found.span(), _OFFICE_NEAR):
                score = 0.1
            yield _finding(score, found.span(), what)


def _numbers(raw: str) -> Iterator[Finding]:
    for kind in NUMBERS:
        for found in kind.pattern.finditer(raw):
            said = found["number"]
            if kind.is_one(said) and (kind.beside is None or _near(raw, found.span("number"), kind.beside)):
                yield _finding(kind.score, found.span("number"), gettext(kind.why))


def _finding(score: float, span: tuple[int, int], why: str) -> Finding:
    return Finding(Signal.PRIVATE, "F7", score, *span, why)


def _near(raw: str, span: tuple[int, int], what: re.Pattern[str]) -> bool:
    start, end = span
    return bool(what.search(raw, max(0, start - _NEAR), start) or what.search(raw, end, end + _NEAR))
