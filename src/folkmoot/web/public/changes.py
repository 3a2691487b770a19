"""What changes from one edition of the rules to another, and from when: for everybody."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.editions.as_packs import pack_of
from folkmoot.editions.current import coming_policies, current_policy
from folkmoot.editions.held import held_before, never_held
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.text import whole_number
from folkmoot.standards.changes import What, compare
from folkmoot.web.access import OrgRequest
from folkmoot.web.changes import notes, shown
from folkmoot.web.public.sending import page

_MOST_DIGITS = 9


@require_safe
def changes(request: OrgRequest, edition: int) -> HttpResponse:
    """Show what differs between this edition and the one before, or the one that is asked for with `?from=`."""
    editions = PolicyEdition.objects.within(request.org).select_related("parent", "follows", "org")
    after = editions.filter(number=edition).first()
    if after is None:
        raise Http404
    others = list(editions.filter(is_parent=after.is_parent).exclude(pk=after.pk).order_by("-number"))
    never = never_held(request.org)
    before = _asked(request, others) or held_before(after, others, never)
    if before is None:
        raise Http404  # it is the first: nothing changed
    context = {
        **_context(request, before, after),
        "others": [(one, one.pk in never) for one in others],
        "replaced_by": never.get(after.pk),
        "both": [(one, never.get(one.pk)) for one in (after, before)],
        "between": _between(before, after, request),
    }
    return page(request, "changes.html", context)


def _asked(request: OrgRequest, others: list[PolicyEdition]) -> PolicyEdition | None:
    number = request.GET.get("from", "")
    if not number:
        return None
    asked = whole_number(number, digits=_MOST_DIGITS)
    for one in others:
        if one.number == asked:
            return one
    raise Http404


def _between(before: PolicyEdition, after: PolicyEdition, request: OrgRequest) -> list[PolicyEdition]:
    """Return the editions of statements whose numbers lie between those of two own editions that follow each other."""
    low, high = sorted((before.number, after.number))
    between = list(PolicyEdition.objects.within(request.org).filter(number__gt=low, number__lt=high))
    return between if all(one.is_parent for one in between) else []


def _context(request: OrgRequest, before: PolicyEdition, after: PolicyEdition) -> dict[str, Any]:
    found = compare(pack_of(before), pack_of(after))
    coming = coming_policies(request.org, at=request.now)
    counts = [
        (_("%(n)d new"), len(found.of(What.NEW))),
        (_("%(n)d reworded"), len(found.of(What.REWORDED))),
        (_("%(n)d moved"), len(found.of(What.MOVED))),
        (_("%(n)d gone"), len(found.of(What.GONE))),
        (_("%(n)d the same"), len(found.of(What.SAME))),
    ]
    return {
        "before": before,
        "after": after,
        "changes": found,
        "shown": shown(found),
        "notes": notes(found, before.parent, after.parent),
        "counts": [said % {"n": number} for said, number in counts if number],
        "is_coming": after in coming,
        "is_in_force": not after.is_parent and after == current_policy(request.org, at=request.now),
        "lang": after.lang,
    }
