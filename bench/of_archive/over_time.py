"""What is seen over time (`archive.persistence`): asked of people who write a lot, of posts with very many answers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from bench.of_archive.families import BEGIN
from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.archive.persistence.contacts import towards
from folkmoot.archive.persistence.flooding import flooding_by, flooding_of
from folkmoot.archive.persistence.look import AFTER, BEFORE, around_post, of_account
from folkmoot.archive.persistence.pile_on import pile_on_at
from folkmoot.archive.persistence.reading import Between, newest_of, written_by
from folkmoot.archive.persistence.repeated import repeated_at
from folkmoot.archive.persistence.same_insult import same_insult_at
from folkmoot.members.models import Organisation

ANSWERS, CONTACTS, COPIES = 2000, 400, 600
NOTICE = "Lost: a grey tabby with one white paw, last seen behind the chandlery on Quay Street, answers to Biscuit."


class OverTime:
    """Scenes put into a filled archive, and questions about them and about those who wrote most of the rest."""

    def __init__(self, org: Organisation, place: Platform, accounts: Sequence[int]) -> None:
        """Write the scenes: a pile-on with `ANSWERS`, one account after another, a text posted `COPIES` times."""
        self._org, self._place, self._number = org, place, place.posts.count()
        self._random = Random(3)  # noqa: S311  no secret
        self._busy = [Account.objects.select_related("platform").get(pk=one) for one in accounts[:20]]
        self._writers = list(Account.objects.filter(pk__in=accounts[1000:3000]))
        self._rosa, self._pip, self._tom = (self._account(handle) for handle in ("rosa.fenn", "pip", "tom"))
        at = BEGIN + timedelta(days=400)
        with transaction.atomic():
            self._hers = self._post(self._rosa, "I liked the old ferry better.", at)
            self._answers = self._posts(
                (
                    (writer, f"what a numpty, {number} {'@rosa.fenn' if number % 3 else ''}", at + _minutes(number))
                    for number, writer in zip(range(ANSWERS), self._writers, strict=False)
                ),
                to=self._hers,
            )
            self._contacts = self._posts(
                (self._pip, f"@rosa.fenn you numpty, number {number}, where were you", at + _minutes(97 * number))
                for number in range(CONTACTS)
            )
            self._copies = self._posts(
                (self._tom if number % 2 else self._writers[number], f"{NOTICE} {number}", at + _minutes(number))
                for number in range(COPIES)
            )

    def kinds(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield what is asked, and how to ask it once."""
        org, one_of = self._org, self._random.choice
        yield "a pile-on of 2,000 accounts", lambda: pile_on_at(org, self._rosa, around=self._hers.posted_at)
        yield "no pile-on, a busy person", lambda: self._pile_on(one_of(self._busy))
        yield "400 mentions of one person", lambda: self._mentions(self._pip, self._rosa)
        yield "no mentions, a busy person", lambda: self._mentions(one_of(self._busy), self._rosa)
        yield "the same insult 400 times", lambda: self._insult(self._pip, self._rosa)
        yield "no insult, a busy person", lambda: self._insult(one_of(self._busy), self._rosa)
        yield "a text posted 600 times", lambda: flooding_of(org, one_of(self._copies))
        yield "a text posted once", lambda: flooding_of(org, self._any_post())
        yield "copies of a busy person", lambda: self._floods(one_of(self._busy))
        yield "all of a post", lambda: around_post(org, one_of(self._answers + self._contacts))
        yield "all of a quiet post", lambda: around_post(org, self._any_post())
        yield "all of a busy person", lambda: of_account(org, one_of(self._busy))

    def _pile_on(self, person: Account) -> object:
        return pile_on_at(self._org, person, around=self._newest(person))

    def _mentions(self, account: Account, person: Account) -> object:
        when = self._around(account)
        posts = towards(account, written_by(self._org, account.pk, when), person)
        return repeated_at(self._org, account, person, posts, when)

    def _insult(self, account: Account, person: Account) -> object:
        written = written_by(self._org, account.pk, self._around(account))
        return same_insult_at(self._org, account, person, towards(account, written, person))

    def _floods(self, account: Account) -> object:
        written = written_by(self._org, account.pk, self._around(account))
        return flooding_by(self._org, account, written)

    def _around(self, account: Account) -> Between:
        newest = self._newest(account)
        return Between(newest - BEFORE, newest + AFTER)

    def _newest(self, account: Account) -> datetime:
        return newest_of(self._org, account.pk) or BEGIN

    def _any_post(self) -> Post:
        posts = Post.objects.select_related("account__platform", "platform")
        return posts.filter(pk__gt=self._random.randrange(self._number), account__isnull=False).order_by("pk")[0]

    def _account(self, handle: str) -> Account:
        return Account.objects.create(org=self._org, platform=self._place, handle=handle, first_seen_at=BEGIN)

    def _post(self, by: Account, text: str, at: datetime) -> Post:
        return self._posts([(by, text, at)])[0]

    def _posts(self, what: Iterable[tuple[Account, str, datetime]], *, to: Post | None = None) -> list[Post]:
        answered = to.native_id if to else ""
        new = []
        for by, text, at in what:
            self._number += 1
            new.append(
                NewPost(
                    self._org.pk,
                    self._place.pk,
                    f"scene-{self._number}",
                    by.pk,
                    "",
                    text,
                    at,
                    "exact",
                    at,
                    "published",
                    answered,
                    answered,
                )
            )
        found = Post.objects.select_related("account__platform", "platform").in_bulk(store(new))
        return [found[number] for number in sorted(found)]


def _minutes(number: int) -> timedelta:
    return timedelta(seconds=30 * number)
