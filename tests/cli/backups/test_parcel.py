"""The file of a backup: whole or not there, and nothing in it is believed that does not fit."""

import gzip
import io
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from folkmoot.cli.backups import parcel
from folkmoot.cli.backups.manifest import NAME, Manifest, Member
from folkmoot.cli.backups.parcel import described, is_sealed, read_parcel, write_parcel
from folkmoot.cli.backups.passphrase import CHUNK, MAGIC, TAG
from folkmoot.kernel.errors import BadInput, NotReady

DATABASE = "folkmoot.sqlite3"
PASSPHRASE = "harbour kettle onion ladder"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {DATABASE: tmp_path / "db", "checkpoints/organisation-1.jsonl": tmp_path / "one"}
    for number, path in enumerate(found.values()):
        path.write_bytes(bytes(range(256)) * (9000 if number == 0 else 1))  # more than two chunks before it is packed
    return found


def manifest(files: dict[str, Path]) -> Manifest:
    return Manifest(
        folkmoot="backup", software="1", made_at="2026-11-22T08:00:00+00:00", engine="sqlite", files=described(files)
    )


def made(tmp_path: Path, files: dict[str, Path], *, passphrase: str = "") -> Path:
    write_parcel(tmp_path / "it", manifest(files), files, passphrase=passphrase, replace=False)
    return tmp_path / "it"


def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_what_comes_out_is_what_went_in(tmp_path: Path, files: dict[str, Path], passphrase: str) -> None:
    it, folder = made(tmp_path, files, passphrase=passphrase), into(tmp_path)
    assert is_sealed(it) is bool(passphrase)
    assert it.stat().st_mode & 0o777 == 0o600
    assert read_parcel(it, folder, passphrase=passphrase) == manifest(files)
    for name, path in files.items():
        assert (folder / name).read_bytes() == path.read_bytes()
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_without_a_passphrase_any_tar_opens_it(tmp_path: Path, files: dict[str, Path]) -> None:
    with tarfile.open(made(tmp_path, files)) as tar:
        assert tar.getnames() == [NAME, *files]


def test_another_file_is_not_overwritten_and_a_crash_leaves_nothing(
    tmp_path: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    it = made(tmp_path, files)
    before = it.read_bytes()
    with pytest.raises(BadInput, match="is there already"):
        made(tmp_path, files)
    (tmp_path / ".it.part").write_text("left by one that was killed")
    write_parcel(it, manifest(files), files, passphrase="", replace=True)
    assert it.read_bytes() == before
    it.unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parcel.os, "fsync", full)
    with pytest.raises(NotReady, match="no space left"):
        made(tmp_path, files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["db", "one"]


def test_a_file_that_stands_under_its_name_is_not_said_to_be_unwritten(
    tmp_path: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses_folders(descriptor: int) -> None:
        if stat.S_ISDIR(parcel.os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(parcel.os, "fsync", refuses_folders)
    with pytest.raises(NotReady, match=r"is written and whole, but .*input/output error"):
        made(tmp_path, files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["db", "it", "one"]


def test_a_wrong_passphrase_is_told_from_damage(tmp_path: Path, files: dict[str, Path]) -> None:
    it = made(tmp_path, files, passphrase=PASSPHRASE)
    with pytest.raises(BadInput, match="not the passphrase"):
        read_parcel(it, into(tmp_path), passphrase=f"{PASSPHRASE}s")


def cut(held: bytes) -> bytes:
    return held[:-50]


def cut_in_half(held: bytes) -> bytes:
    return held[: len(held) // 2]


def bent(held: bytes) -> bytes:
    place = len(held) - 2000
    return held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :]


def cut_in_the_head(held: bytes) -> bytes:
    return held[:30]


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
@pytest.mark.parametrize("damage", [cut, cut_in_half, bent, cut_in_the_head])
def test_a_damaged_file_is_refused_in_a_sentence(
    tmp_path: Path, files: dict[str, Path], passphrase: str, damage: Callable[[bytes], bytes]
) -> None:
    it = made(tmp_path, files, passphrase=passphrase)
    it.write_bytes(damage(it.read_bytes()))
    with pytest.raises(BadInput, match=r"damaged|cut off|missing|contents"):
        read_parcel(it, into(tmp_path), passphrase=passphrase)


def test_sealed_chunks_cannot_be_left_out_or_put_elsewhere(tmp_path: Path) -> None:
    noise = {DATABASE: tmp_path / "db"}
    noise[DATABASE].write_bytes(b"".join(hash_of(number) for number in range(100_000)))  # gzip makes nothing less of it
    it = made(tmp_path, noise, passphrase=PASSPHRASE)
    held = it.read_bytes()
    head, size = len(MAGIC) + 39, CHUNK + TAG
    chunks = [held[place : place + size] for place in range(head, len(held), size)]
    assert len(chunks) > 3
    for number, order in enumerate(
        ([0, 2, 1, *range(3, len(chunks))], [*range(2, len(chunks))], range(len(chunks) - 1))
    ):
        it.write_bytes(held[:head] + b"".join(chunks[place] for place in order))
        folder = tmp_path / f"into-{number}"
        folder.mkdir()
        with pytest.raises(BadInput, match="damaged, or its end is missing"):
            read_parcel(it, folder, passphrase=PASSPHRASE)


def hash_of(number: int) -> bytes:
    return parcel.hashlib.sha256(str(number).encode()).digest()


def forged(tmp_path: Path, members: list[tarfile.TarInfo], said: str | None = None, content: bytes = b"x") -> Path:
    """Write a parcel by hand: a manifest that tells of `DATABASE` with one byte, and then `members`."""
    member = Member(name=DATABASE, bytes=1, sha256=parcel.hashlib.sha256(b"x").hexdigest())
    ours = Manifest(folkmoot="backup", software="1", made_at="2026-11-22", engine="sqlite", files=[member])
    held = (ours.model_dump_json() if said is None else said).encode()
    first = tarfile.TarInfo(NAME)
    first.size = len(held)
    with gzip.open(tmp_path / "it", "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        tar.addfile(first, io.BytesIO(held))
        for one in members:
            one.size = len(content) if one.isreg() else 0
            tar.addfile(one, io.BytesIO(content))
    return tmp_path / "it"


def linked(kind: bytes) -> tarfile.TarInfo:
    found = tarfile.TarInfo(DATABASE)
    found.type, found.linkname = kind, "/etc/passwd"
    return found


@pytest.mark.parametrize(
    "members",
    [
        [tarfile.TarInfo("../outside")],
        [tarfile.TarInfo("/etc/cron.d/outside")],
        [tarfile.TarInfo("checkpoints/../../outside")],
        [linked(tarfile.SYMTYPE)],
        [linked(tarfile.LNKTYPE)],
        [tarfile.TarInfo(DATABASE), tarfile.TarInfo(DATABASE)],
        [tarfile.TarInfo(DATABASE), tarfile.TarInfo("keys/letters")],
    ],
)
def test_nothing_is_unpacked_that_no_backup_holds(tmp_path: Path, members: list[tarfile.TarInfo]) -> None:
    it, folder = forged(tmp_path, members), into(tmp_path)
    with pytest.raises(BadInput, match="no backup of ours"):
        read_parcel(it, folder, passphrase="")
    assert [path.name for path in folder.rglob("*")] in ([], [DATABASE])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["into", "it"]


def test_what_does_not_fit_the_list_of_contents_is_refused(tmp_path: Path) -> None:
    for number, (members, said, content, says) in enumerate(
        [
            ([tarfile.TarInfo(DATABASE)], None, b"y", "its checksum is another"),
            ([tarfile.TarInfo(DATABASE)], None, b"many", "no backup of ours"),
            ([], None, b"", "is missing"),
            ([], "{}", b"", "cannot be read"),
            ([], "no JSON", b"", "cannot be read"),
            ([], '{"folkmoot":"backup","version":2,"software":"9","made_at":"","engine":"sqlite"}', b"", "A newer"),
            ([], named("../../etc/passwd"), b"", "cannot be read"),
            ([], named("/etc/passwd"), b"", "cannot be read"),
            ([], named(DATABASE, size=10**18), b"", "MB are needed"),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises((BadInput, NotReady), match=says):
            read_parcel(forged(tmp_path, members, said, content), folder, passphrase="")


def named(name: str, *, size: int = 1) -> str:
    member = f'{{"name":"{name}","bytes":{size},"sha256":"{"0" * 64}"}}'
    return f'{{"folkmoot":"backup","software":"1","made_at":"","engine":"sqlite","files":[{member}]}}'


def test_what_is_no_backup_at_all_is_said(tmp_path: Path) -> None:
    (tmp_path / "it").write_text("Dear all,")
    with pytest.raises(BadInput, match="is not a backup"):
        is_sealed(tmp_path / "it")
    with pytest.raises(BadInput, match="cannot be read: no such file"):
        is_sealed(tmp_path / "nowhere")
    with gzip.open(tmp_path / "it", "wb") as packed:
        packed.write(b"Dear all,")
    with pytest.raises(BadInput, match="damaged"):
        read_parcel(tmp_path / "it", into(tmp_path), passphrase="")
