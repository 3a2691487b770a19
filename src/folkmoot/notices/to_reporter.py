"""Letters to people who told us of something, and to the person whom it concerns. Mail is not private: no words."""

from datetime import datetime

from folkmoot.members.models import Organisation
from folkmoot.notices.write import Letter, address, local_day, write


def reporter_news(org: Organisation, *, marker: str) -> Letter:
    """Return the only mail an unproven address gets: there is news, use your code."""
    return write("reporter_news", org, marker, track=address(org, "track/"))


def report_received(org: Organisation, *, due: datetime | None, marker: str) -> Letter:
    """Return the mailed receipt of a report, without its code: mail is not private.

    `due` is `None` where the post has been decided about already.
    """
    return write("report_received", org, marker, due=local_day(due, org) if due else "", track=address(org, "track/"))


def extended(org: Organisation, *, until: datetime, marker: str) -> Letter:
    """Return the letter that says that an answer takes longer, once, and until when (D14).

    The reason stands on the reporter's page: somebody typed it, and an address is not proven.
    """
    return write("extended", org, marker, until=local_day(until, org), track=address(org, "track/"))


def target_told(org: Organisation, *, coming_back: datetime | None, marker: str) -> Letter:
    """Return the letter to the person whom something was about; the words wait behind their code.

    `coming_back`: from when what they were shown may be seen again; they are warned before.
    """
    return write(
        "target_told",
        org,
        marker,
        coming_back=local_day(coming_back, org) if coming_back else "",
        track=address(org, "track/"),
    )
