"""After the annual meeting one person's roles, places and open cases go to another, in one step."""

from dataclasses import replace

import pytest

from folkmoot.archive.models import Operator
from folkmoot.casefile.models import Event
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Cover, User
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.editing import edited
from folkmoot.procedure.table import Limits, Procedure
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps import publish_procedure as publishing
from folkmoot.steps.claim import claim
from folkmoot.steps.give_role import give_role
from folkmoot.steps.pass_cases import pass_cases, what_moves
from folkmoot.steps.set_cover import set_cover
from folkmoot.worker.sweep import sweep
from tests import cast


@pytest.fixture
def people():
    return cast.branch()


def test_roles_places_and_what_was_taken_go_over(people):
    matter = cast.reported(people)
    claim(matter.pk, by=people.operator, at=cast.day(1))
    moving = pass_cases(people.operator, people.target, roles={Role.MODERATOR}, by=people.administrator, at=cast.day(2))
    assert people.operator.own_offices(at=cast.day(2)) == set()
    assert people.target.own_offices(at=cast.day(2)) == {Role.MODERATOR}
    assert [row.person for row in Operator.objects.filter(platform=people.place, until=None)] == [people.target]
    assert ([case.pk for case in moving.taken], moving.count) == ([matter.pk], 1)
    assert matter.case.claimed_by is None
    event = Event.objects.filter(case=matter.pk).latest("seq")
    assert (event.step, event.by) == (Step.RELEASE, f"person:{people.administrator.pk}")
    assert matter.case.due_at == cast.day(5).replace(hour=23, minute=59, second=59), "the time runs on"
    assert User.objects.filter(email=people.target.email).exists()


def test_the_register_says_what_went_from_whom_to_whom(people):
    pass_cases(people.secretary, people.target, roles={Role.SECRETARY}, by=people.administrator, at=cast.day(2))
    steps = list(Event.objects.filter(org=people.org, case=None).order_by("-seq").values_list("step", flat=True)[:3])
    assert steps == ["pass_cases", "end_role", "give_role"]
    told = Event.objects.filter(org=people.org, step="pass_cases").get()
    assert told.by == f"person:{people.administrator.pk}"
    assert told.facts == {
        "from": people.secretary.pk,
        "to": people.target.pk,
        "roles": ["secretary"],
        "taken": [],
        "waiting": [],
    }


def test_who_comes_in_is_told_how_many_cases_wait(people):
    late = cast.reported(people)
    sweep(at=cast.day(6))
    second = cast.before_executive(cast.branch("Valley branch"))  # another organisation's: not counted
    moving = pass_cases(
        people.secretary, people.target, roles={Role.SECRETARY}, by=people.administrator, at=cast.day(7)
    )
    assert [case.pk for case in moving.waiting] == [late.pk] != [second.pk]
    [mail] = Dispatch.objects.filter(kind="cases_passed_on")
    assert (mail.to, mail.subject) == (people.target.email, "1 open case passed on to you")
    assert "You now act for the Secretary, and 1 open case came with it." in mail.body


def test_all_roles_of_a_person_go_at_once(people):
    give_role(people.secretary, Role.EXECUTIVE, by=people.administrator, at=cast.day(1))
    pass_cases(
        people.secretary,
        people.target,
        roles={Role.SECRETARY, Role.EXECUTIVE},
        by=people.administrator,
        at=cast.day(3),
    )
    assert people.target.own_offices(at=cast.day(3)) == {Role.SECRETARY, Role.EXECUTIVE}
    assert people.secretary.own_offices(at=cast.day(3)) == set()


def test_what_moves_can_be_seen_before_it_does(people):
    matter = cast.reported(people)
    claim(matter.pk, by=people.operator, at=cast.day(1))
    before = cast.everything()
    moving = what_moves(people.operator, {Role.MODERATOR}, at=cast.day(1))
    assert cast.everything() == before
    assert ([place.name for place in moving.places], [case.pk for case in moving.taken]) == (
        ["Harbour page"],
        [matter.pk],
    )


def test_a_role_that_both_hold_ends_for_one_and_stays_the_other_s(people):
    pass_cases(people.operator, people.moderator, roles={Role.MODERATOR}, by=people.administrator, at=cast.day(2))
    assert people.moderator.roles.filter(role=Role.MODERATOR).count() == 1
    assert [row.person for row in Operator.objects.filter(platform=people.place, until=None)] == [people.moderator]


def test_cover_for_whoever_goes_ends_with_their_role(people):
    set_cover(
        people.secretary,
        people.moderator,
        Role.SECRETARY,
        first=cast.day(0).date(),
        last=None,
        by=people.administrator,
        at=cast.day(0),
    )
    pass_cases(people.secretary, people.target, roles={Role.SECRETARY}, by=people.administrator, at=cast.day(2))
    assert Cover.objects.get().ended_at == cast.day(2)
    assert Role.SECRETARY not in people.moderator.offices(at=cast.day(2))


def test_the_only_administrator_stays_until_the_next_one_has_signed_in(people):
    everything = {Role.ADMINISTRATOR}
    by = people.administrator
    with cast.refused(NotPermitted, "the last administrator"):
        pass_cases(by, people.target, roles=everything, by=by, at=cast.day(2))
    give_role(people.target, Role.ADMINISTRATOR, by=by, at=cast.day(2))
    User.objects.filter(email=people.target.email).update(last_login=cast.day(2))
    pass_cases(by, people.target, roles=everything, by=by, at=cast.day(3))
    assert by.own_offices(at=cast.day(3)) == set()


def test_only_what_somebody_holds_goes_and_only_to_somebody_else(people):
    by = people.administrator
    for roles in (set(), {Role.EXECUTIVE}, {Role.SECRETARY, Role.EXECUTIVE}):
        with cast.refused(BadInput, "from the roles that Sol Verity holds", field="roles"):
            pass_cases(people.secretary, people.target, roles=roles, by=by, at=cast.day(2))
    with cast.refused(BadInput, "somebody else", field="incoming"):
        pass_cases(people.secretary, people.secretary, roles={Role.SECRETARY}, by=by, at=cast.day(2))
    stranger = cast.outsider()
    with cast.refused(NotPermitted, "another organisation"):
        pass_cases(people.secretary, stranger, roles={Role.SECRETARY}, by=by, at=cast.day(2))


def test_nobody_but_an_administrator_passes_anything_on(people):
    for person in (people.secretary, people.operator, people.panel[0]):
        with cast.refused(NotPermitted, "Only an administrator"):
            pass_cases(people.secretary, people.target, roles={Role.SECRETARY}, by=person, at=cast.day(2))


def test_a_case_of_an_older_edition_stays_with_its_claim_and_nothing_breaks(people):
    table = edited(Limits(), {})
    ways = tuple(
        replace(way, roles=way.roles - {Role.ADMINISTRATOR}) if way.step is Step.RELEASE else way for way in table.ways
    )
    newest = people.org.procedure_editions.latest("number")
    publishing._publish(people.org, Procedure(ways, table.limits), newest, by=cast.SYSTEM, at=cast.day(-1))
    matter = cast.reported(people)
    claim(matter.pk, by=people.operator, at=cast.day(1))
    pass_cases(people.operator, people.moderator, roles={Role.MODERATOR}, by=people.administrator, at=cast.day(2))
    assert matter.case.claimed_by == people.operator
    assert matter.case.stage == Stage.RECEIVED
