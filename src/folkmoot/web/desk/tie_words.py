"""How a post hangs together with a removed one, in the desk's words: the kind, how alike, what came first, where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.procedure.cascade.order import Order
from folkmoot.procedure.cascade.proposal import Kind, Part, Proposal
from folkmoot.web.desk import evidence, words
from folkmoot.web.look.links import web_link

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from folkmoot.procedure.cascade.fold import Span

KINDS: "dict[Kind, StrOrPromise]" = {
    Kind.PASSED_ON: later("Passed on"),
    Kind.WHOLE: later("The same words"),
    Kind.EDITED: later("The same words, changed"),
    Kind.PARTIAL: later("A passage of it"),
    Kind.PICTURE: later("In a picture"),
    Kind.QUOTE: later("Quotes it"),
    Kind.REPLY: later("Answers it"),
    Kind.MENTION: later("Points to it"),
}
_PARTS: "dict[Part, StrOrPromise]" = {
    Part.TEXT: "",
    Part.LATER: later("As it was changed later"),
    Part.PICTURE: later("Text of its picture"),
}
_END, _AT_A_GLANCE = 400, 2400  # characters, of a piece and of all
_ALIKE = ((1.0, later("Word for word")), (0.9, later("Almost word for word")), (0.7, later("Much alike")))


@dataclass(frozen=True)
class Piece:
    """Some of a text; `is_same` where the other text has it too."""

    words: str
    is_same: bool = False


@dataclass(frozen=True)
class Tie:
    """One post as its row shows it."""

    key: int
    post: Post
    author: str
    place: str
    at: datetime | None
    url: str
    kind: str
    also: Sequence[str]
    alike: str
    is_unknown: bool  # which of the two was there first
    condemns: bool
    why: Sequence[str]
    mine: Sequence[Piece]  # of the removed post; empty where only a link connects them
    theirs: Sequence[Piece]
    whole: str  # all of the words of which `theirs` are some; empty where they are all
    mine_note: str
    theirs_note: str
    case: Case | None  # the newest about the post


def tie(proposal: Proposal, post: Post, case: Case | None) -> Tie:
    """Return the row of a proposal; `case` is the newest about the post, if any."""
    match = proposal.match
    mine = _brief(_pieces(match.text, (mine for mine, _ in match.pairs))) if match else []
    all_theirs = _pieces(match.other_text, (its for _, its in match.pairs)) if match else [Piece(post.text)]
    theirs = _brief(all_theirs)
    is_own_text = match is None or match.other_part is Part.TEXT
    whole = post.text if is_own_text else "".join(piece.words for piece in all_theirs)
    return Tie(
        key=proposal.key,
        post=post,
        author=words.author(post),
        place=post.platform.name,
        at=evidence.known_time(post),
        url=web_link(post.url),
        kind=str(KINDS[proposal.kind]),
        also=[str(KINDS[kind]) for kind in proposal.also],
        alike=_alike(proposal),
        is_unknown=proposal.order == Order.UNKNOWN,
        condemns=proposal.condemns,
        why=proposal.why,
        mine=mine,
        theirs=theirs,
        whole=whole if sum(len(piece.words) for piece in theirs) < len(whole) else "",
        mine_note=str(_PARTS[match.part]) if match else "",
        theirs_note=str(_PARTS[match.other_part]) if match else "",
        case=case,
    )


def _alike(proposal: Proposal) -> str:
    if proposal.match is None:
        return ""
    said = next((str(said) for least, said in _ALIKE if proposal.similarity >= least), "")
    return said or _("Alike in part")


def _pieces(text: str, spans: "Iterable[Span]") -> list[Piece]:
    """Cut a text at spans of characters, which may be in any order and touch or overlap."""
    pieces: list[Piece] = []
    at = 0
    for start, end in _joined(text, sorted(spans)):
        pieces += [Piece(text[at:start]), Piece(text[start:end], is_same=True)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.words]


def _brief(pieces: Sequence[Piece]) -> list[Piece]:
    """Return long pieces by their beginning and their end, and no more than one can take in at a glance."""
    brief: list[Piece] = []
    length = 0
    for piece in pieces:
        if length > _AT_A_GLANCE:
            return [*brief, Piece(" … ")]
        some = piece.words
        if len(some) > 2 * _END + _END // 4:
            some = f"{some[:_END]} … {some[-_END:]}"
        brief.append(Piece(some, is_same=piece.is_same))
        length += len(some)
    return brief


def _joined(text: str, spans: "list[Span]") -> "list[Span]":
    """Join spans between which there is nothing to read: one mark is easier on the eye than five."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
