"""A made archive in which it is known what was copied from what: originals, their copies, and look-alikes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bench.cascade_words import AGREEING, CONDEMNING, Words

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
_LEAST = 8  # words of an original
_SWAPS = {  # what looks like these letters
    "a": "аαɑ",
    "c": "сϲ",
    "e": "еℯé",
    "i": "іıí",
    "o": "оοօ0",
    "p": "рρ",
    "s": "ѕꜱ",
    "u": "υս",
    "x": "хχ",
    "y": "уү",
}
_HIDDEN = "\u200b\u200d\u00ad\ufeff"


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


def made_posts(*, originals: int, total: int, seed: int = 7) -> Iterator[Made]:
    """Yield `total` posts: first `originals` with all that hangs on them, in no order, then the unrelated ones."""
    words = Words(seed)
    seeds = [post for number in range(originals) for post in _family(words, number)]
    words.random.shuffle(seeds)
    yield from seeds[:total]
    for number in range(len(seeds), total):
        yield Made(f"post-{number}", _written(words, words.post()), _some_time(words))


def _family(words: Words, number: int) -> Iterator[Made]:
    """Yield an original, and one post of each sort."""
    said = words.post(_LEAST)
    at = BEGIN + timedelta(days=words.random.uniform(100, 200))
    url = f"https://www.example.org/groups/town/posts/{7_000_000_000 + number}"
    name = f"{7_000_000_000 + number}"
    original = Made(name, _written(words, said), at, url=url, original=True)
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
    made.text = _written(words, [*words.some(_few(words)), *_passage(words, said), *words.some(_few(words))])


def _edited(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = _written(words, _changed(words, said))


def _inserted(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = _written(words, _with_more(words, said))


def _homoglyphs(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = _disguised(words, original.text)


def _both(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = _disguised(words, _written(words, _with_more(words, said)))


def _condemning(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = _quoting(words, words.random.choice(CONDEMNING), said)


def _agreeing(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = _quoting(words, words.random.choice(AGREEING), said)


def _picture(words: Words, said: list[str], original: Made, made: Made) -> None:
    read = [_misspelt(words, word) if words.random.random() < 0.05 else word for word in said]
    made.text = words.random.choice(AGREEING)
    made.picture = f"Screenshot: {' '.join(read)}"


def _no_date(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text, made.dated = original.text, False


def _answer(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text, made.reply_to = _written(words, words.post()), original.native_id


def _quotation(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text, made.quotes = words.random.choice(AGREEING), original.native_id


def _mention(words: Words, said: list[str], original: Made, made: Made) -> None:
    link = original.url.replace("www.", words.random.choice(("", "m.", "www."))) + "?ref=share"
    made.text = f"{_written(words, words.some(6))} {link}"


def _earlier(words: Words, said: list[str], original: Made, made: Made) -> None:
    made.text = original.text
    made.posted_at = original.posted_at - timedelta(hours=words.random.uniform(0.1, 2000))


def _few_words(words: Words, said: list[str], original: Made, made: Made) -> None:
    at = words.random.randrange(len(said) - 3)
    made.text = _written(words, [*words.some(8), *said[at : at + 4], *words.some(8)])


def _same_topic(words: Words, said: list[str], original: Made, made: Made) -> None:
    rare = list(dict.fromkeys(word for word in said if word not in words.words[:300]))
    mixed = [*rare, *words.some(len(said))]
    words.random.shuffle(mixed)
    made.text = _written(words, mixed)


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


def _written(words: Words, said: list[str]) -> str:
    """Return `said` as sentences."""
    parts = [word if words.random.random() > 0.08 else f"{word}," for word in said]
    return " ".join(parts)[:1].upper() + " ".join(parts)[1:] + words.random.choice((".", ".", "!", "?", ""))


def _some_time(words: Words) -> datetime:
    return BEGIN + timedelta(days=words.random.uniform(0, 300))


def _few(words: Words) -> int:
    return words.random.randint(3, 12)


def _passage(words: Words, said: list[str]) -> list[str]:
    """Return a run of half to nine tenths of `said`, of eight words at least; a short one nearly whole."""
    count = max(min(8, len(said) - 1), int(len(said) * words.random.uniform(0.5, 0.9)))
    at = words.random.randint(0, len(said) - count)
    return said[at : at + count]


def _changed(words: Words, said: list[str]) -> list[str]:
    """Return `said` with one word in ten to one in five replaced, misspelt, left out or exchanged with the next."""
    made = list(said)
    for _ in range(max(1, round(len(said) * words.random.uniform(0.1, 0.2)))):
        at = words.random.randrange(len(made) - 1)
        how = words.random.random()
        if how < 0.4:
            made[at] = words.some(1)[0]
        elif how < 0.65:
            made[at] = _misspelt(words, made[at])
        elif how < 0.85:
            del made[at]
        else:
            made[at], made[at + 1] = made[at + 1], made[at]
    return made


def _with_more(words: Words, said: list[str]) -> list[str]:
    """Return `said` with a word put in for every five to ten."""
    made = list(said)
    for _ in range(max(1, round(len(said) / words.random.uniform(5, 10)))):
        words.put_in(made, words.some(1))
    return made


def _misspelt(words: Words, word: str) -> str:
    if len(word) < 4:
        return word
    at = words.random.randrange(1, len(word) - 1)
    return words.random.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at] * 2 + word[at + 1 :], word[:at] + "e" + word[at + 1 :])
    )


def _disguised(words: Words, text: str) -> str:
    """Return `text` with three in ten of the letters that have look-alikes exchanged, and hidden characters."""
    made = []
    for char in text:
        swaps = _SWAPS.get(char.lower(), "")
        made.append(words.random.choice(swaps) if swaps and words.random.random() < 0.3 else char)
        if words.random.random() < 0.03:
            made.append(words.random.choice(_HIDDEN))
    return "".join(made)


def _quoting(words: Words, own: str, said: list[str]) -> str:
    quoted = said if words.random.random() < 0.6 else _passage(words, said)
    text = f"“{_written(words, quoted)}”"
    return f"{own} {text}" if words.random.random() < 0.6 else f"{text} {own}"
