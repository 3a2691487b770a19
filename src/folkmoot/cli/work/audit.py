"""The record: whether it is as it was written, what proves it, and the guards that keep it so."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from folkmoot.casefile.audit import verify
from folkmoot.casefile.audit_export import read_export
from folkmoot.casefile.checkpoint_file import CheckpointFile, path_of, public_key
from folkmoot.casefile.checkpoint_reader import read_file
from folkmoot.casefile.export import export_lines
from folkmoot.casefile.guards import install_guards, missing_guards
from folkmoot.casefile.heads import chains_of
from folkmoot.casefile.models import Case
from folkmoot.casefile.moment import one_moment
from folkmoot.cli.proof import Held, hold
from folkmoot.cli.target import where_kept
from folkmoot.cli.words import answer, say, warn
from folkmoot.config.clock import now
from folkmoot.config.places import key, one_at_a_time
from folkmoot.config.readiness import require_current
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.outbox.audit import verify_promises
from folkmoot.steps.make_checkpoint import declare_restored, make_checkpoint

Faults = list[dict[str, str]]  # each with its organisation, where it is, and what


def verify_record(slug: str | None, files: tuple[Path, ...], fingerprint: str, export: Path | None) -> None:
    """Replay the record and compare; ends with status 1 when anything is not as it was written."""
    held = Held(files, fingerprint)
    faults = _verify_export(export, held) if export is not None else _verify_live(slug, held)
    answer(as_written=not faults, faults=faults)
    if faults:
        warn(f"The record is not as it was written; {len(faults)} found.")
        raise SystemExit(1)
    say("The record is as it was written.")


def sign_checkpoint(slug: str | None, restored: str | None) -> None:
    """Sign now where the record stands, and say which key signed it. The worker does so by itself every ten minutes."""
    require_current()
    folder, data = Path(settings.CHECKPOINTS), Path(settings.DATA)
    seed = key(data, "checkpoints")
    signed = []
    for org in _organisations(slug):
        with one_at_a_time(data, "checkpoint"):
            made = (
                declare_restored(org, reason=restored, folder=folder, seed=seed, at=now())
                if restored
                else make_checkpoint(org, folder=folder, seed=seed, at=now())
            )
        say(f"{org.slug}: {made} signed." if made else f"{org.slug}: nothing has changed since the newest checkpoint.")
        say(f"{org.slug}: kept in {path_of(folder, org.pk)}")
        signed.append(
            {"organisation": org.slug, "number": made.number if made else None, "file": path_of(folder, org.pk)}
        )
    fingerprint = digest(bytes.fromhex(public_key(seed)))
    say(f"The key’s fingerprint: {fingerprint}")
    answer(checkpoints=signed, fingerprint=fingerprint)


def write_export(file: Path, slug: str | None) -> None:
    """Write the chained facts of an organisation to FILE, for somebody outside to verify. No prose is in it."""
    require_current()
    found = _organisations(slug)
    if len(found) != 1:
        raise BadInput("Which organisation’s record? Say it with --org.", field="org")
    [org] = found
    fresh = file.with_name(f".{file.name}.part")
    with one_moment(), fresh.open("w", encoding="utf-8") as out:
        for line in export_lines(org, own=_own(org), at=now()):
            out.write(f"{line}\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    say(f"{org.slug}: the record is in {file}; ./folkmoot audit verify --export {file} looks at it.")
    answer(organisation=org.slug, file=file)


def put_guards_back() -> None:
    """Put the database's guards back, after `audit verify` has said what happened meanwhile."""
    require_current()
    gone = missing_guards(connection)
    install_guards(connection)
    say(f"{len(gone)} guards put back." if gone else "All guards stand; nothing was to be done.")
    for name in gone:
        say(f"  {name}")
    answer(put_back=gone)


def _verify_live(slug: str | None, held: Held) -> Faults:
    require_current()
    faults: Faults = []
    for name in missing_guards(connection):
        warn(f"The database lacks its guard {name}: it would let the record be changed.")
        faults.append(_fault("", "the database", f"it lacks its guard {name}"))
    orgs = _organisations(slug)
    if not orgs:
        say("There is no organisation yet, so there was nothing to look at.")
    held.require_known({org.pk for org in orgs})
    for org in orgs:
        own = _own(org)  # before the database: what it knows by now, the database knows too
        with one_moment():
            faults += _verify_org(org, own, held)
    say(f"Looked at the data in {where_kept()}.")
    return faults


def _verify_org(org: Organisation, own: CheckpointFile | None, held: Held) -> Faults:
    faults: Faults = []
    for found in (*verify(org), *verify_promises(org)):
        say(f"{org.slug}: {found.where}: {found.what}")
        faults.append(_fault(org.slug, found.where, found.what))
    chains = chains_of(org)
    for evidence in held.against(org.pk, own):
        faults += [_fault(org.slug, where, what) for where, what in hold(org.slug, chains, evidence)]
    say(f"{org.slug}: {Case.objects.within(org).count()} cases looked at.")
    return faults


def _verify_export(file: Path, held: Held) -> Faults:
    found = read_export(file)
    held.require_known({found.chains.org})
    for where, what in found.faults:
        say(f"{found.name}: {where}: {what}")
    faults = [_fault(found.name, where, what) for where, what in found.faults]
    for evidence in held.against(found.chains.org, found.own):
        faults += [_fault(found.name, where, what) for where, what in hold(found.name, found.chains, evidence)]
    say(f"{found.name}: {len(found.chains.cases)} cases looked at.")
    return faults


def _fault(organisation: str, where: str, what: str) -> dict[str, str]:
    return {"organisation": organisation, "where": where, "what": what}


def _own(org: Organisation) -> CheckpointFile | None:
    return read_file(path_of(Path(settings.CHECKPOINTS), org.pk))


def _organisations(slug: str | None) -> list[Organisation]:
    if slug is None:
        return list(Organisation.objects.order_by("pk"))
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise BadInput(f"There is no organisation {slug!r} here.", field="org")
    return [found]
