"""Ways through the desk: finding what an address names, going on after a step, and noting who read what."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from folkmoot.archive.models import Post
from folkmoot.casefile.access import note_access
from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation
from folkmoot.members.prepared import prepared
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Role
from folkmoot.steps import opening
from folkmoot.steps.opening import closed_by
from folkmoot.steps.standing import Standing
from folkmoot.web.access import OfficerRequest
from folkmoot.web.drafts import arrived

# DP9: whoever only keeps the software running has no need to read a case.
READERS = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)
BY_NECESSITY = "by_necessity"  # of the session: the cases that are open in it although their reader should stand aside


class SeeOther(HttpResponseRedirect):
    """The answer after a step: look here now."""

    status_code = 303


def address(request: OfficerRequest, view: str, **named: Any) -> str:
    """Return the path of a view of the desk in the organisation's rooms."""
    return reverse(f"desk:{view}", kwargs={"org": request.org.slug, **named})


def go(request: OfficerRequest, view: str, *, say: str = "", **named: Any) -> SeeOther:
    """Lead on to a view of the desk, with a sentence on what has happened."""
    if say:
        arrived(request, say)
    return SeeOther(address(request, view, **named))


def the_case(request: OfficerRequest, number: int) -> Case:
    """Return the case of this organisation, or raise `Http404`."""
    found = next(iter(_cases(request.org, number)), None)
    if found is None:
        raise Http404
    return found


def the_task(request: OfficerRequest, number: int) -> Task:
    """Return the task of this organisation, or raise `Http404`."""
    found = (
        Task.objects.within(request.org)
        .select_related("case__org", "case__platform", "platform", "post__account", "paper", "grant", "ended_by")
        .select_related("measure__account", "measure__platform")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def the_post(request: OfficerRequest, number: int) -> Post:
    """Return the post of this organisation, or raise `Http404`."""
    found = Post.objects.within(request.org).select_related("account", "platform").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def standing_in(case: Case, request: OfficerRequest) -> Standing:
    """Return how the reader stands in the case as it is read here, the same each time that one page asks."""
    known: dict[tuple[int, int], Standing] = vars(request).setdefault("standings", {})
    key = (case.pk, case.seq)
    if key not in known:
        known[key] = Standing(case, request.person, at=request.now)
    return known[key]


def is_open_to(case: Case, request: OfficerRequest) -> bool:
    """Say whether the reader has declared no interest in the case and is no party to it (D30).

    Nobody is asked any more once it is final: then only parties are kept out. Where nobody else is free, it opens to
    whoever has said on its page that they act by necessity.
    """
    standing = standing_in(case, request)
    if not closed_by(case, said=standing.declared, why=standing.involvement):
        return True
    return case.pk in request.session.get(BY_NECESSITY, []) and opens_by_necessity(case, request)


def opens_by_necessity(case: Case, request: OfficerRequest) -> bool:
    """Say whether nobody else is free to answer what the case waits for, so that the reader may, with a reason."""
    return opening.opens_by_necessity(case, request.person, at=request.now)


def note_reading(request: OfficerRequest, what: str, case: Case | None = None) -> None:
    """Write down who opened what (DP9); `what` has at most 300 characters."""
    note_access(request.org, what, by=request.person, at=request.now, case=case)


@prepared
def _cases(org: Organisation, number: int) -> QuerySet[Case]:
    cases = Case.objects.within(org).filter(pk=number).select_related("org", "platform", "policy", "procedure_edition")
    return cases.select_related("post__account", "post__platform", "claimed_by")
