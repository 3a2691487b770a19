"""Those outside who keep checkpoints: named, told, ended."""

from datetime import timedelta
from pathlib import Path

import pytest

from folkmoot.casefile.audit_checkpoint import proof_faults
from folkmoot.casefile.checkpoint_file import path_of
from folkmoot.casefile.checkpoint_reader import read_file
from folkmoot.casefile.evidence import kept_elsewhere
from folkmoot.casefile.heads import chains_of
from folkmoot.casefile.models import Checkpoint, Event
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Outsider
from folkmoot.outbox.models import Dispatch
from folkmoot.steps.end_outsider import end_outsider
from folkmoot.steps.make_checkpoint import make_checkpoint
from folkmoot.steps.name_outsider import name_outsider
from tests import cast
from tests.cast import FOUNDED, Branch, branch, lay_open, refused
from tests.tampering import guards_down

SEED = bytes(range(32))
EACH, DAILY = Outsider.Rhythm.EACH, Outsider.Rhythm.DAILY


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


def named(people: Branch, email: str = "office@federation.example", rhythm: str = EACH) -> Outsider:
    by = people.administrator
    return name_outsider(people.org, name="The federation", email=email, rhythm=rhythm, by=by, at=FOUNDED)


def sign(people: Branch, folder: Path, *, hours: int) -> Checkpoint | None:
    """Let something happen, and sign it."""
    number = str(hours)
    at = cast.day(0) + timedelta(hours=hours)
    cast.reported(people, post=cast.post(people.org, people.place, native_id=f"at {number}"), at=at)
    return make_checkpoint(people.org, folder=folder, seed=SEED, at=at)


def mails(email: str = "office@federation.example") -> list[Dispatch]:
    return list(Dispatch.objects.filter(kind="checkpoint", to=email).order_by("pk"))


def test_who_is_named_stands_on_the_register_without_name_or_address(people: Branch) -> None:
    one = named(people)
    entry = Event.objects.filter(case=None).latest("seq")
    assert (entry.step, entry.facts["outsider"], entry.facts["rhythm"]) == ("name_outsider", one.pk, "each")
    assert b"federation" not in bytes(entry.payload)
    end_outsider(one, by=people.administrator, at=FOUNDED)
    assert lay_open(people.org) == []


def test_an_outsider_is_named_once_and_holds_no_office(people: Branch) -> None:
    named(people)
    with refused(BadInput, "They get the checkpoints already.", field="email"):
        named(people, email="Office@Federation.example")
    assert people.secretary is not None
    with refused(BadInput, "holds an office here", field="email"):
        named(people, email=people.secretary.email)
    with refused(BadInput, "Please choose how often.", field="rhythm"):
        named(people, email="b@example.org", rhythm="sometimes")


def test_only_an_administrator_says_who_outside_gets_them(people: Branch) -> None:
    one = named(people)
    with refused(NotPermitted, "Only an administrator"):
        name_outsider(people.org, name="X", email="x@example.org", rhythm=EACH, by=people.operator, at=FOUNDED)
    with refused(NotPermitted, "Only an administrator"):
        end_outsider(one, by=people.operator, at=FOUNDED)


def test_each_gets_each_checkpoint_and_some_get_one_a_day(people: Branch, tmp_path: Path) -> None:
    named(people, "auditor@example.org", DAILY)
    named(people)
    for hours in (0, 1, 23, 24, 25):
        assert sign(people, tmp_path, hours=hours)
    assert [mail.subject.split()[1] for mail in mails()] == ["1", "2", "3", "4", "5"]
    assert [mail.subject.split()[1] for mail in mails("auditor@example.org")] == ["1", "4"]


def test_who_was_ended_gets_no_more(people: Branch, tmp_path: Path) -> None:
    one = named(people)
    sign(people, tmp_path, hours=0)
    end_outsider(one, by=people.administrator, at=cast.day(0))
    sign(people, tmp_path, hours=1)
    assert len(mails()) == 1


def test_a_mail_holds_no_name_and_no_word_and_proves_what_it_covers(people: Branch, tmp_path: Path) -> None:
    named(people)
    cast.decided(people)
    sign(people, tmp_path, hours=30)
    [mail] = mails()
    for secret in (cast.WORDS, cast.REASONS, "Rowan", cast.REPORTER_ADDRESS, "Mo Abara"):
        assert secret not in mail.body
    saved = tmp_path / "mail.txt"
    saved.write_text(mail.body.replace("\n", "\r\n"))
    own = read_file(path_of(tmp_path, people.org.pk))
    assert own is not None
    evidence = kept_elsewhere(saved, own=own, fingerprint=own.fingerprint)
    assert (evidence.faults, evidence.proof.fingerprint) == ([], own.fingerprint)
    assert list(proof_faults(chains_of(people.org), evidence.proof)) == []
    assert evidence.proof.heads.keys() == chains_of(people.org).cases.keys()


def test_a_mail_shows_that_the_servers_own_file_was_exchanged(people: Branch, tmp_path: Path) -> None:
    named(people)
    sign(people, tmp_path / "first", hours=0)
    saved = tmp_path / "mail.txt"
    saved.write_text(mails()[0].body)
    with guards_down():
        Checkpoint.objects.all().delete()
    # and all is signed anew, as if it had always been so
    sign(people, tmp_path / "second", hours=1)
    own = read_file(path_of(tmp_path / "second", people.org.pk))
    evidence = kept_elsewhere(saved, own=own)
    assert evidence.faults == [
        "checkpoint 1 was given out, and the checkpoints kept by the server do not have it (or another)"
    ]
    assert kept_elsewhere(saved, own=None).faults == evidence.faults
