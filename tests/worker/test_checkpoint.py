"""The worker signs within ten minutes of a change, without one not at all, and never what does not follow."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from folkmoot.casefile.access import note_access
from folkmoot.casefile.audit_checkpoint import proof_faults
from folkmoot.casefile.checkpoint_file import CheckpointFile, path_of
from folkmoot.casefile.checkpoint_reader import read_file
from folkmoot.casefile.evidence import kept_elsewhere
from folkmoot.casefile.heads import chains_of
from folkmoot.casefile.models import Case, Checkpoint
from folkmoot.casefile.record import SYSTEM
from folkmoot.config import places
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Dispatch
from folkmoot.steps import make_checkpoint as signing
from folkmoot.steps.claim import claim
from folkmoot.steps.name_outsider import name_outsider
from folkmoot.worker import checkpoint as worker
from folkmoot.worker.checkpoint import checkpoint
from tests import cast, forging
from tests.forging import CaseForgery
from tests.tampering import guards_down

TIDY = timedelta(minutes=9)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Iterator[Path]:
    settings.DATA, settings.CHECKPOINTS = tmp_path, tmp_path / "checkpoints"  # type: ignore[attr-defined]
    yield tmp_path / "checkpoints"
    worker._refused.clear()


@pytest.fixture
def matter(db: None) -> cast.Matter:
    return cast.reported()


def kept(matter: cast.Matter, folder: Path) -> CheckpointFile:
    found = read_file(path_of(folder, matter.branch.org.pk))
    assert found is not None
    return found


def numbers(matter: cast.Matter) -> list[int]:
    return [row.number for row in Checkpoint.objects.within(matter.branch.org)]


def test_the_first_is_signed_at_once_and_without_a_change_there_is_no_other(matter: cast.Matter, folder: Path) -> None:
    assert checkpoint(at=cast.day(0)) == 1
    for minutes in range(1, 60):
        assert checkpoint(at=cast.day(0) + timedelta(minutes=minutes)) == 0
    assert (numbers(matter), len(kept(matter, folder).checkpoints)) == ([1], 1)


def test_nobody_who_writes_waits_while_all_cases_are_read(matter: cast.Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    outside, found = len(connection.savepoint_ids), []
    heads = signing.case_heads

    def noting(org: Organisation) -> Iterator[tuple[str, int, int, str]]:
        found.append(len(connection.savepoint_ids) - outside)
        return heads(org)

    monkeypatch.setattr(signing, "case_heads", noting)
    assert checkpoint(at=cast.day(0)) == 1
    assert found == [0]  # in no transaction of its own: on SQLite that would be the only one


def test_every_change_is_signed_within_ten_minutes_and_many_of_them_at_once(matter: cast.Matter, folder: Path) -> None:
    people, at = matter.branch, cast.day(0)
    checkpoint(at=at)
    signed = []
    for half_minutes in range(1, 60):  # as often as the worker looks
        at = cast.day(0) + timedelta(seconds=30 * half_minutes)
        post = cast.post(people.org, people.place, native_id=f"p{half_minutes}")
        cast.reported(people, post=post, at=at)
        if checkpoint(at=at):
            signed.append(at)
    pauses = [later - earlier for earlier, later in zip([cast.day(0), *signed], signed, strict=False)]
    assert all(TIDY <= pause < timedelta(minutes=10) for pause in pauses)
    assert len(signed) == 3
    assert len(kept(matter, folder).heads) == Case.objects.filter(opened_at__lte=signed[-1]).count()


def test_a_reading_and_an_entry_of_the_register_are_changes_too(matter: cast.Matter, folder: Path) -> None:
    people = matter.branch
    checkpoint(at=cast.day(0))
    note_access(people.org, "case", by=people.operator, at=cast.day(0, minute=1), case=matter.case)
    assert checkpoint(at=cast.day(0, minute=10)) == 1
    name_outsider(
        people.org, name="A", email="a@example.org", rhythm="each", by=people.administrator, at=cast.day(0, minute=11)
    )
    assert checkpoint(at=cast.day(0, minute=20)) == 1
    assert kept(matter, folder).checkpoints[-1].moved == {}


def test_each_organisation_has_a_file_of_its_own(matter: cast.Matter, folder: Path) -> None:
    other = cast.reported(cast.branch("Valley branch"))
    assert checkpoint(at=cast.day(0)) == 2
    uids = [set(kept(one, folder).heads) for one in (matter, other)]
    assert uids == [{matter.case.uid}, {other.case.uid}]


def test_the_key_lies_beside_the_database_and_can_be_read_by_its_owner_only(matter: cast.Matter, folder: Path) -> None:
    checkpoint(at=cast.day(0))
    secret = folder.parent / "keys" / "checkpoints"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert secret.read_text().strip() not in path_of(folder, matter.branch.org.pk).read_text()


def test_a_worker_killed_between_the_file_and_the_database_loses_no_checkpoint_and_no_mail(
    matter: cast.Matter, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = matter.branch
    name_outsider(people.org, name="A", email="a@example.org", rhythm="each", by=SYSTEM, at=cast.FOUNDED)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(signing, "_keep", killed)
    with pytest.raises(KeyboardInterrupt):
        checkpoint(at=cast.day(0))
    monkeypatch.undo()
    assert (numbers(matter), len(kept(matter, folder).checkpoints)) == ([], 1)
    claim(matter.pk, by=people.operator, at=cast.day(0, minute=5))
    checkpoint(at=cast.day(0, minute=5))
    assert numbers(matter) == [1, 2]
    assert [one.number for one in kept(matter, folder).checkpoints] == [1, 2]
    assert Dispatch.objects.filter(kind="checkpoint").count() == 2


def test_a_file_that_was_lost_or_cut_is_made_again_out_of_the_database(matter: cast.Matter, folder: Path) -> None:
    path = path_of(folder, matter.branch.org.pk)
    checkpoint(at=cast.day(0))
    claim(matter.pk, by=matter.branch.operator, at=cast.day(0, minute=5))
    checkpoint(at=cast.day(0, minute=10))
    whole = path.read_text()
    for left in ("", "\n".join(whole.splitlines()[:2]) + "\n"):
        path.write_text(left)
        note_access(matter.branch.org, "case", by=matter.branch.operator, at=cast.day(1), case=matter.case)
        assert checkpoint(at=cast.day(1) + timedelta(hours=len(left))) == 1
        assert path.read_text().startswith(whole)
        assert kept(matter, folder).fault == ""


@pytest.mark.parametrize("edit", ["edited", "cut", "removed", "register", "readings"])
def test_what_was_changed_behind_the_softwares_back_is_not_signed_and_is_said_once(
    edit: str, matter: cast.Matter, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    people = matter.branch
    claim(matter.pk, by=people.operator, at=cast.day(0, minute=5))
    note_access(people.org, "case", by=people.operator, at=cast.day(0, minute=5), case=matter.case)
    checkpoint(at=cast.day(0, minute=10))
    before = path_of(folder, people.org.pk).read_text()
    with guards_down():
        forged(edit, matter)
    cast.reported(people, post=cast.post(people.org, people.place, native_id="later"), at=cast.day(0, minute=30))
    for minutes in range(30, 38):
        assert checkpoint(at=cast.day(0, minute=minutes)) == 0
    assert path_of(folder, people.org.pk).read_text() == before
    assert caplog.text.count("no checkpoint for harbour-branch") == 1
    assert "is not what checkpoint 1 knows" in caplog.text


def forged(edit: str, matter: cast.Matter) -> None:
    org, forgery = matter.branch.org, CaseForgery(matter.case)
    if edit == "edited":
        forgery.payloads[0]["by"] = "person:99"
        forgery.put_back()
    elif edit == "cut":
        del forgery.payloads[-1]
        forgery.put_back()
    elif edit == "removed":
        forging.remove_case(matter.case)
    elif edit == "register":
        kept = forging.register_payloads(org)[:-1]
        forging.rechain(org, kept, case=None)
        forging.forget_roles(org, kept)
    else:
        forging.rewrite_readings(org, [])


def test_what_is_refused_aside_is_not_tried_again_twice_a_minute(
    matter: cast.Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = [worker.REFUSED]
    tried: list[object] = []
    monkeypatch.setattr(worker, "aside", lambda work: tried.append(work) or ended[0])
    worker.checkpoint_aside(at=cast.day(0))
    worker.checkpoint_aside(at=cast.day(0) + timedelta(seconds=30))
    assert len(tried) == 1
    ended[0] = -9  # it was killed: that is no refusal
    for seconds in (0, 30):
        worker.checkpoint_aside(at=cast.day(0) + TIDY + timedelta(seconds=seconds))
    assert len(tried) == 3


def test_who_signs_aside_says_whether_anything_was_refused(matter: cast.Matter, folder: Path) -> None:
    worker._checkpoint_or_fail(cast.day(0))
    assert numbers(matter) == [1]
    (folder.parent / "keys" / "checkpoints").write_text("5" * 64)  # another key
    claim(matter.pk, by=matter.branch.moderator, at=cast.day(1))
    with pytest.raises(SystemExit) as ended:
        worker._checkpoint_or_fail(cast.day(1))
    assert ended.value.code == worker.REFUSED


def test_with_another_key_nothing_is_signed(
    matter: cast.Matter, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    checkpoint(at=cast.day(0))
    (folder.parent / "keys" / "checkpoints").unlink()
    assert places.key(folder.parent, "checkpoints")
    claim(matter.pk, by=matter.branch.operator, at=cast.day(0, minute=5))
    assert checkpoint(at=cast.day(0, minute=10)) == 0
    assert "were signed with another key" in caplog.text


def test_where_the_key_is_lost_for_good_a_new_file_goes_on_from_the_old_one(matter: cast.Matter, folder: Path) -> None:
    path = path_of(folder, matter.branch.org.pk)
    checkpoint(at=cast.day(0))
    (folder.parent / "keys" / "checkpoints").unlink()
    path.rename(folder / "put-away.jsonl")
    for minutes in (10, 20):
        note_access(matter.branch.org, "case", by=matter.branch.operator, at=cast.day(0), case=matter.case)
        assert checkpoint(at=cast.day(0, minute=minutes)) == 1
    assert numbers(matter) == [1, 2, 3]
    new = kept(matter, folder)
    assert ([one.number for one in new.checkpoints], new.after, new.fault) == ([2, 3], 1, "")
    path.unlink()
    note_access(matter.branch.org, "case", by=matter.branch.operator, at=cast.day(0), case=matter.case)
    assert checkpoint(at=cast.day(0, minute=30)) == 1
    assert [one.number for one in kept(matter, folder).checkpoints] == [2, 3, 4], "made again out of the database"
    old = kept_elsewhere(folder / "put-away.jsonl", own=kept(matter, folder))
    assert list(proof_faults(chains_of(matter.branch.org), old.proof)) == [], "the old file proves what it proved"


def test_a_file_that_somebody_changed_is_not_gone_on_with(
    matter: cast.Matter, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    checkpoint(at=cast.day(0))
    path = path_of(folder, matter.branch.org.pk)
    first, line = path.read_text().splitlines()
    said = {**json.loads(line), "cases": []}
    path.write_text(f"{first}\n{json.dumps(said)}\n")
    claim(matter.pk, by=matter.branch.operator, at=cast.day(0, minute=5))
    assert checkpoint(at=cast.day(0, minute=10)) == 0
    assert "were changed: line 2: the cases of checkpoint 1 are not those that were signed" in caplog.text
