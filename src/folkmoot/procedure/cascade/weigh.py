"""Posts against the removed one: proposals with their reasons, or nothing."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from folkmoot.kernel.said import gettext
from folkmoot.procedure.cascade.compare import Likeness, likeness, repeated
from folkmoot.procedure.cascade.condemn import disagreement
from folkmoot.procedure.cascade.extract import LONG, Extract, extract, runs_of
from folkmoot.procedure.cascade.fold import Reading, folded_words, links, read
from folkmoot.procedure.cascade.order import Order, order_of
from folkmoot.procedure.cascade.prints import bare_link, ids_in, own_ids, shingles
from folkmoot.procedure.cascade.proposal import COPIES, FALLS_BY_DEFAULT, Kind, Match, Part, Proposal, Writing

_NOBODYS: frozenset[int] = frozenset()
_MOSTLY = 0.6  # of the original's words: what has more of them, changed, is an edited copy, else a passage
_QUOTES = frozenset('"“„«>')
_IN_USE = 3  # other texts, known to be earlier, that have a phrase: it was not made by the removed post
_read = lru_cache(maxsize=64)(read)
_runs_of = lru_cache(maxsize=4)(runs_of)


def weigh_all(original: Writing, others: Iterable[Writing], worn: AbstractSet[int] = _NOBODYS) -> list[Proposal]:
    """Return what connects each of `others` with the removed `original`, where anything does.

    A phrase that several other texts had before is nobody's own words, any more than those that are `worn`.
    """
    others = list(others)
    found = [(other, proposal) for other in others if (proposal := weigh(original, other, worn)) is not None]
    copied = {other.key for other, proposal in found if proposal.kind in COPIES - {Kind.PARTIAL}}
    in_use = _in_use(original, (other for other in others if other.key not in copied))
    if not in_use:
        return [proposal for _, proposal in found]
    again = (weigh(original, other, worn | in_use) for other, _ in found)
    return [proposal for proposal in again if proposal is not None]


def weigh(original: Writing, other: Writing, worn: AbstractSet[int] = _NOBODYS) -> Proposal | None:
    """Return what connects `other` with the removed `original`, or `None`; who is earlier is said, not left out.

    `worn` holds hashes of shingles that very many posts share: they are nobody's own words.
    """
    reasons: dict[Kind, str] = {}
    copied = _best_copy(original, other, worn)
    if copied is not None:
        reasons[copied.kind] = copied.why
    reasons |= _linked(original, other)
    if not reasons:
        return None
    kind = min(reasons, key=list(Kind).index)
    order, said = _order(original, other, reasons)
    condemned_by = _condemned_by(other, copied)
    found = copied.match if copied else None
    if found and (found.is_part or found.other_is_part):
        said.append(gettext("Of a long text the part that has most in common was compared, some 2,000 words."))
    return Proposal(
        key=other.key,
        kind=kind,
        also=tuple(also for also in Kind if also in reasons and also != kind),
        why=(*[reasons[each] for each in Kind if each in reasons], *_said_of(condemned_by), *said),
        similarity=copied.found.similarity if copied else 0.0,
        match=found,
        order=order,
        condemns=bool(condemned_by),
        condemned_by=condemned_by,
        default_ticked=order == Order.LATER and not condemned_by and not FALLS_BY_DEFAULT.isdisjoint(reasons),
    )


def _in_use(original: Writing, others: Iterable[Writing]) -> frozenset[int]:
    """Return the hashes of shingles of `original` that several of `others` had before it."""
    earlier = [other for other in others if order_of(other.when, to=original.when) == Order.EARLIER]
    if len(earlier) < _IN_USE:
        return _NOBODYS
    own = {hashed for _, text in original.texts for hashed in shingles(tuple(folded_words(text)))}
    seen: Counter[int] = Counter()
    for other in earlier:
        theirs = {hashed for _, text in other.texts for hashed in shingles(tuple(folded_words(text)))}
        seen.update(own & theirs)
    return frozenset(hashed for hashed, count in seen.items() if count >= _IN_USE)


@dataclass(frozen=True)
class _Copy:
    kind: Kind
    why: str
    found: Likeness
    match: Match
    beside: tuple[str, ...]  # words of the other text that were not compared


def _best_copy(original: Writing, other: Writing, worn: AbstractSet[int]) -> _Copy | None:
    best: tuple[Likeness, Part, Extract, Part, Extract] | None = None
    for part, text in original.texts:
        for other_part, other_text in other.texts:
            mine, its = _compared(text, other_text)
            words, theirs = _read(mine.text).words, tuple(folded_words(its.text))
            found = likeness(words, theirs, worn) or _repeated(original, words, its.text, theirs, worn)
            if found is not None and (best is None or found.share > best[0].share):
                best = found, part, mine, other_part, its
    if best is None:
        return None
    found, part, mine, other_part, its = best
    reading, theirs_read = _read(mine.text), read(its.text)
    match = Match(
        part=part,
        text=mine.text,
        other_part=other_part,
        other_text=its.text,
        pairs=_pairs(reading, theirs_read, found),
        is_part=mine.is_part,
        other_is_part=its.is_part,
    )
    kind, why = _kind(reading, theirs_read, found, match)
    return _Copy(kind, why, found, match, its.beside)


def _compared(text: str, other_text: str) -> tuple[Extract, Extract]:
    """Return what is compared of either text: all of it, unless it is long."""
    its = extract(other_text, _runs_of(text)) if len(other_text) > LONG else Extract(other_text)
    return (extract(text, runs_of(its.text)) if len(text) > LONG else Extract(text)), its


def _repeated(
    original: Writing, words: tuple[str, ...], other_text: str, theirs: tuple[str, ...], worn: AbstractSet[int]
) -> Likeness | None:
    """Return what the other text repeats word for word: in quotation marks, or of the passage that was in breach."""
    breach = _read(original.passage).words if original.passage else ()
    its = read(other_text) if not _QUOTES.isdisjoint(other_text) else None
    quoted = [its.words[start:end] for start, end in its.quoted] if its else []
    return repeated(words, theirs, breach=breach, quoted=quoted, worn=worn) if breach or quoted else None


def _pairs(mine: Reading, theirs: Reading, found: Likeness) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    return tuple(
        (
            (mine.places[run.at][0], mine.places[run.at + run.size - 1][1]),
            (theirs.places[run.there][0], theirs.places[run.there + run.size - 1][1]),
        )
        for run in found.runs
    )


def _kind(mine: Reading, theirs: Reading, found: Likeness, match: Match) -> tuple[Kind, str]:
    how = (
        gettext("%(some)d of the %(all)d words that were compared")
        if match.is_part
        else gettext("%(some)d of its %(all)d words")
    ) % {"some": found.words, "all": len(mine.words)}
    handle = _passed_on(theirs, found)
    if match.other_part == Part.PICTURE:
        return Kind.PICTURE, gettext("The text given for its picture has %(how)s.") % {"how": how}
    if handle:
        return Kind.PASSED_ON, gettext("Passes it on, as “RT @%(handle)s:”, with %(how)s.") % {
            "handle": handle,
            "how": how,
        }
    if found.share == 1 and not found.changed and match.is_part:
        return Kind.WHOLE, gettext("All of its words that were compared.")
    if found.share == 1 and not found.changed:
        if found.own:
            return Kind.WHOLE, gettext("All of its words, with others around them.")
        return Kind.WHOLE, gettext("The same words from first to last.")
    if found.changed and found.share >= _MOSTLY:
        return Kind.EDITED, gettext("The same text with changes: it has %(how)s.") % {"how": how}
    if _is_quoted(theirs, found):
        return Kind.PARTIAL, gettext("A passage of it in quotation marks: %(how)s.") % {"how": how}
    return Kind.PARTIAL, gettext("A passage of it: %(how)s.") % {"how": how}


def _passed_on(theirs: Reading, found: Likeness) -> str:
    """Return whose words the text says it passes on, where the copy comes after that or right before ("via")."""
    last = found.passages[-1][1]
    for handle, at in theirs.passed_on:
        if at < last or at == last == len(theirs.words):
            return handle
    return ""


def _is_quoted(theirs: Reading, found: Likeness) -> bool:
    return any(start <= first and last <= end for first, last in found.passages for start, end in theirs.quoted)


def _linked(original: Writing, other: Writing) -> dict[Kind, str]:
    reasons: dict[Kind, str] = {}
    if other.place == original.place and original.native_id:
        if other.quotes == original.native_id:
            reasons[Kind.QUOTE] = gettext("Quotes it at its place.")
        if other.reply_to == original.native_id:
            reasons[Kind.REPLY] = gettext("Answers it at its place.")
    mention = _mention(original, other)
    if mention:
        reasons[Kind.MENTION] = mention
    return reasons


def _mention(original: Writing, other: Writing) -> str:
    given = [link for _, text in other.texts for link in links(text)]
    if original.url and bare_link(original.url) in map(bare_link, given):
        return gettext("Has the link to it.")
    if any(not own_ids(original.native_id).isdisjoint(ids_in(text)) for _, text in other.texts):
        return gettext("Has its number at its place.")
    return ""


def _order(original: Writing, other: Writing, reasons: dict[Kind, str]) -> tuple[Order, list[str]]:
    order = order_of(other.when, to=original.when)
    if order == Order.UNKNOWN and (Kind.REPLY in reasons or Kind.QUOTE in reasons):
        return Order.LATER, []  # nobody answers what is not there yet
    if order == Order.UNKNOWN:
        return order, [gettext("Order unknown: nothing says which of the two was there first.")]
    return order, []


def _condemned_by(other: Writing, copied: _Copy | None) -> tuple[str, ...]:
    if copied is not None:
        return disagreement([*copied.found.own, *copied.beside], copied.found.put_in)
    return disagreement([word for _, text in other.texts for word in folded_words(text)])


def _said_of(condemned_by: tuple[str, ...]) -> list[str]:
    if not condemned_by:
        return []
    words = ", ".join(f"“{word}”" for word in condemned_by[:3])
    return [gettext("Its own words seem to disagree (%(words)s).") % {"words": words}]
