"""Check a draft before it is posted: what it may run into, and how to say it better. Nothing of the text is kept.

With a script it answers as one types, and without one by its button. The words come by POST, go to the models' process
and back, and are gone with the answer: no row, no session, no log and no address holds any of them.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from folkmoot.advice.asking import MOST_TYPED, read
from folkmoot.advice.drafts import Advice, Kind, advise, never_a_verdict
from folkmoot.advice.remarks import Remark
from folkmoot.detectors.finding import Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.signal_words import signal_said
from folkmoot.editions.current import current_policy
from folkmoot.editions.meant import meant
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.kernel.errors import TooMuch
from folkmoot.web.access import OrgRequest
from folkmoot.web.desk.underlined import Place, underlined
from folkmoot.web.forms import PlainForm, Words
from folkmoot.web.limits import allow
from folkmoot.web.public.rules import KINDS
from folkmoot.web.public.sending import page

WHILE_TYPING, BY_BUTTON = 0.5, 3.0  # seconds that the models' process has
FEW = 5  # places of one remark whose words are quoted


class DraftForm(PlainForm):
    """What somebody is about to post."""

    text = Words(
        label=later("What would you like to post?"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "words", "autocomplete": "off"}),
        error_messages={"required": later("Please write or paste here what you would like to post.")},
    )


@dataclass(frozen=True)
class Shown:
    """A remark as the page shows it: with its paragraph where the rules here have it, and the words it is about."""

    number: int
    remark: Remark
    clause: Clause | None
    url: str
    kind: str
    words: tuple[str, ...]
    sign: str  # said before the paragraph's title, where that is about graver things as well


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def draft_check(request: OrgRequest) -> HttpResponse:
    """Ask for a draft, and say what there is to say about it."""
    if request.method == "POST":
        response = _while_typing(request) if request.headers.get("HX-Request") else _by_button(request)
    else:
        response = _example(request)
    response["Cache-Control"] = "private, no-store"
    return response


def advice_on(edition: PolicyEdition, text: str, *, patience: float) -> tuple[Advice, Judgement, dict[str, Clause]]:
    """Return advice on `text`, what it rests on, and the paragraphs of the rules by the codes of the remarks."""
    judgement = read(text, socket=settings.MODEL_SOCKET, patience=patience)
    rules = meant(edition, ADVISED | {one.clause for one in judgement.findings})
    return advise(text, judgement, rules=rules), judgement, rules


def _by_button(request: OrgRequest) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return page(request, "checking.html", _page(form), status=422)
    text = form.cleaned_data["text"]
    try:
        answer = _answer(request, text, patience=BY_BUTTON)
    except TooMuch as refusal:
        form.add_error(None, str(refusal))
        return page(request, "checking.html", _page(form), status=429)
    return page(request, "checking.html", {**_page(form), **answer})


def _while_typing(request: OrgRequest) -> HttpResponse:
    """Return what stands below the form: a fault in it is said there, and takes nothing away."""
    form = DraftForm(request.POST)
    answer: dict[str, Any] = {"typing": True}
    if not form.is_valid():
        written = request.POST.get("text", "").strip()
        answer["refusal"] = " ".join(map(str, form.errors["text"])) if written else ""
    elif len(form.cleaned_data["text"]) > MOST_TYPED:
        answer["by_button"] = BY_BUTTON_ONLY
    else:
        try:
            answer |= _answer(request, form.cleaned_data["text"], patience=WHILE_TYPING)
        except TooMuch as refusal:
            answer["refusal"] = str(refusal)
    return render(request, "public/_draft_advice.html", answer)


def _example(request: OrgRequest) -> HttpResponse:
    """Show the page; in the demo also with one of its examples typed in and answered."""
    text = str(EXAMPLES.get(request.GET.get("example", ""), "")) if settings.DEMO else ""
    if not text:
        return page(request, "checking.html", _page(DraftForm()))
    edition = current_policy(request.org, at=request.now)
    answer = _said(edition, text, *advice_on(edition, text, patience=BY_BUTTON))
    return page(request, "checking.html", {**_page(DraftForm({"text": text})), **answer})


def _page(form: DraftForm) -> dict[str, Any]:
    return {"form": form, "examples": [(key, EXAMPLE_LABELS[key]) for key in EXAMPLES] if settings.DEMO else []}


def _answer(request: OrgRequest, text: str, *, patience: float) -> dict[str, Any]:
    allow(request, "draft-check", count_limit=settings.DRAFT_CHECKS_PER_HOUR)
    edition = current_policy(request.org, at=request.now)
    return _said(edition, text, *advice_on(edition, text, patience=patience))


def _said(
    edition: PolicyEdition, text: str, advice: Advice, _judgement: Judgement, rules: dict[str, Clause]
) -> dict[str, Any]:
    """Return what the page shows of some advice."""
    shown = [_shown(edition, number, text, one, rules) for number, one in enumerate(advice.remarks, start=1)]
    places = [Place(*place, number) for number, one in enumerate(advice.remarks, start=1) for place in one.places]
    return {
        "advice": advice,
        "look": LOOKS[advice.kind],
        "remarks": shown,
        "pieces": underlined(text, places) if places else [],
        "more_said": _more(advice.more),
        "never_a_verdict": never_a_verdict(),
        "edition": edition,
    }


def _shown(edition: PolicyEdition, number: int, text: str, one: Remark, rules: dict[str, Clause]) -> Shown:
    clause = rules.get(one.clause)
    return Shown(
        number=number,
        remark=one,
        clause=clause,
        url=clause_address(edition, clause) if clause else "",
        kind=str(KINDS[clause.kind]) if clause else "",
        words=tuple(text[start:end] for start, end in one.places[:FEW]),
        sign=signal_said(one.sign) if one.sign is Signal.PRIVATE else "",
    )


def clause_address(edition: PolicyEdition, clause: Clause) -> str:
    """Return where a paragraph stands for everybody to read: of the rules in force, or of what they rest on."""
    slug = edition.org.slug
    if clause.edition == edition:
        return reverse("public:clause", kwargs={"org": slug, "code": clause.code})
    number = clause.edition.number
    return reverse("public:edition_clause", kwargs={"org": slug, "edition": number, "code": clause.code})


def _more(left_out: int) -> str:
    if not left_out:
        return ""
    return ngettext("… and %(n)s more.", "… and %(n)s more.", left_out) % {"n": left_out}


ADVISED = {"R1", "R7", "R12", "F5"}  # what advice itself may name
LOOKS = {
    Kind.FINE: ("is-done", later("Fine")),
    Kind.ROBUST: ("is-done", later("Robust, and fine")),
    Kind.ONLY_ADVICE: ("", later("Advice")),
    Kind.UNCLEAR: ("is-soon", later("Unclear")),
    Kind.LIKELY: ("is-soon", later("Likely")),
    Kind.IN_NEED: ("", later("First of all")),
    Kind.HALF_READ: ("", later("Looked at in part")),
}
BY_BUTTON_ONLY = later("This is a long text. It is checked once you press “Check it”.")
EXAMPLE_LABELS = {
    "criticism": later("Forceful criticism"),
    "person": later("An attack on a person"),
}
EXAMPLES = {
    "criticism": later(
        "I am furious about the harbour road. The council promised us a crossing, took our money and built a car "
        "park. It is a disgrace, and I will say so at every meeting until they put it right."
    ),
    "person": later(
        "Joss is a clown and a liar. Somebody should ring him on 07700 900123 at night and tell him what we think."
    ),
}
