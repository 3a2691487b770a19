"""Check a draft before it is posted: what it may run into, and how to say it better (`as_you_type`)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from folkmoot.advice.asking import read
from folkmoot.advice.drafts import Advice, Kind, advise, never_a_verdict
from folkmoot.advice.remarks import Remark
from folkmoot.detectors.finding import Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.signal_words import signal_said
from folkmoot.editions.current import current_policy
from folkmoot.editions.meant import meant
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.web.access import OrgRequest
from folkmoot.web.desk.underlined import Place, underlined
from folkmoot.web.public.as_you_type import CheckPage, DraftForm
from folkmoot.web.public.rules import KINDS

FEW = 5  # places of one remark whose words are quoted


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
    return _PAGE.respond(request)


def advice_on(edition: PolicyEdition, text: str, *, patience: float) -> tuple[Advice, Judgement, dict[str, Clause]]:
    """Return advice on `text`, what it rests on, and the paragraphs of the rules by the codes of the remarks."""
    judgement = read(text, socket=settings.MODEL_SOCKET, patience=patience)
    rules = meant(edition, ADVISED | {one.clause for one in judgement.findings})
    return advise(text, judgement, rules=rules), judgement, rules


def _answer(request: OrgRequest, form: DraftForm, patience: float) -> dict[str, Any]:
    edition, text = current_policy(request.org, at=request.now), form.cleaned_data["text"]
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
EXAMPLES = {
    "criticism": (
        later("Forceful criticism"),
        later(
            "I am furious about the harbour road. The council promised us a crossing, took our money and built a car "
            "park. It is a disgrace, and I will say so at every meeting until they put it right."
        ),
    ),
    "person": (
        later("An attack on a person"),
        later(
            "Joss is a clown and a liar. Somebody should ring him on 07700 900123 at night and tell him what we think."
        ),
    ),
}
_PAGE = CheckPage(DraftForm, "checking.html", "_draft_advice.html", _answer, EXAMPLES)
