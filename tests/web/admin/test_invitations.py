"""Invitations: sent again, ended, withdrawn; and what somebody holds, since when, by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from folkmoot.config.mail import mail_server
from folkmoot.members.models import OneTimeLink, Person
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from tests.cast import Branch, day
from tests.web.browsers import move_clock

NEW = {"name": "Newton Arc", "email": "newton@example.org", "roles": ["moderator", "administrator"]}


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/people/{rest}"


@pytest.fixture
def newton(people: Branch, ada: Client) -> Person:
    ada.post(url(people), NEW)
    return Person.objects.select_related("org", "user").get(email="newton@example.org")


def test_an_invitation_is_sent_again_by_mail_only_where_that_is_asked(
    people: Branch, ada: Client, newton: Person, settings: Any
) -> None:
    settings.MAIL = mail_server("smtp://mail.example.org")
    page = url(people, f"{newton.pk}/")
    assert "Send it again by e-mail" in ada.get(page).content.decode()
    ada.post(f"{page}invitation/", {"mail": "on"})
    assert Dispatch.objects.get(kind="invitation").to == newton.email
    ada.post(f"{page}invitation/")
    assert Dispatch.objects.filter(kind="invitation").count() == 1
    assert OneTimeLink.objects.filter(person=newton, used_at=None).count() == 1


def test_an_invitation_that_has_ended_is_said_to_have(
    people: Branch, ada: Client, newton: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "their link ends" in ada.get(url(people)).content.decode()
    move_clock(monkeypatch, day(1) + timedelta(days=20))
    assert "invitation has ended" in ada.get(url(people)).content.decode()
    assert "Their link is used up or too old." in ada.get(url(people, f"{newton.pk}/")).content.decode()


def test_a_withdrawn_invitation_opens_nothing_and_takes_the_roles_with_it(
    people: Branch, ada: Client, newton: Person
) -> None:
    page = url(people, f"{newton.pk}/")
    link = ada.get(page).content.decode().split('id="invitation-link" value="')[1].split('"')[0]
    answer = ada.post(f"{page}invitation/withdrawn/", follow=True).content.decode()
    assert "the link opens nothing, and they hold no role" in answer
    assert "Invitation withdrawn" in answer
    assert newton.offices(at=day(2)) == frozenset()
    assert Client().get(link.removeprefix("http://localhost:8000")).status_code == 403
    assert ada.post(f"{page}invitation/withdrawn/").status_code == 422
    ada.post(f"{page}roles/", {"role": "moderator"})
    again = ada.get(page).content.decode()
    assert "Invitation withdrawn" not in again
    assert "Make a new link" in again


def test_whoever_has_signed_in_has_no_invitation_to_withdraw(people: Branch, ada: Client, newton: Person) -> None:
    assert newton.user is not None
    newton.user.last_login = day(1)
    newton.user.save()
    refused = ada.post(url(people, f"{newton.pk}/invitation/withdrawn/"))
    assert (refused.status_code, "has signed in already" in refused.content.decode()) == (422, True)
    assert newton.offices(at=day(2)) == {Role.MODERATOR, Role.ADMINISTRATOR}


def test_a_person_shows_what_they_hold_since_when_and_by_whom(people: Branch, ada: Client, newton: Person) -> None:
    page = url(people, f"{newton.pk}/")
    ada.post(f"{page}roles/ended/", {"role": "moderator"})
    shown = ada.get(page).content.decode()
    assert "given by <bdi>Ada Quill</bdi>" in shown
    assert "Looks after people, places and the policy." in shown
    assert "What they did before" in shown
    assert "ended by <bdi>Ada Quill</bdi>" in shown


def test_the_list_says_what_each_role_does(people: Branch, ada: Client) -> None:
    page = ada.get(url(people)).content.decode()
    assert "Sits on panels and votes." in page
    assert "2 people without a role" in page
