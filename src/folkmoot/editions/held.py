"""Which editions came into force, which never did, and which codes are given to the clauses of those that did."""

from collections.abc import Container, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from folkmoot.editions.as_packs import clause_of
from folkmoot.editions.current import coming_policies
from folkmoot.editions.draft_pack import Problem
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.members.models import Organisation
from folkmoot.standards import Pack
from folkmoot.standards.changes import is_like


def never_held(org: Organisation) -> dict[int, PolicyEdition]:
    """Return, by the key of each own edition that never came into force, the one that took its place.

    That is one published before its day came, which holds from that day or an earlier one.
    """
    zone = ZoneInfo(org.zone)
    own = list(PolicyEdition.objects.within(org).filter(is_parent=False).order_by("number"))
    found: dict[int, PolicyEdition] = {}
    for place, edition in enumerate(own):
        for later in own[place + 1 :]:
            published = later.loaded_at.astimezone(zone).date()
            if later.in_force_from <= edition.in_force_from and published < edition.in_force_from:
                found[edition.pk] = later
                break
    return found


def held_before(edition: PolicyEdition, own: Iterable[PolicyEdition], never: Container[int]) -> PolicyEdition | None:
    """Return what an edition took the place of, of the `own` ones: `never` holds the keys of those that never held."""
    if edition.is_parent:
        return edition.follows
    earlier = [one for one in own if one.number < edition.number and one.pk not in never]
    return max(earlier, key=lambda one: one.number, default=None)


def would_not_hold(org: Organisation, day: date, *, at: datetime) -> list[PolicyEdition]:
    """Return the announced editions whose place one that holds from `day` would take."""
    return [one for one in coming_policies(org, at=at) if one.in_force_from >= day]


def codes_taken(org: Organisation, pack: Pack, *, at: datetime) -> list[Problem]:
    """Return which codes `pack` gives to another clause than the one that had it last and is gone.

    Editions that never came into force, or would not if `pack` were published now, keep no code: nothing cites them.
    """
    own = PolicyEdition.objects.within(org).filter(is_parent=False).order_by("-number")
    if not own:
        return []
    never = {*never_held(org), *(one.pk for one in would_not_hold(org, pack.in_force_from, at=at))}
    held = own.exclude(pk__in=never)
    newest = held.first()
    if newest is None:
        return []
    standing = newest.clauses.values_list("code", flat=True)
    gone = Clause.objects.within(org).filter(edition__in=held).exclude(code__in=list(standing))
    had = {row.code: row for row in gone.select_related("edition").order_by("edition__number")}
    return [
        Problem(
            clause.code,
            "",
            f"was “{had[clause.code].title}” in edition {had[clause.code].edition.number}, and decisions may lead to "
            "it there. This clause needs another code.",
        )
        for clause in pack.clauses
        if clause.code in had and not is_like(clause_of(had[clause.code]), clause)
    ]
