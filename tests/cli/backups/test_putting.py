"""A restore has its folder for itself, looks twice, and puts what is ready where the settings want it."""

from pathlib import Path

import pytest

from folkmoot.cli.backups.putting import UNPACKED, held, put_in_place
from folkmoot.config.places import only_server
from folkmoot.kernel.errors import NotReady

DATABASE = "folkmoot.sqlite3"


def ready(folder: Path, **files: str) -> None:
    """Write a backup that is made ready, with one key."""
    for name, content in {"keys/letters": "new", DATABASE: "rows", **files}.items():
        path = folder / UNPACKED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_second_restore_and_a_server_wait_for_another_day(tmp_path: Path) -> None:
    with held(tmp_path, keys_may_be_there=True):
        ready(tmp_path)
        with pytest.raises(NotReady, match="another restore"), held(tmp_path, keys_may_be_there=True):
            pass
        assert (tmp_path / UNPACKED / DATABASE).exists(), "the first one's work is not thrown away"
        with pytest.raises(NotReady), only_server(tmp_path, "http://localhost:8000"):
            pass
        put_in_place(tmp_path, "sqlite", checkpoints=None)
    assert {"keys", DATABASE} < set(names(tmp_path))
    with only_server(tmp_path, "http://localhost:8000"):
        pass


def test_what_came_into_the_folder_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    def beside_another() -> None:
        ready(tmp_path)
        (tmp_path / f"{DATABASE}-wal").write_text("another's")
        put_in_place(tmp_path, "sqlite", checkpoints=None)

    with pytest.raises(NotReady, match=f"not empty .{DATABASE}-wal"), held(tmp_path, keys_may_be_there=True):
        beside_another()
    assert names(tmp_path) == [f"{DATABASE}-wal"], "and nothing is left of it"


def test_one_that_was_killed_while_it_put_keys_away_can_be_done_again(tmp_path: Path) -> None:
    ready(tmp_path)
    for name in ("keys", "keys-put-away"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "letters").write_text(name)
    with held(tmp_path, keys_may_be_there=False):
        assert not (tmp_path / UNPACKED).exists()
        ready(tmp_path)
        put_in_place(tmp_path, "sqlite", checkpoints=None)
    kept = {name: (tmp_path / name / "letters").read_text() for name in ("keys", "keys-put-away", "keys-put-away-2")}
    assert kept == {"keys": "new", "keys-put-away": "keys-put-away", "keys-put-away-2": "keys"}


def test_checkpoints_that_are_kept_elsewhere_are_changed_at_the_end_alone(tmp_path: Path) -> None:
    kept, data = tmp_path / "kept", tmp_path / "data"
    kept.mkdir()
    for number in (1, 2):
        (kept / f"organisation-{number}.jsonl").write_text("old")
        (kept / f"organisation-{number}.jsonl").chmod(0o640)
    with held(data, keys_may_be_there=False):
        put_away = {f"checkpoints/put-away/organisation-{number}-abc.jsonl": "old" for number in (1, 2)}
        ready(data, **{"checkpoints/organisation-1.jsonl": "new"}, **put_away)
        put_in_place(data, "sqlite", checkpoints=kept)
    assert names(kept) == ["organisation-1.jsonl", "put-away"]
    assert (kept / "organisation-1.jsonl").read_text() == "new"
    assert (kept / "organisation-1.jsonl").stat().st_mode & 0o777 == 0o640
    assert len(names(kept / "put-away")) == 2
    assert not (data / "checkpoints").exists()
