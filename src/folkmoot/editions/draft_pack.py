"""A draft as the pack that it would be, and what still has to be put right in it, in plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.editions.as_packs import clause_of, headings_of, in_reading_order
from folkmoot.editions.models import DraftClause, PolicyDraft
from folkmoot.standards import Fault, Pack
from folkmoot.standards.packfile import PACK_FILE
from folkmoot.standards.packs import read_texts
from folkmoot.standards.writing import pack_files

_SOME_DAY = date(2000, 1, 1)  # stands for the date while none is chosen

# What the checks of packs say of files and keys, as it is said to somebody in front of a page: which message, which
# field of the clause it is about, and what to do.
_PLAIN = (
    (r"has no “allowed” example", "allowed", "A rule needs an example of what is allowed: write one."),
    (r"has no “not_allowed” example", "not_allowed", "A rule needs an example of what is not allowed: write one."),
    (
        r"Both examples are the same",
        "not_allowed",
        "Both examples are the same: show both sides of the line.",
    ),
    (r"The clause has no text", "text", "There is no text yet."),
    (r"“title” is empty", "title", "There is no heading yet."),
    (
        r"A clause is plain paragraphs",
        "text",
        "A paragraph begins like a list, a heading or a quotation and would be shown as typed: write it as sentences.",
    ),
    (r"The parent pack has no clause (\w+)", "restates", "What these rules rest on has no clause {0}."),
    (
        r"This pack has no parent",
        "restates",
        "It says that it comes from a statement, but these rules rest on none: say on which, or empty this.",
    ),
    (
        r"The heading “(.*)” has no clauses",
        "",
        "The section “{0}” has no clauses: add one, or take the section away.",
    ),
    (r"“description” is empty", "", "Say in a sentence or two what these rules are for, under “Title and sections”."),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right before the draft can be published.

    `code` is the clause's, or empty for the draft as a whole; `field` is one of `DraftClause`, or empty.
    """

    code: str
    field: str
    says: str


def pack_of_draft(draft: PolicyDraft, clauses: Sequence[DraftClause], *, day: date | None = None) -> Pack:
    """Return the draft as a pack in force from `day`, sound or not; `clauses` are all of its rows."""
    staying = [one for one in in_reading_order(draft, clauses) if not one.is_gone]
    gone = [one.code for one in clauses if one.is_gone]
    return Pack(
        name=draft.pack,
        title=draft.title,
        description=draft.description,
        lang=draft.lang,
        in_force_from=day or _SOME_DAY,
        parent=draft.parent.pack if draft.parent else None,
        paraphrase=draft.paraphrase,
        official_url=draft.official_url or None,
        headings=headings_of(draft.sections),
        clauses=tuple(map(clause_of, staying)),
        retired=tuple(dict.fromkeys([*draft.retired, *gone])),
    )


def problems(draft: PolicyDraft, clauses: Sequence[DraftClause]) -> list[Problem]:
    """Return what the checks of packs find in the draft, in the order of its clauses."""
    pack = pack_of_draft(draft, clauses)
    parent = frozenset(draft.parent.clauses.values_list("code", flat=True)) if draft.parent else None
    _pack, faults = read_texts(pack_files(pack), name=pack.name, parent_codes=parent)
    places = {code: place for place, code in enumerate(("", *pack.codes))}
    found = {_problem(fault) for fault in faults}
    return sorted(found, key=lambda one: (places.get(one.code, 0), one.field))


def _problem(fault: Fault) -> Problem:
    code = "" if fault.file == PACK_FILE else fault.file.removeprefix("clauses/").removesuffix(".md")
    for pattern, field, says in _PLAIN:
        match = re.search(pattern, fault.message)
        if match:
            return Problem(code, field, says.format(*match.groups()))
    return Problem(code, "", fault.message)
