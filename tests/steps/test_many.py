"""How people stand to many cases at once is the same as how each stands to each, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.casefile.models import Case
from folkmoot.members.models import Person
from folkmoot.procedure.words import Ballot, Outcome, Role
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_as_panel import decide_as_panel
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.disown_account import disown_account
from folkmoot.steps.disown_report import disown_report
from folkmoot.steps.file_report import file_report
from folkmoot.steps.give_role import give_role
from folkmoot.steps.many import Standings, written_by
from folkmoot.steps.name_author import name_author
from folkmoot.steps.standing import decided_by, declared, involvement, wrote_it
from folkmoot.steps.undo import undo
from folkmoot.steps.vote import Motion
from tests import cast
from tests.steps import reviews


def everything_that_bars(people):
    """Return cases in which people are barred, or have had a say, in every way there is."""
    cast.free(cast.minuted(people), people.panel[3], at=cast.day(7))
    others = [cast.post(people.org, people.place, native_id=str(n), account=people.account) for n in range(200, 206)]
    strangers = [cast.post(people.org, people.place, native_id=str(n), text="Another.") for n in range(300, 306)]
    by_address = cast.reported(people, post=others[0], email=people.secretary.email)
    disown_report(by_address.pk, by=people.secretary, at=cast.day(1))
    cast.reported(people, post=others[1], email=people.operator.email.upper())
    file_report(
        people.org, cast.a_report(people, post=others[2], email="", name=""), by=people.moderator, at=cast.day(1)
    )
    file_report(people.org, cast.a_report(people, post=others[3], email=""), by=people.panel[0], at=cast.day(1))
    interested = cast.reported(people, post=others[4])
    for said in (False, True):
        declare_interest(interested.pk, interested=said, by=people.panel[1], at=cast.day(1))
    for number, officer in enumerate((people.secretary, people.panel[2])):
        named = cast.reported(people, post=strangers[number])
        name_author(named.pk, address=officer.email, source="A guess.", by=people.moderator, at=cast.day(1))
    disown_account(named.pk, by=people.panel[2], at=cast.day(2))
    taken_back = cast.reported(people, post=strangers[2])
    cast.free(taken_back, people.moderator, at=cast.day(1))
    decide(taken_back.pk, cast.a_decision(Outcome.NO_BREACH, codes=[]), by=people.moderator, at=cast.day(1))
    undo(taken_back.pk, by=people.moderator, at=cast.day(1))


def both(people):
    cases = list(Case.objects.select_related("org", "post", "procedure_edition"))
    persons = list(Person.objects.filter(org=people.org))
    return cases, persons


def test_it_is_the_same_as_one_by_one():
    people = cast.branch()
    give_role(people.operator, Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    everything_that_bars(people)
    cases, persons = both(people)
    standings = Standings(cases, persons)
    barred = 0
    for case in cases:
        for person in persons:
            where = (case.pk, person.name)
            assert standings.declared(case, person) is declared(case, person), where
            assert standings.wrote(case, person) is wrote_it(case, person), where
            assert standings.is_involved(case, person) is bool(involvement(case, person)), where
            assert standings.decided(case, person) is decided_by(case, person), where
            barred += standings.is_involved(case, person)
    assert barred >= 6
    for person in persons:
        assert written_by(people.org, person) == {case.pk for case in cases if wrote_it(case, person)}


def test_a_panel_had_a_say_and_who_only_wrote_its_vote_down_had_none():
    matter = reviews.sent_back(cast.branch(moderators=1))
    people = matter.branch
    motion = Motion({person.pk: Ballot.FOR for person in people.panel[:3]})
    cast.free(matter, *people.panel, at=cast.day(4))
    decide_as_panel(matter.pk, cast.a_decision(), motion=motion, by=people.panel[3], at=cast.day(4))
    cases, persons = both(people)
    standings = Standings(cases, persons)
    for person in persons:
        assert standings.decided(cases[0], person) is decided_by(cases[0], person), person.name


def test_more_cases_ask_no_more_of_the_database():
    people = cast.branch()
    persons = list(Person.objects.filter(org=people.org))
    asked = []
    for number in (2, 9):
        for n in range(number):
            post = cast.post(people.org, people.place, native_id=f"{number}-{n}", text=f"Post {number} {n}.")
            cast.reported(people, post=post)
        cases = list(Case.objects.select_related("org", "post"))
        with CaptureQueriesContext(connection) as queries:
            standings = Standings(cases, persons)
            assert not any(standings.decided(case, person) for case in cases for person in persons)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8


@pytest.mark.parametrize("who", ["author", "target"])
def test_who_has_no_account_here_wrote_nothing(who):
    people = cast.branch(contact=False)
    cast.reported(people)
    assert written_by(people.org, getattr(people, who)) == set()
