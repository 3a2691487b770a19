"""A pack that is sent as one file: unpacked into a folder of its own, nothing but what a pack is made of."""

import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import yaml
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.packfile import PACK_FILE
from folkmoot.standards.packs import CLAUSES, MOST_CLAUSES
from folkmoot.standards.sheets import composed
from folkmoot.standards.textfile import MAX_BYTES

if TYPE_CHECKING:
    File = UploadedFile[Any]
else:
    File = UploadedFile  # at run time the class takes no parameter

MOST_BYTES = 5_000_000
_FIELD = "file"
# What Python's reader lets out of a damaged file, such as one with names that are empty, or no text.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
)


@contextmanager
def unpacked(file: File) -> Iterator[Path]:
    """Give the folder of the pack in a ZIP file, for as long as it is looked at.

    Raises `BadInput` (field "file") for what is no ZIP file, or has no pack.yaml in it, or is too large. Whether the
    pack is sound is not looked at here.
    """
    if not file.size or file.size > MOST_BYTES:
        raise BadInput(_("The file is empty or larger than 5 MB. A pack is much smaller."), field=_FIELD)
    with tempfile.TemporaryDirectory() as place:
        try:
            with zipfile.ZipFile(file) as archive:
                folder = _written(archive, Path(place))
        except _UNREADABLE:
            raise BadInput(
                _("This is not a ZIP file that we can open. Please pack the folder as ZIP."), field=_FIELD
            ) from None
        yield folder  # what goes wrong from here on is no fault of the ZIP file


def _written(archive: zipfile.ZipFile, place: Path) -> Path:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    front = sorted(
        (PurePosixPath(one.filename) for one in entries if PurePosixPath(one.filename).name == PACK_FILE),
        key=lambda path: len(path.parts),
    )
    if not front:
        raise BadInput(_("There is no pack.yaml in this file. Please pack the folder of the rules."), field=_FIELD)
    root = front[0].parent
    wanted = [(one, _inside(PurePosixPath(one.filename), root)) for one in entries]
    kept = [(one, inside) for one, inside in wanted if inside]
    if len(kept) > MOST_CLAUSES + 1:
        raise BadInput(_("There are more clauses in it than rules can have."), field=_FIELD)
    texts = {inside: _read(archive, one) for one, inside in kept}
    folder = place / _name(texts[PACK_FILE])
    (folder / CLAUSES).mkdir(parents=True)
    for inside, content in texts.items():
        (folder / inside).write_bytes(content)
    return folder


def _inside(path: PurePosixPath, root: PurePosixPath) -> str:
    """Return where in the pack this file belongs, or "" for what is no part of it."""
    if path == root / PACK_FILE:
        return PACK_FILE
    if path.parent == root / CLAUSES and path.suffix == ".md" and not path.name.startswith("."):
        return f"{CLAUSES}/{path.name}"
    return ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(MAX_BYTES + 1)  # one that is too large is refused by the checks, with its name


def _name(front: bytes) -> str:
    """Return the name in pack.yaml, which the folder must have; a ZIP file may be called anything."""
    try:
        found = composed(front.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
        return "pack"
    pairs = found.value if isinstance(found, yaml.MappingNode) else []
    name = next((str(value.value) for key, value in pairs if key.value == "name"), "")
    return name if name.isascii() and name.replace("-", "").isalnum() else "pack"
