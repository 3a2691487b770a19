"""Each step of the procedure by the API: taken once, and refused to whoever may not, as a page would."""

from typing import Any

import pytest
from django.db import transaction

from folkmoot.api.service import ROUTES
from folkmoot.casefile.models import Event
from folkmoot.procedure.words import Step
from folkmoot.steps.declare_interest import declare_interest
from tests.api.calls import WAYS, Call, Way, opens
from tests.api.programs import Program, program, refused_as
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db

BY_NAME = {way.name: way for way in WAYS}

# Open to somebody with a part in the matter as well: it shows nothing and decides nothing, or says it of each case.
EVEN_SO = {"interest", "release", "sealing", "spam", "undo", "undo_many", "noticing"}
NOT_ASKED = {"reopening", "reopening_not_carried"}  # nobody is, once a case is final
# What only happens by itself, or has to be done by somebody who sits in front of a page.
NOT_BY_PROGRAMS = {
    Step.DESTROY: "nobody can bring it back, so a person does it who has proven at that moment who they are",
    Step.HAND_OVER: "the worker's, when a time limit passes",
    Step.WARN_DUE: "the worker's, the day before",
    Step.RAISE_LANE: "the worker's, from what detectors found",
    Step.MAKE_FINAL: "the worker's, or what follows the last confirmation",
    Step.BRING_BACK: "what follows when a removal does not hold any more",
}


def sent(caller: Program, call: Call, *, key: str = "", **headers: str) -> Any:
    if call.is_form:
        return caller.form(call.path, call.body, key=key, **headers)
    return caller.post(call.path, call.body, key=key, **headers)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_step_is_taken_by_who_may_and_by_nobody_else(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    call = way.made()
    move_clock(monkeypatch, way.at)
    org = call.matter.branch.org
    caller, headers = (program(call.by), {}) if call.by else (Program(org), opens(call.grant))
    if call.by:
        _refuses_who_has_a_part(caller, call, at=way.at, name=way.name)
    else:
        _refuses_without_the_secret(call, headers)
    if call.reads:
        stale = caller.post(call.path, {**call.body, "seen": 0})
        assert (stale.status_code, refused_as(stale)) == (409, "moved-on"), stale.content
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    done = sent(caller, call, **headers)
    assert done.status_code in (200, 201), done.content
    assert way.step in Event.objects.filter(pk__gt=before).values_list("step", flat=True)


def _refuses_who_has_a_part(caller: Program, call: Call, *, at: Any, name: str) -> None:
    if call.by is None or name in EVEN_SO | NOT_ASKED:
        return
    with transaction.atomic():
        declare_interest(call.matter.pk, interested=True, by=call.by, at=at)
        answer = sent(caller, call)
        assert (answer.status_code, refused_as(answer)) == (403, "refused"), answer.content
        transaction.set_rollback(True)


def _refuses_without_the_secret(call: Call, headers: dict[str, str]) -> None:
    """See that neither nothing, nor a made-up secret, nor an officer's token opens what is a party's."""
    org = call.matter.branch.org
    (name, secret) = next(iter(headers.items()))
    wrong = secret[:-4] + ("0000" if secret[-4:] != "0000" else "1111")
    officer = program(call.matter.branch.operator)
    answers = [sent(Program(org), call), sent(officer, call), sent(Program(org), call, **{name: wrong})]
    assert [answer.status_code for answer in answers] == [401, 401, 404]


def test_a_letter_opens_no_other_case(monkeypatch: pytest.MonkeyPatch) -> None:
    call = BY_NAME["appeal"].made()
    move_clock(monkeypatch, BY_NAME["appeal"].at)
    other = Call(call.matter, f"/cases/{call.matter.pk + 1}/appeal", call.body, grant=call.grant, is_form=True)
    assert sent(Program(call.matter.branch.org), other, **opens(call.grant)).status_code == 404


def test_guessed_receipts_are_counted_although_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LOOKUPS_PER_HOUR = 3
    call = next(way for way in WAYS if way.name == "addition").made()
    move_clock(monkeypatch, next(way for way in WAYS if way.name == "addition").at)
    caller = Program(call.matter.branch.org)
    answers = [sent(caller, call, **{"Folkmoot-Receipt": f"{guess:016}"}).status_code for guess in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_every_step_of_the_procedure_is_tried_here_or_is_nothing_for_a_program() -> None:
    assert {way.step for way in WAYS} | NOT_BY_PROGRAMS.keys() == set(Step)
    assert not {way.step for way in WAYS} & NOT_BY_PROGRAMS.keys()
    views = [view for module in ROUTES for view in module.router.path_operations.values()]
    operations = [operation for view in views for operation in view.operations]
    assert {step for one in operations for step in (one.openapi_extra or {}).get("x-steps", [])} == {
        way.step for way in WAYS
    }
