"""A case as its parties may see it: never who reported, who moderated, or how anybody voted (D9, D42)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from folkmoot.casefile.models import Attachment, Case, Duty, Event, Grant, Measure, Paper
from folkmoot.casefile.papers import is_sealed, papers_in_force
from folkmoot.casefile.record import label, procedure_of
from folkmoot.editions.citing import cited
from folkmoot.editions.models import Clause
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import APPEALABLE, Answer, Outcome, Role, Stage, Step
from folkmoot.steps.put_to_executive import nothing_to_put
from folkmoot.steps.reporting import UNDECIDED
from folkmoot.steps.reviews import decided_as_panel
from folkmoot.steps.service import service_pending

_KINDS = (
    Paper.Kind.DECISION,
    Paper.Kind.APPEAL,
    Paper.Kind.RECONSIDERATION,
    Paper.Kind.SUBMISSION,
    Paper.Kind.MINUTE,
    Paper.Kind.LOOK_AFTER,
    Paper.Kind.BESIDE,
    Paper.Kind.REOPENING,
    Paper.Kind.QUESTION,
    Paper.Kind.CLARIFICATION,
    Paper.Kind.BROUGHT_BACK,
)


@dataclass(frozen=True)
class Side:
    """What both parties may know of a case, the newest paper of each kind."""

    case: Case
    decision: Paper | None
    appeal: Paper | None
    reconsideration: Paper | None
    submission: Paper | None
    minute: Paper | None  # only once it is the Executive's final word, also where that was opened again
    clauses: list[Clause]
    tasks: list[Task]
    measures: list[Measure]  # that hold now, what ends first on top
    unsure: bool  # whether nobody can say how the post is seen: then nothing counts as done
    looked: Paper | None = None  # what was found when somebody looked afterwards (Mc)
    beside: list[Paper] = field(default_factory=list)  # our own posts that it was compared with (Sb)
    reopening: Paper | None = None  # by which the Executive opened its own final word again (D35)
    asked: list[Paper] = field(default_factory=list)  # what the author was asked, and answered, before deciding (Sg)
    brought_back: Paper | None = None  # with the post that it went with (Md)

    @property
    def outcome(self) -> Outcome | None:
        """What was found, once it was."""
        return Outcome(self.decision.facts["outcome"]) if self.decision else None

    @property
    def answer(self) -> Answer | None:
        """What was said last of the decision when it was looked at again, or fell with another."""
        if self.brought_back:
            return Answer.OVERTURNED
        last = self.minute or self.reconsideration or self.looked
        return Answer(last.facts["answer"]) if last else None

    @property
    def last_word(self) -> Paper | None:
        """What the author was answered last, with the reasons, once they had asked for a second look."""
        return self.minute or self.reconsideration

    @property
    def put(self) -> Paper | None:
        """What the Executive owes an answer to: the author's case, or the vote by which it was opened again."""
        papers = [paper for paper in (self.submission, self.reopening) if paper]
        return max(papers, key=lambda paper: paper.number, default=None)

    @property
    def holds(self) -> Outcome | None:
        """What holds now: a milder outcome than was found, where it was varied; nothing once it is overturned."""
        return Outcome(self.case.outcome) if self.case.outcome and self.case.standing else None

    @property
    def is_final(self) -> bool:
        """Whether the matter is closed."""
        return self.case.stage == Stage.FINAL

    @property
    def undecided(self) -> bool:
        """Whether nothing is decided: not yet, or it is decided afresh."""
        return self.case.stage in UNDECIDED

    def task(self, *ops: Task.Op) -> Task | None:
        """Return the newest task of these kinds that still counts."""
        return next((task for task in self.tasks if task.op in ops), None)


def side_of(case: Case) -> Side:
    """Read what the parties may know of `case`."""
    papers = papers_in_force(case, *_KINDS).prefetch_related("texts", "attachments")
    decision = next((paper for paper in reversed(papers) if paper.kind == Paper.Kind.DECISION), None)
    since = decision.number if decision else 0  # what was said of an earlier decision is not said of this one
    newest = {Paper.Kind(paper.kind): paper for paper in papers if paper.number >= since}
    codes = decision.facts["codes"] if decision else []
    voted = (one for one in reversed(papers) if one.kind == Paper.Kind.REOPENING and one.facts["carried"])
    reopening = next(voted, None)  # a vote that was not carried is nobody's news
    minute = newest.get(Paper.Kind.MINUTE)
    was_final = bool(minute and reopening and minute.number < reopening.number)
    return Side(
        case=case,
        decision=decision,
        appeal=newest.get(Paper.Kind.APPEAL),
        reconsideration=newest.get(Paper.Kind.RECONSIDERATION),
        submission=newest.get(Paper.Kind.SUBMISSION),
        minute=minute if case.stage == Stage.FINAL or was_final else None,
        clauses=cited(case.policy, codes),
        tasks=list(case.tasks.exclude(state=Task.State.SUPERSEDED).order_by("-made_at", "-pk")),
        unsure=_unsure(case),
        measures=list(case.measures.filter(ended_at=None).order_by("until", "pk")),
        looked=newest.get(Paper.Kind.LOOK_AFTER),
        beside=[paper for paper in papers if paper.kind == Paper.Kind.BESIDE],
        reopening=reopening,
        brought_back=newest.get(Paper.Kind.BROUGHT_BACK),
        asked=[one for one in papers if one.kind in (Paper.Kind.QUESTION, Paper.Kind.CLARIFICATION)],
    )


def _unsure(case: Case) -> bool:
    if case.post_id:
        return Item.objects.filter(post=case.post_id, observed=Item.Visibility.UNCERTAIN).exists()
    return case.tasks.filter(op=Task.Op.LOOK, state=Task.State.OPEN).exists()


def may_appeal(case: Case, *, now: datetime) -> bool:
    """Say whether the author may ask us to look again (Mf)."""
    if case.outcome not in APPEALABLE or not case.standing or decided_as_panel(case):
        return False
    return _open_to_author(case, Step.LODGE_APPEAL, now=now)


def may_go_on(case: Case, *, now: datetime) -> bool:
    """Say whether the author may put the case to the Executive (Mg)."""
    return not nothing_to_put(case) and _open_to_author(case, Step.PUT_TO_EXECUTIVE, now=now)


def duties_to(paper: Paper) -> list[Duty]:
    """Return who owes an answer to `paper`, in the order in which they were added."""
    return list(paper.duties.order_by("since", "pk"))


def ended_at(case: Case) -> datetime | None:
    """Return when the case became final."""
    last = Event.objects.filter(case=case, step=Step.MAKE_FINAL).order_by("-seq").first()
    return last.at if last else None


def own_papers(grant: Grant) -> Iterable[Paper]:
    """Return what the party of `grant` put into the file, in order.

    An author's grants of one case are one side of it; each reporter is alone.
    """
    case = grant.case
    if grant.party == Role.AUTHOR:
        ours = [label(other) for other in case.grants.filter(party=Role.AUTHOR)]
        return case.papers.filter(by__in=ours).order_by("number").prefetch_related("texts", "attachments")
    added = case.papers.filter(by=label(grant)) | case.papers.filter(pk=grant.paper_id)
    return added.order_by("number").prefetch_related("texts", "attachments")


def own_attachment(grant: Grant, number: int) -> Attachment | None:
    """Return the attachment with this row number if the party of `grant` sent it; none of what is sealed (DP20)."""
    if is_sealed(grant.case):
        return None
    papers = [paper.pk for paper in own_papers(grant)]
    return Attachment.objects.filter(pk=number, paper__in=papers).first()


def _open_to_author(case: Case, step: Step, *, now: datetime) -> bool:
    in_time = case.settles_at is None or now <= case.settles_at or service_pending(case)
    return in_time and procedure_of(case).allows(Stage(case.stage), step, Role.AUTHOR)
