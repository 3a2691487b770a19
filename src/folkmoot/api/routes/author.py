"""The author’s side: what was decided and why, and what they say to it. Their letter opens it, and no token does."""

from datetime import datetime

from ninja import Form
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.files import Pictures, sent_pictures
from folkmoot.api.parties import Received, own_case, received
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Sent, Shown, Words, example
from folkmoot.casefile.papers import is_sealed
from folkmoot.kernel.tokens import new_nonce
from folkmoot.procedure.words import AimedAt, Answer, Clarity, Outcome, Role, Stage, Step
from folkmoot.steps.clarify import Did, clarify
from folkmoot.steps.finding import evidence_text
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.web.public.side import duties_to, may_appeal, may_go_on, side_of

router = Routes("The author’s side")


class ClauseShown(Shown):
    """A rule as it was cited."""

    model_config = example({"code": "H1", "title": "Persons", "text": "Do not insult people."})

    code: str
    title: str
    text: str


class NoticeShown(Shown):
    """What the author may know of their case."""

    model_config = example(
        {
            "case": 7,
            "stage": "decided",
            "text": "The harbour plan is a waste. Councillor Voss is a crook and always was.",
            "questions": [],
            "outcome": "remove",
            "passage": "Councillor Voss is a crook",
            "clauses": [{"code": "H1", "title": "Persons", "text": "Do not insult people."}],
            "reasons": "It calls a named councillor a crook and gives no fact for it.",
            "aimed_at": "person",
            "clarity": "clear",
            "answer": None,
            "answer_reasons": "",
            "may_appeal": True,
            "may_go_on": False,
            "due_at": None,
            "settles_at": "2027-05-03T22:59:59Z",
        }
    )

    case: int
    stage: Stage
    text: str = Field(description="Your post as it was kept")
    questions: list[str] = Field(description="What you were asked before anything was decided")
    outcome: Outcome | None = Field(description="What was found, once it was")
    passage: str
    clauses: list[ClauseShown]
    reasons: str
    aimed_at: AimedAt | None
    clarity: Clarity | None
    answer: Answer | None = Field(description="What was said of the decision when it was looked at again")
    answer_reasons: str
    may_appeal: bool = Field(description="Whether you can ask for another look now")
    may_go_on: bool = Field(description="Whether you can put the case to the Executive now")
    due_at: datetime | None = Field(description="Until when you have an answer to what you sent last")
    settles_at: datetime | None = Field(description="When it becomes final by itself")


class PleaSent(Sent):
    """The author’s own words."""

    model_config = example({"words": "I meant the plan, not the person. Please read it again."})

    words: Words = Field(description="They are kept and read as they are")


class ClarificationSent(Sent):
    """An answer to a question, or what the author has done themselves."""

    model_config = example({"did": "explained", "words": "I meant the plan."})

    did: Did
    words: Words = ""


@router.reads("/notice", party=Role.AUTHOR, returns=NoticeShown)
def notice(request: Caller) -> NoticeShown:
    """What was decided about the author’s post, why, and what they can do now."""
    case = request.grant.case
    side = side_of(case)
    decision = side.decision if not side.undecided else None
    facts = decision.facts if decision else {}
    said = decision.words if decision and not is_sealed(case) else {}
    last = side.last_word
    asked = side.put or side.appeal
    duties = duties_to(asked) if asked and case.stage in (Stage.APPEALED, Stage.BEFORE_EXECUTIVE) else []
    return NoticeShown(
        case=case.pk,
        stage=Stage(case.stage),
        text=evidence_text(case),
        questions=[one.words.get("question", "") for one in side.asked if "question" in one.words],
        outcome=Outcome(facts["outcome"]) if decision else None,
        passage=said.get("passage", ""),
        clauses=[ClauseShown(code=one.code, title=one.title, text=one.text) for one in side.clauses if decision],
        reasons=decision.words.get("reasons", "") if decision else "",
        aimed_at=AimedAt(facts["aimed_at"]) if decision else None,
        clarity=Clarity(facts["clarity"]) if decision else None,
        answer=side.answer,
        answer_reasons=last.words.get("reasons", "") if last else "",
        may_appeal=may_appeal(case, now=request.now),
        may_go_on=may_go_on(case, now=request.now),
        due_at=duties[-1].due_at if duties else None,
        settles_at=case.settles_at,
    )


@router.writes(
    "/cases/{int:case}/appeal", scope=None, party=Role.AUTHOR, returns=Received, steps=(Step.LODGE_APPEAL,), status=201
)
def appeal(request: Caller, case: Number, said: Form[PleaSent], pictures: Pictures = []) -> Received:  # noqa: B006
    """Ask for another look at a decision. That you disagree is enough."""
    own_case(request, case)
    paper = lodge_appeal(
        case, words=said.words, files=sent_pictures(pictures), by=request.grant, at=request.now, form_key=new_nonce()
    )
    return received(paper)


@router.writes(
    "/cases/{int:case}/submission",
    scope=None,
    party=Role.AUTHOR,
    returns=Received,
    steps=(Step.PUT_TO_EXECUTIVE,),
    status=201,
)
def submission(request: Caller, case: Number, said: Form[PleaSent], pictures: Pictures = []) -> Received:  # noqa: B006
    """Put the case to the Executive, in your own words. Its decision is final."""
    own_case(request, case)
    paper = put_to_executive(
        case, words=said.words, files=sent_pictures(pictures), by=request.grant, at=request.now, form_key=new_nonce()
    )
    return received(paper)


@router.writes(
    "/cases/{int:case}/clarification",
    scope=None,
    party=Role.AUTHOR,
    returns=Received,
    steps=(Step.CLARIFY,),
    status=201,
)
def clarification(request: Caller, case: Number, said: ClarificationSent) -> Received:
    """Answer a question before anything is decided, or say that you have changed or taken down the post yourself."""
    own_case(request, case)
    paper = clarify(case, did=said.did, words=said.words, by=request.grant, at=request.now, form_key=new_nonce())
    return received(paper)
