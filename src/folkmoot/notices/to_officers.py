"""Letters to people who hold an office. They quote nothing and name no reporter: the case is behind the link."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from folkmoot.members.models import Organisation
from folkmoot.notices.write import Letter, address, local_day, local_time, write
from folkmoot.procedure.plain import people
from folkmoot.procedure.words import ReportKind, Role

_ABOUT = {
    ReportKind.ATTACK: "an attack on a person",
    ReportKind.HATE: "hatred of people for who they are",
    ReportKind.THREAT: "a threat, or somebody in danger",
    ReportKind.PRIVATE_INFORMATION: "private information",
    ReportKind.INTIMATE_IMAGE: "an intimate picture",
    ReportKind.SEXUAL: "something sexual",
    ReportKind.MISREPRESENTATION: "somebody misrepresented",
    ReportKind.LEGAL: "something that may be against the law",
    ReportKind.COPYRIGHT: "a work that belongs to somebody else",
    ReportKind.INACCURATE: "something that is not true",
    ReportKind.SPAM: "spam",
    ReportKind.SUSPICIOUS: "a suspicious account",
    ReportKind.CHILD_SAFETY: "a child who may be in danger",
    ReportKind.OTHER: "something else",
}
_WHO = {Role.SECRETARY: "the Secretary", Role.EXECUTIVE: "the Executive", Role.MODERATOR: "the moderators"}

_AS = {
    Role.ADMINISTRATOR: "an administrator",
    Role.MODERATOR: "a moderator",
    Role.SECRETARY: "the Secretary",
    Role.EXECUTIVE: "a member of the Executive",
}


def handed_over(org: Organisation, *, case: int, name: str, role: str, owed: str, due: datetime, marker: str) -> Letter:
    """Return the letter that adds the Secretary or a member of the Executive to a late case (Sh)."""
    return write(
        "handed_over",
        org,
        marker,
        case=str(case),
        name=name,
        who=_WHO[Role(role)],
        what=_owed(owed),
        due=_until(due, org),
        link=_case(org, case),
    )


def due_tomorrow(org: Organisation, *, case: int, name: str, owed: str, due: datetime, marker: str) -> Letter:
    """Return the warning to whoever owes an answer, a day before its time is up."""
    return write(
        "due_tomorrow",
        org,
        marker,
        case=str(case),
        name=name,
        what=_owed(owed),
        due=_until(due, org),
        link=_case(org, case),
    )


def still_overdue(org: Organisation, *, case: int, name: str, role: str, since: datetime, marker: str) -> Letter:
    """Return the weekly reminder of a case in which everybody was added and nobody has answered (Sh)."""
    gives_roles = role == Role.ADMINISTRATOR
    return write(
        "still_overdue",
        org,
        marker,
        case=str(case),
        name=name,
        due=local_day(since, org),
        member=not gives_roles,
        administrator=gives_roles,
        link=address(org, "admin/people/") if gives_roles else _case(org, case),
    )


def nobody_free(org: Organisation, *, case: int, name: str, role: str, due: datetime | None, marker: str) -> Letter:
    """Return the letter that tells an administrator that nobody who may act in a case holds `role`."""
    return write(
        "nobody_free",
        org,
        marker,
        case=str(case),
        name=name,
        who=_WHO[Role(role)],
        due=local_day(due, org) if due else "",
        link=address(org, "admin/people/"),
    )


def reported_again(org: Organisation, *, case: int, name: str, kind: ReportKind, marker: str) -> Letter:
    """Return the letter that tells a moderator of a further report in a case that has its answer already."""
    return write("reported_again", org, marker, case=str(case), name=name, about=_ABOUT[kind], link=_case(org, case))


def emergency(org: Organisation, *, case: int, name: str, marker: str) -> Letter:
    """Return the letter that tells a moderator of an emergency: act first (D10)."""
    return write("emergency", org, marker, case=str(case), name=name, link=_case(org, case))


def legal_clock(org: Organisation, *, case: int, name: str, due: datetime, marker: str) -> Letter:
    """Return the letter that tells of a legal complaint, and by when it has to be dealt with (Se)."""
    return write("legal_clock", org, marker, case=str(case), name=name, due=local_time(due, org), link=_case(org, case))


def second_look_asked(org: Organisation, *, case: int, name: str, due: datetime | None, marker: str) -> Letter:
    """Return the letter that asks another moderator to look at an unclear case before anything happens (Mc)."""
    return write(
        "second_look_asked",
        org,
        marker,
        case=str(case),
        name=name,
        due=local_day(due, org) if due else "",
        link=_case(org, case),
    )


def second_look_answered(org: Organisation, *, case: int, name: str, agreed: bool, marker: str) -> Letter:
    """Return the letter that tells whoever asked for a second look what came of it."""
    return write("second_look_answered", org, marker, case=str(case), name=name, agreed=agreed, link=_case(org, case))


def look_afterwards(org: Organisation, *, case: int, name: str, marker: str) -> Letter:
    """Return the letter to the Secretary: a lone moderator has decided an unclear case (Mc)."""
    return write("look_afterwards", org, marker, case=str(case), name=name, link=_case(org, case))


def review_asked(
    org: Organisation, *, case: int, review: int, name: str, due: datetime, role: str, marker: str
) -> Letter:
    """Return the letter that says that a reporter is not satisfied (Sh): a link only, their words wait behind it.

    `review`: the number of the paper with their words.
    """
    return write(
        "review_asked",
        org,
        marker,
        case=str(case),
        name=name,
        secretary=role == Role.SECRETARY,
        executive=role != Role.SECRETARY,
        due=local_day(due, org),
        link=address(org, f"panel/cases/{case}/reviews/{review}/"),
    )


def sent_back(org: Organisation, *, case: int, name: str, due: datetime, role: str, marker: str) -> Letter:
    """Return the letter that says that a case is to be decided afresh: by a moderator, or by the Executive (Sh)."""
    return write(
        "sent_back",
        org,
        marker,
        case=str(case),
        name=name,
        moderator=role == Role.MODERATOR,
        panel=role != Role.MODERATOR,
        due=local_day(due, org),
        link=_case(org, case),
    )


def cover_set(
    org: Organisation,
    *,
    name: str,
    away: str,
    role: Role,
    since: datetime,
    until: datetime | None,
    marker: str,
) -> Letter:
    """Return the letter to somebody who acts for another: on holiday, or without an end as a deputy."""
    return write(
        "cover_set",
        org,
        marker,
        name=name,
        away=away,
        who=_AS[role],
        since=local_day(since, org),
        until=local_day(until, org) if until else "",
        link=address(org, "desk/"),
    )


def cases_passed_on(org: Organisation, *, name: str, roles: Collection[Role], count: int, marker: str) -> Letter:
    """Return the letter to whoever takes over open cases, for example after the annual meeting."""
    return write(
        "cases_passed_on",
        org,
        marker,
        name=name,
        count="1 open case" if count == 1 else f"{count} open cases",
        who=people(roles),
        link=address(org, "desk/"),
    )


def _case(org: Organisation, case: int) -> str:
    return address(org, f"desk/cases/{case}/")


def _until(due: datetime, org: Organisation) -> str:
    """Return the day on which the time is up; with the hour, where it does not last to the day's end."""
    local = due.astimezone(ZoneInfo(org.zone))
    return local_day(due, org) if (local.hour, local.minute) == (23, 59) else local_time(due, org)


def _owed(owed: str) -> str:
    return {
        "report": "A report",
        "emergency": "A report of an emergency",
        "legal": "A legal complaint",
        "review": "A review that somebody asked for",
        "look_after": "A decision that somebody should look at afterwards",
        "submission": "A case that was put to the Executive",
    }.get(owed, "An appeal")
