"""A text read as words that compare: whatever case, alphabet, signs and hidden characters it is dressed in.

`folded_words` is quick and is what fingerprints are made of; `read` gives the same words, with where each of them
stands in the text, whom it passes on ("RT @somebody:") and what stands in quotation marks.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from folkmoot.kernel.lookalikes import FOLDS, spelt_out

Span = tuple[int, int]  # from, up to

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"\b(?:RT|MT|QT|HT)\b[\s:]{0,3}@(\w{1,60})\s{0,2}:?|[\"“”«„]\s?@(\w{1,60})\s?:|\bvia\s@(\w{1,60})", re.IGNORECASE
)
_QUOTED = re.compile(r"“([^”“]{3,})”|«([^»«]{3,})»|„([^“”„]{3,})[“”]|\"([^\"\n]{3,})\"|^>[^\n]*", re.MULTILINE)


@dataclass(frozen=True)
class Reading:
    """A text and its folded words: `words[i]` stands at `places[i]` of `text`."""

    text: str
    words: tuple[str, ...]
    places: tuple[Span, ...]
    passed_on: tuple[tuple[str, int], ...]  # somebody's handle, and the number of the first word after it
    quoted: tuple[Span, ...]  # words in quotation marks, or on lines that begin with ">"


def folded(text: str) -> str:
    """Return the folded words of `text` with single spaces between them."""
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """Return the folded words of `text`, without links and without "RT @somebody:"."""
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "://" in text or "www." in text.lower():
        text = LINK.sub(" ", text)
    if "@" in text:
        text = _PASSED_ON.sub(" ", text)
    return [spelt_out(word) for word in text.translate(FOLDS).split()]


def read(text: str) -> Reading:
    """Return `text` with its folded words, their places in it, and what is said about where they come from."""
    opened, starts = _opened(text)
    bare = _blank(opened, LINK)
    passed = [(next(filter(None, found.groups())), found.start()) for found in _PASSED_ON.finditer(bare)]
    bare = _blank(bare, _PASSED_ON)
    words, ranges = [], []
    for word, first, last in _words(bare):
        words.append(spelt_out(word))
        ranges.append((first, last))
    firsts = [first for first, _ in ranges]
    quoted = [
        (bisect_left(firsts, found.start()), bisect_left(firsts, found.end())) for found in _QUOTED.finditer(opened)
    ]
    return Reading(
        text=text,
        words=tuple(words),
        places=tuple((starts[first], starts[last + 1]) for first, last in ranges),
        passed_on=tuple((handle, bisect_left(firsts, at)) for handle, at in passed),
        quoted=tuple(span for span in quoted if span[1] > span[0]),
    )


def links(text: str) -> list[str]:
    """Return the web addresses in `text`, without the signs that end a sentence."""
    if "://" not in text and "www." not in text.lower():
        return []
    return [found.rstrip(".,;:!?)]}'’…") for found in LINK.findall(_ENTITY.sub(_character, text))]


def _character(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _opened(text: str) -> tuple[str, list[int]]:
    """Return `text` with "&amp;" and the like as characters, and where each of these starts; the end comes last."""
    parts: list[str] = []
    starts: list[int] = []
    done = 0
    for found in _ENTITY.finditer(text):
        character = _character(found)
        parts += [text[done : found.start()], character]
        starts += [*range(done, found.start()), *[found.start()] * len(character)]
        done = found.end()
    return "".join([*parts, text[done:]]), [*starts, *range(done, len(text) + 1)]


def _blank(text: str, what: re.Pattern[str]) -> str:
    return what.sub(lambda found: " " * len(found[0]), text)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word with the places of its first and its last character."""
    letters: list[str] = []
    first = last = 0
    for place, char in enumerate(text):
        for letter in FOLDS[ord(char)]:
            if letter != " ":
                first = first if letters else place
                last = place
                letters.append(letter)
            elif letters:
                yield "".join(letters), first, last
                letters = []
    if letters:
        yield "".join(letters), first, last
