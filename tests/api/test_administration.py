"""What administrators do by the API: people, places, letters' words, the policy, the procedure."""

from typing import Any

import pytest

from folkmoot.casefile.models import Reading
from folkmoot.editions.current import current_letter, newest_policy, open_draft
from folkmoot.members.models import OneTimeLink, Person, Scope
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from tests.api.programs import Program, program, refused_as
from tests.cast import Branch, branch, day
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Branch:
    move_clock(monkeypatch, day(1))
    return branch()


@pytest.fixture
def ada(people: Branch) -> Program:
    return program(people.administrator)


def done(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def wrong(answer: Any) -> str:
    """Return which field was refused."""
    assert (answer.status_code, refused_as(answer)) == (422, "invalid"), answer.content
    return str(answer.json()["errors"][0]["field"])


@pytest.mark.parametrize(
    "path",
    ["/people", "/people/1", "/places/1", "/wordings", "/policy/packs", "/policy/draft", "/procedure", "/outsiders"],
)
def test_what_is_the_administrators_is_not_there_for_others(people: Branch, path: str) -> None:
    assert program(people.operator).get(path).status_code == 404


def test_somebody_is_invited_with_a_role_and_gets_another(people: Branch, ada: Program, settings: Any) -> None:
    settings.MAIL = object()
    said = {"name": "Vera Moss", "email": "Vera@example.org", "roles": ["moderator"]}
    invited = done(ada.post("/people", said))
    link = OneTimeLink.objects.get(person=invited["person"])
    assert Dispatch.objects.filter(kind="invitation", to="vera@example.org").count() == 1
    at = f"/people/{invited['person']}"
    assert done(ada.post(f"{at}/roles", {"role": "secretary"}))["roles"] == ["moderator", "secretary"]
    assert done(ada.delete(f"{at}/roles/moderator"))["roles"] == ["secretary"]
    assert wrong(ada.delete(f"{at}/roles/moderator")) == "role"
    assert wrong(ada.post("/people", said)) == "email"
    before = done(ada.get(f"{at}/invitation"))["address"]
    assert f"/invitation/{link.pk}." in before
    assert done(ada.post(f"{at}/invitation"))["needs_link"]
    assert done(ada.get(f"{at}/invitation"))["address"] != before
    names = [one["name"] for one in done(ada.get("/people"))["people"]]
    assert "Vera Moss" in names
    assert names == sorted(names)


def test_the_link_of_an_invitation_is_read_with_its_own_scope_only_and_that_is_noted(people: Branch) -> None:
    inviting = program(people.administrator, Scope.ADMIN, Scope.READ)
    answer = inviting.post("/people", {"name": "Vera Moss", "email": "vera@example.org", "roles": ["moderator"]})
    assert (answer.status_code, b"/invitation/" in answer.content) == (201, False)
    path = f"/people/{answer.json()['person']}/invitation"
    assert b"/invitation/" not in inviting.post(path).content
    assert refused_as(inviting.get(path)) == "out-of-scope"
    assert not Reading.objects.exists()
    handing_on = program(people.administrator, Scope.INVITE)
    assert "/invitation/" in handing_on.get(path).json()["address"]
    assert Reading.objects.get().what == f"invitation of person {answer.json()['person']}"
    assert handing_on.get(f"/people/{people.operator.pk}/invitation").status_code == 404


def test_who_is_away_says_so_for_themselves_and_for_nobody_else(people: Branch) -> None:
    caller, other = program(people.operator), people.moderator
    assert other is not None
    said = {"covering": other.pk, "role": "moderator", "first": "2026-12-20", "last": "2027-01-03"}
    cover = done(caller.post(f"/people/{people.operator.pk}/covers", said))
    assert (cover["person"], cover["covering"], cover["role"]) == (people.operator.pk, other.pk, "moderator")
    assert caller.post(f"/people/{other.pk}/covers", {**said, "covering": people.operator.pk}).status_code == 404
    assert program(people.panel[0]).delete(f"/covers/{cover['number']}").status_code == 404
    assert done(program(other).delete(f"/covers/{cover['number']}"))["until"] is not None


def test_an_account_is_written_down_as_somebodys_and_turns_out_not_to_be(people: Branch, ada: Program) -> None:
    said = {"place": people.place.pk, "handle": "rowan.pike", "evidence": "They told us."}
    claim = done(ada.post(f"/people/{people.author.pk}/accounts", said))
    shown = done(ada.get(f"/people/{people.author.pk}"))
    assert [one["number"] for one in shown["accounts"]] == [claim["number"]]
    assert done(ada.post(f"/claims/{claim['number']}/end", {"reason": "It is their brother's."}))["until"] is not None
    assert wrong(ada.post(f"/people/{people.author.pk}/accounts", {**said, "place": 987654})) == "place"


def test_after_the_annual_meeting_roles_go_to_somebody_else(people: Branch, ada: Program) -> None:
    secretary = people.secretary
    assert secretary is not None
    assert done(ada.get(f"/people/{secretary.pk}/passing"))["roles"] == ["secretary"]
    said = {"incoming": people.panel[0].pk, "roles": ["secretary"]}
    assert done(ada.post(f"/people/{secretary.pk}/passing", said))["roles"] == ["secretary"]
    assert people.panel[0].holds(Role.SECRETARY, at=day(1))


def test_everybody_says_how_often_they_want_the_mail_of_the_morning(people: Branch) -> None:
    assert done(program(people.operator).put("/me/digest", {"digest": "weekly"})) == {"digest": "weekly"}
    assert Person.objects.get(pk=people.operator.pk).digest == "weekly"


def test_a_place_is_added_put_right_and_looked_after(people: Branch, ada: Program) -> None:
    said = {"name": "The list", "kind": "mailing_list", "is_public": False, "url": "https://example.org/list"}
    place = done(ada.post("/places", said))
    at = f"/places/{place['number']}"
    assert done(ada.put(at, {**said, "name": "The members’ list"}))["name"] == "The members’ list"
    assert done(ada.post(f"{at}/operators", {"person": people.operator.pk}))["operators"] == [people.operator.pk]
    assert wrong(ada.post(f"{at}/operators", {"person": people.panel[0].pk})) == "person"
    assert done(ada.delete(f"{at}/operators/{people.operator.pk}"))["operators"] == []
    assert wrong(ada.post("/places", {**said, "name": "The members’ list"})) == "name"
    assert done(ada.get(at))["kind"] == "mailing_list"


def test_our_own_accounts_are_marked_and_unmarked(people: Branch) -> None:
    caller = program(people.operator)
    own = done(caller.post("/own-accounts", {"place": people.place.pk, "handle": "harbour"}))
    assert [one["handle"] for one in done(caller.get("/own-accounts"))["accounts"]] == ["harbour"]
    assert done(caller.delete(f"/own-accounts/{own['number']}"))["ours"] is False


def test_a_letter_is_worded_anew_and_has_its_first_words_again(people: Branch, ada: Program) -> None:
    listed = done(ada.get("/wordings"))["wordings"]
    assert {"wording": "appeal_received", "edition": 0, "own": False}.items() <= listed[
        [one["wording"] for one in listed].index("appeal_received")
    ].items()
    words = done(ada.get("/wordings/appeal_received"))
    said = {"subject": "Your appeal is here", "body": words["body"], "seen": 0}
    empty = {**said, "body": "Nothing of what it must say."}
    assert done(ada.post("/wordings/appeal_received/check", empty))["faults"]
    assert wrong(ada.post("/wordings/appeal_received/editions", empty)) == "body"
    made = done(ada.post("/wordings/appeal_received/editions", said))
    assert (made["number"], made["subject"]) == (1, "Your appeal is here")
    stale = ada.post("/wordings/appeal_received/editions", {**said, "subject": "Another"})
    assert (stale.status_code, refused_as(stale)) == (409, "moved-on")
    assert done(ada.post("/wordings/appeal_received/first-words"))["shipped"] is True
    assert [one["number"] for one in done(ada.get("/wordings/appeal_received/editions"))["editions"]] == [2, 1]
    newest = current_letter(people.org, "appeal_received")
    assert newest is not None
    assert newest.is_shipped


def test_a_draft_of_the_policy_is_worked_on_and_published(people: Branch, ada: Program) -> None:
    assert ada.get("/policy/draft").status_code == 404
    draft = done(ada.form("/policy/draft", {}))
    clause = next(one for one in draft["clauses"] if one["code"] == "H1")
    words = {
        name: clause[name] for name in ("title", "kind", "scope", "allowed", "not_allowed", "aimed_at", "restates")
    }
    said = {**words, "text": "Do not insult people.\nNot even a little.", "seen": clause["seq"]}
    kept = done(ada.put("/policy/draft/clauses/H1", said))
    assert (kept["text"], kept["change"]) == ("Do not insult people. Not even a little.", "reworded")
    stale = ada.put("/policy/draft/clauses/H1", {**said, "text": "Insult nobody."})
    assert (stale.status_code, refused_as(stale)) == (409, "moved-on")
    assert (
        wrong(ada.put("/policy/draft/clauses/H1", {**said, "seen": kept["seq"], "restates": "no code"})) == "restates"
    )
    new = done(ada.post("/policy/draft/clauses", {"section": "H"}))
    assert new["is_new"] is True
    done(ada.post(f"/policy/draft/clauses/{new['code']}/shift", {"up": True}))
    assert new["code"] not in [
        one["code"] for one in done(ada.delete(f"/policy/draft/clauses/{new['code']}"))["clauses"]
    ]
    gone = done(ada.delete("/policy/draft/clauses/H2"))
    assert next(one for one in gone["clauses"] if one["code"] == "H2")["change"] == "gone"
    assert done(ada.post("/policy/draft/clauses/H2/return"))["is_gone"] is False
    front = {
        "title": "Harbour rules, again",
        "description": draft["description"],
        "sections": [*draft["sections"], {"prefix": "X", "title": "More"}],
        "seen": draft["front_seq"],
    }
    assert done(ada.put("/policy/draft/front", front))["title"] == "Harbour rules, again"
    moved = done(ada.put("/policy/draft/clauses/H3/section", {"section": "X"}))
    assert moved["code"].startswith("X")
    now = done(ada.get("/policy/draft"))
    assert now["problems"] == []
    end = {"day": now["first_day"], "seen": now["seq"], "beside": now["beside"]}
    assert wrong(ada.post("/policy/editions", {**end, "day": "2026-10-01"})) == "day"
    made = done(ada.post("/policy/editions", end))
    assert newest_policy(people.org).number == made["number"]
    assert open_draft(people.org) is None


def test_a_draft_begins_from_a_pack_that_comes_with_folkmoot_and_is_given_up(people: Branch, ada: Program) -> None:
    packs = [one["name"] for one in done(ada.get("/policy/packs"))["packs"]]
    for name in ("../../packs", "/etc", "tests/packs/harbour-rules", ""):
        answer = ada.form("/policy/statements", {"pack": name})
        assert wrong(answer) == "pack"
    assert "labour-national-2018" in packs
    statement = done(ada.form("/policy/statements", {"pack": "labour-national-2018"}))
    assert statement["pack"] == "labour-national-2018"
    draft = done(ada.form("/policy/draft", {"pack": packs[0]}))
    assert draft["parent"] == statement["number"]
    assert done(ada.post("/policy/draft/discarding", {"seen": draft["seq"]})) == {"discarded": True}
    assert open_draft(people.org) is None


def test_the_organisation_is_called_otherwise_and_its_mail_is_tried(people: Branch, ada: Program) -> None:
    said = {"name": "Harbour and Quay", "zone": "Europe/Dublin"}
    assert done(ada.put("/settings", said)) == {**said, "triage": "every"}
    narrower = {**said, "triage": "reported"}
    assert done(ada.put("/settings", narrower)) == narrower == done(ada.put("/settings", said))
    assert wrong(ada.put("/settings", {**said, "zone": "Europe/Nowhere"})) == "zone"
    assert done(ada.post("/test-letter"))["to"] == people.administrator.email


def test_an_invitation_is_withdrawn_before_anybody_used_it(ada: Program) -> None:
    invited = done(ada.post("/people", {"name": "Vera Moss", "email": "vera@example.org", "roles": ["moderator"]}))
    assert done(ada.delete(f"/people/{invited['person']}/invitation"))["roles"] == []


def test_the_official_text_and_the_contact_are_said(people: Branch, ada: Program) -> None:
    assert done(ada.put("/policy/official-text", {"url": "example.org/policy"}))["url"] == "https://example.org/policy"
    assert wrong(ada.put("/policy/official-text", {"url": "javascript:alert(1)"})) == "official_url"
    assert done(ada.put("/policy/contact", {"contact": "sec@harbour.example"})) == {"contact": "sec@harbour.example"}


def test_the_procedure_gets_other_limits_and_other_people(people: Branch, ada: Program) -> None:
    now = done(ada.get("/procedure"))
    said = {"limits": {**now["limits"], "report_days": 7}, "roles": {"convene": ["secretary"]}, "seen": now["number"]}
    made = done(ada.post("/procedure/editions", said))
    assert (made["limits"]["report_days"], made["roles"]["convene"]) == (7, ["secretary"])
    stale = ada.post("/procedure/editions", {**said, "limits": now["limits"]})
    assert (stale.status_code, refused_as(stale)) == (409, "moved-on")
    again = {**said, "seen": made["number"]}
    assert ada.post("/procedure/editions", again).status_code == 422  # nothing is different
    assert wrong(ada.post("/procedure/editions", {**again, "roles": {"nobody": ["secretary"]}})) == "roles"
    assert ada.post("/procedure/renewal", {"seen": made["number"]}).status_code == 422  # nothing to renew


def test_somebody_outside_gets_checkpoints_and_then_no_more(ada: Program) -> None:
    said = {"name": "Rhys Moss", "email": "rhys@example.org", "rhythm": "daily"}
    made = done(ada.post("/outsiders", said))
    assert [one["number"] for one in done(ada.get("/outsiders"))["outsiders"]] == [made["number"]]
    assert done(ada.delete(f"/outsiders/{made['number']}"))["until"] is not None
    assert done(ada.get("/outsiders"))["outsiders"] == []


def test_every_path_asks_for_its_own_scope(people: Branch) -> None:
    answer = program(people.administrator, Scope.READ, Scope.DESK).post("/people", {})
    assert (answer.status_code, refused_as(answer)) == (403, "out-of-scope")
