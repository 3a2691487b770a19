"""The rules: every clause in order, each with an address that stays, and every edition there ever was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from folkmoot.editions.as_packs import pack_of
from folkmoot.editions.citing import citable, cited
from folkmoot.editions.current import coming_policies, current_policy, newer_parent
from folkmoot.editions.held import held_before, never_held
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.standards.changes import Changes, compare
from folkmoot.standards.codes import prefix_of
from folkmoot.web.access import OrgRequest
from folkmoot.web.public.sending import page

KINDS = {
    "ground": later("Rule"),
    "advice": later("Advice"),
    "principle": later("Principle"),
    "procedure": later("How it is done"),
}
SCOPES = {"public": later("Mainly for public places."), "closed": later("Mainly for closed groups.")}


@dataclass(frozen=True)
class Shown:
    """A clause with its address, what kind it is, and a line of HTML on where it holds and comes from."""

    clause: Clause
    url: str
    kind: str
    note: SafeString
    source: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and the clauses under it."""

    prefix: str
    title: str
    clauses: Sequence[Shown]


@gzip_page  # long, and there is no token on it beside which somebody could have words put
@require_safe
def current(request: OrgRequest) -> HttpResponse:
    """Show the rules in force."""
    return _rules(request, current_policy(request.org, at=request.now), now_in_force=True)


@gzip_page
@require_safe
def edition(request: OrgRequest, edition: int) -> HttpResponse:
    """Show one edition, as it was and stays."""
    found = _edition(request, edition)
    return _rules(request, found, now_in_force=found == current_policy(request.org, at=request.now))


@require_safe
def editions(request: OrgRequest) -> HttpResponse:
    """List every edition with what it changed."""
    found = list(PolicyEdition.objects.within(request.org).order_by("number").prefetch_related("clauses"))
    own = [one for one in found if not one.is_parent]
    never = never_held(request.org)
    now = current_policy(request.org, at=request.now)
    coming = coming_policies(request.org, at=request.now)
    listed = [
        {
            "edition": one,
            "changes": _changes(held_before(one, own, never), one),
            "current": one == now,
            "coming": one in coming,
            "replaced_by": never.get(one.pk),
        }
        for one in own
    ]
    parents = [one for one in found if one.is_parent]
    return page(request, "editions.html", {"editions": listed[::-1], "parents": parents})


@require_safe
def clause(request: OrgRequest, code: str) -> HttpResponse:
    """Show the clause that bears `code` now; one that is gone leads to the edition that had it last."""
    newest = current_policy(request.org, at=request.now)
    found = newest.clauses.filter(code=code).first()
    return _clause(request, found or _last_known(request, code), newest)


@require_safe
def edition_clause(request: OrgRequest, edition: int, code: str) -> HttpResponse:
    """Show a clause as one edition has it, or the statement that it rests on."""
    found = next(iter(cited(_edition(request, edition), [code])), None)
    if found is None:
        raise Http404
    return _clause(request, found, current_policy(request.org, at=request.now))


def _edition(request: OrgRequest, number: int) -> PolicyEdition:
    editions = PolicyEdition.objects.within(request.org).select_related("parent")
    found = editions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _last_known(request: OrgRequest, code: str) -> Clause:
    known = Clause.objects.within(request.org).filter(code=code, edition__is_parent=False)
    found = known.select_related("edition").order_by("-edition__number").first()
    if found is None:
        raise Http404
    return found


def _rules(request: OrgRequest, edition: PolicyEdition, *, now_in_force: bool) -> HttpResponse:
    clauses = list(edition.clauses.all())
    coming = coming_policies(request.org, at=request.now)
    never, own = never_held(request.org), PolicyEdition.objects.within(request.org).filter(is_parent=False)
    context = {
        **_about(request, edition),
        "now_in_force": now_in_force,
        "is_coming": edition in coming,
        "replaced_by": never.get(edition.pk),
        "can_restrict": bool(citable(edition)),
        "has_examples": any(one.allowed and one.not_allowed for one in clauses),
        "coming": coming if now_in_force else [],
        "newer_parent": newer_parent(edition) if now_in_force else None,
        "follower": edition.followers.order_by("-number").first() if edition.is_parent else None,
        "is_first": held_before(edition, own, never) is None,
        "sections": list(_sections(request, edition, clauses, stable=now_in_force and not edition.is_parent)),
        "count": len(clauses),
    }
    return page(request, "rules.html", context)


def _clause(request: OrgRequest, found: Clause, newest: PolicyEdition) -> HttpResponse:
    edition = found.edition
    beside = list(edition.clauses.all())
    place = beside.index(found)
    stable = edition == newest
    parents = list(edition.parent.clauses.filter(code__in=found.restates.split())) if edition.parent else []
    headings = {section["prefix"]: section["title"] for section in edition.sections}
    context = {
        **_about(request, edition),
        "shown": _shown(request, found, stable=stable),
        "section": headings.get(prefix_of(found.code), ""),
        "before": _shown(request, beside[place - 1], stable=stable) if place else None,
        "after": _shown(request, beside[place + 1], stable=stable) if place + 1 < len(beside) else None,
        "parents": [_shown(request, one, stable=False) for one in parents],
        "stable": stable,
        "is_coming": edition in coming_policies(request.org, at=request.now),
        "replaced_by": never_held(request.org).get(edition.pk),
        "now_clause": _now(request, found, newest),
        "elsewhere": _other_editions(request, found),
    }
    return page(request, "clause.html", context)


def _now(request: OrgRequest, found: Clause, newest: PolicyEdition) -> Shown | None:
    """Return what became of a clause of an earlier edition: as it is in force, maybe under another code, or nothing."""
    if found.edition.is_parent or found.edition == newest:
        return None
    changes = compare(pack_of(found.edition), pack_of(newest)).clauses
    code = next((one.after.code for one in changes if one.before and one.after and one.before.code == found.code), "")
    row = newest.clauses.filter(code=code).first()
    return _shown(request, row, stable=True) if row else None


def _about(request: OrgRequest, edition: PolicyEdition) -> dict[str, Any]:
    return {
        "edition": edition,
        "parent": edition.parent,
        "official": edition.official_url or request.org.official_url,
        "lang": edition.lang,
    }


def _sections(
    request: OrgRequest, edition: PolicyEdition, clauses: Sequence[Clause], *, stable: bool
) -> Iterable[Section]:
    for heading in edition.sections:
        under = [clause for clause in clauses if prefix_of(clause.code) == heading["prefix"]]
        if under:
            shown = [_shown(request, clause, stable=stable) for clause in under]
            yield Section(heading["prefix"], heading["title"], shown)


def _shown(request: OrgRequest, clause: Clause, *, stable: bool) -> Shown:
    return Shown(
        clause=clause,
        url=_address(request, clause.edition.number, clause.code, stable=stable),
        kind=str(KINDS[clause.kind]),
        note=_note(request, clause),
        source=_source(clause),
    )


def _source(clause: Clause) -> str:
    """Return whether a clause of rules that rest on a statement is their own or comes from it."""
    parent = clause.edition.parent
    if parent is None:
        return ""
    return _("From “%(title)s”") % {"title": parent.title} if clause.restates else _("Our own")


def _note(request: OrgRequest, clause: Clause) -> SafeString:
    said = [str(SCOPES[clause.scope])] if clause.scope in SCOPES else []
    if clause.limited_to:
        said.append(_("A post can be taken down under it only for this: %(part)s.") % {"part": clause.limited_to})
    parent = clause.edition.parent
    if parent and clause.restates:
        links = ((_address(request, parent.number, code, stable=False), code) for code in clause.restates.split())
        said.append(
            format_html(
                _("In the statement: {codes}."),
                codes=format_html_join(", ", '<a href="{}">{}</a>', links),
            )
        )
    return format_html_join(" ", "{}", ((one,) for one in said))


def _address(request: OrgRequest, number: int, code: str, *, stable: bool) -> str:
    if stable:
        return reverse("public:clause", kwargs={"org": request.org.slug, "code": code})
    return reverse("public:edition_clause", kwargs={"org": request.org.slug, "edition": number, "code": code})


def _other_editions(request: OrgRequest, found: Clause) -> list[tuple[PolicyEdition, str]]:
    if found.edition.is_parent:
        return []
    same = Clause.objects.within(request.org).filter(code=found.code, edition__is_parent=False).exclude(pk=found.pk)
    return [
        (one.edition, _address(request, one.edition.number, one.code, stable=False))
        for one in same.select_related("edition").order_by("-edition__number")
    ]


def _changes(before: PolicyEdition | None, after: PolicyEdition) -> Changes | None:
    return compare(pack_of(before), pack_of(after)) if before else None
