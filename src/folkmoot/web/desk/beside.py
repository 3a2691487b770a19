"""Our own post beside the contested one (Sb): found in the archive among our accounts' posts, or copied down."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.index_posts import account_marks, find_posts
from folkmoot.archive.models import Account, Post
from folkmoot.archive.words import query
from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import FolkmootError
from folkmoot.kernel.text import whole_number
from folkmoot.procedure.words import Step
from folkmoot.steps.put_beside import OurPost, copy_beside, put_beside
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, the_case
from folkmoot.web.desk.news import require_fresh
from folkmoot.web.desk.one_form import OneForm, one_form
from folkmoot.web.forms import LINK_LIMIT, Line, StepForm, Words

SHOWN = 20
WORDS_LIMIT = 200


class OursForm(StepForm):
    """A post of ours as it stands at the place."""

    url = Line(
        limit=LINK_LIMIT,
        label=later("Link to our post"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    text = Words(
        label=later("What does it say?"),
        help_text=later("Copy the words exactly, all of them."),
        widget=forms.Textarea(attrs={"rows": 5, "class": "words"}),
    )


@officer(*READERS)
def beside(request: OfficerRequest, case: int) -> HttpResponse:
    """Choose one of our posts, or copy it down."""
    found = the_case(request, case)
    if "post" in request.POST:
        return _chosen(request, found)
    asked = request.GET.get("q", "").strip()[:WORDS_LIMIT]
    page = OneForm(
        title=_("Put our own post beside it"),
        lead=_("Then everybody who decides, and the author, can compare what was said with what we wrote."),
        button=_("Keep this post"),
        done=_("Our post stands beside it now."),
        template="desk/beside.html",
        more={
            "asked": asked,
            "posts": _ours(request, asked),
            "accounts": Account.objects.within(request.org).filter(official=True).exists(),
        },
    )

    def take(given: dict[str, Any]) -> Paper:
        ours = OurPost(text=given["text"], url=given["url"])
        return copy_beside(found.pk, ours, by=request.person, at=request.now, seen=given["seen"])

    return one_form(request, found, Step.PUT_BESIDE, page, OursForm(request.POST or None, seen=found.seq), take)


def _ours(request: OfficerRequest, asked: str) -> list[Post]:
    """Return the newest posts of our accounts, or those that hold the words asked for."""
    ours = Account.objects.within(request.org).filter(official=True)
    posts = Post.objects.within(request.org).filter(account__in=ours).select_related("account", "platform")
    if asked:
        mine = (account_marks(ours.values_list("pk", flat=True)),) if ours else ()
        keys = find_posts(Wanted(request.org.pk, query(asked).phrases, mine), most=SHOWN)
        posts = posts.filter(pk__in=[number_of(key) for key in keys])
    return list(posts.order_by("-posted_at", "-pk")[:SHOWN])


def _chosen(request: OfficerRequest, case: Case) -> HttpResponse:
    if not is_open_to(case, request):
        return go(request, "case", case=case.pk)
    number = whole_number(request.POST.get("post", "")) or 0  # no row has it
    post = Post.objects.within(request.org).select_related("account").filter(pk=number).first()
    if post is None:
        raise Http404
    try:
        require_fresh(request, case)
        put_beside(case.pk, post, by=request.person, at=request.now)
    except FolkmootError as error:
        messages.error(request, str(error))
        return SeeOther(address(request, "beside", case=case.pk))
    return go(request, "case", say=_("Our post stands beside it now."), case=case.pk)
