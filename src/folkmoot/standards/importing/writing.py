"""A pack written as files: complete beside its place first, then put there at once."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.model import Pack
from folkmoot.standards.packfile import NAME
from folkmoot.standards.packs import CLAUSES, check_pack, load_pack
from folkmoot.standards.writing import pack_files


def name_for(folder: Path) -> str:
    """Return the name of a pack in `folder`, which is the folder's own; raises `BadInput` where it can be none."""
    if folder.resolve() == Path.cwd():
        raise BadInput("You are inside that folder. Go out of it and give its name, or give another.", field="out")
    name = folder.resolve().name
    if not NAME.fullmatch(name) or len(name) > 60:
        raise BadInput(
            f"A pack is called like its folder, and “{name}” cannot be a name: use small letters, digits and single "
            "hyphens, such as our-rules-2026.",
            field="out",
        )
    return name


def require_free(folder: Path) -> None:
    """Raise `BadInput` where something is at `folder` already."""
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise BadInput(
            f"There is something in {folder} already, and nothing was changed. Give another folder, or --replace, "
            "which keeps what is there under another name.",
            field="out",
        )


def write_pack(pack: Pack, folder: Path, *, beside: Mapping[str, str]) -> None:
    """Write `pack` to `folder`, which is empty or not there, with the texts of `beside` by file name.

    Either all of it is there afterwards or nothing is. Raises `BadInput` where the disk refuses.
    """
    with _made(pack, folder, beside) as made:
        target = folder.resolve()
        if target.exists():
            target.rmdir()
        made.rename(target)


def write_pack_instead(pack: Pack, folder: Path, *, beside: Mapping[str, str]) -> Path | None:
    """Do as `write_pack` does; what is at `folder` is moved into a new folder beside it, where it keeps its name.

    Returns where it is now, or None where nothing was there.
    """
    with _made(pack, folder, beside) as made:
        target = folder.resolve()
        before = None
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        elif folder.exists():
            places = (target.with_name(f"{target.name}-before-{number}") for number in count(1))
            aside = next(place for place in places if not place.exists())
            aside.mkdir()
            before = target.rename(aside / target.name)
        made.rename(target)
        return before


@contextmanager
def _made(pack: Pack, folder: Path, beside: Mapping[str, str]) -> Iterator[Path]:
    """Give a whole, checked pack in a work folder beside `folder`, which is gone afterwards."""
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-being-made-", dir=target.parent) as work:
            made = Path(work) / target.name
            _write(pack, made, beside)
            _require_same(pack, made)
            yield made
    except OSError as problem:
        raise BadInput(f"{folder} cannot be written: {problem.strerror}.", field="out") from None


def _write(pack: Pack, folder: Path, beside: Mapping[str, str]) -> None:
    (folder / CLAUSES).mkdir(parents=True)
    for name, text in {**pack_files(pack), **beside}.items():
        (folder / name).write_text(text, encoding="utf-8")


def _require_same(pack: Pack, folder: Path) -> None:
    """Read back what was written: what the checks refuse, or what reads otherwise, must not be handed over."""
    faults = check_pack(folder)
    if faults:
        raise BadInput(
            f"A sound pack could not be made of this file, so nothing was written. The first thing wrong: {faults[0]}",
            field="file",
        )
    if load_pack(folder) != pack:
        raise BadInput("What was written does not read back as it was, so nothing was kept.", field="file")
