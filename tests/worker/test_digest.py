"""One mail in the morning with what waits: counts and links, once, and none where nothing waits."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.archive.models import Post
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.steps.claim import claim
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.find_later import find_later
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.send_digest import next_morning
from folkmoot.steps.set_digest import set_digest
from folkmoot.steps.take_along import take_along
from folkmoot.steps.waiting import Waiting, waiting_for
from folkmoot.worker import digest
from folkmoot.worker.digest import send_digests
from tests import cast
from tests.cast import refused
from tests.steps.test_find_later import arrive, seen

pytestmark = pytest.mark.django_db


def mails(person=None):
    found = Dispatch.objects.filter(kind="waiting_for_you").order_by("pk")
    return list(found.filter(to=person.email) if person else found)


def mornings(first, last):
    """Let the worker look every hour from noon of one day of the story to noon of another."""
    at, end = cast.day(first, hour=12), cast.day(last, hour=12)
    while at < end:
        while send_digests(at=at):
            pass
        at += timedelta(hours=1)


def test_each_who_holds_an_office_is_told_once_in_the_morning_of_what_waits_for_them():
    matter = cast.reported()
    mornings(0, 1)
    [mail] = mails(matter.branch.operator)
    assert mail.made_at == cast.day(1, hour=7)
    assert mail.subject == "What waits for you at Harbour branch"
    assert "- 1 case waits for an answer: http" in mail.body
    assert "/desk/queue/" in mail.body
    assert mails(matter.branch.secretary) == [], "they have not been added"
    assert mails(matter.branch.administrator) == []


def test_nothing_in_it_tells_of_anybody():
    matter = cast.decided()
    mornings(1, 4)
    everything = " ".join(mail.subject + mail.body for mail in mails())
    told = [cast.WORDS, cast.PASSAGE, cast.REPORT_WORDS, cast.REPORTER_NAME, "Rowan", "rowan.pike", "Voss"]
    assert not [word for word in told if word in everything]
    others = [person.name for person in matter.branch.people.values()]
    for mail in mails():
        assert sum(name in mail.body for name in others) == 1


def test_where_nothing_waits_no_mail_comes():
    cast.branch()
    mornings(0, 2)
    assert mails() == []


def test_it_comes_each_day_while_something_waits():
    matter = cast.reported()
    mornings(0, 3)
    assert [mail.made_at for mail in mails(matter.branch.operator)] == [cast.day(n, hour=7) for n in (1, 2, 3)]


def test_an_older_one_that_has_not_left_is_not_sent_any_more():
    matter = cast.reported()
    mornings(0, 3)
    assert [mail.state for mail in mails(matter.branch.operator)] == ["cancelled", "cancelled", "waiting"]


def test_a_worker_that_was_away_tells_once_when_it_is_back():
    matter = cast.reported()
    send_digests(at=cast.day(0))
    mornings(5, 6)
    assert [mail.made_at for mail in mails(matter.branch.operator)] == [cast.day(5, hour=12), cast.day(6, hour=7)]


def test_a_worker_killed_in_the_middle_tells_everybody_once(monkeypatch):
    matter = cast.reported()
    send_digests(at=cast.day(0))
    true = digest.send_digest

    def killed_at_the_second(person_id, *, at, done=[]):  # noqa: B006
        if done:
            raise KeyboardInterrupt
        done.append(person_id)
        return true(person_id, at=at)

    monkeypatch.setattr(digest, "send_digest", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        send_digests(at=cast.day(1))
    monkeypatch.undo()
    send_digests(at=cast.day(1, hour=11))
    assert [len(mails(person)) for person in matter.branch.deciders] == [1, 1]


def test_once_a_week_it_comes_on_monday_and_never_is_never():
    matter = cast.reported()
    weekly, never = matter.branch.deciders
    set_digest(weekly.pk, "weekly", by=weekly, at=cast.day(0))
    set_digest(never.pk, "never", by=never, at=cast.day(0))
    mornings(0, 14)
    assert [mail.made_at for mail in mails(weekly)] == [cast.day(7, hour=7), cast.day(14, hour=7)]
    assert mails(never) == []
    set_digest(never.pk, "daily", by=never, at=cast.day(15))
    mornings(15, 16)
    assert [mail.made_at for mail in mails(never)] == [cast.day(16, hour=7)]
    assert cast.lay_open(matter.branch.org) == []


def test_everybody_chooses_for_themselves_and_only_what_there_is():
    people = cast.branch()
    with refused(NotPermitted, "everybody says for themselves"):
        set_digest(people.operator.pk, "never", by=people.administrator, at=cast.day(0))
    with refused(BadInput, "each day, once a week, or never", field="digest"):
        set_digest(people.operator.pk, "hourly", by=people.operator, at=cast.day(0))


def test_whose_role_has_ended_or_whose_sign_in_is_closed_is_told_nothing():
    matter = cast.reported()
    first, second = matter.branch.deciders
    end_role(first, Role.MODERATOR, by=matter.branch.administrator, at=cast.day(0))
    second.user.is_active = False
    second.user.save()
    mornings(0, 2)
    assert mails() == []


@pytest.mark.parametrize(
    ("zone", "at", "morning"),
    [
        ("Europe/London", datetime(2026, 3, 28, 7, 0, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 11, 2, 10, 0, tzinfo=UTC), datetime(2026, 11, 2, 18, 0, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 11, 2, 6, 59, tzinfo=UTC), datetime(2026, 11, 2, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_morning_is_that_of_the_organisation_when_clocks_change_too(zone, at, morning):
    assert next_morning(at, zone=zone, weekly=False) == morning


def test_mornings_of_two_organisations_are_each_their_own():
    here, there = cast.reported(), cast.reported(cast.branch("Valley branch"))
    Organisation.objects.filter(pk=there.branch.org.pk).update(zone="Pacific/Auckland")
    mornings(0, 1)
    assert [mail.made_at for mail in mails(here.branch.operator)] == [cast.day(1, hour=7)]
    assert [mail.made_at for mail in mails(there.branch.operator)] == [cast.day(0, hour=18)]
    Organisation.objects.filter(pk=there.branch.org.pk).update(zone="Europe/London")  # as the register has it


# What waits


def test_late_cases_are_counted_for_everybody_who_was_added():
    matter = cast.reported()
    duty = matter.case.duties.get()
    assert hand_over(duty.pk, at=cast.day(6))
    assert waiting_for(matter.branch.operator, at=cast.day(7)) == Waiting(answers=1, late=1)
    assert waiting_for(matter.branch.secretary, at=cast.day(7)) == Waiting(answers=1)


def test_a_case_that_somebody_has_waits_for_nobody_else():
    matter = cast.reported()
    first, second = matter.branch.deciders
    cast.free(matter, first, at=cast.day(0))
    claim(matter.pk, by=first, at=cast.day(0))
    assert waiting_for(first, at=cast.day(1)).answers == 1
    assert waiting_for(second, at=cast.day(1)).answers == 0


def test_an_appeal_waits_for_the_moderator_who_did_not_decide():
    matter = cast.appealed()
    decider, other = matter.branch.deciders
    assert (waiting_for(decider, at=cast.day(2)).answers, waiting_for(other, at=cast.day(2)).answers) == (0, 1)


def test_counting_asks_the_database_as_often_for_many_cases_as_for_few(django_assert_max_num_queries):
    people = cast.branch()
    for number in range(12):
        post = cast.post(people.org, people.place, text=f"Post {number}", native_id=f"n{number}")
        cast.reported(people, post=post)
    with django_assert_max_num_queries(25):
        assert waiting_for(people.operator, at=cast.day(1)).answers == 12


def test_a_case_of_one_s_own_is_in_no_count():
    people = cast.branch()
    cast.own(people, people.operator)
    matter = cast.reported(people)
    assert not waiting_for(people.operator, at=cast.day(1))
    assert waiting_for(people.moderator, at=cast.day(1))
    cast.free(matter, people.moderator, at=cast.day(1))


def test_what_has_to_be_done_by_hand_is_called_to_mind_after_two_days_and_then_to_others_too():
    matter = cast.decided()
    operator, secretary = matter.branch.operator, matter.branch.secretary
    assert waiting_for(operator, at=cast.day(2)) == Waiting(by_hand=1)
    assert not waiting_for(secretary, at=cast.day(2))
    assert waiting_for(operator, at=cast.day(3)) == Waiting(by_hand=1, by_hand_long=1)
    assert waiting_for(secretary, at=cast.day(3)) == Waiting(by_hand=1, by_hand_long=1)
    mornings(3, 5)
    assert "1 thing is to be done by hand, and has been for more than two days" in mails(secretary)[-1].body


def test_cases_for_the_executive_and_minutes_to_confirm_are_counted():
    before = cast.before_executive()
    assert waiting_for(before.branch.secretary, at=cast.day(4)).to_convene == 1
    assert waiting_for(before.branch.panel[0], at=cast.day(4)).to_convene == 1


def test_a_minute_waits_for_each_who_sat_until_they_confirm():
    matter = cast.minuted()
    sat, absent = matter.branch.panel[0], matter.branch.panel[3]
    assert waiting_for(sat, at=cast.day(7)).minutes == 1
    assert waiting_for(absent, at=cast.day(7)).minutes == 0
    cast.confirm(matter, sat)
    assert waiting_for(Person.objects.get(pk=sat.pk), at=cast.day(8)).minutes == 0


def test_new_copies_of_what_was_removed_wait_for_who_may_let_them_go():
    matter = cast.decided()
    people = matter.branch
    arrive(people, seen("700", f"Well said: {cast.WORDS}"), seen("701", f"Read this: {cast.WORDS}"))
    find_later(people.org.pk, at=cast.day(2))
    assert waiting_for(people.operator, at=cast.day(2)).copies == 2
    assert not waiting_for(people.secretary, at=cast.day(2)), "they have not been added"
    mornings(2, 3)
    [mail] = mails(people.operator)
    said = "- 2 new copies of what was removed wait for somebody to say whether they go too: http"
    assert said in mail.body
    assert "/desk/queue/?show=copies" in mail.body
    declare_interest(matter.pk, interested=True, by=people.moderator, at=cast.day(3))
    assert waiting_for(people.moderator, at=cast.day(3)).copies == 0
    known = Post.objects.get(native_id="700").account
    cast.note_contact(known, address=people.operator.email, source="Known", by=people.administrator, at=cast.day(3))
    assert waiting_for(people.operator, at=cast.day(3)).copies == 1
    take_along(matter.pk, left=[Post.objects.get(native_id="701").pk], no_part=True, by=people.operator, at=cast.day(3))
    assert waiting_for(people.operator, at=cast.day(3)).copies == 0
