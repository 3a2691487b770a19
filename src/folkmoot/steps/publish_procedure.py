"""The procedure's table becomes an edition: cases keep the one under which they were opened."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.members.models import Organisation
from folkmoot.procedure.table import Procedure


@transaction.atomic
def publish_procedure(org: Organisation, procedure: Procedure, *, by: Actor, at: datetime) -> ProcedureEdition:
    """Load `procedure`; the table that is in force already stays as it is."""
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    facts = canonical_bytes(procedure.to_facts())
    newest = ProcedureEdition.objects.within(org).order_by("-number").first()
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
