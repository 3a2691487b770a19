"""Small written scenes: invented people who post, answer and name each other, at days and hours of one November."""

from collections.abc import Iterable
from datetime import datetime

from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.archive.persistence.look import OverTime, around_post, of_account
from folkmoot.procedure.persistence.noticed import Sign
from tests.cast import Branch, day


class Scene:
    """A place with people. Everything goes in by the archive's own door."""

    def __init__(self, people: Branch, kind: str = "microblog") -> None:
        """Begin with an empty place."""
        self.org = people.org
        self.place = Platform.objects.create(
            org=self.org, slug=f"s-{kind}", name="Square", kind=kind, created_at=day(0)
        )
        self._number = 0

    def person(self, handle: str, *, ours: bool = False) -> Account:
        """Return somebody new, or who is there already."""
        found, _ = Account.objects.select_related("platform").get_or_create(
            org=self.org, platform=self.place, handle=handle, defaults={"first_seen_at": day(0), "official": ours}
        )
        return found

    def crowd(self, number: int, name: str = "neighbour") -> list[Account]:
        """Return so many people."""
        return [self.person(f"{name}{one}") for one in range(number)]

    def post(
        self,
        by: Account,
        text: str,
        at: datetime,
        *,
        to: Post | None = None,
        quotes: Post | None = None,
        precision: str = "exact",
    ) -> Post:
        """Post something; return it."""
        self._number += 1
        (number,) = store(
            [
                NewPost(
                    org_id=self.org.pk,
                    platform_id=self.place.pk,
                    native_id=f"{self.place.kind}{self._number}",
                    account_id=by.pk,
                    url="",
                    text=text,
                    posted_at=at,
                    precision=precision,
                    first_seen_at=at,
                    state="published",
                    thread=(to.thread or to.native_id) if to else "",
                    reply_to=to.native_id if to else "",
                    quotes=quotes.native_id if quotes else "",
                )
            ]
        )
        return Post.objects.select_related("account__platform", "platform").get(pk=number)

    def around(self, post: Post) -> OverTime:
        """Return what is seen around a post."""
        return around_post(self.org, post)

    def of(self, account: Account) -> OverTime:
        """Return what is seen of an account."""
        return of_account(self.org, account)


def signs(found: OverTime) -> set[Sign]:
    """Return which signs were seen."""
    return {one.sign for one in found.noticed}


def only(found: OverTime, sign: Sign) -> list[tuple[str, int]]:
    """Return the strength and the number of posts of each that is of this sign."""
    return [(one.strength.value, one.counted) for one in found.noticed if one.sign == sign]


def days(number: int, *, each: int = 1) -> Iterable[datetime]:
    """Yield moments on so many days, `each` on every one of them."""
    return (day(one, 9 + hour) for one in range(number) for hour in range(each))
