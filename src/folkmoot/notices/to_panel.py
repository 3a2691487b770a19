"""Letters to the Secretary and the Executive about what is before the Executive (Mg)."""

from datetime import datetime

from folkmoot.members.models import Organisation
from folkmoot.notices.write import Letter, address, local_day, local_time, write


def put_to_executive(org: Organisation, *, case: int, name: str, due: datetime, marker: str) -> Letter:
    """Return the letter that asks the Secretary to bring a case before the Executive."""
    return write(
        "put_to_executive",
        org,
        marker,
        case=str(case),
        name=name,
        due=local_day(due, org),
        link=_case(org, case),
    )


def convened(
    org: Organisation, *, case: int, name: str, meets_at: datetime, where: str, marker: str, ordinary: bool = False
) -> Letter:
    """Return the letter that calls a member of the Executive to a panel, or says that its `ordinary` meeting hears it.

    The bundle is behind the link.
    """
    return write(
        "convened",
        org,
        marker,
        case=str(case),
        name=name,
        meets_at=local_time(meets_at, org),
        where=where,
        ordinary=ordinary,
        link=_case(org, case),
    )


def minute_to_confirm(org: Organisation, *, case: int, name: str, vote: str, until: datetime, marker: str) -> Letter:
    """Return the letter that sends somebody who sat the record of the meeting to confirm."""
    return write(
        "minute_to_confirm",
        org,
        marker,
        case=str(case),
        name=name,
        vote=vote,
        until=local_time(until, org),
        link=address(org, f"panel/cases/{case}/confirmation/"),
    )


def minute_objected(org: Organisation, *, case: int, name: str, marker: str) -> Letter:
    """Return the letter that tells the recorder that somebody who sat objects to the minute."""
    return write("minute_objected", org, marker, case=str(case), name=name, link=_case(org, case))


def reopening_voted(org: Organisation, *, case: int, name: str, carried: bool, marker: str) -> Letter:
    """Return the letter that tells how the vote on opening a final case again went (D35)."""
    return write("reopening_voted", org, marker, case=str(case), name=name, carried=carried, link=_case(org, case))


def _case(org: Organisation, case: int) -> str:
    return address(org, f"panel/cases/{case}/")
