"""A moderator says who wrote the post or where they can be reached, and how they know."""

import pytest

from folkmoot.archive.models import Account, Contact
from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import ReportKind, Stage
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.name_author import name_author
from folkmoot.steps.record_delivery import record_failure
from folkmoot.steps.tell import author_address
from folkmoot.steps.tick_task import tick_task
from tests import cast
from tests.cast import Matter, refused

FROM = "It is on the membership list."


@pytest.fixture
def people():
    return cast.branch(contact=False)


@pytest.fixture
def nobody_s(people):
    """Return a decided case about a post whose author nobody knows."""
    post = cast.post(people.org, people.place, text=cast.WORDS + "!", native_id="400")
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))
    return matter


def by_hand(matter):
    return [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]


def test_letters_that_waited_for_an_address_go_to_it(people):
    matter = cast.decided(people)
    [task] = by_hand(matter)
    name_author(matter.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(2))
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert (letter.paper, letter.kind) == (task.paper, "statement_of_reasons")
    assert by_hand(matter) == []
    task.refresh_from_db()
    assert task.state == Task.State.SUPERSEDED


@pytest.fixture
def unserved(people):
    """Return a decided case whose author nobody could reach, by mail or by hand."""
    matter = cast.decided(people)
    [task] = by_hand(matter)
    tick_task(task.pk, done=False, note="Nobody knows them.", by=people.operator, at=cast.day(2))
    return matter


def test_a_letter_that_was_not_served_goes_to_an_address_that_turns_up_later(unserved, people):
    name_author(unserved.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(3))
    [letter] = unserved.letters(cast.AUTHOR_ADDRESS)
    assert letter.kind == "statement_of_reasons"
    assert [task.paper for task in unserved.tasks(state=Task.State.CANNOT)] == [letter.paper]


def test_a_letter_that_is_on_its_way_since_is_not_sent_twice(unserved, people):
    for address in (cast.AUTHOR_ADDRESS, "rowan@new.example"):
        name_author(unserved.pk, address=address, source=FROM, by=people.operator, at=cast.day(3))
    assert unserved.letters("rowan@new.example") == []


def test_a_letter_that_came_back_from_there_too_goes_to_the_next_address_once(unserved, people):
    name_author(unserved.pk, address="old@example.org", source=FROM, by=people.operator, at=cast.day(3))
    [letter] = unserved.letters("old@example.org")
    record_failure(letter.pk, error="refused: 550", lasting=True, at=cast.day(3))
    assert [task.paper for task in by_hand(unserved)] == [letter.paper]
    name_author(unserved.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(4))
    assert [one.paper for one in unserved.letters(cast.AUTHOR_ADDRESS)] == [letter.paper]
    assert by_hand(unserved) == []


def test_a_letter_that_was_handed_over_in_the_end_is_served(unserved, people):
    name_author(unserved.pk, address="old@example.org", source=FROM, by=people.operator, at=cast.day(3))
    record_failure(unserved.letters("old@example.org")[0].pk, error="refused: 550", lasting=True, at=cast.day(3))
    tick_task(by_hand(unserved)[0].pk, done=True, by=people.operator, at=cast.day(4))
    name_author(unserved.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(5))
    assert unserved.letters(cast.AUTHOR_ADDRESS) == []


def test_a_final_letter_that_came_back_goes_to_another_address_and_the_case_stays_final():
    matter = cast.finalised()
    people = matter.branch
    letter = next(one for one in matter.letters(cast.AUTHOR_ADDRESS) if one.kind == "executive_decided")
    record_failure(letter.pk, error="refused: 550", lasting=True, at=cast.day(9))
    name_author(matter.pk, address="rowan@new.example", source=FROM, by=people.operator, at=cast.day(10))
    assert [one.paper for one in matter.letters("rowan@new.example")] == [letter.paper]
    assert (matter.case.stage, by_hand(matter)) == (Stage.FINAL, [])


def test_what_is_known_is_kept_with_its_source_and_out_of_what_cannot_be_erased(people):
    matter = cast.decided(people)
    paper = name_author(matter.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(2))
    assert paper.words["source"] == FROM
    assert cast.AUTHOR_ADDRESS.encode() not in bytes(paper.body)
    assert Contact.objects.get().source == FROM


def test_an_author_whom_nobody_knew_gets_an_account(nobody_s, people):
    name_author(nobody_s.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(2))
    account = nobody_s.case.post.account
    assert (account.handle, account.contacts.get().address) == (None, cast.AUTHOR_ADDRESS)
    assert [letter.kind for letter in nobody_s.letters(cast.AUTHOR_ADDRESS)] == ["statement_of_reasons"]


def test_a_handle_that_is_known_is_the_same_account_and_its_address_serves(nobody_s, people):
    cast.known_at(people, cast.AUTHOR_ADDRESS)
    name_author(nobody_s.pk, handle="rowan.pike", source="Their picture.", by=people.operator, at=cast.day(2))
    assert nobody_s.case.post.account == people.account
    assert [letter.kind for letter in nobody_s.letters(cast.AUTHOR_ADDRESS)] == ["statement_of_reasons"]
    assert by_hand(nobody_s) == []


def test_an_address_that_was_given_first_is_kept_when_the_handle_proves_to_be_a_known_one(nobody_s, people):
    name_author(nobody_s.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(2))
    name_author(nobody_s.pk, handle="rowan.pike", source="The screenshot.", by=people.moderator, at=cast.day(3))
    assert nobody_s.case.post.account == people.account
    assert author_address(nobody_s.case) == cast.AUTHOR_ADDRESS
    kept = people.account.contacts.get()
    assert (kept.source, kept.added_by) == (FROM, people.operator)


def test_a_known_account_keeps_the_address_that_it_has(nobody_s, people):
    cast.known_at(people, "rowan@elsewhere.example")
    name_author(nobody_s.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(2))
    name_author(nobody_s.pk, handle="rowan.pike", source="The screenshot.", by=people.moderator, at=cast.day(3))
    assert author_address(nobody_s.case) == "rowan@elsewhere.example"


def test_a_new_handle_is_a_new_account(nobody_s, people):
    name_author(nobody_s.pk, handle="new.one", source="Their page.", by=people.operator, at=cast.day(2))
    assert nobody_s.case.post.account.handle == "new.one"
    assert len(by_hand(nobody_s)) == 1


def test_a_known_author_stays_the_author(people):
    matter = cast.decided(people)
    Account.objects.create(org=people.org, platform=people.place, handle="somebody.else", first_seen_at=cast.FOUNDED)
    for handle in ("somebody.else", "nobody.yet"):
        with refused(BadInput, "The post is already known to be by rowan.pike", field="handle"):
            name_author(matter.pk, handle=handle, source=FROM, by=people.operator, at=cast.day(2))
    name_author(matter.pk, handle="rowan.pike", source=FROM, by=people.operator, at=cast.day(2))


def test_a_newer_address_is_used_from_then_on(people):
    matter = cast.decided(people)
    for address in ("old@example.org", cast.AUTHOR_ADDRESS):
        name_author(matter.pk, address=address, source=FROM, by=people.operator, at=cast.day(2))
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    assert [letter.kind for letter in matter.letters(cast.AUTHOR_ADDRESS)] == ["appeal_received"]


@pytest.mark.parametrize(
    ("said", "message", "field"),
    [
        ({"source": FROM}, "a name at that place, or an e-mail address", "address"),
        ({"address": "rowan at example", "source": FROM}, "does not look like an e-mail address", "address"),
        ({"address": cast.AUTHOR_ADDRESS, "source": ""}, "how you know this", "source"),
    ],
)
def test_what_is_missing_is_asked_for(people, said, message, field):
    matter = cast.decided(people)
    with refused(BadInput, message, field=field):
        name_author(matter.pk, by=people.operator, at=cast.day(2), **said)


def test_first_the_post_then_its_author(people):
    receipt = file_report(people.org, Report(kind=ReportKind.OTHER, words="Somewhere."), at=cast.day(0))
    with refused(NotPermitted, "which post this is about"):
        name_author(receipt.case.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(1))


def test_who_is_involved_names_nobody(people):
    cast.own(people, people.operator)
    matter = cast.reported(people, email=people.secretary.email)
    for by in (people.operator, people.secretary):
        with refused(NotPermitted, "somebody else has to act"):
            name_author(matter.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=by, at=cast.day(2))


def test_who_has_no_part_in_deciding_names_nobody(people):
    matter = cast.decided(people)
    stranger = cast.outsider()
    for by, says in ((people.administrator, "Only the moderators"), (stranger, "another organisation")):
        with refused(NotPermitted, says):
            name_author(matter.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=by, at=cast.day(2))
    assert matter.papers(Paper.Kind.AUTHOR) == []


def test_a_case_that_was_only_pasted_is_a_matter_too(people):
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, quoted=cast.WORDS), at=cast.day(0))
    matter = Matter(people, receipt)
    name_author(matter.pk, address=cast.AUTHOR_ADDRESS, source=FROM, by=people.operator, at=cast.day(1))
    assert len(matter.papers(Paper.Kind.AUTHOR)) == 1
