"""No page says anything of ours that could not be said in another language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import pytest
from django.db import transaction

from folkmoot.archive.models import Account, Platform, Post
from folkmoot.casefile.models import PaperText
from folkmoot.config import clock
from folkmoot.editions.models import Clause
from folkmoot.members.models import Organisation, Outsider, Person
from folkmoot.outbox.models import Dispatch
from folkmoot.standards import find_pack, installed_packs, load_pack
from tests.web.hostile.founding import Say
from tests.web.hostile.test_words import Both, walked
from tests.web.hostile.world import LATEST, world
from tests.web.languages.pseudo import BEGINS, ENDS, spoken

pytestmark = pytest.mark.soak

OTHERS = {"letter", "letter-body", "words", "post-text"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SHOWN = {"title", "alt", "placeholder", "aria-label"}
PUNCTUATION = " ·:,.()–—“”\n"
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Return one branch in which everything has happened, as both branches of the walk."""
    with django_db_blocker.unblock(), transaction.atomic():
        one = world(Say(hostile=False), tmp_path_factory.mktemp("one"))
        yield one, one
        transaction.set_rollback(True)


def test_every_word_on_every_page_is_somebody_s_or_has_gone_through_gettext(
    both: Both, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATEST)
    theirs, root = _theirs(both), f"/o/{both[0].people.org.slug}"
    with spoken():
        pages = list(walked(both))
    assert len(pages) > 60
    missed = {
        f"{urlsplit(page.path).path[len(root) :]}: {text}"
        for page in pages
        for text in _texts(page.quiet)
        if not _is_theirs(text, theirs)
    }
    assert not missed, "\n".join(sorted(missed))


class _Reader(HTMLParser):
    """Collects what a page says: its texts, and those attributes that are shown or read out.

    Letters and what people wrote are in languages of their own; code is in none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[str] = []  # what is passed by, and the elements in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self._within or tag in {"script", "style", "code", "bdi", "textarea"} or not OTHERS.isdisjoint(classes):
            if tag not in VOID:
                self._within.append(tag)
            return
        self.texts += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:  # an end that may be left out
            pass

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.texts.append(data)


def _texts(page: str) -> Iterator[str]:
    """Return what is left of each text without what is marked, as far as it has words."""
    reader = _Reader()
    reader.feed(page)
    whole = "\x00".join(reader.texts)  # a sentence of ours may have elements in it
    while (shorter := re.sub(f"{BEGINS}[^{BEGINS}{ENDS}]*{ENDS}", "", whole)) != whole:
        whole = shorter
    yield from (text.strip() for text in whole.split("\x00") if WORD.search(text))


def _theirs(both: Both) -> str:
    """Return all that people have written, and what has been written to them."""
    packs = [load_pack(find_pack(name)) for name in installed_packs()]
    said = [text for pack in packs for text in (pack.title, pack.description)]
    said += [zone.replace("_", " ") for zone in available_timezones()]
    said += [*both[0].say.said.values(), *PaperText.objects.values_list("text", flat=True)]
    for rows in (Organisation, Person, Platform, Account, Post, Outsider, Clause, Dispatch):
        for row in rows.objects.all():
            said += [str(value) for value in vars(row).values()]
    return " ".join(" ".join(said).split())


def _is_theirs(text: str, theirs: str) -> bool:
    words = " ".join(re.sub(r"^[A-Z]\w* · ", "", text.strip(PUNCTUATION)).split())
    return words in theirs or " at length: (script)" in words or words.startswith("attached to post")
