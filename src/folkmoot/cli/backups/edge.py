"""The edge of `backup` and `restore`: whatever stops them is one sentence, and leaves nothing behind."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import psycopg
from django.db import Error
from pydantic import ValidationError

from folkmoot.kernel.errors import NotReady


@contextmanager
def in_a_sentence(refusal: str) -> Iterator[None]:
    """Raise `NotReady`, which begins with `refusal`, where a disk or a database fails; meanwhile a signal tidies up.

    The system's TERM and a closed terminal end the process as Ctrl-C does: what was made for a while is removed.
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        for number, handler in before.items():
            if handler != signal.SIG_IGN:  # nohup has it ignored, and is to be obeyed
                signal.signal(number, _end)
        yield
    except OSError as error:
        raise NotReady(f"{refusal}: {(error.strerror or str(error)).lower()}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise NotReady(f"{refusal}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}.") from None
    except (psycopg.Error, Error) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise NotReady(f"{refusal}: {said}") from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)  # a second one does not break off the tidying up
    raise SystemExit(128 + number)
