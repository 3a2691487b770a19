"""The invented branch comes into being: its people, its places, and who has which account there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from folkmoot.archive.models import Account, Platform, Post
from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import OneTimeLink, Organisation, Person
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.add_place import add_place
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.mark_official import mark_handle_official
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.note_contact import note_contact
from folkmoot.steps.redeem_link import redeem_link
from folkmoot.steps.settle_part import end_set_up
from folkmoot.web.demo.story import Place, Somebody, Story, moment

FOUNDED = "-60d 10:00"
A_MINUTE = timedelta(minutes=1)


@dataclass
class Cast:
    """Who and what the story's names stand for in the database."""

    org: Organisation
    people: dict[str, Person] = field(default_factory=dict)  # by id; only those who hold an office
    places: dict[str, Platform] = field(default_factory=dict)

    def post(self, key: str) -> Post:
        """Return the post with the id `key`, once it has been written."""
        return Post.objects.within(self.org).select_related("platform").get(native_id=key)


def found(told: Story, *, at: datetime) -> Cast:
    """Bring the branch into being, before anybody has said anything; `at` is the moment at which the demo starts."""
    founded = moment(FOUNDED, at=at, zone=told.organisation.zone)
    org = add_organisation(name=told.organisation.name, zone=told.organisation.zone, by=SYSTEM, at=founded)
    # A short name in the addresses, which people read on a phone.
    org.slug, org.contact = told.organisation.slug, _secretary(told).email
    org.save(update_fields=["slug", "contact"])
    cast = Cast(org)
    for person in told.people:
        if person.offices:
            _bring_in(cast, person, at=founded)
    looks_after = cast.people[_administrator(told).id]
    for place in told.places:
        _open(cast, place, by=looks_after, at=founded + 2 * A_MINUTE)
    for person in told.people:
        _know(cast, person, by=looks_after, at=founded + 3 * A_MINUTE)
    end_set_up(org, by=looks_after, at=founded + 4 * A_MINUTE)
    return cast


def _secretary(told: Story) -> Somebody:
    return next(person for person in told.people if Role.SECRETARY in person.offices)


def _administrator(told: Story) -> Somebody:
    return next(person for person in told.people if Role.ADMINISTRATOR in person.offices)


def _bring_in(cast: Cast, person: Somebody, *, at: datetime) -> None:
    """Invite somebody, who opens their invitation and signs in for the first time."""
    roles = set(person.offices)
    invitation = invite_person(cast.org, name=person.name, email=person.email, roles=roles, by=SYSTEM, at=at)
    user = redeem_link(_token(invitation), OneTimeLink.Purpose.INVITATION, at=at + A_MINUTE)
    user.last_login = at + A_MINUTE
    user.save(update_fields=["last_login"])
    cast.people[person.id] = Person.objects.within(cast.org).select_related("org", "user").get(user=user)


def _token(link: OneTimeLink) -> str:
    return one_time_link(link).rstrip("/").rpartition("/")[2]


def _open(cast: Cast, place: Place, *, by: Person, at: datetime) -> None:
    opened = add_place(
        cast.org,
        name=place.name,
        kind=place.kind,
        is_public=place.visibility == "public",
        url=place.url,
        by=by,
        at=at,
    )
    cast.places[place.id] = opened
    if place.official_account:
        mark_handle_official(opened, place.official_account.handle, by=by, at=at)
    for operator in place.operators:
        name_operator(opened, cast.people[operator], by=by, at=at)


def _know(cast: Cast, person: Somebody, *, by: Person, at: datetime) -> None:
    """Write down the accounts of a member: officers may not act on their own posts, letters reach everybody."""
    for claim in person.claims:
        account = Account.objects.create(
            org=cast.org,
            platform=cast.places[claim.place],
            handle=claim.handle,
            name=person.name,
            first_seen_at=at,
        )
        note_contact(account, address=person.email, source=claim.evidence, by=by, at=at)
        if person.offices:
            claim_account(account, cast.people[person.id], evidence=claim.evidence, by=by, at=at)
