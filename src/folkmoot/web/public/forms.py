"""Forms of the public pages: plain HTML, few questions, and everything typed comes back."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.find import place_at
from folkmoot.archive.models import Platform
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.tokens import RECEIPT_DIGITS, new_nonce
from folkmoot.members.models import Organisation
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import ReportKind, Role, Subject
from folkmoot.web.forms import KEY, LINK_LIMIT, NAME_LIMIT, Address, Line, PlainForm, Words
from folkmoot.web.kinds import KINDS
from folkmoot.web.look.widgets import CheckCards, ChoiceCards
from folkmoot.web.subjects import SUBJECTS
from folkmoot.web.uploads import Pictures

ELSEWHERE = "elsewhere"
MANY_PLACES = 8  # more than these go into a list that folds away
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_HOST = re.compile(r"[^\s/]+\.[^\s/.]{2,}(/\S*)?")


class KeyedForm(PlainForm):
    """A form that may come twice: `replay_key` is the same only for the same form with the same words."""

    form_key = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": new_nonce(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_form_key(self) -> str:
        """Return the form's key; a broken one is replaced, for it protects only whoever sends the form."""
        key = str(self.cleaned_data.get("form_key") or "")
        return key if re.fullmatch(KEY, key) else new_nonce()

    def replay_key(self, about: str, hashes: list[str]) -> str:
        """Return 64 hexadecimal digits for a form sent `about` a matter with files of these hashes.

        A form that comes back with other words, by the browser's back button, is a new sending.
        """
        said = {name: str(value) for name, value in self.cleaned_data.items() if name != "pictures"}
        return digest(canonical_bytes({"about": about, "said": said, "files": hashes}))

    @property
    def lost_files(self) -> bool:
        """Whether pictures have to be chosen again: browsers do not keep them."""
        return bool(self.files) and bool(self.errors)


class PlaceChoice(forms.ChoiceField):
    """Where it is: wanted, unless the form finds it out by the link."""

    def validate(self, value: Any) -> None:
        """Refuse what is none of the places; whether nothing will do is the form's to say."""
        if value:
            super().validate(value)


class KindForm(PlainForm):
    """The first question, before anything can be uploaded (DP20)."""

    kind = forms.ChoiceField(
        label=later("What is it about?"),
        choices=[(kind, words.label) for kind, words in KINDS.items()],
        widget=ChoiceCards(hints={kind: str(words.hint) for kind, words in KINDS.items()}),
        error_messages={"required": later("Please choose what comes nearest. “Something else” is fine.")},
    )
    subject = forms.ChoiceField(
        label=later("Is it one post, or more?"),
        choices=[(subject, words.label) for subject, words in SUBJECTS.items()],
        initial=Subject.POST,
        widget=ChoiceCards(hints={subject: str(words.hint) for subject, words in SUBJECTS.items()}),
    )


class ReportForm(KeyedForm):
    """A report, in the form that fits what it is about: where a child may be in danger, no picture and no copy."""

    account = Line(
        label=later("Whose account is it?"),
        limit=200,
        required=False,
        help_text=later("Its name there, as you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    link = Line(
        label=later("Link to the post"),
        limit=LINK_LIMIT,
        required=False,
        help_text=later("If you can copy its address. Most places have “Copy link” in the menu beside the post."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    quoted = Words(
        label=later("What the post says"),
        required=False,
        help_text=later("Copy its words here if you can. They may be gone by the time somebody looks."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "words"}),
    )
    words = Words(
        label=later("What happened?"),
        required=False,
        help_text=later("In your own words, and as short as you like: what is wrong, and what somebody should know."),
        widget=forms.Textarea(attrs={"rows": 5, "class": "words"}),
    )
    place = PlaceChoice(
        label=later("Where is it?"),
        error_messages={"required": later("Please say where it is. “Somewhere else, or I am not sure” is fine.")},
    )
    affected = forms.ChoiceField(
        label=later("Is it about you?"),
        choices=[("yes", later("Yes, it is about me")), ("no", later("No, I came across it"))],
        widget=ChoiceCards,
        error_messages={"required": later("Please say whether it is about you: both answers are welcome.")},
    )
    pictures = Pictures(
        help_text=later(
            "Screenshots, for instance. Up to 3, of 5 MB each. We take out where and with what they were taken."
        )
    )
    name = Line(
        label=later("Your name"),
        limit=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = Address(
        label=later("Your e-mail address"),
        required=False,
        help_text=later("Only to write to you when there is news. The mail itself says nothing about the matter."),
    )

    def __init__(
        self, *args: Any, org: Organisation, kind: ReportKind, subject: Subject = Subject.POST, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._ask_about(subject)
        self._org = org
        if "link" in self.fields:
            self.fields["place"].help_text = _("If your link leads to one of these, you can leave this out.")
        self.places = {str(place.pk): place for place in _by_name(org.pk)}
        place = cast(forms.ChoiceField, self.fields["place"])
        place.widget = forms.Select() if len(self.places) > MANY_PLACES else ChoiceCards()
        place.choices = [
            *([("", _("Please choose"))] if len(self.places) > MANY_PLACES else []),
            *((key, found.name) for key, found in self.places.items()),
            (ELSEWHERE, _("Somewhere else, or I am not sure")),
        ]
        if kind is ReportKind.CHILD_SAFETY:
            for name in ("quoted", "pictures"):
                self.fields.pop(name, None)
            self.fields["words"].label = _("How can we find it?")
            self.fields["words"].help_text = _(
                "Only if the link is not enough. Please do not describe or copy what it shows."
            )

    def _ask_about(self, subject: Subject) -> None:
        said = SUBJECTS[subject]
        if subject is not Subject.PATTERN:
            del self.fields["account"]
        if subject is Subject.OFFLINE:  # there is nothing to link to, and nothing to copy
            del self.fields["link"], self.fields["quoted"]
            self.fields["place"].label = _("Where was it?")
            self.fields["words"].help_text = _("In your own words: what was said or done, when, and who was there.")
            return
        self.fields["link"].label, self.fields["quoted"].label = said.link, said.quoted

    def clean_link(self) -> str:
        """Return a web address, completed where its beginning is missing."""
        link = str(self.cleaned_data["link"])
        if not link or link.lower().startswith(("https://", "http://")):
            return link
        if not _SCHEME.match(link) and _HOST.fullmatch(link):
            return f"https://{link}"[:LINK_LIMIT]
        raise ValidationError(
            _(
                "This does not look like a link: it should begin with https://. If you have none, leave this empty "
                "and describe the post below."
            )
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a report that says nothing or not where, together with whatever else is missing."""
        given = super().clean() or self.cleaned_data
        if not given.get("place") and "place" not in self.errors:
            place = place_at(self._org, link=given.get("link", ""))
            if place:
                given["place"] = str(place.pk)
            else:
                self.add_error("place", self.fields["place"].error_messages["required"])
        told = ("words", "link", "quoted", "account")
        files = given.get("pictures") or "pictures" in self.errors
        if not files and not any(given.get(name) or name in self.errors for name in told):
            self.add_error("words", _("Please tell us what happened: a few words, a link, or what the post says."))
        return given

    @property
    def platform(self) -> Platform | None:
        """The place that was chosen, if it is one of the organisation's."""
        return self.places.get(self.cleaned_data["place"])


@prepared
def _by_name(org: int) -> QuerySet[Platform, Platform]:
    return Platform.objects.filter(org=org).order_by("name")


class CodeForm(PlainForm):
    """The code of a receipt, however it is spaced."""

    code = Line(
        label=later("Your 16-digit code"),
        limit=200,
        help_text=later("From your receipt. Spaces do not matter."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "class": "is-code"}
        ),
        error_messages={"required": later("Please type the 16 digits of your receipt.")},
    )

    def clean_code(self) -> str:
        """Return the 16 digits."""
        typed = re.sub(r"[\s.\-–—_]", "", self.cleaned_data["code"])
        if not (typed.isascii() and typed.isdecimal()):
            raise ValidationError(_("The code is made of digits only. Please type it again from your receipt."))
        if len(typed) != RECEIPT_DIGITS:
            raise ValidationError(
                _("The code has 16 digits; this has %(sent)d. Please check it against your receipt.")
                % {"sent": len(typed)}
            )
        return typed


class AdditionForm(KeyedForm):
    """Something that a reporter adds."""

    words = Words(
        label=later("What would you like to add?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "words"}),
    )
    pictures = Pictures(help_text=later("With your words, or instead of them. Up to 3, of 5 MB each."))

    def __init__(self, *args: Any, with_pictures: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_pictures:
            del self.fields["pictures"]


class ReviewForm(KeyedForm):
    """What a reporter who is not satisfied says (Sh). Whom it is about does not answer it."""

    words = Words(
        label=later("What should be looked at again?"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "words"}),
        error_messages={
            "required": later("Please write what should be looked at again: your words go on as they are.")
        },
    )
    about = forms.MultipleChoiceField(
        label=later("Is it about how one of these dealt with it?"),
        choices=[
            (Role.MODERATOR, later("The moderators")),
            (Role.SECRETARY, later("The Secretary")),
        ],
        required=False,
        widget=CheckCards,
        help_text=later("Then they have no part in the answer."),
    )


class PleaForm(KeyedForm):
    """What an author says for themselves: an appeal, or their case before the Executive."""

    words = Words(widget=forms.Textarea(attrs={"rows": 10, "class": "words"}))
    pictures = Pictures(help_text=later("If a picture helps. Up to 3, of 5 MB each."))

    def __init__(self, *args: Any, question: str, empty: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question
        self.fields["words"].error_messages["required"] = empty
