"""Who wrote the post, or where they can be reached, and how we know."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.steps import name_author
from folkmoot.steps.tell import author_address
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.going import READERS, go, is_open_to, note_reading, the_case
from folkmoot.web.forms import Address, Line, PlainForm, attempt


class AuthorForm(PlainForm):
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
    form = AuthorForm(request.POST or None)
    if known:
        del form.fields["handle"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        paper = attempt(
            form,
            lambda: name_author.name_author(
                found.pk,
                handle=given.get("handle", ""),
                address=given["address"],
                source=given["source"],
                by=request.person,
                at=request.now,
            ),
        )
        if paper:
            return go(request, "case", say=_said(given["address"]), case=found.pk)
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


def _said(address: str) -> str:
    if address:
        return _("Written down. Letters that waited for an address are on their way.")
    return _("Written down.")
