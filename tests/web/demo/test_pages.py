"""The demo's own pages: where everything stands, whose place can be taken, and everybody's letters."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from folkmoot.advice import asking
from folkmoot.casefile.models import Event, Grant
from folkmoot.detectors.judging import our_judge
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.links import opens
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.web.access import GRANTS
from folkmoot.web.demo.standing import Summary
from folkmoot.web.demo.story import story
from tests.places import PROJECT

PARTS = PROJECT / "src/folkmoot/web/look/templates/look/parts"


def person(org: Organisation, key: str) -> Person:
    return Person.objects.within(org).get(email=story().somebody(key).email)


@pytest.fixture
def get(client: Client) -> Callable[[str], str]:
    """Return what fetches a page that must be there, as text."""

    def fetch(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    return fetch


def test_the_start_page_names_every_case_under_its_stage(filled: Summary, get: Callable[[str], str]) -> None:
    page = get("/demo/")
    for row in filled.rows:
        assert f'href="/demo/cases/{row.case.pk}/"' in page
    assert all(words in page for words, _ in filled.by_stage)


def test_every_case_has_a_page(filled: Summary, get: Callable[[str], str]) -> None:
    for row in filled.rows:
        assert row.matter
        assert "Step" in get(row.url) or "Open it" in get(row.url)


def test_the_three_links_lead_to_pages_of_the_demo(filled: Summary, client: Client) -> None:
    assert len(filled.links) == 3
    assert [client.get(link.url).status_code for link in filled.links] == [200, 200, 200]


def test_stepping_into_a_role_signs_in_as_that_person(wexmoor: Organisation, client: Client) -> None:
    gwen = person(wexmoor, "gwen-astell")
    answer = client.post(f"/demo/roles/{gwen.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/o/wexmoor/desk/"
    assert int(client.session["_auth_user_id"]) == gwen.user_id
    assert "You are Gwen Astell." in strip(client.get("/demo/").content.decode())


def test_stepping_in_leads_to_the_page_asked_for_but_never_elsewhere(wexmoor: Organisation, client: Client) -> None:
    path = f"/demo/roles/{person(wexmoor, 'hilary-sandwath').pk}/"
    assert client.post(path, {"to": "/o/wexmoor/desk/cases/7/"})["Location"] == "/o/wexmoor/desk/cases/7/"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"):
        assert client.post(path, {"to": elsewhere})["Location"] == "/o/wexmoor/desk/"


def test_looking_at_a_step_in_address_changes_nothing(wexmoor: Organisation, client: Client) -> None:
    gwen = person(wexmoor, "gwen-astell")
    assert client.get(f"/demo/roles/{gwen.pk}/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_an_author_sees_their_side_of_the_case(wexmoor: Organisation, client: Client) -> None:
    client.post(f"/demo/roles/{person(wexmoor, 'gwen-astell').pk}/")
    grant = Grant.objects.get(case__post__native_id="cyc-06", party=Role.AUTHOR)
    answer = client.post(f"/demo/parties/{grant.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/o/wexmoor/notice/{grant.pk}/", 302)]
    assert "go back to your allotment" in answer.content.decode()
    assert "_auth_user_id" not in client.session  # an officer never acts as a party
    assert f"You are the author in case {grant.case_id}." in strip(client.get("/demo/").content.decode())


def test_a_reporter_sees_how_their_report_stands(wexmoor: Organisation, client: Client) -> None:
    grant = Grant.objects.filter(case__post__native_id="lib-11", party=Role.REPORTER).earliest("pk")
    answer = client.post(f"/demo/parties/{grant.pk}/", follow=True)
    assert answer.status_code == 200
    assert client.session[GRANTS] == [grant.pk]


def test_stepping_out_leaves_nobody(wexmoor: Organisation, client: Client) -> None:
    client.post(f"/demo/roles/{person(wexmoor, 'gwen-astell').pk}/")
    assert client.post("/demo/out/").status_code == 302
    assert "Nobody here is real." in client.get("/demo/").content.decode()


def test_nobody_steps_into_what_is_not_there(filled: Summary, client: Client) -> None:
    assert client.post("/demo/roles/999999/").status_code == 404
    assert client.post("/demo/parties/999999/").status_code == 404
    assert client.get("/demo/cases/999999/").status_code == 404
    assert client.get("/demo/mailbox/999999/").status_code == 404
    assert client.get("/demo/mailbox/?to=nobody@example.org").status_code == 404


def test_the_roles_page_offers_every_office_and_every_party(wexmoor: Organisation, get: Callable[[str], str]) -> None:
    page = get("/demo/roles/")
    for somebody in story().people:
        offered = f">{somebody.name}<" in page
        assert offered or not somebody.offices, somebody.name
    for grant in Grant.objects.within(wexmoor).filter(party=Role.REPORTER).select_related("paper"):
        noticed = bool(grant.paper.facts.get("noticed"))  # by a moderator, who is on the page already
        assert (f'action="/demo/parties/{grant.pk}/"' in page) is not noticed


def test_the_mailbox_lists_letters_by_recipient(filled: Summary, get: Callable[[str], str]) -> None:
    brian = Dispatch.objects.get(kind="statement_of_reasons", to="brian.oxcombe@fellmail.example")
    page = get("/demo/mailbox/?to=brian.oxcombe@fellmail.example")
    assert f'href="/demo/mailbox/{brian.pk}/"' in page
    assert "Letters to Brian Oxcombe" in strip(page)
    hilary = Dispatch.objects.filter(to=story().somebody("hilary-sandwath").email)
    assert not any(f'href="/demo/mailbox/{letter.pk}/"' in page for letter in hilary)


def test_every_letter_can_be_read_and_has_no_place_left_open(filled: Summary, get: Callable[[str], str]) -> None:
    for letter in Dispatch.objects.all():
        page = get(f"/demo/mailbox/{letter.pk}/")
        assert "[[" not in page
        assert letter.subject.split(":")[0] in page.replace("&#x27;", "'").replace("&amp;", "&")


def test_a_letter_carries_the_link_that_opens_the_authors_side(filled: Summary, get: Callable[[str], str]) -> None:
    letter = Dispatch.objects.get(kind="statement_of_reasons", to="brian.oxcombe@fellmail.example")
    found = re.search(
        r'href="http://localhost:8000/o/wexmoor/letter/(\d+)\.([^/"]+)/"', get(f"/demo/mailbox/{letter.pk}/")
    )
    assert found
    assert opens(Grant.objects.get(pk=int(found[1])), found[2])


def test_a_letter_that_has_not_left_yet_can_be_read_already(filled: Summary, get: Callable[[str], str]) -> None:
    letter = Dispatch.objects.latest("pk")
    letter.state = Dispatch.State.WAITING
    letter.save()
    assert "leaves within a minute" in get("/demo/mailbox/")
    assert letter.subject in unescape(strip(get(f"/demo/mailbox/{letter.pk}/")))


def test_reading_the_demos_pages_writes_nothing_on_the_record(filled: Summary, get: Callable[[str], str]) -> None:
    before = Event.objects.count()
    for path in ("/demo/", filled.rows[0].url, "/demo/roles/", "/demo/mailbox/"):
        get(path)
    assert Event.objects.count() == before


def strip(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_buttons_carry_the_forms_token(filled: Summary) -> None:
    browser = Client(enforce_csrf_checks=True)
    for page in ("/demo/roles/", filled.rows[0].url, filled.links[2].url):
        form = re.search(
            r'<form method="post" action="(/demo/(?:roles|parties)/\d+/)">'
            r'<input type="hidden" name="csrfmiddlewaretoken" value="(\w+)">',
            browser.get(page).content.decode(),
        )
        assert form, page
        assert browser.post(form[1], {"csrfmiddlewaretoken": form[2]}).status_code == 302
        out = re.search(r'action="/demo/out/"><input[^>]*value="(\w+)"', browser.get("/demo/").content.decode())
        assert out
        assert browser.post("/demo/out/", {"csrfmiddlewaretoken": out[1]}).status_code == 302


@pytest.mark.parametrize("theme", ["", "light", "dark"])
def test_every_part_of_the_look_is_on_the_style_page(filled: Summary, client: Client, theme: str) -> None:
    answer = client.get(f"/styleguide/?theme={theme}")
    shown = {template.name for template in answer.templates}
    assert {f"look/parts/{part.name}" for part in PARTS.glob("*.html")} - shown == set()
    assert (f'data-theme="{theme}"' in answer.content.decode()) is bool(theme)


def test_a_theme_that_is_none_is_left_to_the_device(filled: Summary, client: Client) -> None:
    assert "data-theme" not in client.get('/styleguide/?theme="><b>').content.decode()


def test_two_examples_show_what_checking_a_draft_is(
    wexmoor: Organisation, get: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ask", lambda texts, **_: our_judge().judge_many(texts))
    page = get(f"/o/{wexmoor.slug}/draft-check/")
    examples = re.findall(r'href="([^"]+\?example=\w+)"', page)
    assert len(examples) == 2
    criticism, person_ = (get(unescape(one)) for one in examples)
    assert "I am furious about the harbour road." in criticism
    assert "This is robust, and fine." in criticism
    assert "07700 900123</mark>" in person_
    assert "likely to run into F7" in person_


def test_two_examples_show_what_house_style_is_one_with_much_to_look_at_again_and_one_with_nothing(
    wexmoor: Organisation, get: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ask", lambda texts, **_: our_judge().judge_many(texts))
    page = get(f"/o/{wexmoor.slug}/house-style/")
    examples = re.findall(r'href="([^"]+\?example=\w+)"', page)
    assert len(examples) == 2
    office, clear = (get(unescape(one)) for one in examples)
    assert "8 things to look at again." in office
    assert "Nothing here to look at again." in clear
    assert "What there is to say will stand here." in get(f"/o/{wexmoor.slug}/house-style/?example=none")
