"""The procedure: its limits, who takes which steps, publishing another edition; and who keeps checkpoints outside."""

from dataclasses import asdict
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Sent, Shown, example
from folkmoot.editions.current import current_procedure
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Outsider, Scope
from folkmoot.procedure.calendar import NATIONS
from folkmoot.procedure.checks import BOUNDS
from folkmoot.procedure.differences import differences
from folkmoot.procedure.editing import CHOICES, chosen, edited, is_older, renewed
from folkmoot.procedure.table import Limits, Procedure
from folkmoot.procedure.words import Role
from folkmoot.steps.end_outsider import end_outsider
from folkmoot.steps.name_outsider import name_outsider
from folkmoot.steps.publish_procedure import publish_procedure

router = Routes("Procedure and record")
ADMINISTRATORS = (Role.ADMINISTRATOR,)


class LimitsSent(Sent):
    """Time limits and numbers; days end with the organisation’s local day."""

    model_config = example(asdict(Limits()))

    report_days: int = Field(ge=BOUNDS["report_days"][0], le=BOUNDS["report_days"][1])
    secretary_days: int = Field(ge=BOUNDS["secretary_days"][0], le=BOUNDS["secretary_days"][1])
    executive_days: int = Field(ge=BOUNDS["executive_days"][0], le=BOUNDS["executive_days"][1])
    reconsider_days: int = Field(ge=BOUNDS["reconsider_days"][0], le=BOUNDS["reconsider_days"][1])
    extension_days: int = Field(ge=BOUNDS["extension_days"][0], le=BOUNDS["extension_days"][1])
    emergency_hours: int = Field(ge=BOUNDS["emergency_hours"][0], le=BOUNDS["emergency_hours"][1])
    legal_hours: int = Field(ge=BOUNDS["legal_hours"][0], le=BOUNDS["legal_hours"][1])
    appeal_months: int = Field(ge=BOUNDS["appeal_months"][0], le=BOUNDS["appeal_months"][1])
    objection_hours: int = Field(ge=BOUNDS["objection_hours"][0], le=BOUNDS["objection_hours"][1])
    quorum: int = Field(ge=BOUNDS["quorum"][0], le=BOUNDS["quorum"][1])
    working_days: bool = Field(default=False, description="Whether only working days count")
    nation: Line = Field("ENG", description=f"Whose bank holidays: {', '.join(NATIONS)}")


class ProcedureShown(Shown):
    """An edition of the procedure: its limits, and who takes the steps for which that can be chosen."""

    model_config = example(
        {
            "number": 1,
            "loaded_at": "2026-10-01T09:00:00Z",
            "limits": asdict(Limits()),
            "roles": {"convene": ["secretary", "executive"]},
            "questions": {"convene": "Who calls the Executive together?"},
            "older": False,
        }
    )

    number: int
    loaded_at: datetime
    limits: LimitsSent
    roles: dict[str, list[Role]] = Field(description="By the name of each choice")
    questions: dict[str, str] = Field(description="What each choice asks")
    older: bool = Field(description="Whether Folkmoot’s own table has changed since")


class ProcedureSent(Sent):
    """Other limits, and who takes the steps for which that can be chosen."""

    model_config = example(
        {"limits": {**asdict(Limits()), "report_days": 7}, "roles": {"convene": ["secretary"]}, "seen": 1}
    )

    limits: LimitsSent
    roles: dict[str, list[Role]] = Field({}, max_length=len(CHOICES), description="What is left out stays as it is")
    seen: int = Field(ge=0, le=2**31, description="The number of the edition that you read")


class RenewalSent(Sent):
    """Which edition you read."""

    model_config = example({"seen": 1})

    seen: int = Field(ge=0, le=2**31, description="The number of the edition that you read")


class OutsiderSent(Sent):
    """Somebody outside to whom checkpoints of the record are mailed."""

    model_config = example({"name": "Rhys Moss", "email": "rhys@example.org", "rhythm": "daily"})

    name: Line = Field(max_length=120)
    email: Line = Field(max_length=254)
    rhythm: Outsider.Rhythm


class OutsiderShown(Shown):
    """Somebody outside who keeps checkpoints."""

    model_config = example(
        {
            "number": 2,
            "name": "Rhys Moss",
            "email": "rhys@example.org",
            "rhythm": "daily",
            "since": "2026-11-03T10:00:00Z",
            "until": None,
        }
    )

    number: int
    name: str
    email: str
    rhythm: Outsider.Rhythm
    since: datetime
    until: datetime | None


class Outsiders(Shown):
    """Everybody outside who gets checkpoints now."""

    model_config = example({"outsiders": []})

    outsiders: list[OutsiderShown]


@router.reads("/procedure", offices=ADMINISTRATORS, returns=ProcedureShown)
def procedure(request: Caller) -> ProcedureShown:
    """The procedure that new cases follow."""
    return _shown(current_procedure(request.org))


@router.writes("/procedure/editions", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=ProcedureShown, status=201)
def publishing(request: Caller, said: ProcedureSent) -> ProcedureShown:
    """Make another edition of the procedure: new cases follow it, open ones keep theirs."""
    now = current_procedure(request.org).procedure()
    unknown = said.roles.keys() - {choice.name for choice in CHOICES}
    if unknown:
        raise BadInput(
            gettext("Nobody chooses who does this: %(steps)s.") % {"steps": ", ".join(sorted(unknown))}, field="roles"
        )
    if said.limits.nation not in NATIONS:
        raise BadInput(
            gettext("Please choose one of %(nations)s.") % {"nations": ", ".join(NATIONS)}, field="limits.nation"
        )
    roles = {choice.name: chosen(now, choice) for choice in CHOICES}
    wanted = {name: frozenset(who) for name, who in said.roles.items()}
    return _published(request, edited(Limits(**said.limits.model_dump()), {**roles, **wanted}), said.seen)


@router.writes("/procedure/renewal", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=ProcedureShown, status=201)
def renewal(request: Caller, said: RenewalSent) -> ProcedureShown:
    """Take over what Folkmoot’s own table has more than this edition; limits and choices stay."""
    return _published(request, renewed(current_procedure(request.org).procedure()), said.seen)


@router.reads("/outsiders", offices=ADMINISTRATORS, returns=Outsiders)
def outsiders(request: Caller) -> Outsiders:
    """Who outside gets checkpoints of the record."""
    found = Outsider.objects.within(request.org).filter(until=None).order_by("pk")
    return Outsiders(outsiders=[_outsider(one) for one in found])


@router.writes("/outsiders", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=OutsiderShown, status=201)
def naming(request: Caller, said: OutsiderSent) -> OutsiderShown:
    """Name somebody outside who gets them by mail."""
    made = name_outsider(
        request.org, name=said.name, email=said.email, rhythm=said.rhythm, by=request.person, at=request.now
    )
    return _outsider(made)


@router.writes(
    "/outsiders/{int:outsider}", method="DELETE", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=OutsiderShown
)
def ending(request: Caller, outsider: Number) -> OutsiderShown:
    """Let somebody get no more of them; what they have keeps proving what it proves."""
    found = Outsider.objects.within(request.org).select_related("org").filter(pk=outsider).first()
    if found is None:
        raise Http404
    return _outsider(end_outsider(found, by=request.person, at=request.now))


def _published(request: Caller, table: Procedure, seen: int) -> ProcedureShown:
    if not differences(current_procedure(request.org).procedure(), table):
        raise BadInput(gettext("Nothing is different from what is in force."))
    return _shown(publish_procedure(request.org, table, by=request.person, at=request.now, seen=seen))


def _shown(edition: ProcedureEdition) -> ProcedureShown:
    table = edition.procedure()
    return ProcedureShown(
        number=edition.number,
        loaded_at=edition.loaded_at,
        limits=LimitsSent(**asdict(table.limits)),
        roles={choice.name: sorted(chosen(table, choice)) for choice in CHOICES},
        questions={choice.name: gettext(choice.question) for choice in CHOICES},
        older=is_older(table),
    )


def _outsider(one: Outsider) -> OutsiderShown:
    return OutsiderShown(
        number=one.pk,
        name=one.name,
        email=one.email,
        rhythm=Outsider.Rhythm(one.rhythm),
        since=one.since,
        until=one.until,
    )
