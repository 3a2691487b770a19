"""Where this server keeps its data and its keys; keys lie beside the database, never in it."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from folkmoot.kernel.errors import NotReady

PROJECT = Path(__file__).resolve().parents[3]
DEMO_MARK = "demo.txt"  # its presence says: everybody in this data folder is invented


def named_folder() -> Path:
    """Return where the data folder is or would be: `FOLKMOOT_DATA`, else `var/` in the project. Nothing is made."""
    return Path(os.path.expanduser(os.environ.get("FOLKMOOT_DATA") or PROJECT / "var"))  # noqa: PTH111 - never raises


def data_folder() -> Path:
    """Return the data folder: `FOLKMOOT_DATA`, else `var/` in the project.

    It is made if missing, for its owner only. Raises `NotReady` when there can be no such folder.
    """
    named = Path(os.environ.get("FOLKMOOT_DATA") or PROJECT / "var")
    try:
        folder = named.expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError:
        raise NotReady(f"{named} is a file; FOLKMOOT_DATA must name a folder.") from None
    except (OSError, RuntimeError) as error:
        raise NotReady(f"The data folder {named} cannot be made: {_reason(error)}.") from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise NotReady(f"The data folder {folder} may not be written by this account.")
    return folder


def is_demo(folder: Path) -> bool:
    """Say whether `folder` holds the demo, and nothing real."""
    return (folder / DEMO_MARK).exists()


def key(folder: Path, name: str) -> bytes:
    """Return the 32-byte key `name`, made at first use; two processes that start at once get the same one.

    Raises `NotReady` when the key is damaged: a new one in its place would break every link already sent.
    """
    path = folder / "keys" / name
    try:
        if not path.exists():
            _make_key(path)
        found = bytes.fromhex(path.read_text().strip())
    except OSError as error:
        raise NotReady(f"The key {path} cannot be read: {_reason(error)}.") from None
    except ValueError:
        found = b""
    if len(found) != 32:
        raise NotReady(f"The key {path} is damaged. Bring it back from your backup of the keys.")
    return found


@contextmanager
def only_server(folder: Path, address: str) -> Iterator[IO[str]]:
    """Hold `folder` for one server; the system lets go of it however the server ends.

    Gives the open file by which it is held: a process that is forked from the server has it too, and has to close it.

    Raises `NotReady`, naming the other server, when one already runs on this data.
    """
    with (folder / "server.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise NotReady(
                f"Another Folkmoot server ({file.read().strip() or 'just starting'}) is using the data in "
                f"{folder}. Stop that one first, or give this one a folder of its own by FOLKMOOT_DATA."
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, {address}\n")
        file.flush()
        yield file


def served_at(folder: Path) -> str:
    """Return the address of the last server on this data; empty when there was none."""
    try:
        return (folder / "server.lock").read_text().strip().rpartition(", ")[2]
    except OSError:
        return ""


@contextmanager
def one_at_a_time(folder: Path, what: str) -> Iterator[None]:
    """Wait until no other process does `what` in `folder`, and keep others waiting meanwhile."""
    with (folder / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def only_one_of(folder: Path, what: str, mark: str) -> Iterator[bool]:
    """Hold `what` with this `mark`, hexadecimal digits, for one process; gives whether nobody else holds it.

    The system lets go of it however the process ends. One file is for all marks: each has a byte of it.
    """
    with (folder / f"{what}.lock").open("a") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(mark[:15], 16))
        except (BlockingIOError, PermissionError):
            yield False
        else:
            yield True


def _make_key(path: Path) -> None:
    path.parent.mkdir(exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        return  # another process was first: then theirs is the key
    finally:
        fresh.unlink()


def _reason(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
