"""The audit finds what was changed of the programs that are told of cases."""

import pytest

from folkmoot.outbox.models import Hook
from folkmoot.steps.add_hook import add_hook
from tests.cast import branch, day, lay_open

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["url", "kinds", "ended_at"])
def test_a_program_that_was_changed_behind_the_softwares_back_is_found(column: str) -> None:
    people = branch()
    url = "https://hooks.example.org/folkmoot"
    hook = add_hook(people.org, url=url, kinds=["case.decided"], by=people.administrator, at=day(1)).hook
    assert lay_open(people.org) == []
    changed = {"url": "https://elsewhere.example/", "kinds": "case.changed", "ended_at": day(2)}
    Hook.objects.filter(pk=hook.pk).update(**{column: changed[column]})
    assert any("other programs" in fault for fault in lay_open(people.org))


def test_one_that_was_put_there_past_the_register_is_found() -> None:
    people = branch()
    Hook.objects.create(org=people.org, url="https://spy.example/", kinds="case.changed", nonce="0" * 32, since=day(1))
    assert any("other programs" in fault for fault in lay_open(people.org))
