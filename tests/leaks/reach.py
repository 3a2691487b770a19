"""All that an author can reach: every letter to them as it is mailed, and every page that a link leads to."""

import re
from collections.abc import Callable, Collection
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from folkmoot.casefile.models import Paper
from folkmoot.members.models import Person
from folkmoot.outbox.links import resolve
from folkmoot.outbox.marks import fill
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.worker.deliver import compose
from tests.cast import Matter
from tests.web.browsers import officer

MOST = 80  # pages: a walk that finds no end is a fault of its own

# What differs from one playing to the next without saying anything: tokens, and numbers of rows.
_CHANCE = (
    (r"/o/[a-z0-9-]+/", "/o/ORG/"),
    (r"/calendar/\d+\.[\w-]{32}/", "/calendar/SECRET/"),
    (r"/letter/\d+\.[\w-]+/", "/letter/LINK/"),
    (r"/(notice|progress)/\d+/", r"/\1/GRANT/"),
    (r"/files/\d+/", "/files/FILE/"),
    (r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1"),
    (r'("X-CSRFToken": )"\w+"', r"\1"),
    (r'(name="form_key" value=)"[^"]*"', r"\1"),
    (r'(data-draft(?:-done)?="[a-z]+-)\d+"', r"\1"),
)


# Where an officer may read of matters: wordings of letters and limits are of none.
_OF_MATTERS = r"/o/ORG/(desk/|panel/|admin/people/$|admin/people/\d+/passing/|admin/record/)"


def all_that_is_reached(matter: Matter, *, before: Collection[str] = ()) -> dict[str, str]:
    """Return texts by what they are: "letter 3", or a page's path.

    What was reached `before` is not looked at again, unless it is a page of the matter: only those change.
    """
    letters = _letters(matter)
    found = {f"letter {number}": text for number, text in enumerate(letters, start=1)}
    found |= _mail(matter)
    browser = Client()
    start = [link for text in letters for link in _links(text)][-2:]
    known = {name for name in before if "GRANT" not in name}
    walked = _walk(browser, start, lambda path: path not in known)
    return {name: _told(text) for name, text in {**found, **walked}.items() if name not in known}


def all_that_an_officer_reaches(person: Person) -> dict[str, str]:
    """Return what somebody with an office reads at the desk and in the Executive's room, by path."""
    browser = officer(person)
    rooms = ("desk", "panel", "admin/people", f"admin/people/{person.pk}/passing", "admin/record")
    start = [f"/o/{person.org.slug}/{room}/" for room in rooms]
    found = _follow(browser, start, lambda path: bool(re.match(_OF_MATTERS, path)))
    letters = Dispatch.objects.filter(to=person.email).select_related("paper").order_by("pk")
    mailed = {f"mail {n}": compose(one, sender="moot@example.org").as_string() for n, one in enumerate(letters)}
    return {name: _told(text) for name, text in {**found, **mailed}.items()}


def _letters(matter: Matter) -> list[str]:
    notices = [paper for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["audience"] == Role.AUTHOR]
    return [
        f"{paper.words['subject']}\n\n{fill(paper.words['body'], paper.facts['marker'], resolve)}" for paper in notices
    ]


def _mail(matter: Matter) -> dict[str, str]:
    """Return the mails to the author: their headers, their text and their HTML."""
    sent = Dispatch.objects.filter(case=matter.pk, audience=Role.AUTHOR).select_related("paper").order_by("pk")
    found = {}
    for number, one in enumerate(sent, start=1):
        mail = compose(one, sender="moot@example.org")
        heads = [f"{name}: {value}" for name, value in mail.items() if name not in ("Message-ID", "Content-Type")]
        parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
        found[f"mail {number}"] = "\n".join([*heads, *parts])
    return found


def _links(text: str) -> list[str]:
    return [found.removeprefix(settings.FOLKMOOT_URL) for found in re.findall(r"https?://\S+?/letter/\S+", text)]


def _walk(browser: Client, start: list[str], wanted: Callable[[str], bool]) -> dict[str, str]:
    """Open each letter, then follow every link, picture and form of our own pages."""
    pages: dict[str, str] = {}
    waiting = list(start)
    for link in start:
        opened: Any = browser.post(link)
        pages[f"open {_name(link)}"] = _page(opened)
        if "Location" in opened:
            waiting.append(opened["Location"])
    return {**pages, **_follow(browser, waiting, wanted)}


def _follow(browser: Client, start: list[str], wanted: Callable[[str], bool]) -> dict[str, str]:
    pages: dict[str, str] = {}
    waiting, seen = list(start), set[str]()
    while waiting:
        path = waiting.pop(0)
        if _name(path) in seen or not wanted(_name(path)):
            continue
        seen.add(_name(path))
        assert len(seen) <= MOST, sorted(seen)
        answer: Any = browser.get(path)
        pages[_name(path)] = _page(answer)
        if answer.get("Content-Type", "").startswith("text/html"):
            waiting += _on(answer.content.decode())
            if 'method="post"' in answer.content.decode():  # what a form says when it is sent empty
                pages[f"empty {_name(path)}"] = _page(browser.post(path))
    return pages


def _on(page: str) -> list[str]:
    """Return what a page leads to within the organisation's rooms; of the rules only their first page."""
    found = [unescape(path).partition("#")[0] for path in re.findall(r'(?:href|src|action)="(/o/[^"]+)"', page)]
    return [path for path in found if not re.search(r"/(rules/.+|forget|report|account|sign-out)/?", path)]


def _page(answer: HttpResponse) -> str:
    """Return what came back: its state, the headers that a page sets itself, and its content."""
    told = [f"{name}: {answer[name]}" for name in ("Location", "Content-Disposition", "Content-Type") if name in answer]
    kind = answer.get("Content-Type", "")
    content = answer.content.decode() if kind.startswith("text/") else repr(answer.content)
    return "\n".join([str(answer.status_code), *told, content])


def _name(path: str) -> str:
    return _told(path)


def _told(text: str) -> str:
    for pattern, instead in _CHANCE:
        text = re.sub(pattern, instead, text)
    return text
