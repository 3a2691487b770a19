"""The day from which a policy says that it is in force."""

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(name[:3] for name in _MONTHS)})\.?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<number>[0-9]{{2}})-(?P<day>[0-9]{{2}})\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b",
        rf"\b(?P<day>[0-9]{{1,2}})[/.](?P<number>[0-9]{{1,2}})[/.]{_YEAR}\b",
        rf"\b{_MONTH}\s+{_YEAR}\b",
    )
]
_ABOUT = re.compile(r"\b(in force|effective|adopted|agreed|approved|takes effect|version|last updated|revised)\b", re.I)


def stated_date(title: str, texts: Iterable[str]) -> tuple[date, str] | None:
    """Return the day and the words that say it: those of the title, else the first that speak of adopting; or None.

    A month without a day counts from its first.
    """
    if found := _date_in(title):
        return found
    for text in texts:
        about = _ABOUT.search(text)
        if about and (found := _date_in(text[max(about.start() - 60, 0) : about.end() + 60])):
            return found
    return None


def is_about_date(text: str) -> bool:
    """Say whether a line says no more than when the policy was adopted or written."""
    return len(text.split()) <= 8 and _ABOUT.search(text) is not None and _date_in(text) is not None


def _date_in(text: str) -> tuple[date, str] | None:
    for form in _FORMS:
        for found in form.finditer(text):
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
            try:
                return date(int(parts["year"]), month, int(parts.get("day") or 1)), found[0]
            except ValueError:
                continue
    return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower()[:3]))
