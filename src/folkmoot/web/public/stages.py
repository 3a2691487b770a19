"""Where a matter stands, as a line of stages and as sentences: who has the duty, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Duty, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import APPEALABLE, Answer, Role, Stage
from folkmoot.steps.make_final import settles_by_silence
from folkmoot.steps.reporting import own_answer, withdrawal
from folkmoot.steps.reviews import taken_up_again
from folkmoot.web.look import moments
from folkmoot.web.public.side import Side, duties_to, ended_at, may_appeal, may_go_on

NEAR_DAYS = 60
State = Literal["done", "now", "late", "next", "skipped"]


@dataclass(frozen=True)
class Mark:
    """One stage of the line, as `look/parts/stages.html` shows it."""

    label: str
    state: State
    at: datetime | None = None
    note: str = ""


def day(at: datetime, now: datetime) -> str:
    """Return "Friday 27 November", with the year when it is another one."""
    return moments.day_in_words(moments.local_day(at), now)


def deadline(at: datetime, now: datetime) -> str:
    """Return "Friday 27 November (in 6 days)"; what is far away only as a date."""
    far = (at - now).days > NEAR_DAYS
    return day(at, now) if far else f"{day(at, now)} ({moments.relative(at, now)})"


def reporter_stages(side: Side, report: Paper, *, now: datetime) -> list[Mark]:
    """Return the line that whoever reported sees: their report, its answer, and what came of it."""
    again = taken_up_again(side.case)
    again = again if again and again.number > report.number else None
    answer, withdrawn = own_answer(report), withdrawal(report)
    decisions = list(papers_in_force(side.case, Paper.Kind.DECISION))
    marks = [Mark(_("Decided after an earlier report"), "done", one.at) for one in decisions if one.at < report.at][-1:]
    marks += [Mark(_("We have your report"), "done", report.at), *_turns(duties_to(report), now)]
    if answer:
        marks.append(Mark(_("We answered you"), "done", answer.at))
    if withdrawn:
        return [*marks, Mark(_("You withdrew it"), "done", withdrawn.at)]
    later = [one for one in decisions if one.at >= report.at]
    if again:
        before = [one for one in later if one.number < again.number]
        marks += [Mark(_("Decided"), "done", one.at) for one in before[-1:]]
        marks += [Mark(_("To be decided afresh"), "done", again.at), *_turns(duties_to(again), now)]
        later = later[len(before) :]
    if later:
        marks.append(Mark(_("Decided"), "done", later[-1].at))
    elif side.undecided:
        marks.append(Mark(_("Decision"), "next"))
    return marks if side.undecided else [*marks, *_aftermath(side, now)]


def author_stages(side: Side, *, now: datetime) -> list[Mark]:
    """Return the line that the author sees: decision, appeal, answer, Executive, end."""
    marks = [Mark(_("Decided"), "done", side.decision.at)] if side.decision else []
    marks += _appeal(side, now)
    marks += _executive(side, now)
    if side.brought_back:
        marks.append(Mark(_("Back, with the post that it went with"), "done", side.brought_back.at))
    if side.is_final:
        marks.append(Mark(_("Final"), "done", ended_at(side.case)))
    return marks


def who_answers(duties: Sequence[Duty], *, now: datetime) -> str:
    """Return who has the duty and until when; empty when nobody owes an answer any more."""
    owing = [duty for duty in duties if duty.met_at is None]
    if not owing:
        return ""
    last = owing[-1]
    until = day(last.due_at, now)
    if last.lapsed_at or last.due_at < now:
        said = _("An answer was due by %(day)s, and none has come.") % {"day": until}
    elif len(duties) == 1:
        said = _("%(who)s has until the end of %(day)s to answer.") % {"who": _WHO[Role(last.holder)], "day": until}
    else:
        said = _(
            "%(who)s was added on %(since)s and has until the end of %(day)s. "
            "Those who had the duty before may still answer."
        ) % {
            "who": _WHO[Role(last.holder)],
            "since": day(last.since, now),
            "day": until,
        }
    return said


_WHO = {
    Role.MODERATOR: later("A moderator"),
    Role.SECRETARY: later("The Secretary"),
    Role.EXECUTIVE: later("The Executive"),
}
_FIRST = {
    Owed.REPORT: later("A moderator reads it"),
    Owed.EMERGENCY: later("A moderator reads it, before anything else"),
    Owed.LEGAL: later("A moderator reads it, under the time limit of the law"),
    Owed.REVIEW: later("The Secretary reads it, and passes it on"),
    Owed.APPEAL: later("A moderator looks again"),
    Owed.SUBMISSION: later("The Executive considers it"),
}


def _asked_first(duty: Duty) -> str:
    """Return who is asked first: mostly a moderator, or where those are passed by the Executive."""
    if duty.holder == Role.EXECUTIVE:
        return str(_FIRST[Owed.SUBMISSION])
    return str(_FIRST[Owed(duty.owed)])


def _turns(duties: Iterable[Duty], now: datetime) -> Iterable[Mark]:
    for number, duty in enumerate(duties):
        due = {"day": day(duty.due_at, now)}
        added = number > 0
        label = _("%(who)s was added") % {"who": _WHO[Role(duty.holder)]} if added else _asked_first(duty)
        at = duty.since if added else None
        if duty.lapsed_at:
            late: State = "done" if duty.met_at else "late"
            yield Mark(label, late, at, _("No answer came by %(day)s.") % due)
        elif duty.met_at:
            yield Mark(label, "done", at)
        elif duty.due_at < now:
            yield Mark(label, "late", at, _("Was due by %(day)s.") % due)
        else:
            yield Mark(label, "now", at, _("Has until the end of %(day)s.") % due)


def _aftermath(side: Side, now: datetime) -> Iterable[Mark]:
    """Yield what a reporter should know of what came after the decision: that, not why (D9)."""
    case, again = side.case, side.reconsideration
    if side.decision is None:
        return
    if side.brought_back:
        yield Mark(_("Put back"), "done", side.brought_back.at)
    elif side.appeal:
        yield Mark(_("Looked at again"), *_done_or_now(again), note=_stands(again))
    if side.submission or side.reopening:
        heard = side.minute if side.is_final or side.reopening is None else None
        yield Mark(_("Before the Executive"), *_done_or_now(heard), note=_stands(heard))
    if side.is_final:
        yield Mark(_("Final"), "done", ended_at(case))
    elif case.stage in (Stage.DECIDED, Stage.RECONSIDERED):
        yield Mark(_("Final"), "next", note=_not_yet_final(side, now))
    else:
        yield Mark(_("Final"), "next")


def _appeal(side: Side, now: datetime) -> Iterable[Mark]:
    if side.appeal is None:
        if may_appeal(side.case, now=now) and side.case.settles_at:
            yield Mark(_("You may appeal"), "now", note=_until(side.case.settles_at, now))
        elif side.outcome in APPEALABLE and not side.brought_back:
            yield Mark(_("No appeal"), "skipped", note=_("The time for it has passed."))
        return
    yield Mark(_("You appealed"), "done", side.appeal.at)
    yield from _turns(duties_to(side.appeal), now)
    if side.reconsideration:
        yield Mark(_("Answered"), "done", side.reconsideration.at, _stands(side.reconsideration))
    elif not side.brought_back:
        yield Mark(_("Answer, with reasons"), "next")


def _executive(side: Side, now: datetime) -> Iterable[Mark]:
    case = side.case
    if side.submission is None and side.reopening is None:
        if may_go_on(case, now=now) and case.settles_at:
            yield Mark(_("You may go to the Executive"), "now", note=_until(case.settles_at, now))
        return
    papers = [paper for paper in (side.submission, side.minute, side.reopening) if paper]
    for paper in sorted(papers, key=lambda paper: paper.number):
        note = _stands(paper) if paper == side.minute else ""
        yield Mark(str(_HEARD[Paper.Kind(paper.kind)]), "done", paper.at, note)
    if case.stage == Stage.MINUTED:
        yield Mark(_("The Executive has met"), "now", note=_minuted(side, now))
    elif case.stage == Stage.BEFORE_EXECUTIVE:
        yield from _turns(duties_to(side.put) if side.put else [], now)
        yield Mark(_("Final decision, with reasons"), "next")


_HEARD = {
    Paper.Kind.SUBMISSION: later("You put your case to the Executive"),
    Paper.Kind.MINUTE: later("The Executive decided"),
    Paper.Kind.REOPENING: later("The Executive opened it again"),
}


def _minuted(side: Side, now: datetime) -> str:
    settles = settles_by_silence(side.case)
    if settles is None:
        return _("Those who sat are confirming the record.")
    return _("Those who sat are confirming the record. You will have the decision in writing by %(day)s.") % {
        "day": day(settles, now)
    }


def _done_or_now(paper: Paper | None) -> tuple[State, datetime | None]:
    return ("done", paper.at) if paper else ("now", None)


def _stands(paper: Paper | None) -> str:
    if paper is None:
        return ""
    return str(_SAID[Answer(paper.facts["answer"])])


_SAID = {
    Answer.STANDS: later("The decision stands."),
    Answer.VARIED: later("Something milder takes its place."),
    Answer.OVERTURNED: later("The decision is overturned."),
}


def _not_yet_final(side: Side, now: datetime) -> str:
    ends = side.case.settles_at
    if ends is None:
        return ""
    if side.outcome not in APPEALABLE or not side.case.standing:
        return _("The matter closes on %(day)s.") % {"day": day(ends, now)}
    return _("The author may ask for another look until %(day)s.") % {"day": day(ends, now)}


def _until(at: datetime, now: datetime) -> str:
    return _("Until the end of %(day)s.") % {"day": day(at, now)}
