"""Letters to the author after their statement of reasons: receipts, answers, changes."""

from datetime import datetime

from folkmoot.members.models import Organisation
from folkmoot.notices.write import Letter, local_day, write, write_as
from folkmoot.procedure.words import Answer, Reopening


def clarification_asked(
    org: Organisation, *, place: str, question: str, helpful_by: datetime, link: str, marker: str
) -> Letter:
    """Return the letter that asks what was meant, before anything is decided (Sg); the clock runs on."""
    return write(
        "clarification_asked",
        org,
        marker,
        place=place,
        question=question,
        helpful_by=local_day(helpful_by, org),
        link=link,
    )


def appeal_received(org: Organisation, *, due: datetime, link: str, marker: str) -> Letter:
    """Return the receipt of an author's appeal."""
    return write("appeal_received", org, marker, due=local_day(due, org), link=link)


def appeal_extended(org: Organisation, *, until: datetime, reason: str, link: str, marker: str) -> Letter:
    """Return the letter that says that the answer to an appeal takes longer, once, why, and until when (D14)."""
    return write("appeal_extended", org, marker, until=local_day(until, org), reasons=reason, link=link)


def appeal_answered(
    org: Organisation,
    *,
    answer: Answer,
    reasons: str,
    same_moderator: bool,
    until: datetime,
    link: str,
    marker: str,
    now: str = "",
    necessity: bool = False,
) -> Letter:
    """Return the moderator's answer to an appeal (Mf).

    `now` says, where the decision is varied, what holds in its place: a sentence. `necessity`: somebody answered
    who would have stood aside had anybody else been free; neither who nor why is told (D42).
    """
    told: dict[str, str | bool] = {"reasons": reasons, "same_moderator": same_moderator, "necessity": necessity}
    if answer is not Answer.OVERTURNED:  # what is overturned leaves nothing to put to the Executive
        told["until"] = local_day(until, org)
    if answer is Answer.VARIED:
        told["now"] = now
    return write_as("appeal_answered", f"appeal_{answer}", org, marker, **told, link=link)


def submission_received(org: Organisation, *, due: datetime, link: str, marker: str) -> Letter:
    """Return the receipt of a case put to the Executive (Mg)."""
    return write("submission_received", org, marker, due=local_day(due, org), link=link)


def executive_decided(
    org: Organisation,
    *,
    answer: Answer,
    reasons: str,
    sat: int,
    aside: int,
    link: str,
    marker: str,
    now: str = "",
    too_few: bool = False,
    necessity: bool = False,
) -> Letter:
    """Return the Executive's final word (Mg); it tells how many stood aside, never who (D42). `now` as above.

    `too_few`: fewer sat than the quorum. `necessity`: some sat who would have stood aside had anybody been free.
    """
    told = {"now": now} if answer is Answer.VARIED else {}
    return write_as(
        "executive_decided",
        f"executive_{answer}",
        org,
        marker,
        **told,
        reasons=reasons,
        sat="1 member" if sat == 1 else f"{sat} members",
        aside=str(aside or ""),
        too_few=too_few,
        necessity=necessity,
        link=link,
    )


def lifted(
    org: Organisation,
    *,
    place: str,
    reasons: str,
    afterwards: bool = False,
    decided: bool = False,
    with_it: bool = False,
    link: str,
    marker: str,
) -> Letter:
    """Return the letter that says that what was done is undone, without an appeal.

    `afterwards`: somebody looked again at what one moderator alone had decided (Mc); `decided`: a decision found
    nothing against the post, after it was hidden or decided otherwise; `with_it`: the post had gone with another one
    (Md), which is back; else a hiding ended early.
    """
    return write(
        "lifted",
        org,
        marker,
        place=place,
        reasons=reasons,
        afterwards=afterwards,
        decided=decided,
        with_it=with_it,
        link=link,
    )


def measure_ended(org: Organisation, *, place: str, measure: str, link: str, marker: str) -> Letter:
    """Return the letter that says that a measure has come to its end. `measure` as in `measure_words`."""
    return write("measure_ended", org, marker, place=place, measure=measure, link=link)


def measure_lifted(org: Organisation, *, place: str, measure: str, reasons: str, link: str, marker: str) -> Letter:
    """Return the letter that says that a measure ends before its time, and why. `measure` as in `measure_words`."""
    return write("measure_lifted", org, marker, place=place, measure=measure, reasons=reasons, link=link)


def reopened(org: Organisation, *, ground: Reopening, due: datetime, link: str, marker: str) -> Letter:
    """Return the letter that says that a final matter is open again (D35), and until when it is decided."""
    return write(
        "reopened",
        org,
        marker,
        new_evidence=ground is Reopening.NEW_EVIDENCE,
        procedural_error=ground is Reopening.PROCEDURAL_ERROR,
        court_order=ground is Reopening.COURT_ORDER,
        due=local_day(due, org),
        link=link,
    )
