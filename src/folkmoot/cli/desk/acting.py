"""Who acts at the command line, and which case opens to them: asked, refused and noted as on the pages."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404
from django.utils import timezone

from folkmoot.casefile.models import Case
from folkmoot.cli.asking import ask_interest, at_terminal
from folkmoot.cli.target import only_organisation
from folkmoot.config.clock import now
from folkmoot.config.readiness import require_current
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Organisation, Person, User
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.standing import declared, involvement
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.going import (
    BY_NECESSITY,
    READERS,
    is_open_to,
    note_reading,
    opens_by_necessity,
    the_case,
)

HERE = "at the command line"  # in the access log, beside what was read


@dataclass(frozen=True)
class Interest:
    """What somebody says of their part in the matter: `none` of it, or in their own words which; or nothing yet."""

    none: bool = False
    nature: str = ""
    necessity: str = ""  # why they act although they should stand aside, where nobody else is free (D42)


def acting(org: str | None, email: str) -> OfficerRequest:
    """Return who acts, for which organisation and when, as the desk's pages are asked.

    Raises `BadInput` where there is nobody with that address, `NotPermitted` where they hold no office that reads
    cases. No second factor is asked for: whoever can type this can read the database as well.
    """
    require_current()
    owner, at = only_organisation(org), now()
    person = Person.objects.within(owner).filter(email=email.strip().casefold()).select_related("org", "user").first()
    if person is None:
        raise BadInput(f"{owner.name} knows nobody with the address {email!r}. ./folkmoot user list.", field="as")
    offices = person.offices(at=at)
    user = person.user
    if user is None or not user.is_active or not offices & set(READERS):
        raise NotPermitted(
            f"{person.name} is not one of those who work on cases: moderators, the Secretary, the Executive."
        )
    return _asked(owner, person, user, offices, at)


def opened(request: OfficerRequest, number: int, interest: Interest) -> Case:
    """Return the case, once its reader has said that they have no part in it (D30); what they say is filed.

    Raises `BadInput` for a case that is not there, `NotPermitted` for one that is closed to them.
    """
    case = _found(request, number)
    if interest.nature:
        declare_interest(case.pk, interested=True, nature=interest.nature, by=request.person, at=request.now)
        raise NotPermitted("Thank you for saying so. Somebody else will act.")
    if is_open_to(case, request):
        return case
    why = involvement(case, request.person)
    if why and interest.necessity and opens_by_necessity(case, request):
        request.session[BY_NECESSITY] = [case.pk]
        note_reading(request, f"opened by necessity, {HERE}", case)
        return case
    if why:
        raise NotPermitted(why)
    _ask(request, case, interest)
    return _found(request, number)


def _ask(request: OfficerRequest, case: Case, interest: Interest) -> None:
    """Let the reader say that the matter is none of theirs; raises `NotPermitted` unless they do."""
    if case.stage != Stage.FINAL and declared(case, request.person) is None:
        nature = None if interest.none else ask_interest(case) if at_terminal() else ""
        if nature is None:
            declare_interest(case.pk, interested=False, by=request.person, at=request.now)
            return
        if nature:
            declare_interest(case.pk, interested=True, nature=nature, by=request.person, at=request.now)
            raise NotPermitted("Thank you for saying so. Somebody else will act.")
    raise NotPermitted(
        "Before a case opens, say whether you are part of it: did you write or report it, is it about you or somebody "
        "close to you? --no-interest says that you are not, --interest WHAT that you are. Both go on the record."
    )


def _found(request: OfficerRequest, number: int) -> Case:
    try:
        return the_case(request, number)
    except (Http404, OverflowError):
        raise BadInput(f"{request.org.name} has no case {number}.", field="case") from None


def _asked(org: Organisation, person: Person, user: User, offices: frozenset[Role], at: datetime) -> OfficerRequest:
    request = OfficerRequest()
    request.org, request.now = org, at
    request.person, request.user, request.offices = person, user, offices
    request.session = SessionBase()
    timezone.activate(org.zone)  # days are those of the organisation, as on its pages
    return request
