"""Keeps the list of what was erased beside the database: whoever restores an older copy erases it again (DP11, DP20).

One JSON line for each erasure, in `tombstones.jsonl` in the data folder; it names things and holds no content.
"""

import json
import os
from pathlib import Path
from typing import Any

from folkmoot.casefile.models import Redaction
from folkmoot.kernel.times import stamp

NAME = "tombstones.jsonl"
BATCH = 500


def keep_tombstones(folder: Path) -> int:
    """Write down the erasures that the list does not hold yet, durably; return how many there were.

    Killed between two lines it goes on where it stopped; a line that was cut short is written again.
    """
    path = folder / NAME
    last = _last(path)
    rows = Redaction.objects.filter(pk__gt=last).select_related(
        "org", "papertext__paper__case", "attachment__paper__case", "revision__post"
    )
    lines = [json.dumps(_line(one), sort_keys=True) for one in rows.order_by("pk")[:BATCH]]
    if not lines:
        return 0
    with path.open("a+b") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() and not _ends_whole(path):
            file.write(b"\n")
        file.write("".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)
    return len(lines)


def _line(one: Redaction) -> dict[str, Any]:
    what: dict[str, Any]
    if one.papertext:
        what = {"case": one.papertext.paper.case.uid, "paper": one.papertext.paper.number, "field": one.papertext.field}
    elif one.attachment:
        what = {
            "case": one.attachment.paper.case.uid,
            "paper": one.attachment.paper.number,
            "file": one.attachment.number,
        }
    elif one.revision:
        what = {"post": one.revision.post.native_id, "revision": one.revision.pk}
    else:
        raise ValueError(f"redaction {one.pk} names nothing")
    return {"number": one.pk, "org": one.org.slug, "at": stamp(one.at), **what}


def _last(path: Path) -> int:
    """Return the number of the newest erasure on the list, 0 for an empty one."""
    if not path.exists():
        return 0
    last = 0
    with path.open("rb") as file:
        for line in file:
            try:
                last = max(last, int(json.loads(line)["number"]))
            except (ValueError, KeyError):  # a line cut short by a kill: its erasure is written again
                continue
    return last


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
