"""Checking a draft before it is posted: advice for whoever writes, of which nothing is kept."""

from typing import Annotated

from django.conf import settings
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.advice.drafts import Kind, never_a_verdict
from folkmoot.advice.remarks import Remark
from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Sent, Shown, Words, example
from folkmoot.detectors.judgement import Judgement
from folkmoot.editions.current import current_policy
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.web.limits import allow
from folkmoot.web.public.as_you_type import BY_BUTTON
from folkmoot.web.public.checking import advice_on, clause_address

router = Routes("Checking a draft")

_RULE = {
    "code": "R2",
    "title": "No insults, harassment or aggression",
    "text": "Be pleasant at all times. Do not insult anyone personally.",
    "kind": "ground",
    "url": "https://folkmoot.example.org/o/harbour-branch/rules/R2/",
}
_REMARK = {
    "signal": "insult",
    "only_advice": False,
    "places": [[10, 15]],
    "why": "It may be a name for a person rather than for what was done.",
    "better": "Criticise the decision, not the person: say what was done, and what is wrong with it.",
    "opening": "I think this decision is wrong, because …",
    "rule": _RULE,
}
_FINDING = {"signal": "insult", "clause": "R2", "score": 0.7, "start": 10, "end": 15, "why": _REMARK["why"]}
_JUDGEMENT = {
    "flag": True,
    "score": 0.91,
    "hate": {"flag": False, "score": 0.04},
    "aimed_at_policy": 0.08,
    "heads": {"insult": 0.9},
    "grounds": {},
    "findings": [{**_FINDING, "advice": False}],
    "windows": 1,
    "read": 1,
    "model": "1 0a1b2c3d",
    "without": [],
}
Place = Annotated[list[int], Field(min_length=2, max_length=2, description="Start and end, in characters of the text")]


class DraftSent(Sent):
    """What somebody is about to post."""

    model_config = example({"text": "Joss is a clown, and so is whoever voted for this."})

    text: Words = Field(min_length=1, description="At most 20,000 characters. It is neither kept nor logged")


class RuleShown(Shown):
    """A paragraph of the rules in force, or of the statement on which they rest."""

    model_config = example(_RULE)

    code: str
    title: str
    text: str
    kind: str = Field(description="ground, advice, principle or procedure; posts are taken down for a ground only")
    url: str = Field(description="Where everybody can read it")


class RemarkShown(Shown):
    """One thing to look at."""

    model_config = example(_REMARK)

    signal: str
    only_advice: bool = Field(description="Whether no post is taken down for it")
    places: list[Place] = Field(description="The words that it is about; none: the text as a whole")
    why: str
    better: str = Field(description="What to write instead")
    opening: str = Field(description="Words to begin with; may be empty")
    rule: RuleShown | None = Field(description="None where these rules have no such paragraph")


class FindingShown(Shown):
    """What a detector found, as it says it."""

    model_config = example({**_FINDING, "advice": False})

    signal: str
    clause: str = Field(description="A code in the rules that come with Folkmoot; see `remarks` for those in force")
    score: float
    start: int
    end: int
    why: str
    advice: bool


class HateShown(Shown):
    """Whether it may be hate on a protected ground."""

    model_config = example({"flag": False, "score": 0.04})

    flag: bool
    score: float


class JudgementShown(Shown):
    """What detectors and models make of a text; scores are from 0 to 1. A hint, never a verdict."""

    model_config = example(_JUDGEMENT)

    flag: bool = Field(description="Whether a breach is likely")
    score: float
    hate: HateShown
    aimed_at_policy: float = Field(description="How likely it is about a policy, a body or conduct in office")
    heads: dict[str, float]
    grounds: dict[str, float]
    findings: list[FindingShown]
    windows: int = Field(description="In how many pieces the text was cut for the models")
    read: int = Field(description="How many of these they read")
    model: str
    without: list[str] = Field(description="What did not answer; with `models` only words and numbers were looked at")


class AdviceShown(Shown):
    """Advice on a draft, in sentences that can be shown to whoever wrote it."""

    model_config = example(
        {
            "kind": "likely",
            "headline": "As it stands, this is likely to run into R2, No insults, harassment or aggression.",
            "said": "What you want to say may well be right. Often it only takes another wording.",
            "remarks": [_REMARK],
            "more": 0,
            "beside": [],
            "help": [],
            "never_a_verdict": "Whether a post breaks a rule, people decide. Nothing of your text is kept.",
            "judgement": _JUDGEMENT,
        }
    )

    kind: Kind
    headline: str
    said: str
    remarks: list[RemarkShown] = Field(description="The most serious ones, the gravest first")
    more: int = Field(description="How many are left out")
    beside: list[str] = Field(description="What was not read")
    help: list[str] = Field(description="Where help is, for somebody in need: show it first")
    never_a_verdict: str = Field(description="Show it with the rest")
    judgement: JudgementShown


@router.asks("/draft-check", returns=AdviceShown)
def draft_check(request: Caller, said: DraftSent) -> AdviceShown:
    """What a draft may run into, and how to say it better.

    Nobody needs a token. Nothing of the text is kept: not in the database, not in a log, not for a second sending.
    """
    let_in(request, said.text)
    edition = current_policy(request.org, at=request.now)
    advice, judgement, rules = advice_on(edition, said.text, patience=BY_BUTTON)
    return AdviceShown(
        kind=advice.kind,
        headline=advice.headline,
        said=advice.said,
        remarks=[_remark(edition, one, rules.get(one.clause)) for one in advice.remarks],
        more=advice.more,
        beside=list(advice.beside),
        help=list(advice.help),
        never_a_verdict=never_a_verdict(),
        judgement=_judgement(judgement),
    )


def _remark(edition: PolicyEdition, one: Remark, clause: Clause | None) -> RemarkShown:
    return RemarkShown(
        signal=one.sign,
        only_advice=one.only_advice,
        places=[list(place) for place in one.places],
        why=one.why,
        better=one.better,
        opening=one.opening,
        rule=rule_shown(edition, clause) if clause else None,
    )


def let_in(request: Caller, text: str) -> None:
    """Refuse a text without words, and more texts from strangers than are checked for them in an hour."""
    if not text.strip():
        raise BadInput(gettext("Please write or paste here what you would like to post."), field="text")
    if request.token is None:
        allow(request, "draft-check", count_limit=settings.DRAFT_CHECKS_PER_HOUR)


def rule_shown(edition: PolicyEdition, clause: Clause) -> RuleShown:
    """Return a paragraph as programs get it."""
    url = settings.FOLKMOOT_URL + clause_address(edition, clause)
    return RuleShown(code=clause.code, title=clause.title, text=clause.text, kind=clause.kind, url=url)


def _judgement(judgement: Judgement) -> JudgementShown:
    said = judgement.as_json()
    del said["moved"]  # of drafts nobody asks which words moved the score
    return JudgementShown.model_validate(said)
