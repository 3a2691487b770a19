"""The one file of a backup: a gzipped tar that begins with its manifest, under a passphrase or not.

It is written beside its final name and put there whole. Whoever opens it believes nothing: only names that the
manifest has, and that a backup can have; no more bytes than it says; and each file against its checksum.
"""

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from folkmoot.cli.backups.manifest import LONGEST, NAME, Manifest, Member, read_manifest
from folkmoot.cli.backups.passphrase import MAGIC, Opening, Sealing
from folkmoot.kernel.errors import BadInput, NotReady

_GZIP = b"\x1f\x8b"
_AT_ONCE = 1_048_576  # bytes
_ROOM = 50_000_000  # bytes that a disk should have left afterwards


def described(files: Mapping[str, Path]) -> list[Member]:
    """Return what a manifest says of `files`, by the names that they get."""
    found = []
    for name, path in files.items():
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        found.append(Member(name=name, bytes=path.stat().st_size, sha256=sha256))
    return found


def write_parcel(to: Path, manifest: Manifest, files: Mapping[str, Path], *, passphrase: str, replace: bool) -> None:
    """Write one file at `to`, for its owner only, on the disk when this returns; nothing half is ever there.

    Raises `BadInput` where a file is there already and `replace` is false, and `NotReady` where it cannot be written.
    """
    part = to.with_name(f".{to.name}.part")
    try:
        part.unlink(missing_ok=True)  # of one that was killed
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _write(file, manifest, files, passphrase)
            file.flush()
            os.fsync(file.fileno())
        _put(part, to, replace=replace)
    except OSError as error:
        raise NotReady(f"{to} cannot be written: {(error.strerror or str(error)).lower()}.") from None
    finally:
        part.unlink(missing_ok=True)


def read_parcel(file: Path, into: Path, *, passphrase: str) -> Manifest:
    """Unpack the parcel `file` into the folder `into`, every checksum checked, and return what it says of itself.

    Raises `BadInput` with a sentence where it is no parcel of ours, damaged, cut off or another than it says.
    """
    with _opened(file, passphrase) as source:
        try:
            with tarfile.open(fileobj=source, mode="r|") as tar:
                manifest = _unpack(tar, into)
            while source.read(_AT_ONCE):  # to its end: there gzip's own checksum is, and the last sealed chunk
                pass
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadInput(
                f"{file} is damaged, or its end is missing ({error}). Try another copy.", field="file"
            ) from None
    return manifest


def is_sealed(file: Path) -> bool:
    """Say whether `file` is under a passphrase; raises `BadInput` where it is nothing that `folkmoot backup` makes."""
    try:
        with file.open("rb") as source:
            begins = source.read(len(MAGIC))
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {(error.strerror or str(error)).lower()}.", field="file") from None
    if begins != MAGIC and not begins.startswith(_GZIP):
        raise BadInput(f"{file} is not a backup that ./folkmoot backup made.", field="file")
    return begins == MAGIC


def require_room(folder: Path, wanted: int) -> None:
    """Raise `NotReady` where the disk of `folder` has not `wanted` bytes to spare."""
    free = shutil.disk_usage(folder).free
    if free < wanted + _ROOM:
        raise NotReady(
            f"The disk of {folder} has {free // 1_000_000} MB left; {(wanted + _ROOM) // 1_000_000} MB are needed."
        )


def _write(file: BinaryIO, manifest: Manifest, files: Mapping[str, Path], passphrase: str) -> None:
    with ExitStack() as stack:
        sink = stack.enter_context(Sealing(file, passphrase)) if passphrase else file
        packed = stack.enter_context(
            gzip.GzipFile(filename="", fileobj=cast(BinaryIO, sink), mode="wb", compresslevel=3, mtime=0)
        )
        tar = stack.enter_context(tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT))
        said = manifest.model_dump_json(indent=1).encode()
        tar.addfile(_header(NAME, len(said)), io.BytesIO(said))
        for member in manifest.files:
            with files[member.name].open("rb") as content:
                tar.addfile(_header(member.name, member.bytes), content)


def _header(name: str, size: int) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.size, found.mode = size, 0o600
    return found


def _put(part: Path, to: Path, *, replace: bool) -> None:
    if replace:
        part.replace(to)
    else:
        try:
            os.link(part, to)  # unlike a rename it never takes the place of another
        except OSError:  # it is there, or the disk has no such links
            if to.exists():
                said = f"{to} is there already. --replace lets a new one take its place."
                raise BadInput(said, field="file") from None
            part.replace(to)
    try:
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise NotReady(
            f"{to} is written and whole, but its folder could not be seen onto the disk "
            f"({(error.strerror or str(error)).lower()}): after a power cut it might be gone."
        ) from None


@contextmanager
def _opened(file: Path, passphrase: str) -> Iterator[BinaryIO]:
    sealed = is_sealed(file)
    with ExitStack() as stack:
        source: BinaryIO = stack.enter_context(file.open("rb"))
        if sealed:
            source = cast(BinaryIO, stack.enter_context(io.BufferedReader(Opening(source, passphrase), _AT_ONCE)))
        yield cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=source, mode="rb")))


def _unpack(tar: tarfile.TarFile, into: Path) -> Manifest:
    first = tar.next()
    content = tar.extractfile(first) if first and first.isreg() and first.name == NAME else None
    if first is None or content is None or first.size > LONGEST:
        raise BadInput("It does not begin with the list of its contents, as each of our backups does.", field="file")
    manifest = read_manifest(content.read())
    require_room(into, sum(one.bytes for one in manifest.files))
    came = set[str]()
    while (header := tar.next()) is not None:
        member = manifest.member(header.name)
        content = tar.extractfile(header) if member and header.isreg() else None
        if member is None or content is None or header.size != member.bytes or member.name in came:
            raise BadInput(
                f"There is something in it that its list of contents does not have ({header.name!r}), and no backup of "
                "ours holds. Nothing of it is used.",
                field="file",
            )
        _take(content, member, into / member.name)
        came.add(member.name)
    missing = [one.name for one in manifest.files if one.name not in came]
    if missing:
        raise BadInput(f"It is not whole: {missing[0]} is missing. Try another copy.", field="file")
    return manifest


def _take(content: io.BufferedIOBase | object, member: Member, to: Path) -> None:
    source, sum_ = cast(BinaryIO, content), hashlib.sha256()
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := source.read(_AT_ONCE):
            sum_.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if sum_.hexdigest() != member.sha256:
        raise BadInput(f"{member.name} in it is damaged: its checksum is another. Try another copy.", field="file")
