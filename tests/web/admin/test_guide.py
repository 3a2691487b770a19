"""Setting up in five steps: what is done shows in what is there, each can wait, and the guide is put away."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from folkmoot.archive.models import Operator, Platform
from folkmoot.casefile.models import Event
from folkmoot.config.mail import mail_server
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.models import Dispatch
from folkmoot.steps.record_delivery import record_failure, record_sent
from folkmoot.steps.send_test_letter import MOST
from folkmoot.steps.set_up import set_up, setup_link
from tests.cast import Branch, day
from tests.web.browsers import officer

NAMES = ["organisation", "mail", "places", "people", "policy"]


@pytest.fixture
def first(db: None) -> Person:
    """Return the first administrator of a new server."""
    link = setup_link(at=day(1))
    assert link is not None
    return set_up(
        link=link.rstrip("/").rpartition("/")[2],
        organisation_name="Hartfield Branch",
        person_name="Ann Moss",
        email="ann@example.org",
        pack="labour-branch-2018",
        at=day(1),
    )


@pytest.fixture
def ann(first: Person) -> Client:
    return officer(first)


def url(rest: str = "") -> str:
    return f"/o/hartfield-branch/admin/guide/{rest}"


def leads_to(browser: Client) -> str:
    answer = browser.get(url())
    assert answer.status_code == 303
    return str(answer["Location"]).removeprefix(url()).rstrip("/")


def steps() -> list[str]:
    return list(Event.objects.filter(case=None).order_by("seq").values_list("step", flat=True))


def test_from_nothing_to_taking_reports_in_five_steps(ann: Client, first: Person, settings: Any) -> None:
    settings.MAIL = mail_server("smtp://mail.example.org?from=us@example.org")
    assert leads_to(ann) == "organisation"
    facts = {"name": "Hartfield Labour", "contact": "sec@example.org", "zone": "Europe/Dublin"}
    assert ann.post(url("organisation/"), facts)["Location"] == url("mail/")
    org = Organisation.objects.get()
    assert (org.name, org.contact, org.zone, org.slug) == (*facts.values(), "hartfield-branch")

    ann.post("/o/hartfield-branch/admin/mail/letters/", {"guide": "on"})
    letter = Dispatch.objects.get(kind="test_letter")
    assert letter.to == "ann@example.org"
    assert "It is on its way to mail.example.org" in ann.get(url("mail/")).content.decode()
    record_sent(letter.pk, at=day(1))
    assert "It works: go on to the places" in ann.get(url("mail/")).content.decode()

    assert leads_to(ann) == "places"
    place = {"name": "Our page", "kind": "facebook_page", "audience": "public", "url": "", "operator": first.pk}
    page = ann.post(url("places/"), place, follow=True).content.decode()
    assert "“Our page” is added." in page
    assert Operator.objects.get().person == first

    assert leads_to(ann) == "people"
    everybody = [
        ("Bo", "moderator"),
        ("Cy", "secretary"),
        ("Di", "executive"),
        ("Ed", "executive"),
        ("Flo", "executive"),
    ]
    for name, role in everybody:
        page = ann.post(
            url("people/"), {"name": name, "email": f"{name}@example.org", "roles": [role]}, follow=True
        ).content.decode()
        assert f"The invitation of <bdi>{name}</bdi>" in page
        assert re.search(r'value="http[^"]+/invitation/[^"]+"', page)
    assert "Too few" not in page

    assert leads_to(ann) == "policy"
    assert ann.post(url("policy/"), {"official_url": "example.org/rules"})["Location"] == url("end/")
    assert leads_to(ann) == "end"
    page = ann.get(url("end/")).content.decode()
    assert 'value="http://localhost:8000/o/hartfield-branch/report/"' in page
    assert "Our Secretary: <bdi>sec@example.org</bdi>" in page
    assert ann.post(url("end/"))["Location"] == "/o/hartfield-branch/desk/"
    assert steps()[-1] == "end_set_up"
    assert "Your organisation is being set up" not in ann.get("/o/hartfield-branch/desk/").content.decode()


def test_the_guide_stands_on_the_desk_until_it_is_put_away_and_for_administrators_only(ann: Client) -> None:
    assert "Go on with it" in ann.get("/o/hartfield-branch/desk/").content.decode()
    ann.post(url("end/"))
    ann.post(url("end/"))
    cache.clear()
    assert "Go on with it" not in ann.get("/o/hartfield-branch/desk/").content.decode()
    assert steps().count("end_set_up") == 1
    assert "To the desk" in ann.get(url("end/")).content.decode()


def test_each_step_can_be_left_for_later_and_returned_to(ann: Client) -> None:
    for number, name in enumerate(NAMES):
        assert leads_to(ann) == name
        to = ann.post(url("later/"), {"part": name})["Location"]
        assert to == url("end/" if name == "policy" else f"{NAMES[number + 1]}/")
    assert leads_to(ann) == "end"
    page = ann.get(url("mail/")).content.decode()
    assert page.count("left for later") > 3
    ann.post(url("organisation/"), {"name": "Hartfield Branch", "contact": "x@example.org", "zone": "Europe/London"})
    assert 'class="is-done"' in ann.get(url("mail/")).content.decode()
    assert steps().count("settle_part") == 5
    ann.post(url("later/"), {"part": "mail"})
    ann.post(url("later/"), {"part": "nonsense"})
    assert steps().count("settle_part") == 5


def test_an_empty_server_says_what_fewer_people_mean(ann: Client) -> None:
    page = ann.get(url("people/")).content.decode()
    assert "There is one: whoever decided also answers the appeal" in page
    assert "an author who puts their case to the Executive gets no answer" in page
    assert "Sits on panels and votes." in page
    assert page.count("Too few") == 3


def test_what_was_typed_wrongly_stays_and_nothing_is_kept(ann: Client) -> None:
    answer = ann.post(url("organisation/"), {"name": "", "contact": "here", "zone": "Mars/Olympus"})
    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
    answer = ann.post(url("places/"), {"name": "A", "kind": "nonsense", "audience": "public"})
    assert (answer.status_code, Platform.objects.exists()) == (422, False)
    assert ann.post(url("people/"), {"name": "Bo", "email": "nobody", "roles": ["moderator"]}).status_code == 422
    assert ann.post(url("policy/"), {"official_url": "a b"}).status_code == 422
    assert "settle_part" not in steps()


def test_without_a_mail_server_the_guide_says_what_that_means_and_goes_on(ann: Client) -> None:
    page = ann.get(url("mail/")).content.decode()
    assert "No mail server is set" in page
    assert "You can begin without" in page
    ann.post("/o/hartfield-branch/admin/mail/letters/", {"guide": "on"})
    assert "It waits: no mail server is set" in ann.get(url("mail/")).content.decode()


def test_what_became_of_a_letter_is_looked_at_again_until_it_is_settled(
    people: Branch, ada: Client, settings: Any
) -> None:
    settings.MAIL = mail_server("smtp://name:secret-word@mail.example.org:587?tls=starttls&from=us@example.org")
    mail = f"/o/{people.org.slug}/admin/mail/"
    assert "You have not sent one yet." in ada.get(mail).content.decode()
    assert ada.post(f"{mail}letters/")["Location"].startswith(f"{mail}?letter=")
    fate = ada.get(f"{mail}fate/").content.decode()
    assert 'hx-trigger="every 1s"' in fate
    letter = Dispatch.objects.get(kind="test_letter")
    record_failure(letter.pk, error="mail server: (535, b'5.7.8 bad credentials')", lasting=False, at=day(1))
    fate = ada.get(f"{mail}fate/").content.decode()
    assert "does not accept the name or the password" in fate
    assert "hx-trigger" not in fate
    assert "5.7.8 bad credentials" in fate
    assert "secret-word" not in ada.get(mail).content.decode()


def test_a_dozen_test_letters_in_an_hour_are_enough(people: Branch, ada: Client) -> None:
    mail = f"/o/{people.org.slug}/admin/mail/letters/"
    for _ in range(MOST):
        assert ada.post(mail).status_code == 303
    refused = ada.post(mail)
    assert (refused.status_code, "Please wait a while" in refused.content.decode()) == (422, True)
    assert Dispatch.objects.filter(kind="test_letter").count() == MOST


def test_in_the_demo_a_test_letter_lies_in_its_mailbox(people: Branch, ada: Client, settings: Any) -> None:
    settings.DEMO = True
    mail = f"/o/{people.org.slug}/admin/mail/"
    ada.post(f"{mail}letters/")
    assert 'hx-trigger="every 1s"' in ada.get(f"{mail}fate/").content.decode()
    record_sent(Dispatch.objects.get(kind="test_letter").pk, at=day(1))
    assert "the demo’s mailbox took it" in ada.get(f"{mail}fate/").content.decode()
