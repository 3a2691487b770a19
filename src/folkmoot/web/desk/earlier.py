"""Earlier cases of the same account: behind a reason, and noted (Sa, DP5)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import Outcome, Stage
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.going import READERS, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.stakes import stakes
from folkmoot.web.forms import PlainForm
from folkmoot.web.look.widgets import ChoiceCards

SHOWN = 50
REASONS = {
    "persistence": later("A rule speaks of what is done again and again, such as trolling or pestering"),
    "pattern": later("The report itself is about several posts"),
    "same_words": later("The same words may have been decided on before"),
    "appeal": later("The author speaks of an earlier decision"),
}


class ReasonForm(PlainForm):
    """Why the history is opened."""

    reason = forms.ChoiceField(
        label=later("Why do you need to see them?"),
        help_text=later("A post is decided on by what it says. Your reason is kept in the access log."),
        choices=list(REASONS.items()),
        widget=ChoiceCards(),
    )


@officer(*READERS)
def earlier(request: OfficerRequest, case: int) -> HttpResponse:
    """Ask why; then show the other cases about the account, and note that they were seen and why."""
    found = the_case(request, case)
    account = found.post.account if found.post else found.account
    if not is_open_to(found, request) or not decides(found, request) or account is None:
        return go(request, "case", case=found.pk)
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {"case": found, "form": form, "account": account, "rows": None}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        note_reading(request, f"earlier cases: {reason}", found)
        context |= {"rows": _rows(request, found, account.pk), "why": REASONS[reason]}
    return render(request, "desk/earlier.html", context, status=422 if form.errors else 200)


def _rows(request: OfficerRequest, case: Case, account: int) -> list[dict[str, Any]]:
    """Return the other cases of the account that are open to the reader, the newest first."""
    every = Case.objects.within(request.org).exclude(pk=case.pk).exclude(sealed=True)
    cases = list(
        (every.filter(post__account=account) | every.filter(account=account))
        .select_related("platform", "post")
        .order_by("-opened_at", "-pk")[:SHOWN]
    )
    standing = stakes(cases, request.person)
    return [_row(one) for one in cases if not standing[one.pk].barred]


def _row(case: Case) -> dict[str, Any]:
    outcome = str(words.OUTCOME_DONE[Outcome(case.outcome)]) if case.outcome else _("not decided yet")
    return {
        "number": case.pk,
        "place": words.place(case),
        "at": case.opened_at,
        "outcome": outcome,
        "overturned": bool(case.outcome) and not case.standing,
        "stage": words.STAGES[Stage(case.stage)],
        "sign": words.STAGE_SIGNS[Stage(case.stage)],
    }
