"""The branch that `bench/desk` works in: its people, its places, and everything that was ever posted there."""

import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import BACKEND_SESSION_KEY as BY_BACKEND
from django.contrib.auth import HASH_SESSION_KEY as PASSWORD_HASH
from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import connection, transaction

from bench.common.progress import Progress
from bench.of_archive.changes import written
from bench.of_archive.words import Words
from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.index_posts import settle
from folkmoot.archive.models import Account, Arrival, Platform, Post
from folkmoot.archive.very_many import in_a_stream
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, label
from folkmoot.members.models import Organisation, Person
from folkmoot.procedure.table import STANDARD
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.add_place import add_place
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.publish_procedure import publish_procedure
from folkmoot.web.signin.session import BACKEND
from folkmoot.web.signin.sessions import SessionStore

NOW = datetime(
    2036, 1, 15, 12, tzinfo=UTC
)  # of the story: a winter day that is still to come; the clock is moved there
FOUNDED = NOW - timedelta(days=400)
NAME, SLUG = "Bench branch", "bench-branch"
HELD = {Role.MODERATOR: 10, Role.SECRETARY: 1, Role.EXECUTIVE: 4, Role.ADMINISTRATOR: 1}
PLACES, ACCOUNTS = 12, 20_000
RECENT = (timedelta(days=90), timedelta(days=30))  # ago: when the posts were written that are reported
_BATCH = 2000  # posts in one transaction, as an import has
MOST_OPENED = 300  # cases of one sort that whoever measures knows of
_LONG = 365 * 20  # days for which the moderators stay signed in


@dataclass(frozen=True)
class Branch:
    """The organisation, who works there by role, and where its members write."""

    org: Organisation
    people: dict[Role, list[Person]]
    places: list[Platform]

    @property
    def moderators(self) -> list[Person]:
        """Return the moderators."""
        return self.people[Role.MODERATOR]


def found() -> Branch:
    """Found the branch, with time limits of three weeks, so that cases wait on many different days."""
    org = add_organisation(name=NAME, by=SYSTEM, at=FOUNDED)
    limits = replace(STANDARD.limits, report_days=21, secretary_days=21, reconsider_days=21, emergency_hours=72)
    publish_procedure(org, replace(STANDARD, limits=limits), by=SYSTEM, at=FOUNDED)
    people = {role: [_invite(org, role, number) for number in range(many)] for role, many in HELD.items()}
    places = [_place(org, number, people[Role.MODERATOR]) for number in range(PLACES)]
    return Branch(org, people, places)


def fill_archive(branch: Branch, *, posts: int, seed: int) -> None:
    """Store so many posts, in conversations, by the archive's own door; the worker has looked at all of them."""
    accounts = Account.objects.bulk_create(
        Account(
            org=branch.org,
            platform=branch.places[number % PLACES],
            handle=f"neighbour{number}",
            name=f"Neighbour {number}",
            first_seen_at=FOUNDED,
        )
        for number in range(ACCOUNTS)
    )
    numbers = [one.pk for one in accounts]
    coming = _conversations(branch, [numbers[place::PLACES] for place in range(PLACES)], seed)
    progress, done = Progress(f"{connection.vendor}: posts put into the archive", posts), 0
    with in_a_stream():
        while done < posts:
            batch = list(islice(coming, min(_BATCH, posts - done)))
            with transaction.atomic():
                store(batch)
            done += len(batch)
            progress.at(done)
    Arrival.objects.all().delete()
    settle(posts)
    if connection.vendor == "postgresql":  # as it does by itself after a while; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def reported_posts(branch: Branch, *, many: int, seed: int) -> list[Post]:
    """Return so many posts of the last months, in no order: those that are going to be reported."""
    oldest, newest = (NOW - ago for ago in RECENT)
    recent = Post.objects.within(branch.org).filter(posted_at__range=(oldest, newest))
    found = list(recent.order_by("pk").only("pk", "text", "url", "platform_id", "account_id"))
    random.Random(seed).shuffle(found)  # noqa: S311  no secret
    if len(found) < many:
        raise SystemExit(f"{many:,} cases need more posts: only {len(found):,} are recent enough to be reported.")
    return found[:many]


def sign_in(person: Person) -> str:
    """Return the cookie of a session in which `person` has used their second factor."""
    user = get_user_model().objects.get(pk=person.user_id)
    TOTP.activate(user, generate_totp_secret())
    session = SessionStore()
    session[SESSION_KEY], session[BY_BACKEND] = str(user.pk), BACKEND
    session[PASSWORD_HASH] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.set_expiry(_LONG * 24 * 3600)
    session.save()
    return session.session_key or ""


def _invite(org: Organisation, role: Role, number: int) -> Person:
    email, name = f"{role}{number}@{org.slug}.example", f"{role.capitalize()} {number + 1}"
    return invite_person(org, name=name, email=email, roles={role}, by=SYSTEM, at=FOUNDED).person


def _place(org: Organisation, number: int, moderators: list[Person]) -> Platform:
    kind = list(Platform.Kind)[number % len(Platform.Kind)]
    place = add_place(org, name=f"Place {number + 1}", kind=kind, is_public=True, url="", by=SYSTEM, at=FOUNDED)
    name_operator(place, moderators[number % len(moderators)], by=SYSTEM, at=FOUNDED)
    return place


def _conversations(branch: Branch, accounts: list[list[int]], seed: int) -> Iterator[NewPost]:
    """Yield posts, conversation by conversation: one in four is recent, the others are spread over ten years.

    `accounts` are those of each place. Some people write a hundred times as much as others, and some places are
    livelier.
    """
    words, number = Words(seed), 0
    chance = words.random
    while True:
        number += 1
        recent = chance.random() < 0.25
        began = NOW - RECENT[0] * (0.35 + 0.62 * chance.random()) if recent else _long_ago(chance)
        place = int(PLACES * chance.random() ** 2)
        writers = accounts[place]
        native = [f"t{number}-{answer}" for answer in range(min(60, 1 + int(chance.expovariate(1 / 8))))]
        for answer, name in enumerate(native):
            at = began + timedelta(minutes=7 * answer + 5 * chance.random())
            yield NewPost(
                org_id=branch.org.pk,
                platform_id=branch.places[place].pk,
                native_id=name,
                account_id=writers[int(len(writers) * chance.random() ** 3)],
                url=f"https://www.example.org/groups/town/posts/{name}",
                text=written(words, words.post()),
                posted_at=at,
                precision=Post.Precision.EXACT.value,
                first_seen_at=at,
                state=Post.State.PUBLISHED.value,
                thread=native[0],
                reply_to=chance.choice(native[:answer]) if answer else "",
            )


def _long_ago(chance: random.Random) -> datetime:
    return NOW - timedelta(days=chance.uniform(100, 3650))


def described(branch: Branch) -> str:
    """Sign the moderators in, and return what whoever measures needs to know, as JSON."""
    signed_in = {str(person.pk): sign_in(person) for person in branch.moderators}
    told = {"now": NOW.isoformat(), "slug": branch.org.slug, "cookies": signed_in, "cases": _open_to(branch)}
    return json.dumps(told)


def _open_to(branch: Branch) -> dict[str, list[tuple[int, int]]]:
    """Return cases of each stage, each with a moderator who has said that they have no part in it, by number."""
    people = {label(person): person.pk for person in branch.moderators}
    said = Paper.objects.within(branch.org).filter(kind=Paper.Kind.INTEREST, by__in=people).select_related("case")
    found: dict[str, list[tuple[int, int]]] = {}
    for paper in said.order_by("-pk").iterator():
        cases = found.setdefault(_sort_of(paper.case), [])
        if len(cases) < MOST_OPENED and paper.facts["interested"] is False:
            cases.append((paper.case_id, people[paper.by]))
    return found


def _sort_of(case: Case) -> str:
    stage = Stage(case.stage).replace("_", " ")
    return f"{stage}, {case.outcome}" if case.stage == Stage.DECIDED else stage
