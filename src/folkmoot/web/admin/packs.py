"""Bringing in whole packs: as a draft of the own policy, or as the statement that it rests on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from folkmoot.editions.current import newest_policy, open_draft
from folkmoot.editions.models import PolicyEdition
from folkmoot.procedure.words import Role
from folkmoot.standards import find_pack, installed_packs, load_pack
from folkmoot.steps.bring_in_parent import bring_in_parent
from folkmoot.steps.start_draft import start_draft_from_pack
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go
from folkmoot.web.admin.packs_sent import unpacked
from folkmoot.web.admin.policies_sent import FORMATS, is_policy, read_policy
from folkmoot.web.forms import PlainForm, attempt
from folkmoot.web.look.moments import local_day
from folkmoot.web.look.widgets import ChoiceCards

T = TypeVar("T")
SENT = "sent"


class PackForm(PlainForm):
    """Which pack: one that comes with Folkmoot, or a ZIP file."""

    pack = forms.ChoiceField(label=later("Which text?"))
    file = forms.FileField(
        required=False,
        label=later("Your own pack, as a ZIP file"),
        help_text=later("The folder with pack.yaml and one file for each clause, as “policy import” makes it."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        packs = [load_pack(find_pack(name)) for name in installed_packs()]
        field = cast(forms.ChoiceField, self.fields["pack"])
        hints = {one.name: one.description for one in packs}
        field.widget = ChoiceCards(hints={SENT: _("Choose the file below."), **hints})
        field.choices = [(SENT, _("A text of your own")), *((one.name, one.title) for one in packs)]
        field.initial = SENT

    def clean(self) -> dict[str, Any]:
        """Ask for the file where it is wanted."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("pack") == SENT and not data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Please choose the file."))
        return data


class DraftForm(PackForm):
    """Which pack, or the policy itself as it was published."""

    file = forms.FileField(
        required=False,
        label=later("Your own text, as a file"),
        help_text=later(
            "Your policy as Word (.docx), PDF, HTML, Markdown or text: it becomes clauses, and you are told what was "
            "guessed. Or a pack as a ZIP file: the folder with pack.yaml and one file for each clause."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join((".zip", *FORMATS))}),
    )


class ParentForm(PackForm):
    """Which statement, and whose place it takes."""

    follows = forms.ChoiceField(required=False, label=later("Whose place does it take?"))

    def __init__(self, *args: Any, parents: dict[str, PolicyEdition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(number, f"{number}: {one.title}, {one.in_force_from:%Y}") for number, one in parents.items()]
        cast(forms.ChoiceField, self.fields["follows"]).choices = [("", _("Nobody’s: it is another text")), *names]
        self.fields["follows"].initial = next(iter(parents), "")


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: OfficerRequest) -> HttpResponse:
    """Begin a draft from a pack."""
    if open_draft(request.org):
        return go(request, "policy_draft")
    form = DraftForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _is_policy(form):
        report = attempt(form, lambda: _from_policy(request, form))
        if report:
            return render(request, "administration/draft_report.html", {"report": report})
    elif request.method == "POST" and form.is_valid():
        done = _with_pack(
            form, lambda chosen: start_draft_from_pack(request.org, chosen, by=request.person, at=request.now)
        )
        if done:
            return go(request, "policy_draft", say=_("This is a draft. Nobody sees it before you publish."))
    context = {"form": form, "faults": _faults(form)}
    return render(request, "administration/draft_pack.html", context, status=422 if form.errors else 200)


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def parent(request: OfficerRequest) -> HttpResponse:
    """Bring in a statement that the rules can rest on, or a newer edition of one."""
    editions = PolicyEdition.objects.within(request.org).filter(is_parent=True, followers=None).order_by("-number")
    parents = {str(one.number): one for one in editions}
    form = ParentForm(request.POST or None, request.FILES or None, parents=parents)
    if request.method == "POST" and form.is_valid():
        follows = parents.get(form.cleaned_data["follows"])
        done = _with_pack(
            form,
            lambda chosen: bring_in_parent(request.org, chosen, follows=follows, by=request.person, at=request.now),
        )
        if done:
            say = _("It is here now. Your own rules stay as they are until you publish others.")
            return go(request, "policy", say=say)
    context = {"form": form, "faults": _faults(form), "newest": newest_policy(request.org)}
    return render(request, "administration/policy_parent.html", context, status=422 if form.errors else 200)


def _with_pack(form: PackForm, step: Callable[[str | Path], T]) -> T | None:
    """Run `step` with the pack that was chosen; what is wrong with it goes into the form."""
    chosen, file = form.cleaned_data["pack"], form.cleaned_data["file"]
    if chosen != SENT:
        return attempt(form, lambda: step(chosen))

    def run() -> T:
        with unpacked(file) as folder:
            return step(folder)

    return attempt(form, run)


def _is_policy(form: PackForm) -> bool:
    return form.cleaned_data["pack"] == SENT and is_policy(form.cleaned_data["file"])


def _from_policy(request: OfficerRequest, form: PackForm) -> str:
    """Begin a draft with the clauses of the policy that was sent; return what was guessed and left out."""
    today = local_day(request.now)
    with read_policy(form.cleaned_data["file"], lang=newest_policy(request.org).lang, today=today) as read:
        start_draft_from_pack(request.org, read.folder, by=request.person, at=request.now)
        return read.report


def _faults(form: PackForm) -> list[str]:
    """Take what is wrong with the files of a pack out of the form, which then says only that there is something."""
    lines = "\n".join(map(str, form.errors.get("pack", []))).splitlines()
    if len(lines) > 1:
        form.errors["pack"] = form.error_class([_("There are mistakes in this pack. They are listed below.")])
    return lines[1:]
