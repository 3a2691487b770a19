"""Somebody is away, or has a deputy: another person acts in their role from a day on, until a day or without an end."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.times import last_moment, stamp
from folkmoot.members.models import Cover, Organisation, Person
from folkmoot.notices.letters import cover_set
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.promise import promise_mail
from folkmoot.procedure.words import Role
from folkmoot.steps.give_role import let_sign_in
from folkmoot.steps.office import require_office, require_same

# Mg: the Executive is elected, and its votes are counted: nobody sits there in another's place.
COVERABLE = (Role.MODERATOR, Role.SECRETARY, Role.ADMINISTRATOR)
AT_MOST = timedelta(days=366)


@transaction.atomic
def set_cover(
    person: Person, covering: Person, role: Role, *, first: date, last: date | None, by: Actor, at: datetime
) -> Cover:
    """Let `covering` act as `role` for `person` on the local days `first` to `last`; without a last one as a deputy.

    An administrator may set it for everybody. Who is away may set it for themselves: with an end, and with
    somebody who holds an office here. Raises `NotPermitted`, or `BadInput` (covering, role, first, last).
    """
    org = Organisation.objects.select_for_update(no_key=True).get(pk=person.org_id)
    require_same(org, covering.org)
    own = isinstance(by, Person) and by.pk == person.pk
    if not own:
        require_office(org, by, Role.ADMINISTRATOR, at=at)
    _require_who(person, covering, role, by_themselves=own, at=at)
    today = at.astimezone(ZoneInfo(org.zone)).date()
    _require_when(first, last, today=today, needs_end=own and not person.holds(Role.ADMINISTRATOR, at=at))
    since = at if first <= today else last_moment(first - timedelta(days=1), zone=org.zone) + timedelta(seconds=1)
    until = last_moment(last, zone=org.zone) if last else None
    _require_new(person, covering, role, since, until)
    let_sign_in(covering)
    cover = Cover.objects.create(org=org, person=person, covering=covering, role=role, since=since, until=until)
    facts = {"cover": cover.pk, "person": person.pk, "covering": covering.pk, "role": role}
    when = {"since": stamp(since), "until": stamp(until) if until else None}
    enter_register(org, "set_cover", by=by, at=at, facts={**facts, **when})
    _tell(org, cover, at=at)
    return cover


def _require_who(person: Person, covering: Person, role: Role, *, by_themselves: bool, at: datetime) -> None:
    if role not in COVERABLE:
        raise BadInput(
            gettext("Nobody sits on the Executive in another’s place: its members are elected."), field="role"
        )
    if role not in person.own_offices(at=at):
        raise BadInput(gettext("%(name)s does not hold this role.") % {"name": person.name}, field="role")
    if covering.pk == person.pk:
        raise BadInput(gettext("Please choose somebody else: nobody covers for themselves."), field="covering")
    if covering.user is not None and not covering.user.is_active:
        raise BadInput(gettext("%(name)s cannot sign in here.") % {"name": covering.name}, field="covering")
    if by_themselves and not covering.own_offices(at=at) and not person.holds(Role.ADMINISTRATOR, at=at):
        raise NotPermitted(gettext("Please choose somebody who works here already, or ask an administrator to set it."))


def _require_when(first: date, last: date | None, *, today: date, needs_end: bool) -> None:
    if first > today + AT_MOST:
        raise BadInput(gettext("Please choose a first day within the next year."), field="first")
    if last is None:
        if needs_end:
            raise BadInput(
                gettext("Please say until which day. Only an administrator can name a deputy."), field="last"
            )
        return
    if last < max(first, today):
        raise BadInput(gettext("The last day has to come after the first, and after today."), field="last")
    if last > first + AT_MOST:
        raise BadInput(gettext("Please choose a last day within a year of the first."), field="last")


def _require_new(person: Person, covering: Person, role: Role, since: datetime, until: datetime | None) -> None:
    for other in Cover.objects.filter(person=person, covering=covering, role=role, ended_at=None):
        begins_before_it_ends = other.until is None or since < other.until
        ends_after_it_begins = until is None or other.since < until
        if begins_before_it_ends and ends_after_it_begins:
            raise BadInput(
                gettext("%(name)s covers on some of these days already.") % {"name": covering.name}, field="covering"
            )


def _tell(org: Organisation, cover: Cover, *, at: datetime) -> None:
    letter = cover_set(
        org,
        name=cover.covering.name,
        away=cover.person.name,
        role=Role(cover.role),
        since=cover.since,
        until=cover.until,
        marker=new_marker(),
    )
    promise_mail(
        org=org,
        kind=letter.kind,
        to=cover.covering.email,
        subject=letter.subject,
        body=letter.body,
        marker=letter.marker,
        at=at,
    )
