"""Pages on which somebody has a text of theirs checked: as they type where a script runs, else by the button.

The words come by POST, go to the models' process and back, and are gone with the answer: no row, no session, no log and
no address holds any of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from folkmoot.advice.asking import MOST_TYPED
from folkmoot.kernel.errors import TooMuch
from folkmoot.web.access import OrgRequest
from folkmoot.web.forms import PlainForm, Words
from folkmoot.web.limits import allow
from folkmoot.web.public.sending import page

WHILE_TYPING, BY_BUTTON = 0.5, 3.0  # seconds that the models' process has
BY_BUTTON_ONLY = later("This is a long text. It is checked once you press “Check it”.")


class DraftForm(PlainForm):
    """What somebody is about to post."""

    text = Words(
        label=later("What would you like to post?"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "words", "autocomplete": "off"}),
        error_messages={"required": later("Please write or paste here what you would like to post.")},
    )


F = TypeVar("F", bound=DraftForm)


@dataclass(frozen=True)
class CheckPage(Generic[F]):
    """One such page: its form, its templates, what it says of a text, and the examples that the demo has."""

    form: type[F]
    whole: str  # template of the page
    part: str  # and of what stands below the form
    said: Callable[[OrgRequest, F, float], dict[str, Any]]  # of a text, with how long the models' process has
    examples: Mapping[str, tuple[Promise | str, Promise | str]]  # what each is called, and its text

    def respond(self, request: OrgRequest) -> HttpResponse:
        """Ask for a text, and say what there is to say about it."""
        if request.method == "POST":
            response = self._while_typing(request) if request.headers.get("HX-Request") else self._by_button(request)
        else:
            response = self._example(request)
        response["Cache-Control"] = "private, no-store"
        return response

    def _by_button(self, request: OrgRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            answer = self._answer(request, form, BY_BUTTON)
        except TooMuch as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, form, status=429)
        return self._page(request, form, answer)

    def _while_typing(self, request: OrgRequest) -> HttpResponse:
        """Return what stands below the form: a fault in it is said there, and takes nothing away."""
        form = self.form(request.POST)
        answer: dict[str, Any] = {"typing": True}
        if not form.is_valid():
            written = request.POST.get("text", "").strip()
            answer["refusal"] = " ".join(map(str, form.errors.get("text", ()))) if written else ""
        elif len(form.cleaned_data["text"]) > MOST_TYPED:
            answer["by_button"] = BY_BUTTON_ONLY
        else:
            try:
                answer |= self._answer(request, form, WHILE_TYPING)
            except TooMuch as refusal:
                answer["refusal"] = str(refusal)
        return render(request, f"public/{self.part}", answer)

    def _example(self, request: OrgRequest) -> HttpResponse:
        """Show the page; in the demo also with one of its examples typed in and answered."""
        _label, text = self.examples.get(request.GET.get("example", ""), ("", "")) if settings.DEMO else ("", "")
        form = self.form({"text": str(text)}) if text else self.form()
        if not (text and form.is_valid()):
            return self._page(request, form)
        return self._page(request, form, self.said(request, form, BY_BUTTON))

    def _answer(self, request: OrgRequest, form: F, patience: float) -> dict[str, Any]:
        allow(request, "draft-check", count_limit=settings.DRAFT_CHECKS_PER_HOUR)
        return self.said(request, form, patience)

    def _page(
        self, request: OrgRequest, form: F, answer: Mapping[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        examples = [(key, label) for key, (label, _text) in self.examples.items()] if settings.DEMO else []
        return page(request, self.whole, {"form": form, "examples": examples, **(answer or {})}, status=status)
