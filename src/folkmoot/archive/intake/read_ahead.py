"""A file read by a process of its own, ahead of the one that writes: two processors share a long import."""

import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Generator
from dataclasses import replace
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread

from folkmoot.archive.intake.in_batches import Batch, Work, batches
from folkmoot.kernel.errors import BadInput

WORTH = 5_000_000  # bytes, below which another process would only be waited for
AHEAD = 3  # batches that may wait for whoever writes: some take longer to read than others, some to write


def read(work: Work) -> Generator[Batch]:
    """Yield what `batches` yields, by the way that is fastest for so much of a file."""
    if work.source.size >= WORTH and processors() > 1:
        return ahead(work)
    return batches(replace(work, writing=None))  # whoever stores a post works it out, where that was not done


def processors() -> int:
    """Return on how many processors this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ahead(work: Work) -> Generator[Batch]:
    """Yield what `batches` yields; close it, and the other process ends."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    # not a fork: a copy of this process would hold its database
    reader = multiprocessing.get_context("spawn").Process(target=_read, args=(work, theirs), daemon=True)
    reader.start()
    theirs.close()
    try:
        while batch := _next(ours):
            yield batch
    finally:
        ours.close()
        reader.kill()
        reader.join()


def _next(ours: Connection) -> Batch | None:
    try:
        said, what = ours.recv()
    except (EOFError, OSError):  # at the end of a batch, or in the midst of one
        raise BadInput(
            "Reading the file was broken off by the system: it may have too little memory. Import the file once more: "
            "what is in stays, and it goes on from there.",
            field="file",
        ) from None
    if said == "refused":
        raise BadInput(what[0], field=what[1])
    if said == "failed":
        raise RuntimeError(f"The file could not be read on:\n{what}")
    return what  # type: ignore[no-any-return]


def _read(work: Work, theirs: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who writes is asked to end, and ends this
    waiting: Queue[bytes | None] = Queue(AHEAD)
    Thread(target=_send, args=(waiting, theirs)).start()
    end: tuple[str, object] = ("end", None)
    try:
        for batch in batches(work):
            waiting.put(pickle.dumps(("batch", batch), pickle.HIGHEST_PROTOCOL))
    except BadInput as refusal:
        end = ("refused", (str(refusal), refusal.field))
    except Exception as failure:  # noqa: BLE001  a mistake of ours: whoever writes learns of it, in words
        end = ("failed", "".join(traceback.format_exception(failure)))
    waiting.put(pickle.dumps(end))
    waiting.put(None)


def _send(waiting: "Queue[bytes | None]", theirs: Connection) -> None:
    try:
        while what := waiting.get():
            theirs.send_bytes(what)
    except BrokenPipeError:  # nobody writes any more
        os._exit(0)
    except BaseException:  # noqa: BLE001  else the other thread would wait for ever; who writes learns of it by the end
        traceback.print_exc()
        os._exit(1)
