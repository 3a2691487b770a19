"""The worker keeps the outbox's promises, against a real mail server."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.members.models import OneTimeLink
from folkmoot.outbox.links import letter_link, one_time_link
from folkmoot.outbox.models import Attempt, Dispatch, Task
from folkmoot.steps.decide import decide
from folkmoot.steps.invite_person import mail_invitation
from folkmoot.steps.name_author import name_author
from folkmoot.steps.record_delivery import ON_ITS_WAY, record_failure
from folkmoot.steps.tick_task import tick_task
from folkmoot.worker.deliver import BATCH, LEASE, deliver
from tests import cast

SOON = timedelta(seconds=61)


@pytest.fixture
def matter():
    return cast.decided()


def author_letter(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[0]


def to_hand_over(matter):
    return [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]


def outcomes(matter):
    return [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DELIVERY)]


def send(relay, at):
    """Go round until nothing is left to try; return how many letters were tried."""
    tried = 0
    while found := deliver(at=at, server=relay.server):
        tried += found
    return tried


def body_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


# Sent


def test_a_letter_arrives_word_for_word_with_its_link_put_in(matter, relay):
    send(relay, cast.day(1) + SOON)
    [message] = relay.to(cast.AUTHOR_ADDRESS)
    letter = author_letter(matter)
    body = body_of(message)
    assert body.rstrip("\n") == letter.paper.words["body"].replace(
        f"[[{letter.marker}:letter:{matter.grant.pk}]]", letter_link(matter.grant)
    ).rstrip("\n")
    assert letter_link(matter.grant) in body
    assert cast.PASSAGE in body
    assert message["Subject"] == letter.subject
    assert message["From"] == "moderators@harbour.example"
    assert message["To"] == cast.AUTHOR_ADDRESS
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"


def test_words_of_every_script_arrive_as_they_are(relay):
    people = cast.branch()
    words = "“Straße” – שלום, مرحبا 🌊\n.\n.. a line with a dot\nFrom here on"
    post = cast.post(people.org, people.place, text=words, native_id="7", account=people.account)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(passage="Straße"), by=people.operator, at=cast.day(1))
    send(relay, cast.day(1) + SOON)
    arrived = body_of(relay.to(cast.AUTHOR_ADDRESS)[0])
    assert words in cast.unquoted(arrived)
    assert '\nFrom "Harbour branch rules"' in arrived, "no mail program's >From"


def test_what_was_sent_is_on_the_record_and_not_sent_again(matter, relay):
    assert send(relay, cast.day(1) + SOON) == 3  # two to the reporter, one to the author
    letter = author_letter(matter)
    assert (letter.state, letter.sent_at, letter.tries) == (Dispatch.State.SENT, cast.day(1) + SOON, 1)
    assert [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DELIVERY)] == ["sent"] * 3
    assert send(relay, cast.day(2)) == 0
    assert len(relay.taken) == 3


def test_nothing_leaves_before_its_minute_is_over(matter, relay):
    assert send(relay, cast.day(1) + timedelta(seconds=59)) == 1  # the report's receipt, of the day before
    assert relay.to(cast.AUTHOR_ADDRESS) == []
    send(relay, cast.day(1) + timedelta(seconds=60))
    assert len(relay.to(cast.AUTHOR_ADDRESS)) == 1


def test_without_a_mail_server_letters_wait_and_nothing_is_lost(matter, relay):
    while deliver(at=cast.day(40), server=None):
        pass
    assert [letter.state for letter in matter.letters()] == [Dispatch.State.WAITING] * 3
    assert send(relay, cast.day(41)) == 3


# Without a mail server


def test_without_a_mail_server_somebody_is_asked_once_to_hand_the_author_s_letter_over(matter):
    assert deliver(at=cast.day(1), server=None) == 0, "its minute is not over"
    assert [deliver(at=cast.day(1) + SOON, server=None) for _ in range(2)] == [1, 0]
    [task] = to_hand_over(matter)
    assert (task.paper, task.grant) == (author_letter(matter).paper, matter.grant)
    assert outcomes(matter) == ["no_mail"]


def test_a_letter_that_was_handed_over_does_not_leave_by_mail_as_well(matter, relay):
    deliver(at=cast.day(1) + SOON, server=None)
    [task] = to_hand_over(matter)
    tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(2))
    assert send(relay, cast.day(3)) == 2
    assert relay.to(cast.AUTHOR_ADDRESS) == []
    assert author_letter(matter).state == Dispatch.State.CANCELLED


def test_a_mail_server_that_comes_before_somebody_has_handed_it_over_takes_the_letter(matter, relay):
    deliver(at=cast.day(1) + SOON, server=None)
    send(relay, cast.day(2))
    assert len(relay.to(cast.AUTHOR_ADDRESS)) == 1
    assert to_hand_over(matter) == []


def test_a_letter_that_waits_for_a_mail_server_goes_to_the_newest_address_only(matter, relay):
    deliver(at=cast.day(1) + SOON, server=None)
    name_author(matter.pk, address="rowan@new.example", source="A call.", by=matter.branch.operator, at=cast.day(2))
    send(relay, cast.day(3))
    assert (len(relay.to("rowan@new.example")), relay.to(cast.AUTHOR_ADDRESS)) == (1, [])


# In order


def test_a_later_letter_of_the_case_never_overtakes_an_earlier_one_to_the_same_address(matter, relay):
    first, second = matter.letters(cast.REPORTER_ADDRESS)
    relay.refuse[cast.REPORTER_ADDRESS] = "451 4.3.0 try again later"
    at = cast.day(1) + SOON
    assert send(relay, at) == 2, "the author's, and the reporter's first"
    del relay.refuse[cast.REPORTER_ADDRESS]
    assert send(relay, at + timedelta(seconds=30)) == 0
    send(relay, at + timedelta(minutes=1))
    assert [mail["Message-ID"] for mail in relay.to(cast.REPORTER_ADDRESS)] == [first.message_id, second.message_id]


def test_a_letter_that_is_given_up_holds_back_no_later_one(matter, relay):
    first, second = matter.letters(cast.REPORTER_ADDRESS)
    record_failure(first.pk, error="refused: 550", lasting=True, at=cast.day(1))
    send(relay, cast.day(1) + SOON)
    assert [mail["Message-ID"] for mail in relay.to(cast.REPORTER_ADDRESS)] == [second.message_id]


def test_a_letter_that_waits_holds_back_neither_other_cases_nor_other_mail(relay):
    people = cast.branch()
    one = cast.reported(people)
    post = cast.post(people.org, people.place, text="Another post", native_id="2")
    other = cast.reported(people, post=post)
    mail_invitation(people.operator, OneTimeLink.objects.latest("pk"), at=cast.day(0))
    Dispatch.objects.filter(pk=one.letters()[0].pk).update(next_at=cast.day(3))
    assert send(relay, cast.day(1)) == 2
    assert [mail["Message-ID"] for mail in relay.to(cast.REPORTER_ADDRESS)] == [other.letters()[0].message_id]


def test_after_three_days_without_mail_every_letter_arrives_and_each_case_s_in_its_order(relay):
    people = cast.branch(moderators=1)
    relay.stop()
    at, end, matters, tries = cast.day(1), cast.day(1) + timedelta(hours=72), [], 0
    while at < end:
        if len(matters) < 8:  # one case every five hours; each has three letters to two addresses
            post = cast.post(people.org, people.place, text=f"Post {at}", native_id=str(at), account=people.account)
            matter = cast.reported(people, post=post, at=at)
            cast.free(matter, people.operator, at=at + timedelta(hours=1))
            decide(matter.pk, cast.a_decision(passage="Post"), by=people.operator, at=at + timedelta(hours=1))
            matters.append(matter)
        for moment in (at + timedelta(minutes=minutes) for minutes in range(0, 300, 30)):
            tries += send(relay, moment) if moment < end else 0
        at += timedelta(hours=5)
    assert tries > 50
    at = end
    relay.start()
    while Dispatch.objects.filter(state__in=ON_ITS_WAY).exists():
        send(relay, at)
        at += timedelta(minutes=30)
    assert at - end < timedelta(hours=14)
    assert set(Dispatch.objects.values_list("state", flat=True)) == {Dispatch.State.SENT}
    for matter in matters:
        for to in (cast.AUTHOR_ADDRESS, cast.REPORTER_ADDRESS):
            ours = [letter.message_id for letter in matter.letters(to)]
            assert [mail["Message-ID"] for mail in relay.to(to) if mail["Message-ID"] in ours] == ours


def test_an_invitation_arrives_with_its_own_link(relay):
    people = cast.branch()
    link = OneTimeLink.objects.filter(person=people.operator).latest("pk")
    mail_invitation(people.operator, link, at=cast.FOUNDED)
    send(relay, cast.FOUNDED + SOON)
    assert one_time_link(link) in body_of(relay.to(people.operator.email)[0])


def test_many_letters_leave_in_batches(relay):
    people = cast.branch()
    for number in range(BATCH + 3):
        post = cast.post(people.org, people.place, text=f"Post {number}", native_id=f"n{number}")
        cast.reported(people, post=post, email=f"reporter{number}@example.org")
    rounds = [deliver(at=cast.day(0) + SOON, server=relay.server) for _ in range(3)]
    assert rounds == [BATCH, 3, 0]
    assert len({message["Message-ID"] for _, message in relay.taken}) == BATCH + 3


# Refused


def test_an_address_that_does_not_exist_becomes_a_task_and_then_another_address(matter, relay):
    relay.refuse[cast.AUTHOR_ADDRESS] = "550 5.1.1 no such mailbox"
    send(relay, cast.day(1) + SOON)
    letter = author_letter(matter)
    assert (letter.state, letter.last_error) == (Dispatch.State.GIVEN_UP, "refused: 550")
    [task] = [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]
    assert task.paper == letter.paper
    assert len(relay.to(cast.REPORTER_ADDRESS)) == 2, "the others arrive all the same"
    name_author(
        matter.pk, address="rowan@new.example", source="By telephone.", by=matter.branch.operator, at=cast.day(2)
    )
    send(relay, cast.day(2) + SOON)
    [message] = relay.to("rowan@new.example")
    assert letter_link(matter.grant) in body_of(message)
    assert [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE] == []


def test_not_now_is_tried_again_under_the_same_message_id(matter, relay):
    relay.refuse[cast.AUTHOR_ADDRESS] = "451 4.3.0 try again later"
    at = cast.day(1) + SOON
    send(relay, at)
    letter = author_letter(matter)
    assert (letter.state, letter.next_at) == (Dispatch.State.WAITING, at + timedelta(minutes=1))
    del relay.refuse[cast.AUTHOR_ADDRESS]
    assert send(relay, at + timedelta(seconds=59)) == 0
    assert send(relay, at + timedelta(seconds=60)) == 1
    assert [message["Message-ID"] for message in relay.to(cast.AUTHOR_ADDRESS)] == [letter.message_id]
    assert [row.outcome for row in Attempt.objects.filter(dispatch=letter).order_by("pk")] == ["failed", "sent"]


@pytest.mark.parametrize(
    ("reply", "state"), [("554 5.7.1 not wanted", Dispatch.State.GIVEN_UP), ("452 4.2.2 full", Dispatch.State.WAITING)]
)
def test_a_letter_that_is_refused_as_a_whole_is_given_up_or_tried_again(matter, relay, reply, state):
    relay.refuse_letter = reply
    send(relay, cast.day(1) + SOON)
    assert author_letter(matter).state == state
    assert author_letter(matter).last_error == f"refused: {reply[:3]}"


def test_a_relay_that_does_not_take_our_own_address_ends_no_letter(matter, relay):
    relay.refuse_sender = "550 5.7.1 sender not allowed"
    send(relay, cast.day(1) + SOON)
    letter = author_letter(matter)
    assert (letter.state, letter.last_error) == (Dispatch.State.WAITING, "sender refused: 550")
    relay.refuse_sender = ""
    send(relay, cast.day(1) + timedelta(hours=1))
    assert len(relay.to(cast.AUTHOR_ADDRESS)) == 1


# Down, and killed


def test_while_the_relay_is_down_letters_wait_and_then_arrive_once_under_the_same_message_id(matter, relay):
    relay.stop()
    at = cast.day(1) + SOON
    for hours in (0, 1, 5, 20, 45):
        assert send(relay, at + timedelta(hours=hours)) == 2, "the reporter's second letter waits behind the first"
    letter = author_letter(matter)
    assert (letter.state, letter.tries) == (Dispatch.State.WAITING, 5)
    assert letter.last_error.startswith("mail server: ")
    relay.start()
    assert send(relay, at + timedelta(hours=71)) == 3
    assert [message["Message-ID"] for message in relay.to(cast.AUTHOR_ADDRESS)] == [letter.message_id]


def test_a_relay_that_stays_down_for_three_days_hands_the_author_s_letter_to_a_person(matter, relay):
    relay.stop()
    send(relay, cast.day(1) + timedelta(hours=73))
    assert author_letter(matter).state == Dispatch.State.GIVEN_UP
    assert Task.Op.HAND_OVER_NOTICE in {task.op for task in matter.tasks()}


def test_a_letter_whose_worker_was_killed_is_taken_up_when_its_lease_ends(matter, relay):
    at = cast.day(1) + SOON
    Dispatch.objects.update(state=Dispatch.State.SENDING, lease_until=at + LEASE)
    assert send(relay, at) == 0
    assert send(relay, at + LEASE - timedelta(seconds=1)) == 0
    assert send(relay, at + LEASE) == 3
    assert len(relay.to(cast.AUTHOR_ADDRESS)) == 1


def test_one_letter_that_cannot_be_composed_does_not_stop_the_others(matter, relay, caplog):
    letter = author_letter(matter)
    Dispatch.objects.filter(pk=letter.pk).update(subject="Two\nlines")
    assert send(relay, cast.day(1) + SOON) == 3
    assert len(relay.to(cast.REPORTER_ADDRESS)) == 2
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (Dispatch.State.WAITING, "ValueError")
    assert f"letter {letter.pk} could not be composed" in caplog.text
    Dispatch.objects.filter(pk=letter.pk).update(subject=letter.paper.words["subject"])  # the audit would find it


def test_a_relay_without_manners_is_no_reason_to_stop(matter, relay):
    relay.goodbye = "451 not so fast"
    assert send(relay, cast.day(1) + SOON) == 3
    assert all(letter.state == Dispatch.State.SENT for letter in matter.letters())


def test_an_address_in_another_alphabet_is_reached(relay):
    people = cast.branch(contact=False)
    cast.known_at(people, "rowan@köln.example")
    matter = cast.decided(people)
    send(relay, cast.day(1) + SOON)
    assert [letter.state for letter in matter.letters("rowan@köln.example")] == ["sent"]
    [mail] = relay.to("rowan@xn--kln-sna.example")
    assert mail["To"] == "rowan@xn--kln-sna.example"
