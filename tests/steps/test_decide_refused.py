"""What is no sound decision, and who may not decide (D1, D15, D16, D31)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.archive.models import Post
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.procedure.words import AimedAt, Outcome, ReportKind, Role
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.hand_over import hand_over
from tests import cast
from tests.cast import Matter, refused


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    """Return a reported case, in which both moderators have said that they have no interest."""
    matter = cast.reported(people)
    cast.free(matter, *people.deciders, at=cast.day(1))
    return matter


def decide_it(matter, *, by=None, at=None, seen=None, **decision):
    by = by or matter.branch.operator
    return decide(matter.pk, cast.a_decision(**decision), by=by, at=at or cast.day(1), seen=seen)


@pytest.mark.parametrize(
    ("decision", "says", "field"),
    [
        ({"reasons": "Rude."}, "write your reasons in a sentence", "reasons"),
        ({"reasons": " " * 40}, "write your reasons in a sentence", "reasons"),
        ({"codes": []}, "cite at least one rule", "codes"),
        ({"codes": ["H3"]}, "cite at least one rule", "codes"),
        ({"codes": ["H1", "H3", "M1"]}, "H3, M1 guides us but is no ground", "codes"),
        ({"codes": ["H1", "Z9"]}, "no Z9", "codes"),
        ({"passage": ""}, "mark the words that are in breach", "passage"),
        ({"passage": "Councillor Voss is a thief"}, "not in the post word for word", "passage"),
    ],
)
def test_a_decision_that_is_not_sound_is_refused_with_what_to_mend(matter, decision, says, field):
    with refused(BadInput, says, field=field):
        decide_it(matter, **decision)


def test_reasons_of_twenty_characters_are_enough(matter):
    with refused(BadInput, "write your reasons", field="reasons"):
        decide_it(matter, reasons="She is named a liar")
    decide_it(matter, reasons="She is named a liar.")


def test_no_reasons_are_owed_to_fewer_people_when_nothing_is_done(matter):
    with refused(BadInput, "write your reasons", field="reasons"):
        decide_it(matter, outcome=Outcome.NO_BREACH, reasons="Fine.")


def test_rules_that_were_not_in_force_are_not_cited_against_a_post(people):
    old = datetime(2018, 5, 31, 12, tzinfo=UTC)
    post = cast.post(people.org, people.place, native_id="8", account=people.account, posted_at=old)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(BadInput, "not in force when the post was written", field="codes"):
        decide_it(matter)
    decide_it(matter, outcome=Outcome.NO_BREACH, codes=[])


def test_a_post_of_the_day_on_which_the_rules_came_into_force_is_under_them(people):
    first = datetime(2018, 5, 31, 23, 30, tzinfo=UTC)  # half past midnight on 1 June in London
    post = cast.post(people.org, people.place, native_id="8", account=people.account, posted_at=first)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    decide_it(matter)


def test_a_post_whose_time_is_unknown_counts_as_first_seen(people):
    post = cast.post(people.org, people.place, native_id="8", account=people.account)
    Post.objects.filter(pk=post.pk).update(posted_at=datetime(2001, 1, 1, tzinfo=UTC), precision="unknown")
    post.refresh_from_db()
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    decide_it(matter)


def test_a_page_that_is_out_of_date_decides_nothing(matter):
    seen = matter.case.seq
    file_report(matter.branch.org, Report(kind=ReportKind.HATE, post=matter.branch.post), at=cast.day(1))
    with refused(StalePage, "Nothing of yours was lost"):
        decide_it(matter, seen=seen)
    decide_it(matter, seen=matter.case.seq)


def test_a_case_is_decided_once(matter):
    decide_it(matter)
    with refused(NotPermitted, "(decide) cannot be done while the case is decided"):
        decide_it(matter, by=matter.branch.moderator)


# Who may


def test_the_author_does_not_decide_about_their_own_post(matter, people):
    cast.own(people, people.operator)
    with refused(NotPermitted, "written from an account of yours"):
        decide_it(matter)


def test_nor_does_somebody_whose_address_the_account_has():
    people = cast.branch(contact=False)
    cast.known_at(people, people.operator.email.upper())
    matter = cast.reported(people)
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(NotPermitted, "written from an account of yours"):
        decide_it(matter)


def test_who_reported_does_not_decide(people):
    receipt = file_report(people.org, cast.a_report(people), by=people.operator, at=cast.day(0))
    matter = Matter(people, receipt)
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(NotPermitted, "You reported this"):
        decide_it(matter)


def test_who_reported_from_their_own_address_does_not_decide(people):
    matter = cast.reported(people, email=people.operator.email.upper())
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(NotPermitted, "The report came from your address"):
        decide_it(matter)


def test_who_joined_with_a_later_report_does_not_decide_either(matter, people):
    file_report(people.org, cast.a_report(people), by=people.operator, at=cast.day(1))
    with refused(NotPermitted, "You reported this"):
        decide_it(matter)


def test_who_has_an_interest_does_not_decide(matter, people):
    declare_interest(matter.pk, interested=True, nature="My neighbour.", by=people.operator, at=cast.day(1))
    with refused(NotPermitted, "You have said that you have an interest"):
        decide_it(matter)


def test_who_was_not_asked_yet_does_not_decide(people):
    matter = cast.reported(people)
    with refused(NotPermitted, "Please say first whether you have an interest"):
        decide_it(matter)


@pytest.mark.parametrize("who", ["administrator", "secretary", "author"])
def test_who_has_not_been_added_does_not_decide(matter, people, who):
    by = getattr(people, who)
    with refused(NotPermitted, "Only the moderators, and those who have been added"):
        decide_it(matter, by=by)


def test_the_secretary_decides_once_added_and_the_moderators_still_may(matter, people):
    late = matter.case.due_at + timedelta(seconds=1)
    hand_over(matter.receipt.paper.duties.get().pk, at=late)
    cast.free(matter, people.secretary, at=late)
    decide_it(matter, by=people.secretary, at=late)
    assert matter.case.events.order_by("seq").last().facts["role"] == Role.SECRETARY
    other = cast.reported(people, post=cast.post(people.org, people.place, text=cast.WORDS + "!", native_id="11"))
    late = other.case.due_at + timedelta(seconds=1)
    hand_over(other.receipt.paper.duties.get().pk, at=late)
    cast.free(other, people.operator, at=late)
    decide_it(other, at=late)


def test_a_moderator_whose_role_has_ended_does_not_decide(matter, people):
    end_role(people.operator, Role.MODERATOR, by=cast.SYSTEM, at=cast.day(1))
    with refused(NotPermitted, "Only the moderators"):
        decide_it(matter, at=cast.day(1, hour=11))


def test_a_moderator_of_another_organisation_does_not_decide(matter):
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        decide_it(matter, by=stranger)


def test_person_or_policy_is_said_to_the_author_only_where_it_was_said(people):
    matter = cast.reported(people)
    cast.free(matter, people.operator, at=cast.day(1))
    decide_it(matter, aimed_at=AimedAt.NEITHER)
    assert "aimed at" not in matter.letters(cast.AUTHOR_ADDRESS)[0].paper.words["body"]
