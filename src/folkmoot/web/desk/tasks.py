"""By hand: what do I click over there? One task a page, made for the phone."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Paper
from folkmoot.members.models import Organisation
from folkmoot.outbox import links, marks
from folkmoot.outbox.models import Task
from folkmoot.steps import tick_task
from folkmoot.steps.standing import involvement
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.going import READERS, go, note_reading, the_task
from folkmoot.web.desk.next_step import in_turn
from folkmoot.web.forms import PlainForm, Words, attempt
from folkmoot.web.uploads import Pictures, pictures

PAGE = 40
NOTE_LIMIT = 2000


class TickForm(PlainForm):
    """What became of it, with a note and a picture as proof if they like."""

    done = forms.ChoiceField(choices=[("yes", later("Done")), ("no", later("Cannot be done"))])
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
    """List what has to be done, oldest first, and then what has been done."""
    every = Task.objects.within(request.org).select_related("platform", "post__account", "case", "ended_by", "paper")
    todo = in_turn(every.filter(state=Task.State.OPEN))
    ended = Paginator(every.exclude(state=Task.State.OPEN).order_by("-ended_at", "-pk"), PAGE)
    page = ended.get_page(request.GET.get("page"))
    context = {
        "todo": [_line(task) for task in todo],
        "ended": [_line(task) for task in page.object_list],
        "page_obj": page,
        "reads_cases": bool(request.offices & set(READERS)),
    }
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


def sentence(task: Task) -> str:
    """Return what to do, in one sentence."""
    if task.op == Task.Op.HAND_OVER_NOTICE:
        return _hand_over(task)
    who = words.author(task.post) or _("somebody")
    where = task.platform.name if task.platform else _("the place where it stands")
    return _SENTENCES[Task.Op(task.op)]() % {"who": who, "where": where}


def _hand_over(task: Task) -> str:
    """Return the sentence with the letter's name: one author may have several to get."""
    letter = task.paper.facts["letter"]
    said = {
        "who": words.author(task.post) or _("somebody"),
        "where": task.platform.name if task.platform else _("the place where it stands"),
        "letter": words.LETTERS.get(letter, letter),
    }
    return _("Give %(who)s a letter (%(letter)s), in a private message at %(where)s or in person.") % said


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


def _page(request: OfficerRequest, task: Task, form: TickForm) -> dict[str, Any]:
    papers = casework.papers_of(task.case)
    post = evidence.kept(task.case, papers)
    letter = ""
    if task.op == Task.Op.HAND_OVER_NOTICE and task.state == Task.State.OPEN:
        letter = marks.fill(task.paper.words.get("body", ""), task.paper.facts["marker"], links.resolve)
    return {
        **_line(task),
        "form": form,
        "case": task.case,
        "post": post,
        "link": evidence.web_link(task.link) or post.url,
        "is_notice": task.op == Task.Op.HAND_OVER_NOTICE,
        "letter": letter,
        "subject": task.paper.words.get("subject", "") if letter else "",
        "open": task.state == Task.State.OPEN,
        "done_word": words.OPS_DONE[task.op],
        "reads_cases": bool(request.offices & set(READERS)),
        "following": _following(request.org, task),
        "ended_note": _ended_note(task, papers),
    }


def _tick(request: OfficerRequest, task: Task, form: TickForm) -> Paper:
    return tick_task.tick_task(
        task.pk,
        done=form.cleaned_data["done"] == "yes",
        note=form.cleaned_data["note"],
        proof=pictures(form.cleaned_data["proof"], field="proof"),
        by=request.person,
        at=request.now,
    )


def _on_to_next(request: OfficerRequest, task: Task) -> HttpResponse:
    following = _following(request.org, task)
    if following:
        return go(request, "task", say=_("Thank you. Here is the next one."), task=following.pk)
    return go(request, "tasks", say=_("Thank you. Nothing else has to be done by hand."))


def _following(org: Organisation, task: Task) -> Task | None:
    return in_turn(Task.objects.within(org).filter(state=Task.State.OPEN).exclude(pk=task.pk)).first()


def _ended_note(task: Task, papers: list[Paper]) -> str:
    ends = (paper for paper in papers if paper.kind == Paper.Kind.TASK and paper.facts["task"] == task.pk)
    paper = next(ends, None)
    return paper.words.get("note", "") if paper else ""


_SENTENCES = {
    Task.Op.REMOVE: lambda: _("Remove the post by %(who)s at %(where)s."),
    Task.Op.RESTORE: lambda: _("Put the post by %(who)s back at %(where)s."),
    Task.Op.REJECT: lambda: _("Reject the post by %(who)s that waits for approval at %(where)s."),
    Task.Op.APPROVE: lambda: _("Let the post by %(who)s through that waits for approval at %(where)s."),
}
