"""Where this server keeps its data and its keys; keys lie beside the database, never in it."""

import os
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Return the data folder: `FOLKMOOT_DATA`, else `var/` in the project; made if missing, for its owner only."""
    folder = Path(os.environ.get("FOLKMOOT_DATA") or PROJECT / "var").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def key(folder: Path, name: str) -> bytes:
    """Return the 32-byte key `name`, made at first use; two processes that start at once get the same one."""
    keys = folder / "keys"
    keys.mkdir(exist_ok=True, mode=0o700)
    path = keys / name
    fresh = keys / f".{name}.{secrets.token_hex(4)}"
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # fails when another process was first: then theirs is the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return bytes.fromhex(path.read_text().strip())
