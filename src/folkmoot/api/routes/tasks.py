"""By hand: what has to be done at a place, and saying that it is done; and letters that came back."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from ninja import Form
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.cursors import Cursor, Limit, piece
from folkmoot.api.files import Pictures, sent_pictures
from folkmoot.api.matters import Taken, taken
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Sent, Shown, Words, example
from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Scope
from folkmoot.outbox import links, marks
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.outbox.to_do import handed_over_with, to_do
from folkmoot.procedure.words import OFFICES, Role, Step
from folkmoot.steps.look_at_post import look_at_post
from folkmoot.steps.many import written_by
from folkmoot.steps.record_return import record_return
from folkmoot.steps.standing import involvement
from folkmoot.steps.tick_task import tick_task, tick_unsure
from folkmoot.web.desk import casework, evidence
from folkmoot.web.desk.by_hand import sentence, wording
from folkmoot.web.desk.clicks import checklist
from folkmoot.web.desk.going import READERS, note_reading, the_task
from folkmoot.web.look.links import web_link

router = Routes("By hand")


class TaskInList(Shown):
    """Something that has to be done by hand, in one sentence."""

    model_config = example(
        {
            "number": 5,
            "case": 7,
            "op": "remove",
            "state": "open",
            "sentence": "Remove the post by Rowan Pike at Harbour page.",
            "place": 1,
            "link": "https://example.org/posts/100",
            "made_at": "2026-11-03T10:00:00Z",
            "ended_at": None,
        }
    )

    number: int
    case: int
    op: Task.Op
    state: Task.State
    sentence: str
    place: int | None
    link: str
    made_at: datetime
    ended_at: datetime | None


class LetterToHandOver(Shown):
    """A letter to an author that nobody could mail: its words, with their own link in it."""

    model_config = example({"subject": "About your post at Harbour page", "body": "Dear member, …"})

    subject: str
    body: str


class TaskShown(TaskInList):
    """Something that has to be done by hand: what to click, and the words to copy."""

    clicks: list[str]
    wording: str = Field(description="The words to copy to the place, where there are any")
    text: str = Field(description="The post as it was kept, to find it by")
    letters: list[LetterToHandOver] = Field(description="What is handed over together, the newest first")


class Tasks(Shown):
    """Some tasks, the oldest first."""

    model_config = example({"tasks": [], "next": ""})

    tasks: list[TaskInList]
    next: str


class Did(StrEnum):
    """What became of a task."""

    YES = "yes"
    NO = "no"  # it cannot be done: the note says why
    UNSURE = "unsure"  # somebody is asked to look
    THERE = "there"  # to a task that asks to look
    NOT_THERE = "not_there"


class TickSent(Sent):
    """What became of a task."""

    model_config = example({"done": "yes", "note": ""})

    done: Did
    note: Words = Field("", max_length=2_000, description="Why, where it cannot be done")


class LetterInList(Shown):
    """A letter that is mailed: how it stands, without its words."""

    model_config = example(
        {
            "number": 9,
            "case": 7,
            "kind": "statement_of_reasons",
            "audience": "author",
            "state": "sent",
            "made_at": "2026-11-03T10:00:00Z",
            "sent_at": "2026-11-03T10:01:00Z",
            "served_at": None,
            "returned_at": None,
            "tries": 1,
        }
    )

    number: int
    case: int | None
    kind: str
    audience: Role | None
    state: Dispatch.State
    made_at: datetime
    sent_at: datetime | None
    served_at: datetime | None
    returned_at: datetime | None
    tries: int


class Letters(Shown):
    """Some letters, the newest first."""

    model_config = example({"letters": [], "next": ""})

    letters: list[LetterInList]
    next: str


class ReturnSent(Sent):
    """How it is known that a letter came back."""

    model_config = example({"note": "Our mailbox has a message that there is no such address."})

    note: Words = Field(max_length=1_000)


class Returned(Shown):
    """A letter that came back, and the paper that says so where it belongs to a case."""

    model_config = example({"letter": 9, "paper": None})

    letter: int
    paper: Taken | None


@router.reads("/tasks", offices=OFFICES, returns=Tasks)
def tasks(request: Caller, ended: bool = False, cursor: Cursor = "", limit: Limit = 50) -> Tasks:
    """What has to be done by hand; with `ended`, what has been."""
    every: QuerySet[Task] = Task.objects.within(request.org)
    every = every.exclude(state=Task.State.OPEN) if ended else every.filter(pk__in=to_do(request.org).values("pk"))
    every = every.select_related("platform", "post__account", "case", "paper", "measure__account", "measure__platform")
    found = piece(every, order=["made_at", "pk"], cursor=cursor, limit=limit)
    return Tasks(tasks=[TaskInList(**_in_list(one)) for one in found.rows], next=found.next)


@router.reads("/tasks/{int:task}", offices=OFFICES, returns=TaskShown)
def task(request: Caller, task: Number) -> TaskShown:
    """One task, with what to click and the words to copy. That it was read is written down."""
    found = _theirs(request, task)
    note_reading(request, f"task {found.pk}", found.case)
    papers = casework.papers_of(found.case)
    post = evidence.kept(found.case, papers)
    return TaskShown(
        **_in_list(found),
        clicks=[str(one) for one in checklist(found)],
        wording=wording(found),
        text=post.text,
        letters=_letters(found, {paper.pk: paper for paper in papers}),
    )


@router.writes(
    "/tasks/{int:task}/tick", scope=Scope.DESK, offices=OFFICES, returns=Taken, steps=(Step.TICK_TASK,), status=201
)
def tick(
    request: Caller,
    task: Number,
    said: Form[TickSent],
    proof: Pictures = [],  # noqa: B006
) -> Taken:
    """Say that a task is done, that it cannot be done, or that nobody can tell; with a picture as proof if you like."""
    found = _theirs(request, task)
    told: dict[str, Any] = {
        "note": said.note,
        "proof": sent_pictures(proof, most=1, field="proof"),
        "by": request.person,
        "at": request.now,
    }
    match said.done:
        case Did.THERE | Did.NOT_THERE:
            return taken(look_at_post(found.pk, there=said.done is Did.THERE, **told))
        case Did.UNSURE:
            return taken(tick_unsure(found.pk, **told))
    return taken(tick_task(found.pk, done=said.done is Did.YES, **told))


@router.reads("/letters", offices=OFFICES, returns=Letters)
def letters(
    request: Caller,
    state: Annotated[Dispatch.State | None, Field(description="Only those that stand so")] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Letters:
    """The letters that are mailed and what became of them, but for those about one’s own posts."""
    own = written_by(request.org, request.person)  # D9: a receipt tells that somebody reported, and when
    every = Dispatch.objects.within(request.org).exclude(case__in=own)
    found = piece(every.filter(state=state) if state else every, order=["-made_at", "-pk"], cursor=cursor, limit=limit)
    note_reading(request, "letters")
    return Letters(letters=[_letter(one) for one in found.rows], next=found.next)


@router.writes(
    "/letters/{int:letter}/return",
    scope=Scope.DESK,
    offices=OFFICES,
    returns=Returned,
    steps=(Step.RECORD_DELIVERY,),
    status=201,
)
def returning(request: Caller, letter: Number, said: ReturnSent) -> Returned:
    """Say that a letter came back, and how you know; for an author’s another way is looked for."""
    found = Dispatch.objects.within(request.org).filter(pk=letter).first()
    if found is None:
        raise Http404
    paper = record_return(found.pk, note=said.note, by=request.person, at=request.now)
    return Returned(letter=found.pk, paper=taken(paper) if paper else None)


def _theirs(request: Caller, number: int) -> Task:
    """Return the task; raise `Http404`, or `NotPermitted` where it is not for whoever asks."""
    found = the_task(request, number)
    why = involvement(found.case, request.person)
    if not why and found.op == Task.Op.HAND_OVER_NOTICE and not request.offices & set(READERS):
        why = "A letter to an author is handed over by somebody who works on cases."
    if why:
        raise NotPermitted(why)
    return found


def _in_list(task: Task) -> dict[str, Any]:
    return {
        "number": task.pk,
        "case": task.case_id,
        "op": Task.Op(task.op),
        "state": Task.State(task.state),
        "sentence": sentence(task),
        "place": task.platform_id,
        "link": web_link(task.link),
        "made_at": task.made_at,
        "ended_at": task.ended_at,
    }


def _letters(task: Task, papers: dict[int, Paper]) -> list[LetterToHandOver]:
    if task.op != Task.Op.HAND_OVER_NOTICE or task.state != Task.State.OPEN:
        return []
    found = [papers[one.paper_id] for one in (task, *handed_over_with(task))]
    return [LetterToHandOver(subject=one.words.get("subject", ""), body=_filled(one)) for one in found]


def _filled(notice: Paper) -> str:
    return marks.fill(notice.words.get("body", ""), notice.facts["marker"], links.resolve)


def _letter(one: Dispatch) -> LetterInList:
    return LetterInList(
        number=one.pk,
        case=one.case_id,
        kind=one.kind,
        audience=Role(one.audience) if one.audience else None,
        state=Dispatch.State(one.state),
        made_at=one.made_at,
        sent_at=one.sent_at,
        served_at=one.served_at,
        returned_at=one.returned_at,
        tries=one.tries,
    )
