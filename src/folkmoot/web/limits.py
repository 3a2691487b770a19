"""How much somebody nobody knows may send in one hour: said in words when reached, never dropped silently."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kernel.errors import OpensNothing, TooMuch
from folkmoot.kernel.tokens import keyed_hash
from folkmoot.members.models import Allowance
from folkmoot.web.access import moment


def allow(request: HttpRequest, what: str, *, count_limit: int, size: int = 0, size_limit: int | None = None) -> None:
    """Count one `what` (at most 20 characters) of `size` bytes from this connection, or raise `TooMuch`.

    Call it outside a transaction that may be rolled back; what was refused is not counted.
    """
    source = f"source:{client_address(request)}"
    _count(source, what, at=moment(request), count=count_limit, size=size, most=size_limit)


def allow_about(request: HttpRequest, what: str, subject: str, *, count_limit: int) -> None:
    """Count one `what` about `subject` (an address, a sign-in) from wherever, or raise `TooMuch`."""
    _count(f"about:{subject}", what, at=moment(request), count=count_limit, size=0, most=None)


def spend(subject: str, what: str, *, at: datetime, count_limit: int) -> int:
    """Count one `what` of `subject`, whoever they are, and return how many that makes in this hour.

    Raises `TooMuch` past `count_limit`.
    """
    source = f"spent:{subject}"
    _count(source, what, at=at, count=count_limit, size=0, most=None)
    rows = Allowance.objects.filter(source=_hashed(source), hour=_hour(at), what=what)
    return rows.values_list("count", flat=True).get()


def seconds_left(at: datetime) -> int:
    """Return how many seconds it takes until everything is counted anew, at least 1."""
    return max(1, int((_hour(at) + timedelta(hours=1) - at).total_seconds()))


@contextmanager
def few_wrong(request: HttpRequest, what: str, *, count_limit: int) -> Iterator[None]:
    """Let a secret be tried; raise `TooMuch` instead of `OpensNothing` once so many came from here in one hour.

    Whoever holds a link that opens something is never stopped, whatever others behind the same address try: nobody
    finds one by trying, so the limit only keeps the noise down.
    """
    try:
        yield
    except OpensNothing:
        at = moment(request)
        source = f"source:{client_address(request)}"
        wrong = Allowance.objects.filter(source=_hashed(source), hour=_hour(at), what=what, count__gte=count_limit)
        if wrong.exists():
            raise TooMuch(
                _("Too many links that open nothing were tried from here. Please try again after %(time)s.")
                % {"time": _again(at)}
            ) from None
        _count(source, what, at=at, count=_ANY, size=0, most=None)
        raise


def first_time(request: HttpRequest, what: str, subject: str) -> bool:
    """Say whether `what` with `subject` was never seen within the last hour: for codes that work once."""
    at = moment(request)
    known = Allowance.objects.filter(source=_hashed(f"about:{subject}"), what=what, hour=_hour(at) - timedelta(hours=1))
    if known.exists():
        return False
    try:
        allow_about(request, what, subject, count_limit=1)
    except TooMuch:
        return False
    return True


def client_address(request: HttpRequest) -> str:
    """Return where the request came from; of an IPv6 address the /64 network, which one household shares.

    `X-Forwarded-For` is believed as far as our own proxies wrote it.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        passed = request.headers.get("X-Forwarded-For", "").split(",")
        found = passed[-settings.TRUSTED_PROXIES :][0].strip() or found
    try:
        address = ipaddress.ip_address(found.strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _count(source: str, what: str, *, at: datetime, count: int, size: int, most: int | None) -> None:
    row: dict[str, Any] = {"source": _hashed(source), "hour": _hour(at), "what": what}
    hour = connection.ops.adapt_datetimefield_value(row["hour"])
    one_more = [size, row["source"], hour, what, count, _ANY if most is None else most - size]
    with _soon_on_disk(), connection.cursor() as cursor:
        cursor.execute(_ONE_MORE, one_more)
        if cursor.rowcount:  # every time but the first of an hour
            return
        Allowance.objects.get_or_create(**row)
        cursor.execute(_ONE_MORE, one_more)
        if cursor.rowcount:
            return
    raise TooMuch(_sentence(at, size=size, most=most))


# One statement tests and counts: two requests at once cannot both take the last place.
_ONE_MORE = (
    "UPDATE members_allowance SET count = count + 1, size = size + %s "
    "WHERE source = %s AND hour = %s AND what = %s AND count < %s AND size <= %s"
)
_ANY = 2**62  # bytes


@contextmanager
def _soon_on_disk() -> Iterator[None]:
    """Make a transaction whose commit reaches the disk a moment later: counts of one hour are no record.

    The next commit of the record takes it along, and waits for the disk as ever.
    """
    if connection.in_atomic_block:  # it is committed with what is around it
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
            yield
    else:
        with connection.cursor() as cursor:
            (ever,) = cursor.execute("PRAGMA synchronous").fetchone()
            cursor.execute("PRAGMA synchronous = NORMAL")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute(f"PRAGMA synchronous = {ever}")


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _hashed(source: str) -> str:
    return keyed_hash(settings.FOLKMOOT_KEY, "source", source)


def _again(at: datetime) -> str:
    return timezone.localtime(_hour(at) + timedelta(hours=1)).strftime("%H:%M")


def _sentence(at: datetime, *, size: int, most: int | None) -> str:
    if most is not None and size > most:
        return _("The files together are larger than %(limit)s MB, which is all we can take in one hour.") % {
            "limit": most // 1_000_000
        }
    return _(
        "More has come in this hour than we can take. Nothing of this was saved; please send it again after %(time)s."
    ) % {"time": _again(at)}
