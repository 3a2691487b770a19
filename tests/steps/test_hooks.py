"""Which programs are told of cases is a step of an administrator, on the register."""

from typing import Any

import pytest

from folkmoot.casefile.models import Event
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Hook
from folkmoot.steps.add_hook import MOST, add_hook
from folkmoot.steps.end_hook import end_hook
from tests.cast import Branch, branch, day, lay_open, outsider, refused

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/folkmoot"


@pytest.fixture
def people() -> Branch:
    return branch()


def added(people: Branch, url: str = URL, **other: Any) -> Hook:
    facts: dict[str, Any] = {"kinds": ["case.decided"], "by": people.administrator, "at": day(1)}
    return add_hook(people.org, url=url, **{**facts, **other}).hook


def test_adding_and_ending_stand_on_the_register_without_the_address(people: Branch) -> None:
    hook = added(people)
    end_hook(people.org, hook.pk, by=people.administrator, at=day(2))
    end_hook(people.org, hook.pk, by=people.administrator, at=day(3))  # ended already: it stays so
    entries = Event.objects.within(people.org).filter(case=None, step__in=["add_hook", "end_hook"]).order_by("seq")
    assert [(entry.step, entry.by, entry.at) for entry in entries] == [
        ("add_hook", f"person:{people.administrator.pk}", day(1)),
        ("end_hook", f"person:{people.administrator.pk}", day(2)),
    ]
    assert all(b"hooks.example.org" not in bytes(entry.payload) for entry in entries)
    assert lay_open(people.org) == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "Please write a web address"),
        ("ftp://example.org/", "Please write a web address"),
        ("https://", "Please write a web address"),
        ("https://exa mple.org/", "Please write a web address"),
        ("https://[::1", "no web address"),
        ("https://example.org:70000/", "no web address"),
        ("https://example.org/" + "x" * 500, "longer than 500"),
        ("https://name:word@example.org/", "leave out names"),
        ("https://example.org/#part", "leave out names"),
        ("http://example.org/", "must begin with https"),
        ("http://localhost/", "must begin with https"),
        ("https://localhost/", "not on the public internet"),
        ("https://10.0.0.1/", "not on the public internet"),
        ("https://[::ffff:127.0.0.1]/", "not on the public internet"),
        ("https://169.254.169.254/latest/", "not on the public internet"),
    ],
)
def test_an_address_that_cannot_be_called_is_refused(people: Branch, url: str, says: str) -> None:
    with refused(BadInput, says, field="url"):
        added(people, url)


def test_who_may_and_how_many(people: Branch) -> None:
    for by in (people.operator, people.panel[0], outsider()):
        with refused(NotPermitted, "an administrator"):
            added(people, by=by)
    with refused(BadInput, "choose what", field="kinds"):
        added(people, kinds=["case.decided", "case.unheard_of"])
    with refused(BadInput, "choose what", field="kinds"):
        added(people, kinds=[])
    hook = added(people)
    with refused(BadInput, "told already", field="url"):
        added(people)
    with refused(NotPermitted, "an administrator"):
        end_hook(people.org, hook.pk, by=people.operator, at=day(2))
    for number in range(1, MOST):
        added(people, f"{URL}/{number}")
    with refused(BadInput, f"{MOST} programs", field="url"):
        added(people, f"{URL}/one-more")
