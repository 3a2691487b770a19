"""A removal asks the worker to look what hangs together with it (Md): no page has to search the archive for that."""

from datetime import datetime

from folkmoot.casefile.models import Case, Sought
from folkmoot.procedure.words import TAKES_AWAY


def ask_to_seek(case: Case, *, at: datetime) -> None:
    """Let what hangs together with the post of `case` be looked for, or once more, where by the case it is gone.

    Call with the case locked and its columns set.
    """
    if case.outcome in TAKES_AWAY and case.standing and case.post_id:
        asked = {"org_id": case.org_id, "asked_at": at, "found_at": None}
        Sought.objects.update_or_create(root=case, defaults=asked)
