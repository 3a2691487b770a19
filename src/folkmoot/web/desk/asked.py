"""What somebody asks of the queue: which pile, narrowed by what. It stands in the address, and nowhere else."""

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from folkmoot.kernel.text import whole_number
from folkmoot.procedure.words import Lane, ReportKind, Stage
from folkmoot.steps.find_later import has_found_later
from folkmoot.steps.reporting import reported_again
from folkmoot.steps.reviews import review_waits
from folkmoot.web.desk.rows import TO_ANSWER

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SEARCH_LIMIT = 200  # characters


@dataclass(frozen=True)
class Pile:
    """Cases that lie together: at these stages, or wherever a question finds them; `closed` ones newest first."""

    name: str
    label: "StrOrPromise"
    stages: tuple[Stage, ...] = ()
    closed: bool = False
    always: bool = False  # shown even when nothing lies there

    @property
    def at(self) -> Q:
        """What is true of the stage of its cases."""
        return Q(stage__in=self.stages) if self.stages else Q()

    @property
    def where(self) -> Q:
        """Return what is true of its cases besides their stage."""
        match self.name:
            case "again":
                return reported_again()
            case "reviews":
                return review_waits()
            case "copies":
                return has_found_later()
        return Q()


PILES = (
    Pile("waiting", _("Waiting for us"), TO_ANSWER, always=True),
    Pile("decision", _("For a decision"), (Stage.RECEIVED,)),
    Pile("second", _("Second looks"), (Stage.SECOND_LOOK,)),
    Pile("appeals", _("Appeals"), (Stage.APPEALED,)),
    Pile("again", _("Reported again")),
    Pile("reviews", _("Not satisfied")),
    Pile("copies", _("New copies")),
    Pile("executive", _("Before the Executive"), (Stage.BEFORE_EXECUTIVE, Stage.MINUTED)),
    Pile("decided", _("Decided"), (Stage.DECIDED, Stage.RECONSIDERED), closed=True, always=True),
    Pile("final", _("Final"), (Stage.FINAL,), closed=True, always=True),
)
TOGGLES = {
    "mine": _("Mine"),
    "free": _("Nobody has it"),
    "overdue": _("Overdue"),
    "places": _("My places"),
}


@dataclass(frozen=True)
class Asked:
    """One way to look at the queue. Everything combines."""

    pile: Pile = PILES[0]
    mine: bool = False
    free: bool = False
    overdue: bool = False
    places: bool = False
    place: int | None = None
    kind: ReportKind | None = None
    lane: Lane | None = None
    words: str = ""
    worst: bool = False  # ordered by what triage made of them, not by time

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out of the pile."""
        return any(getattr(self, one.name) for one in fields(self) if one.name not in ("pile", "worst"))

    @property
    def query(self) -> str:
        """What stands behind the question mark; the same for the same question."""
        given: list[tuple[str, Any]] = []
        if self.pile is not PILES[0]:
            given.append(("show", self.pile.name))
        given += [("only", name) for name in TOGGLES if getattr(self, name)]
        more = (("place", self.place), ("kind", self.kind), ("lane", self.lane), ("q", self.words))
        given += [("order", "worst")] if self.worst else []
        return urlencode([*given, *((name, str(value)) for name, value in more if value)])

    def but(self, **other: Any) -> str:
        """Return the address, from the question mark on, of the same with something `other`."""
        return f"?{replace(self, **other).query}"

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Everything but the words, as a form for others carries it on."""
        given = QueryDict(replace(self, words="").query)
        return [(name, value) for name, values in given.lists() for value in values]


def asked_by(named: QueryDict) -> Asked:
    """Return what an address asks; what it says that means nothing is passed over."""
    show = named.get("show", "")
    only = {*named.getlist("only"), show} & set(TOGGLES)  # letters and bookmarks of old name these as piles
    if "mine" in only:
        only.discard("free")
    place = named.get("place", "")
    kind, lane = named.get("kind", ""), named.get("lane", "")
    return Asked(
        pile=next((pile for pile in PILES if pile.name == show), PILES[0]),
        **dict.fromkeys(only, True),
        place=whole_number(place),
        kind=ReportKind(kind) if kind in set(ReportKind) else None,
        lane=Lane(lane) if lane in set(Lane) else None,
        worst=named.get("order") == "worst",
        words=" ".join(named.get("q", "").replace("\0", "").split())[:SEARCH_LIMIT],
    )
