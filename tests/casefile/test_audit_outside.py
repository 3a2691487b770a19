"""The audit finds what was changed beside the case files: letters, tasks, places, settings, addresses, readings."""

from collections.abc import Callable

import pytest

from folkmoot.archive.models import Contact, Operator, Platform
from folkmoot.casefile.access import mark_of_earlier, note_access
from folkmoot.casefile.models import AccessLog, Attachment, Case, Reading
from folkmoot.members.models import ApiToken, Organisation, Outsider
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.steps.attach import Upload
from folkmoot.steps.issue_token import issue_token
from folkmoot.steps.name_author import name_author
from folkmoot.steps.name_outsider import name_outsider
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.tick_task import tick_task
from tests import cast
from tests.cast import Matter, lay_open
from tests.tampering import findings, guards_down


@pytest.fixture
def decided(db: None) -> Matter:
    """Return a decided case: one letter sent, one on its way, a task done, and who reads it noted."""
    matter = cast.decided()
    people = matter.branch
    record_sent(matter.letters(cast.AUTHOR_ADDRESS)[0].pk, at=cast.day(1, minute=5))
    tick_task(matter.tasks()[0].pk, done=True, by=people.operator, at=cast.day(1, minute=6))
    for minute in range(3):
        note_access(people.org, "case", by=people.operator, at=cast.day(1, minute=minute), case=matter.case)
    name_outsider(people.org, name="A", email="a@example.org", rhythm="each", by=people.administrator, at=cast.day(1))
    assert lay_open(people.org) == []
    return matter


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"to": "somebody@else.example"}, "is not the one that was promised: to whom, or with what"),
        ({"subject": "Something else"}, "is not the one that was promised: to whom, or with what"),
        ({"state": "waiting"}, "is waiting, and that is not what the record says"),
        ({"state": "given_up"}, "is given_up, and that is not what the record says"),
        ({"state": "cancelled"}, "is cancelled, and that is not what the record says"),
    ],
)
def test_a_changed_letter_is_found(decided: Matter, change: dict[str, str], says: str) -> None:
    letter = decided.letters(cast.AUTHOR_ADDRESS)[0]
    Dispatch.objects.filter(pk=letter.pk).update(**change)
    findings(decided, f"letter {letter.pk} {says}")


def test_a_letter_on_its_way_that_was_called_off_or_marked_as_sent_is_found(decided: Matter) -> None:
    letter = decided.letters(cast.REPORTER_ADDRESS)[0]
    for state in ("sent", "cancelled", "given_up"):
        Dispatch.objects.filter(pk=letter.pk).update(state=state)
        findings(decided, f"letter {letter.pk} is {state}")


def test_a_letter_that_is_gone_or_was_added_is_found(decided: Matter) -> None:
    letter = decided.letters(cast.REPORTER_ADDRESS)[0]
    Dispatch.objects.filter(pk=letter.pk).delete()
    assert lay_open(decided.branch.org) == [f"the outbox: letter {letter.pk} is gone"]
    letter.pk, letter.message_id = None, "<another@example.org>"
    letter.save()
    assert f"case {decided.pk}: letter {letter.pk} was promised, and no event tells of it" in lay_open(
        decided.branch.org
    )


@pytest.mark.parametrize(("column", "value"), [("op", "restore"), ("state", "open"), ("state", "cannot")])
def test_a_changed_task_is_found(decided: Matter, column: str, value: str) -> None:
    [task] = decided.tasks(state=Task.State.DONE)
    Task.objects.filter(pk=task.pk).update(**{column: value})
    findings(decided, f"task {task.pk} is ")


def test_a_task_that_was_added_or_set_aside_in_silence_is_found(db: None) -> None:
    matter = cast.decided()
    [task] = matter.tasks()
    Task.objects.filter(pk=task.pk).update(state=Task.State.SUPERSEDED)
    findings(matter, f"task {task.pk} is superseded")
    task.pk = None
    task.save()
    findings(matter, f"task {task.pk} was asked, and no event tells of it")


def test_a_letter_to_a_newer_address_and_the_task_that_it_ends_are_told_of(db: None) -> None:
    matter = cast.decided(cast.branch(contact=False))
    people = matter.branch
    name_author(matter.pk, address="rowan@new.example", source="By telephone.", by=people.operator, at=cast.day(2))
    assert Task.objects.filter(case=matter.pk, state=Task.State.SUPERSEDED).exists()
    assert lay_open(people.org) == []


def test_a_changed_link_is_found(db: None) -> None:
    matter = cast.reported(link="https://example.org/posts/100")
    Case.objects.filter(pk=matter.pk).update(link="https://example.org/another")
    findings(matter, "its link is not the one of its first report")


@pytest.mark.parametrize("change", [{"name": "other.png"}, {"media_type": "text/html"}])
def test_a_file_with_another_name_or_type_is_found(db: None, change: dict[str, str]) -> None:
    matter = cast.reported(files=[Upload("screen.png", "image/png", b"the picture")])
    with guards_down():
        Attachment.objects.update(**change)
    findings(matter, "the files of paper 1 are not those that came with it")


def in_register(matter: Matter, says: str) -> None:
    found = lay_open(matter.branch.org)
    assert any(line.startswith("the register of ") and says in line for line in found), found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "Another page"}, "is called, or is found, otherwise"),
        ({"url": "https://example.org/elsewhere"}, "is called, or is found, otherwise"),
        ({"kind": "website"}, "is not of the kind, or not as open"),
        ({"is_public": False}, "is not of the kind, or not as open"),
    ],
)
def test_a_changed_place_is_found(decided: Matter, change: dict[str, object], says: str) -> None:
    Platform.objects.filter(pk=decided.branch.place.pk).update(**change)
    in_register(decided, says)


def test_a_place_that_nobody_added_is_found(decided: Matter) -> None:
    Platform.objects.create(org=decided.branch.org, slug="x", name="X", created_at=cast.day(1))
    in_register(decided, "was added without an entry")


@pytest.mark.parametrize("change", ["ended", "named"])
def test_who_looks_after_a_place_in_silence_is_found(decided: Matter, change: str) -> None:
    people = decided.branch
    if change == "ended":
        Operator.objects.filter(org=people.org).update(until=cast.day(1))
    else:
        Operator.objects.create(org=people.org, platform=people.place, person=people.author, since=cast.day(1))
    in_register(decided, "who looks after which place")


@pytest.mark.parametrize(
    "change",
    [{"name": "Other branch"}, {"zone": "Asia/Tokyo"}, {"contact": "x@example.org"}, {"official_url": "https://x.org"}],
)
def test_a_changed_setting_is_found(decided: Matter, change: dict[str, str]) -> None:
    Organisation.objects.filter(pk=decided.branch.org.pk).update(**change)
    in_register(decided, "the organisation's settings are not those that the last entry left")


@pytest.mark.parametrize("change", [{"email": "b@example.org"}, {"rhythm": "daily"}, {"until": cast.day(2)}])
def test_a_changed_outsider_is_found(decided: Matter, change: dict[str, object]) -> None:
    Outsider.objects.update(**change)
    in_register(decided, "who outside gets checkpoints")


@pytest.mark.parametrize(
    "change",
    [{"scopes": ["admin"]}, {"until": cast.day(900)}, {"hash": "0" * 64}, {"revoked_at": cast.day(3)}],
)
def test_a_changed_token_is_found(decided: Matter, change: dict[str, object]) -> None:
    people, until = decided.branch, cast.day(90).date()
    issue_token(people.org, name="A", scopes=["read"], until=until, by=people.operator, at=cast.day(1))
    ApiToken.objects.update(**change)
    in_register(decided, "who holds which token for programs")


@pytest.mark.parametrize("change", [{"address": "x@example.org"}, {"source": "guessed"}, {"added_at": cast.day(5)}])
def test_a_changed_address_of_an_author_is_found(decided: Matter, change: dict[str, object]) -> None:
    with guards_down():
        Contact.objects.update(**change)
    in_register(decided, "of an author is not the one that was written down")


def test_an_address_of_an_author_that_is_gone_or_was_added_is_found(db: None) -> None:
    matter = cast.decided(cast.branch(contact=False))
    people = matter.branch
    name_author(matter.pk, address="rowan@new.example", source="By telephone.", by=people.operator, at=cast.day(2))
    added = Contact.objects.create(
        org=people.org, account=people.account, address="x@example.org", added_by=people.operator, added_at=cast.day(2)
    )
    in_register(matter, f"the address {added.pk} of an author was put in without an entry")
    with guards_down():
        Contact.objects.all().delete()
    in_register(matter, "of an author is gone")


# The access log


def in_log(matter: Matter, says: str) -> None:
    found = lay_open(matter.branch.org)
    assert any(line.startswith("the access log of ") and says in line for line in found), found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows.filter(seq=2).update(by="person:99"), "entry 2 says something else in its columns"),
        (lambda rows: rows.filter(seq=2).update(case=None), "entry 2 says something else in its columns"),
        (lambda rows: rows.filter(seq=2).update(payload=b"{}"), "entry 2 was edited"),
        (lambda rows: rows.filter(seq=2).delete(), "entry 2 is missing"),
        (lambda rows: rows.filter(seq=3).delete(), "the bookmark knows 3 entries, and 2 are there"),
    ],
)
def test_a_changed_access_log_is_found(decided: Matter, change: Callable[[object], object], says: str) -> None:
    with guards_down():
        change(Reading.objects.within(decided.branch.org))
    in_log(decided, says)


def test_readings_of_before_the_chain_are_bound_by_its_first_entry(db: None) -> None:
    matter = cast.reported()
    people = matter.branch
    old = Reading.objects.create(org=people.org, case=matter.case, by="person:1", what="case", at=cast.day(0))
    note_access(people.org, "case", by=people.operator, at=cast.day(1), case=matter.case)
    assert lay_open(people.org) == []
    before = mark_of_earlier(people.org)
    with guards_down():
        Reading.objects.filter(pk=old.pk).update(by="person:2")
    assert mark_of_earlier(people.org) != before
    in_log(matter, "its entries from before it was chained")


def test_two_organisations_have_logs_of_their_own(db: None) -> None:
    here, there = cast.branch(), cast.branch("Valley branch")
    for people in (here, there, here):
        note_access(people.org, "letters", by=people.operator, at=cast.day(1))
    assert list(AccessLog.objects.order_by("org").values_list("seq", flat=True)) == [2, 1]
    assert lay_open(here.org) == lay_open(there.org) == []
