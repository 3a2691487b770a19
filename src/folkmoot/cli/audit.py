"""`folkmoot audit`: whether the record is as it was written, and the guards that keep it so."""

import click
from django.db import connection

from folkmoot.casefile.audit import verify
from folkmoot.casefile.guards import install_guards, missing_guards
from folkmoot.casefile.models import Case
from folkmoot.cli.words import say, warn
from folkmoot.config.readiness import require_current
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation


@click.group("audit")
def command() -> None:
    """The record: every paper, event and bookmark, against the chain that binds them."""


@command.command("verify")
@click.option("--org", "slug", metavar="SLUG", help="Only this organisation.")
def verify_record(slug: str | None) -> None:
    """Replay the whole record and compare; name what is not as it was written.

    Exit status 1 when anything is not, or when the database would let somebody change it.
    """
    require_current()
    faults = 0
    for name in missing_guards(connection):
        warn(f"The database lacks its guard {name}: it would let the record be changed.")
        faults += 1
    for org in _organisations(slug):
        for found in verify(org):
            say(f"{org.slug}: {found.where}: {found.what}")
            faults += 1
        say(f"{org.slug}: {Case.objects.within(org).count()} cases looked at.")
    if faults:
        warn(f"The record is not as it was written; {faults} found.")
        raise SystemExit(1)
    say("The record is as it was written.")


@command.command("guard")
def put_guards_back() -> None:
    """Put the database's guards back, after `audit verify` has said what happened meanwhile."""
    require_current()
    gone = missing_guards(connection)
    install_guards(connection)
    say(f"{len(gone)} guards put back." if gone else "All guards stand; nothing was to be done.")
    for name in gone:
        say(f"  {name}")


def _organisations(slug: str | None) -> list[Organisation]:
    if slug is None:
        return list(Organisation.objects.order_by("pk"))
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise BadInput(f"There is no organisation {slug!r} here.", field="org")
    return [found]
