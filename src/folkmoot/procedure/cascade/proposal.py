"""What is proposed to fall with a removed post: one post, why, how much alike, and where the words are."""

from dataclasses import dataclass
from enum import StrEnum

from folkmoot.procedure.cascade.fold import Span
from folkmoot.procedure.cascade.order import Between, Order


class Kind(StrEnum):
    """How a post hangs together with the removed one; the first that holds is named first."""

    PASSED_ON = "passed_on"  # "RT @somebody:" and its words
    WHOLE = "whole"  # all of its words
    EDITED = "edited"  # its words, lightly changed
    PARTIAL = "partial"  # a passage of it
    PICTURE = "picture"  # its words in the text that was given for a picture
    QUOTE = "quote"  # linked as a quotation by its place
    REPLY = "reply"  # linked as an answer by its place
    MENTION = "mention"  # has its link, or its number at its place


COPIES = frozenset({Kind.PASSED_ON, Kind.WHOLE, Kind.EDITED, Kind.PARTIAL, Kind.PICTURE})
FALLS_BY_DEFAULT = COPIES | {Kind.QUOTE}  # an answer or a link says nothing yet of what it thinks


class Part(StrEnum):
    """Which of a post's texts."""

    TEXT = "text"  # as first seen
    LATER = "later"  # as it was changed to
    PICTURE = "picture"  # what was with it, in words


@dataclass(frozen=True)
class Writing:
    """A post as far as the cascade looks at it."""

    key: int
    texts: tuple[tuple[Part, str], ...]
    when: Between
    place: int
    native_id: str
    url: str = ""
    handle: str = ""
    reply_to: str = ""  # native ids at the same place
    quotes: str = ""
    passage: str = ""  # of a removed post: the words that were in breach, where the decision names them


@dataclass(frozen=True)
class Match:
    """Where the same words stand, for looking at them side by side: pairs of spans, in characters of either text."""

    part: Part  # of the removed post
    text: str
    other_part: Part
    other_text: str
    pairs: tuple[tuple[Span, Span], ...]
    is_part: bool = False  # `text` is some of a long one, that which has most in common; so is `other_text`
    other_is_part: bool = False


@dataclass(frozen=True)
class Proposal:
    """A post that may have to fall with the removed one; a person confirms or leaves it."""

    key: int  # of the post
    kind: Kind
    also: tuple[Kind, ...]  # what else holds
    why: tuple[str, ...]  # sentences
    similarity: float  # 0 to 1; 0 where only a link connects them
    match: Match | None  # `None` where only a link connects them
    order: Order
    condemns: bool  # its own words disagree, as far as a machine can see (D20)
    condemned_by: tuple[str, ...]  # by which words
    default_ticked: bool
