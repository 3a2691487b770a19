"""Checking an official post for house style, before it is posted; nothing of it is kept."""

from django.conf import settings
from pydantic import Field

from folkmoot.advice.asking import read
from folkmoot.advice.drafts import MODELS
from folkmoot.advice.house_style import HouseStyle, Language, Note, check
from folkmoot.api.caller import Caller
from folkmoot.api.routes.checking import RuleShown, let_in, rule_shown
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Sent, Shown, Words, example
from folkmoot.editions.current import current_policy
from folkmoot.editions.meant import meant
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.web.public.as_you_type import BY_BUTTON

router = Routes("Checking a draft")

_NOTE = {
    "point": "jargon",
    "start": 0,
    "end": 13,
    "why": "“Going forward” is office talk.",
    "better": "Plainer: “from now on”, or leave it out.",
    "rule": {
        "code": "P7",
        "title": "Plain words",
        "text": "We write so that everyone can follow.",
        "kind": "principle",
        "url": "https://folkmoot.example.org/o/harbour-branch/rules/P7/",
    },
}
_FIGURES = {"sentences": 1, "words": 8, "average": 8.0, "ease": 90.1, "longest": 8, "rough": True}


class PostSent(Sent):
    """What the organisation is about to post."""

    model_config = example({"text": "Going forward, the library opens on Saturdays.", "campaign": False})

    text: Words = Field(min_length=1, description="At most 20,000 characters. It is neither kept nor logged")
    campaign: bool = Field(default=False, description="Whether it is campaign material, which may need an imprint")


class NoteShown(Shown):
    """One thing to look at again."""

    model_config = example(_NOTE)

    point: str = Field(
        description="imprint, people, together, heading, ask, clear, length, ease, initials or jargon; more may come"
    )
    start: int = Field(description="In characters of the text, from 0")
    end: int
    why: str
    better: str = Field(description="What might be better; may be empty")
    rule: RuleShown | None = Field(description="The principle that it comes from; none where these rules have it not")


class FiguresShown(Shown):
    """How the English part of a post reads."""

    model_config = example(_FIGURES)

    sentences: int
    words: int
    average: float = Field(description="Words in a sentence; 15 to 20 read well")
    ease: float = Field(description="Flesch's reading ease; 60 and more is plain English")
    longest: int = Field(description="Words in the longest sentence; 25 at most")
    rough: bool = Field(description="Under a hundred words, so that the figures say little")


class HouseStyleShown(Shown):
    """What the house style says of a post: suggestions, and figures."""

    model_config = example({"notes": [_NOTE], "figures": _FIGURES, "language": "english", "more": False, "without": []})

    notes: list[NoteShown] = Field(description="In the order of the text")
    figures: FiguresShown | None = Field(description="None where nothing looks like English")
    language: Language = Field(description="How much of it looks like English: english, partly or other")
    more: bool = Field(description="Whether there are more notes of the same kind than these")
    without: list[str] = Field(description="What did not answer; with `models` attacks were looked for by phrases only")


@router.asks("/house-style", returns=HouseStyleShown)
def house_style(request: Caller, said: PostSent) -> HouseStyleShown:
    """What could be clearer, plainer or fairer in an official post.

    Nobody needs a token. Nothing of the text is kept: not in the database, not in a log, not for a second sending.
    """
    let_in(request, said.text)
    judgement = read(said.text, socket=settings.MODEL_SOCKET, patience=BY_BUTTON)
    found = check(said.text, campaign=said.campaign, judgement=judgement)
    without = [one for one in judgement.without if one == MODELS]
    return _shown(current_policy(request.org, at=request.now), found, without=without)


def _shown(edition: PolicyEdition, found: HouseStyle, *, without: list[str]) -> HouseStyleShown:
    rules = meant(edition, {one.clause for one in found.notes})
    return HouseStyleShown(
        notes=[_note(edition, one, rules.get(one.clause)) for one in found.notes],
        figures=FiguresShown.model_validate(found.as_json()["figures"]) if found.figures else None,
        language=found.language,
        more=found.more,
        without=without,
    )


def _note(edition: PolicyEdition, note: Note, clause: Clause | None) -> NoteShown:
    return NoteShown(
        point=note.point,
        start=note.start,
        end=note.end,
        why=note.why,
        better=note.better,
        rule=rule_shown(edition, clause) if clause else None,
    )
