"""After the annual meeting: one person's roles, places and open cases go to another in one step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from folkmoot.archive.models import Operator, Platform
from folkmoot.casefile.models import Case, Duty
from folkmoot.casefile.record import Actor, enter_register, locked, procedure_of
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation, Person
from folkmoot.notices.letters import cases_passed_on
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.promise import promise_mail
from folkmoot.procedure.words import OFFICES, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import enter_role
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.office import require_office, require_same

_TAKEN = (Stage.RECEIVED, Stage.SECOND_LOOK, Stage.APPEALED)


@dataclass(frozen=True)
class Moving:
    """What goes from one person to another."""

    roles: list[Role]
    places: list[Platform]
    taken: list[Case]  # by the outgoing person: they go back to the queue, where the time runs on
    waiting: list[Case]  # open cases that wait for one of the roles

    @property
    def count(self) -> int:
        """How many open cases it is about."""
        return len({case.pk for case in (*self.taken, *self.waiting)})


@transaction.atomic
def pass_cases(outgoing: Person, incoming: Person, *, roles: Collection[Role], by: Actor, at: datetime) -> Moving:
    """Let `incoming` hold `roles` from now on instead of `outgoing`, and tell them what came with it.

    Raises `NotPermitted`, or `BadInput` (field "roles" or "incoming").
    """
    org = Organisation.objects.select_for_update(no_key=True).get(pk=outgoing.org_id)
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    require_same(org, incoming.org)
    _require_possible(outgoing, incoming, roles, at=at)
    moving = what_moves(outgoing, roles, at=at)
    held = incoming.own_offices(at=at)
    for role in moving.roles:
        if role not in held:
            enter_role(incoming, role, by=by, at=at)
        end_role(outgoing, role, by=by, at=at)
    for place in moving.places:
        if not Operator.objects.filter(platform=place, person=incoming, until=None).exists():
            name_operator(place, incoming, by=by, at=at)
    for case in moving.taken:
        _release(case.pk, by=by, at=at)
    facts = {"from": outgoing.pk, "to": incoming.pk, "roles": moving.roles}
    cases = {"taken": [case.pk for case in moving.taken], "waiting": [case.pk for case in moving.waiting]}
    enter_register(org, "pass_cases", by=by, at=at, facts={**facts, **cases})
    _tell(org, incoming, moving, at=at)
    return moving


def what_moves(outgoing: Person, roles: Collection[Role], *, at: datetime) -> Moving:
    """Return what would go with these roles: for a look at it before it happens."""
    wanted = [role for role in reversed(OFFICES) if role in roles]  # an administrator's own role goes last
    places = Platform.objects.none()
    taken = Case.objects.none()
    if Role.MODERATOR in wanted:
        rows = Operator.objects.filter(person=outgoing, until=None)
        places = Platform.objects.within(outgoing.org).filter(pk__in=rows.values("platform"))
        taken = Case.objects.within(outgoing.org).filter(claimed_by=outgoing, stage__in=_TAKEN)
    seats = [role for role in wanted if role in {Role.SECRETARY, Role.EXECUTIVE}]
    owed = Duty.objects.within(outgoing.org).filter(met_at=None, holder__in=seats)
    convened = Q(stage=Stage.BEFORE_EXECUTIVE) if seats else Q(pk__in=[])
    waiting = Case.objects.within(outgoing.org).filter(Q(pk__in=owed.values("case")) | convened)
    return Moving(
        roles=wanted,
        places=list(places.order_by("name")),
        taken=list(taken.order_by("pk")),
        waiting=list(waiting.exclude(stage=Stage.FINAL).order_by("pk")),
    )


def _require_possible(outgoing: Person, incoming: Person, roles: Collection[Role], *, at: datetime) -> None:
    if not roles or set(roles) - outgoing.own_offices(at=at):
        raise BadInput(
            gettext("Please choose from the roles that %(name)s holds.") % {"name": outgoing.name}, field="roles"
        )
    if incoming.pk == outgoing.pk:
        raise BadInput(gettext("Please choose somebody else to take over."), field="incoming")
    if incoming.user is not None and not incoming.user.is_active:
        raise BadInput(gettext("%(name)s cannot sign in here.") % {"name": incoming.name}, field="incoming")


def _release(case_id: int, *, by: Actor, at: datetime) -> None:
    case = locked(case_id)
    if not procedure_of(case).allows(Stage(case.stage), Step.RELEASE, Role.ADMINISTRATOR):
        return  # an older edition: anybody who takes the case puts it back first
    case.claimed_by = None
    advance(case, Step.RELEASE, by=by, role=Role.ADMINISTRATOR, at=at)


def _tell(org: Organisation, incoming: Person, moving: Moving, *, at: datetime) -> None:
    letter = cases_passed_on(org, name=incoming.name, roles=moving.roles, count=moving.count, marker=new_marker())
    promise_mail(
        org=org,
        kind=letter.kind,
        to=incoming.email,
        subject=letter.subject,
        body=letter.body,
        marker=letter.marker,
        at=at,
    )
