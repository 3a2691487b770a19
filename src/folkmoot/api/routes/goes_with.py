"""What goes with a removed post, and what must not: proposals to read, and somebody's word on each."""

from collections.abc import Mapping

from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.matters import Taken, seen_now, taken
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Seen, Sent, Shown, Words, example
from folkmoot.casefile.papers import is_sealed
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Scope
from folkmoot.procedure.cascade.proposal import Kind, Match, Part, Proposal
from folkmoot.procedure.words import Step
from folkmoot.steps.take_along import MOST, NO_PART, Going, removal, take_along, usual_reasons
from folkmoot.steps.weighed import weighed
from folkmoot.web.desk.going import READERS, note_reading
from folkmoot.web.desk.hanging import Hanging, hanging

router = Routes("What goes with a removed post")


class Alike(Shown):
    """Words that stand in both posts: where they begin and end in each, in characters of its text."""

    model_config = example({"removed": [0, 26], "other": [4, 30]})

    removed: tuple[int, int]
    other: tuple[int, int]


class Hangs(Shown):
    """A post that may have to go with the removed one, and why."""

    model_config = example(
        {
            "post": 44,
            "text": "She said it: Councillor Voss is a crook",
            "url": "https://example.org/posts/101",
            "kind": "partial",
            "also": [],
            "why": ["It repeats 5 words of it."],
            "similarity": 0.8,
            "part": "text",
            "alike": [{"removed": [28, 54], "other": [13, 39]}],
            "condemns": False,
            "case": None,
            "usual_reasons": "Your post repeats words of a post that we took down because it broke our rules.",
        }
    )

    post: int
    text: str
    url: str
    kind: Kind
    also: list[Kind]
    why: list[str]
    similarity: float = Field(description="From 0 to 1; 0 where only a link connects them")
    part: Part | None = Field(description="In which of its texts the words stand: `alike` counts in that one")
    alike: list[Alike]
    condemns: bool = Field(description="Whether its own words seem to disagree: look at it with care")
    case: int | None = Field(description="The newest case about it")
    usual_reasons: str = Field(description="What its author is told, unless you write more")


class HangingShown(Shown):
    """What hangs together with a removed post."""

    model_config = example(
        {
            "proposals": [],
            "elsewhere": [],
            "earlier": [],
            "left_out": [],
            "more": False,
            "declaration": NO_PART,
            "seq": 9,
        }
    )

    proposals: list[Hangs] = Field(description="Nobody has said yet whether they go")
    elsewhere: list[Hangs] = Field(description="A case of their own says so")
    earlier: list[Hangs] = Field(description="They were there before, and are matters of their own")
    left_out: list[str] = Field(description="What was not looked at, and why, as sentences")
    more: bool = Field(description="Others are looked at when something was said of these")
    declaration: str = Field(description="What `no_part` says")
    seq: int


class GoingSent(Sent):
    """A post that goes, and what its author is told."""

    model_config = example({"post": 44, "reasons": "", "by_itself": False})

    post: Number
    reasons: Words = Field("", description="Left out, it is the usual words")
    by_itself: bool = Field(
        default=False, description="It is in breach by itself, and stays down if the other comes back: then say why"
    )


class GoesWithSent(Sent):
    """Which posts go, and which are left as they are."""

    model_config = example({"going": [{"post": 44}], "left": [45], "no_part": True, "seen": 9})

    going: list[GoingSent] = Field([], max_length=MOST)
    left: list[Number] = Field([], max_length=MOST)
    no_part: bool = Field(description=f"You say of all of them: “{NO_PART}”")
    seen: Seen


@router.reads("/cases/{int:case}/goes-with", offices=READERS, returns=HangingShown)
def proposals(request: Caller, case: Number) -> HangingShown:
    """Which posts repeat, quote or refer to the removed one, with the words that both have."""
    found = open_case(request, case)
    if is_sealed(found):
        raise NotPermitted(gettext("This case is sealed: nothing of its post is shown."))
    note_reading(request, "what goes with it", found)
    hangs = hanging(request, found)
    return HangingShown(
        proposals=[_hangs(one, hangs) for one in hangs.to_say],
        elsewhere=[_hangs(one, hangs) for one in hangs.elsewhere],
        earlier=[_hangs(one, hangs) for one in hangs.earlier],
        left_out=list(hangs.left_out),
        more=hangs.more,
        declaration=NO_PART,
        seq=found.seq,
    )


@router.writes(
    "/cases/{int:case}/goes-with",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.TAKE_ALONG,),
    status=201,
)
def goes_with(request: Caller, case: Number, said: GoesWithSent) -> Taken:
    """Let posts go with the removed one, each with its author’s letter, and say which are left as they are."""
    found = open_case(request, case)
    silent = [one.post for one in said.going if not one.reasons]
    usual = weighed(found, removal(found), silent).found if silent else {}
    paper = take_along(
        found.pk,
        going=[Going(one.post, _reasons(one, usual), one.by_itself) for one in said.going],
        left=said.left,
        no_part=said.no_part,
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
    )
    return taken(paper)


def _reasons(one: GoingSent, usual: Mapping[int, Proposal]) -> str:
    return one.reasons or (usual_reasons(usual[one.post]) if one.post in usual else "")


def _hangs(one: Proposal, hangs: Hanging) -> Hangs:
    post, about = hangs.posts[one.key], hangs.cases.get(one.key)
    return Hangs(
        post=one.key,
        text=one.match.other_text if one.match else post.text,
        url=post.url,
        kind=one.kind,
        also=list(one.also),
        why=list(one.why),
        similarity=one.similarity,
        part=one.match.other_part if one.match else None,
        alike=_alike(one.match) if one.match else [],
        condemns=one.condemns,
        case=about.pk if about else None,
        usual_reasons=usual_reasons(one),
    )


def _alike(match: Match) -> list[Alike]:
    return [Alike(removed=mine, other=other) for mine, other in match.pairs]
