"""Two hundred strings through every field that shows text: no page and no letter gets an element that it had not."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, Page

from folkmoot.config import clock
from folkmoot.notices.html import as_html
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.web.look.links import web_link
from folkmoot.worker.deliver import compose
from tests.web.browsers import officer, party
from tests.web.hostile.founding import Say
from tests.web.hostile.shapes import Shape, differs, read
from tests.web.hostile.strings import ADDRESSES, STRINGS, twin
from tests.web.hostile.world import LATEST, World, world

pytestmark = pytest.mark.browser

Both = tuple[World, World]
# How many pages of one kind are looked at: one, but of those on which a case is read one for each case.
MOST = {"desk:case": 7, "panel:case": 4, "public:notice": 5, "public:progress": 5}
TYPED = {"text", "textarea", "search", "url", "email", "tel"}
SAFE = re.compile(r"(https?://|/(?!/)|\?|#|$|otpauth://|mailto:)")
# Longer than any field takes: so every form refuses it, and shows it again.
TOO_LONG = f"{'long ' * 5000}{' '.join(STRINGS)}"
TWINS = twin(TOO_LONG)
# What somebody's interest in a matter is stays on the record, for who would have to look into it.
SHOWN_NOWHERE = {"nature"}


class Seen:
    """One page of both branches: its path, its HTML in the quiet and in the hostile one."""

    def __init__(self, path: str, side: str, quiet: str, hostile: str) -> None:
        self.path, self.side, self.quiet, self.hostile = path, side, quiet, hostile


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Return two branches in which the same has happened, one of them told in harmless words."""
    with django_db_blocker.unblock(), transaction.atomic():
        quiet = world(Say(hostile=False), tmp_path_factory.mktemp("quiet"))
        yield quiet, world(Say(hostile=True), tmp_path_factory.mktemp("hostile"))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """Return a page of a real browser that parses what it is given."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def pages(both: Both, django_db_blocker: Any) -> list[Seen]:
    """Return every kind of page, walked in both branches in step."""
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        patched.setattr(clock, "now", lambda: LATEST)
        return list(walked(both))


def test_there_are_two_hundred_strings_and_none_of_their_twins_means_anything_in_html() -> None:
    assert len(set(STRINGS)) == 200
    assert not set("<>\"'&") & set("".join(map(twin, STRINGS)))


def test_no_page_has_an_element_or_attribute_that_harmless_words_would_not_have_given_it(
    pages: list[Seen], reader: Page
) -> None:
    kinds = {resolve(urlsplit(seen.path).path).view_name for seen in pages}
    assert {"desk:case", "desk:search", "panel:case", "public:notice", "public:progress", "public:rules"} <= kinds
    assert len(kinds) > 50, sorted(kinds)
    quiet = read(reader, [seen.quiet for seen in pages])
    hostile = read(reader, [seen.hostile for seen in pages])
    faults = _faults([f"{seen.side} {seen.path}" for seen in pages], quiet, hostile)
    assert not faults, "\n".join(faults)


def test_what_came_through_would_be_noticed(reader: Page) -> None:
    for string in (STRINGS[0], STRINGS[2], STRINGS[8]):
        quiet, hostile = read(reader, [f"<p>{twin(string)}</p>", f"<p>{string}</p>"])
        assert differs(quiet, hostile), string
    attribute = [f'<p title="{text}">x</p>' for text in (twin(STRINGS[77]), STRINGS[77])]
    assert differs(*read(reader, attribute))
    assert _faults(["x"], *([one] for one in read(reader, ["<a>x</a>", '<a href="javascript:alert(1)">x</a>'])))


def test_every_field_is_shown_somewhere_letter_for_letter(pages: list[Seen], reader: Page, both: Both) -> None:
    said = both[1].say.said
    found = read(reader, [seen.hostile for seen in pages], list(said.values()))
    shown = {_field(list(said)[number]) for page in found for number in page.found}
    assert {_field(key) for key in said} - shown == SHOWN_NOWHERE


@pytest.mark.soak
def test_no_form_that_is_shown_again_has_an_element_that_harmless_words_would_not_have_given_it(
    pages: list[Seen], reader: Page, monkeypatch: pytest.MonkeyPatch, both: Both, db: None
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATEST)
    clients = {side: clients[0] for side, clients, _ in _sides(both)}
    sent: list[tuple[str, str, str]] = []
    done = set()
    for seen, shape in zip(pages, read(reader, [seen.quiet for seen in pages]), strict=True):
        for form in shape.forms:
            path = urljoin(seen.path, form["action"])
            kind = (form["method"], resolve(urlsplit(path).path).view_name, tuple(one[0] for one in form["fields"]))
            if kind in done or not any(one[1] in TYPED for one in form["fields"]):
                continue
            done.add(kind)
            answers = [_sent(clients[seen.side], path, form, told) for told in (TWINS, TOO_LONG)]
            assert answers[0].status_code == answers[1].status_code, (seen.side, path)
            if answers[0].status_code in {200, 422}:
                sent.append((f"{seen.side} {path}", *(answer.content.decode() for answer in answers)))
    quiet = read(reader, [one[1] for one in sent], [TWINS])
    hostile = read(reader, [one[2] for one in sent], [TOO_LONG])
    assert not (faults := _faults([one[0] for one in sent], quiet, hostile)), "\n".join(faults)
    shown = [one[0] for one, page in zip(sent, hostile, strict=True) if page.found]
    assert len(shown) > 25, "\n".join(one[0] for one in sent if one[0] not in shown)


def test_no_letter_has_an_element_or_a_head_that_harmless_words_would_not_have_given_it(
    both: Both, reader: Page, db: None
) -> None:
    letters = [Dispatch.objects.filter(org=one.people.org).select_related("paper").order_by("pk") for one in both]
    mails = [[compose(letter, sender="moot@example.org") for letter in each] for each in letters]
    assert len(mails[0]) == len(mails[1]), [len(each) for each in mails]
    assert len(mails[0]) > 20, len(mails[0])
    for before, after, letter in zip(*mails, letters[1], strict=True):
        assert before.keys() == after.keys()
        assert len(set(after.keys())) == len(after.keys())
        assert [one.addr_spec for one in after["To"].addresses] == [letter.to]
        assert after["Subject"] == letter.subject
    names = [f"{letter.kind} to {letter.audience}" for letter in letters[0]]
    pages = [[mail.get_body(("html",)).get_content() for mail in each] for each in mails]
    faults = _faults(names, read(reader, pages[0]), read(reader, pages[1]))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_address_of_the_web_is_no_link(address: str) -> None:
    assert web_link(address) == ""
    assert "href" not in as_html("x", f"Look at {address} now.")


def _field(key: str) -> str:
    """Return which field it is, whichever of several like it."""
    return re.sub(r"( \d+)?( at length)?$", "", key)


def _faults(names: list[str], quiet: list[Shape], hostile: list[Shape]) -> list[str]:
    found = []
    for name, before, after in zip(names, quiet, hostile, strict=True):
        if what := differs(before, after):
            found.append(f"{name}: {what}")
        found += [f"{name}: leads to {address!r}" for address in after.addresses if not SAFE.match(address)]
        found += [f"{name}: {one}" for one in after.elements if re.search(r" on\w", one)]
        found += [f"{name}: a script of type {kind!r}" for kind in after.scripts if kind != "application/json"]
    return found


def walked(both: Both) -> Iterator[Seen]:
    """Follow the links of both branches in step, as everybody who can look at pages."""
    seen: Counter[tuple[str, ...]] = Counter()
    for side, clients, starts in _sides(both):
        waiting, known = list(starts), set(starts)
        while waiting:
            pair = waiting.pop(0)
            kind = _kind(pair[0], side)
            if kind is None or seen[kind] >= MOST.get(kind[0], 1):
                continue
            seen[kind] += 1
            quiet, hostile = (client.get(path) for client, path in zip(clients, pair, strict=True))
            assert quiet.status_code == hostile.status_code, (side, pair, quiet.status_code, hostile.status_code)
            if quiet.status_code != 200 or not quiet["Content-Type"].startswith("text/html"):
                continue
            texts = quiet.content.decode(), hostile.content.decode()
            yield Seen(pair[0], side, *texts)
            links = list(map(_links, texts))
            assert len(links[0]) == len(links[1]), (side, pair)
            for link in zip(*links, strict=True):
                if link not in known:
                    known.add(link)
                    waiting.append(link)


def _sides(both: Both) -> Iterator[tuple[str, tuple[Client, Client], list[tuple[str, str]]]]:
    roots = [f"/o/{one.people.org.slug}" for one in both]

    def starts(*paths: str) -> list[tuple[str, str]]:
        return [(f"{roots[0]}/{path}", f"{roots[1]}/{path}") for path in paths]

    def cases(room: str) -> list[tuple[str, str]]:
        pairs = zip(*(one.cases.values() for one in both), strict=True)
        return [(f"{roots[0]}/{room}/cases/{a.pk}/", f"{roots[1]}/{room}/cases/{b.pk}/") for a, b in pairs]

    def own(role: Role, path: str) -> list[tuple[str, str]]:
        found = [[grant.pk for grant in one.grants if grant.party == role] for one in both]
        return [(f"{roots[0]}/{path}/{a}/", f"{roots[1]}/{path}/{b}/") for a, b in zip(*found, strict=True)]

    yield "visitor", (Client(), Client()), starts("", "report/?kind=attack", "track/", "rules/", "rules/editions/")
    parties = party(*both[0].grants[:20]), party(*both[1].grants[:20])
    yield "author", parties, own(Role.AUTHOR, "notice")
    yield "reporter", parties, own(Role.REPORTER, "track/progress")
    rooms = {
        "operator": starts("desk/", "desk/queue/", "desk/posts/", "desk/search/?words=script") + cases("desk"),
        "secretary": cases("desk") + cases("panel"),
        "panel 0": starts("panel/") + cases("panel"),
        "administrator": starts("admin/people/", "admin/places/", "admin/letters/", "admin/policy/", "admin/record/"),
    }
    for who, where in rooms.items():
        first, second = (officer(one.people.people[who]) for one in both)
        yield who, (first, second), where


def _kind(path: str, side: str) -> tuple[str, ...] | None:
    parts = urlsplit(path)
    try:
        view = resolve(parts.path).view_name
    except Http404:
        return None
    return (view, *sorted(pair.partition("=")[0] for pair in parts.query.split("&")))


def _links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a [^>]*?href="(/o/[^"#]*)"', page)]


class _Back(Exception):
    """Undoes what a form did."""


def _sent(client: Client, path: str, form: dict[str, Any], told: str) -> Any:
    """Send a form with `told` in each field that is typed; whatever it does is undone."""
    fields = {
        name: told if kind in TYPED else value
        for name, kind, value, on in form["fields"]
        if kind not in {"file", "submit", "button"} and (on or kind not in {"radio", "checkbox"})
    }
    with suppress(_Back), transaction.atomic():
        answer = client.post(path, fields) if form["method"] == "post" else client.get(path, fields)
        raise _Back
    return answer
