"""Work on strangers' files in a process of its own, which may only use so much time and memory."""

import multiprocessing
import resource
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from folkmoot.kernel.errors import BadInput

T = TypeVar("T")

MOST_SECONDS = 60  # of work: the longest policy that we know takes two
MOST_MEMORY = 1_000_000_000  # bytes, beside what this process has already
_TOO_MUCH = (
    "This file takes more time or memory to read than any policy should, so the attempt was ended. Save it in another "
    "way, as text if nothing else helps, and import that."
)
_PAGES = Path("/proc/self/statm")


def apart(work: Callable[[], T]) -> T:
    """Return what `work` returns, done in another process; raises `BadInput` where it takes too much, or raises that.

    Parsers of formats that anybody can write have files at which they do not end, or that they blow up.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_do, args=(work, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        said, found = ours.recv()
    except EOFError:  # it was ended by the system, which says no more than this
        raise BadInput(_TOO_MUCH, field="file") from None
    finally:
        ours.close()
        child.kill()
        child.join()
    if said == "refused":
        raise BadInput(found[0], field=found[1])
    if said == "failed":
        raise found
    return found  # type: ignore[no-any-return]


def _do(work: Callable[[], object], answers: Connection) -> None:
    _limit()
    try:
        answer: tuple[str, Any] = ("done", work())
    except BadInput as refusal:
        answer = ("refused", (str(refusal), refusal.field))
    except (MemoryError, RecursionError):
        answer = ("refused", (_TOO_MUCH, "file"))
    except Exception as failure:  # noqa: BLE001  a mistake of ours: whoever called learns of it
        answer = ("failed", failure)
    answers.send(answer)


def _limit() -> None:
    """Bound the time and the memory of this process; where a system has no such bounds, it goes without."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    if _PAGES.is_file():
        used = int(_PAGES.read_text().split()[0]) * resource.getpagesize()
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, used + MOST_MEMORY))
