"""Keys that were written once, under the passphrase of that time, go with every later backup."""

from pathlib import Path

import click
import pytest

from folkmoot.cli.backups import unpacking
from folkmoot.cli.backups.manifest import KEYS, Manifest, key_mark
from folkmoot.cli.backups.parcel import described, write_parcel
from folkmoot.cli.backups.unpacking import Order, unpack

NEW, OLD = "harbour kettle onion ladder", "harbour kettle onion of last year"


def written(to: Path, what: str, files: dict[str, Path], passphrase: str) -> Path:
    said = {"folkmoot": what, "software": "1", "made_at": "2026-11-22", "engine": "sqlite"}
    keys = {name: key_mark(bytes(32)) for name in KEYS}
    manifest = Manifest.model_validate({**said, "keys": keys, "files": described(files)})
    write_parcel(to, manifest, files, passphrase=passphrase, replace=False)
    return to


def test_the_older_passphrase_of_the_keys_is_asked_for_at_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key").write_text("00" * 32)
    (tmp_path / "word").write_text(NEW)
    file = written(tmp_path / "today", "backup", {"folkmoot.sqlite3": tmp_path / "key"}, NEW)
    keys = written(tmp_path / "keys", "keys", {f"keys/{name}": tmp_path / "key" for name in KEYS}, OLD)
    asked = list[str]()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(unpacking.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", lambda text, **_: asked.append(text) or OLD)
    (tmp_path / "into").mkdir()
    order = Order(file, keys, passphrase_file=tmp_path / "word")
    assert unpack(order, tmp_path / "into", keys_there=None, rehearsal=False).lost == []
    assert asked == ["The passphrase of keys"]
