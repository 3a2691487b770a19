"""A letter is written: its wording in force, filled with what happened, frozen."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

from folkmoot.kernel.text import single_line
from folkmoot.members.models import Organisation
from folkmoot.notices.in_force import wording_in_force
from folkmoot.notices.kinds import KINDS
from folkmoot.notices.wording import Values
from folkmoot.outbox.marks import place


@dataclass(frozen=True)
class Letter:
    """A letter as it will be sent; `marker` is that of its links, put in at sending.

    `kind` is what it is filed as; `wording` says which edition of which template made it, e.g. "appeal_received 2",
    or "appeal_received shipped 1f0c…" for the words that come with Folkmoot.
    """

    kind: str
    subject: str
    body: str
    marker: str
    wording: str = ""


def write(key: str, org: Organisation, marker: str, **values: str | bool) -> Letter:
    """Return the letter `key` in the organisation's wording, filled with `values`: all that its `Kind` names."""
    return write_as(key, key, org, marker, **values)


def write_as(kind: str, key: str, org: Organisation, marker: str, **values: str | bool) -> Letter:
    """Return the letter `key`, filed as `kind`: several statements of reasons are one kind of letter."""
    known: Values = {"org": org.name, **values}
    # An administrator may use every name that the letter knows: one that is missing must fail on the first day.
    if known.keys() != KINDS[key].names:
        raise ValueError(f"{key} is not given what it names: {sorted(known.keys() ^ KINDS[key].names)}")
    wording = wording_in_force(org, key)
    return Letter(
        kind,
        single_line(wording.subject.fill(known))[:300],
        wording.body.fill(known).strip() + "\n",
        marker,
        wording.label,
    )


def link_mark(marker: str, grant_id: int) -> str:
    """Return the mark that becomes a party's link at sending."""
    return place(marker, "letter", grant_id)


def quoted(words: str) -> str:
    """Return somebody's words as a quotation, each line after "> ": nothing they wrote can pass for ours."""
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def local_day(at: datetime, org: Organisation) -> str:
    """Return e.g. "Friday 27 November 2026" in the organisation's time zone."""
    return date_format(at.astimezone(ZoneInfo(org.zone)), "l j F Y")


def local_time(at: datetime, org: Organisation) -> str:
    """Return e.g. "18:30 on Friday 27 November 2026" in the organisation's time zone."""
    return date_format(at.astimezone(ZoneInfo(org.zone)), "H:i \\o\\n l j F Y")


def address(org: Organisation, path: str) -> str:
    """Return the full address of a page of the organisation, `path` as in "desk/cases/7/"."""
    return f"{settings.FOLKMOOT_URL}/o/{org.slug}/{path}"
