"""Who wrote the post, or where they can be reached, and how we know."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import Step
from folkmoot.steps import name_author
from folkmoot.steps.seen import took_already
from folkmoot.steps.tell import author_address
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.going import READERS, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.news import done_already, require_current
from folkmoot.web.forms import Address, Line, StepForm, attempt


class AuthorForm(StepForm):
    """A handle, an address, or both, with where that is known from."""

    handle = Line(
        limit=200,
        required=False,
        label=later("Their name at that place"),
        help_text=later("As it stands beside the post."),
    )
    address = Address(
        required=False, label=later("Their e-mail address"), help_text=later("The letter with the reasons goes there.")
    )
    source = Line(
        limit=300,
        label=later("How do you know?"),
        error_messages={"required": later("Please write how you know this: the record keeps it.")},
        help_text=later("For example: the membership list, or they wrote to us from it. The record keeps it."),
    )


@officer(*READERS)
def author(request: OfficerRequest, case: int) -> HttpResponse:
    """Ask for what is known of the author, and put it on the record."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    account = found.account or (found.post.account if found.post else None)
    known = bool(found.account) or (account.handle if account else None)
    form = AuthorForm(request.POST or None, seen=found.seq)
    if known:
        del form.fields["handle"]
    if request.method == "POST" and form.is_valid():
        if took_already(found, Step.NAME_AUTHOR, request.person, form.cleaned_data["seen"]):
            return go(request, "case", say=done_already(), case=found.pk)
        if attempt(form, lambda: _write_down(request, found, form)):
            return go(request, "case", say=_said(form.cleaned_data["address"]), case=found.pk)
    note_reading(request, "author", found)
    context = {
        "case": found,
        "form": form,
        "known": known,
        "name": words.author(found.post) or str(account or ""),
        "place": words.place(found),
        "address": author_address(found),
    }
    return render(request, "desk/author.html", context, status=422 if form.errors else 200)


def _write_down(request: OfficerRequest, case: Case, form: AuthorForm) -> Paper:
    given = form.cleaned_data
    require_current(case, given["seen"])  # somebody may have written down another address meanwhile
    return name_author.name_author(
        case.pk,
        handle=given.get("handle", ""),
        address=given["address"],
        source=given["source"],
        by=request.person,
        at=request.now,
    )


def _said(address: str) -> str:
    if address:
        return _("Written down. Letters that waited for an address are on their way.")
    return _("Written down.")
