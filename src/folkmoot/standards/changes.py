"""What is different between two packs, clause by clause, and between two texts, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from folkmoot.standards.model import Clause, Heading, Pack

SIMILAR = 0.6  # share of words in common from which a clause under another code counts as the same one, reworded
_ALIKE = 0.25  # below it two texts are shown whole, one after the other
_SMALL = 8  # characters: what stays the same between two changes and is shorter reads better as changed too
_WORDS = re.compile(r"\n+|\S+[^\S\n]*")
_BREAKS = re.compile(r"(\n+|\A\s+|\s+\Z)")


class What(StrEnum):
    """What has become of a clause."""

    NEW = "new"
    GONE = "gone"
    REWORDED = "reworded"
    MOVED = "moved"  # as it was, but elsewhere or under another code
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in both packs; `before` is None for a new one, `after` for one that is gone.

    `fields` are the names of the fields of `Clause` that differ, but for the code. `is_moved`: it stands elsewhere
    among the others, or has another code.
    """

    before: Clause | None
    after: Clause | None
    fields: tuple[str, ...] = ()
    is_moved: bool = False

    @property
    def clause(self) -> Clause:
        """The clause as it is now, or as it was last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of both is always given
        return found

    @property
    def what(self) -> What:
        """What has become of it; one that is reworded may have moved as well."""
        if self.before is None:
            return What.NEW
        if self.after is None:
            return What.GONE
        if self.fields:
            return What.REWORDED
        return What.MOVED if self.is_moved else What.SAME

    @property
    def has_new_code(self) -> bool:
        """Whether it had another code before."""
        return self.before is not None and self.after is not None and self.before.code != self.after.code


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two packs.

    `front` are the names of the fields of `Pack` that differ, but for headings, clauses and retired codes.
    `headings` are pairs (before, after) that differ, None where there is none. `clauses` are all, those that stay the
    same too, in the order of the later pack; one that is gone stands behind the one that it stood behind.
    """

    front: tuple[str, ...]
    headings: tuple[tuple[Heading | None, Heading | None], ...]
    clauses: tuple[ClauseChange, ...]

    def of(self, what: What) -> tuple[ClauseChange, ...]:
        """Those clauses of which this has become."""
        return tuple(one for one in self.clauses if one.what is what)

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        """Those clauses that are not the same."""
        return tuple(one for one in self.clauses if one.what is not What.SAME)

    @property
    def is_nothing(self) -> bool:
        """Whether both are the same but for the day from which they hold."""
        return not self.has_words and set(self.front) <= {"in_force_from"}

    @property
    def has_words(self) -> bool:
        """Whether anything that members read is different: a clause or a heading."""
        return bool(self.changed or self.headings)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text: `is_out` were taken out, `is_in` were put in, otherwise they are as before."""

    words: str
    is_out: bool = False
    is_in: bool = False


@lru_cache(maxsize=64)  # anybody may ask, as often as they like, and an edition never changes
def compare(before: Pack, after: Pack) -> Changes:
    """Say what is different in `after`. Clauses are the same one by their code, or by their words under another."""
    pairs = _pairs(before.clauses, after.clauses)
    moved = _moved(before.codes, after.codes, pairs)
    changes = {
        clause.code: ClauseChange(
            pairs.get(clause.code), clause, _differ(pairs.get(clause.code), clause), is_moved=clause.code in moved
        )
        for clause in after.clauses
    }
    skipped = {"name", "headings", "clauses", "retired"}
    front = [field.name for field in fields(Pack) if field.name not in skipped]
    return Changes(
        tuple(name for name in front if getattr(before, name) != getattr(after, name)),
        tuple(_headings(before.headings, after.headings)),
        tuple(_in_order(before.clauses, changes)),
    )


def is_like(one: Clause, other: Clause) -> bool:
    """Say whether both are the same clause, reworded at most a little."""
    return _text(one) == _text(other) or _likeness(one, other) >= SIMILAR


@lru_cache(maxsize=1024)
def reworded(old: str, new: str) -> tuple[Stretch, ...]:
    """Return `new` with the words that were taken out and put in; two texts with little in common come whole.

    Marks hold no space at their ends and no end of a paragraph; between two marks is always a space.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    blocks = SequenceMatcher(None, list(map(_bare, before)), list(map(_bare, after)), autojunk=False)
    if old and new and blocks.ratio() < _ALIKE:
        return tuple(_both(old, new))
    found: list[Stretch] = []
    out = put = ""
    codes = blocks.get_opcodes()
    for at, (what, a, b, c, d) in enumerate(codes):
        words = "".join(after[c:d])
        between = 0 < at < len(codes) - 1 and len(words) <= _SMALL and "\n" not in words
        if what == "equal" and not between:
            found += _both(out, put)
            out = put = ""
            found.append(Stretch(words))
        else:
            out += "".join(before[a:b])
            put += words
    return (*found, *_both(out, put))


def _both(out: str, put: str) -> Iterator[Stretch]:
    """Yield what was taken out, then what was put in. Spaces around them and ends of paragraphs are not marked."""
    for words in _BREAKS.split(out):
        if words:
            yield Stretch(words, is_out=not words.isspace())
    if out and put and not (out[-1].isspace() or put[0].isspace()):
        yield Stretch(" ")
    for words in _BREAKS.split(put):
        if words:
            yield Stretch(words, is_in=not words.isspace())


def _bare(word: str) -> str:
    return word.rstrip() or "\n"


def _pairs(before: Sequence[Clause], after: Sequence[Clause]) -> dict[str, Clause]:
    """Return which clause each later one was, by its later code."""
    old = {clause.code: clause for clause in before}
    new = {clause.code: clause for clause in after}
    found: dict[str, Clause] = {}

    def pair(code: str, was: str) -> None:
        found[code] = old.pop(was)
        del new[code]

    for code in [code for code in new if code in old and _text(new[code]) == _text(old[code])]:
        pair(code, code)
    texts: dict[str, str] = {}
    for was, clause in old.items():
        texts.setdefault(_text(clause), was)
    for code, clause in list(new.items()):
        if texts.get(_text(clause)) in old:
            pair(code, texts[_text(clause)])
    for code in [code for code in new if code in old and _likeness(new[code], old[code]) >= SIMILAR]:
        pair(code, code)
    # Each with each: what is asked so often is worked out beforehand.
    mine = [(code, _words(_text(clause))) for code, clause in new.items()]
    its = [(was, _words(_text(clause))) for was, clause in old.items()]
    close = ((_in_common(ours, theirs), code, was) for code, ours in mine for was, theirs in its)
    alike = [pairing for pairing in close if pairing[0] >= SIMILAR]
    for _likest, code, was in sorted(alike, key=lambda pairing: -pairing[0]):
        # A code that is in both packs is the stronger sign, unless its words are elsewhere.
        if code in new and was in old:
            pair(code, was)
    for code in [code for code in new if code in old]:
        pair(code, code)
    return found


def _text(clause: Clause) -> str:
    return f"{clause.title}\n{clause.text}"


def _likeness(one: Clause, other: Clause) -> float:
    """Return the share of words that both have, 0 to 1; 0 also where their lengths alone say that it is low."""
    return _in_common(_words(_text(one)), _words(_text(other)))


def _in_common(mine: frozenset[str], its: frozenset[str]) -> float:
    every = len(mine) + len(its) or 1
    if 2 * min(len(mine), len(its)) < SIMILAR * every:
        return 0
    return 2 * len(mine & its) / every


@lru_cache(maxsize=2048)  # of two whole packs: each text is compared with many
def _words(text: str) -> frozenset[str]:
    """Return the words of a text, each as often as it is there: the second one with a 2 behind it, and so on."""
    words = text.casefold().split()
    if len(set(words)) == len(words):
        return frozenset(words)
    times: Counter[str] = Counter()
    found = set()
    for word in words:
        times[word] += 1
        found.add(f"{word} {times[word]}" if times[word] > 1 else word)
    return frozenset(found)


def _differ(before: Clause | None, after: Clause) -> tuple[str, ...]:
    if before is None:
        return ()
    names = [field.name for field in fields(Clause) if field.name != "code"]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _moved(before: Sequence[str], after: Sequence[str], pairs: dict[str, Clause]) -> frozenset[str]:
    """Return the later codes of clauses that are under another code, or that others have overtaken."""
    renamed = {code for code, was in pairs.items() if was.code != code}
    staying = [code for code in after if code in pairs and code not in renamed]
    places = {code: place for place, code in enumerate(before)}
    kept = _longest_rising([places[code] for code in staying])
    return frozenset(renamed | {code for code in staying if places[code] not in kept})


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return the numbers of a longest rising part, which are those that need not have moved."""
    ends: list[int] = []  # the smallest last number of a rising part of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return frozenset(found)


def _headings(before: Sequence[Heading], after: Sequence[Heading]) -> Iterator[tuple[Heading | None, Heading | None]]:
    old = {heading.prefix: heading for heading in before}
    for heading in after:
        was = old.pop(heading.prefix, None)
        if was != heading:
            yield was, heading
    for heading in old.values():
        yield heading, None


def _in_order(before: Sequence[Clause], changes: dict[str, ClauseChange]) -> Iterator[ClauseChange]:
    now = {change.before.code: code for code, change in changes.items() if change.before}
    behind: dict[str, list[Clause]] = {}
    last = ""
    for clause in before:
        if clause.code in now:
            last = now[clause.code]
        else:
            behind.setdefault(last, []).append(clause)
    for code in ("", *changes):
        if code:
            yield changes[code]
        yield from (ClauseChange(clause, None) for clause in behind.get(code, ()))
