"""Deciding at the command line: the page's own form and checks, filled in from options, and from questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import click
from django.http import QueryDict

from folkmoot.casefile.models import Case
from folkmoot.cli.asking import at_terminal
from folkmoot.cli.desk.acting import HERE, Interest, acting, opened
from folkmoot.cli.desk.filling import ask_for, from_file, refused_by
from folkmoot.cli.words import answer, printable, say
from folkmoot.config.clock import now
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter
from folkmoot.procedure.words import APPEALABLE, MeasureKind, Step
from folkmoot.steps.decide import decide
from folkmoot.steps.finding import Decision, evidence_text, require_sound, statement
from folkmoot.steps.measures import require_measures
from folkmoot.steps.propose import propose
from folkmoot.steps.reviews import sent_back
from folkmoot.steps.second_look import asks_second_look, context_of, free_to_look
from folkmoot.steps.seen import caught_up
from folkmoot.steps.standing import by_necessity, capacity
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk import words
from folkmoot.web.desk.decision_form import DecisionForm, draft, worth_a_thought
from folkmoot.web.desk.going import note_reading
from folkmoot.web.desk.measure_fields import until_name
from folkmoot.web.desk.news import require_current

ASKED = ("outcome", "passage", "codes", "aimed_at", "clarity", "severity", "intent", "correction", "route", "reasons")


@dataclass(frozen=True)
class Typed:
    """What was said by options; `None` or empty where nothing was."""

    outcome: str | None = None
    codes: Sequence[str] = ()
    passage: str | None = None
    aimed_at: str | None = None
    clarity: str | None = None
    severity: str | None = None
    intent: str | None = None
    measures: Sequence[str] = ()
    route: str | None = None
    correction: str | None = None
    reasons: str | None = None


@dataclass(frozen=True)
class Wish:
    """How far to go: only to the letter, to a proposal, without asking; and what of the case was seen."""

    propose: bool = False
    seen: int | None = None
    dry_run: bool = False
    yes: bool = False


@dataclass(frozen=True)
class Ready:
    """A decision that can be taken as it is."""

    said: Decision
    clauses: Sequence[Clause]
    letter: Letter | None
    lookers: Sequence[Person]


def run(org: str | None, email: str, number: int, typed: Typed, *, interest: Interest, wish: Wish) -> None:
    """Decide, or say what would be sent. Raises what the page would refuse, with its field."""
    request = acting(org, email)
    case = opened(request, number, interest)
    capacity(case, request.person, Step.DECIDE, at=request.now, necessity=interest.necessity)
    note_reading(request, f"decision, {HERE}", case)
    seen = case.seq if wish.seen is None else wish.seen
    form = _form(request, case, typed, seen=seen)
    if not form.is_valid():
        raise refused_by(form)
    ready = _ready(request, case, form, interest.necessity, seen=seen)
    _show(ready)
    if wish.dry_run:
        say("Nothing was decided: this was --dry-run.")
        _answer(case, ready, decided=False, proposed=False)
        return
    if not wish.yes:
        _confirm(wish)
    request.now = now()  # thinking took its time: what is decided is decided now
    step = propose if wish.propose else decide
    step(
        case.pk,
        ready.said,
        by=request.person,
        at=request.now,
        seen=caught_up(case, seen),
        necessity=interest.necessity,
    )
    if wish.propose:
        say(f"Proposed. {', '.join(person.name for person in ready.lookers)} can look first; the clock runs on.")
    else:
        say(f"Decided: {words.OUTCOME_DONE[ready.said.outcome]}.")
    case.refresh_from_db()
    _answer(case, ready, decided=not wish.propose, proposed=wish.propose)


def _form(request: OfficerRequest, case: Case, typed: Typed, *, seen: int) -> DecisionForm:
    """Return the page's form, sent with what was typed; where somebody is there, with what they answer."""
    data = QueryDict(mutable=True)
    data["seen"], data["form_key"] = str(seen), new_nonce()
    for name in ("outcome", "aimed_at", "clarity", "severity", "intent", "route"):
        data[name] = getattr(typed, name) or ""
    for name in ("passage", "correction", "reasons"):
        data[name] = from_file(getattr(typed, name) or "", field=name)
    data.setlist("codes", list(typed.codes))
    _put_measures(data, typed.measures)
    if at_terminal():
        today = request.now.astimezone(ZoneInfo(request.org.zone)).date()
        form = DecisionForm(data, case=case, today=today)
        _show_post(case)
        for name in ASKED:
            if name in form.fields and form.asks(name) and not any(data.getlist(name)):
                ask_for(data, name, form.fields[name])
    return DecisionForm(data, case=case)


def _show_post(case: Case) -> None:
    """Show what is decided on to whoever is asked; on the log it is the reading of the decision's page."""
    click.echo(f"Case {case.pk}, {words.place(case)}. The post:\n")
    click.echo(printable(evidence_text(case)) or "(no words of a post are kept)")
    click.echo()


def _put_measures(data: QueryDict, measures: Sequence[str]) -> None:
    """Put KIND=DAY into the form's fields. Raises `BadInput` for what is no such pair."""
    kinds = []
    for one in measures:
        kind, equals, day = one.partition("=")
        if not equals or kind not in set(MeasureKind):
            raise BadInput(
                f"{one!r} is no measure, such as {MeasureKind.HOLD_ACCOUNT}=2027-01-31. There are: "
                f"{', '.join(MeasureKind)}.",
                field="measures",
            )
        kinds.append(kind)
        data[until_name(MeasureKind(kind))] = day
    data.setlist("measures", kinds)


def _ready(request: OfficerRequest, case: Case, form: DecisionForm, necessity: str, *, seen: int) -> Ready:
    require_current(case, seen)
    said = draft(form)
    if said is None:
        raise BadInput("Please say what you find.", field="outcome")
    clauses = require_sound(case, said)
    require_measures(case, said.measures, at=request.now)
    lookers = free_to_look(case, but=request.person, at=request.now)[1] if asks_second_look(said) else []
    letter = None
    if said.outcome in APPEALABLE:
        letter = statement(
            case,
            said,
            clauses,
            at=request.now,
            grant=None,
            context=context_of(case, said, looked=bool(lookers)),
            afresh=sent_back(case) is not None,
            necessity=bool(necessity) and by_necessity(case, request.person, Step.DECIDE, at=request.now),
        )
    return Ready(said, clauses, letter, lookers)


def _show(ready: Ready) -> None:
    say(f"You find: {words.OUTCOMES[ready.said.outcome]}.")
    for sentence in worth_a_thought(ready.said):
        say(f"Worth a thought: {sentence}")
    if ready.letter is None:
        say("The author is not written to.")
        return
    say(f"The letter to the author:\n\n{printable(ready.letter.subject)}\n\n{printable(ready.letter.body)}\n")


def _confirm(wish: Wish) -> None:
    what = "proposed" if wish.propose else "decided"
    if not at_terminal():
        raise BadInput(f"Nothing was {what}: there is nobody here to ask. Say --yes to go on.", field="yes")
    if not click.confirm("Ask somebody else to look first?" if wish.propose else "Decide?"):
        raise BadInput(f"Nothing was {what}.", field="yes")


def _answer(case: Case, ready: Ready, *, decided: bool, proposed: bool) -> None:
    letter = ready.letter
    answer(
        case=case.pk,
        seq=case.seq,
        stage=case.stage,
        decided=decided,
        proposed=proposed,
        outcome=ready.said.outcome,
        codes=[clause.code for clause in ready.clauses],
        letter={"kind": letter.kind, "subject": letter.subject, "body": letter.body} if letter else None,
        second_look=[person.email for person in ready.lookers],
    )
