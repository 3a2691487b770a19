"""The page "Other programs": one is added, its secret is shown once, and what arrived is seen."""

import re

import pytest
from django.test import Client

from folkmoot.outbox.hooks import secret_of
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.steps.add_hook import add_hook
from folkmoot.steps.record_call import record_answer
from tests import cast
from tests.cast import Branch
from tests.web.browsers import officer

URL = "https://hooks.example.org/folkmoot"


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/other-programs/{rest}"


def test_a_program_is_added_its_secret_shown_once_and_taken_out(people: Branch, ada: Client) -> None:
    assert "No other program is told of anything." in ada.get(url(people)).content.decode()
    answer = ada.post(url(people, "added/"), {"url": URL, "kinds": ["case.decided", "case.final"]})
    hook = Hook.objects.get()
    assert secret_of(hook) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = ada.get(url(people)).content.decode()
    assert URL in page
    assert "It is decided" in page
    assert "whsec_" not in page
    assert "It is told of nothing any more" in ada.post(url(people, f"{hook.pk}/ended/"), follow=True).content.decode()
    assert "Taken out by an administrator" in ada.get(url(people)).content.decode()


def test_a_new_secret_is_shown_once_and_the_page_says_until_when_both_hold(people: Branch, ada: Client) -> None:
    hook = add_hook(people.org, url=URL, kinds=["case.reported"], by=people.administrator, at=cast.day(0, 8)).hook
    old = secret_of(hook)
    answer = ada.post(url(people, f"{hook.pk}/renewed/"))
    hook.refresh_from_db()
    assert secret_of(hook) in answer.content.decode()
    assert old not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = ada.get(url(people, f"{hook.pk}/")).content.decode()
    assert "calls are signed with both until" in page
    assert "whsec_" not in page


def test_what_is_wrong_is_said_at_its_field(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people, "added/"), {"url": "https://10.0.0.1/", "kinds": ["case.final"]})
    assert answer.status_code == 422
    assert "not on the public internet" in answer.content.decode()
    assert "Please choose what it is to be told of." in ada.post(url(people, "added/"), {"url": URL}).content.decode()


def test_the_last_calls_say_whether_they_arrived_and_one_can_be_sent_again(people: Branch, ada: Client) -> None:
    hook = add_hook(people.org, url=URL, kinds=["case.reported"], by=people.administrator, at=cast.day(0, 8)).hook
    cast.reported(people)
    test, report = HookCall.objects.order_by("pk")
    record_answer(test.pk, status=200, fault="", at=cast.day(0, 9))
    record_answer(report.pk, status=None, fault="ConnectTimeout", at=cast.day(0, 11))
    page = re.sub(r"\s+", " ", ada.get(url(people, f"{hook.pk}/")).content.decode())
    for words in ("A test", "Arrived", "A report comes in", "Is tried again", "ConnectTimeout", test.number):
        assert words in page
    sent = ada.post(url(people, f"{hook.pk}/calls/{test.pk}/again/"), follow=True)
    assert "It is sent again within seconds." in sent.content.decode()
    test.refresh_from_db()
    assert test.state == HookCall.State.WAITING


@pytest.mark.parametrize("rest", ["", "1/"])
def test_only_administrators_see_it(people: Branch, rest: str) -> None:
    assert officer(people.operator).get(url(people, rest)).status_code == 404
