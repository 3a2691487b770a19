"""Makes calls to other programs, several at a time. Loaded with the first call: what it stands on takes much memory."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.conf import settings

from folkmoot.outbox.hooks import headers_of
from folkmoot.outbox.models import HookCall
from folkmoot.worker.reach import Posting, Unreachable, new_client, post

LONGEST = 25.0  # seconds, from looking the name up to the answer; letters wait meanwhile
SHORTER = 10.0  # seconds for a program that did not take its last call


def answers(calls: Sequence[HookCall], *, at: datetime) -> list[tuple[int | None, str]]:
    """Return what each call came to. Nothing in the threads asks the database."""
    clients = [new_client() for _ in calls]
    postings = [
        Posting(call.hook.url, headers_of(call, at=at), call.body.encode(), private=settings.HOOKS_PRIVATE)
        for call in calls
    ]
    pool = ThreadPoolExecutor(max_workers=len(calls), thread_name_prefix="hooks")
    made = [pool.submit(post, client, posting) for client, posting in zip(clients, postings, strict=True)]
    wait(made, timeout=min(SHORTER, LONGEST))
    sound = [one for one, call in zip(made, calls, strict=True) if not call.hook.failures]
    wait(sound, timeout=max(0.0, LONGEST - SHORTER))
    for client in clients:  # whoever still waits for an answer that comes in drops is disturbed by it
        client.close()
    pool.shutdown(wait=False, cancel_futures=True)
    return [_outcome(one) for one in made]


def _outcome(made: "Future[int]") -> tuple[int | None, str]:
    if not made.done() or made.cancelled():
        return None, "too slow"
    # One address that nobody foresaw must not keep the others from being told.
    reason = made.exception()
    if reason is None:
        return made.result(), ""
    return None, str(reason) if isinstance(reason, Unreachable) else type(reason).__name__
