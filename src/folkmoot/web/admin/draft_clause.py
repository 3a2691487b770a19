"""One clause of the draft: its words, kept as they are typed, its place, and taking it out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.editions.as_packs import clause_of, pack_of
from folkmoot.editions.current import newest_policy, open_draft
from folkmoot.editions.draft_pack import pack_of_draft
from folkmoot.editions.models import Clause, DraftClause, PolicyDraft
from folkmoot.kernel.errors import FolkmootError
from folkmoot.procedure.words import Role
from folkmoot.standards.changes import ClauseChange, compare, reworded
from folkmoot.standards.codes import prefix_of
from folkmoot.steps.change_draft import (
    add_clause,
    move_clause,
    retire_clause,
    shift_clause,
    take_back_clause,
    word_clause,
)
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.draft_checks import to_put_right
from folkmoot.web.admin.draft_forms import KIND_LABELS, ClauseForm, SectionForm, filled
from folkmoot.web.admin.going import go, people_named
from folkmoot.web.changes import notes_on
from folkmoot.web.forms import PlainForm, attempt


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: OfficerRequest, code: str) -> HttpResponse:
    """Show a clause with the form for it, and keep what is typed."""
    draft, found = _found(request, code)
    if request.method != "POST":
        return _page(request, draft, found, filled(found, draft))
    form = ClauseForm(request.POST, draft=draft)
    if _keep(request, form, found):
        return go(request, "policy_draft_clause", say=_("Kept in the draft."), code=code)
    return _page(request, draft, found, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def kept(request: OfficerRequest, code: str) -> HttpResponse:
    """Keep what has been typed so far, and return what stands beside the form."""
    draft, found = _found(request, code)
    form = ClauseForm(request.POST, draft=draft)
    done = _keep(request, form, found)
    context = {**_beside(request, draft, _fresh(found), form), "kept": done, "in_place": True}
    return render(request, "administration/_draft_clause.html", context, status=200 if done else 422)


@officer(Role.ADMINISTRATOR)
@require_POST
def added(request: OfficerRequest) -> HttpResponse:
    """Add a clause to a section, and open it."""
    draft = open_draft(request.org)
    if draft is None:
        return go(request, "policy")
    form = SectionForm(request.POST, draft=draft)
    if form.is_valid():
        prefix = form.cleaned_data["section"]
        made = attempt(form, lambda: add_clause(request.org, prefix, by=request.person, at=request.now))
        if made:
            say = _("This is a new clause, %(code)s. Nobody sees it before you publish.") % {"code": made.code}
            return go(request, "policy_draft_clause", say=say, code=made.code)
    return _refused(request, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def shifted(request: OfficerRequest, code: str) -> HttpResponse:
    """Put a clause one place up or down."""
    _found(request, code)
    up, form = request.POST.get("go") == "up", PlainForm(request.POST)
    if attempt(form, lambda: shift_clause(request.org, code, up=up, by=request.person, at=request.now)):
        return go(request, "policy_draft_clause", say=_("Moved."), code=code)
    return _refused(request, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def moved(request: OfficerRequest, code: str) -> HttpResponse:
    """Put a clause into another section."""
    draft, _clause = _found(request, code)
    form = SectionForm(request.POST, draft=draft, without=prefix_of(code))
    if form.is_valid():
        prefix = form.cleaned_data["section"]
        there = attempt(form, lambda: move_clause(request.org, code, prefix=prefix, by=request.person, at=request.now))
        if there:
            say = _("%(old)s is %(new)s now.") % {"old": code, "new": there.code}
            return go(request, "policy_draft_clause", say=say, code=there.code)
    return _refused(request, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def retired(request: OfficerRequest, code: str) -> HttpResponse:
    """Take a clause out, or take back one that was taken out."""
    draft, found = _found(request, code)
    form = PlainForm(request.POST)
    if found.is_gone:
        if attempt(form, lambda: take_back_clause(request.org, code, by=request.person, at=request.now)):
            return go(request, "policy_draft_clause", say=_("It is in the draft again."), code=code)
        return _refused(request, form)
    try:
        retire_clause(request.org, code, by=request.person, at=request.now)
    except FolkmootError as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, form)
    stays = draft.clauses.filter(code=code).exists()
    say = _("%s is taken out. It holds until the draft is published; its code is never used again.") % code
    return go(request, "policy_draft", say=say if stays else _("%s is gone: no edition ever had it.") % code)


def _found(request: OfficerRequest, code: str) -> tuple[PolicyDraft, DraftClause]:
    draft = open_draft(request.org)
    found = draft.clauses.filter(code=code).first() if draft else None
    if draft is None or found is None:
        raise Http404
    return draft, found


def _fresh(clause: DraftClause) -> DraftClause:
    return DraftClause.objects.get(pk=clause.pk)


def _keep(request: OfficerRequest, form: ClauseForm, clause: DraftClause) -> bool:
    if not form.is_valid():
        return False
    words, seen = form.wording(), form.cleaned_data["seen"]
    step = attempt(
        form,
        lambda: word_clause(request.org, clause.code, words, seen=seen, by=request.person, at=request.now),
    )
    return step is not None


def _page(request: OfficerRequest, draft: PolicyDraft, clause: DraftClause, form: ClauseForm) -> HttpResponse:
    others = SectionForm(draft=draft, without=prefix_of(clause.code))
    headings = {one["prefix"]: one["title"] for one in draft.sections}
    beside = _beside(request, draft, _fresh(clause), form)
    context = {
        **beside,
        # Somebody who has been shown another's words may put theirs in their place, by the button alone.
        "seen": beside["clause"].seq,
        "form": form,
        "section": headings.get(prefix_of(clause.code), ""),
        "others": others if len(draft.sections) > 1 else None,
    }
    return render(request, "administration/draft_clause.html", context, status=422 if form.errors else 200)


def _beside(request: OfficerRequest, draft: PolicyDraft, clause: DraftClause, form: ClauseForm) -> dict[str, Any]:
    """Return what stands beside the form; the clause is as it lies in the draft now."""
    rows = list(draft.clauses.all())
    change = _change(draft, rows, clause)
    theirs = form.is_bound and form.is_valid() is False and form.data.get("seen") != str(clause.seq)
    mine = str(form.data.get("text", "")) if theirs else ""
    return {
        "draft": draft,
        "clause": clause,
        "shown": clause_of(clause),
        "kind": KIND_LABELS[clause_of(clause).kind],
        "wrong": [one for one in to_put_right(draft, rows, at=request.now) if one.code == clause.code],
        "change": change,
        "was": change.before if change else None,
        "change_notes": list(notes_on(change)) if change else (),
        "words": reworded(change.before.text, clause.text) if change and change.before else (),
        "theirs": reworded(mine, clause.text) if theirs else (),
        "seen": form.data.get("seen") if theirs else clause.seq,
        "refused": form if form.errors else None,
        "changed_by": people_named([clause.changed_by])[clause.changed_by],
        "from_statement": _statement(draft, clause),
        "by_me": clause.changed_by == f"person:{request.person.pk}",
    }


def _change(draft: PolicyDraft, rows: list[DraftClause], clause: DraftClause) -> ClauseChange | None:
    changes = compare(pack_of(newest_policy(draft.org)), pack_of_draft(draft, rows)).clauses
    return next((one for one in changes if one.after and one.after.code == clause.code), None)


def _statement(draft: PolicyDraft, clause: DraftClause) -> list[Clause]:
    if draft.parent is None:
        return []
    return list(draft.parent.clauses.filter(code__in=clause.restates.split()))


def _refused(request: OfficerRequest, form: PlainForm) -> HttpResponse:
    return render(request, "administration/draft_refused.html", {"form": form}, status=422)
