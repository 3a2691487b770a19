"""By hand: what do I click over there? One task a page, made for the phone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.outbox import links, marks
from folkmoot.outbox.models import Task
from folkmoot.outbox.to_do import handed_over_with, how_many_with, overtaken_by
from folkmoot.procedure.words import MeasureKind, ReportKind
from folkmoot.steps.look_at_post import look_at_post
from folkmoot.steps.measures import running_with
from folkmoot.steps.pictures import pictures
from folkmoot.steps.standing import involvement
from folkmoot.steps.taking_task import newer_task
from folkmoot.steps.tick_task import tick_task, tick_unsure
from folkmoot.steps.waiting import LONG
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import by_hand, casework, evidence, words
from folkmoot.web.desk.by_hand import sentence
from folkmoot.web.desk.clicks import checklist
from folkmoot.web.desk.going import READERS, go, note_reading, the_task
from folkmoot.web.desk.tasks_in_turn import PAGE, next_task, page_of_tasks
from folkmoot.web.forms import PlainForm, Words, attempt
from folkmoot.web.look.links import web_link
from folkmoot.web.uploads import Pictures

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_FIRST_WORDS = 9
NOTE_LIMIT = 2000


class TickForm(PlainForm):
    """What became of it, with a note and a picture as proof if they like."""

    done = forms.ChoiceField(
        choices=[
            ("yes", later("Done")),
            ("unsure", later("Not sure")),
            ("no", later("Cannot be done")),
            ("there", later("It is there")),
            ("not_there", later("It is not there")),
        ]
    )
    note = Words(
        limit=NOTE_LIMIT,
        required=False,
        label=later("A note"),
        help_text=later("If it cannot be done, please write why."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proof = Pictures(most=1, label=later("A picture as proof"))


@officer()
def tasks(request: OfficerRequest) -> HttpResponse:
    """List what has to be done, oldest first, page by page, and below the first what has been done."""
    every = Task.objects.within(request.org).select_related(
        "platform", "post__account", "case", "ended_by", "paper", "measure__account"
    )
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of_tasks(request.org, after=after, before=before)
    if not page.numbers:  # all that lay there is done meanwhile
        page = page_of_tasks(request.org)
    there = every.in_bulk(page.numbers)
    todo = [there[number] for number in page.numbers if number in there]
    begins, with_it = _begins(todo), how_many_with(todo)
    context: dict[str, Any] = {
        "todo": [
            {
                **_line(task),
                "with_it": with_it.get(task.pk, 0),
                "late": task.made_at < request.now - LONG,
                "begins": begins.get(task.pk, ""),
            }
            for task in todo
        ],
        "page": page,
        "reads_cases": bool(request.offices & set(READERS)),
    }
    if not page.before:  # what has been done stands below the first page
        done = [state for state in Task.State if state != Task.State.OPEN]
        ended = Paginator(every.filter(state__in=done).order_by("-ended_at", "-pk"), PAGE)
        context["page_obj"] = ended.get_page(request.GET.get("page"))
        context["ended"] = [_line(task) for task in context["page_obj"].object_list]
    return render(request, "desk/tasks.html", context)


@officer()
def task(request: OfficerRequest, task: int) -> HttpResponse:
    """Show one task; take the tick."""
    found = the_task(request, task)
    why = involvement(found.case, request.person) or _not_theirs(found, request)
    if why:
        return render(request, "desk/task_closed.html", {"task": found, "why": why})
    form = TickForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        paper = attempt(form, lambda: _tick(request, found, form))
        if paper:
            return _on_to_next(request, found)
    note_reading(request, f"task {found.pk}", found.case)
    return render(request, "desk/task.html", _page(request, found, form), status=422 if form.errors else 200)


def _not_theirs(task: Task, request: OfficerRequest) -> str:
    """Return why a letter is not handed over by this reader: it holds the case, and the author's own link."""
    if task.op != Task.Op.HAND_OVER_NOTICE or request.offices & set(READERS):
        return ""
    return _("A letter to an author is handed over by somebody who works on cases.")


def _line(task: Task) -> dict[str, Any]:
    return {
        "task": task,
        "title": words.OPS[task.op],
        "sentence": sentence(task),
        "state": words.TASK_STATES[task.state],
        "sign": words.TASK_SIGNS[Task.State(task.state)],
    }


def _begins(tasks: Sequence[Task]) -> dict[int, str]:
    """Return with which words the post of each task begins: two tasks about one author are told apart by them.

    Where a child may be in danger, none (DP20).
    """
    about = [task for task in tasks if task.post and task.op in Task.POST_OPS]
    cases = [task.case_id for task in about]
    told = Paper.objects.filter(case__in=cases, kind=Paper.Kind.REPORT)
    hidden = {paper.case_id for paper in told if paper.facts["kind"] == ReportKind.CHILD_SAFETY}
    hidden |= set(Case.objects.filter(pk__in=cases, post__cases__sealed=True).values_list("pk", flat=True))
    return {
        task.pk: Truncator(task.post.text).words(_FIRST_WORDS, truncate="…")
        for task in about
        if task.post and task.case_id not in hidden
    }


def _page(request: OfficerRequest, task: Task, form: TickForm) -> dict[str, Any]:
    papers = casework.papers_of(task.case)
    post = evidence.kept(task.case, papers)
    letter = ""
    if task.op == Task.Op.HAND_OVER_NOTICE and task.state == Task.State.OPEN:
        body = next((paper.words.get("body", "") for paper in papers if paper.pk == task.paper_id), "")
        letter = _filled(body, task.paper)
    return {
        **_line(task),
        "form": form,
        "case": task.case,
        "post": post,
        "link": web_link(task.link) or post.url,
        "is_notice": task.op == Task.Op.HAND_OVER_NOTICE,
        "looks": task.op == Task.Op.LOOK,
        "about_post": task.op in Task.POST_OPS,
        "clicks": checklist(task),
        "wording": by_hand.wording(task),
        "puts_back": task.op in (Task.Op.RESTORE, Task.Op.UNHIDE),
        "others": _others(task.measure) if task.measure else [],
        "newer": newer_task(task) if task.state == Task.State.SUPERSEDED else None,
        "letter": letter,
        "earlier": [_earlier(one) for one in handed_over_with(task)] if letter else [],
        "overtaken_by": overtaken_by(task),
        "subject": task.paper.words.get("subject", "") if letter else "",
        "open": task.state == Task.State.OPEN,
        "done_word": words.OPS_DONE[task.op],
        "reads_cases": bool(request.offices & set(READERS)),
        "following": next_task(request.org, than=task),
        "ended_note": _ended_note(task, papers),
    }


def _filled(body: str, notice: Paper) -> str:
    return marks.fill(body, notice.facts["marker"], links.resolve)


def _earlier(task: Task) -> dict[str, Any]:
    """Return a letter that is handed over with a later one, below it."""
    said = task.paper.words
    return {"at": task.paper.at, "subject": said.get("subject", ""), "body": _filled(said.get("body", ""), task.paper)}


def _others(measure: Measure) -> "list[tuple[StrOrPromise, str]]":
    """Return what else holds against the same account or conversation, each with its last day."""
    running = running_with(measure)
    return [(by_hand.MEASURES[MeasureKind(one.kind)], by_hand.last_day(one)) for one in running]


def _tick(request: OfficerRequest, task: Task, form: TickForm) -> Paper:
    said = form.cleaned_data["done"]
    told: dict[str, Any] = {
        "note": form.cleaned_data["note"],
        "proof": pictures(form.cleaned_data["proof"], field="proof"),
        "by": request.person,
        "at": request.now,
    }
    if said in ("there", "not_there"):
        return look_at_post(task.pk, there=said == "there", **told)
    if said == "unsure":
        return tick_unsure(task.pk, **told)
    return tick_task(task.pk, done=said == "yes", **told)


def _on_to_next(request: OfficerRequest, task: Task) -> HttpResponse:
    following = next_task(request.org, than=task)
    if following:
        return go(request, "task", say=_("Thank you. Here is the next one."), task=following)
    return go(request, "tasks", say=_("Thank you. Nothing else has to be done by hand."))


def _ended_note(task: Task, papers: list[Paper]) -> str:
    ends = (paper for paper in papers if paper.kind == Paper.Kind.TASK and paper.facts["task"] == task.pk)
    paper = next(ends, None)
    return paper.words.get("note", "") if paper else ""
