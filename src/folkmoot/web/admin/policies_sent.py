"""A published policy that is sent as one file (Word, PDF, HTML, Markdown, text), made into a pack.

It is read by another interpreter: a process with threads must not fork, and the reader's bounds on time and memory
(`standards.importing.bounded`) hold there.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing import REPORT_FILE
from folkmoot.web.admin.packs_sent import File

FORMATS = (".docx", ".pdf", ".html", ".htm", ".md", ".txt")
MOST_BYTES = 5_000_000
SECONDS = 60  # by the clock; the longest policy that we know takes two
_FIELD = "file"


@dataclass(frozen=True)
class Read:
    """The folder of the pack, and the report of what was guessed and left out."""

    folder: Path
    report: str


@contextmanager
def read_policy(file: File, *, lang: str, today: date) -> Iterator[Read]:
    """Give the pack that was made of `file`, for as long as it is looked at; raises `BadInput` (field "file")."""
    if not file.size or file.size > MOST_BYTES:
        raise BadInput(_("The file is empty or larger than 5 MB. A policy is much smaller."), field=_FIELD)
    with tempfile.TemporaryDirectory() as place:
        sent = Path(place) / f"policy{_format(file)}"
        with sent.open("wb") as kept:
            kept.writelines(file.chunks())
        folder = Path(place) / "sent-policy"
        _import(sent, folder, lang=lang, today=today)
        yield Read(folder, (folder / REPORT_FILE).read_text())


def is_policy(file: File) -> bool:
    """Say whether the name of `file` is that of a policy, and of no pack."""
    return bool(_format(file))


def _format(file: File) -> str:
    ending = PurePosixPath(file.name or "").suffix.lower()
    return ending if ending in FORMATS else ""


def _import(sent: Path, folder: Path, *, lang: str, today: date) -> None:
    command = [sys.executable, "-m", "folkmoot.standards.importing", str(sent), str(folder), today.isoformat(), lang]
    path = {"PYTHONPATH": str(Path(__file__).parents[3])}
    try:
        done = subprocess.run(command, env=path, capture_output=True, timeout=SECONDS, check=False)
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise BadInput(
            _("This file cannot be read here. Save it in another way, as text if nothing else helps."), field=_FIELD
        ) from None
    if "refused" in said:
        raise BadInput(said["refused"], field=_FIELD)
