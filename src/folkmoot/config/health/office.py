"""An organisation's own affairs: letters that reach nobody, places that nobody looks after, roles that nobody holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.archive.models import Platform
from folkmoot.config.health.light import Light, Sign
from folkmoot.editions.current import current_procedure
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import OFFICES, Role, Stage

LATELY = timedelta(days=30)
_FAILED = (Dispatch.State.GIVEN_UP, Dispatch.State.RETURNED)


@dataclass(frozen=True)
class Letters:
    """Letters that did not reach whom they are for: what is being done by hand, and what came to nothing lately."""

    by_hand: int  # authors' letters that somebody has to hand over
    not_served: int  # authors' letters that nobody could hand over, in cases that are open
    failed: int  # all others that were refused or came back lately


@dataclass(frozen=True)
class Places:
    """How many places there are, and which nobody looks after, by name."""

    number: int
    alone: tuple[str, ...]


@dataclass(frozen=True)
class Roles:
    """How many people hold each role and can sign in, and how many of the Executive have to sit."""

    holders: dict[Role, int]
    quorum: int


def look_at_letters(org: Organisation, *, closed: Collection[int] = (), at: datetime) -> Letters:
    """Return which letters of `org` did not arrive. Of cases in `closed`, by number, nothing is told (D9)."""
    tasks = Task.objects.within(org).filter(op=Task.Op.HAND_OVER_NOTICE).exclude(case__in=closed)
    lately = Dispatch.objects.within(org).filter(state__in=_FAILED, made_at__gt=at - LATELY)
    others = lately.exclude(case__in=closed).exclude(audience=Role.AUTHOR)
    return Letters(
        by_hand=tasks.filter(state=Task.State.OPEN).values("case").distinct().count(),
        not_served=tasks.filter(state=Task.State.CANNOT).exclude(case__stage=Stage.FINAL).count(),
        failed=others.count(),
    )


def say_letters(letters: Letters) -> Light:
    """Say whether letters reach those they are for."""
    title, says = _("Letters that reached nobody"), list[str]()
    if letters.not_served:
        text = ngettext(
            "%(n)s letter to an author could not be handed over: they do not know what was decided.",
            "%(n)s letters to authors could not be handed over: they do not know what was decided.",
            letters.not_served,
        )
        says.append(text % {"n": letters.not_served})
    if letters.by_hand:
        text = ngettext(
            "%(n)s author has to be given a letter by hand.",
            "%(n)s authors have to be given a letter by hand.",
            letters.by_hand,
        )
        says.append(text % {"n": letters.by_hand})
    if letters.failed:
        text = ngettext(
            "%(n)s other letter was refused or came back in the last 30 days.",
            "%(n)s other letters were refused or came back in the last 30 days.",
            letters.failed,
        )
        says.append(text % {"n": letters.failed})
    if not says:
        return Light("letters", Sign.OK, title, _("None: every letter arrived, or is on its way."))
    do = _("Under By hand stands what to give to whom; under Letters which addresses do not take mail.")
    return Light("letters", Sign.BAD if letters.not_served else Sign.SOON, title, " ".join(says), do, "letters_sent")


def look_at_places(org: Organisation) -> Places:
    """Return the places of `org` that nobody looks after."""
    looked_after = Count("operator_rows", filter=Q(operator_rows__until=None))
    found = Platform.objects.within(org).annotate(looked_after=looked_after).order_by("name")
    return Places(len(found), tuple(place.name for place in found if not place.looked_after))


def say_places(places: Places) -> Light:
    """Say whether somebody looks after each place."""
    title = _("Places")
    if not places.number:
        says = _("There is none yet: a report cannot say where something was written.")
        return Light("places", Sign.SOON, title, says, _("Add the places where your members write."), "places")
    if places.alone:
        says = _("Nobody looks after %(places)s.") % {"places": ", ".join(f"“{name}”" for name in places.alone)}
        do = _("Name a moderator for each. Until then all moderators see their reports.")
        return Light("places", Sign.SOON, title, says, do, "places")
    return Light("places", Sign.OK, title, _("Somebody looks after each."))


def look_at_roles(org: Organisation, *, at: datetime) -> Roles:
    """Return how many people hold each role of `org`."""
    holders = {role: Person.objects.holding(org, role, at=at).count() for role in OFFICES}
    return Roles(holders, current_procedure(org).procedure().limits.quorum)


def say_roles(roles: Roles) -> list[Light]:
    """Say of each role whether enough people hold it, and what it means where too few do."""
    return [_moderators(roles), _secretary(roles), _executive(roles), _administrators(roles)]


def _moderators(roles: Roles) -> Light:
    number, title, do = roles.holders[Role.MODERATOR], _("Moderators"), _("Invite somebody.")
    if not number:
        says = _("There is none: nobody answers reports until their time is over and the Secretary is added.")
        return Light("moderators", Sign.BAD, title, says, do, "people")
    if number == 1:
        says = _("There is one: whoever decided also answers the appeal, and nobody else looks at unclear cases first.")
        return Light("moderators", Sign.SOON, title, says, do, "people")
    return Light("moderators", Sign.OK, title, _("There are %(n)s.") % {"n": number})


def _secretary(roles: Roles) -> Light:
    title = _("Secretary")
    if not roles.holders[Role.SECRETARY]:
        says = _("There is none: when an answer is late nobody is added, and only administrators hear of it.")
        return Light("secretary", Sign.SOON, title, says, _("Invite somebody."), "people")
    return Light("secretary", Sign.OK, title, _("Somebody is added when an answer is late, and writes the minutes."))


def _executive(roles: Roles) -> Light:
    number, title, do = roles.holders[Role.EXECUTIVE], _("Executive Committee"), _("Invite its members.")
    counts = {"n": number, "quorum": roles.quorum}
    if not number:
        says = _("Nobody is on it here: an author who puts their case to the Executive gets no answer.")
        return Light("executive", Sign.BAD, title, says, do, "people")
    if number < roles.quorum:
        says = ngettext(
            "%(n)s member is here, and %(quorum)s have to sit: it can decide nothing.",
            "%(n)s members are here, and %(quorum)s have to sit: it can decide nothing.",
            number,
        )
        return Light("executive", Sign.SOON, title, says % counts, do, "people")
    return Light("executive", Sign.OK, title, _("%(n)s members; %(quorum)s have to sit.") % counts)


def _administrators(roles: Roles) -> Light:
    number, title = roles.holders[Role.ADMINISTRATOR], _("Administrators")
    if number < 2:
        says = _("There is only one: if they cannot sign in, whoever runs this server has to help.")
        return Light("administrators", Sign.NOTE, title, says, _("Make somebody else an administrator too."), "people")
    return Light("administrators", Sign.OK, title, _("There are %(n)s.") % {"n": number})


def say_contact(org: Organisation) -> Light:
    """Say whether people can see how to reach the Secretary."""
    title = _("How people reach you")
    if not org.contact:
        says = _("Public pages and letters cannot say how to reach your Secretary.")
        return Light("contact", Sign.SOON, title, says, _("Say how."), "settings")
    return Light("contact", Sign.OK, title, _("Public pages and letters say how to reach your Secretary."))
