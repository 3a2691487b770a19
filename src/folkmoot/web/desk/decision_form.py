"""The decision as it is being written: the form, and what is still missing in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case
from folkmoot.editions.citing import citable
from folkmoot.editions.models import Clause
from folkmoot.procedure.words import (
    APPEALABLE,
    ASKS_AT_WHOM,
    ASKS_INTENT,
    TAKES_AWAY,
    AimedAt,
    Clarity,
    Intent,
    Outcome,
    Route,
    Severity,
)
from folkmoot.steps.asked import ASKED_FOR, asks_at_whom, fitting, in_post, kinds_of
from folkmoot.steps.finding import REASONS_AT_LEAST, Decision, evidence_text, is_ours
from folkmoot.web.desk import words
from folkmoot.web.desk.measure_fields import add_measures, chosen, require_ends, until_name
from folkmoot.web.forms import StepForm, Words
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

REASONS_LIMIT = 10_000
_MUST = ("aimed_at", "clarity", "correction", "route")


class DecisionForm(StepForm):
    """What is found, in which words, against which rules, and why."""

    outcome = forms.ChoiceField(label=later("What do you find?"))
    passage = Words(
        required=False,
        label=later("The words this is about"),
        help_text=later("Word for word from the post; it can be the whole post."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "words", "data-passage-target": ""}),
    )
    codes = forms.MultipleChoiceField(
        required=False,
        label=later("Which rules?"),
        error_messages={
            "invalid_choice": later("%(value)s is no ground for a decision under these rules. Please choose again."),
            "invalid_list": later("Please choose the rules from the list."),
        },
    )
    aimed_at = forms.ChoiceField(
        choices=list(words.AIMS.items()),
        label=later("At whom are the words aimed?"),
        help_text=later("Our rules protect people. A policy, a body or a belief may be criticised hard."),
        widget=ChoiceCards(),
    )
    clarity = forms.ChoiceField(
        choices=list(words.CLARITIES.items()),
        label=later("Is it clear?"),
        widget=ChoiceCards(hints={Clarity.UNCLEAR: str(words.UNCLEAR_HINT)}),
    )
    severity = forms.ChoiceField(
        choices=list(words.SEVERITIES.items()),
        required=False,
        initial=Severity.ORDINARY,
        label=later("How grave is it?"),
        widget=ChoiceCards(hints={severity: str(hint) for severity, hint in words.SEVERITY_HINTS.items()}),
    )
    intent = forms.ChoiceField(
        choices=list(words.INTENTS.items()),
        required=False,
        initial=Intent.NOT_SAID,
        label=later("Was it meant?"),
        help_text=later("Whether it is so, and whether it was meant, are two questions."),
        widget=ChoiceCards(hints={intent: str(hint) for intent, hint in words.INTENT_HINTS.items()}),
    )
    correction = Words(
        limit=REASONS_LIMIT,
        label=later("What should our post say instead?"),
        help_text=later("Somebody puts it right at the place, with these words."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "words"}),
    )
    route = forms.ChoiceField(
        choices=list(words.ROUTES.items()),
        label=later("Where does it go?"),
        widget=ChoiceCards(hints={route: str(hint) for route, hint in words.ROUTE_HINTS.items()}),
    )
    reasons = Words(
        limit=REASONS_LIMIT,
        label=later("Your reasons"),
        help_text=later("Say why, to the person who wrote it. They read these words as you write them."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *args: Any, case: Case, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        self.measures = add_measures(self, case, today=today)
        self.text = evidence_text(case)
        self.grounds = citable(case.policy)
        self.kinds = kinds_of(case)
        can_cite = [one for one in fitting(case) if self.grounds or one not in ASKED_FOR["codes"]]
        _offer(cast(forms.ChoiceField, self.fields["outcome"]), can_cite)
        _cite(
            cast(forms.ChoiceField, self.fields["codes"]),
            self.grounds,
            public=case.platform is None or case.platform.is_public,
        )
        if not self.kinds & ASKS_INTENT:
            del self.fields["intent"]
        if not is_ours(case):
            del self.fields["correction"]
        chosen = self.data.get("outcome") if self.is_bound else ""
        for name in _MUST:
            if name in self.fields:
                self.fields[name].required = not chosen or self.asks(name)

    def asks(self, name: str) -> bool:
        """Say whether what was chosen so far needs the answer to `name`."""
        outcome = self.data.get("outcome", "")
        if outcome not in ASKED_FOR.get(name, (outcome,)):
            return False
        if name == "aimed_at":  # Sd: where it makes sense
            codes = cast(QueryDict, self.data).getlist("codes") if self.aiming else []
            return asks_at_whom(self.kinds, aiming=self.aiming, codes=codes)
        return True

    @property
    def aiming(self) -> list[str]:
        """The codes of the rules that ask whether words are aimed at a person."""
        return [clause.code for clause in self.grounds if clause.aimed_at]

    @property
    def asked_by(self) -> dict[str, str]:
        """For each question the answers that bring it up, as `desk/asks.js` reads them."""
        found = {name: " ".join(f"outcome={one}" for one in needed) for name, needed in ASKED_FOR.items()}
        if not self.kinds & ASKS_AT_WHOM:
            found["aimed_at"] = " ".join(f"codes={code}" for code in self.aiming)
        return found

    @property
    def ends(self) -> Iterator[tuple[str, BoundField]]:
        """The last day of each measure, with the answer that brings it up."""
        yield from ((f"measures={kind.value}", self[until_name(kind)]) for kind in self.measures)

    def clean(self) -> dict[str, Any]:
        """Refuse a measure without an end, where measures count at all."""
        if self.asks("measures"):
            require_ends(self)
        given = self.cleaned_data
        outcome = given.get("outcome")
        if outcome in TAKES_AWAY and self.text and "passage" in given and not given["passage"]:
            self.add_error("passage", _("Please mark the words that are in breach. They can be the whole post."))
        if outcome in APPEALABLE and "codes" in given and not given["codes"]:
            self.add_error("codes", _("Please cite at least one rule that can be a ground for this."))
        return self.cleaned_data

    def clean_passage(self) -> str:
        """Return the passage as it stands in the post, where only white space differs."""
        return in_post(self.cleaned_data["passage"], self.text)


def draft(form: DecisionForm) -> Decision | None:
    """Return the decision as far as it is written, or `None` while nothing is found yet.

    What the outcome does not ask for is left out, also where it was answered before.
    """
    form.is_valid()
    outcome = form.cleaned_data.get("outcome")
    if not outcome:
        return None
    given = {name: value for name, value in form.cleaned_data.items() if form.asks(name)}
    return Decision(
        outcome=Outcome(outcome),
        reasons=given.get("reasons", ""),
        codes=given.get("codes", []),
        passage=given.get("passage", ""),
        aimed_at=AimedAt(given.get("aimed_at") or AimedAt.NEITHER),
        clarity=Clarity(given.get("clarity") or Clarity.CLEAR),
        severity=Severity(given.get("severity") or Severity.ORDINARY),
        intent=Intent(given.get("intent") or Intent.NOT_SAID),
        correction=given.get("correction", ""),
        measures=chosen(form) if "measures" in given else (),
        route=Route(given["route"]) if given.get("route") else None,
    )


def missing(form: DecisionForm, said: Decision | None) -> list[str]:
    """Return what still has to be said, one sentence each, in the order of the form."""
    if said is None:
        return [_("Say what you find.")]
    given, found = form.cleaned_data, []
    if said.outcome in APPEALABLE:
        if form.text and not said.passage and said.outcome in TAKES_AWAY:
            found.append(_("Mark the words that are in breach."))
        if form.text and said.passage and said.passage not in form.text:
            found.append(_("The passage is not in the post word for word. Select it in the post again."))
        if not said.codes:
            found.append(_("Cite at least one rule."))
    if said.outcome is Outcome.MEASURE and not said.measures:
        found.append(_("Say what is to be done, and until when."))
    sentences = {
        "aimed_at": _("Say at whom the words are aimed."),
        "clarity": _("Say whether it is clear."),
        "correction": _("Write what our post should say."),
        "route": _("Say where it goes."),
    }
    found += [say for name, say in sentences.items() if name in form.fields and form.asks(name) and not given.get(name)]
    if len(said.reasons) < REASONS_AT_LEAST:
        found.append(_("Write your reasons in a sentence or two."))
    return found


def worth_a_thought(said: Decision | None) -> list[str]:
    """Return what speaks for something milder, one sentence each (Mc, Sb): it is asked, never forced."""
    if said is None or said.outcome not in TAKES_AWAY:
        return []
    found = []
    if said.clarity is Clarity.UNCLEAR:
        found.append(
            _("You find it unclear. Would something milder do, which can be undone? A warning, or a limit for a time.")
        )
    if said.intent is Intent.HONEST_ERROR:
        found.append(_("You find it an honest error. A warning explains it, and the post can stay."))
    return found


def _offer(field: forms.ChoiceField, outcomes: list[Outcome]) -> None:
    field.widget = ChoiceCards(hints={outcome: str(words.OUTCOME_HINTS[outcome]) for outcome in outcomes})
    field.choices = [(outcome.value, words.OUTCOMES[outcome]) for outcome in outcomes]


def _cite(field: forms.ChoiceField, grounds: list[Clause], *, public: bool) -> None:
    field.widget = CheckCards(hints={clause.code: _said_of(clause, public=public) for clause in grounds})
    field.choices = [(clause.code, f"{clause.code} · {clause.title}") for clause in grounds]


def _said_of(clause: Clause, *, public: bool) -> str:
    said = []
    if clause.edition.is_parent:
        said.append(_("From “%(title)s”.") % {"title": clause.edition.title})
    if clause.limited_to:
        said.append(_("Only for: %(part)s.") % {"part": clause.limited_to})
    if (clause.scope == "public") != public and clause.scope != "all":
        said.append(str(_SCOPES[clause.scope]))
    return " ".join([*said, clause.text])


_SCOPES = {"public": later("Meant mainly for public places."), "closed": later("Meant mainly for closed places.")}
