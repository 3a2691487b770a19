"""Every operation × every scope: a token without the one that is named is refused, whoever its owner is."""

import re

import pytest

from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import Scope
from folkmoot.procedure.words import OFFICES
from folkmoot.steps.give_role import give_role
from tests.api.programs import program, refused_as
from tests.api.test_strangers import example_of, operations
from tests.cast import day, everything, reported
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


def test_every_operation_refuses_a_token_without_its_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(2))
    matter = reported()
    holder = matter.branch.operator
    for role in set(OFFICES) - holder.offices(at=day(2)):
        give_role(holder, role, by=SYSTEM, at=day(1))
    callers = {scope: program(holder, *(other for other in Scope if other is not scope)) for scope in Scope}
    before, tried = everything(), set()
    for method, path, operation in operations():
        if operation["x-scope"]:
            scope = Scope(operation["x-scope"])
            answer = callers[scope].call(method, re.sub(r"{\w+}", "1", path), example_of(operation))
            assert (answer.status_code, refused_as(answer)) == (403, "out-of-scope"), f"{method} {path}"
            tried.add(scope)
    assert tried == set(Scope)
    after = everything()
    assert {name for name in before if before[name] != after[name]} == {"members.Allowance"}
