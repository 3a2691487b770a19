"""What is searched for: words that everybody writes, words that hardly anybody writes, people, phrases."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from random import Random

from bench.of_archive.families import BEGIN, YEARS
from bench.of_archive.words import COMMON, Words
from folkmoot.archive.index import Wanted, key_of, number_of
from folkmoot.archive.index_posts import account_marks, find_posts
from folkmoot.archive.models import Post
from folkmoot.archive.words import query

PAGE = 40  # posts, as many as the page asks for at once


class Searches:
    """Makes searches of each kind in the archive of one organisation, the same ones each time it is made."""

    def __init__(self, org: int, accounts: Sequence[int], phrases: Sequence[str]) -> None:
        """Remember where it is searched, by whom posts may be, and what was written; `phrases` are three words each."""
        self._org, self._accounts, self._phrases = org, accounts, phrases
        self._random = Random(5)  # noqa: S311  no secret
        self._words = Words(5).words

    def kinds(self) -> Iterator[tuple[str, Callable[[], Wanted]]]:
        """Yield what is searched for, and how to make one search of it."""
        rank, chance, local, last = self._rank, self._random, len(COMMON), len(self._words)
        yield "a common word", lambda: self._for(rank(0, 10))
        yield "a frequent word", lambda: self._for(rank(50, local))
        yield "a word now and then", lambda: self._for(rank(local, 2000))
        yield "a rare word", lambda: self._for(rank(10_000, last))
        yield "a word nobody wrote", lambda: self._for("unheardof")
        yield "two common words", lambda: self._for(f"{rank(0, 10)} {rank(10, 30)}")
        yield "two words now and then", lambda: self._for(f"{rank(local, 1000)} {rank(local, 1000)}")
        yield "a common and a rare word", lambda: self._for(f"{rank(0, 10)} {rank(10_000, last)}")
        yield "a phrase of common words", lambda: self._for(f'"{rank(0, 10)} {rank(0, 10)}"')
        yield "a phrase that was written", lambda: self._for(f'"{chance.choice(self._phrases)}"')
        yield "a common word of a person", lambda: self._for(rank(0, 10), marks=(self._person(),))
        yield "a common word, old posts", lambda: self._for(rank(0, 10), last=self._some_day())
        yield "all of a person", lambda: self._for("", marks=(self._person(),))
        yield "everything", lambda: self._for("")

    def page_of(self, wanted: Wanted) -> list[Post]:
        """Return the newest posts of what is wanted, as a page shows them."""
        keys = find_posts(wanted, most=PAGE)
        return list(Post.objects.select_related("account", "platform").filter(pk__in=[number_of(key) for key in keys]))

    def _for(self, typed: str, *, marks: tuple[tuple[str, ...], ...] = (), last: int = 2**63 - 1) -> Wanted:
        return Wanted(self._org, query(typed).phrases, marks=marks, last=last)

    def _rank(self, least: int, most: int) -> str:
        return self._words[self._random.randrange(least, most)]

    def _person(self) -> tuple[str, ...]:
        return account_marks([self._random.choice(self._accounts[: len(self._accounts) // 2])])

    def _some_day(self) -> int:
        return key_of(BEGIN - timedelta(days=self._random.randrange((YEARS - 1) * 365)), 0)
