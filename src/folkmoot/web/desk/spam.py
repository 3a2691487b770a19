"""Spam with one tap, one case or many: each goes by itself, and what does not go says why (Me)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from folkmoot.casefile.models import Case
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import FolkmootError
from folkmoot.kernel.text import whole_number
from folkmoot.procedure.words import Role
from folkmoot.steps.decide_spam import decide_spam, spam_clause
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import go
from folkmoot.web.desk.news import require_fresh

MOST = 50  # cases at once
_CODE = "spam_code"  # session key: the clause that spam goes under, where the rules do not say


@require_POST
@officer(Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)
def spam(request: OfficerRequest) -> HttpResponse:
    """Take down as spam what was chosen; where the rules have no clause about it, ask once which one it goes under."""
    numbers = [number for one in request.POST.getlist("case") if (number := whole_number(one)) is not None]
    cases = list(Case.objects.within(request.org).select_related("policy").filter(pk__in=numbers[:MOST]).order_by("pk"))
    if not cases:
        return go(request, "queue", say=_("Please choose at least one case first."))
    code = request.POST.get("code", "") or request.session.get(_CODE, "")
    choice = _to_choose(cases, code)
    if choice:
        return render(request, "desk/spam.html", {"cases": cases, "clauses": choice})
    if request.POST.get("code"):
        request.session[_CODE] = request.POST["code"]
    gone = 0
    for case in cases:
        try:
            require_fresh(request, case)
            decide_spam(case.pk, code=code, by=request.person, at=request.now)
        except FolkmootError as error:
            messages.error(request, _("Case %(number)d stays: %(why)s") % {"number": case.pk, "why": error})
        else:
            gone += 1
    if gone:
        said = ngettext(
            "%(n)d case is decided as spam. Its author gets the standard notice.",
            "%(n)d cases are decided as spam. Their authors get the standard notice.",
            gone,
        )
        messages.success(request, said % {"n": gone})
    if request.POST.get("from") == "case":
        return go(request, "case", case=cases[0].pk)
    return go(request, "queue")


def _to_choose(cases: list[Case], code: str) -> list[Clause]:
    """Return the grounds to choose from, when a case's rules say nothing of spam and nobody has chosen for them."""
    for case in cases:
        if spam_clause(case.policy) is None:
            grounds = list(case.policy.clauses.filter(kind="ground"))
            if code not in {clause.code for clause in grounds}:
                return grounds
    return []
