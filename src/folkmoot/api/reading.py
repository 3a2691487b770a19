"""What a caller may read of cases: the pages' own rules, with the sentences that the pages would show."""

from folkmoot.api.caller import Caller
from folkmoot.api.problems import INTEREST_FIRST, REFUSED, Refusal
from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import Stage
from folkmoot.steps.standing import declared, involvement
from folkmoot.web.desk import casework, words
from folkmoot.web.desk.evidence import known_time
from folkmoot.web.desk.going import BY_NECESSITY, is_open_to, note_reading, opens_by_necessity, the_case

NECESSITY = "By-Necessity"  # the header by which somebody says that they act although they should stand aside (D42)


def open_case(request: Caller, number: int, *, necessity: str = "") -> Case:
    """Return the case of this organisation that is open to the caller (D30), or raise why it is not.

    That is `Http404` for one that is not there, the problem `interest-first` before the owner of the token has said
    whether they have a part in it, and `refused` where they have one. Where nobody else is free it opens to a request
    with the header `By-Necessity: yes`, or with the reason for it in `necessity`, and that is written down.
    """
    return opened(request, the_case(request, number), necessity=necessity)


def opened(request: Caller, case: Case, *, necessity: str = "") -> Case:
    """Return `case` if it is open to the caller, or raise why it is not; see `open_case`."""
    if is_open_to(case, request):
        return case
    necessary = opens_by_necessity(case, request)
    if necessary and (necessity or request.headers.get(NECESSITY, "").lower() == "yes"):
        request.session[BY_NECESSITY] = [case.pk]  # of this request: there is no other
        note_reading(request, "opened by necessity", case)
        return case
    why = involvement(case, request.person)
    if not why and declared(case, request.person) is None and case.stage != Stage.FINAL:
        raise Refusal(INTEREST_FIRST, matter=_what_it_is(case))
    raise Refusal(
        REFUSED, why or "You have an interest in this matter, so it is closed to you.", by_necessity=necessary
    )


def _what_it_is(case: Case) -> dict[str, object]:
    """Return only what is needed to know whether one is part of the matter."""
    post = case.post
    at = known_time(post) if post else None
    return {
        "place": words.place(case),
        "about": words.kinds_said(casework.kinds(list(case.papers.filter(kind=Paper.Kind.REPORT)))),
        "author": words.author(post),
        "at": at.isoformat() if at else None,
    }
