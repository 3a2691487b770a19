"""How a command ends: a status, and where something was in the way, one sentence (or JSON) instead of a traceback."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import click

from folkmoot.cli.words import as_line
from folkmoot.kernel.errors import BadInput, FolkmootError, NotPermitted, NotReady, StalePage, Tampered, TooMuch

DONE, REFUSED, MISTYPED, STOPPED, NOBODY_READS = 0, 1, 2, 130, 141
STATUSES = {
    DONE: "done",
    REFUSED: "refused, or something is not as it should be: the sentence on standard error says what",
    MISTYPED: "mistyped: there is no such command, option or value",
    STOPPED: "stopped by Ctrl-C",
    NOBODY_READS: "whoever read the output has gone (a closed pipe)",
}
_KINDS: dict[type[Exception], str] = {
    NotPermitted: "not_permitted",
    StalePage: "stale",
    BadInput: "bad_input",
    TooMuch: "too_much",
    Tampered: "tampered",
    NotReady: "not_ready",
}


def status_of(run: Callable[[], Any], *, for_programs: bool) -> int:
    """Run a command, say what stopped it, and return its exit status.

    What is nobody's doing but the software's own, is raised: a traceback is of use then.
    """
    status = DONE
    try:
        status = _status(run, for_programs=for_programs)
        if sys.stdout is not None:  # it was closed before the start
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        _look_away()
        return NOBODY_READS
    except OSError as error:  # what was said could not be written: a full disk
        _look_away()
        if status == DONE:
            click.echo(of_the_machine(error), err=True)
        return status or REFUSED


def _status(run: Callable[[], Any], *, for_programs: bool) -> int:
    try:
        run()
    except click.exceptions.Exit as end:
        return end.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else REFUSED if end.code else DONE
    except BrokenPipeError:
        raise
    except click.UsageError as error:
        if not for_programs:
            error.show()
            return MISTYPED
        return _tell(Reason(MISTYPED, "mistyped", error.format_message()), for_programs=True)
    except (Exception, KeyboardInterrupt) as error:
        why = _why(error)
        if why is None:
            raise
        return _tell(why, for_programs=for_programs)
    return DONE


@dataclass(frozen=True)
class Reason:
    """What stopped a command: its status, a word for programs, a sentence for people, and which option it is about."""

    status: int
    kind: str
    sentence: str
    field: str = ""


def _why(error: BaseException) -> Reason | None:
    """Return why a command stopped; `None` for what nobody at a keyboard can have caused."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Reason(STOPPED, "stopped", "Stopped.")
    if isinstance(error, click.ClickException):
        return Reason(error.exit_code, "bad_input", error.format_message())
    if isinstance(error, FolkmootError):
        kind = next((word for sort, word in _KINDS.items() if isinstance(error, sort)), "refused")
        return Reason(REFUSED, kind, str(error), getattr(error, "field", ""))
    sentence = of_the_machine(error)
    return Reason(REFUSED, "not_ready", sentence) if sentence else None


def _tell(why: Reason, *, for_programs: bool) -> int:
    if for_programs:
        error = {"kind": why.kind, "message": why.sentence, "field": why.field}
        click.echo(as_line({"error": error, "status": why.status}))
    else:
        click.echo(f"\n{why.sentence}" if why.status == STOPPED else why.sentence, err=True)
    return why.status


def of_the_machine(error: BaseException) -> str:
    """Return what to say of a disk that is full, a folder that is closed, a database that is gone; "" for the rest."""
    if isinstance(error, OSError) and error.errno is not None:
        what = f"{error.filename}: " if error.filename else ""
        return f"{what}{(error.strerror or os.strerror(error.errno)).lower()}." + _advice(error.errno)
    database = sys.modules.get("django.db")  # where it was not loaded, it is not to blame
    if database is not None and isinstance(error, database.OperationalError | database.DatabaseError):
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return f"The database cannot be used: {said}. ./folkmoot doctor looks further."
    return ""


def _advice(number: int) -> str:
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return " Run it as the account that Folkmoot runs as."
    return " Make room, and try again." if number in (errno.ENOSPC, errno.EDQUOT) else ""


def not_text(typed: Sequence[str]) -> str:
    """Return the first of the words typed that is no text at all, fit to print; "" where all are."""
    for word in typed:
        with suppress(UnicodeEncodeError):
            word.encode()
            continue
        return ascii(word)
    return ""


def _look_away() -> None:
    """Let nothing more be written to where nobody reads, not even at the interpreter's own end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
