"""Is everything working? What each light says, and that looking finds what is there."""

import json
import os
import socket
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from folkmoot.config.health import keeping, machine, office, post, texts
from folkmoot.config.health.everything import office_lights, server_lights, what_stops, worst
from folkmoot.config.health.light import Light, Sign
from folkmoot.config.health.marks import BackupMade, beat, last_backup, note_backup, note_triage, seconds_since_beat
from folkmoot.config.mail import mail_server
from folkmoot.detectors.served.last import Start, file_of, note
from folkmoot.kernel.errors import NotReady
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Role
from folkmoot.steps.add_place import add_place
from folkmoot.steps.end_operator import end_operator
from folkmoot.steps.make_checkpoint import make_checkpoint
from folkmoot.steps.name_outsider import name_outsider
from folkmoot.steps.record_delivery import record_failure, record_sent
from tests import cast
from tests.cast import Branch, branch, day
from tests.tampering import guards_down

NOW = day(1)
A_DAY = timedelta(days=1)
GB = 1_000_000_000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA, settings.CHECKPOINTS = tmp_path, tmp_path / "checkpoints"
    return tmp_path


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


def by_key(lights: list[Light]) -> dict[str, Light]:
    return {light.key: light for light in lights}


@pytest.mark.parametrize(
    ("silent", "sign", "says"),
    [
        (None, Sign.BAD, "never run"),
        (3.0, Sign.OK, "goes round"),
        (200.0, Sign.SOON, "3 minutes ago"),
        (4000.0, Sign.BAD, "not gone round for 1 hour"),
    ],
)
def test_a_worker_that_is_silent_is_told_of(silent: float | None, sign: Sign, says: str) -> None:
    light = machine.say_worker(silent)
    assert (light.sign, says in light.says) == (sign, True)
    assert bool(light.do) == (sign is not Sign.OK)


def test_the_workers_mark_grows_old(folder: Path) -> None:
    assert seconds_since_beat(folder) is None
    beat(folder)
    assert seconds_since_beat(folder) < 5  # type: ignore[operator]
    os.utime(folder / "worker.beat", (0, time.time() - 500))
    assert 495 < seconds_since_beat(folder) < 520  # type: ignore[operator]
    beat(folder)
    assert seconds_since_beat(folder) < 5  # type: ignore[operator]


@pytest.mark.parametrize(
    ("free", "needed", "sign", "says"),
    [
        (40 * GB, GB, Sign.OK, "40.0 GB are free"),
        (40 * GB, 39 * GB, Sign.SOON, "not enough for a backup"),
        (GB, 0, Sign.SOON, "1.0 GB are free"),
        (GB // 10, 0, Sign.BAD, "soon nothing can be kept"),
    ],
)
def test_a_disk_says_whether_there_is_room_for_a_backup_too(free: int, needed: int, sign: Sign, says: str) -> None:
    light = machine.say_disk([machine.Disk("/elsewhere", 90 * GB, 0), machine.Disk("/data", free, needed)])
    assert (light.sign, says in light.says) == (sign, True)


def test_a_clock_that_is_behind_the_record_is_wrong_and_one_that_was_moved_is_said_to_be() -> None:
    clock = machine.Clock(NOW, 0, NOW - A_DAY, kept=True)
    assert machine.say_clock(clock).sign is Sign.OK
    assert machine.say_clock(replace(clock, kept=False)).sign is Sign.NOTE
    assert "moved on by 3 days" in machine.say_clock(replace(clock, shift=3 * 86400)).says
    behind = machine.say_clock(replace(clock, newest=NOW + A_DAY))
    assert (behind.sign, "it goes wrong" in behind.says) == (Sign.BAD, True)


def test_mail_says_what_waits_and_what_the_last_try_said(settings: Any) -> None:
    fine = post.Post(NOW, is_set=True, late=0, oldest=None, error="", last_sent=NOW - timedelta(minutes=5))
    assert post.say_post(fine).says == "No letter is late. The last one left 5 minutes ago."
    assert post.say_post(replace(fine, last_sent=None)).sign is Sign.NOTE
    unset = post.say_post(replace(fine, is_set=False))
    assert ("MAIL_URL" in unset.do, unset.sign) == (True, Sign.SOON)  # reports can be taken all the same
    stuck = post.say_post(replace(fine, late=2, oldest=NOW - timedelta(hours=3), error="refused: 550"))
    assert stuck.sign is Sign.BAD
    assert stuck.says.startswith("2 letters wait and should have left; the oldest was written 3 hours ago.")
    assert "refused: 550" in stuck.says
    settings.DEMO = True
    assert post.say_post(replace(fine, is_set=False)).sign is Sign.NOTE


def test_a_mailbox_that_is_not_read_is_told_of() -> None:
    fine = post.Returns(NOW, is_set=True, read_at=NOW - timedelta(minutes=4), error="")
    assert post.say_returns(fine).sign is Sign.OK
    assert post.say_returns(replace(fine, is_set=False)).sign is Sign.NOTE
    assert post.say_returns(replace(fine, read_at=None)).sign is Sign.SOON
    assert post.say_returns(replace(fine, read_at=NOW - A_DAY)).sign is Sign.BAD
    assert "login failed" in post.say_returns(replace(fine, error="login failed")).says


@pytest.mark.parametrize(
    ("stands", "sign", "says"),
    [
        ({}, Sign.OK, "starts when somebody asks"),
        ({"runs": True}, Sign.OK, "It answers."),
        ({"runs": True, "answers": False}, Sign.SOON, "does not answer"),
        ({"without": ("transformer",)}, Sign.SOON, "could not be loaded (transformer), and so sees less."),
        ({"failed": "ImportError: libstdc++.so.6 is not there."}, Sign.BAD, "libstdc++.so.6 is not there. Nobody"),
        ({"damaged": ("linear.npz",)}, Sign.BAD, "missing or damaged: linear.npz."),
    ],
)
def test_the_check_of_texts_says_what_it_does_without(stands: dict[str, Any], sign: Sign, says: str) -> None:
    fine = texts.Texts((), runs=False, answers=True, without=(), failed="")
    light = texts.say_texts(replace(fine, **stands))
    assert (light.sign, says in light.says) == (sign, True)
    assert bool(light.do) == (sign is not Sign.OK)


def test_how_the_check_of_texts_started_the_last_time_is_known_while_it_rests(folder: Path, settings: Any) -> None:
    settings.MODEL_SOCKET = path = folder / "model.sock"
    rests = texts.Texts((), runs=False, answers=True, without=(), failed="")
    assert texts.look_at_texts() == rests
    note(path, Start("1", ("transformer",)))
    assert texts.look_at_texts() == replace(rests, without=("transformer",))
    note(path, Start(failed="ImportError: numpy"))
    assert texts.look_at_texts() == replace(rests, failed="ImportError: numpy")
    for broken in ("", "[]", "{}", '{"model": 1, "without": 2, "failed": 3}'):
        file_of(path).write_text(broken)
        assert texts.look_at_texts() == rests
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        assert texts.look_at_texts() == replace(rests, runs=True, answers=False)


def test_backups_grow_old_and_one_that_was_moved_is_said_to_be(folder: Path, settings: Any) -> None:
    made = BackupMade(NOW - timedelta(hours=10), str(folder / "a.backup"), 2_500_000, encrypted=True)
    seen = keeping.Backups(NOW, made, is_there=True, begun=NOW - 90 * A_DAY)
    light = keeping.say_backups(seen)
    assert (light.sign, light.do) == (Sign.OK, "")
    assert "a.backup (2.5 MB, encrypted)" in light.says
    assert "not lie there any more" in keeping.say_backups(replace(seen, is_there=False)).says
    for age, sign in ((2 * A_DAY, Sign.SOON), (9 * A_DAY, Sign.BAD)):
        assert keeping.say_backups(replace(seen, newest=replace(made, at=NOW - age))).sign is sign
    assert keeping.say_backups(replace(seen, newest=None)).sign is Sign.BAD
    assert keeping.say_backups(replace(seen, newest=None, begun=NOW)).sign is Sign.SOON
    settings.DEMO = True
    assert keeping.say_backups(replace(seen, newest=None)).sign is Sign.NOTE


def test_the_note_of_a_backup_is_read_as_it_was_written_and_a_broken_one_is_none(folder: Path) -> None:
    assert last_backup(folder) is None
    made = BackupMade(NOW, "/mnt/b.backup", 12, encrypted=False)
    note_backup(folder, made)
    assert last_backup(folder) == made
    for broken in ("", "[]", "{}", json.dumps({"at": "x", "file": "", "bytes": 1, "encrypted": True})):
        (folder / "last-backup.json").write_text(broken)
        assert last_backup(folder) is None


def test_checkpoints_that_nobody_outside_has_prove_little(people: Branch, folder: Path) -> None:
    def light() -> Light:
        return keeping.say_checkpoints(keeping.look_at_checkpoints(people.org, at=NOW))

    assert light().sign is Sign.BAD  # it was founded a month ago, and nothing is signed
    make_checkpoint(people.org, folder=folder / "checkpoints", seed=bytes(32), at=NOW)
    assert (light().sign, "can change both" in light().says) == (Sign.SOON, True)
    given = {"name": "The federation", "email": "office@federation.example", "rhythm": "each"}
    name_outsider(people.org, **given, by=people.administrator, at=NOW)
    make_checkpoint(people.org, folder=folder / "checkpoints", seed=bytes(32), at=NOW)
    assert "none has left yet" in light().says
    record_sent(Dispatch.objects.get(kind="checkpoint").pk, at=NOW)
    assert (light().sign, "1 person outside gets them by mail, last now." in light().says) == (Sign.OK, True)


def test_a_change_that_nobody_signs_is_told_of_after_a_while(people: Branch, folder: Path) -> None:
    newest = make_checkpoint(people.org, folder=folder, seed=bytes(32), at=day(0))
    soon, late = day(0, minute=19), day(0, minute=30)
    assert not keeping.signing_is_overdue(people.org, newest, at=late)
    cast.reported(people, at=day(0, minute=1))
    assert not keeping.signing_is_overdue(people.org, newest, at=soon)
    assert keeping.signing_is_overdue(people.org, newest, at=late)


def test_letters_that_reached_nobody_are_counted_but_not_those_of_ones_own_case(db: None) -> None:
    people = branch(contact=False)
    matter = cast.decided(people)
    [task] = [one for one in matter.tasks() if one.op == Task.Op.HAND_OVER_NOTICE]
    assert office.look_at_letters(people.org, at=NOW) == office.Letters(by_hand=1, not_served=0, failed=0)
    assert office.look_at_letters(people.org, closed={matter.pk}, at=NOW) == office.Letters(0, 0, 0)
    Task.objects.filter(pk=task.pk).update(state=Task.State.CANNOT)
    seen = office.look_at_letters(people.org, at=NOW)
    assert (seen.not_served, office.say_letters(seen).sign) == (1, Sign.BAD)
    assert "do not know what was decided" in office.say_letters(seen).says


def test_places_without_operator_and_roles_without_holder_are_named(people: Branch) -> None:
    lights = by_key(office_lights(people.org, at=NOW))
    assert {name for name, light in lights.items() if light.sign is Sign.OK} >= {
        "places",
        "moderators",
        "secretary",
        "executive",
    }
    end_operator(people.place, people.operator, by=people.administrator, at=day(0))
    add_place(people.org, name="List", kind="mailing_list", is_public=False, url="", by=people.administrator, at=day(0))
    assert office.say_places(office.look_at_places(people.org)).says == "Nobody looks after “Harbour page”, “List”."
    alone = by_key(office.say_roles(office.Roles({**dict.fromkeys(Role, 0), Role.EXECUTIVE: 2}, 3)))
    assert [alone[name].sign for name in ("moderators", "secretary", "executive", "administrators")] == [
        Sign.BAD,
        Sign.SOON,
        Sign.SOON,
        Sign.NOTE,
    ]
    assert "2 members are here, and 3 have to sit" in alone["executive"].says


def test_every_light_of_the_server_is_there_and_tells_of_letters_that_do_not_leave(
    people: Branch, settings: Any, folder: Path
) -> None:
    settings.MAIL = mail_server("smtp://mail.example.org")
    cast.decided(people)
    letter = Dispatch.objects.filter(audience="author").latest("pk")
    record_failure(letter.pk, error="refused: 451", lasting=False, at=NOW)
    beat(folder)
    lights = server_lights(at=NOW)
    assert [light.key for light in lights] == [
        "database",
        "worker",
        "disk",
        "texts",
        "guards",
        "triage",
        "clock",
        "mail",
        "mailbox",
        "backup",
    ]
    assert "refused: 451" in by_key(lights)["mail"].says
    assert worst(lights) is Sign.BAD
    assert what_stops() == []


def test_while_the_models_do_not_answer_it_is_said_that_posts_wait(folder: Path, settings: Any) -> None:
    def sign() -> tuple[Sign, str]:
        light = machine.say_triage(machine.look_at_triage())
        return light.sign, light.says

    assert sign()[0] is Sign.NOTE
    settings.TRIAGE = True
    assert sign()[0] is Sign.OK
    note_triage(folder, "The text check did not answer in time.")
    assert sign()[0] is Sign.SOON
    assert "Letters leave" in sign()[1]
    assert "did not answer in time" in sign()[1]
    note_triage(folder, "")
    assert sign()[0] is Sign.OK


def test_a_guard_that_is_gone_stops_the_server(people: Branch) -> None:
    with guards_down():
        [stopping] = what_stops()
    assert (stopping.key, "would let the record be changed" in stopping.says) == ("guards", True)
    assert what_stops() == []


def test_without_its_database_a_server_is_not_ready_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> None:
        raise NotReady("The database cannot be opened: it is away")

    monkeypatch.setattr(machine, "require_current", away)
    lights = server_lights(at=NOW)
    assert [light.key for light in lights] == ["database", "worker", "disk", "texts"]
    [stopping] = what_stops()
    assert stopping.says == "The database cannot be opened: it is away"


def test_a_disk_that_cannot_be_looked_at_hides_nothing_else(folder: Path, settings: Any, db: None) -> None:
    settings.DATA = folder / "gone"
    lights = server_lights(at=NOW)
    assert [light.says for light in lights if light.key == "unknown"] == ["It could not be looked at."]
    assert len(lights) == 10
