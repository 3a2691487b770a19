"""The same for many cases at once: each goes by itself, and what does not go says why."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from folkmoot.casefile.models import Case
from folkmoot.kernel.errors import FolkmootError, NotPermitted
from folkmoot.kernel.text import whole_number
from folkmoot.procedure.words import Lane, Step
from folkmoot.steps.claim import claim
from folkmoot.steps.decide_spam import why_not_spam
from folkmoot.steps.release import release
from folkmoot.steps.set_lane import set_lane
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.asked import asked_by
from folkmoot.web.desk.fitting import open_to
from folkmoot.web.desk.going import READERS, SeeOther, address, is_open_to
from folkmoot.web.desk.lanes import LANES, lane_hints
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.rows import rows
from folkmoot.web.forms import LINE_LIMIT, Line, PlainForm
from folkmoot.web.look.widgets import ChoiceCards

MOST = 50  # cases at once
_DONE = "done_with_many"  # session key: what was done last, to whichever cases, and when
_OFFERED = timedelta(minutes=2)
_BACK = {"claim": "release", "release": "claim"}


class LaneOfMany(PlainForm):
    """The lane that all of them go to, and why."""

    lane = forms.ChoiceField(label=later("Which lane?"))
    reason = Line(limit=LINE_LIMIT, label=later("Why?"), help_text=later("It stays on the record of each."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lane"]
        if isinstance(field, forms.ChoiceField):
            field.widget = ChoiceCards(hints=lane_hints())
            field.choices = [(lane.value, LANES[lane]) for lane in Lane]


@dataclass(frozen=True)
class Back:
    """What was just done to many, and can be turned back."""

    said: str
    do: str
    button: str
    cases: list[int]


@require_POST
@officer(*READERS)
def many(request: OfficerRequest) -> HttpResponse:
    """Say what will happen to the cases that were selected, and do it once that was confirmed."""
    do = request.POST.get("do", "")
    back = f"{address(request, 'queue')}?{asked_by(QueryDict(request.POST.get('asked', '')[:500])).query}".rstrip("?")
    cases = _chosen(request)
    if do not in _STEPS or not cases:
        messages.error(request, _("Please choose at least one case first, and say what to do with them."))
        return SeeOther(back)
    form = LaneOfMany(request.POST if "sure" in request.POST else None) if do == "lane" else None
    if do != "spam" and "sure" in request.POST and (form is None or form.is_valid()):
        _do(request, do, cases, form.cleaned_data if form else {})
        return SeeOther(back)
    against = {case.pk: _against(request, do, case) for case in cases}
    shown = rows(request, cases)
    context = {
        "do": do,
        "asked": request.POST.get("asked", "")[:500],
        "back": back,
        "form": form,
        "going": [row for row in shown if not against[row.case.pk]],
        "staying": [(row, against[row.case.pk]) for row in shown if against[row.case.pk]],
        **_said(do, sum(not why for why in against.values())),
    }
    return render(request, "desk/many.html", context, status=422 if form and form.errors else 200)


def done_with_many(request: OfficerRequest) -> Back | None:
    """Return what the reader has just done to many cases, as far as it can be turned back."""
    kept = request.session.get(_DONE)
    if not kept or datetime.fromisoformat(kept["at"]) < request.now - _OFFERED:
        return None
    holder = request.person if kept["do"] == "claim" else None
    cases = list(open_to(request).filter(pk__in=kept["cases"], claimed_by=holder).values_list("pk", flat=True))
    if not cases:
        return None
    count = len(cases)
    if kept["do"] == "claim":
        said = ngettext("You have just taken %(n)d case.", "You have just taken %(n)d cases.", count)
        return Back(said % {"n": count}, "release", _("Put them back"), cases)
    said = ngettext("You have just put %(n)d case back.", "You have just put %(n)d cases back.", count)
    return Back(said % {"n": count}, "claim", _("Take them again"), cases)


def _chosen(request: OfficerRequest) -> list[Case]:
    typed = request.POST.getlist("case")
    numbers = [number for one in typed if (number := whole_number(one)) is not None][:MOST]
    found = (
        open_to(request)
        .filter(pk__in=numbers)
        .select_related("platform", "post__account", "claimed_by", "org", "procedure_edition", "policy")
    )
    return sorted(found, key=lambda case: numbers.index(case.pk))


def _against(request: OfficerRequest, do: str, case: Case) -> str:
    """Return why the case will not go, as far as that is known before; empty when nothing is against it."""
    if do == "lane" and not is_open_to(case, request):
        return _("Please open it first, and say whether you have a part in it.")
    if do == "claim" and case.claimed_by and case.claimed_by_id != request.person.pk:
        return _("%(name)s has it.") % {"name": case.claimed_by.name}
    if do == "release" and case.claimed_by is None:
        return _("Nobody has it.")
    return refusal(case, request, _STEPS[do]) or (why_not_spam(case) if do == "spam" else "")


def _do(request: OfficerRequest, do: str, cases: Iterable[Case], given: dict[str, Any]) -> None:
    def set_its_lane(case: Case) -> object:
        if not is_open_to(case, request):
            raise NotPermitted(_("Please open it first, and say whether you have a part in it."))
        return set_lane(case.pk, Lane(given["lane"]), reason=given["reason"], by=request.person, at=request.now)

    take: dict[str, Callable[[Case], object]] = {
        "claim": lambda case: claim(case.pk, by=request.person, at=request.now),
        "release": lambda case: release(case.pk, by=request.person, at=request.now),
        "lane": set_its_lane,
    }
    done, refused = [], defaultdict(list)
    for case in cases:
        try:
            take[do](case)
        except FolkmootError as error:
            refused[str(error)].append(case.pk)
        else:
            done.append(case.pk)
    for why, numbers in refused.items():
        named = ", ".join(map(str, numbers))
        said = ngettext("Case %(numbers)s stays: %(why)s", "Cases %(numbers)s stay: %(why)s", len(numbers))
        messages.error(request, said % {"numbers": named, "why": why})
    if done and do == "lane":
        said = ngettext("%(n)d case has moved.", "%(n)d cases have moved.", len(done))
        messages.success(request, said % {"n": len(done)})
    if done and do in _BACK:
        request.session[_DONE] = {"do": do, "cases": done, "at": request.now.isoformat()}


_STEPS = {"claim": Step.CLAIM, "release": Step.RELEASE, "lane": Step.SET_LANE, "spam": Step.DECIDE}


def _said(do: str, count: int) -> dict[str, str]:
    """Return the page's title, what will happen, and what its button says."""
    named = {"n": count}
    match do:
        case "claim":
            return {
                "title": ngettext("Take %(n)d case?", "Take %(n)d cases?", count) % named,
                "lead": _("The others see that you have them. Every time to answer runs on."),
                "button": ngettext("Take it", "Take all %(n)d", count) % named,
            }
        case "release":
            return {
                "title": ngettext("Put %(n)d case back?", "Put %(n)d cases back?", count) % named,
                "lead": _("Anybody can take them then. Every time to answer runs on."),
                "button": ngettext("Put it back", "Put all %(n)d back", count) % named,
            }
        case "lane":
            return {
                "title": ngettext("Put %(n)d case in a lane?", "Put %(n)d cases in a lane?", count) % named,
                "lead": _(
                    "In the emergency lane and for legal complaints a clock of its own begins, and everybody who can "
                    "act is told now. No time limit that runs already is stopped."
                ),
                "button": ngettext("Move it", "Move all %(n)d", count) % named,
            }
    return {
        "title": ngettext("Take %(n)d post down as spam?", "Take %(n)d posts down as spam?", count) % named,
        "lead": _(
            "Each author gets the standard notice and may appeal. You say by it that you have no part in the matter. "
            "For a minute you can take it back."
        ),
        "button": ngettext("Take it down as spam", "Take all %(n)d down as spam", count) % named,
    }
