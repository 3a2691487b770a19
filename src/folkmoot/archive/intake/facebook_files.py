"""What is read of a download from Facebook, and what never: messages.

The folders with messages are not opened at all: of a zip archive, or a folder, only those files are read whose path is
on the list below.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from folkmoot.archive.intake.packed import members, read_member, require_sound
from folkmoot.archive.intake.shape import Look
from folkmoot.kernel.errors import BadInput

LARGEST_FILE = 50_000_000  # bytes of one file in it
POSTS = re.compile(
    r"(?:.*/)?(?:posts/your_posts[^/]*|posts/group_posts[^/]*"
    r"|groups/(?:group_posts|your_comments_in_groups|group_posts_and_comments)[^/]*"
    r"|(?:comments|comments_and_reactions)/(?:your_)?comments[^/]*)\.json"
)
PROFILE = re.compile(r"(?:.*/)?profile_information/profile_information\.json")
PAGES = re.compile(r"(?:.*/)?posts/your_posts[^/]*\.html")
_MESSAGES = frozenset(("messages", "inbox", "e2e_cutover", "archived_threads", "filtered_threads"))


class Held(NamedTuple):
    """What can be read of a download: the names of its files, and how to read one."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]


def held_in(look: Look) -> Held:
    """Return what may be read of a zip archive or an unpacked folder. Raises `BadInput`."""
    return _in_folder(look.path) if look.path.is_dir() else _in_zip(look.path)


def owner_of(held: Held) -> str:
    """Return the name of whoever made the download, "" when it does not say."""
    for name in held.names:
        if PROFILE.fullmatch(name):
            try:
                found = read_json(held.read(name))
            except ValueError:
                return ""
            profile = found.get("profile_v2", found) if isinstance(found, dict) else {}
            full = profile.get("name", {}) if isinstance(profile, dict) else {}
            return mended(full.get("full_name")) if isinstance(full, dict) else ""
    return ""


def read_json(raw: bytes) -> Any:
    """Read JSON. Raises `ValueError`, for what is nested too deep as well."""
    try:
        return json.loads(raw)
    except RecursionError:
        raise ValueError("it is nested too deep.") from None


def mended(value: Any) -> str:
    """Return words as they were written: Facebook writes each byte of a letter as a letter of its own."""
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _in_zip(path: Path) -> Held:
    by_name = {info.filename: info for info in members(path) if _is_plain(info.filename)}

    def read(name: str) -> bytes:
        require_sound(path, by_name[name], largest=LARGEST_FILE)
        return read_member(path, name, largest=LARGEST_FILE)

    return Held(tuple(sorted(by_name)), read)


def _in_folder(path: Path) -> Held:
    names: list[str] = []
    for folder, folders, files in os.walk(path):  # links are not followed
        folders[:] = sorted(name for name in folders if name.casefold() not in _MESSAGES)
        here = Path(folder).relative_to(path)
        names += [(here / name).as_posix() for name in sorted(files) if not (Path(folder) / name).is_symlink()]

    def read(name: str) -> bytes:
        try:
            if (path / name).stat().st_size > LARGEST_FILE:
                raise BadInput(f"{name} is larger than {LARGEST_FILE:,} bytes.", field="file")
            return (path / name).read_bytes()
        except OSError as error:
            raise BadInput(f"{name} cannot be read: {error.strerror}.", field="file") from None

    return Held(tuple(names), read)


def _is_plain(name: str) -> bool:
    """Say whether a path in an archive stays within it, and does not lead to messages."""
    parts = name.casefold().split("/")
    return "\\" not in name and ":" not in parts[0] and not ({"", "..", "."} | _MESSAGES) & set(parts)
