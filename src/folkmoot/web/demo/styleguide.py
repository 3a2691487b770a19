"""The style page: every part and class of the look, as it is, in light and in dark; described in `docs/look.md`."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.web.access import OrgRequest
from folkmoot.web.demo.pages import demo_page
from folkmoot.web.forms import Address, Line, PlainForm, Words
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

THEMES = ("light", "dark")
COLOURS = (
    *("paper", "sheet", "sunk", "ink", "soft", "line", "edge", "mark"),
    *("accent", "accent-deep", "accent-wash", "harm", "harm-wash", "soon", "soon-wash", "done", "done-wash"),
    *("band", "band-soft"),
)
SIGNS = ("neutral", "ok", "soon", "overdue", "harm", "accent", "final")
POST = (
    "The bus plan is a waste of paper, and whoever wrote it should be ashamed.\n\n"
    "Go on then, Pat, you clueless fool: tell us how my mother gets to the hospital on a Sunday."
)
PASSAGE = "Pat, you clueless fool"
LETTER = """Dear Rowan Pike,

We have taken down what you posted on our page. This is why.

WHAT YOU WROTE

> Go on then, Pat, you clueless fool

WHY

It calls a person names. What you say about the bus plan is yours to say, and may stand.

- You can appeal until Friday 27 November.
- Another moderator looks at it, not the one who decided."""


class Specimen(PlainForm):
    """One field of each kind."""

    line = Line(label="One line of words", help_text="With a hint below its label.")
    address = Address(label="An e-mail address", required=False)
    prose = Words(label="More words", widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date", "class": "is-short"}))
    choice = forms.ChoiceField(
        label="One of a few",
        choices=[("warn", "Warn"), ("remove", "Remove")],
        initial="warn",
        widget=ChoiceCards(hints={"warn": "The post stays, and its author is told why."}),
    )
    several = forms.MultipleChoiceField(
        label="Any of several",
        choices=[("h1", "H1 · Attacks on a person"), ("h2", "H2 · Threats")],
        initial=["h1"],
        widget=CheckCards(hints={"h1": "Nobody is attacked for who they are, or called names."}),
    )
    list = forms.ChoiceField(label="One of many", choices=[("1", "Harbour page"), ("2", "Members’ group")])
    yes = forms.BooleanField(label="I have read it", required=False, help_text="A tick with a sentence.")
    picture = forms.FileField(label="A picture", required=False)


@require_safe
@demo_page
def styleguide(request: OrgRequest) -> HttpResponse:
    """Show every part; `?theme=light` or `dark` forces one, otherwise the device decides."""
    theme = request.GET.get("theme", "")
    context = {
        "theme": theme if theme in THEMES else "",
        "themes": [("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        "chapters": [
            ("ground", _("Ground, words, buttons")),
            ("people", _("What people wrote")),
            ("facts", _("Where something stands")),
            ("forms", _("Forms")),
            ("desk", _("Lists")),
        ],
        "desk_nav": [(_("Queue"), "#desk", True, 4), (_("By hand"), "#desk", False, 1)],
        "colours": COLOURS,
        "signs": SIGNS,
        "form": Specimen(auto_id="id_%s"),
        "wrong": Specimen({"line": "", "day": "soon"}, auto_id="wrong_%s"),
        "only_here": True,
        "told": [Message(SUCCESS, _("The note is kept."))],
        "unseen": "Unseen: a\u200bb, turned: \u202eabc\u202c",
        "page_obj": Paginator(range(90), 30).page(2),
        **_words(request),
        **_times(request),
    }
    return render(request, "demo/styleguide.html", context)


def _words(request: OrgRequest) -> dict[str, Any]:
    clause = {
        "code": "H1",
        "title": "Attacks on a person",
        "text": "Nobody is attacked for who they are, or called names.",
        "allowed": "“The plan is foolish.”",
        "not_allowed": "“You are a fool.”",
    }
    marked: list[dict[str, Any]] = [
        {"words": "Nobody is attacked for who they are, "},
        {"words": "or insulted.", "is_out": True},
        {"words": "or called names.", "is_in": True},
    ]
    change = {
        "change": {"what": "reworded", "clause": {**clause, "code": "H1b"}},
        "word": _("Reworded"),
        "status": "soon",
        "title": [{"words": clause["title"]}],
        "parts": [{"label": "", "words": marked}],
        "notes": [],
    }
    cover = {"pk": 1, "person": {"name": "Ada Fenn"}, "covering": {"name": "Ben Ashe"}, "since": request.now}
    return {
        "post": POST,
        "passage": PASSAGE,
        "letter": LETTER,
        "clause": clause,
        "marked": marked,
        "changes": [change],
        "covers": [{"cover": cover, "role": _("Moderator"), "runs": True}],
    }


def _times(request: OrgRequest) -> dict[str, Any]:
    now = request.now
    return {
        "soon": now + timedelta(hours=20),
        "later": now + timedelta(days=4),
        "past": now - timedelta(days=1),
        "since": now - timedelta(days=5),
        "stages": [
            {"label": _("Reported"), "state": "done", "at": now - timedelta(days=6)},
            {"label": _("Decided"), "state": "done", "at": now - timedelta(days=2)},
            {"label": _("Appeal"), "state": "now", "note": _("Another moderator looks at it.")},
            {"label": _("Second look"), "state": "skipped"},
            {"label": _("Final"), "state": "next"},
        ],
        "late_stages": [
            {"label": _("Reported"), "state": "done"},
            {"label": _("Decided"), "state": "late", "note": _("It was due yesterday.")},
        ],
    }
