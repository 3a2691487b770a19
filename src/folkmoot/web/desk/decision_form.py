"""The decision as it is being written: the form, and what is still missing in it."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.editions.models import Clause
from folkmoot.procedure.words import APPEALABLE, AimedAt, Clarity, Outcome
from folkmoot.steps.finding import REASONS_AT_LEAST, Decision, evidence_text
from folkmoot.web.desk import words
from folkmoot.web.forms import StepForm, Words
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

REASONS_LIMIT = 10_000


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
        choices=list(words.CLARITIES.items()), label=later("Is it clear?"), widget=ChoiceCards()
    )
    reasons = Words(
        limit=REASONS_LIMIT,
        label=later("Your reasons"),
        help_text=later("Say why, to the person who wrote it. They read these words as you write them."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        self.text = evidence_text(case)
        self.grounds = list(case.policy.clauses.filter(kind="ground"))
        _offer(cast(forms.ChoiceField, self.fields["outcome"]), fitting(case))
        _cite(
            cast(forms.ChoiceField, self.fields["codes"]),
            self.grounds,
            public=case.platform is None or case.platform.is_public,
        )

    def clean_passage(self) -> str:
        """Return the passage as it stands in the post, where only white space differs."""
        return _in_post(self.cleaned_data["passage"], self.text)


def fitting(case: Case) -> list[Outcome]:
    """Return the outcomes that can be found: only a held post is rejected, only a published one removed."""
    held = case.post is not None and case.post.state == Post.State.HELD
    not_open = Outcome.REMOVE if held else Outcome.REJECT
    return [outcome for outcome in Outcome if outcome is not not_open]


def draft(form: DecisionForm) -> Decision | None:
    """Return the decision as far as it is written, or `None` while nothing is found yet."""
    form.is_valid()
    given = form.cleaned_data
    if not given.get("outcome"):
        return None
    return Decision(
        outcome=Outcome(given["outcome"]),
        reasons=given.get("reasons", ""),
        codes=given.get("codes", []),
        passage=given.get("passage", ""),
        aimed_at=AimedAt(given.get("aimed_at") or AimedAt.NEITHER),
        clarity=Clarity(given.get("clarity") or Clarity.CLEAR),
    )


def missing(form: DecisionForm, said: Decision | None) -> list[str]:
    """Return what still has to be said, one sentence each, in the order of the form."""
    if said is None:
        return [_("Say what you find.")]
    given, found = form.cleaned_data, []
    if said.outcome in APPEALABLE:
        if form.text and not said.passage and said.outcome is not Outcome.WARN:
            found.append(_("Mark the words that are in breach."))
        if form.text and said.passage and said.passage not in form.text:
            found.append(_("The passage is not in the post word for word. Select it in the post again."))
        if not said.codes:
            found.append(_("Cite at least one rule."))
    if not given.get("aimed_at"):
        found.append(_("Say at whom the words are aimed."))
    if not given.get("clarity"):
        found.append(_("Say whether it is clear."))
    if len(said.reasons) < REASONS_AT_LEAST:
        found.append(_("Write your reasons in a sentence or two."))
    return found


def _offer(field: forms.ChoiceField, outcomes: list[Outcome]) -> None:
    field.widget = ChoiceCards(hints={outcome: str(words.OUTCOME_HINTS[outcome]) for outcome in outcomes})
    field.choices = [(outcome.value, words.OUTCOMES[outcome]) for outcome in outcomes]


def _cite(field: forms.ChoiceField, grounds: list[Clause], *, public: bool) -> None:
    field.widget = CheckCards(hints={clause.code: _said_of(clause, public=public) for clause in grounds})
    field.choices = [(clause.code, f"{clause.code} · {clause.title}") for clause in grounds]


def _said_of(clause: Clause, *, public: bool) -> str:
    said = []
    if clause.limited_to:
        said.append(_("Only for: %(part)s.") % {"part": clause.limited_to})
    if (clause.scope == "public") != public and clause.scope != "all":
        said.append(str(_SCOPES[clause.scope]))
    return " ".join([*said, clause.text])


_SCOPES = {"public": later("Meant mainly for public places."), "closed": later("Meant mainly for closed places.")}


def _in_post(passage: str, text: str) -> str:
    pieces = passage.split()
    if not pieces or passage in text:
        return passage
    found = re.search(r"\s+".join(re.escape(piece) for piece in pieces), text)
    return found[0] if found else passage
