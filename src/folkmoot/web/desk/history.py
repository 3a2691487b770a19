"""The history of an account: behind a reason, which is kept in the access log (DP5, DP9)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.index import Wanted
from folkmoot.archive.index_posts import account_marks, find_posts
from folkmoot.archive.models import Account, Post
from folkmoot.archive.words import Query
from folkmoot.casefile.models import Case, Measure
from folkmoot.procedure.words import Outcome, Stage
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.find_posts import cases_about, key_in
from folkmoot.web.desk.going import READERS, go, note_reading
from folkmoot.web.desk.measure_fields import in_words
from folkmoot.web.desk.over_time import over_time_of
from folkmoot.web.desk.search import page_of, posts_shown
from folkmoot.web.desk.stakes import Closed, closed_to
from folkmoot.web.forms import Line, PlainForm

OPEN_FOR = timedelta(minutes=30)  # after the reason was given, in this session
CASES = 50
REASON_LIMIT = 200  # the log keeps 300 characters, and says what was opened as well
_OPENED = "histories"  # of the session: account to when its reason was given


class ReasonForm(PlainForm):
    """Why the history is opened, in somebody's own words."""

    reason = Line(
        limit=REASON_LIMIT,
        label=later("Why do you need to see it?"),
        help_text=later(
            "A post is decided on by what it says. Your reason is kept in the access log with your name and cannot be "
            "taken out again, so write no names and nothing private."
        ),
        error_messages={"required": later("Please write why: a few words are enough.")},
    )

    def clean_reason(self) -> str:
        """Refuse what says nothing."""
        reason: str = self.cleaned_data["reason"]
        if sum(char.isalpha() for char in reason) < 8:
            raise forms.ValidationError(_("Please write a few words, so that others can understand it later."))
        return reason


@officer(*READERS)
def history(request: OfficerRequest, account: int) -> HttpResponse:
    """Ask why; then show posts, cases and what became of them for half an hour, noting each look."""
    found = Account.objects.within(request.org).select_related("platform").filter(pk=account).first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {"account": found, "form": form, "name": words.account(found)}
    if _is_own(request, found):
        return render(request, "desk/history.html", {**context, "own": True}, status=403)
    if request.method == "POST" and form.is_valid():
        note_reading(request, f"history of account {found.pk}: {form.cleaned_data['reason']}")
        request.session[_OPENED] = {**request.session.get(_OPENED, {}), str(found.pk): request.now.isoformat()}
        return go(request, "history", account=found.pk)
    if request.method == "POST" or not _is_open(request, found):
        return render(request, "desk/history.html", context, status=422 if form.errors else 200)
    note_reading(request, f"history of account {found.pk}")
    return render(request, "desk/history.html", {**context, "opened": True, **_shown(request, found)})


def _is_open(request: OfficerRequest, account: Account) -> bool:
    given = request.session.get(_OPENED, {}).get(str(account.pk))
    return bool(given) and datetime.fromisoformat(given) > request.now - OPEN_FOR


def _is_own(request: OfficerRequest, account: Account) -> bool:
    """Say whether the account is known to be the reader's: nobody looks behind their own matters (D9, D30)."""
    if account.claims.filter(person=request.person, until=None).exists():
        return True
    newest = account.contacts.order_by("-added_at", "-pk").values_list("address", flat=True).first()
    return bool(newest) and str(newest).casefold() == request.person.email.casefold()


def _shown(request: OfficerRequest, account: Account) -> dict[str, Any]:
    wanted = Wanted(request.org.pk, marks=(account_marks([account.pk]),))
    page = page_of(
        wanted, find_posts, lambda keys: posts_shown(request, keys), before=key_in(request.GET.get("before", ""))
    )
    closed = closed_to(request.person)
    cases = _cases(request, account, closed)
    counts = cases.order_by().values("outcome", "standing").annotate(n=Count("pk"))
    measures = Measure.objects.within(request.org).filter(account=account).select_related("account", "platform")
    return {
        "page": page,
        "about": cases_about(page.found, reader=request.person, closed=closed),
        "asked": Query(()),
        "posts": Post.objects.within(request.org).filter(account=account).exclude(cases__sealed=True).count(),
        "cases": [_row(case) for case in cases.select_related("platform", "post")[:CASES]],
        "figures": _figures(counts),
        "measures": [in_words(one) for one in measures.filter(ended_at=None).order_by("pk")],
        **over_time_of(request, account),
    }


def _cases(request: OfficerRequest, account: Account, closed: Closed) -> QuerySet[Case]:
    """Return the cases about the account that are not closed to the reader, the newest first."""
    about = Q(post__account=account) | Q(account=account)
    every = Case.objects.within(request.org).filter(about, sealed=False).exclude(post__cases__sealed=True)
    barred = closed.among(every.values_list("pk", flat=True))
    return every.exclude(pk__in=barred).order_by("-opened_at", "-pk")


def _figures(counts: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Return how many cases ended how; what was overturned does not count, and is said so."""
    figures: dict[str, int] = {}
    for row in counts:
        if not row["outcome"]:
            said = _("not decided yet")
        elif not row["standing"]:
            said = _("overturned")
        else:
            said = str(words.OUTCOMES[Outcome(row["outcome"])]).lower()
        figures[said] = figures.get(said, 0) + row["n"]
    return sorted(figures.items(), key=lambda figure: -figure[1])


def _row(case: Case) -> dict[str, Any]:
    return {
        "number": case.pk,
        "place": words.place(case),
        "at": case.opened_at,
        "outcome": str(words.OUTCOME_DONE[Outcome(case.outcome)]) if case.outcome else _("not decided yet"),
        "overturned": bool(case.outcome) and not case.standing,
        "stage": words.STAGES[Stage(case.stage)],
        "sign": words.STAGE_SIGNS[Stage(case.stage)],
    }
