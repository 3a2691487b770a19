"""A draft of a pack: clauses with the titles and kinds that can be guessed from their words."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import Source, clean
from folkmoot.standards.importing.coding import coded
from folkmoot.standards.importing.dates import stated_date
from folkmoot.standards.importing.nesting import Point
from folkmoot.standards.importing.outline import outline
from folkmoot.standards.model import Clause, Heading, Kind, Pack, Scope
from folkmoot.standards.packs import MOST_CLAUSES

_LONGEST_PACK_TITLE = 120
_LONGEST_TITLE = 60
_LONGEST_TEXT = 20_000  # characters
_PROCEDURE = re.compile(r"\b(procedures?|process|appeals?|moderat(?:ion|ing|ors?)|complaints?|enforcement)\b", re.I)
_RULES = re.compile(r"\b(rules?|standards?|guidelines?|conduct|behaviour|behavior|do'?s|etiquette|tips|advice)\b", re.I)
_FORBIDS = re.compile(
    r"\b(must not|may not|shall not|not (?:be )?(?:tolerated?|acceptable|permissible|permitted|allowed)|never|"
    r"do not|don['’]t|prohibited|forbidden|banned|unacceptable|will remove|without (?:their )?consent)\b",
    re.I,
)
_POINTER = re.compile(
    r"\b(?:(?:[Pp]aragraph|[Ss]ection|[Cc]lause|[Rr]ule|[Aa]rticle|[Cc]hapter)s?\s+(?:[0-9]+(?:\.[0-9]+)*|[B-HJ-Z]\b)|"
    r"(?:[Ss]ee|[Uu]nder|[Ii]n)\s+[0-9]+(?:\.[0-9]+)+)(?:\s?\([a-z]+\))?"
)
_MARKUP = re.compile(r"(#{1,6}|[-*+]|>|[0-9]{1,2}[.)])(?=\s|$)")
_WIDE_FORMS = {char: chr(ord(char) + 0xFEE0) for char in "#-*+>.)"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a clause came from: the label and place in the source, and whether it may be a ground."""

    code: str
    printed: str
    place: str
    may_be_ground: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack made from a source, and where each of its clauses came from."""

    pack: Pack
    origins: tuple[Origin, ...]
    date_said: str  # the words that the date was taken from, or ""
    labels: Mapping[str, str]  # what the source numbers each section with, by its letters


def draft_of(source: Source, *, name: str, lang: str, since: date | None, today: date, title: str = "") -> Draft:
    """Make a pack called `name` of what was read. Without `since` the date is the one that the text states, or `today`.

    Raises `BadInput` where there is nothing to make clauses of, or far too much.
    """
    found = outline(source)
    points = [point for section in found.sections for point in section.points]
    if len(points) < 2 and not (points and points[0].inside):
        raise BadInput(
            "There is only one paragraph here and no structure: no headings, no numbered or bulleted points. Put an "
            "empty line between paragraphs, or write headings, and import it again.",
            field="file",
        )
    sections = coded(found.sections, source)
    clauses, origins = [], []
    for section in sections:
        kind = _kind(f"{section.under} {section.title}")
        for code, point in section.points:
            clauses.append(_clause(code, point, kind, source))
            origins.append(Origin(code, point.printed, point.place, _FORBIDS.search(clauses[-1].text) is not None))
    if len(clauses) > MOST_CLAUSES:
        raise BadInput(
            f"This would be {len(clauses):,} clauses; a policy has {MOST_CLAUSES} at most. Is it the right file?",
            field="file",
        )
    said = stated_date(found.title, [block.text for block in source.blocks] + [one.text for one in source.left_out])
    name_shown = clean(title) or found.title or found.sections[0].title
    pack = Pack(
        name=name,
        title=_cut_title(name_shown, source),
        description=f"A draft with {len(clauses)} clauses, made from a published policy ({source.format}).",
        lang=lang,
        in_force_from=since or (said[0] if said else today),
        parent=None,
        paraphrase=False,
        official_url=None,
        headings=tuple(Heading(section.prefix, section.title, section.under) for section in sections),
        clauses=tuple(clauses),
    )
    labels = {section.prefix: section.label for section in sections}
    return Draft(pack, tuple(origins), "" if since or not said else said[1], labels)


def _cut_title(title: str, source: Source) -> str:
    if len(title) <= _LONGEST_PACK_TITLE:
        return title
    source.leave_out(title, "the beginning", "a title that is too long: the pack has its beginning")
    return title[: _LONGEST_PACK_TITLE - 1].rstrip() + "…"


def _kind(title: str) -> Kind:
    if _PROCEDURE.search(title):
        return Kind.PROCEDURE
    return Kind.ADVICE if _RULES.search(title) else Kind.PRINCIPLE


def _clause(code: str, point: Point, kind: Kind, source: Source) -> Clause:
    paragraphs = [_plain(text, point, source) for text in point.paragraphs]
    if sum(map(len, paragraphs)) > _LONGEST_TEXT:
        raise BadInput(
            f"At {point.place} is a paragraph of {sum(map(len, paragraphs)):,} characters: nobody could cite that. "
            "Put empty lines between its paragraphs, and import it again.",
            field="file",
        )
    for found in _POINTER.finditer(" ".join(paragraphs)):
        source.doubt(point.place, f"{code} points at “{found[0]}”, as the source counts. Write the code, or the title.")
    return Clause(code, _title(point), "\n\n".join(paragraphs), Scope.ALL, kind)


def _plain(text: str, point: Point, source: Source) -> str:
    """Write a sign that would make a list or heading of the line in its wide form, which reads the same."""
    found = _MARKUP.match(text)
    if not found:
        return text
    source.doubt(point.place, f"“{found[1]}” at the beginning is written in its wide form, so that it is no list.")
    return "".join(_WIDE_FORMS.get(char, char) for char in found[1]) + text[found.end() :]


def _title(point: Point) -> str:
    """Return the words that stand out, else the first sentence, else its first words."""
    for words in (point.opening, _first_sentence(point.text)):
        title = words.rstrip(" .;:,–—-")
        if title and len(title) <= _LONGEST_TITLE:
            return title
    words = point.opening or point.text
    return f"{words[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0].rstrip(' .;:,–—-') or words[: _LONGEST_TITLE - 1]}…"


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?;:])\s", text, maxsplit=1)[0]


def missing(source: Source, draft: Draft) -> Sequence[str]:
    """Return each paragraph of the source whose words are nowhere: not in the pack, nor among what was left out."""
    pack = draft.pack
    places = [pack.title, *(text for heading in pack.headings for text in (heading.title, heading.under))]
    places += [text for clause in pack.clauses for text in clause.paragraphs]
    places += [one.text for one in source.left_out]
    kept = {_bare(text) for text in places}
    everything = "\n".join(kept)
    texts = [text for block in source.blocks for text in (block.text, *block.more)]
    return [text for text in texts if not _is_kept(_bare(text), kept, everything)]


def _is_kept(text: str, kept: set[str], everything: str) -> bool:
    if text in kept or text in everything:
        return True
    # What was split off as a label ("12", "b", "iv") is kept as the clause's code and in the report.
    return any(text.endswith(words) and len(text) - len(words) <= 24 for words in kept if words)


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
