"""Posts against the removed one: proposals with their reasons, or nothing."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from folkmoot.procedure.cascade.compare import Likeness, likeness, repeated
from folkmoot.procedure.cascade.condemn import disagreement
from folkmoot.procedure.cascade.fold import Reading, folded_words, links, read
from folkmoot.procedure.cascade.order import Order, order_of
from folkmoot.procedure.cascade.prints import bare_link, ids_in, own_ids, shingles
from folkmoot.procedure.cascade.proposal import COPIES, FALLS_BY_DEFAULT, Kind, Match, Part, Proposal, Writing

_NOBODYS: frozenset[int] = frozenset()
_MOSTLY = 0.6  # of the original's words: what has more of them, changed, is an edited copy, else a passage
_QUOTES = frozenset('"“„«>')
_IN_USE = 3  # other texts, known to be earlier, that have a phrase: it was not made by the removed post
_read = lru_cache(maxsize=64)(read)


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
        kind, why, _, _ = copied
        reasons[kind] = why
    reasons |= _linked(original, other)
    if not reasons:
        return None
    kind = min(reasons, key=list(Kind).index)
    order, said = _order(original, other, reasons)
    condemned_by = _condemned_by(other, copied)
    found = copied[3] if copied else None
    return Proposal(
        key=other.key,
        kind=kind,
        also=tuple(also for also in Kind if also in reasons and also != kind),
        why=(*[reasons[each] for each in Kind if each in reasons], *_said_of(condemned_by), *said),
        similarity=copied[2].similarity if copied else 0.0,
        match=found,
        order=order,
        condemns=bool(condemned_by),
        condemned_by=condemned_by,
        default_ticked=order == Order.LATER and not condemned_by and not FALLS_BY_DEFAULT.isdisjoint(reasons),
    )


def _in_use(original: Writing, others: Iterable[Writing]) -> frozenset[int]:
    """Return the hashes of shingles of `original` that several of `others` had before it."""
    own = {hashed for _, text in original.texts for hashed in shingles(_read(text).words)}
    seen: Counter[int] = Counter()
    for other in others:
        if order_of(other.when, to=original.when) == Order.EARLIER:
            theirs = {hashed for _, text in other.texts for hashed in shingles(tuple(folded_words(text)))}
            seen.update(own & theirs)
    return frozenset(hashed for hashed, count in seen.items() if count >= _IN_USE)


_Copy = tuple[Kind, str, Likeness, Match]


def _best_copy(original: Writing, other: Writing, worn: AbstractSet[int]) -> _Copy | None:
    best: tuple[float, Part, str, Part, str, Likeness] | None = None
    for part, text in original.texts:
        words = _read(text).words
        for other_part, other_text in other.texts:
            theirs = tuple(folded_words(other_text))
            found = likeness(words, theirs, worn) or _repeated(original, words, other_text, theirs, worn)
            if found is not None and (best is None or found.share > best[0]):
                best = found.share, part, text, other_part, other_text, found
    if best is None:
        return None
    _, part, text, other_part, other_text, found = best
    mine, its = _read(text), read(other_text)
    match = Match(part, text, other_part, other_text, _pairs(mine, its, found))
    kind, why = _kind(mine, its, found, in_picture=other_part == Part.PICTURE)
    return kind, why, found, match


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


def _kind(mine: Reading, theirs: Reading, found: Likeness, *, in_picture: bool) -> tuple[Kind, str]:
    how = f"{found.words} of its {len(mine.words)} words"
    handle = _passed_on(theirs, found)
    if in_picture:
        return Kind.PICTURE, f"The text given for its picture has {how}."
    if handle:
        return Kind.PASSED_ON, f"Passes it on, as “RT @{handle}:”, with {how}."
    if found.share == 1 and not found.changed:
        around = "All of its words, with others around them." if found.own else "The same words from first to last."
        return Kind.WHOLE, around
    if found.changed and found.share >= _MOSTLY:
        return Kind.EDITED, f"The same text with changes: it has {how}."
    quoted = " in quotation marks" if _is_quoted(theirs, found) else ""
    return Kind.PARTIAL, f"A passage of it{quoted}: {how}."


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
            reasons[Kind.QUOTE] = "Quotes it at its place."
        if other.reply_to == original.native_id:
            reasons[Kind.REPLY] = "Answers it at its place."
    mention = _mention(original, other)
    if mention:
        reasons[Kind.MENTION] = mention
    return reasons


def _mention(original: Writing, other: Writing) -> str:
    given = [link for _, text in other.texts for link in links(text)]
    if original.url and bare_link(original.url) in map(bare_link, given):
        return "Has the link to it."
    if any(not own_ids(original.native_id).isdisjoint(ids_in(text)) for _, text in other.texts):
        return "Has its number at its place."
    return ""


def _order(original: Writing, other: Writing, reasons: dict[Kind, str]) -> tuple[Order, list[str]]:
    order = order_of(other.when, to=original.when)
    if order == Order.UNKNOWN and (Kind.REPLY in reasons or Kind.QUOTE in reasons):
        return Order.LATER, []  # nobody answers what is not there yet
    if order == Order.UNKNOWN:
        return order, ["Order unknown: nothing says which of the two was there first."]
    return order, []


def _condemned_by(other: Writing, copied: _Copy | None) -> tuple[str, ...]:
    if copied is not None:
        return disagreement(copied[2].own, copied[2].put_in)
    return disagreement([word for _, text in other.texts for word in folded_words(text)])


def _said_of(condemned_by: tuple[str, ...]) -> list[str]:
    if not condemned_by:
        return []
    return [f"Its own words seem to disagree ({', '.join(f'“{word}”' for word in condemned_by[:3])})."]
