"""Letters that come back are found in a real mailbox, once each, whatever else lies there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.outbox.delivery_report import read_report
from folkmoot.outbox.models import Attempt, Dispatch, Inbox, Task
from folkmoot.outbox.promise import promise_mail
from folkmoot.steps.make_final import make_final
from folkmoot.steps.name_author import name_author
from folkmoot.steps.record_delivery import record_sent
from folkmoot.worker import returned as reading
from folkmoot.worker.returned import read_returned
from folkmoot.worker.service import serve
from tests import cast
from tests.imap import ImapServer
from tests.reports import bounced, ordinary

LEFT = cast.day(1, minute=2)
SOON = LEFT + timedelta(minutes=5)


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    server = ImapServer(tmp_path_factory.mktemp("imap")).start()
    yield server
    server.stop()


@pytest.fixture
def imap(running):
    yield running
    running.empty()


@pytest.fixture
def matter():
    """A decided matter whose letters have left."""
    found = cast.decided()
    for letter in found.letters():
        record_sent(letter.pk, at=LEFT)
    return found


def author_letter(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[0]


def to_hand_over(matter):
    return [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]


def returns(matter):
    return [paper for paper in matter.papers(Paper.Kind.DELIVERY) if paper.facts["outcome"] == "returned"]


def read(imap, at=SOON):
    return read_returned(at=at, mailbox=imap.mailbox)


def test_a_letter_that_came_back_is_on_the_record_and_somebody_is_asked_to_hand_it_over(matter, imap):
    letter = author_letter(matter)
    imap.put(ordinary(), bounced(letter.message_id), ordinary())
    assert read(imap) == 3
    letter.refresh_from_db()
    assert (letter.state, letter.returned_at, letter.serves_at) == (Dispatch.State.RETURNED, SOON, None)
    [paper] = returns(matter)
    assert (paper.answers, paper.facts["status"], paper.by) == (letter.paper, "5.1.1", "system")
    assert [row.outcome for row in Attempt.objects.filter(dispatch=letter).order_by("pk")] == ["sent", "returned"]
    assert [task.paper for task in to_hand_over(matter)] == [letter.paper]


def test_it_goes_to_a_newer_address_where_one_is_known_and_never_to_an_older_one(matter, imap):
    name_author(matter.pk, address="rowan@new.example", source="A call.", by=matter.branch.operator, at=LEFT)
    imap.put(bounced(author_letter(matter).message_id))
    read(imap)
    [newer] = matter.letters("rowan@new.example")
    assert newer.paper == author_letter(matter).paper
    assert to_hand_over(matter) == []
    record_sent(newer.pk, at=SOON)
    imap.put(bounced(newer.message_id))
    read(imap, at=SOON + timedelta(minutes=5))
    assert [task.paper for task in to_hand_over(matter)] == [newer.paper]
    assert len(matter.letters(cast.AUTHOR_ADDRESS)) == 1


def test_the_same_report_twice_or_a_second_one_changes_nothing_more(matter, imap):
    mail = bounced(author_letter(matter).message_id)
    imap.put(mail, mail)
    read(imap)
    before = cast.everything()
    assert read(imap) == 0
    imap.put(mail)
    assert read(imap) == 1
    after = cast.everything()
    assert {name for name in before if before[name] != after[name]} == {"outbox.Inbox"}


def test_a_reporter_s_letter_that_came_back_asks_nobody_for_anything(matter, imap):
    imap.put(bounced(matter.letters(cast.REPORTER_ADDRESS)[0].message_id))
    read(imap)
    assert len(returns(matter)) == 1
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]


def test_mail_of_no_case_that_came_back_is_shown_as_returned(db, imap):
    people = cast.branch()
    mail = promise_mail(
        org=people.org, kind="invitation", to="a@example.org", subject="Come", body="...", marker="m", at=LEFT
    )
    record_sent(mail.pk, at=LEFT)
    imap.put(bounced(mail.message_id))
    read(imap)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (Dispatch.State.RETURNED, "came back: 5.1.1")


# Forged


def test_a_forged_report_of_a_letter_that_has_not_left_stops_nothing(imap):
    matter = cast.decided()
    imap.put(bounced(author_letter(matter).message_id))
    read(imap)
    assert author_letter(matter).state == Dispatch.State.WAITING
    assert returns(matter) == []


def test_an_author_who_says_that_it_did_not_come_gains_time_once_and_nothing_else(matter, imap):
    ends, letter = matter.case.settles_at, author_letter(matter)
    serve(at=LEFT + timedelta(hours=72))
    for days in (4, 5, 6):
        imap.put(bounced(letter.message_id))
        read(imap, at=LEFT + timedelta(days=days))
    assert len(returns(matter)) == 1
    [task] = to_hand_over(matter)
    assert matter.case.settles_at == ends, "what the letter says still holds"
    serve(at=task.lapses_at)
    assert matter.case.settles_at > ends
    assert make_final(matter.pk, at=matter.case.settles_at) is True


def test_a_report_of_a_letter_that_left_long_ago_changes_nothing(matter, imap):
    imap.put(bounced(author_letter(matter).message_id))
    read(imap, at=LEFT + timedelta(days=15))
    assert returns(matter) == []


# The mailbox


def test_nothing_in_the_mailbox_changes_not_even_what_is_unread(matter, imap):
    imap.put(ordinary(), bounced(author_letter(matter).message_id))
    read(imap)
    assert imap.unread() == 2


def test_of_ordinary_mail_only_its_kind_is_fetched(matter, imap, monkeypatch):
    fetched = []
    whole = reading._body
    monkeypatch.setattr(reading, "_body", lambda server, uid: fetched.append(uid) or whole(server, uid))
    imap.put(ordinary(), bounced(author_letter(matter).message_id), ordinary("Content-Type: multipart/report"))
    read(imap)
    assert len(fetched) == 1


def test_what_nobody_can_read_stops_no_other_mail(matter, imap, monkeypatch, caplog):
    def broken(raw):
        if b"X-Broken" in raw:
            raise RecursionError("maximum recursion depth exceeded")
        return read_report(raw)

    monkeypatch.setattr(reading, "read_report", broken)
    mail = bounced(author_letter(matter).message_id)
    imap.put(b"X-Broken: yes\r\n" + mail, mail)
    assert read(imap) == 2
    assert len(returns(matter)) == 1
    assert "could not be understood" in caplog.text


def test_a_full_mailbox_is_read_in_looks(matter, imap, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 2)
    imap.put(*[ordinary()] * 4, bounced(author_letter(matter).message_id))
    assert [read(imap) for _ in range(4)] == [2, 2, 1, 0]
    assert len(returns(matter)) == 1


def test_of_a_mailbox_never_read_before_only_the_newest_are_looked_at(matter, imap, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_LOOK", 2)
    imap.put(bounced(author_letter(matter).message_id), ordinary(), ordinary())
    assert read(imap) == 2
    assert returns(matter) == []


def test_a_mailbox_that_begins_its_numbers_anew_is_read_anew(matter, imap):
    imap.put(bounced(author_letter(matter).message_id))
    read(imap)
    Inbox.objects.update(uidvalidity=7, last_uid=10**6)
    assert read(imap) == 1
    assert len(returns(matter)) == 1


@pytest.mark.parametrize("place", ["_body", "record_bounce"])
def test_a_worker_killed_while_it_reads_reads_on_where_it_was(matter, imap, monkeypatch, place):
    letters = matter.letters()
    imap.put(*[bounced(letter.message_id) for letter in letters])
    true, calls = getattr(reading, place), []

    def killed_at_the_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return true(*args, **kwargs)

    monkeypatch.setattr(reading, place, killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        read(imap)
    assert len(returns(matter)) == 1
    monkeypatch.undo()
    assert read(imap) == 2
    assert len(returns(matter)) == 3


def test_a_mailbox_that_does_not_answer_is_written_down_and_stops_nothing(matter, tmp_path, caplog):
    away = ImapServer(tmp_path)
    assert read(away) == 0
    [inbox] = Inbox.objects.all()
    assert (inbox.read_at, inbox.name) == (None, f"moderators@127.0.0.1:{away.port}/INBOX")
    assert "refused" in inbox.error
    assert "could not be read" in caplog.text


def test_a_wrong_password_or_folder_is_said_without_the_password(matter, imap):
    for wrong in ({"password": "guessed"}, {"password": "Straße"}, {"folder": 'No "such" folder'}):
        assert read_returned(at=SOON, mailbox=replace(imap.mailbox, **wrong)) == 0
    said = list(Inbox.objects.order_by("pk").values_list("error", flat=True))
    assert all(said)
    assert not any("guessed" in error or "Straße" in error for error in said)


def test_without_a_mailbox_nothing_is_read(db):
    assert read_returned(at=SOON, mailbox=None) == 0
    assert not Inbox.objects.exists()
