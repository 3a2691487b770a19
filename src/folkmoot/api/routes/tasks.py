"""By hand: what has to be done at a place, what to click there, and saying that it is done."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
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
from folkmoot.outbox.models import Task
from folkmoot.outbox.to_do import handed_over_with, to_do
from folkmoot.procedure.words import OFFICES, Step
from folkmoot.steps.look_at_post import look_at_post
from folkmoot.steps.standing import involvement
from folkmoot.steps.tick_task import tick_task, tick_unsure
from folkmoot.web.desk import casework, evidence
from folkmoot.web.desk.by_hand import sentence, wording
from folkmoot.web.desk.clicks import checklist
from folkmoot.web.desk.going import READERS, note_reading, the_task
from folkmoot.web.look.links import web_link

router = Routes("By hand")


_TASK = {
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


class TaskInList(Shown):
    """Something that has to be done by hand, in one sentence."""

    model_config = example(_TASK)

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

    model_config = example(
        {
            **_TASK,
            "clicks": ["Open the post.", "Choose Delete."],
            "wording": "",
            "text": "The harbour plan is a waste.",
            "letters": [],
        }
    )

    clicks: list[str]
    wording: str = Field(description="The words to copy to the place, where there are any")
    text: str = Field(description="The post as it was kept, to find it by")
    letters: list[LetterToHandOver] = Field(description="What is handed over together, the newest first")


class Tasks(Shown):
    """Some tasks, the oldest first."""

    model_config = example({"tasks": [_TASK], "next": ""})

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
        letters=_letters(request, found, {paper.pk: paper for paper in papers}),
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


def _letters(request: Caller, task: Task, papers: dict[int, Paper]) -> list[LetterToHandOver]:
    # with the link in it somebody could act as the author: for those who hand it over, and not for reading only
    if request.token is None or Scope.DESK not in request.token.scopes:
        return []
    if task.op != Task.Op.HAND_OVER_NOTICE or task.state != Task.State.OPEN:
        return []
    found = [papers[one.paper_id] for one in (task, *handed_over_with(task))]
    return [LetterToHandOver(subject=one.words.get("subject", ""), body=_filled(one)) for one in found]


def _filled(notice: Paper) -> str:
    return marks.fill(notice.words.get("body", ""), notice.facts["marker"], links.resolve)
