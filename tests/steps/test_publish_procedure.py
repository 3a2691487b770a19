"""An organisation changes its limits, its quorum and who takes some steps: as a new edition, for new cases (D11)."""

from dataclasses import replace
from datetime import UTC, datetime

from folkmoot.casefile.models import Event
from folkmoot.editions.current import current_procedure
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.procedure.editing import edited
from folkmoot.procedure.table import STANDARD, Limits, Procedure
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.publish_procedure import publish_procedure
from tests import cast

LATER = cast.day(-1)


def test_who_changed_it_and_when_stands_on_the_register():
    people = cast.branch()
    edition = publish_procedure(people.org, edited(Limits(quorum=5), {}), by=people.administrator, at=LATER)
    told = Event.objects.filter(org=people.org, step="publish_procedure").latest("pk")
    assert (told.by, told.at) == (f"person:{people.administrator.pk}", LATER)
    assert told.facts == {"edition": edition.pk, "number": 2, "fingerprint": edition.fingerprint}


def test_new_cases_have_the_new_limits_and_open_ones_keep_theirs():
    people = cast.branch()
    before = cast.reported(people)
    changed = edited(Limits(report_days=7), {"decide": frozenset()})
    publish_procedure(people.org, changed, by=people.administrator, at=cast.day(0, 11))
    other = cast.post(people.org, people.place, text="Another.", native_id="200")
    after = cast.reported(people, post=other, at=cast.day(0, 12))
    assert [(due.day, due.hour) for matter in (before, after) for _, _, due in matter.duties()] == [(7, 23), (9, 23)]
    assert before.case.procedure_edition.procedure().allows(Stage.RECEIVED, Step.DECIDE, Role.SECRETARY)
    assert not after.case.procedure_edition.procedure().allows(Stage.RECEIVED, Step.DECIDE, Role.SECRETARY)


def test_working_days_of_the_organisation_s_nation_count_once_it_says_so():
    people = cast.branch()
    scottish = edited(Limits(working_days=True, nation="SCT"), {})
    publish_procedure(people.org, scottish, by=people.administrator, at=LATER)
    matter = cast.reported(people, at=datetime(2026, 11, 27, 12, tzinfo=UTC))  # St Andrew's Day is the Monday after
    assert matter.duties() == [("moderator", "report", datetime(2026, 12, 7, 23, 59, 59, tzinfo=UTC))]


def test_a_table_in_which_a_case_could_get_stuck_is_not_published():
    people = cast.branch()
    ways = tuple(
        replace(way, roles=frozenset({Role.MODERATOR})) if way.step is Step.RECONSIDER else way for way in STANDARD.ways
    )
    with cast.refused(BadInput, "A case that is appealed could stay so for ever."):
        publish_procedure(people.org, Procedure(ways, Limits()), by=people.administrator, at=LATER)


def test_nobody_but_an_administrator_changes_it():
    people = cast.branch()
    for person in (people.operator, people.secretary, people.panel[0], cast.outsider()):
        with cast.refused(NotPermitted, "Only an administrator may do this."):
            publish_procedure(people.org, edited(Limits(quorum=4), {}), by=person, at=LATER)


def test_of_two_who_change_it_at_once_the_second_is_told():
    people = cast.branch()
    seen = current_procedure(people.org).number
    publish_procedure(people.org, edited(Limits(quorum=4), {}), by=people.administrator, at=LATER, seen=seen)
    with cast.refused(StalePage, "another edition"):
        publish_procedure(people.org, edited(Limits(quorum=5), {}), by=people.administrator, at=LATER, seen=seen)
