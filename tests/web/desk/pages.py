"""Reading the desk's pages as somebody with an office."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from folkmoot.members.models import Person
from tests.cast import PASSAGE, REASONS, Matter
from tests.web.browsers import officer


class Desk:
    """The desk as `person` sees it. Paths are relative to /o/<org>/desk/."""

    def __init__(self, person: Person) -> None:
        self.browser: Client = officer(person)
        self.root = f"/o/{person.org.slug}/desk/"

    def get(self, path: str = "") -> HttpResponse:
        """Open a page."""
        return self.browser.get(self.root + path)  # type: ignore[return-value]

    def read(self, path: str = "") -> str:
        """Return the words of a page that has to be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return said(answer)

    def post(self, path: str, **fields: Any) -> HttpResponse:
        """Send a form."""
        return self.browser.post(self.root + path, fields)  # type: ignore[return-value]

    def free(self, matter: Matter) -> "Desk":
        """Say that there is no interest in the matter."""
        answer = self.post(f"cases/{matter.pk}/interest/", interested="no")
        assert answer.status_code == 303
        return self


def said(answer: HttpResponse) -> str:
    """Return the words of a page, without its tags."""
    text = re.sub(r"<(script|style|title)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def missing(letter: str, page: str) -> list[str]:
    """Return the lines of a letter that a page does not show; quotations and headings have a look of their own."""
    lines = (" ".join(line.removeprefix(">").split()) for line in letter.splitlines() if "[[" not in line)
    return [line for line in lines if line and line.casefold() not in page.casefold()]


def unseen(matter: Matter) -> dict[str, Any]:
    """Return what a form of the case sends beside what is typed: what its page showed, and its own number."""
    return {"seen": matter.case.seq, "form_key": "0" * 32}


def typed(matter: Matter, **other: Any) -> dict[str, Any]:
    """Return the story's decision as the form sends it."""
    fields = {
        **unseen(matter),
        "outcome": "remove",
        "passage": PASSAGE,
        "codes": ["H1"],
        "aimed_at": "person",
        "clarity": "clear",
        "reasons": REASONS,
        "go": "check",
    }
    return {**fields, **other}
