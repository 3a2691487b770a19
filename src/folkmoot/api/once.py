"""Doing nothing twice: the answer to a write is kept for a day under the caller's `Idempotency-Key`.

The row is claimed first, by a commit of its own; the step and its answer are one transaction. A process that dies in
between leaves a claim that counts for a minute: then the same request may begin anew, since nothing of it was done.
A refusal is not kept: what was mended, or what has become possible, can be sent under the same key.

Of visitors nothing is known but what they send, and the answer to a report is the code that opens it. So their key has
to be one that nobody can guess, a random UUID: whoever has it gets the answer, from whichever network.
"""

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from folkmoot.api.caller import VISITOR, Caller
from folkmoot.api.problems import AT_WORK, OTHER_REQUEST, TOO_LARGE, UNREADABLE, Refusal
from folkmoot.config import clock
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.tokens import keyed_hash, new_nonce
from folkmoot.members.models import Repeatable

T = TypeVar("T")
HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{8,200}")
KEY_OF_VISITORS = re.compile(r"(?i)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
AT_WORK_FOR = timedelta(minutes=1)
REPLAYED = "Idempotent-Replayed"


def once(caller: Caller, asked: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `work` answers, or what it answered before to the same request; `asked` is the request's hash.

    Raises a `Refusal` without a key, for a key used for something else, and while another works on it.
    """
    key = _key(caller)
    row, lease = _claimed(caller, key, asked)
    if row.status is not None:
        return _replayed(caller, key, row)
    try:
        with transaction.atomic():
            response = work()
            sealed = _seal(caller, key).encrypt(response.content)
            mine = Repeatable.objects.filter(pk=row.pk, lease=lease)
            if not mine.update(status=response.status_code, answer=sealed):
                raise Refusal(AT_WORK)  # it took longer than a minute, and somebody else began
    except BaseException:
        Repeatable.objects.filter(pk=row.pk, lease=lease, status=None).delete()
        raise
    return response


def once_each(
    caller: Caller, asked: str, items: Sequence[T], work: Callable[[T], Any], said: Callable[[list[Any]], HttpResponse]
) -> HttpResponse:
    """Do the same for several `items`, each in a transaction of its own with its answer, as JSON holds it.

    `said` makes the answer to all of them. What ends in between is gone on with where it was, under the same key.
    """
    key = _key(caller)
    row, lease = _claimed(caller, key, asked)
    if row.status is not None:
        return _replayed(caller, key, row)
    box, mine = _seal(caller, key), Repeatable.objects.filter(pk=row.pk, lease=lease, status=None)
    done: list[Any] = json.loads(box.decrypt(bytes(row.answer))) if row.answer else []
    try:
        for item in items[len(done) :]:
            with transaction.atomic():
                done.append(work(item))
                sealed = box.encrypt(json.dumps(done).encode())
                if not mine.update(answer=sealed, begun_at=clock.now()):
                    raise Refusal(AT_WORK)  # it took longer than a minute, and somebody else began
        response = said(done)
        mine.update(status=response.status_code, answer=box.encrypt(response.content))
    except BaseException:
        mine.update(begun_at=caller.now - AT_WORK_FOR)  # it can be sent again at once, and goes on there
        raise
    return response


def once_streamed(caller: Caller, body: "Body", work: Callable[[Callable[[], None]], HttpResponse]) -> HttpResponse:
    """Do the same for a `body` too large to be looked at beforehand, of which parts are kept as they come.

    It is no single transaction, so `work` has to do no harm when it is begun anew; it calls what it is given now and
    then, to say that it is still at it. What was asked is known at the end, and compared when it is sent again.
    """
    key = _key(caller)
    row, lease = _claimed(caller, key, None)
    mine = Repeatable.objects.filter(pk=row.pk, lease=lease, status=None)
    if row.status is not None:
        if row.asked != _asked(caller, [body.drained()]):
            raise Refusal(OTHER_REQUEST)
        return _replayed(caller, key, row)

    def still_at_it() -> None:
        if not mine.update(begun_at=clock.now()):
            raise Refusal(AT_WORK)  # it took longer than a minute, and somebody else began

    try:
        response = work(still_at_it)
        asked = _asked(caller, [body.drained()])
        mine.update(asked=asked, status=response.status_code, answer=_seal(caller, key).encrypt(response.content))
    except BaseException:
        mine.delete()
        raise
    return response


def what_was_asked(caller: Caller) -> str:
    """Return the hash of the request: method, address and body, or the parts of a form with files."""
    if (caller.content_type or "").startswith("multipart/"):
        files = [(name, digest(file.read()), file.seek(0)) for name, many in caller.FILES.lists() for file in many]
        body = [sorted((name, values) for name, values in caller.POST.lists()), sorted(one[:2] for one in files)]
    else:
        body = [digest(caller.body)]
    return _asked(caller, body)


class Body(io.RawIOBase):
    """The body of a request as a stream that is hashed while it is read; its length may come with it or not."""

    def __init__(self, caller: Caller) -> None:
        # Django reads as much as was announced: of what comes in chunks, nothing.
        self._read = caller.META["wsgi.input"].read if comes_in_chunks(caller) else caller.read
        self._hash = hashlib.sha256()
        self._left = settings.REQUEST_MAX_BYTES
        self._missing = None if comes_in_chunks(caller) else int(caller.META.get("CONTENT_LENGTH") or 0)

    @property
    def cut_short(self) -> bool | None:
        """Say whether less came than was announced; `None` where nothing was."""
        return None if self._missing is None else self._missing > 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what comes next into `buffer` and return how many bytes that are; 0 at the end."""
        piece = self._read(len(buffer))
        self._hash.update(piece)
        self._left -= len(piece)
        if self._missing is not None:
            self._missing -= len(piece)
        if self._left < 0:
            raise Refusal(TOO_LARGE, _("This stream is too long for one request. What came before is in: go on there."))
        buffer[: len(piece)] = piece
        return len(piece)

    def drained(self) -> str:
        """Return the hash of the whole body, of which the rest is read and forgotten."""
        while self.read(_AT_ONCE):
            pass
        return self._hash.hexdigest()


def comes_in_chunks(request: HttpRequest) -> bool:
    """Say whether the body comes without its length."""
    return "chunked" in request.headers.get("Transfer-Encoding", "").lower()


_AT_ONCE = 1 << 16  # bytes
_JSON = {"Content-Type": "application/json"}


def _asked(caller: Caller, body: Any) -> str:
    return digest(canonical_bytes({"method": caller.method, "to": caller.get_full_path(), "body": body}))


def _replayed(caller: Caller, key: str, row: Repeatable) -> HttpResponse:
    answer = HttpResponse(_seal(caller, key).decrypt(bytes(row.answer)), status=row.status, headers=_JSON)
    answer[REPLAYED] = "true"
    return answer


def _key(caller: Caller) -> str:
    key = caller.headers.get(HEADER, "")
    if not KEY.fullmatch(key):
        raise Refusal(
            UNREADABLE,
            _(
                "Every write needs the header Idempotency-Key: 8 to 200 letters, digits or signs that you choose anew "
                "for each write, such as a UUID, and send again when you send that write again."
            ),
        )
    if caller.identity == VISITOR and not KEY_OF_VISITORS.fullmatch(key):
        raise Refusal(
            UNREADABLE,
            _(
                "Without a token the header Idempotency-Key has to be a random UUID (version 4), chosen anew for each "
                "write: whoever sends the same again gets the same answer, so nobody must be able to guess it."
            ),
        )
    return key


def _claimed(caller: Caller, key: str, asked: str | None) -> tuple[Repeatable, str]:
    """Return the row for this key, claimed under a lease of ours, or answered; `asked` is None where it comes last."""
    at, lease = caller.now, new_nonce()
    who = keyed_hash(settings.FOLKMOOT_KEY, "repeatable", f"{caller.org.pk}:{caller.identity}:{key}")
    try:
        with transaction.atomic():
            return Repeatable.objects.create(caller=who, asked=asked or "", begun_at=at, lease=lease), lease
    except IntegrityError:
        row = Repeatable.objects.filter(caller=who).first()
    if row is None:  # it was refused in this moment
        raise Refusal(AT_WORK)
    if asked is not None and row.asked != asked:
        raise Refusal(OTHER_REQUEST)
    if row.status is not None:
        return row, row.lease
    stale = Repeatable.objects.filter(pk=row.pk, lease=row.lease, status=None, begun_at__lte=at - AT_WORK_FOR)
    if not stale.update(lease=lease, begun_at=at):
        raise Refusal(AT_WORK)
    return row, lease


def _seal(caller: Caller, key: str) -> Fernet:
    """Return what seals the answer: it takes the server's key and the caller's, and only the hash of both is stored."""
    secret = keyed_hash(settings.FOLKMOOT_KEY, "answer", f"{caller.org.pk}:{caller.identity}:{key}")
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(secret)))
