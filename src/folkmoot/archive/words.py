"""Words as search knows them: cut and folded by us, so that every database finds the same and pages mark the same.

A text becomes a row of tokens: ASCII letters and digits as they are, any other word in hexadecimal after `_`. The
database keeps nothing but tokens, and cuts nothing itself. Case, accents, full-width and mathematical letters, and
characters that nobody can see make no difference. Where a script writes no spaces, each character is a token. Pure.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

VERSION = f"1 {unicodedata.unidata_version}"
"""Changes when the same text may become other tokens: then every index has to be made anew."""

GAP = "_"  # holds a place where there is nothing that could be found, so that no phrase goes across it
MOST_WORDS = 10_000  # of a post, that can be searched for; PostgreSQL keeps no more than 16,383 places
MOST_TIMES = 200  # that one word counts in a post; PostgreSQL keeps no more than 256
_LONGEST = 40  # characters of a token

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_ACCENTS = "\u0300-\u036f"
# Marks belong to the letters before them, which `\w` does not know: Cyrillic, Hebrew, Arabic, the scripts of India.
_MARKS = _ACCENTS + (
    "\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u0900-\u0963\u0966-\u0dff\u20d0-\u20ff"
)
_UNSPACED = (  # Thai, Lao, Burmese, Khmer, kana, Han; and pictures, each of which is a word
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\u2600-\u27bf\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_PIECES = re.compile(f"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\\W_]|[{_MARKS}{_UNSEEN}])+")
_PLAIN = re.compile("[a-z0-9]+")
_DROPPED = re.compile(f"[{_ACCENTS}{_UNSEEN}]")
_ASKED = re.compile(
    '["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)|(\\S+?(?=["\u201c\u201d\u201e\u00ab\u00bb]|\\s|$))'
)

Phrase = tuple[str, ...]


class Found(NamedTuple):
    """One token of a text, and where in the text it stands."""

    token: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """What somebody looks for: every phrase has to be there; a word by itself is a phrase of one token."""

    phrases: tuple[Phrase, ...]

    def __bool__(self) -> bool:
        """Say whether anything is looked for."""
        return bool(self.phrases)


def query(typed: str) -> Query:
    """Return what is looked for by `typed`: words, and "phrases in quotes"; none where no letter or digit is."""
    phrases = []
    for quoted, word in _ASKED.findall(typed):
        phrase = tuple(cut(quoted or word))
        if phrase and phrase not in phrases:
            phrases.append(phrase)
    return Query(tuple(phrases))


def cut(text: str) -> list[str]:
    """Return the tokens of `text`, in their order."""
    if text.isascii():  # the same as below, several times as fast
        return [token if len(token) <= _LONGEST else _short(token) for token in _PLAIN.findall(text.lower())]
    return [token for piece in _PIECES.findall(text) for token in _folded(piece)]


def indexed(texts: Iterable[str]) -> list[str]:
    """Return the tokens of several texts of one post as an index keeps them, with a `GAP` between the texts.

    What is said too often, and what comes after `MOST_WORDS`, is left out, on every database alike.
    """
    tokens: list[str] = []
    for text in texts:
        if tokens:
            tokens.append(GAP)
        tokens += cut(text[: MOST_WORDS * 20])
    tokens = tokens[:MOST_WORDS]
    if len(tokens) <= MOST_TIMES:
        return tokens
    often = {token for token, times in Counter(tokens).items() if times > MOST_TIMES}
    return list(_not_too_often(tokens, often)) if often else tokens


def places(text: str, asked: Query) -> list[tuple[int, int]]:
    """Return where in `text` the phrases of `asked` stand: (start, end), in order, none overlapping another."""
    found = _found(text)
    firsts = {phrase[0]: [one for one in asked.phrases if one[0] == phrase[0]] for phrase in asked.phrases}
    spans = []
    for at, one in enumerate(found):
        for phrase in firsts.get(one.token, ()):
            if tuple(other.token for other in found[at : at + len(phrase)]) == phrase:
                spans.append((one.start, found[at + len(phrase) - 1].end))
    return _joined(spans)


def shared(text: str, of: str, *, least: int = 6) -> list[tuple[int, int]]:
    """Return where in `text` stand runs of at least `least` words that are in `of` too: (start, end), in order."""
    theirs = cut(of)
    runs = {tuple(theirs[at : at + least]) for at in range(len(theirs) - least + 1)}
    found = _found(text)
    spans: list[tuple[int, int]] = []
    for at in range(len(found) - least + 1):
        if tuple(one.token for one in found[at : at + least]) in runs:
            spans.append((found[at].start, found[at + least - 1].end))
    return _joined(spans)


def pieces(text: str, asked: Query) -> list[tuple[str, bool]]:
    """Return `text` in pieces, and of each whether it is what was looked for."""
    made, at = [], 0
    for start, end in places(text, asked):
        made += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*made, (text[at:], False)] if piece[0]]


def around(text: str, asked: Query, *, most: int) -> str:
    """Return about `most` characters of `text` around the first place where `asked` is, with `…` for the rest."""
    if len(text) <= most:
        return text
    first = next(iter(places(text, asked)), (0, 0))[0]
    start = max(0, min(first - most // 3, len(text) - most))
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    end = start + most
    if end < len(text):
        end = max(text.rfind(" ", end - 40, end), end - 40)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _found(text: str) -> list[Found]:
    if text.isascii():
        return [Found(_token(one[0]), *one.span()) for one in _PLAIN.finditer(text.lower())]
    return [Found(token, *one.span()) for one in _PIECES.finditer(text) for token in _folded(one[0])]


@lru_cache(maxsize=50_000)
def _folded(piece: str) -> Sequence[str]:
    """Return the tokens of a piece: mostly one; signs such as ½ fold into several."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", piece))
    plain = unicodedata.normalize("NFKC", plain).casefold()
    if plain.isascii():
        return [_token(token) for token in _PLAIN.findall(plain)]
    plain = unicodedata.normalize("NFKC", _DROPPED.sub("", unicodedata.normalize("NFKD", plain)))
    return [_token(one) for one in _PIECES.findall(plain)]


def _token(word: str) -> str:
    if word.isascii():
        return word if len(word) <= _LONGEST else _short(word)
    token = GAP + word.encode("utf-16-be", "surrogatepass").hex()
    return token if len(token) <= _LONGEST else _short(token)


def _short(token: str) -> str:
    return f"{GAP}h{blake2b(token.encode(), digest_size=16).hexdigest()}"


def _not_too_often(tokens: Iterable[str], often: set[str]) -> Iterator[str]:
    times: Counter[str] = Counter()
    for token in tokens:
        if token in often:
            times[token] += 1
        yield GAP if times[token] > MOST_TIMES else token


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made
