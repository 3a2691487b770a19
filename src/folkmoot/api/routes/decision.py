"""Deciding: a finding with its reasons, a second look at what is unclear, and the look afterwards."""

from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.deciding import REASONS_LIMIT, Finding, asks, decision_of
from folkmoot.api.matters import NECESSITY, Taken, seen_now, taken
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Seen, Sent, Shown, Words, example
from folkmoot.casefile.models import Case
from folkmoot.editions.citing import citable, cited
from folkmoot.members.models import Scope
from folkmoot.procedure.words import APPEALABLE, Answer, Outcome, Step
from folkmoot.steps.asked import ASKED_FOR, fitting
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.decide import decide
from folkmoot.steps.decline_proposal import decline_proposal
from folkmoot.steps.finding import Decision, require_sound, statement
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.measures import require_measures
from folkmoot.steps.propose import propose
from folkmoot.steps.reviews import sent_back
from folkmoot.steps.second_look import asks_second_look, context_of, free_to_look
from folkmoot.steps.standing import by_necessity, capacity
from folkmoot.web.desk.going import READERS

router = Routes("Decisions")
_SAID = {
    "outcome": "remove",
    "reasons": "It calls a named councillor a crook and gives no fact for it.",
    "codes": ["H1"],
    "passage": "Councillor Voss is a crook",
    "aimed_at": "person",
    "clarity": "clear",
    "seen": 4,
}


class DecisionSent(Finding):
    """A finding, and the state of the case that it answers."""

    model_config = example(_SAID)

    seen: Seen
    necessity: Words = Field("", max_length=2_000, description=NECESSITY)


class SecondLookSent(Sent):
    """Whether somebody else agrees with what is proposed, and if not, why."""

    model_config = example({"agrees": False, "reasons": "The plan is meant, and not the person.", "seen": 5})

    agrees: bool
    reasons: Words = Field("", max_length=REASONS_LIMIT, description="Whoever does not agree says why.")
    seen: Seen
    necessity: Words = Field("", max_length=2_000, description=NECESSITY)


class AfterwardsSent(Sent):
    """What somebody finds who looks at it afterwards."""

    model_config = example({"answer": "stands", "reasons": "I read it in the same way as they did.", "seen": 9})

    answer: Answer = Field(description="It stands, or is overturned.")
    reasons: Words = Field(max_length=REASONS_LIMIT)
    seen: Seen


class Ground(Shown):
    """A rule that can be cited."""

    model_config = example(
        {"code": "H1", "title": "Persons", "text": "Do not insult people.", "edition": 1, "aimed_at": True}
    )

    code: str
    title: str
    text: str
    edition: int
    aimed_at: bool = Field(description="Whether it asks at whom the words are aimed.")


class Choices(Shown):
    """What can be found in a case, which questions each outcome asks, and what can be cited."""

    model_config = example({"outcomes": {"no_breach": ["clarity"]}, "grounds": [], "seq": 4})

    outcomes: dict[Outcome, list[str]]
    grounds: list[Ground]
    seq: int


class LetterShown(Shown):
    """A letter as it would be sent now; nothing is kept of it."""

    model_config = example({"subject": "About your post at Harbour page", "body": "Dear member, …", "lookers": []})

    subject: str = Field(description="Empty where the author is not written to.")
    body: str
    lookers: list[str] = Field(description="Who looks at it first, where it is unclear: then send it as a proposal.")


@router.reads("/cases/{int:case}/decision/choices", returns=Choices, offices=READERS)
def choices(request: Caller, case: Number) -> Choices:
    """What can be decided in a case, and by which rules."""
    found = open_case(request, case)
    return Choices(
        outcomes={one: [name for name in ASKED_FOR if asks(found, one, name, [])] for one in fitting(found)},
        grounds=[
            Ground(code=one.code, title=one.title, text=one.text, edition=one.edition.number, aimed_at=one.aimed_at)
            for one in citable(found.policy)
        ],
        seq=found.seq,
    )


@router.writes(
    "/cases/{int:case}/decision/letter",
    returns=LetterShown,
    scope=Scope.DESK,
    offices=READERS,
)
def letter(request: Caller, case: Number, said: DecisionSent) -> LetterShown:
    """The author’s letter as a decision would send it; nothing is decided, and nothing kept."""
    found = open_case(request, case, necessity=said.necessity)
    capacity(found, request.person, Step.DECIDE, at=request.now, necessity=said.necessity)
    wanted = decision_of(found, said)
    require_sound(found, wanted)
    require_measures(found, wanted.measures, at=request.now)
    lookers = _lookers(request, found, wanted)
    if wanted.outcome not in APPEALABLE:
        return LetterShown(subject="", body="", lookers=lookers)
    shown = statement(
        found,
        wanted,
        cited(found.policy, wanted.codes),
        at=request.now,
        grant=None,
        context=context_of(found, wanted, looked=bool(lookers)),
        afresh=sent_back(found) is not None,
        necessity=by_necessity(found, request.person, Step.DECIDE, at=request.now),
    )
    return LetterShown(subject=shown.subject, body=shown.body, lookers=lookers)


@router.writes(
    "/cases/{int:case}/decision", returns=Taken, status=201, steps=(Step.DECIDE,), scope=Scope.DESK, offices=READERS
)
def decision(request: Caller, case: Number, said: DecisionSent) -> Taken:
    """Decide a case: the finding with its reasons and rules, what is done, and the author’s letter, all at once."""
    found = open_case(request, case, necessity=said.necessity)
    paper = decide(
        found.pk,
        decision_of(found, said),
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
        necessity=said.necessity,
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/proposal", returns=Taken, status=201, steps=(Step.PROPOSE,), scope=Scope.DESK, offices=READERS
)
def proposal(request: Caller, case: Number, said: DecisionSent) -> Taken:
    """Propose a restriction that is unclear: somebody else looks first, and nothing happens before."""
    found = open_case(request, case, necessity=said.necessity)
    paper = propose(
        found.pk,
        decision_of(found, said),
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
        necessity=said.necessity,
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/second-look",
    returns=Taken,
    status=201,
    steps=(Step.CONFIRM_PROPOSAL, Step.DECLINE_PROPOSAL),
    scope=Scope.DESK,
    offices=READERS,
)
def second_look(request: Caller, case: Number, said: SecondLookSent) -> Taken:
    """Agree with what is proposed, so that it is decided, or say why not. Whoever proposed it can take it back so."""
    found = open_case(request, case, necessity=said.necessity)
    seen = seen_now(found, said.seen)
    if said.agrees:
        return taken(confirm_proposal(found.pk, by=request.person, at=request.now, seen=seen))
    paper = decline_proposal(
        found.pk, reasons=said.reasons, by=request.person, at=request.now, seen=seen, necessity=said.necessity
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/afterwards",
    returns=Taken,
    status=201,
    steps=(Step.LOOK_AFTERWARDS,),
    scope=Scope.DESK,
    offices=READERS,
)
def afterwards(request: Caller, case: Number, said: AfterwardsSent) -> Taken:
    """Look at what a moderator found unclear and decided alone."""
    found = open_case(request, case)
    paper = look_afterwards(
        found.pk,
        answer=said.answer,
        reasons=said.reasons,
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
    )
    return taken(paper)


def _lookers(request: Caller, case: Case, wanted: Decision) -> list[str]:
    if not asks_second_look(wanted):
        return []
    return [person.name for person in free_to_look(case, but=request.person, at=request.now)[1]]
