"""The forms in which a draft of the policy is written."""

import re
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.standards import Kind, Scope
from folkmoot.standards.clausefile import LONGEST_EXAMPLE, LONGEST_TITLE
from folkmoot.steps.change_draft import Wording
from folkmoot.steps.change_draft_front import Front
from folkmoot.steps.tidied import codes_typed, official_address, paragraphs
from folkmoot.web.forms import Line, PlainForm, Words
from folkmoot.web.look.widgets import ChoiceCards

KIND_LABELS = {
    Kind.GROUND: _("Rule"),
    Kind.ADVICE: _("Advice"),
    Kind.PRINCIPLE: _("Principle"),
    Kind.PROCEDURE: _("How it is done"),
}
KIND_HINTS = {
    Kind.GROUND: _("A post can be taken down for breaking it. It needs both examples."),
    Kind.ADVICE: _("How to do better. No decision can rest on it."),
    Kind.PRINCIPLE: _("What you stand for."),
    Kind.PROCEDURE: _("How matters are handled."),
}
SCOPE_LABELS = {
    Scope.ALL: _("Everywhere"),
    Scope.PUBLIC: _("Mainly in public places"),
    Scope.CLOSED: _("Mainly in closed groups"),
}
TEXT_LIMIT = 6_000
SECTION_LIMIT = 100
_SECTION = re.compile(r"([A-Za-z]{1,3})\s*[:.–-]\s*(.+)")


class Asked(Words):
    """Words that are asked for, and that a draft may be kept without."""

    def validate(self, value: str) -> None:
        """Take nothing as well: the page says what is missing."""


class AskedLine(Line):
    """One line of such words."""

    def validate(self, value: str) -> None:
        """Take nothing as well: the page says what is missing."""


class ClauseForm(PlainForm):
    """One clause. What is not sound yet may be kept: the page says what is missing."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    title = AskedLine(limit=LONGEST_TITLE, label=_("Heading"))
    text = Asked(
        limit=TEXT_LIMIT,
        label=_("What it says"),
        help_text=_("Plain sentences; an empty line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=list(KIND_LABELS.items()),
        widget=ChoiceCards(hints={kind: str(hint) for kind, hint in KIND_HINTS.items()}),
    )
    allowed = Asked(
        limit=LONGEST_EXAMPLE,
        label=_("An example of what is allowed"),
        help_text=_("Forceful criticism, so that members see how far they may go. Invent people and places."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    not_allowed = Asked(
        limit=LONGEST_EXAMPLE,
        label=_("An example of what is not allowed"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    limited_to = Line(
        limit=LONGEST_TITLE,
        required=False,
        label=_("Only this part of it can be cited"),
        help_text=_("Where the clause says more than what a post can be taken down for."),
    )
    aimed_at = forms.BooleanField(
        required=False,
        label=_("Ask whether the post is aimed at a person or at a policy"),
    )
    scope = forms.ChoiceField(label=_("Where does it hold?"), choices=list(SCOPE_LABELS.items()))
    restates = Line(
        limit=60,
        required=False,
        label=_("Which clauses of the statement does it come from?"),
        help_text=_("Their codes, such as N3 N4. Nothing means that it is your own."),
    )

    def __init__(self, *args: Any, draft: PolicyDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft.parent is None and not self.initial.get("restates"):
            del self.fields["restates"]

    @property
    def for_rules(self) -> list[forms.BoundField]:
        """Return the fields that only a rule needs."""
        return [self[name] for name in ("allowed", "not_allowed", "limited_to", "aimed_at")]

    def clean_text(self) -> str:
        """Return the text with one space between words and one empty line between paragraphs, as packs keep it."""
        return paragraphs(self.cleaned_data["text"])

    def clean_allowed(self) -> str:
        """Return the example on one line."""
        return " ".join(self.cleaned_data["allowed"].split())

    def clean_not_allowed(self) -> str:
        """Return the example on one line."""
        return " ".join(self.cleaned_data["not_allowed"].split())

    def clean_restates(self) -> str:
        """Return the codes with a space between them."""
        return _or_refused(lambda: codes_typed(self.cleaned_data["restates"], field=""))

    def wording(self) -> Wording:
        """Return what was typed; the form is valid."""
        data = self.cleaned_data
        return Wording(**{name: data.get(name, "") for name in Wording.__slots__})


def filled(clause: DraftClause, draft: PolicyDraft) -> ClauseForm:
    """Return the form with the clause as it stands."""
    initial = {name: getattr(clause, name) for name in Wording.__slots__}
    return ClauseForm(initial={**initial, "seen": clause.seq}, draft=draft)


class FrontForm(PlainForm):
    """What the policy is called, what it rests on, and its sections."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    title = Line(limit=120, label=_("What are these rules called?"))
    description = Words(
        limit=600, label=_("What are they for, in a sentence or two?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    sections = Words(
        limit=4_000,
        label=_("Sections"),
        help_text=_("One on each line, in the order in which they are read: the letters of its codes, then its title."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
    )
    paraphrase = forms.BooleanField(
        required=False, label=_("This is a summary in plain words. An official text elsewhere is the one that counts")
    )
    official_url = Line(
        limit=500,
        required=False,
        label=_("Where is the official text?"),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    parent = forms.ChoiceField(
        required=False,
        label=_("What do they rest on?"),
        help_text=_("A statement of the body above you, such as a national one. Clauses can say what they come from."),
    )

    def __init__(self, *args: Any, org: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {
            str(one.number): one for one in PolicyEdition.objects.within(org).filter(is_parent=True).order_by("-number")
        }
        names = [(number, f"{number}: {one.title}, {one.in_force_from:%Y}") for number, one in self.parents.items()]
        cast(forms.ChoiceField, self.fields["parent"]).choices = [("", now("Nothing: they are all our own")), *names]

    def clean_official_url(self) -> str:
        """Return the address, which is one of the web."""
        return _or_refused(lambda: official_address(self.cleaned_data["official_url"], field=""))

    def clean_sections(self) -> tuple[tuple[str, str], ...]:
        """Return pairs of letters and title."""
        lines = [line.strip() for line in self.cleaned_data["sections"].split("\n") if line.strip()]
        found = [_SECTION.fullmatch(line) for line in lines]
        wrong = next((line for line, match in zip(lines, found, strict=True) if match is None), None)
        if wrong:
            raise ValidationError(
                now("“%(line)s” is not letters, a colon, and a title: write A: Manners.") % {"line": wrong}
            )
        pairs = tuple((match[1].upper(), " ".join(match[2].split())) for match in found if match)
        if any(len(title) > SECTION_LIMIT for _prefix, title in pairs):
            raise ValidationError(now("A title is longer than %(limit)d characters.") % {"limit": SECTION_LIMIT})
        return pairs

    def front(self) -> Front:
        """Return what was typed; the form is valid."""
        data = self.cleaned_data
        return Front(
            title=data["title"],
            description=" ".join(data["description"].split()),
            paraphrase=data["paraphrase"],
            official_url=data["official_url"],
            parent=self.parents.get(data["parent"]),
            sections=data["sections"],
        )


def front_of(draft: PolicyDraft) -> FrontForm:
    """Return the form with the draft as it stands."""
    initial = {
        "seen": draft.front_seq,
        "title": draft.title,
        "description": draft.description,
        "sections": "\n".join(f"{one['prefix']}: {one['title']}" for one in draft.sections),
        "paraphrase": draft.paraphrase,
        "official_url": draft.official_url,
        "parent": str(draft.parent.number) if draft.parent else "",
    }
    return FrontForm(initial=initial, org=draft.org)


class PublishForm(PlainForm):
    """From which day, and which differences were on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    beside = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    day = forms.DateField(
        label=_("From which day do they hold?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please write the day as year-month-day, such as 2027-01-01.")},
    )


class DiscardForm(PlainForm):
    """Which state of the draft was on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


class SectionForm(PlainForm):
    """A section to put a clause into."""

    section = forms.ChoiceField(label=_("Section"))

    def __init__(self, *args: Any, draft: PolicyDraft, without: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["section"]).choices = [
            (one["prefix"], f"{one['prefix']} · {one['title']}") for one in draft.sections if one["prefix"] != without
        ]


def _or_refused(typed: Callable[[], str]) -> str:
    """Return what was typed, or refuse it as forms do."""
    try:
        return typed()
    except BadInput as error:
        raise ValidationError(str(error)) from error
