"""Forms in our words: typed text is made safe or refused, and a refused step leaves what was typed in place."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from folkmoot.kernel.errors import BadInput, FolkmootError, StalePage
from folkmoot.kernel.text import single_line, typed, visible
from folkmoot.kernel.tokens import new_nonce

T = TypeVar("T")

NAME_LIMIT = 120
LINE_LIMIT = 300
LINK_LIMIT = 1000
WORDS_LIMIT = 20_000
KEY: Final = r"^[0-9a-f]{32}\Z"


class Words(forms.CharField):
    """Prose that a person types: kept as it is, or refused with a sentence. `limit` in characters."""

    widget: type[forms.Widget] = forms.Textarea

    def __init__(self, *, limit: int = WORDS_LIMIT, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text with Unix line ends and trimmed."""
        text = super().to_python(value) or ""
        try:
            text = typed(text, field="", limit=self.limit, name=_name_of(self), required=False)
        except BadInput as error:
            raise ValidationError(str(error), code="typed") from error
        return text if visible(text) else ""


class Line(Words):
    """One line of typed text: a name, a title, a link."""

    widget = forms.TextInput

    def __init__(self, *, limit: int = LINE_LIMIT, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text on one line."""
        return single_line(super().to_python(value))


class Address(forms.EmailField):
    """An e-mail address, folded to lower case as sign-ins are."""

    default_error_messages = {"invalid": _("This does not look like an e-mail address, such as name@example.org.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the address in lower case."""
        text = super().to_python(value) or ""
        try:
            return typed(text, field="", limit=254, name="The address", required=False).casefold()
        except BadInput as error:
            raise ValidationError(str(error), code="typed") from error


class PlainForm(forms.Form):
    """A form whose messages say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        _say_all_plainly(type(self))
        super().__init__(*args, **kwargs)


class StepForm(PlainForm):
    """A form that takes a step in a case.

    `seen` is the case's `seq` when the page was made: a step on a page that is out of date is refused.
    `form_key` is the form's own: sent twice, it meets the paper of its first sending.
    Make it with `seen=case.seq`, bound or not; read both from `cleaned_data`.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    form_key = forms.RegexField(KEY, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": new_nonce(), **(kwargs.get("initial") or {}), "seen": seen}
        super().__init__(*args, **kwargs)
        self.seen_now = seen
        self.stale_since: int | None = None  # what its page had shown, where that was out of date

    def catch_up(self, seen: int | None = None) -> None:
        """Let the form be sent again: the page that shows it now shows what is new, up to `seen` where that is said."""
        sent: Any = self.data
        fresh = sent.copy()
        fresh[self.add_prefix("seen")] = str(self.seen_now if seen is None else seen)
        self.data = fresh


def attempt(form: forms.Form, step: Callable[[], T]) -> T | None:
    """Run `step`, which is one transaction; a refusal goes into `form` and `None` comes back.

    The view then shows the page again with the form: everything typed is still in it. Answer 422.
    """
    try:
        return step()
    except FolkmootError as error:
        field = getattr(error, "field", "")
        form.add_error(field if field in form.fields else None, str(error))
        if isinstance(error, StalePage) and isinstance(form, StepForm):
            form.stale_since = form.cleaned_data["seen"]
            form.catch_up()
        return None


@cache
def _say_all_plainly(form: type[forms.Form]) -> None:
    """Put our words where Django's own stand, once for all forms of the kind; what a form's author wrote stays."""
    for field in form.base_fields.values():
        _say_plainly(field)


def _say_plainly(field: forms.Field) -> None:
    messages = field.error_messages
    if isinstance(field.widget, forms.HiddenInput):
        incomplete = _("This form came back incomplete. Please open the page again.")
        messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), incomplete))
    if messages.get("required") is forms.Field.default_error_messages["required"]:
        messages["required"] = _needed(field)
    if messages.get("invalid_choice") is forms.ChoiceField.default_error_messages["invalid_choice"]:
        messages["invalid_choice"] = _("Please choose one of the answers that are shown.")


def _needed_now(field: forms.Field) -> str:
    label = str(field.label or "")
    if isinstance(field, forms.ChoiceField):
        if not label:
            return str(_("Please choose one."))
        if label.endswith("?"):
            return str(_("%(question)s Please choose one.") % {"question": label})
        return str(_("%(label)s: please choose one.") % {"label": label})
    if not label:
        return str(_("Please fill this in."))
    if label.endswith("?"):
        return str(_("%(question)s Please fill this in.") % {"question": label})
    return str(_("%(label)s: please fill this in.") % {"label": label})


def _name_now(field: forms.Field) -> str:
    label = str(field.label or "")
    return label if label and not label.endswith("?") else "What you wrote"


# Most fields are never wrong: their sentences are put together only where somebody reads them.
_needed = lazy(_needed_now, str)
_name_of = lazy(_name_now, str)
