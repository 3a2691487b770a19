"""The chained facts of an organisation, written so that somebody outside can verify them without the database.

One JSON object a line. Every hashed text stands there as it was hashed; prose, names and addresses are not in
it, only the commitments to them. docs/record.md has the format in exact words.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from folkmoot.casefile.checkpoint_file import CheckpointFile
from folkmoot.casefile.heads import access_head, register_head
from folkmoot.casefile.models import Case, Event, Reading
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation

VERSION: Final = 1


def export_lines(org: Organisation, *, own: CheckpointFile | None, at: datetime) -> Iterator[str]:
    """Yield the lines of the export of `org`; `own` are the checkpoints that the server keeps."""
    yield _line(folkmoot="record", version=VERSION, org=org.pk, name=org.name, at=stamp(at))
    for edition in ProcedureEdition.objects.within(org).order_by("number"):
        yield _line(procedure=edition.pk, facts=_text(edition.facts))
    register = Event.objects.within(org).filter(case=None).order_by("seq").values_list("payload", flat=True)
    yield _line(register=list(register_head(org)), entries=[_text(payload) for payload in register])
    readings = Reading.objects.within(org).exclude(seq=None).order_by("seq").values_list("payload", flat=True)
    yield _line(access=list(access_head(org)), entries=[_text(payload) for payload in readings.iterator()])
    for case in Case.objects.within(org).order_by("pk").iterator(chunk_size=200):
        events = case.events.order_by("seq").values_list("payload", flat=True)
        papers = case.papers.order_by("number").values_list("body", flat=True)
        yield _line(
            case=[case.uid, case.pk, case.seq, case.head],
            entries=[_text(payload) for payload in events],
            papers=[_text(body) for body in papers],
        )
    if own is not None:
        yield _line(kept=[own.first_line, *(one.line for one in own.checkpoints)])


def _line(**facts: Any) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _text(stored: bytes | memoryview) -> str:
    return bytes(stored).decode()
