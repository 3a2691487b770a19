"""Check a post of the organisation's own against its house style. Nothing of the text is kept (`as_you_type`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from folkmoot.advice.asking import read
from folkmoot.advice.drafts import MODELS
from folkmoot.advice.house_style import POINTS, HouseStyle, Language, Note, check
from folkmoot.editions.current import current_policy
from folkmoot.editions.meant import meant
from folkmoot.editions.models import Clause
from folkmoot.web.access import OrgRequest
from folkmoot.web.desk.underlined import Place, covers_all, underlined
from folkmoot.web.public.as_you_type import CheckPage, DraftForm
from folkmoot.web.public.checking import clause_address

QUOTED = 160  # characters of the words that a note is about


class PostForm(DraftForm):
    """What the organisation is about to post."""

    campaign = forms.BooleanField(
        label=later("This post is campaign material"),
        required=False,
        help_text=later("It is to win votes for or against a party or a candidate, or it is a paid political advert."),
    )


@dataclass(frozen=True)
class Shown:
    """A note as the page shows it: with the words it is about, unless it is about all of them."""

    number: int
    note: Note
    words: str


@dataclass(frozen=True)
class Group:
    """All notes of one point, and the principle they come from where the rules here have it."""

    title: str
    notes: Sequence[Shown]
    clause: Clause | None
    url: str


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def house_style(request: OrgRequest) -> HttpResponse:
    """Ask for a post, and say what could be clearer, fairer or shorter in it."""
    return _PAGE.respond(request)


def _said(request: OrgRequest, form: PostForm, patience: float) -> dict[str, Any]:
    text = form.cleaned_data["text"]
    judgement = read(text, socket=settings.MODEL_SOCKET, patience=patience)
    found = check(text, campaign=form.cleaned_data["campaign"], judgement=judgement)
    edition = current_policy(request.org, at=request.now)
    groups = _groups(text, found, meant(edition, {one.clause for one in found.notes}))
    shown = [one for group in groups for one in group.notes]
    places = [Place(one.note.start, one.note.end, one.number) for one in shown if one.words]
    return {
        "found": found,
        "headline": _headline(found),
        "language": _language_said(found.language),
        "groups": groups,
        "pieces": underlined(text, places) if places else [],
        "without_models": MODELS in judgement.without,
    }


def _groups(text: str, found: HouseStyle, rules: Mapping[str, Clause]) -> list[Group]:
    """Return the notes point by point, what matters most first, numbered through."""
    groups: list[Group] = []
    number = 0
    for name, point in POINTS.items():
        notes = []
        for note in (one for one in found.notes if one.point == name):
            number += 1
            whole = covers_all(text, note.start, note.end)
            notes.append(Shown(number, note, "" if whole else _short(text[note.start : note.end])))
        if notes:
            clause = rules.get(notes[0].note.clause)
            groups.append(
                Group(_(point.title), notes, clause, clause_address(clause.edition, clause) if clause else "")
            )
    return groups


def _short(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()}…"


def _headline(found: HouseStyle) -> str:
    many = len(found.notes)
    if not many:
        return _("Nothing here to look at again.")
    said = ngettext("%(n)s thing to look at again.", "%(n)s things to look at again.", many) % {"n": many}
    return said if not found.more else _("%(n)s things to look at again, and more of the same.") % {"n": many}


def _language_said(language: Language) -> str:
    """Return what is not looked at because of the language."""
    if language is Language.OTHER:
        return _("This does not look like English. Reading ease, sentences and initials are looked at in English only.")
    if language is Language.PARTLY:
        return _("Part of it does not look like English. The figures are for the English part.")
    return ""


EXAMPLES = {
    "office": (
        later("Office talk"),
        later(
            "Important update\n\nIt has been decided that the harbour library will close. They don’t care. Going "
            "forward, stakeholders will engage with the CIL process, and we would ask everybody who reads this to "
            "think about what it means for the children, the old and all of those who have nowhere else to go. Cllr "
            "Ash is a total disgrace."
        ),
    ),
    "clear": (
        later("Clear and bold"),
        later(
            "The council wants to close the harbour library. We want it open. Come to the Town Hall on Tuesday at "
            "7 p.m. and say so with us.\n\nForty children do their homework there each week. Cllr Ash voted to close "
            "it. We think that is wrong, and we ask him to change his mind."
        ),
    ),
}
_PAGE = CheckPage(PostForm, "house_style.html", "_house_style.html", _said, EXAMPLES)
