"""Posts: looking for them, reading one, and handing them in."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BufferedReader
from typing import Annotated, Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext
from ninja import Query
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.case_shapes import Named
from folkmoot.api.cursors import Cursor
from folkmoot.api.lines import Lines
from folkmoot.api.once import Body
from folkmoot.api.problems import BROKEN_OFF, INVALID, Refusal
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Sent, Shown, example
from folkmoot.archive.find import accounts_called
from folkmoot.archive.intake import FIELDS, Reading, Reject, SeenPost, posts_in
from folkmoot.archive.intake.jsonlines import json_rows
from folkmoot.archive.models import Platform, Post
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Role
from folkmoot.steps.record_posts import BATCH, begin_import, break_off_import, finish_import, record_posts
from folkmoot.web.desk import words
from folkmoot.web.desk.evidence import known_time
from folkmoot.web.desk.find_posts import cases_about, key_in, named_exactly, note_posts_of
from folkmoot.web.desk.going import READERS, the_post
from folkmoot.web.desk.post_state import state_of, with_state
from folkmoot.web.desk.search import posts_found
from folkmoot.web.desk.search_form import WORDS_LIMIT, SearchForm
from folkmoot.web.desk.stakes import closed_to

router = Routes("Posts")

MOST_TEXT = 4_000_000  # characters of posts that are in memory at a time
MOST_REJECTS = 1_000  # that are named in the answer; all are counted
NDJSON = "application/x-ndjson"
_POST = {
    "number": 41,
    "id": "100",
    "text": "The harbour plan is a waste. Councillor Voss is a crook and always was.",
    "author": "Rowan Pike",
    "account": 9,
    "place": {"number": 3, "name": "Harbour page"},
    "url": "https://example.org/posts/100",
    "written_at": "2026-10-01T09:00:00Z",
    "first_seen_at": "2026-10-01T09:00:00Z",
    "state": "",
    "case": 12,
}


class Looked(Sent):
    """What is looked for; all that is given has to hold."""

    q: Annotated[Line, Field(max_length=WORDS_LIMIT)] = Field(
        default="", description="Words, a “phrase in quotes”, or a name"
    )
    who: Annotated[Line, Field(max_length=WORDS_LIMIT)] = Field(default="", description="Who wrote it, or part of it")
    place: Number | None = Field(default=None, description="The number of a place")
    since: date | None = Field(default=None, description="The first day, in the organisation’s time zone")
    until: date | None = Field(default=None, description="The last day")
    clause: Annotated[Line, Field(max_length=12)] = Field(default="", description="The rule it was decided under")
    cursor: Cursor = ""


class PostShown(Shown):
    """A post as it was first seen."""

    model_config = example(_POST)

    number: int
    id: str = Field(description="Its own id at its place")
    text: str
    author: str
    account: int | None
    place: Named
    url: str
    written_at: datetime | None = Field(description="None where nobody knows")
    first_seen_at: datetime
    state: str = Field(description="How it is seen at its place, in words; empty where it is simply there")
    case: int | None = Field(description="The newest case about it, where its reader may know of one")


class PostList(Shown):
    """What was found, the newest first, at most twenty."""

    model_config = example({"posts": [_POST], "next": ""})

    posts: list[PostShown]
    next: str = Field(description="The `cursor` of what comes after; empty at the end")


class TextSince(Shown):
    """A later text of a post."""

    at: datetime
    text: str


class WholePost(PostShown):
    """A post with its later texts and what hangs on it."""

    model_config = example({**_POST, "later": [], "reply_to": "", "quotes": "", "thread": "", "attachments": ""})

    later: list[TextSince]
    thread: str
    reply_to: str
    quotes: str
    attachments: str


class PostLine(Sent):
    """One line: a post as it is seen now. Known ones are compared by `id`; a changed text becomes a later text."""

    model_config = example(
        {
            "id": "100",
            "text": "The harbour plan is a waste.",
            "author": "rowan.pike",
            "name": "Rowan Pike",
            "date": "2026-10-01T09:00:00Z",
            "url": "https://example.org/posts/100",
        }
    )

    id: str = Field(description="Its own id at its place")
    text: str = ""
    author: str = ""
    name: str = ""
    date: str = ""
    url: str = ""
    state: str = Field(default="", description="held or published")
    thread: str = ""
    reply_to: str = ""
    quotes: str = ""
    attachments: list[str] = []
    deleted: bool = False


class NotTaken(Shown):
    """A line that was not taken, and why."""

    line: int
    reason: str


class HandedIn(Shown):
    """What came of the lines."""

    model_config = example(
        {"new": 2, "known": 41, "changed": 1, "rejected": 1, "rejects": [{"line": 7, "reason": "it has no id."}]}
    )

    new: int
    known: int
    changed: int
    rejected: int
    rejects: list[NotTaken] = Field(description="The first thousand")


@router.reads("/posts", offices=READERS, returns=PostList)
def posts(request: Caller, looked: Query[Looked]) -> PostList:
    """Look for posts, the newest first.

    That somebody looks through the posts of one person is written down.
    """
    form = SearchForm({name: value or "" for name, value in looked.model_dump().items()}, org=request.org)
    if not form.is_valid():
        raise Refusal(INVALID, errors=field_errors(form))
    named = accounts_called(request.org, looked.q) if looked.q else None
    before = key_in(looked.cursor)
    if looked.cursor and str(before) != looked.cursor:
        raise BadInput(gettext("This cursor is not of this list. Please begin again without one."), field="cursor")
    page = posts_found(request, form, named.accounts if named else [], before=before if looked.cursor else 2**63)
    note_posts_of(request, form.accounts or (named_exactly(named, looked.q) if named else []))
    about = cases_about(page.found, reader=request.person, closed=closed_to(request.person))
    shown = [PostShown(**_facts(one, about[one.pk].case if one.pk in about else 0)) for one in page.found]
    return PostList(posts=shown, next=page.before)


@router.reads("/posts/{int:post}", offices=READERS, returns=WholePost)
def post(request: Caller, post: Number) -> WholePost:
    """One post, with its later texts."""
    number = open_post(request, post).pk
    closed = closed_to(request.person)
    found = with_state(Post.objects.within(request.org), closed=closed).get(pk=number)
    about = cases_about([found], reader=request.person, closed=closed)
    later = found.revisions.exclude(text="").order_by("seen_at", "pk")
    return WholePost(
        **_facts(found, about[number].case if number in about else 0),
        later=[TextSince(at=one.seen_at, text=one.text) for one in later],
        thread=found.thread,
        reply_to=found.reply_to,
        quotes=found.quotes,
        attachments=found.attachments,
    )


@router.takes(
    "/posts",
    scope=Scope.INGEST,
    offices=(Role.ADMINISTRATOR, Role.MODERATOR),
    returns=HandedIn,
    media=NDJSON,
    line=PostLine,
)
def hand_in(request: Caller, body: Body, still_at_it: Callable[[], None], place: Number) -> HandedIn:
    """Hand in posts of one place, one JSON object on each line.

    They are taken in batches as they come, so that a stream that breaks off leaves what came before, and says so
    (`broken-off`); sent again it does no harm. What comes in chunks, without its length, ends with one more line that
    says how many there were: `{"lines": 2}`. A line that cannot be taken stops nothing. Up to 42 MB at once.
    """
    where = Platform.objects.within(request.org).select_related("org").filter(pk=place).first()
    if where is None:
        raise BadInput(gettext("This place is not one of ours."), field="place")
    run = begin_import(where, file_name="by the API", file_format="jsonl", by=request.person, at=request.now)
    rejects, count = list[Reject](), 0
    text = Lines(BufferedReader(body), encoding="utf-8-sig", errors="surrogateescape", newline="")
    for batch in _batches(_posts_of(request, text)):
        refused = [one for one in batch if isinstance(one, Reject)]
        came = record_posts(run, [one for one in batch if isinstance(one, SeenPost)], rejects=refused, at=request.now)
        rejects += sorted([*refused, *came.refused])[: max(0, MOST_REJECTS - len(rejects))]
        count += len(refused) + len(came.refused)
        still_at_it()
    whole = text.are_whole(cut_short=body.cut_short)
    end = finish_import if whole else break_off_import
    run = end(run, rejected=count, by=request.person, at=request.now)
    handed = HandedIn(
        new=run.new,
        known=run.known,
        changed=run.changed,
        rejected=run.rejected,
        rejects=[NotTaken(line=one.line, reason=one.reason) for one in rejects],
    )
    if not whole:
        raise Refusal(BROKEN_OFF, taken=handed.model_dump(mode="json"))
    return handed


def open_post(request: Caller, number: int) -> Post:
    """Return the post of this organisation, or raise `Http404`; what is sealed nobody sees (DP20)."""
    found = the_post(request, number)
    if found.cases.filter(sealed=True).exists():
        raise Http404
    return found


def field_errors(form: forms.Form) -> list[dict[str, str]]:
    """Return what a form of the pages refuses, field by field."""
    return [
        {"field": "" if field == "__all__" else field, "message": str(one)}
        for field, said in form.errors.items()
        for one in said
    ]


def _facts(post: Post, case: int) -> dict[str, Any]:
    return {
        "number": post.pk,
        "id": post.native_id,
        "text": post.text,
        "author": words.author(post),
        "account": post.account_id,
        "place": Named(number=post.platform.pk, name=post.platform.name),
        "url": post.url,
        "written_at": known_time(post),
        "first_seen_at": post.first_seen_at,
        "state": state_of(post).word,
        "case": case or None,
    }


def _posts_of(request: Caller, text: Lines) -> Iterator[SeenPost | Reject]:
    fields = tuple(FIELDS)
    reading = Reading(fields, request.org.zone, request.now, None, "api")
    return posts_in(json_rows(text, fields, ["attachments"]), reading)


def _batches(found: Iterator[SeenPost | Reject]) -> Iterator[list[SeenPost | Reject]]:
    """Yield a few thousand at a time, fewer where they are long, so that no more are in memory."""
    batch, characters = list[SeenPost | Reject](), 0
    for one in found:
        batch.append(one)
        characters += len(one.text) if isinstance(one, SeenPost) else len(one.raw)
        if len(batch) == BATCH or characters > MOST_TEXT:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
