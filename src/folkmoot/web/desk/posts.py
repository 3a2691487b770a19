"""The archived posts, newest first: a moderator who notices something opens a case from here."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.procedure.words import ReportKind, Stage, Subject
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.many import accounts_of
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.find_posts import listed, named_exactly, note_posts_of, places
from folkmoot.web.desk.going import READERS, go, the_post
from folkmoot.web.desk.worth_a_look import how_many
from folkmoot.web.forms import StepForm, Words, attempt
from folkmoot.web.look.widgets import ChoiceCards
from folkmoot.web.subjects import SUBJECTS, subject_of

NOTE_LIMIT = 5000


class NoticedForm(StepForm):
    """What somebody on the desk has noticed about a post."""

    kind = forms.ChoiceField(
        label=later("What have you noticed?"), choices=list(words.KINDS.items()), widget=ChoiceCards()
    )
    words = Words(
        limit=NOTE_LIMIT,
        required=False,
        label=later("In your words"),
        help_text=later("What whoever decides should know. The author does not read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    about = forms.ChoiceField(
        label=later("What is it about?"),
        required=False,
        choices=[(one.value, SUBJECTS[one].label) for one in (Subject.POST, Subject.PATTERN)],
        widget=ChoiceCards(hints={Subject.PATTERN.value: str(SUBJECTS[Subject.PATTERN].hint)}),
    )

    def __init__(self, *args: Any, post: Post, about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"about": subject_of(about).value}, **kwargs)
        if post.account is None:  # nobody knows whose pattern it would be
            del self.fields["about"]

    @property
    def subject(self) -> Subject:
        """What was chosen; the post where nothing was."""
        return subject_of(self.cleaned_data.get("about", ""))


@officer(*READERS)
def posts(request: OfficerRequest) -> HttpResponse:
    """List posts by place and words."""
    found = listed(request.person, request.GET)
    note_posts_of(request, named_exactly(found.called, found.asked))
    return render(
        request, "desk/posts.html", {"listed": found, "places": places(request.org), "worth_a_look": how_many(request)}
    )


@officer(*READERS)
def report(request: OfficerRequest, post: int) -> HttpResponse:
    """Open a case about the post, or about what its account keeps doing, or join the open one."""
    found = the_post(request, post)
    if found.cases.filter(sealed=True).exists():  # DP20: nobody sees it
        raise Http404
    form = NoticedForm(request.POST or None, post=found, about=request.GET.get("about", ""), seen=0)
    if found.account_id in accounts_of(request.org, request.person):  # the answer would say whether there is a case
        return render(request, "desk/post_report.html", {"post": found, "own": True}, status=403)
    if request.method == "POST" and form.is_valid():
        receipt = attempt(
            form,
            lambda: file_report(
                request.org,
                Report(
                    kind=ReportKind(form.cleaned_data["kind"]),
                    words=form.cleaned_data["words"],
                    platform=found.platform,
                    post=found,
                    subject=form.subject,
                ),
                by=request.person,
                at=request.now,
                form_key=form.cleaned_data["form_key"],
            ),
        )
        if receipt:
            return go(request, "case", say=_("It is on the record, and the time to answer runs."), case=receipt.case.pk)
    context = {"post": found, "form": form, "open_case": _open_case(found)}
    return render(request, "desk/post_report.html", context, status=422 if form.errors else 200)


def _open_case(post: Post) -> Case | None:
    return Case.objects.filter(post=post).exclude(stage=Stage.FINAL).first()
