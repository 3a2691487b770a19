"""Where a restore puts things: a data folder that is empty, held for this one restore, and filled at its end."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from folkmoot.cli.backups.manifest import DATABASE
from folkmoot.config.places import one_at_a_time
from folkmoot.kernel.errors import BadInput, NotReady

UNPACKED = "restoring"  # the folder in the data folder in which a backup is made ready
_SERVED = "server.lock"  # a server writes its address into it; a restore only holds it
_AWAY = "keys-put-away"


@contextmanager
def held(folder: Path, *, keys_may_be_there: bool) -> Iterator[None]:
    """Make `folder` if it is not there, and hold it: no server, no other restore and no checkpoint meanwhile.

    What a restore left that was killed is removed. Raises `NotReady` where the folder is in use, or not empty; then,
    and however else it ends without data in it, it is left as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; it should be a folder.", field="into")
    keys_may_be_there = keys_may_be_there or _is_left_half(folder)
    _require_empty(folder, keys_may_be_there=keys_may_be_there)
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = [path for path in (folder / _SERVED, folder / "checkpoint.lock") if not path.exists()]
    with ExitStack() as stack:
        stack.enter_context(_no_server(folder))
        stack.enter_context(one_at_a_time(folder, "checkpoint"))
        try:
            _require_empty(folder, keys_may_be_there=keys_may_be_there)  # again: somebody may have been quicker
            if _is_left_half(folder):
                for name in (UNPACKED, "checkpoints"):
                    shutil.rmtree(folder / name, ignore_errors=True)
            yield
        except BaseException:
            for path in fresh:
                path.unlink(missing_ok=True)
            raise
        finally:
            shutil.rmtree(folder / UNPACKED, ignore_errors=True)
            if made and not any(folder.iterdir()):
                folder.rmdir()


def put_in_place(folder: Path, engine: str, *, checkpoints: Path | None) -> None:
    """Move what is ready to where a server looks for it, the database last: without it nothing is served.

    `checkpoints` is the folder where the settings want them, if not in the data folder.
    """
    staging = folder / UNPACKED
    _require_empty(folder, keys_may_be_there=True)
    there = folder / "keys"
    if there.exists():
        if _same(there, staging / "keys"):
            shutil.rmtree(staging / "keys")
        else:
            there.rename(_free(folder / _AWAY))
    if checkpoints:
        _publish(staging / "checkpoints", checkpoints)
    names = ["keys", *([] if checkpoints else ["checkpoints"]), DATABASE[engine]]
    for path in [staging / name for name in names]:
        if path.exists():
            path.rename(folder / path.name)
    _onto_disk(folder)


def _is_left_half(folder: Path) -> bool:
    """Say whether a restore was killed here before the database was in place, and nothing was served since."""
    served = (folder / _SERVED).exists() and (folder / _SERVED).stat().st_size
    return (folder / UNPACKED).is_dir() and not served and not (folder / DATABASE["sqlite"]).exists()


def _require_empty(folder: Path, *, keys_may_be_there: bool) -> None:
    allowed = {_AWAY, "checkpoint.lock"} | ({"keys"} if keys_may_be_there else set())
    if _is_left_half(folder):
        allowed |= {UNPACKED, "checkpoints"}
    if (folder / _SERVED).exists() and not (folder / _SERVED).stat().st_size:
        allowed.add(_SERVED)
    found = sorted(path.name for path in folder.iterdir() if path.name not in allowed) if folder.exists() else []
    if found:
        raise NotReady(
            f"{folder} is not empty ({found[0]} is in it). A backup is only brought back into an empty folder: move "
            "what is there elsewhere, or name another by --into."
        )


@contextmanager
def _no_server(folder: Path) -> Iterator[None]:
    with (folder / _SERVED).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotReady(f"A server or another restore is using {folder}. Stop that one first.") from None
        yield


def _publish(made: Path, folder: Path) -> None:
    """Put the files of `made` into `folder`, each whole or not at all; those put away first, so that none is lost."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ready = sorted(made.rglob("*.jsonl"), key=lambda path: (path.parent == made, path.name))
    for path in ready:
        to = folder / path.relative_to(made)
        to.parent.mkdir(exist_ok=True, mode=0o700)
        part = to.with_name(f".{to.name}.part")
        shutil.copy(path, part)
        if to.exists():
            shutil.copymode(to, part)  # those outside who could read it still can
        _onto_disk(part)
        part.replace(to)
        _onto_disk(to.parent)
    for path in folder.glob("organisation-*.jsonl"):
        if not (made / path.name).exists():  # its key is lost: it lies in put-away now
            path.unlink()


def _free(path: Path) -> Path:
    """Return `path`, or the first of its name with a number that is not there yet."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def _same(left: Path, right: Path) -> bool:
    return all(
        (left / path.name).is_file() and (left / path.name).read_bytes() == path.read_bytes()
        for path in right.iterdir()
    )


def _onto_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
