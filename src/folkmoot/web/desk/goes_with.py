"""What goes with a removed post, and what must not: each is looked at, and goes or stays by somebody's word (Md)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.casefile.models import Case
from folkmoot.casefile.papers import is_sealed
from folkmoot.kernel.errors import BadInput, FolkmootError
from folkmoot.kernel.text import whole_number
from folkmoot.procedure.cascade.proposal import Kind, Proposal
from folkmoot.procedure.words import Step
from folkmoot.steps.seen import caught_up
from folkmoot.steps.take_along import MOST, NO_PART, Going, removal, take_along
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import evidence
from folkmoot.web.desk.casework import papers_of
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.hanging import Hanging, hanging, spoken
from folkmoot.web.desk.news import news
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.said_of_posts import CHOICES, GO, STAY, Said, said_of
from folkmoot.web.desk.tie_words import KINDS, Tie, tie

PAGE = min(20, MOST)


@officer(*READERS)
def with_it(request: OfficerRequest, case: int) -> HttpResponse:
    """Show what hangs together with the removed post, and take what is said of each."""
    found = the_case(request, case)
    if not is_open_to(found, request) or is_sealed(found):
        return go(request, "case", case=found.pk)
    again = whole_number(request.POST.get("again", "") or request.GET.get("again", ""))
    hangs = hanging(request, found, again=[again] if again else [])
    page = Paginator(_first(hangs.to_say, again), PAGE).get_page(request.GET.get("page"))
    if request.method != "POST":
        note_reading(request, "what goes with it", found)
        said = [said_of(one, request.POST) for one in page.object_list]
        return _shown(request, found, hangs, page, said, again=again)
    # what was typed is of the posts that were shown then, whatever has become of the list since
    shown = [one for one in hangs.to_say if {f"choice-{one.key}", f"reasons-{one.key}"} & request.POST.keys()]
    said = [said_of(one, request.POST) for one in shown][:MOST]
    return _answered(request, found, hangs, page, said, again=again)


def _answered(
    request: OfficerRequest, case: Case, hangs: Hanging, page: Page[Proposal], said: list[Said], *, again: int | None
) -> HttpResponse:
    for answer, choice in (("all_go", GO), ("all_stay", STAY)):
        if answer in request.POST:
            note = _ticked([one for one in said if one.proposal.kind == request.POST[answer]], choice)
            return _shown(request, case, hangs, page, said, again=again, note=note)
    wanted = request.POST.get("go")
    if wanted == "change":
        return _shown(request, case, hangs, page, said, again=again)
    problem = _problem(said) or _not_there(request, said)
    if not problem and wanted == "send":
        try:
            return _sent(request, case, hangs, said)
        except BadInput as error:
            if error.field == "no_part":
                return _check(request, case, hangs, page, said, again=again, problem=str(error))
            problem = _put(error, said)
        except FolkmootError as error:
            problem = _put(error, said)
    if problem or any(one.error for one in said):
        return _shown(request, case, hangs, page, said, again=again, problem=problem)
    return _check(request, case, hangs, page, said, again=again)


def _ticked(alike: Sequence[Said], choice: str) -> str:
    """Choose the same for posts of one kind, and return what to say of it.

    D20: what seems to condemn the removed post is never let go by the dozen.
    """
    left = [one for one in alike if choice == GO and one.proposal.condemns]
    for one in alike:
        if one not in left:
            one.choice = choice
    if left:
        return _("Ticked, but for what seems to condemn it. Please look at each of them, then go on below.")
    return _("Ticked. Please look at each of them, then go on below.")


def _sent(request: OfficerRequest, case: Case, hangs: Hanging, said: Sequence[Said]) -> SeeOther:
    going = [Going(one.key, one.reasons, by_itself=one.by_itself) for one in said if one.goes]
    left = [one.key for one in said if one.stays]
    seen = whole_number(request.POST.get("seen", ""))
    if seen is None:
        raise BadInput(_("This form came back incomplete. Please open the page again."))
    no_part = request.POST.get("no_part") == "yes"
    now = caught_up(case, seen)
    take_along(case.pk, going=going, left=left, no_part=no_part, by=request.person, at=request.now, seen=now)
    told = ngettext(
        "%(n)d post goes with it, and its author is told.",
        "%(n)d posts go with it, and each author is told.",
        len(going),
    ) % {"n": len(going)}
    stay = ngettext("%(n)d post stays.", "%(n)d posts stay.", len(left)) % {"n": len(left)}
    more = len(hangs.to_say) > len(going) + len(left) or hangs.more
    return go(
        request,
        "with_it" if more else "case",
        say=" ".join([*([told] if going else []), *([stay] if left else [])]),
        case=case.pk,
    )


def _problem(said: Sequence[Said]) -> str:
    """Return what is wrong with the whole; what is wrong with one is put at it."""
    for one in said:
        one.check()
    if any(one.error for one in said):
        return ""
    if not any(one.goes or one.stays for one in said):
        return _("Please choose at least one post, to go or to stay.")
    return ""


def _not_there(request: OfficerRequest, said: Sequence[Said]) -> str:
    """Return what to say where a post that was to go is not among those that can be spoken of any more."""
    known = {f"choice-{one.key}" for one in said}
    gone = sum(name.startswith("choice-") and request.POST[name] == GO and name not in known for name in request.POST)
    return (
        ngettext(
            "%(n)d post that you chose is not here any more: somebody has spoken about it. Please look again.",
            "%(n)d posts that you chose are not here any more: somebody has spoken about them. Please look again.",
            gone,
        )
        % {"n": gone}
        if gone
        else ""
    )


def _put(error: FolkmootError, said: Sequence[Said]) -> str:
    """Put an error at its post; return it as a sentence for the top where it belongs to none that is shown."""
    field = getattr(error, "field", "")
    at = next((one for one in said if field == f"post-{one.key}"), None)
    if at is None:
        return str(error)
    at.error = str(error)
    return ""


def _shown(
    request: OfficerRequest,
    case: Case,
    hangs: Hanging,
    page: Page[Proposal],
    said: Sequence[Said],
    *,
    again: int | None,
    problem: str = "",
    note: str = "",
) -> HttpResponse:
    papers, seen = papers_of(case), whole_number(request.POST.get("seen", ""))
    wrong = [one for one in said if one.error]
    kinds = Counter(one.proposal.kind for one in said)
    context = {
        "case": case,
        "rows": [(one, _tie(hangs, one.proposal)) for one in said],
        "page_obj": page,
        "total": len(hangs.to_say),
        "kinds": [(kind, KINDS[kind], kinds[kind]) for kind in Kind if kinds[kind] > 1],
        "elsewhere": [_tie(hangs, one) for one in hangs.elsewhere],
        "earlier": [_tie(hangs, one) for one in hangs.earlier],
        "left_out": hangs.left_out,
        "own": hangs.own,
        "spoken": spoken(request, case, papers),
        "removed": evidence.kept(case, papers),
        "stands": removal(case) is not None,
        "why_not": refusal(case, request, Step.TAKE_ALONG),
        "problem": problem,
        "news": news(case, seen) if problem and seen is not None else [],
        "wrong": wrong,
        "note": note,
        "again": again,
        "choices": CHOICES.items(),
    }
    return render(request, "desk/goes_with.html", context, status=422 if problem or wrong else 200)


def _check(
    request: OfficerRequest,
    case: Case,
    hangs: Hanging,
    page: Page[Proposal],
    said: Sequence[Said],
    *,
    again: int | None,
    problem: str = "",
) -> HttpResponse:
    """Show what was chosen, with what has to be said of all of it (D30)."""
    context: dict[str, Any] = {
        "case": case,
        "said": said,
        "going": [(one, _tie(hangs, one.proposal)) for one in said if one.goes],
        "left": [(one, _tie(hangs, one.proposal)) for one in said if one.stays],
        "usual": list(dict.fromkeys(one.reasons for one in said if one.goes and one.is_usual)),
        "page_obj": page,
        "again": again,
        "seen": request.POST.get("seen", ""),
        "action": address(request, "with_it", case=case.pk),
        "no_part": NO_PART,
        "problem": problem,
    }
    return render(request, "desk/goes_with_check.html", context, status=422 if problem else 200)


def _tie(hangs: Hanging, proposal: Proposal) -> Tie:
    return tie(proposal, hangs.posts[proposal.key], hangs.cases.get(proposal.key))


def _first(proposals: Sequence[Proposal], again: int | None) -> list[Proposal]:
    return sorted(proposals, key=lambda one: one.key != again)
