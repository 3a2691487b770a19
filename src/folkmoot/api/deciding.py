"""A decision as programs send it: what is found, against which rules, and why; checked as the page's form is."""

from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.matters import MeasureSent
from folkmoot.api.shapes import Line, Sent, Words, example
from folkmoot.casefile.models import Case
from folkmoot.editions.citing import citable
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.words import AimedAt, Clarity, Intent, Outcome, Route, Severity
from folkmoot.steps.asked import ASKED_FOR, asks_at_whom, fitting, in_post, kinds_of
from folkmoot.steps.finding import Decision, evidence_text

REASONS_LIMIT = 10_000
_EXAMPLE = {
    "outcome": "remove",
    "reasons": "It calls a named councillor a crook and gives no fact for it.",
    "codes": ["H1"],
    "passage": "Councillor Voss is a crook",
    "aimed_at": "person",
    "clarity": "clear",
}


class Finding(Sent):
    """What is found. What the outcome does not ask for has no effect and may not be sent."""

    model_config = example(_EXAMPLE)

    outcome: Outcome
    reasons: Words = Field(max_length=REASONS_LIMIT, description="To the author, who reads them as they are.")
    codes: list[Line] = Field([], max_length=50, description="The clauses that are cited")
    passage: Words = Field("", description="The words that are in breach, as they stand in the post")
    aimed_at: AimedAt | None = Field(None, description="At whom the words are aimed, where that is asked.")
    clarity: Clarity | None = Field(None, description="Whether it is clear, or open to interpretation.")
    severity: Severity = Severity.ORDINARY
    intent: Intent = Intent.NOT_SAID
    measures: list[MeasureSent] = Field([], max_length=5)
    correction: Words = Field("", max_length=REASONS_LIMIT, description="What our own post should say instead.")
    route: Route | None = Field(None, description="Where it goes, when it is referred.")


def decision_of(case: Case, said: Finding) -> Decision:
    """Return the decision as steps take it; raises `BadInput` where a question is open, or none was asked."""
    if said.outcome not in fitting(case):
        raise BadInput(gettext("This cannot be found here: see the outcomes that fit the case."), field="outcome")
    _require_asked(case, said)
    return Decision(
        outcome=said.outcome,
        reasons=said.reasons,
        codes=said.codes,
        passage=in_post(said.passage, evidence_text(case)),
        aimed_at=said.aimed_at or AimedAt.NEITHER,
        clarity=said.clarity or Clarity.CLEAR,
        severity=said.severity,
        intent=said.intent,
        measures=[one.wanted() for one in said.measures],
        correction=said.correction,
        route=said.route,
    )


def asks(case: Case, outcome: Outcome, name: str, codes: list[str]) -> bool:
    """Say whether `outcome`, with the rules that are cited, asks the question `name`."""
    if outcome not in ASKED_FOR[name]:
        return False
    if name != "aimed_at":
        return True
    aiming = [clause.code for clause in citable(case.policy) if clause.aimed_at]
    return asks_at_whom(kinds_of(case), aiming=aiming, codes=codes)


def _require_asked(case: Case, said: Finding) -> None:
    for name, question in (("aimed_at", "At whom are the words aimed?"), ("clarity", "Is it clear?")):
        if getattr(said, name) is None and asks(case, said.outcome, name, said.codes):
            raise BadInput(gettext("%(question)s Please choose one.") % {"question": question}, field=name)
    for name in said.model_fields_set & ASKED_FOR.keys():
        given = getattr(said, name)
        if given not in ("", [], None, Severity.ORDINARY, Intent.NOT_SAID) and said.outcome not in ASKED_FOR[name]:
            raise BadInput(gettext("This outcome does not ask for it. Please leave it out."), field=name)
