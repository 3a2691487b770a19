"""Sealed material is destroyed on advice: what is left is an event, and no content (DP20)."""

import logging
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.index_posts import forget_words
from folkmoot.archive.index_prints import forget_prints
from folkmoot.archive.journal import cut_journal
from folkmoot.archive.models import Leftover, Post, Revision
from folkmoot.archive.to_assess import forget_assessment
from folkmoot.casefile.models import Attachment, Case, Paper, PaperText, Redaction
from folkmoot.casefile.record import Actor, file_paper, label, locked, procedure_of
from folkmoot.casefile.to_assess import forget_assessments
from folkmoot.casefile.tombstones import keep_tombstones, require_list
from folkmoot.kernel.errors import BadInput, FolkmootError, NotPermitted
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.outbox.promise import call_off, supersede
from folkmoot.pinboard.wrong_hints import forget_wrong
from folkmoot.procedure.words import OFFICES, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.seal import sealing
from folkmoot.steps.standing import involvement, uninvolved

_WHY = "destroyed on advice"
log = logging.getLogger(__name__)


class Adviser(StrEnum):
    """On whose advice; nobody else's will do."""

    IWF = "iwf"
    POLICE = "police"


def destroy(case_id: int, *, adviser: Adviser, reference: str, by: Person, at: datetime) -> Paper:
    """Blank every text and file of a sealed case, and the archived post itself; the skeleton stays on the record.

    What the organisation itself wrote as its reasons stays. `reference` is theirs, such as a report number. Other
    cases about the same post hold copies of it: they are sealed and destroyed with it. Raises `NotPermitted` unless
    the case is sealed, or where somebody without a part in the matter is there; and `BadInput` without a reference.

    Once it has returned, the list of what was destroyed names it too, so that no restore brings it back (DP11).
    Raises `NotReady` where that list cannot be written; where it fails in the very moment in between, the worker
    writes it later.
    """
    list_in = Path(settings.CHECKPOINTS)
    require_list(list_in)  # before the transaction: a disk elsewhere may take its time, and nobody else is to wait
    with transaction.atomic():
        transaction.on_commit(partial(_list, list_in))
        transaction.on_commit(cut_journal)
        return _destroy(case_id, adviser, reference, by=by, at=at)


def _list(folder: Path) -> None:
    try:
        keep_tombstones(folder)
    except (FolkmootError, OSError) as refusal:
        log.error("What was destroyed is not on its list yet; the worker goes on trying. %s", refusal)


def _destroy(case_id: int, adviser: Adviser, reference: str, *, by: Person, at: datetime) -> Paper:
    case = locked(case_id)
    role = _capacity(case, by, at=at)
    if not case.sealed:
        raise NotPermitted(gettext("Only what is sealed can be destroyed. Please seal the case first."))
    if not reference:
        raise BadInput(gettext("Please write down the number of their advice or report."), field="reference")
    for number in _others(case):
        other = locked(number)
        if not other.sealed:
            advance(other, Step.SEAL, by=by, role=role, at=at, papers=[sealing(other, by=by, at=at)])
        destroy_contents(other, adviser, reference, by=by, role=role, at=at)
    return destroy_contents(case, adviser, reference, by=by, role=role, at=at)


def destroy_contents(
    case: Case,
    adviser: Adviser,
    reference: str,
    *,
    by: Actor,
    role: Role,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Paper:
    """Blank what a locked, sealed case holds, and its post; file the paper that says so, with `facts` besides."""
    redacted = _blank_papers(case, by=label(by), at=at)
    if case.post:
        blank_post(case.post, by=label(by), at=at)
    forget_assessments(case)
    case.link, case.weight = "", 0
    Task.objects.filter(case=case).update(link="")
    paper = file_paper(
        case,
        Paper.Kind.DESTRUCTION,
        by=by,
        at=at,
        facts={"adviser": adviser, "post": case.post_id, **(facts or {})},
        texts={"reference": reference},
    )
    advance(case, Step.DESTROY, by=by, role=role, at=at, papers=[paper], facts={"redacted": redacted})
    return paper


def blank_post(post: Post, *, by: str, at: datetime) -> None:
    """Leave nothing in the archive of what `post` said or showed, nor by which it could be found."""
    for revision in post.revisions.filter(redaction=None):
        _redact(post.org, revision=revision, by=by, at=at)
    post.revisions.update(text="")
    Post.objects.filter(pk=post.pk).update(text="", text_key="", url="", attachments="")
    Leftover.objects.filter(post=post).update(raw=b"")
    forget_words([post])
    forget_prints([post.pk])
    forget_assessment(post.pk)
    forget_wrong(post.pk)


def _capacity(case: Case, by: Person, *, at: datetime) -> Role:
    held = by.offices(at=at) if by.org_id == case.org_id else frozenset()
    if not held:
        raise NotPermitted(gettext("Only people with a role in this organisation can do this."))
    # to seal shows and ends nothing; this ends what might speak against whoever does it
    why = involvement(case, by)
    table, stage = procedure_of(case), Stage(case.stage)
    able = [role for role in reversed(OFFICES) if table.allows(stage, Step.DESTROY, role)]
    if why and any(uninvolved(case, Person.objects.holding(case.org, role, at=at)) for role in able):
        raise NotPermitted(why)
    roles = [role for role in able if role in held] or [role for role in reversed(OFFICES) if role in held]
    return roles[0]


def _others(case: Case) -> list[int]:
    """Return the other cases about the same post, by number, whose edition of the procedure knows of destroying."""
    others = Case.objects.filter(post=case.post_id).exclude(pk=case.pk) if case.post_id else Case.objects.none()
    others = others.filter(org=case.org_id).select_related("procedure_edition").order_by("pk")
    knows = [one for one in others if _knows(one)]
    return [one.pk for one in knows]


def _knows(case: Case) -> bool:
    ways = procedure_of(case).ways
    return {Step.SEAL, Step.DESTROY} <= {way.step for way in ways if way.stage is Stage(case.stage)}


# Our own words, in which nothing is quoted.
_OURS = ("reference", "necessity", "nature", "note", "reason", "reasons")


def _blank_papers(case: Case, *, by: str, at: datetime) -> list[list[object]]:
    """Blank what people sent and what letters quoted before the seal; later letters quote nothing."""
    sealed = case.papers.filter(kind=Paper.Kind.SEAL).order_by("number").values_list("number", flat=True)[0]
    quoting = PaperText.objects.filter(paper__case=case, redaction=None).exclude(field__in=_OURS)
    quoting = quoting.exclude(paper__kind=Paper.Kind.NOTICE, paper__number__gt=sealed).select_related("paper")
    texts = list(quoting.order_by("paper__number", "pk"))
    files = list(Attachment.objects.filter(paper__case=case, redaction=None).select_related("paper").order_by("pk"))
    for text in texts:
        _redact(case.org, papertext=text, by=by, at=at)
    for file in files:
        _redact(case.org, attachment=file, by=by, at=at)
    PaperText.objects.filter(pk__in=[text.pk for text in texts]).update(text="", salt=b"")
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(content=b"", name="")
    gone = [text.paper_id for text in texts]
    call_off(case, Dispatch.objects.filter(paper__in=gone))  # their words are gone with the rest
    supersede(case, Task.objects.filter(paper__in=gone, op=Task.Op.HAND_OVER_NOTICE), at=at)
    told: list[list[object]] = [[text.paper.number, text.field] for text in texts]
    return [*told, *([file.paper.number, f"file {file.number}"] for file in files)]


def _redact(
    org: Organisation,
    *,
    by: str,
    at: datetime,
    papertext: PaperText | None = None,
    attachment: Attachment | None = None,
    revision: Revision | None = None,
) -> None:
    Redaction.objects.create(
        org=org, papertext=papertext, attachment=attachment, revision=revision, reason=_WHY, by=by, at=at
    )
