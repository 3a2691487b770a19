"""Letters: what happened in, frozen words out. One plain template per letter, in `templates/notices/`.

A letter's template gives its subject on the first line. People's words go in as they are: letters are text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format

from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.kernel.text import single_line
from folkmoot.members.models import Organisation
from folkmoot.outbox.marks import place
from folkmoot.procedure.words import AimedAt, Answer, Outcome, ReportKind

_GAPS = re.compile(r"\n{4,}")


@dataclass(frozen=True)
class Letter:
    """A letter as it will be sent; `marker` is that of its links, put in at sending."""

    kind: str
    subject: str
    body: str
    marker: str


@dataclass(frozen=True)
class Reasons:
    """What a statement of reasons says (Me, D15-D17, D25)."""

    outcome: Outcome
    place: str
    posted: datetime | None
    text: str
    passage: str
    clauses: Sequence[Clause]
    edition: PolicyEdition
    aimed_at: AimedAt
    reasons: str
    appeal_until: datetime
    found_by: str = "a report"


def statement_of_reasons(org: Organisation, said: Reasons, *, link: str, marker: str) -> Letter:
    """Return the letter that tells the author what was decided about their post, and why."""
    return _letter(
        "statement_of_reasons",
        org,
        marker,
        said=said,
        text=quoted(said.text),
        passage=quoted(said.passage),
        link=link,
        appeal_until=local_day(said.appeal_until, org),
        posted=local_day(said.posted, org) if said.posted else "",
        official=said.edition.official_url or org.official_url,
        rules=f"{settings.FOLKMOOT_URL}/o/{org.slug}/rules/editions/{said.edition.number}/",
    )


def appeal_received(org: Organisation, *, due: datetime, link: str, marker: str) -> Letter:
    """Return the receipt of an author's appeal."""
    return _letter("appeal_received", org, marker, due=local_day(due, org), link=link)


def appeal_answered(
    org: Organisation,
    *,
    answer: Answer,
    reasons: str,
    same_moderator: bool,
    until: datetime,
    link: str,
    marker: str,
) -> Letter:
    """Return the moderator's answer to an appeal (Mf)."""
    return _letter(
        "appeal_answered",
        org,
        marker,
        stands=answer is Answer.STANDS,
        reasons=reasons,
        same_moderator=same_moderator,
        until=local_day(until, org),
        link=link,
    )


def submission_received(org: Organisation, *, due: datetime, link: str, marker: str) -> Letter:
    """Return the receipt of a case put to the Executive (Mg)."""
    return _letter("submission_received", org, marker, due=local_day(due, org), link=link)


def executive_decided(
    org: Organisation,
    *,
    answer: Answer,
    reasons: str,
    sat: int,
    aside: int,
    necessity: bool,
    link: str,
    marker: str,
) -> Letter:
    """Return the Executive's final word (Mg); it tells how many stood aside, never who (D42)."""
    return _letter(
        "executive_decided",
        org,
        marker,
        stands=answer is Answer.STANDS,
        reasons=reasons,
        sat=sat,
        aside=aside,
        necessity=necessity,
        link=link,
    )


def reporter_news(org: Organisation, *, marker: str) -> Letter:
    """Return the only mail an unproven address gets: there is news, use your code."""
    return _letter("reporter_news", org, marker, track=f"{settings.FOLKMOOT_URL}/o/{org.slug}/track/")


def report_received(org: Organisation, *, due: datetime | None, marker: str) -> Letter:
    """Return the mailed receipt of a report, without its code: mail is not private.

    `due` is `None` where the post has been decided about already.
    """
    return _letter(
        "report_received",
        org,
        marker,
        due=local_day(due, org) if due else "",
        track=f"{settings.FOLKMOOT_URL}/o/{org.slug}/track/",
    )


def handed_over(org: Organisation, *, case: int, name: str, role: str, owed: str, due: datetime, marker: str) -> Letter:
    """Return the letter that adds the Secretary or a member of the Executive to a late case (Sh)."""
    return _letter(
        "handed_over",
        org,
        marker,
        case=case,
        name=name,
        role=role,
        owed=owed,
        due=local_day(due, org),
        link=f"{settings.FOLKMOOT_URL}/o/{org.slug}/desk/cases/{case}/",
    )


def nobody_free(org: Organisation, *, case: int, name: str, role: str, due: datetime | None, marker: str) -> Letter:
    """Return the letter that tells an administrator that nobody who may act in a case holds `role`."""
    return _letter(
        "nobody_free",
        org,
        marker,
        case=case,
        name=name,
        role=role,
        due=local_day(due, org) if due else "",
        link=f"{settings.FOLKMOOT_URL}/o/{org.slug}/admin/people/",
    )


def reported_again(org: Organisation, *, case: int, name: str, kind: ReportKind, marker: str) -> Letter:
    """Return the letter that tells a moderator of a further report in a case that has its answer already."""
    return _letter(
        "reported_again",
        org,
        marker,
        case=case,
        name=name,
        about=kind,
        link=f"{settings.FOLKMOOT_URL}/o/{org.slug}/desk/cases/{case}/",
    )


def put_to_executive(org: Organisation, *, case: int, name: str, due: datetime, marker: str) -> Letter:
    """Return the letter that asks the Secretary to bring a case before the Executive."""
    return _letter(
        "put_to_executive",
        org,
        marker,
        case=case,
        name=name,
        due=local_day(due, org),
        link=f"{settings.FOLKMOOT_URL}/o/{org.slug}/panel/cases/{case}/",
    )


def minute_to_confirm(org: Organisation, *, case: int, name: str, vote: str, until: datetime, marker: str) -> Letter:
    """Return the letter that sends somebody who sat the record of the meeting to confirm."""
    return _letter(
        "minute_to_confirm",
        org,
        marker,
        case=case,
        name=name,
        vote=vote,
        until=local_time(until, org),
        link=f"{settings.FOLKMOOT_URL}/o/{org.slug}/panel/cases/{case}/confirmation/",
    )


def minute_objected(org: Organisation, *, case: int, name: str, marker: str) -> Letter:
    """Return the letter that tells the recorder that somebody who sat objects to the minute."""
    return _letter(
        "minute_objected",
        org,
        marker,
        case=case,
        name=name,
        link=f"{settings.FOLKMOOT_URL}/o/{org.slug}/panel/cases/{case}/",
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


def _letter(kind: str, org: Organisation, marker: str, **facts: object) -> Letter:
    words = _GAPS.sub("\n\n\n", render_to_string(f"notices/{kind}.txt", {"org": org, **facts}))
    subject, _, body = words.strip().partition("\n")
    return Letter(kind, single_line(subject.removeprefix("Subject:")), body.strip() + "\n", marker)
