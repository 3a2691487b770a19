"""What moderators ask for: pages of the queue, cases, searches, and the other lists; each kind with many samples."""

import random
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode, urljoin

from bench.of_archive.words import COMMON, Words
from bench.of_desk.kept_data import Filled
from bench.of_reports.line import Line

BASE = "a static file"
_FILE = "/static/look/folkmoot.css"
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
_NEXT = re.compile(r'<a\b[^>]*\brel="next"[^>]*\bhref="([^"]*)"|<a\b[^>]*\bhref="([^"]*)"[^>]*\brel="next"')
FAR = 8  # pages on from the first


@dataclass(frozen=True)
class Wish:
    """One page that somebody asks for: `cookie` says who."""

    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Kind:
    """Pages of one kind; `group` is what a promise speaks of, or nothing."""

    group: str
    what: str
    wishes: list[Wish]


async def kinds(filled: Filled, port: int, *, samples: int) -> list[Kind]:
    """Return what is asked for, with so many samples of each kind; the lanes are those that the queue links."""
    chance = random.Random(11)  # noqa: S311  no secret
    people = list(filled.told["cookies"].values())

    def each(group: str, what: str, paths: Iterable[str]) -> Kind:
        return Kind(group, what, [Wish(path, people[turn % len(people)]) for turn, path in enumerate(paths)])

    found = [Kind("", BASE, [Wish(_FILE)] * samples)]
    async for what, path in _queue_pages(filled, port, people[0]):
        found.append(each("queue", f"queue: {what}", [path] * samples))
    for text, queries in _searched_in_queue(samples):
        paths = [f"{filled.path}/desk/queue/?{urlencode({'q': one})}" for one in queries]
        found.append(each("queue search", f"queue, {text}", paths))
    found += _cases(filled, samples, chance)
    for text, asked in _searches(filled, samples):
        paths = [f"{filled.path}/desk/search/?{urlencode(one)}" for one in asked]
        found.append(each("search", f"search: {text}", paths))
    for what, path in (("home", ""), ("posts", "posts/"), ("by hand", "tasks/"), ("letters", "letters/")):
        found.append(each("", what, [f"{filled.path}/desk/{path}"] * samples))
    found.append(Kind("", "public: the form of a report", [Wish(f"{filled.path}/report/?kind=attack")] * samples))
    return found


async def _queue_pages(filled: Filled, port: int, cookie: str) -> AsyncIterator[tuple[str, str]]:
    line = await Line(port).open()
    line.cookies["sessionid"] = cookie
    first = f"{filled.path}/desk/queue/"
    lanes = await _lanes(line, first)
    yield "as it opens", first
    for lane in lanes:
        yield lane.rpartition("=")[2], lane
    path = first
    for _page in range(FAR):
        said = _NEXT.search((await line.get(path)).body.decode())
        if said is None:
            break
        path = urljoin(path, unescape(said[1] or said[2]))
    yield f"{FAR} pages on", path
    line.close()


async def _lanes(line: Line, path: str) -> list[str]:
    """Return the addresses of the queue's lanes, as its own page links them."""
    answer = await line.get(path)
    if answer.status != 200:
        raise SystemExit(f"the queue answers {answer.status}: {answer.headers.get('location', '')}")
    linked = [urljoin(path, unescape(link)) for link in _LINK.findall(answer.body.decode())]
    return list(dict.fromkeys(one for one in linked if re.fullmatch(rf"{re.escape(path)}\?(show|lane)=\w+", one)))


def _searched_in_queue(samples: int) -> Iterator[tuple[str, list[str]]]:
    chance, words = random.Random(3), Words(5).words  # noqa: S311  no secret
    yield "a case’s number", [f"case {chance.randrange(1, 50_000)}" for _ in range(samples)]
    yield "a word", [words[chance.randrange(len(COMMON), 2000)] for _ in range(samples)]


def _cases(filled: Filled, samples: int, chance: random.Random) -> Iterator[Kind]:
    """Yield the cases of each sort of stage, each opened by somebody who has said that they have no part in it."""
    for what, cases in filled.told["cases"].items():
        some = chance.choices(cases, k=samples)
        wishes = [Wish(f"{filled.path}/desk/cases/{case}/", filled.told["cookies"][str(who)]) for case, who in some]
        yield Kind("case", f"case: {what}", wishes)


def _searches(filled: Filled, samples: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    chance, words = random.Random(5), Words(5).words  # noqa: S311  no secret
    local, last = len(COMMON), len(words)

    def rank(least: int, most: int) -> str:
        return words[chance.randrange(least, most)]

    def times(asked: Callable[[], dict[str, str]]) -> list[dict[str, str]]:
        return [asked() for _ in range(samples)]

    yield "a common word", times(lambda: {"q": rank(0, 10)})
    yield "a frequent word", times(lambda: {"q": rank(50, local)})
    yield "a word now and then", times(lambda: {"q": rank(local, 2000)})
    yield "a rare word", times(lambda: {"q": rank(10_000, last)})
    yield "two common words", times(lambda: {"q": f"{rank(0, 10)} {rank(10, 30)}"})
    yield "all of a person", times(lambda: {"who": f"neighbour{chance.randrange(10_000, 20_000)}"})
    yield "decided under a rule", times(lambda: {"clause": "Sa"})
    yield "cases, a common word", times(lambda: {"in": "cases", "q": rank(0, 10)})
    yield "cases, a word now and then", times(lambda: {"in": "cases", "q": rank(local, 2000)})
    yield "cases, the newest", times(lambda: {"in": "cases"})
