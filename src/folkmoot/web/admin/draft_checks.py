"""What stands in the way of publishing a draft, and what to think about before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from folkmoot.editions.as_packs import pack_of
from folkmoot.editions.draft_pack import Problem, pack_of_draft, problems
from folkmoot.editions.held import codes_taken
from folkmoot.editions.models import DraftClause, PolicyDraft
from folkmoot.steps.from_when import first_day


def to_put_right(
    draft: PolicyDraft, clauses: Sequence[DraftClause], *, at: datetime, day: date | None = None
) -> list[Problem]:
    """Return what publishing would be refused for, in sentences: what is unsound, and codes that are taken.

    `day` is the one from which it is to hold; without it, the first that can be.
    """
    pack = pack_of_draft(draft, clauses, day=day or draft.own_date or first_day(draft.org, at=at))
    taken = codes_taken(draft.org, pack, at=at)
    return [*problems(draft, clauses), *(replace(one, says=f"The code {one.code} {one.says}") for one in taken)]


def can_restrict(draft: PolicyDraft, clauses: Sequence[DraftClause]) -> bool:
    """Say whether a decision could cite anything of these rules, or of what they rest on, against a post."""
    return pack_of_draft(draft, clauses).can_restrict(pack_of(draft.parent) if draft.parent else None)
