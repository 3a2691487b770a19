"""What went with a removal, or came back with it, where that is taken back within its minute (Md)."""

from datetime import datetime

from folkmoot.casefile.models import Case, Event, Fallen, Paper
from folkmoot.casefile.papers import released
from folkmoot.casefile.record import label
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.reporting import withdrawal
from folkmoot.steps.withdraw_report import withdraw_report


def gone_along(case: Case, decision: Paper) -> list[Case]:
    """Return the cases whose posts went with `decision`, and not with one before it, where that still counts."""
    papers = case.papers.filter(kind=Paper.Kind.GOES_WITH, answers=decision)
    numbers = {child for paper in papers for _post, child, *_ in paper.facts["taken"]}
    return list(Case.objects.filter(pk__in=numbers - released(numbers)).order_by("pk"))


def came_back(case: Case, event: Event) -> bool:
    """Say whether by `event` of the case anything came back that had gone with it."""
    back = Paper.objects.filter(kind=Paper.Kind.BROUGHT_BACK, at=event.at, case__fell_with__root=case)
    return any(paper.facts["goes_with"] == case.uid for paper in back)


def falls_with(case: Case) -> int:
    """Return how many posts come back with that of `case` when its removal does not hold any more."""
    return len({one.case_id for one in Fallen.objects.filter(root=case, case__standing=True)})


def withdraw_finding(child: Case, undone: Paper, *, by: Person, at: datetime) -> None:
    """Withdraw the report that was made with the decision `undone`, only so that the post could go.

    So nobody owes it an answer. What others reported goes on.
    """
    own = child.papers.filter(kind=Paper.Kind.REPORT, by=label(by), at=undone.at, number__lt=undone.number)
    for report in own:
        if report.facts["noticed"] and withdrawal(report) is None:
            withdraw_report(child.pk, by=report.grants.get(party=Role.REPORTER), at=at)
