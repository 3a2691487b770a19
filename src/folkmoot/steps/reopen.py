"""The Executive votes on opening a final case again: only for new evidence, an error of procedure or a court (D35)."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.casefile.record import NewDuty, file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import link_mark, reopened, reopening_voted
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, first_turn
from folkmoot.procedure.words import APPEALABLE, Reopening, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.sitting import recorder, require_met
from folkmoot.steps.standing import decided_by, involvement
from folkmoot.steps.tell import open_to_author, tell_author, tell_people, tell_reporters
from folkmoot.steps.vote import Motion, require_vote


@dataclass(frozen=True)
class Why:
    """Why a case should be opened again; `reference` names a court and its order."""

    ground: Reopening
    reasons: str
    reference: str = ""


def reopen(
    case_id: int, why: Why, *, motion: Motion, met_on: date, by: Person, at: datetime, seen: int | None = None
) -> Paper:
    """File the vote. Carried, the case is before the Executive again, and its parties are told; else it stays closed.

    What was enforced stays until there is a new decision, and that can only be milder: whoever knows something new
    against a post reports it, which opens a case of its own. Raises `BadInput` or `NotPermitted`.
    """
    try:
        return _vote(case_id, why, motion=motion, met_on=met_on, by=by, at=at, seen=seen)
    except IntegrityError:  # one open case per post: somebody reported it in this very moment
        raise NotPermitted(
            gettext("Somebody has just reported the same post. What is new belongs into that case, until it has ended.")
        ) from None


@transaction.atomic
def _vote(case_id: int, why: Why, *, motion: Motion, met_on: date, by: Person, at: datetime, seen: int | None) -> Paper:
    case = locked(case_id, seen=seen)
    step = Step.REOPEN if motion.carried else Step.KEEP_FINAL
    role = _recorder(case, step, by, at=at)
    _require_alone(case)
    voted = require_vote(case, motion, at=at)
    _require_sound(case, why, met_on, at=at)
    paper = file_paper(
        case,
        Paper.Kind.REOPENING,
        by=by,
        at=at,
        facts={
            "ground": why.ground,
            "carried": motion.carried,
            "met_on": met_on.isoformat(),
            **voted.facts,
        },
        texts={
            "reasons": why.reasons,
            **voted.texts,
            **({"reference": why.reference} if why.reference else {}),
        },
    )
    papers = [paper, *_tell_officers(case, paper, carried=motion.carried, by=by, at=at)]
    if not motion.carried:
        advance(case, step, by=by, role=role, at=at, papers=papers)
        return paper
    turn = first_turn(Owed.SUBMISSION, procedure_of(case).limits, at=at, zone=case.org.zone)
    grant = open_to_author(case, paper, at=at)
    marker = new_marker()
    letter = reopened(case.org, ground=why.ground, due=turn.due_at, link=link_mark(marker, grant.pk), marker=marker)
    papers += [tell_author(case, letter, grant=grant, at=at, about=paper), *tell_reporters(case, about=paper, at=at)]
    case.settles_at = None
    owed = [NewDuty(paper, Owed.SUBMISSION, turn)]
    advance(case, step, by=by, role=role, at=at, papers=papers, grants=[grant], new_duties=owed)
    return paper


def why_not_reopen(case: Case, person: Person, *, at: datetime) -> str:
    """Return why `person` does not bring the case before the Executive again, as a sentence; empty when they may."""
    try:
        _recorder(case, Step.REOPEN, person, at=at)
        _require_alone(case)
    except NotPermitted as refusal:
        return str(refusal)
    return ""


def _recorder(case: Case, step: Step, by: Person, *, at: datetime) -> Role:
    role = recorder(case, by, at=at)
    procedure_of(case).way(Stage(case.stage), step, role)
    if case.outcome not in APPEALABLE or not case.standing:
        raise NotPermitted(
            gettext(
                "Nothing of this decision is left, so there is nothing to open again. Whoever knows "
                "something new about the post can report it: that opens a case of its own."
            )
        )
    return role


def _require_alone(case: Case) -> None:
    """Raise `NotPermitted` while another open case is about the same post."""
    if case.post_id is None:
        return
    another = Case.objects.filter(post=case.post_id).exclude(stage=Stage.FINAL).exclude(pk=case.pk).first()
    if another:
        raise NotPermitted(
            gettext("Case %(pk)s is about the same post and still open. What is new belongs there, until it has ended.")
            % {"pk": another.pk}
        )


def _require_sound(case: Case, why: Why, met_on: date, *, at: datetime) -> None:
    ended = Event.objects.filter(case=case, step=Step.MAKE_FINAL).order_by("-seq").values_list("at", flat=True)
    require_met(case, met_on, since=ended[0], at=at, before=gettext("the case became final"))
    if len(why.reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please write the reasons in a sentence or two: they stay on the record."), field="reasons"
        )
    if why.ground is Reopening.COURT_ORDER and not why.reference:
        raise BadInput(gettext("Please write the court’s name and the number of its order."), field="reference")


def _tell_officers(case: Case, paper: Paper, *, carried: bool, by: Person, at: datetime) -> list[Paper]:
    """Tell the Secretary, who convenes, and the members how the vote went; not whoever wrote it down."""
    told: list[Paper] = []
    known = {by.pk}
    for role in (Role.SECRETARY, Role.EXECUTIVE):
        holding = [person for person in Person.objects.holding(case.org, role, at=at) if person.pk not in known]
        known |= {person.pk for person in holding}
        people = [p for p in holding if not involvement(case, p) and not decided_by(case, p)]
        letters = [
            (p, reopening_voted(case.org, case=case.pk, name=p.name, carried=carried, marker=new_marker()))
            for p in people
        ]
        told = list(chain(told, tell_people(case, letters, role=role, about=paper, at=at)))
    return told
