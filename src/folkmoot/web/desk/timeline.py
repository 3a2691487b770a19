"""A case's events in plain words, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.detectors.signal_words import signal_said
from folkmoot.members.prepared import prepared
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Answer, Outcome, ReportKind, Role, Step
from folkmoot.steps.clarify import Did
from folkmoot.web.desk import by_hand, words
from folkmoot.web.desk.casework import name_of, people_named


@dataclass(frozen=True)
class Moment:
    """One thing that happened."""

    at: datetime
    title: str
    text: str = ""  # people's words
    sign: str = ""  # class of the timeline's item


def timeline(case: Case, papers: Sequence[Paper]) -> list[Moment]:
    """Return what happened in the case. `papers` are those of the case with their texts."""
    events = _events(case)
    people = people_named([event.by for event in events])
    by_number = {paper.pk: paper for paper in papers}
    return [moment_of(event, by_number.get(event.paper_id or 0), name_of(event.by, people)) for event in events]


def moment_of(event: Event, paper: Paper | None, who: str) -> Moment:
    """Return what an event says; `paper` is the one that tells of it, `who` the name of whoever acted."""
    say = SAYINGS.get(Step(event.step))
    title, text, sign = say(event, paper, who) if say else (event.step.replace("_", " "), "", "")
    return Moment(event.at, title, text, sign)


Saying = tuple[str, str, str]


def _plain(sentence: Callable[[], str]) -> Callable[[Event, Paper | None, str], Saying]:
    return lambda _event, _paper, who: (sentence() % {"who": who}, "", "")


def _clarified(_event: Event, paper: Paper | None, _who: str) -> Saying:
    said = {
        Did.EXPLAINED: _("The author wrote what they meant"),
        Did.EDITED: _("The author says that they have changed the post"),
        Did.TAKEN_DOWN: _("The author says that they have taken the post down"),
    }
    return said[Did(paper.facts["did"])] if paper else said[Did.EXPLAINED], "", ""


def _taken_along(_event: Event, paper: Paper | None, who: str) -> Saying:
    taken, left = (len(paper.facts[what]) if paper else 0 for what in ("taken", "left"))
    said = _("%(who)s looked at later posts that hang together with this one:") % {"who": who}
    went = ngettext("%(n)s went with it", "%(n)s went with it", taken) % {"n": taken}
    stay = ngettext("%(n)s stays", "%(n)s stay", left) % {"n": left}
    return f"{said} {', '.join([*([went] if taken else []), *([stay] if left else [])])}", "", "is-decision"


def _reported(event: Event, paper: Paper | None, who: str) -> Saying:
    kind = str(words.KINDS[ReportKind(paper.facts["kind"])]) if paper else ""
    return _("Reported: %(kind)s") % {"kind": kind.lower()}, "", ""


def _interest(event: Event, paper: Paper | None, who: str) -> Saying:
    if paper and paper.facts.get("disowned_account"):
        return (
            _("%(who)s says that the author’s account is not theirs, whatever address was written down") % {"who": who},
            "",
            "",
        )
    if paper and paper.facts.get("disowned"):
        return _("%(who)s says that the report with their address is not theirs") % {"who": who}, "", ""
    # D42: which interest it is stays sealed
    stands_aside = bool(paper and paper.facts.get("interested"))
    title = _("%(who)s has an interest and stands aside") if stands_aside else _("%(who)s has no part in this")
    return title % {"who": who}, paper.words.get("said", "") if paper else "", ""


def _raised(_event: Event, paper: Paper | None, _who: str) -> Saying:
    signal = signal_said(paper.facts["signal"]) if paper else ""
    title = _(
        "The software put it in the emergency lane, because of what it found: %(signal)s. Nobody has decided that"
    )
    return title % {"signal": signal.lower()}, "", "is-harm"


def _asked_for_review(event: Event, paper: Paper | None, who: str) -> Saying:
    # Sh: the words are for the Secretary and the Executive; they may be about whoever reads this
    if paper and paper.facts["unanswered"]:
        return _("A reporter says that nobody answers"), "", "is-harm"
    return _("A reporter is not satisfied, and asks for it to be looked at"), "", "is-decision"


def _sent_back(event: Event, paper: Paper | None, who: str) -> Saying:
    text = paper.words.get("reasons", "") if paper else ""
    title = _("The Executive sent it back for a fresh decision")
    if paper and "votes" not in paper.facts:
        title = _("%(who)s sent it back for a fresh decision") % {"who": who}
    return title, text, "is-decision"


def _taken_up(event: Event, paper: Paper | None, who: str) -> Saying:
    text = paper.words.get("reasons", "") if paper else ""
    after_report = paper is not None and paper.answers_id is not None
    said = _("%(who)s took it up again, after a later report") if after_report else _("%(who)s took it up again")
    return said % {"who": who}, text, "is-decision"


def _decided_as_panel(event: Event, paper: Paper | None, who: str) -> Saying:
    outcome = str(words.OUTCOME_DONE[Outcome(paper.facts["outcome"])]) if paper else ""
    return _("Members of the Executive decided: %(outcome)s") % {"outcome": outcome}, "", "is-decision"


def _author(event: Event, paper: Paper | None, who: str) -> Saying:
    source = paper.words.get("source", "") if paper else ""
    return _("%(who)s wrote down who the author is, or how to reach them") % {"who": who}, source, ""


def _decided(event: Event, paper: Paper | None, who: str) -> Saying:
    outcome = str(words.OUTCOME_DONE[Outcome(paper.facts["outcome"])]) if paper else ""
    return _("%(who)s decided: %(outcome)s") % {"who": who, "outcome": outcome}, "", "is-decision"


def _proposed(event: Event, paper: Paper | None, who: str) -> Saying:
    outcome = str(words.OUTCOME_DONE[Outcome(paper.facts["outcome"])]) if paper else ""
    title = _("%(who)s asks for a second look, and proposes: %(outcome)s")
    return title % {"who": who, "outcome": outcome}, "", ""


def _declined(event: Event, paper: Paper | None, who: str) -> Saying:
    taken_back = bool(paper and paper.facts["taken_back"])
    title = _("%(who)s took the proposal back") if taken_back else _("%(who)s does not agree with what was proposed")
    return title % {"who": who}, paper.words.get("reasons", "") if paper else "", "is-decision"


def _looked_afterwards(event: Event, paper: Paper | None, who: str) -> Saying:
    stands = paper is not None and paper.facts["answer"] == Answer.STANDS
    title = _("%(who)s looked afterwards: it stands") if stands else _("%(who)s looked afterwards: it is overturned")
    return title % {"who": who}, paper.words.get("reasons", "") if paper else "", "is-decision"


def _reconsidered(event: Event, paper: Paper | None, who: str) -> Saying:
    titles = {
        Answer.STANDS: _("%(who)s looked again: it stands"),
        Answer.VARIED: _("%(who)s looked again: something milder takes its place"),
        Answer.OVERTURNED: _("%(who)s looked again: it is overturned"),
    }
    return titles[Answer(paper.facts["answer"])] % {"who": who} if paper else "", "", "is-decision"


def _minuted(event: Event, paper: Paper | None, who: str) -> Saying:
    return _("%(who)s wrote down the Executive’s minute") % {"who": who}, "", "is-decision"


def _objected(event: Event, paper: Paper | None, who: str) -> Saying:
    if paper and "interest" in paper.facts:
        return _("%(who)s had voted and stands aside, so the minute has no effect") % {"who": who}, "", "is-harm"
    text = paper.words.get("words", "") if paper else ""
    return _("%(who)s objects to the minute, so it has no effect") % {"who": who}, text, "is-harm"


def _final(event: Event, paper: Paper | None, who: str) -> Saying:
    return _("The case is final and locked"), "", "is-final"


def _handed_over(event: Event, paper: Paper | None, who: str) -> Saying:
    to = event.facts["to"]
    if to is None:
        return _("The Executive let its time pass. Nobody is left to add."), "", "is-harm"
    named = {Role.SECRETARY: _("the Secretary"), Role.EXECUTIVE: _("the Executive")}
    if event.facts.get("passed_by"):  # D42: who holds the office, and why they are not free, is nobody's business
        title = _("No answer in time: %(role)s was added. %(passed)s was passed by: nobody there is free")
        passed = named[Role(event.facts["passed_by"][0])]
        return title % {"role": named[Role(to)], "passed": passed[:1].upper() + passed[1:]}, "", "is-harm"
    return _("No answer in time: %(role)s was added") % {"role": named[Role(to)]}, "", "is-harm"


def _extended(event: Event, paper: Paper | None, who: str) -> Saying:
    title = _("%(who)s took longer for the answer, once: those who wait were told")
    return title % {"who": who}, paper.words.get("reason", "") if paper else "", ""


def _warned(event: Event, paper: Paper | None, who: str) -> Saying:
    if "overdue" in event.facts:
        return _("Still no answer: the Executive and the administrators were reminded"), "", "is-harm"
    return _("The time is nearly up: those whose turn it is were told"), "", ""


def _ticked(event: Event, paper: Paper | None, who: str) -> Saying:
    if paper is None:
        return _("%(who)s ended a task") % {"who": who}, "", ""
    facts, op = paper.facts, Task.Op(paper.facts["op"])
    said = by_hand.DID[op] if facts["done"] else by_hand.DID_NOT[op]
    if facts.get("sure") is False:
        said = by_hand.NOT_SURE
    if "there" in facts:
        said = by_hand.THERE if facts["there"] else by_hand.NOT_THERE
    return str(said) % {"who": who}, paper.words.get("note", ""), "" if facts["done"] else "is-harm"


def _measure_ended(event: Event, paper: Paper | None, who: str) -> Saying:
    early = paper is not None and paper.facts["early"]
    title = _("%(who)s ended a measure sooner") if early else _("A measure has come to its end")
    return title % {"who": who}, paper.words.get("reasons", "") if paper else "", ""


def _delivered(event: Event, paper: Paper | None, who: str) -> Saying:
    letter = str(words.LETTERS.get(paper.facts["letter"], "")) if paper else ""
    outcome = paper.facts["outcome"] if paper else ""
    title, sign = _DELIVERED.get(outcome, _DELIVERED["given_up"])
    return title() % {"letter": letter, "who": who}, paper.words.get("note", "") if paper else "", sign


_DELIVERED: dict[str, tuple[Callable[[], str], str]] = {
    "sent": (lambda: _("Letter on its way: %(letter)s"), ""),
    "served": (lambda: _("Letter served, since it has not come back: %(letter)s"), ""),
    "no_mail": (lambda: _("No mail server, so somebody has to hand it over: %(letter)s"), ""),
    "given_up": (lambda: _("Letter given up: %(letter)s"), "is-harm"),
    "returned": (lambda: _("Letter came back, says %(who)s: %(letter)s"), "is-harm"),
    "not_served": (lambda: _("Not served, nobody has handed it over in four weeks: %(letter)s"), "is-harm"),
}
SAYINGS: dict[Step, Callable[[Event, Paper | None, str], Saying]] = {
    Step.FILE_REPORT: _reported,
    Step.ADD_TO_REPORT: _plain(lambda: _("A reporter added something")),
    Step.WITHDRAW_REPORT: _plain(lambda: _("A reporter withdrew their report")),
    Step.ANSWER_REPORT: _plain(lambda: _("%(who)s answered a reporter")),
    Step.ASK_FOR_REVIEW: _asked_for_review,
    Step.FORWARD_REVIEW: _plain(lambda: _("%(who)s passed a reporter’s words on to the Executive")),
    Step.ANSWER_REVIEW: lambda _e, _p, _w: (_("The Executive answered a reporter: it is left as it is"), "", ""),
    Step.SEND_BACK: _sent_back,
    Step.LOOK_AGAIN: _taken_up,
    Step.DECIDE_AS_PANEL: _decided_as_panel,
    Step.DECLARE_INTEREST: _interest,
    Step.CLAIM: _plain(lambda: _("%(who)s took the case")),
    Step.RELEASE: _plain(lambda: _("%(who)s put the case back in the queue")),
    Step.LINK_POST: _plain(lambda: _("%(who)s said which post this is about")),
    Step.NAME_AUTHOR: _author,
    Step.DECIDE: _decided,
    Step.PROPOSE: _proposed,
    Step.CONFIRM_PROPOSAL: _decided,
    Step.DECLINE_PROPOSAL: _declined,
    Step.LOOK_AFTERWARDS: _looked_afterwards,
    Step.SET_LANE: _plain(lambda: _("%(who)s moved it into another lane")),
    Step.CHECK_COMPLAINT: _plain(lambda: _("%(who)s went through the checklist of the complaint")),
    Step.HIDE: _plain(lambda: _("%(who)s had the post hidden while we look, and told its author")),
    Step.UNHIDE: _plain(lambda: _("%(who)s had the post shown again")),
    Step.SEAL: _plain(lambda: _("%(who)s sealed it: nobody sees any more what was posted")),
    Step.DESTROY: _plain(lambda: _("%(who)s had what was sealed destroyed, on advice")),
    Step.PUT_BESIDE: _plain(lambda: _("%(who)s put a post of ours beside it")),
    Step.WRITE_NOTE: _plain(lambda: _("%(who)s wrote a private note")),
    Step.ASK_CLARIFICATION: _plain(lambda: _("%(who)s asked the author what they meant")),
    Step.CLARIFY: _clarified,
    Step.ANSWER_IN_COMMENTS: _plain(lambda: _("%(who)s asked for the standard answer to be posted")),
    Step.CHOOSE_NEWS: _plain(lambda: _("Whoever reported said how much they want to hear")),
    Step.OFFER_SUPPORT: _plain(lambda: _("%(who)s wrote down what support was offered")),
    Step.LODGE_APPEAL: lambda _e, _p, _w: (_("The author appealed"), "", "is-decision"),
    Step.RECONSIDER: _reconsidered,
    Step.PUT_TO_EXECUTIVE: lambda _e, _p, _w: (_("The author put the case to the Executive"), "", "is-decision"),
    Step.CONVENE: _plain(lambda: _("%(who)s said when the Executive hears it")),
    Step.RECORD_MINUTE: _minuted,
    Step.REOPEN: lambda _e, _p, _w: (_("The Executive voted to open the case again"), "", "is-decision"),
    Step.KEEP_FINAL: lambda _e, _p, _w: (_("The Executive voted not to open the case again"), "", "is-final"),
    Step.CONFIRM_MINUTE: _plain(lambda: _("%(who)s confirmed the minute")),
    Step.OBJECT_TO_MINUTE: _objected,
    Step.MAKE_FINAL: _final,
    Step.HAND_OVER: _handed_over,
    Step.EXTEND: _extended,
    Step.WARN_DUE: _warned,
    Step.RAISE_LANE: _raised,
    Step.TICK_TASK: _ticked,
    Step.TAKE_ALONG: _taken_along,
    Step.BRING_BACK: lambda _e, _p, _w: (
        _("Lifted by itself: the decision about the post that it went with does not hold any more"),
        "",
        "is-decision",
    ),
    Step.UNDO: _plain(lambda: _("%(who)s took back what they had decided. Nothing of it has left")),
    Step.END_MEASURE: _measure_ended,
    Step.RECORD_DELIVERY: _delivered,
}


@prepared
def _events(case: Case) -> QuerySet[Event]:
    return Event.objects.filter(case=case).order_by("-seq")
