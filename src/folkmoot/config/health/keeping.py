"""What is kept in case of need: backups, and signed checkpoints of the record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.casefile.heads import access_head, register_head
from folkmoot.casefile.models import Case, Checkpoint, Event
from folkmoot.config.health.light import Light, Sign
from folkmoot.config.health.marks import BackupMade, last_backup
from folkmoot.members.models import Organisation, Outsider
from folkmoot.outbox.models import Dispatch
from folkmoot.web.look.moments import relative

BACKUP_IS_OLD = timedelta(hours=36)  # one each night, and a night that was missed is seen
BACKUP_IS_TOO_OLD = timedelta(days=8)
FIRST_DAY = timedelta(days=1)  # in which there is not much to lose
SIGNED_WITHIN = timedelta(minutes=20)  # twice the time within which a change is signed
CHECKPOINT = "checkpoint"  # the kind of the letters that carry them


@dataclass(frozen=True)
class Backups:
    """The newest backup that is known, whether its file is still there, and since when there are data."""

    now: datetime
    newest: BackupMade | None
    is_there: bool
    begun: datetime | None


@dataclass(frozen=True)
class Checkpoints:
    """What was signed last of an organisation's record, and who has it."""

    now: datetime
    number: int
    signed_at: datetime | None
    overdue: bool
    folder: str
    beside_data: bool  # in the data folder itself, where whoever can change the database can change them too
    outsiders: int
    mailed_at: datetime | None


def look_at_backups(*, at: datetime) -> Backups:
    """Return what is known of backups of this server."""
    newest = last_backup(Path(settings.DATA))
    begun = Organisation.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return Backups(at, newest, newest is not None and Path(newest.file).exists(), begun)


def say_backups(backups: Backups) -> Light:
    """Say how old the newest backup is."""
    title = _("Backups")
    do = _("Let the server make one each night: ./folkmoot backup FOLDER (docs/operate.md says how).")
    if settings.DEMO:
        return Light("backup", Sign.NOTE, title, _("This is the demo, which nobody backs up: nothing in it is real."))
    newest = backups.newest
    if newest is None:
        young = backups.begun is None or backups.now - backups.begun < FIRST_DAY
        says = _("No backup by ./folkmoot backup is known here.")
        return Light("backup", Sign.SOON if young else Sign.BAD, title, says, do)
    says = _("The last one was made %(when)s, into %(file)s (%(size)s, %(sealed)s).") % {
        "when": relative(newest.at, backups.now),
        "file": newest.file,
        "size": f"{newest.bytes / 1e6:,.1f} MB",
        "sealed": _("encrypted") if newest.encrypted else _("not encrypted"),
    }
    if not backups.is_there:
        says = f"{says} {_('It does not lie there any more: if you have put it elsewhere, all is well.')}"
    age = backups.now - newest.at
    if age > BACKUP_IS_OLD:
        return Light("backup", Sign.BAD if age > BACKUP_IS_TOO_OLD else Sign.SOON, title, says, do)
    return Light("backup", Sign.OK, title, says)


def look_at_checkpoints(org: Organisation, *, at: datetime) -> Checkpoints:
    """Return what was signed last of the record of `org`."""
    newest = Checkpoint.objects.within(org).order_by("-number").first()
    folder, data = Path(settings.CHECKPOINTS), Path(settings.DATA)
    mailed = Dispatch.objects.within(org).filter(kind=CHECKPOINT, state=Dispatch.State.SENT)
    return Checkpoints(
        now=at,
        number=newest.number if newest else 0,
        signed_at=newest.at if newest else None,
        overdue=signing_is_overdue(org, newest, at=at),
        folder=str(folder),
        beside_data=folder.is_relative_to(data),
        outsiders=Outsider.objects.within(org).filter(until=None).count(),
        mailed_at=mailed.order_by("-pk").values_list("sent_at", flat=True).first(),
    )


def say_checkpoints(seen: Checkpoints) -> Light:
    """Say whether somebody could prove that the record was changed."""
    title = _("Checkpoints of the record")
    if seen.overdue:
        says = _("Something has changed for longer than ten minutes, and no checkpoint was signed.")
        do = _("Whoever runs this server looks at what ./run has printed, and runs ./folkmoot audit verify.")
        return Light("checkpoints", Sign.BAD, title, says, do, "record")
    if seen.signed_at is None:
        return Light("checkpoints", Sign.NOTE, title, _("None is signed yet: the first comes within ten minutes."))
    says = _("Checkpoint %(number)s was signed %(when)s and is kept in %(folder)s.") % {
        "number": f"{seen.number:,}",
        "when": relative(seen.signed_at, seen.now),
        "folder": seen.folder,
    }
    if seen.outsiders:
        many = ngettext("%(n)s person outside gets them", "%(n)s people outside get them", seen.outsiders)
        people = many % {"n": seen.outsiders}
        if seen.mailed_at is None:
            mailed = _("%(people)s by mail; none has left yet.") % {"people": people}
        else:
            last = {"people": people, "when": relative(seen.mailed_at, seen.now)}
            mailed = _("%(people)s by mail, last %(when)s.") % last
        says = f"{says} {mailed}"
        return Light("checkpoints", Sign.OK if seen.mailed_at else Sign.SOON, title, says, "", "record")
    if seen.beside_data:
        says = f"{says} {_('Nobody outside has one: whoever can change the database can change both.')}"
        return Light("checkpoints", Sign.SOON, title, says, _("Name somebody outside who keeps them."), "record")
    return Light("checkpoints", Sign.OK, title, says, "", "record")


def signing_is_overdue(org: Organisation, newest: Checkpoint | None, *, at: datetime) -> bool:
    """Say whether a change has waited for long: then something is wrong with the worker, or with the record."""
    if newest is None:
        return org.created_at < at - SIGNED_WITHIN and register_head(org)[0] > 0
    if newest.at > at - SIGNED_WITHIN or not _has_changed(org, newest):
        return False
    return Event.objects.within(org).filter(at__lt=at - SIGNED_WITHIN, at__gt=newest.at).exists()


def _has_changed(org: Organisation, newest: Checkpoint) -> bool:
    steps = Case.objects.within(org).aggregate(steps=Sum("seq"))["steps"] or 0
    says = newest.says
    signed = (says["steps"], says["register"][0], says["access"][0])
    return bool(signed != (steps, register_head(org)[0], access_head(org)[0]))
