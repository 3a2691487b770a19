"""House style for the organisation's own posts: bold and clear, "we" is everyone, policy and not person, plain words.

One module for each point; each takes a `Post` and yields notes with a place, a reason, and something better where there
is. Nothing is decided, kept or written to a log, and nothing here knows who writes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from folkmoot.advice.house_style import (
    ask,
    clear,
    ease,
    heading,
    imprint,
    initials,
    jargon,
    length,
    people,
    together,
)
from folkmoot.advice.house_style.note import Figures, HouseStyle, Language, Note
from folkmoot.advice.house_style.post import Post
from folkmoot.detectors.finding import Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.kernel.reading import reading
from folkmoot.kernel.said import gettext_noop

__all__ = ["POINTS", "Figures", "HouseStyle", "Language", "Note", "Point", "check"]

MOST_NOTES = 50  # of one point: who has so many needs no more of them
_PERSONAL = {Signal.INSULT, Signal.HARASSMENT, Signal.THREAT, Signal.HATE, Signal.SLUR}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the house style looks at: what it is called, and who looks."""

    title: str
    look: Callable[[Post], Iterator[Note]]


POINTS: Mapping[str, Point] = {
    "imprint": Point(gettext_noop("Imprint"), imprint.look),
    "people": Point(gettext_noop("Policy, not person"), people.look),
    "together": Point(gettext_noop("“We” is everyone"), together.look),
    "heading": Point(gettext_noop("A heading that says something"), heading.look),
    "ask": Point(gettext_noop("What you ask for comes first"), ask.look),
    "clear": Point(gettext_noop("Bold and clear"), clear.look),
    "length": Point(gettext_noop("Long sentences"), length.look),
    "ease": Point(gettext_noop("Reading ease"), ease.look),
    "initials": Point(gettext_noop("Initials"), initials.look),
    "jargon": Point(gettext_noop("Plain words"), jargon.look),
}
"""Every point by its name, what matters most first. A new one is a module and a line here."""


def check(text: str, *, campaign: bool = False, judgement: Judgement | None = None) -> HouseStyle:
    """Return what the house style has to say of a post of our own.

    `campaign` when its writer says that it is campaign material. `judgement` is what the models make of it, if they
    were asked: where they think it likely that it attacks somebody, that is among the notes.
    """
    flagged = judgement is not None and judgement.flag
    personal = (one for one in (judgement.findings if judgement and flagged else ()) if one.signal in _PERSONAL)
    post = Post(text, campaign=campaign, attacks=tuple(one for one in personal if not one.advice))
    notes: list[Note] = []
    more = False
    for point in POINTS.values():
        found = list(islice(point.look(post), MOST_NOTES + 1))
        notes += found[:MOST_NOTES]
        more = more or len(found) > MOST_NOTES
    notes.sort(key=lambda one: (one.start, -one.end))
    return HouseStyle(tuple(notes), _figures(post), post.language, more)


def _figures(post: Post) -> Figures | None:
    if not post.sentences:
        return None
    words = sum(one.words for one in post.sentences)
    return Figures(
        sentences=len(post.sentences),
        words=words,
        average=round(words / len(post.sentences), 1),
        ease=round(reading(post.reads).ease, 1),
        longest=max(one.words for one in post.sentences),
        rough=words < ease.ENOUGH_WORDS,
    )
