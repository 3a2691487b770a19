"""The draft of the policy: beginning one, what is in it, what it is called, and how members would read it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.editions.as_packs import clause_of, in_reading_order, pack_of
from folkmoot.editions.current import newest_policy, open_draft
from folkmoot.editions.draft_pack import Problem, pack_of_draft
from folkmoot.editions.models import DraftClause, PolicyDraft
from folkmoot.procedure.words import Role
from folkmoot.standards.changes import What, compare
from folkmoot.standards.codes import prefix_of
from folkmoot.steps.change_draft_front import change_draft_front
from folkmoot.steps.start_draft import start_draft
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.draft_checks import can_restrict, to_put_right
from folkmoot.web.admin.draft_forms import KIND_LABELS, FrontForm, front_of
from folkmoot.web.admin.going import go, people_named
from folkmoot.web.forms import PlainForm, attempt


@dataclass(frozen=True)
class Line:
    """One clause in the list: what has become of it, and how much is to be put right."""

    clause: DraftClause
    kind: str
    what: What
    has_moved: bool
    wrong: int


@dataclass(frozen=True)
class Section:
    """One section of the list."""

    prefix: str
    title: str
    lines: list[Line]


@officer(Role.ADMINISTRATOR)
@require_safe
def draft(request: OfficerRequest) -> HttpResponse:
    """Show the draft with all its clauses; without one, where to begin."""
    found = open_draft(request.org)
    return _page(request, found) if found else go(request, "policy")


@officer(Role.ADMINISTRATOR)
@require_POST
def start(request: OfficerRequest) -> HttpResponse:
    """Begin a draft from the newest edition; where somebody was first, go on with theirs."""
    if open_draft(request.org) is None:
        form = PlainForm(request.POST)
        attempt(form, lambda: start_draft(request.org, by=request.person, at=request.now))
    return go(request, "policy_draft")


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def front(request: OfficerRequest) -> HttpResponse:
    """Change the title, the sections, and what the rules rest on."""
    found = open_draft(request.org)
    if found is None:
        return go(request, "policy")
    form = FrontForm(request.POST, org=request.org) if request.method == "POST" else front_of(found)
    if form.is_bound and form.is_valid():
        typed, seen = form.front(), form.cleaned_data["seen"]
        if attempt(form, lambda: change_draft_front(request.org, typed, seen=seen, by=request.person, at=request.now)):
            return go(request, "policy_draft", say=_("Kept."))
    context = {"form": form, "draft": found}
    return render(request, "administration/draft_front.html", context, status=422 if form.errors else 200)


@officer(Role.ADMINISTRATOR)
@require_safe
def preview(request: OfficerRequest) -> HttpResponse:
    """Show the draft as members would read it."""
    found = open_draft(request.org)
    if found is None:
        return go(request, "policy")
    pack = pack_of_draft(found, list(found.clauses.all()))
    context = {
        "draft": found,
        "sections": [
            (heading, [(one, KIND_LABELS[one.kind]) for one in pack.under(heading)]) for heading in pack.headings
        ],
        "count": len(pack.clauses),
    }
    return render(request, "administration/draft_preview.html", context)


def whole_problems(found: list[Problem]) -> list[str]:
    """Return what is wrong with the draft as a whole, in sentences."""
    return [one.says for one in found if not one.code]


def _page(request: OfficerRequest, found: PolicyDraft) -> HttpResponse:
    clauses = list(found.clauses.all())
    wrong = to_put_right(found, clauses, at=request.now)
    names = people_named({found.started_by, found.changed_by})
    newest = newest_policy(request.org)
    context: dict[str, Any] = {
        "draft": found,
        "newest": newest,
        "sections": _sections(found, clauses, wrong),
        "wrong": wrong,
        "whole": whole_problems(wrong),
        "can_restrict": can_restrict(found, clauses),
        "changed": sum(one.what is not What.SAME for one in _changes(found, clauses).clauses),
        "started_by": names[found.started_by],
        "changed_by": names[found.changed_by],
    }
    return render(request, "administration/draft.html", context)


def _changes(found: PolicyDraft, clauses: list[DraftClause]) -> Any:
    return compare(pack_of(newest_policy(found.org)), pack_of_draft(found, clauses))


def _sections(found: PolicyDraft, clauses: list[DraftClause], wrong: list[Problem]) -> list[Section]:
    changes = {one.after.code: one for one in _changes(found, clauses).clauses if one.after}

    def line(clause: DraftClause) -> Line:
        change = changes.get(clause.code)
        return Line(
            clause=clause,
            kind=str(KIND_LABELS[clause_of(clause).kind]),
            what=change.what if change and not clause.is_gone else What.GONE,
            has_moved=bool(change and change.is_moved),
            wrong=sum(one.code == clause.code for one in wrong),
        )

    ordered = in_reading_order(found, clauses)
    return [
        Section(one["prefix"], one["title"], [line(row) for row in ordered if prefix_of(row.code) == one["prefix"]])
        for one in found.sections
    ]
