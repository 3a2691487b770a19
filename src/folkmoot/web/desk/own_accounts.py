"""Which accounts are our own: only their posts are corrected, or put beside another."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Account, Platform
from folkmoot.kernel.errors import FolkmootError
from folkmoot.kernel.text import whole_number
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.mark_official import mark_handle_official, mark_official, unmark_official
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import SeeOther, address, go
from folkmoot.web.forms import Line, PlainForm, attempt


class OwnForm(PlainForm):
    """An account, by its place and its name there."""

    platform = forms.ModelChoiceField(
        Platform.objects.none(), label=later("Where is it?"), empty_label=later("Please choose")
    )
    handle = Line(limit=200, label=later("Its name there"), help_text=later("As it stands beside its posts."))

    def __init__(self, *args: object, org: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["platform"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Platform.objects.within(org).order_by("name")


@officer(Role.ADMINISTRATOR, Role.MODERATOR)
def own_accounts(request: OfficerRequest) -> HttpResponse:
    """List our accounts; mark another, or say that one is not ours."""
    if "account" in request.POST:
        return _change(request)
    form = OwnForm(request.POST or None, org=request.org)
    if request.method == "POST" and form.is_valid():
        place, handle = form.cleaned_data["platform"], form.cleaned_data["handle"]
        marked = attempt(form, lambda: mark_handle_official(place, handle, by=request.person, at=request.now))
        if marked:
            return go(request, "own_accounts", say=_("Marked: this account speaks for us."))
    ours = Account.objects.within(request.org).filter(official=True).select_related("platform")
    context = {"form": form, "accounts": ours.order_by("platform__name", "name", "handle")}
    return render(request, "desk/own_accounts.html", context, status=422 if form.errors else 200)


def _change(request: OfficerRequest) -> HttpResponse:
    account = Account.objects.within(request.org).filter(pk=whole_number(request.POST.get("account", "")) or 0).first()
    if account is None:
        raise Http404
    ours = request.POST.get("ours") == "yes"
    try:
        (mark_official if ours else unmark_official)(account, by=request.person, at=request.now)
    except FolkmootError as error:
        messages.error(request, str(error))
    else:
        said = _("Marked: this account speaks for us.") if ours else _("This account counts as ours no more.")
        messages.success(request, said)
    return SeeOther(address(request, "own_accounts"))
