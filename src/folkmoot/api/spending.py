"""How many calls somebody has left within the hour."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse

from folkmoot.kernel.errors import TooMuch
from folkmoot.web.limits import seconds_left, spend


@dataclass(frozen=True)
class Spent:
    """What may be asked in one hour, what is left of it, and how many seconds it lasts."""

    limit: int
    left: int
    resets_in: int
    over: bool = False

    def say(self, response: HttpResponse) -> None:
        """Put it into the headers of an answer."""
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(self.left)
        response["RateLimit-Reset"] = str(self.resets_in)


def spend_call(identity: str, *, known: bool, at: datetime) -> Spent:
    """Count one call of `identity`; `known` callers have a token. Past the limit it is `over`."""
    limit = settings.API_CALLS_PER_HOUR if known else settings.API_VISITS_PER_HOUR
    try:
        used = spend(identity, "api", at=at, count_limit=limit)
    except TooMuch:
        return Spent(limit, 0, seconds_left(at), over=True)
    return Spent(limit, limit - used, seconds_left(at))
