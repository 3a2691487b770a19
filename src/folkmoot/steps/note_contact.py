"""Where the author of an account can be reached is written down, outside any case or in one."""

from datetime import datetime

from django.db import transaction

from folkmoot.archive.marks import contact_mark
from folkmoot.archive.models import Account, Contact
from folkmoot.casefile.models import Case
from folkmoot.casefile.record import enter_register, mention
from folkmoot.kernel.canonical import new_salt
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office, require_same


@transaction.atomic
def note_contact(account: Account, *, address: str, source: str, by: Person, at: datetime) -> Contact:
    """Write an address down that is known before anything was reported, such as from the list of members.

    `source` says how it is known. Address and source stay out of the register: they are personal.
    """
    require_office(account.org, by, Role.ADMINISTRATOR, Role.SECRETARY, Role.MODERATOR, at=at)
    require_same(account.org, by.org)
    contact = _keep(account, address=address, source=source, by=by, at=at)
    facts = {"contact": contact.pk, "account": account.pk, "mark": contact_mark(contact)}
    enter_register(account.org, "note_contact", by=by, at=at, facts=facts)
    return contact


def keep_contact(case: Case, account: Account, *, address: str, source: str, by: Person, at: datetime) -> Contact:
    """Write an address down in the course of a case; the next event of `case` tells of it."""
    contact = _keep(account, address=address, source=source, by=by, at=at)
    mention(case, "contacts", [contact.pk, contact_mark(contact)])
    return contact


def _keep(account: Account, *, address: str, source: str, by: Person, at: datetime) -> Contact:
    return Contact.objects.create(
        org_id=account.org_id,
        account=account,
        address=address,
        source=source,
        salt=new_salt(),
        added_by=by,
        added_at=at,
    )
