"""The data folder and its keys."""

import threading
from pathlib import Path

import pytest

from folkmoot.config.places import data_folder, key, only_server
from folkmoot.kernel.errors import NotReady


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLKMOOT_DATA", str(tmp_path / "a" / "b"))
    folder = data_folder()
    assert folder == tmp_path / "a" / "b"
    assert folder.stat().st_mode & 0o077 == 0


def test_a_key_is_made_once_however_many_start_at_once(tmp_path: Path) -> None:
    found: list[bytes] = []
    ready = threading.Barrier(8)

    def ask() -> None:
        ready.wait()
        found.append(key(tmp_path, "letters"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(found[0]) == 32
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["letters"]
    assert (tmp_path / "keys" / "letters").stat().st_mode & 0o077 == 0


def test_different_keys_are_different(tmp_path: Path) -> None:
    assert key(tmp_path, "letters") != key(tmp_path, "sessions")


@pytest.mark.parametrize("content", ["", "zz", "abcd", "\x00"])
def test_a_damaged_key_is_refused_and_stays_as_it_is(tmp_path: Path, content: str) -> None:
    key(tmp_path, "letters")
    (tmp_path / "keys" / "letters").write_text(content)
    with pytest.raises(NotReady, match="damaged"):
        key(tmp_path, "letters")
    assert (tmp_path / "keys" / "letters").read_text() == content


def test_one_server_per_folder_and_the_next_after_it(tmp_path: Path) -> None:
    refused = pytest.raises(NotReady, match="http://first")
    with only_server(tmp_path, "http://first"), refused, only_server(tmp_path, "http://second"):
        pass
    with only_server(tmp_path, "http://second"):
        assert "http://second" in (tmp_path / "server.lock").read_text()
        assert "http://first" not in (tmp_path / "server.lock").read_text()
