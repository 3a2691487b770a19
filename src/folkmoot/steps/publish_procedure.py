"""The procedure's table becomes an edition: cases keep the one under which they were opened."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.errors import BadInput, StalePage
from folkmoot.members.models import Organisation
from folkmoot.procedure.checks import faults
from folkmoot.procedure.table import STANDARD, Procedure
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def publish_procedure(
    org: Organisation, procedure: Procedure, *, by: Actor, at: datetime, seen: int | None = None
) -> ProcedureEdition:
    """Make `procedure` the edition of new cases; the table that is in force already stays as it is.

    `seen` is the number of the edition that the page showed: raises `StalePage` when a later one is in force.
    Raises `BadInput` when the table is not sound (`procedure.checks.faults`): no case may get stuck in it.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    found = faults(procedure)
    if found:
        raise BadInput(" ".join(found))
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # editions are numbered one at a time
    newest = _newest(org)
    if seen is not None and newest is not None and newest.number != seen:
        raise StalePage(
            gettext(
                "Somebody has published another edition since you opened the page. Please look at what "
                "is in force now, then say again what you want to change."
            )
        )
    return _publish(org, procedure, newest, by=by, at=at)


def publish_founding_procedure(org: Organisation, *, by: Actor, at: datetime) -> ProcedureEdition:
    """Load Folkmoot's own table for an organisation that nobody administers yet, in the transaction that makes it.

    One that an import has made before its set-up may have the table already.
    """
    return _publish(org, STANDARD, _newest(org), by=by, at=at)


def _newest(org: Organisation) -> ProcedureEdition | None:
    return ProcedureEdition.objects.within(org).order_by("-number").first()


def _publish(
    org: Organisation, procedure: Procedure, newest: ProcedureEdition | None, *, by: Actor, at: datetime
) -> ProcedureEdition:
    facts = canonical_bytes(procedure.to_facts())
    if newest is not None and newest.fingerprint == digest(facts):
        return newest
    edition = ProcedureEdition.objects.create(
        org=org,
        number=newest.number + 1 if newest else 1,
        facts=facts,
        fingerprint=digest(facts),
        loaded_at=at,
    )
    told = {"edition": edition.pk, "number": edition.number, "fingerprint": edition.fingerprint}
    enter_register(org, "publish_procedure", by=by, at=at, facts=told)
    return edition
