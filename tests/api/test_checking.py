"""Checking a draft by the API: advice in sentences, what it rests on, and nothing kept for a second sending."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.advice import asking
from folkmoot.casefile.record import SYSTEM
from folkmoot.detectors.judgement import Judgement
from folkmoot.editions.meant import PACK
from folkmoot.members.models import Organisation, Scope
from folkmoot.steps.add_organisation import add_organisation
from tests.api.programs import Program, program, refused_as
from tests.cast import FOUNDED, branch, day, everything
from tests.judged import insult, judgement
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db
CLOWN = "Joss is a clown, and quixotically so."


@pytest.fixture
def org(monkeypatch: pytest.MonkeyPatch) -> Organisation:
    move_clock(monkeypatch, day(0))

    def ask(texts: Any, **_: Any) -> list[Judgement]:
        return [judgement(insult(one, "clown", 0.8, "R2"), score=0.9) for one in texts]

    monkeypatch.setattr(asking, "ask", ask)
    return add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=FOUNDED)


def test_advice_comes_with_the_rule_in_force_and_what_it_rests_on(org: Organisation) -> None:
    answer = Client().post(f"/api/v1/o/{org.slug}/draft-check", {"text": CLOWN}, content_type="application/json")
    said = answer.json()
    assert answer.status_code == 200
    assert (said["kind"], said["more"], said["help"]) == ("likely", 0, [])
    [remark] = said["remarks"]
    assert [CLOWN[start:end] for start, end in remark["places"]] == ["clown"]
    assert remark["rule"]["text"].startswith("Be pleasant at all times.")
    assert (
        Client().get(remark["rule"]["url"].partition("/o/")[1] + remark["rule"]["url"].partition("/o/")[2]).status_code
        == 200
    )
    assert (said["judgement"]["flag"], said["judgement"]["findings"][0]["clause"]) == (True, "R2")
    assert "people decide" in said["never_a_verdict"]


def test_nothing_of_it_is_kept_also_under_a_key(org: Organisation) -> None:
    before = everything()
    for _ in range(2):
        answer = Program(org).post("/draft-check", {"text": CLOWN}, key="5b3c9a52-7f1e-4a39-9d0c-0c3c6f9f2f11")
        assert answer.status_code == 200
        assert "Idempotent-Replayed" not in answer
    after = everything()
    assert {name for name in before if before[name] != after[name]} == {"members.Allowance"}
    assert "quixotically" not in str(after)


def test_a_token_of_any_scope_will_do_and_what_is_empty_or_too_long_is_refused(org: Organisation) -> None:
    people = branch()
    assert program(people.operator, Scope.READ).post("/draft-check", {"text": CLOWN}).status_code == 200
    for text in ("", "  \n", "word " * 5_000):
        answer = Program(org).post("/draft-check", {"text": text})
        assert (answer.status_code, refused_as(answer)) == (422, "invalid"), text[:10]
