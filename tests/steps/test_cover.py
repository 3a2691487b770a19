"""Holiday cover, and a deputy: another person acts in a role for a time, with its letters, on the record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from folkmoot.casefile.models import Event
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Cover, Person, User
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.end_cover import end_cover
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.looking_after import operators, places_of
from folkmoot.steps.set_cover import set_cover
from folkmoot.steps.standing import capacity
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.tampering import guards_down

FIRST, LAST = date(2026, 11, 5), date(2026, 11, 9)


@pytest.fixture
def people():
    return cast.branch()


def away(people, covering, role=Role.SECRETARY, *, person=None, first=FIRST, last=LAST, by=None, at=None):
    """Let somebody cover for the Secretary, or for `person`, as the administrator says on day 0."""
    person = person or people.secretary
    return set_cover(
        person, covering, role, first=first, last=last, by=by or people.administrator, at=at or cast.day(0)
    )


def holders(people, role, at):
    return set(Person.objects.holding(people.org, role, at=at))


def test_who_covers_holds_the_role_on_those_days_and_not_a_second_longer(people):
    nia = people.moderator
    away(people, nia)
    for at, holds in [
        (datetime(2026, 11, 4, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 5, 0, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 9, 23, 59, 58, tzinfo=UTC), True),
        (datetime(2026, 11, 10, 0, 0, 0, tzinfo=UTC), False),
    ]:
        assert (Role.SECRETARY in nia.offices(at=at)) is holds, at
        assert (nia in holders(people, Role.SECRETARY, at)) is holds, at
        assert people.secretary in holders(people, Role.SECRETARY, at), "who is away may act as ever"
    assert nia.own_offices(at=cast.day(5)) == {Role.MODERATOR}


def test_every_role_is_told_the_same_way_by_person_and_by_role(people):
    away(people, people.moderator)
    away(people, people.target, Role.MODERATOR, person=people.operator, last=None)
    away(people, people.author, Role.ADMINISTRATOR, person=people.administrator)
    for at in (cast.day(0), cast.day(5), cast.day(30)):
        for role in (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR):
            everybody = Person.objects.within(people.org)
            assert {person for person in everybody if role in person.offices(at=at)} == holders(people, role, at)


def test_a_late_case_goes_to_the_cover_as_well_and_they_may_decide_it(people):
    away(people, people.target)  # somebody who holds no role of their own
    matter = cast.reported(people)
    sweep(at=cast.day(6))
    told = {letter.to for letter in matter.letters() if letter.kind == "handed_over"}
    assert told == {people.secretary.email, people.target.email}
    cast.free(matter, people.target, at=cast.day(6))
    decide(matter.pk, cast.a_decision(), by=people.target, at=cast.day(6))
    event = Event.objects.get(case=matter.pk, step=Step.DECIDE)
    assert (event.by, event.facts["role"]) == (f"person:{people.target.pk}", Role.SECRETARY)
    assert cast.lay_open(people.org) == []


def test_who_covers_answers_for_their_own_interests(people):
    away(people, people.moderator)
    cast.own(people, people.moderator)
    matter = cast.reported(people)
    sweep(at=cast.day(6))
    assert people.moderator.email not in {letter.to for letter in matter.letters() if letter.kind == "handed_over"}
    with pytest.raises(NotPermitted, match="an account of yours"):
        capacity(matter.case, people.moderator, Step.DECIDE, at=cast.day(6))


def test_who_covers_looks_after_the_same_places(people):
    away(people, people.target, Role.MODERATOR, person=people.operator, last=None)
    for person in (people.operator, people.target):
        assert places_of(person, at=cast.day(5)) == {people.place.pk}
        assert person.pk in operators(people.place, at=cast.day(5))
    assert places_of(people.secretary, at=cast.day(5)) == set()


def test_a_warning_goes_to_who_took_the_case_and_to_their_cover(people):
    matter = cast.reported(people)
    claim(matter.pk, by=people.operator, at=cast.day(1))
    away(people, people.target, Role.MODERATOR, person=people.operator, first=date(2026, 11, 3), at=cast.day(1))
    sweep(at=cast.day(4))
    assert [letter.to for letter in matter.letters() if letter.kind == "due_tomorrow"] == [
        people.operator.email,
        people.target.email,
    ]


def test_who_covers_is_written_to_and_can_sign_in(people):
    away(people, people.target)
    [mail] = Dispatch.objects.filter(kind="cover_set")
    assert (mail.to, mail.subject) == (people.target.email, "You act for Sol Verity as the Secretary")
    assert "from Thursday 5 November 2026 until the end of Monday 9 November 2026" in mail.body
    assert User.objects.filter(email=people.target.email).exists()


def test_a_deputy_is_the_same_without_an_end(people):
    away(people, people.moderator, last=None)
    assert Role.SECRETARY in people.moderator.offices(at=cast.day(700))


def test_it_begins_at_once_where_the_first_day_is_today_or_before(people):
    cover = away(people, people.moderator, first=date(2026, 10, 30))
    assert cover.since == cast.day(0)
    assert Role.SECRETARY in people.moderator.offices(at=cast.day(0))


def test_who_is_away_sets_it_themselves_with_somebody_who_works_here(people):
    away(people, people.moderator, by=people.secretary)
    assert Role.SECRETARY in people.moderator.offices(at=cast.day(4))
    with cast.refused(NotPermitted, "somebody who works here already"):
        away(people, people.target, by=people.secretary)
    with cast.refused(BadInput, "Only an administrator can name a deputy", field="last"):
        away(people, people.operator, by=people.secretary, last=None)


def test_nobody_else_sets_it(people):
    for person in (people.operator, people.panel[0], people.author, cast.outsider()):
        with cast.refused(NotPermitted, "Only an administrator"):
            away(people, people.moderator, by=person)


def test_nobody_sits_on_the_executive_in_another_s_place(people):
    with cast.refused(BadInput, "its members are elected", field="role"):
        away(people, people.target, Role.EXECUTIVE, person=people.panel[0])


@pytest.mark.parametrize(
    ("other", "says", "field"),
    [
        ({"role": Role.MODERATOR}, "does not hold this role", "role"),
        ({"first": date(2026, 11, 9), "last": date(2026, 11, 8)}, "last day has to come after", "last"),
        ({"first": date(2026, 10, 1), "last": date(2026, 11, 1)}, "last day has to come after", "last"),
        ({"last": date(2028, 11, 8)}, "within a year", "last"),
        ({"first": date(2028, 11, 8), "last": None}, "within the next year", "first"),
    ],
)
def test_what_cannot_be_is_said(other, says, field, people):
    with cast.refused(BadInput, says, field=field):
        away(people, people.moderator, **other)


def test_nobody_covers_for_themselves_nor_twice_on_the_same_days(people):
    with cast.refused(BadInput, "somebody else", field="covering"):
        away(people, people.secretary)
    away(people, people.moderator)
    with cast.refused(BadInput, "on some of these days already", field="covering"):
        away(people, people.moderator, first=LAST, last=None)
    away(people, people.moderator, first=LAST + timedelta(days=1), last=None)


def test_somebody_of_another_organisation_cannot_cover(people):
    stranger = cast.outsider()
    with cast.refused(NotPermitted, "another organisation"):
        away(people, stranger)


@pytest.mark.parametrize("who", ["secretary", "moderator", "administrator"])
def test_either_of_the_two_or_an_administrator_ends_it(who, people):
    cover = away(people, people.moderator, last=None)
    end_cover(cover, by=getattr(people, who), at=cast.day(5))
    assert Role.SECRETARY not in people.moderator.offices(at=cast.day(5))
    with cast.refused(BadInput, "ended already"):
        end_cover(cover, by=people.administrator, at=cast.day(6))
    other = away(people, people.operator, last=None, at=cast.day(6))
    with cast.refused(NotPermitted, "Only an administrator"):
        end_cover(other, by=people.panel[0], at=cast.day(7))


def test_it_ends_with_the_role_and_does_not_come_back_with_it(people):
    away(people, people.moderator, last=None)
    end_role(people.secretary, Role.SECRETARY, by=people.administrator, at=cast.day(5))
    assert holders(people, Role.SECRETARY, cast.day(5)) == set()
    give_role(people.secretary, Role.SECRETARY, by=people.administrator, at=cast.day(6))
    assert holders(people, Role.SECRETARY, cast.day(6)) == {people.secretary}


def test_the_last_administrator_does_not_go_while_only_their_cover_would_be_left(people):
    User.objects.update(last_login=cast.FOUNDED)
    away(people, people.moderator, Role.ADMINISTRATOR, person=people.administrator, last=None)
    with cast.refused(NotPermitted, "the last administrator"):
        end_role(people.administrator, Role.ADMINISTRATOR, by=people.moderator, at=cast.day(5))


def test_a_cover_that_nobody_set_is_found(people):
    cover = away(people, people.moderator)
    Cover.objects.filter(pk=cover.pk).update(until=None)
    found = cast.lay_open(people.org)
    assert any("who covers for whom is not what the register says" in line for line in found)
    Cover.objects.filter(pk=cover.pk).update(until=cover.until)
    with guards_down():
        Cover.objects.create(
            org=people.org, person=people.operator, covering=people.target, role=Role.MODERATOR, since=cast.day(0)
        )
        assert cast.lay_open(people.org)
        Cover.objects.latest("pk").delete()
