"""What was offered to the person who was targeted, and how much they want to hear (D44, F9)."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.standing import capacity


class Offered(StrEnum):
    """What can be offered."""

    TALK = "talk"  # somebody to talk to
    COMPANY = "company"  # somebody who comes along, or stands with them in public
    SAFETY = "safety"  # help with blocking, privacy, keeping evidence
    PARTY = "party"  # the party's own complaints and support
    POLICE = "police"
    PLATFORM = "platform"  # to report it to the platform
    OTHER = "other"


class Hears(StrEnum):
    """How much they want to hear."""

    EVERYTHING = "everything"
    WHAT_MATTERS = "what_matters"  # the outcome, and a warning before something comes back
    NOTHING = "nothing"
    NOT_ASKED = "not_asked"


@transaction.atomic
def offer_support(
    case_id: int, *, offered: Collection[Offered], hears: Hears, note: str = "", by: Person, at: datetime
) -> Paper:
    """File what was offered. The paper names nobody: who it is stands in their report, or nowhere."""
    case = locked(case_id)
    role = capacity(case, by, Step.OFFER_SUPPORT, at=at)
    if not offered:
        raise BadInput(gettext("Please choose what was offered."), field="offered")
    paper = file_paper(
        case,
        Paper.Kind.SUPPORT,
        by=by,
        at=at,
        facts={"offered": sorted(offered), "hears": hears},
        texts={"note": note} if note else {},
    )
    advance(case, Step.OFFER_SUPPORT, by=by, role=role, at=at, papers=[paper])
    return paper
