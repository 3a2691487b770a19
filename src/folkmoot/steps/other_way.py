"""A letter to the author did not arrive by mail: another way has to be found (D28)."""

from datetime import datetime

from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import ask_to_hand_over, promise_again
from folkmoot.procedure.words import Role
from folkmoot.steps.tell import author_address


def find_other_way(case: Case, notice: Paper, *, at: datetime) -> None:
    """Mail the author's letter to a newer address, or ask somebody to hand it over. Others get no second letter.

    Never to an older address: it may have been written down wrongly, and be somebody else's.
    """
    if notice.facts["audience"] != Role.AUTHOR or not notice.words["body"]:  # what was destroyed goes no way
        return
    address = author_address(case)
    if address and not Dispatch.objects.filter(paper=notice, to__iexact=address).exists():
        promise_again(case, notice, to=address, at=at)
        return
    ask_somebody(case, notice, at=at)


def ask_somebody(case: Case, notice: Paper, *, at: datetime) -> None:
    """Ask somebody to hand the letter over, unless somebody is asked already."""
    grant = Grant.objects.filter(case=case, party=Role.AUTHOR).order_by("-pk").first()
    if grant:
        ask_to_hand_over(case, notice, grant, at=at)
