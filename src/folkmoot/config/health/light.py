"""One light: how something stands, in a sentence, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """How something stands; the worst last."""

    OK = "ok"
    NOTE = "note"  # nothing is wrong; somebody should know it
    SOON = "soon"  # to be put right soon
    BAD = "bad"  # does not work


ORDER = tuple(Sign)


@dataclass(frozen=True)
class Light:
    """How one thing stands.

    `key` names it for machines, `title` for people; `says` is a sentence, `do` what to do about it, empty where there
    is nothing to do. `page` is the administration's page where that is done, by the name of its view. `stops`: as long
    as the light is bad, nobody can be served.
    """

    key: str
    sign: Sign
    title: str
    says: str
    do: str = ""
    page: str = ""
    stops: bool = False
