"""Letters: who gets which when, the words they have, new words for one, and what was changed when."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.editions.current import current_letter
from folkmoot.editions.models import LetterEdition
from folkmoot.members.models import Person
from folkmoot.notices.check import faults
from folkmoot.notices.in_force import Template, shipped
from folkmoot.notices.kinds import KINDS, Audience, Kind
from folkmoot.procedure.words import Role
from folkmoot.steps.publish_letter import go_back_to_shipped, publish_letter, template_in_force
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.differences import differences
from folkmoot.web.admin.going import go
from folkmoot.web.admin.letter_form import LetterForm, conditions, names, preview
from folkmoot.web.forms import PlainForm, attempt

AUDIENCES = {
    Audience.AUTHOR: later("To the author of a post"),
    Audience.REPORTER: later("To people who told you something"),
    Audience.TARGET: later("To the person whom it concerns"),
    Audience.OFFICERS: later("To your own people"),
}


@officer(Role.ADMINISTRATOR)
@require_safe
def letters(request: OfficerRequest) -> HttpResponse:
    """List all letters, with who gets each and when."""
    newest = {one.kind: one for one in LetterEdition.objects.within(request.org).order_by("number")}
    lines = [(kind, _own(newest.get(kind.key))) for kind in KINDS.values()]
    groups = [(AUDIENCES[who], list(found)) for who, found in groupby(lines, key=lambda line: line[0].audience)]
    return render(request, "administration/letters.html", {"groups": groups})


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: OfficerRequest, wording: str) -> HttpResponse:
    """Show the words that a letter has, and take new ones."""
    kind = _kind(wording)
    if request.method != "POST":
        return _page(request, kind, _fresh(request, kind))
    form = LetterForm(request.POST, kind=kind)
    if request.POST.get("go") != "publish":
        return _page(request, kind, _as_typed(form, kind))
    if form.is_valid() and not _refuse(form, kind):
        seen, org = form.cleaned_data["seen"], request.org
        words = form.typed()
        done = attempt(form, lambda: publish_letter(org, kind.key, words, by=request.person, at=request.now, seen=seen))
        if done:
            say = _("Published. Letters have these words from now on.")
            return go(request, "letter", say=say, wording=kind.key)
        form.catch_up(current_letter(org, kind.key))
    return _page(request, kind, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def see(request: OfficerRequest, wording: str) -> HttpResponse:
    """Return the letter as it would be with the words that are typed. Nothing is kept."""
    form = LetterForm(request.POST, kind=_kind(wording))
    return render(request, "administration/_letter.html", {"shown": preview(form, request.org)})


@officer(Role.ADMINISTRATOR)
@require_POST
def back(request: OfficerRequest, wording: str) -> HttpResponse:
    """Go back to the words that come with Folkmoot."""
    kind = _kind(wording)
    form = PlainForm(request.POST)
    if form.is_valid():
        done = attempt(form, lambda: go_back_to_shipped(request.org, kind.key, by=request.person, at=request.now))
        if done:
            return go(request, "letter", say=_("The letter has its first words again."), wording=kind.key)
    return _page(request, kind, _fresh(request, kind), refused=form)


@officer(Role.ADMINISTRATOR)
@require_safe
def edition(request: OfficerRequest, wording: str, edition: int) -> HttpResponse:
    """Show one edition, and how it differs from the one before."""
    kind = _kind(wording)
    editions = LetterEdition.objects.within(request.org).filter(kind=kind.key)
    found = editions.filter(number=edition).first()
    if found is None:
        raise Http404
    before = editions.filter(number=edition - 1).first()
    old = Template(before.subject, before.body) if before else shipped(kind.key)
    context = {
        "kind": kind,
        "edition": found,
        "by": _name(request, found),
        "before": before,
        "lines": list(differences(f"{old.subject}\n\n{old.body}", f"{found.subject}\n\n{found.body}")),
    }
    return render(request, "administration/letter_edition.html", context)


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _own(edition: LetterEdition | None) -> LetterEdition | None:
    """Return the edition if it has words of the organisation's own."""
    return edition if edition and not edition.is_shipped else None


def _fresh(request: OfficerRequest, kind: Kind) -> LetterForm:
    newest = current_letter(request.org, kind.key)
    words = template_in_force(newest, kind.key)
    initial = {"seen": newest.number if newest else 0, "subject": words.subject, "body": words.body}
    return LetterForm(kind=kind, initial=initial)


def _as_typed(form: LetterForm, kind: Kind) -> LetterForm:
    """Return the form with what was typed, before anything in it counts as wrong."""
    return LetterForm(kind=kind, initial={name: form[name].value() for name in form.fields})


def _refuse(form: LetterForm, kind: Kind) -> bool:
    """Put all that is wrong into the form; the step would name only the first."""
    wrong = faults(kind, form.typed())
    for fault in wrong:
        form.add_error(fault.field, fault.says)
    return bool(wrong)


def _page(request: OfficerRequest, kind: Kind, form: LetterForm, *, refused: PlainForm | None = None) -> HttpResponse:
    newest = current_letter(request.org, kind.key)
    editions = LetterEdition.objects.within(request.org).filter(kind=kind.key).order_by("-number")
    context = {
        "kind": kind,
        "form": form,
        "refused": refused or form,
        "own": _own(newest),
        "editions": [(one, _name(request, one)) for one in editions],
        "newest": newest,
        "names": names(kind),
        "conditions": list(conditions(kind)),
        "shown": preview(form, request.org),
    }
    return render(request, "administration/letter.html", context, status=422 if (refused or form).errors else 200)


def _name(request: OfficerRequest, edition: LetterEdition) -> str:
    number = edition.by.removeprefix("person:")
    person = Person.objects.within(request.org).filter(pk=number).first() if number != edition.by else None
    return person.name if person else _("the server")
