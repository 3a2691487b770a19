"""Fills an empty data folder with the demo's branch, and says where things stand in it."""

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from folkmoot.kernel.errors import NotPermitted, NotReady
from folkmoot.members.models import Organisation
from folkmoot.web.demo.founding import found
from folkmoot.web.demo.passing import pass_until
from folkmoot.web.demo.standing import Summary, summary
from folkmoot.web.demo.story import story
from folkmoot.web.demo.talking import conversation
from folkmoot.web.demo.telling import casework


def fill(*, at: datetime, report: Callable[[str], None] | None = None) -> Summary:
    """Bring the branch into being as it stands at `at`, in one transaction; a filled database is left alone.

    `report` gets a few sentences on the way. Raises `NotPermitted` outside the demo's settings and
    `NotReady` where another organisation lives.
    """
    if not settings.DEMO:
        raise NotPermitted(gettext("Only the demo is filled with invented people."))
    tell = report or _silent
    told = story()
    with transaction.atomic():
        lives_here = Organisation.objects.first()
        if lives_here is None:
            cast = found(told, at=at)
            tell(f"{told.organisation.name}: {len(cast.people)} people with a role, {len(told.posts)} posts.")
            happenings = [*conversation(told, cast, at=at), *casework(told, cast, at=at)]
            for thing in sorted(happenings, key=attrgetter("at")):
                if thing.moves:
                    pass_until(thing.at)
                thing.do()
            pass_until(at)
            tell(f"{len(told.cases)} cases have taken their course.")
        elif lives_here.slug != told.organisation.slug or Organisation.objects.count() > 1:
            raise NotReady(
                gettext("These data belong to %(name)s. The demo needs a folder of its own.")
                % {"name": lives_here.name}
            )
    return summary()


def where_things_stand() -> list[str]:
    """Return what is printed of a filled demo, a few lines each: the cases by stage, and three links."""
    return summary().lines()


def _silent(text: str) -> None:
    """Tell nobody."""
