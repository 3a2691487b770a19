"""People: inviting them, what they do here, who acts for them, whose account is whose, and handing over."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext

from folkmoot.api.caller import Caller
from folkmoot.api.door import require_scope
from folkmoot.api.people_shapes import (
    ClaimSent,
    ClaimShown,
    CoverSent,
    CoverShown,
    DigestSent,
    EndClaimSent,
    Invitation,
    InvitationSent,
    Invited,
    MovingShown,
    PassingSent,
    People,
    PersonInList,
    PersonShown,
    RoleSent,
)
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number
from folkmoot.archive.models import AccountClaim, Platform
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Cover, Digest, OneTimeLink, Person, Scope
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.claim_account import claim_handle
from folkmoot.steps.end_claim import end_claim
from folkmoot.steps.end_cover import end_cover
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.invite_person import invite_person, mail_invitation, reissue_invitation
from folkmoot.steps.pass_cases import Moving, pass_cases, what_moves
from folkmoot.steps.set_cover import COVERABLE, set_cover
from folkmoot.steps.set_digest import set_digest
from folkmoot.steps.withdraw_invitation import withdraw_invitation
from folkmoot.web.desk.going import note_reading

router = Routes("People")
ADMINISTRATORS = (Role.ADMINISTRATOR,)


@router.reads("/people", offices=ADMINISTRATORS, returns=People)
def people(request: Caller) -> People:
    """Everybody who is known here, and what they do."""
    found = Person.objects.within(request.org).order_by("name", "pk")
    return People(people=[_in_list(request, one) for one in found])


@router.writes("/people", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=Invited, status=201)
def inviting(request: Caller, said: InvitationSent) -> Invited:
    """Invite somebody, with their roles. With `mail` they get the link; it is read with the scope `invite` only."""
    link = invite_person(
        request.org, name=said.name, email=said.email, roles=set(said.roles), by=request.person, at=request.now
    )
    if said.mail and settings.MAIL is not None and link.person is not None:
        mail_invitation(link.person, link, at=request.now)
    return _invited(link)


@router.reads("/people/{int:person}", offices=ADMINISTRATORS, returns=PersonShown)
def person(request: Caller, person: Number) -> PersonShown:
    """One person, who acts for them, and which accounts are theirs."""
    return _shown(request, the_person(request, person))


@router.reads("/people/{int:person}/invitation", scope=Scope.INVITE, offices=ADMINISTRATORS, returns=Invitation)
def link(request: Caller, person: Number) -> Invitation:
    """The link by which somebody who is invited signs in, to be handed to them and to nobody else.

    Whoever has it can sign in as them: so it takes a scope of its own, and that it was read is written down.
    """
    found = the_person(request, person)
    links = OneTimeLink.objects.filter(person=found, purpose=OneTimeLink.Purpose.INVITATION, used_at=None)
    open_one = links.filter(expires_at__gt=request.now).order_by("-pk").first()
    if open_one is None:
        raise Http404
    note_reading(request, f"invitation of person {found.pk}")
    return Invitation(address=one_time_link(open_one), expires_at=open_one.expires_at)


@router.writes(
    "/people/{int:person}/invitation", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=Invited, status=201
)
def invitation(request: Caller, person: Number) -> Invited:
    """Make a new invitation; the one before is worthless from now on."""
    return _invited(reissue_invitation(the_person(request, person), by=request.person, at=request.now))


@router.writes(
    "/people/{int:person}/invitation",
    method="DELETE",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=PersonShown,
)
def withdrawing(request: Caller, person: Number) -> PersonShown:
    """Withdraw an invitation that nobody has used, and with it the roles that came with it."""
    withdraw_invitation(the_person(request, person), by=request.person, at=request.now)
    return _shown(request, the_person(request, person))


@router.writes("/people/{int:person}/roles", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=PersonShown, status=201)
def giving(request: Caller, person: Number, said: RoleSent) -> PersonShown:
    """Give somebody a role, from now on."""
    found = the_person(request, person)
    give_role(found, said.role, by=request.person, at=request.now)
    return _shown(request, the_person(request, person))


@router.writes(
    "/people/{int:person}/roles/{str:role}",
    method="DELETE",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=PersonShown,
)
def ending(request: Caller, person: Number, role: Role) -> PersonShown:
    """End a role, and with it whatever cover there is for it."""
    end_role(the_person(request, person), role, by=request.person, at=request.now)
    return _shown(request, the_person(request, person))


@router.writes("/people/{int:person}/covers", scope=Scope.DESK, offices=OFFICES, returns=CoverShown, status=201)
def covering(request: Caller, person: Number, said: CoverSent) -> CoverShown:
    """Let somebody act for another: an administrator for everybody, with the scope `desk` everybody for themselves."""
    found = the_person(request, person)
    _require_own_or_administrator(request, found)
    if found.pk != request.person.pk or said.role == Role.ADMINISTRATOR:
        require_scope(request.token, Scope.ADMIN)  # what is done for others, whatever the route is for
    other = Person.objects.within(request.org).filter(pk=said.covering).first()
    if other is None:
        raise BadInput(gettext("There is nobody with this number."), field="covering")
    if said.role not in COVERABLE:
        raise BadInput(
            gettext("Nobody sits on the Executive in another’s place: its members are elected."), field="role"
        )
    cover = set_cover(found, other, said.role, first=said.first, last=said.last, by=request.person, at=request.now)
    return _cover(cover)


@router.writes("/covers/{int:cover}", method="DELETE", scope=Scope.DESK, offices=OFFICES, returns=CoverShown)
def back(request: Caller, cover: Number) -> CoverShown:
    """End it: whoever was away is back, or whoever acts for them cannot after all."""
    found = Cover.objects.within(request.org).select_related("org", "person", "covering").filter(pk=cover).first()
    involved = found is not None and request.person.pk in (found.person_id, found.covering_id)
    if found is None or not (involved or Role.ADMINISTRATOR in request.offices):
        raise Http404
    if not involved:
        require_scope(request.token, Scope.ADMIN)  # what is done for others, whatever the route is for
    return _cover(end_cover(found, by=request.person, at=request.now))


@router.writes(
    "/people/{int:person}/accounts", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=ClaimShown, status=201
)
def claiming(request: Caller, person: Number, said: ClaimSent) -> ClaimShown:
    """Write down whose account it is: nobody acts on their own posts."""
    place = Platform.objects.within(request.org).filter(pk=said.place).first()
    if place is None:
        raise BadInput(gettext("There is no place with this number."), field="place")
    found = the_person(request, person)
    claim = claim_handle(place, said.handle, found, evidence=said.evidence, by=request.person, at=request.now)
    return _claim(claim)


@router.writes("/claims/{int:claim}/end", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=ClaimShown, status=201)
def not_theirs(request: Caller, claim: Number, said: EndClaimSent) -> ClaimShown:
    """Say that an account is not theirs after all; it stays on the record that it was thought so."""
    found = AccountClaim.objects.within(request.org).select_related("org", "account").filter(pk=claim).first()
    if found is None:
        raise Http404
    return _claim(end_claim(found, reason=said.reason, by=request.person, at=request.now))


@router.reads("/people/{int:person}/passing", offices=ADMINISTRATORS, returns=MovingShown)
def moving(request: Caller, person: Number) -> MovingShown:
    """What would go with all roles of somebody, but for administration."""
    found = the_person(request, person)
    roles = found.own_offices(at=request.now) - {Role.ADMINISTRATOR}
    return _moving(what_moves(found, roles, at=request.now))


@router.writes(
    "/people/{int:person}/passing", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=MovingShown, status=201
)
def passing(request: Caller, person: Number, said: PassingSent) -> MovingShown:
    """After the annual meeting: let somebody take over another’s roles, places and open cases in one step."""
    incoming = Person.objects.within(request.org).select_related("org", "user").filter(pk=said.incoming).first()
    if incoming is None:
        raise BadInput(gettext("There is nobody with this number."), field="incoming")
    outgoing = the_person(request, person)
    return _moving(pass_cases(outgoing, incoming, roles=set(said.roles), by=request.person, at=request.now))


@router.writes("/me/digest", method="PUT", scope=Scope.DESK, offices=OFFICES, returns=DigestSent)
def digest(request: Caller, said: DigestSent) -> DigestSent:
    """Say how often you want one mail with what waits for you."""
    set_digest(request.person.pk, said.digest, by=request.person, at=request.now)
    return said


def the_person(request: Caller, number: int) -> Person:
    """Return the person of this organisation, or raise `Http404`."""
    found = Person.objects.within(request.org).select_related("org", "user").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _require_own_or_administrator(request: Caller, found: Person) -> None:
    if found.pk != request.person.pk and Role.ADMINISTRATOR not in request.offices:
        raise Http404


def _in_list(request: Caller, one: Person) -> PersonInList:
    return PersonInList(
        number=one.pk,
        name=one.name,
        email=one.email,
        roles=sorted(one.own_offices(at=request.now)),
        acts_as=sorted(one.offices(at=request.now)),
        digest=Digest(one.digest),
    )


def _shown(request: Caller, one: Person) -> PersonShown:
    covers = Cover.objects.filter(
        Q(person=one) | Q(covering=one), Q(until=None) | Q(until__gt=request.now), ended_at=None
    )
    claims = AccountClaim.objects.within(request.org).filter(person=one).select_related("account").order_by("pk")
    return PersonShown(
        **_in_list(request, one).model_dump(),
        covers=[_cover(cover) for cover in covers.order_by("since", "pk")],
        accounts=[_claim(claim) for claim in claims],
    )


def _cover(one: Cover) -> CoverShown:
    return CoverShown(
        number=one.pk,
        person=one.person_id,
        covering=one.covering_id,
        role=Role(one.role),
        since=one.since,
        until=one.ended_at or one.until,
    )


def _claim(one: AccountClaim) -> ClaimShown:
    return ClaimShown(
        number=one.pk,
        account=str(one.account),
        place=one.account.platform_id,
        evidence=one.evidence,
        added_at=one.added_at,
        until=one.until,
    )


def _invited(link: OneTimeLink) -> Invited:
    if link.person_id is None:
        raise AssertionError("an invitation is for somebody")
    return Invited(person=link.person_id, needs_link=link.used_at is None, expires_at=link.expires_at)


def _moving(said: Moving) -> MovingShown:
    return MovingShown(
        roles=said.roles,
        places=[place.pk for place in said.places],
        cases=sorted({case.pk for case in (*said.taken, *said.waiting)}),
    )
