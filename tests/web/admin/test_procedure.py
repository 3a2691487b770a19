"""The procedure's page: who may do what when, and publishing a new edition after a look at what it changes."""

import re

import pytest
from django.test import Client

from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.current import current_procedure
from folkmoot.procedure.editing import CHOICES, chosen, edited
from folkmoot.procedure.table import STANDARD, Limits, Procedure
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.publish_procedure import publish_procedure
from tests.cast import Branch, day, reported
from tests.web.browsers import officer


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/procedure/{rest}"


def typed(**other: object) -> dict[str, object]:
    """Return the form as it is filled in for Folkmoot's own table, with whatever is `other` in it."""
    limits = {name: str(value) for name, value in Limits().__dict__.items()}
    roles = {choice.name: sorted(chosen(STANDARD, choice) & choice.may) for choice in CHOICES}
    return {**limits, **roles, "working_days": "no", "seen": "1", **other}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_page_says_who_may_do_what_when_and_by_when(people: Branch, ada: Client) -> None:
    page = words(ada.get(url(people)).content.decode())
    assert "The moderators have 5 days to answer a report." in page
    assert "At least 3 members of the Executive sit." in page
    assert "While a case waits for a decision" in page
    assert "appeal the author waits for the answer to an appeal" in page
    assert "A reporter : add to a report; take a report back; say that the answer does not satisfy them" in page
    assert "Edition 1" in page
    assert "newer than yours" not in page


def test_what_would_be_different_is_shown_before_anything_is_published(people: Branch, ada: Client) -> None:
    reported(people)
    page = words(ada.post(url(people, "change/"), typed(report_days="7", decide=[], go="check")).content.decode())
    assert "The moderators have 7 days to answer a report, instead of 5." in page
    assert "The Secretary may not do this any more: decide;" in page
    assert "Nothing: 1 open case keeps its limits and its steps." in page
    assert current_procedure(people.org).number == 1


def test_publishing_makes_the_edition_of_new_cases_and_the_history_says_who_did(people: Branch, ada: Client) -> None:
    changed = typed(report_days="7", working_days="yes", nation="SCT", quorum="4")
    answer = ada.post(url(people, "change/"), {**changed, "go": "confirm"}, follow=True)
    assert answer.redirect_chain == [(url(people), 303)]
    limits = current_procedure(people.org).procedure().limits
    assert limits == Limits(report_days=7, working_days=True, nation="SCT", quorum=4)
    page = words(answer.content.decode())
    assert "Edition 2" in page
    assert "Ada Quill" in page
    assert "Bank holidays are those of Scotland, instead of England." in page
    one = words(ada.get(url(people, "editions/2/")).content.decode())
    assert "0 open cases follow it" in one
    assert "At least 4 members of the Executive sit, instead of 3." in one
    assert "Nothing: it is the first one." in words(ada.get(url(people, "editions/1/")).content.decode())
    assert ada.get(url(people, "editions/3/")).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("report_days", "0", "from 1 to 28"),
        ("report_days", "many", "from 1 to 28"),
        ("legal_hours", "72", "from 1 to 48"),
        ("quorum", "", "from 2 to 25"),
        ("nation", "ATL", "Please choose one"),
        ("convene", [], "Please choose at least one of these."),
        ("decide", ["author"], "Please choose at least one of these."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    field: str, value: object, says: str, people: Branch, ada: Client
) -> None:
    answer = ada.post(url(people, "change/"), typed(executive_days="21", **{field: value}, go="confirm"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert 'value="21"' in page
    assert current_procedure(people.org).number == 1


def test_nothing_changed_is_nothing_to_publish(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people, "change/"), typed(go="check"))
    assert answer.status_code == 422
    assert "Nothing is different from what is in force." in answer.content.decode()


def test_something_can_be_changed_again_before_it_is_published(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people, "change/"), typed(report_days="9", go="change"))
    assert answer.status_code == 200
    assert 'name="report_days" value="9"' in answer.content.decode()


def test_of_two_administrators_the_second_sees_what_the_first_has_published(people: Branch, ada: Client) -> None:
    publish_procedure(people.org, edited(Limits(quorum=5), {}), by=SYSTEM, at=day(0))
    answer = ada.post(url(people, "change/"), typed(report_days="7", go="confirm"))
    assert answer.status_code == 422
    assert "Somebody has published another edition" in answer.content.decode()


def test_a_table_from_before_new_steps_is_said_to_be_older_and_is_renewed_after_a_look(
    people: Branch, ada: Client
) -> None:
    older = Procedure(tuple(way for way in STANDARD.ways if way.step is not Step.EXTEND), Limits(report_days=7))
    publish_procedure(people.org, older, by=SYSTEM, at=day(0))
    assert "newer than yours" in words(ada.get(url(people)).content.decode())
    page = ada.get(url(people, "renewal/")).content.decode()
    assert "take longer for an answer, once, with a reason." in page
    assert "instead of" not in page, "its limits stay"
    ada.post(url(people, "renewal/"), {"seen": "2", "go": "confirm"})
    procedure = current_procedure(people.org).procedure()
    assert procedure == Procedure(STANDARD.ways, Limits(report_days=7))
    assert procedure.allows(Stage.RECEIVED, Step.EXTEND, Role.MODERATOR)
    assert "newer than yours" not in words(ada.get(url(people)).content.decode())
    assert ada.get(url(people, "renewal/")).status_code == 303


def test_nobody_but_an_administrator_sees_it(people: Branch) -> None:
    for rest in ("", "change/", "renewal/", "editions/1/"):
        assert officer(people.operator).get(url(people, rest)).status_code == 404
