"""What is seen over time around one post, or of one account: every sign, for a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from folkmoot.archive.lookup import having
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.archive.persistence.contacts import by_person, towards
from folkmoot.archive.persistence.flooding import flooding_by, flooding_of
from folkmoot.archive.persistence.naming import named_in
from folkmoot.archive.persistence.people import standing_of
from folkmoot.archive.persistence.pile_on import pile_on_at
from folkmoot.archive.persistence.reading import Between, Row, newest_of, written_by
from folkmoot.archive.persistence.repeated import repeated_at
from folkmoot.archive.persistence.same_insult import same_insult_at
from folkmoot.members.models import Organisation
from folkmoot.procedure.persistence.bars import why_not_counted
from folkmoot.procedure.persistence.noticed import Noticed

BEFORE, AFTER = timedelta(days=30), timedelta(days=14)  # of a post, in which its author's other posts are looked at
PEOPLE = 4  # towards whom what somebody wrote is looked at, at most


@dataclass(frozen=True)
class OverTime:
    """What was seen, and what was not counted, in sentences; `accounts` are those that are spoken of, by number."""

    noticed: tuple[Noticed, ...]
    left_out: tuple[str, ...]
    accounts: dict[int, Account]


def around_post(org: Organisation, post: Post) -> OverTime:
    """Return what is seen around `post`, which comes with its account and place."""
    when = Between(post.posted_at - BEFORE, post.posted_at + AFTER)
    author = post.account
    people = _meant_by(post)
    found = flooding_of(org, post)
    if author:
        written = written_by(org, author.pk, when)
        for person in people:
            found += _between(org, author, person, towards(author, written, person), when)
    for person in [*people, *([author] if author else [])]:
        found += filter(None, [pile_on_at(org, person, around=post.posted_at)])
    return _over_time(found, [*people, author] if author else people, left_out_of=people)


def of_account(org: Organisation, account: Account) -> OverTime:
    """Return what is seen in the newest posts of `account`, which comes with its place."""
    newest = newest_of(org, account.pk)
    if newest is None:
        return OverTime((), (), {})
    when = Between(newest - BEFORE, newest)
    written = written_by(org, account.pk, when)
    most = sorted(by_person(account, written).items(), key=lambda one: -len(one[1]))[:PEOPLE]
    people = Account.objects.select_related("platform").in_bulk([number for number, _ in most])
    found = flooding_by(org, account, written)
    for number, _ in most:
        posts = towards(account, written, people[number])
        found += _between(org, account, people[number], posts, when)
    found += filter(None, [pile_on_at(org, account, around=newest)])
    return _over_time(found, [*people.values(), account], left_out_of=people.values())


def around_thread(org: Organisation, place: Platform, thread: str) -> OverTime:
    """Return what is seen of a pile-on on whoever began the conversation `thread` at `place`, at its newest post."""
    begun = Post.objects.filter(platform=place, native_id=thread).select_related("account__platform").first()
    if begun is None or begun.account is None:
        return OverTime((), (), {})
    there = Post.objects.filter(platform=place, thread=thread).exclude(thread="")
    newest = there.order_by("-pk").values_list("posted_at", flat=True).first()
    found = [pile_on_at(org, begun.account, around=at) for at in dict.fromkeys((begun.posted_at, newest)) if at]
    best = max(filter(None, found), key=lambda one: one.counted, default=None)
    return _over_time([best] if best else [], [begun.account], left_out_of=[begun.account])


def _between(org: Organisation, author: Account, person: Account, posts: Sequence[Row], when: Between) -> list[Noticed]:
    found = (repeated_at(org, author, person, posts, when), same_insult_at(org, author, person, posts))
    return [one for one in found if one]


def _meant_by(post: Post) -> list[Account]:
    """Return whom `post` answers, quotes or names, each once, the one whom it answers first."""
    place = post.platform
    linked = [native_id for native_id in (post.reply_to, post.quotes) if native_id]
    writers = dict(having(Post, place, "native_id", linked, "native_id", "account_id"))
    named = sorted(named_in(place, [(post.pk, post.text)]).get(post.pk, ()))
    numbers = [writers.get(native_id) for native_id in linked] + named
    few = [one for one in dict.fromkeys(numbers) if one and one != post.account_id][:PEOPLE]
    found = Account.objects.select_related("platform").in_bulk(few)
    return [found[number] for number in few]


def _over_time(found: Iterable[Noticed], accounts: Iterable[Account], *, left_out_of: Iterable[Account]) -> OverTime:
    left_out = (why_not_counted(standing_of(person)) for person in left_out_of)
    return OverTime(
        noticed=tuple(found),
        left_out=tuple(dict.fromkeys(filter(None, left_out))),
        accounts={account.pk: account for account in accounts},
    )
