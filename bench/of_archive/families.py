"""A made archive in which it is known what was copied from what: originals, their copies, and look-alikes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bench.of_archive.changes import changed, disguised, few, misspelt, passage, quoting, with_more, written
from bench.of_archive.words import AGREEING, CONDEMNING, Words

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
YEARS = 10  # over which the unrelated posts are spread, in no order; the others are of the last one
_LEAST = 8  # words of an original


class Sort(StrEnum):
    """What a post is to its original."""

    WHOLE = "whole copy"
    DRESSED = "whole, other case and signs"
    PASSED_ON = "“RT @somebody:”"
    CUT = "“RT @somebody:”, cut off"
    PARTIAL = "a passage, own words around"
    EDITED = "words changed or left out"
    INSERTED = "words put in"
    HOMOGLYPHS = "look-alike letters"
    BOTH = "look-alikes and words put in"
    CONDEMNING = "quoted and condemned"
    AGREEING = "quoted with approval"
    PICTURE = "text of a picture"
    NO_DATE = "whole copy, no date"
    ANSWER = "answer, linked"
    QUOTATION = "quotation, linked"
    MENTION = "has the link"
    EARLIER = "whole copy, from before"
    FEW_WORDS = "four of its words"
    SAME_TOPIC = "its rare words, else different"


WANTED = [sort for sort in Sort if sort not in (Sort.EARLIER, Sort.FEW_WORDS, Sort.SAME_TOPIC)]


@dataclass
class Made:
    """A post of the set."""

    native_id: str
    text: str
    posted_at: datetime
    dated: bool = True
    picture: str = ""
    url: str = ""
    reply_to: str = ""
    quotes: str = ""
    of: str = ""  # the native id of its original
    sort: Sort | None = None
    original: bool = False


class Families:
    """What is known of a made archive, by the numbers that its posts have there."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.of: dict[int, dict[int, Sort]] = {}  # what hangs on each original
        self.texts: dict[int, str] = {}  # of the originals
        self.phrases: list[str] = []  # three words in a row of some posts
        self._waiting: dict[str, dict[int, Sort]] = {}  # of originals, by their native ids

    def add(self, posts: Iterable[tuple[int, Made]]) -> None:
        """Take note of posts and their numbers."""
        for number, made in posts:
            if made.original:
                self.of[number] = self._waiting.setdefault(made.native_id, {})
                self.texts[number] = made.text
            elif made.sort is not None:
                self._waiting.setdefault(made.of, {})[number] = made.sort
            if number % 200 == 0 and len(words := made.text.replace(",", "").split()) > 4:
                self.phrases.append(" ".join(words[1:4]))


def made_posts(*, originals: int, total: int, seed: int = 7) -> Iterator[Made]:
    """Yield `total` posts: first `originals` with all that hangs on them, in no order, then the unrelated ones."""
    words = Words(seed)
    seeds = [post for number in range(originals) for post in _family(words, number)]
    words.random.shuffle(seeds)
    yield from seeds[:total]
    for number in range(len(seeds), total):
        yield Made(f"post-{number}", written(words, words.post()), _some_time(words))


def _family(words: Words, number: int) -> Iterator[Made]:
    """Yield an original, and one post of each sort."""
    said = words.post(_LEAST)
    at = BEGIN + timedelta(days=words.random.uniform(100, 200))
    url = f"https://www.example.org/groups/town/posts/{7_000_000_000 + number}"
    name = f"{7_000_000_000 + number}"
    original = Made(name, written(words, said), at, url=url, original=True)
    yield original
    for sort in Sort:
        when = at + timedelta(hours=words.random.uniform(0.1, 2000))
        made = Made(f"{name}-{sort.name.lower()}", "", when, of=name, sort=sort)
        _MAKERS[sort](words, said, original, made)
        yield made


def _whole(words: Words, said: list[str], original: Made, made: Made) -> None:
    link = " https://t.example/" + "".join(words.random.choices("abcdefgh", k=6)) if words.random.random() < 0.3 else ""
    made.text = original.text + link


def _dressed(words: Words, said: list[str], original: Made, made: Made) -> None:
    text = original.text.upper() if words.random.random() < 0.5 else original.text.title()
    made.text = f"‼️ “{text.replace(' ', '  ').replace(',', ' –')}” 😡😡"


def _passed_on(words: Words, said: list[str], original: Made, made: Made) -> None:
    before = words.random.choice(("", "", *AGREEING[:3]))
    made.text = f"{before} RT @town_{words.random.randint(1, 99)}: {original.text}".strip()


def _cut(words: Words, said: list[str], original: Made, made: Made) -> None:
    keep = max(6, int(len(said) * words.random.uniform(0.6, 0.9)))
    made.text = f"RT @town_{words.random.randint(1, 99)}: {' '.join(said[:keep])}…"


def _partial(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = written(words, [*words.some(few(words)), *passage(words, said), *words.some(few(words))])


def _edited(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = written(words, changed(words, said))


def _inserted(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = written(words, with_more(words, said))


def _homoglyphs(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = disguised(words, original.text)


def _both(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = disguised(words, written(words, with_more(words, said)))


def _condemning(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = quoting(words, words.random.choice(CONDEMNING), said)


def _agreeing(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = quoting(words, words.random.choice(AGREEING), said)


def _picture(words: Words, said: list[str], original: Made, made: Made) -> None:
    read = [misspelt(words, word) if words.random.random() < 0.05 else word for word in said]
    made.text = words.random.choice(AGREEING)
    made.picture = f"Screenshot: {' '.join(read)}"


def _no_date(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text, made.dated = original.text, False


def _answer(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text, made.reply_to = written(words, words.post()), original.native_id


def _quotation(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text, made.quotes = words.random.choice(AGREEING), original.native_id


def _mention(words: Words, said: list[str], original: Made, made: Made) -> None:
    link = original.url.replace("www.", words.random.choice(("", "m.", "www."))) + "?ref=share"
    made.text = f"{written(words, words.some(6))} {link}"


def _earlier(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = original.text
    made.posted_at = original.posted_at - timedelta(hours=words.random.uniform(0.1, 2000))


def _few_words(words: Words, said: list[str], original: Made, made: Made) -> None:
    at = words.random.randrange(len(said) - 3)
    made.text = written(words, [*words.some(8), *said[at : at + 4], *words.some(8)])


def _same_topic(words: Words, said: list[str], original: Made, made: Made) -> None:
    rare = list(dict.fromkeys(word for word in said if word not in words.words[:300]))
    mixed = [*rare, *words.some(len(said))]
    words.random.shuffle(mixed)
    made.text = written(words, mixed)


_MAKERS: dict[Sort, Callable[[Words, list[str], Made, Made], None]] = {
    Sort.WHOLE: _whole,
    Sort.DRESSED: _dressed,
    Sort.PASSED_ON: _passed_on,
    Sort.CUT: _cut,
    Sort.PARTIAL: _partial,
    Sort.EDITED: _edited,
    Sort.INSERTED: _inserted,
    Sort.HOMOGLYPHS: _homoglyphs,
    Sort.BOTH: _both,
    Sort.CONDEMNING: _condemning,
    Sort.AGREEING: _agreeing,
    Sort.PICTURE: _picture,
    Sort.NO_DATE: _no_date,
    Sort.ANSWER: _answer,
    Sort.QUOTATION: _quotation,
    Sort.MENTION: _mention,
    Sort.EARLIER: _earlier,
    Sort.FEW_WORDS: _few_words,
    Sort.SAME_TOPIC: _same_topic,
}


def _some_time(words: Words) -> datetime:
    return BEGIN + timedelta(days=words.random.uniform(-YEARS * 365 + 300, 300))
