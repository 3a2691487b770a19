"""The form in which a letter is worded, and what of it is shown beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from folkmoot.editions.models import LetterEdition
from folkmoot.kernel.reading import Reading
from folkmoot.members.models import Organisation
from folkmoot.notices.check import BODY_LIMIT, SUBJECT_LIMIT, Fault, faults
from folkmoot.notices.demo import demo_letter
from folkmoot.notices.in_force import Template
from folkmoot.notices.kinds import NAMES, Kind
from folkmoot.notices.readability import how_it_reads
from folkmoot.notices.wording import WordingFault
from folkmoot.notices.write import Letter
from folkmoot.web.forms import Line, PlainForm, Words


class LetterForm(PlainForm):
    """A letter's subject and body, and for which demo matter it is shown.

    `so` are the conditions that hold in the preview; of each group one is chosen in `group_0`, `group_1`, ...
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    subject = Line(
        limit=SUBJECT_LIMIT,
        label=_("Subject"),
        error_messages={"required": _("Please write a subject.")},
        widget=forms.TextInput(attrs={"spellcheck": "true"}),
    )
    body = Words(
        limit=BODY_LIMIT,
        label=_("The letter"),
        help_text=_("Plain lines; an empty line begins a new paragraph. What is filled in stands in double braces."),
        error_messages={"required": _("Please write the letter.")},
        widget=forms.Textarea(attrs={"rows": 26}),
    )
    so = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label=_("In this case"))

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        may = (*kind.maybe, *kind.flags)
        cast(forms.ChoiceField, self.fields["so"]).choices = [(name, gettext(NAMES[name].says)) for name in may]
        if not may:
            del self.fields["so"]
        self.initial.setdefault("so", list(kind.maybe))
        for number, group in enumerate(kind.one_of):
            self.fields[f"group_{number}"] = forms.ChoiceField(
                label=_("What has happened"),
                choices=[(name, gettext(NAMES[name].says)) for name in group],
                required=False,
            )

    @property
    def situation(self) -> list[forms.BoundField]:
        """Return the fields that choose the demo matter."""
        return [self[name] for name in self.fields if name == "so" or name.startswith("group_")]

    def catch_up(self, newest: LetterEdition | None) -> None:
        """Let the form be sent again: whoever was told of a newer edition has seen it now."""
        sent: Any = self.data
        fresh = sent.copy()
        fresh["seen"] = str(newest.number if newest else 0)
        self.data = fresh

    def typed(self) -> Template:
        """Return the words as they stand in the form, right or wrong."""
        return Template(_text(self, "subject").strip(), _text(self, "body").replace("\r\n", "\n").strip() + "\n")

    def chosen(self) -> dict[str, bool]:
        """Return what is so in the demo matter."""
        so = _values(self, "so") if "so" in self.fields else []
        found = {name: name in so for name in (*self.kind.maybe, *self.kind.flags)}
        for number in range(len(self.kind.one_of)):
            found.update(dict.fromkeys(_values(self, f"group_{number}"), True))
        return found


@dataclass(frozen=True)
class Preview:
    """A letter as it would be: `letter` is `None` while it cannot be written."""

    letter: Letter | None
    faults: list[Fault]
    reading: Reading | None

    @property
    def reads_hard(self) -> bool:
        """Whether it reads harder than plain English."""
        return self.reading is not None and (self.reading.ease < 60 or self.reading.average > 20)


@dataclass(frozen=True)
class Entry:
    """A name that can stand in a letter, as an administrator writes it."""

    write: str
    says: str


def preview(form: LetterForm, org: Organisation) -> Preview:
    """Return the letter in the form for its demo matter, with what it lacks."""
    template, chosen = form.typed(), form.chosen()
    found = faults(form.kind, template)
    try:
        letter = demo_letter(form.kind, org, template, chosen)
        reading = how_it_reads(form.kind, org, template, chosen)
    except (WordingFault, KeyError):  # `found` says why
        return Preview(None, found, None)
    return Preview(letter, found, reading)


def names(kind: Kind) -> Iterator[Entry]:
    """Yield each name that can be shown."""
    for name in kind.shown:
        yield Entry(f"{{{{ {name} }}}}", gettext(NAMES[name].says))


def conditions(kind: Kind) -> Iterator[Entry]:
    """Yield each condition that can be asked for."""
    for name in kind.asked:
        yield Entry(
            f"{{% if {name} %}}",
            gettext(NAMES[name].says) if name not in kind.maybe else gettext("“%(name)s” is there") % {"name": name},
        )


def _text(form: LetterForm, name: str) -> str:
    return str(form[name].value() or "")


def _values(form: LetterForm, name: str) -> list[str]:
    value = form[name].value()
    return [value] if isinstance(value, str) else list(value or [])
