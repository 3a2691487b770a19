"""The vote on opening a final case again, as it is written down."""

import pytest
from django.test import Client

from folkmoot.casefile.models import Paper
from folkmoot.procedure.words import Stage
from tests import cast
from tests.cast import Matter
from tests.web.browsers import move_clock, officer
from tests.web.desk.pages import said

pytestmark = pytest.mark.django_db
REASONS = "Two members found the leaflet that the post quotes."


def at(matter: Matter, page: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/panel/cases/{matter.pk}/{page}"


@pytest.fixture(autouse=True)
def _day_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, cast.day(20))


@pytest.fixture
def matter() -> Matter:
    return cast.finalised(overturned=False)


@pytest.fixture
def client(matter: Matter) -> Client:
    assert matter.branch.secretary is not None
    return officer(matter.branch.secretary)


def form(matter: Matter, *votes: str, **other: str) -> dict[str, object]:
    members = {f"member_{p.pk}": vote for p, vote in zip(matter.branch.panel, votes, strict=True)}
    fields = {"ground": "new_evidence", "reference": "", "met_on": "2026-11-22", "necessity": "", "reasons": REASONS}
    return {"seen": matter.case.seq, "form_key": "b" * 32, **fields, **members, **other}


CARRIED = ("for", "for", "against", "aside")


def test_the_desk_and_the_bundle_lead_there(matter: Matter, client: Client) -> None:
    for page in (at(matter), f"/o/{matter.branch.org.slug}/desk/cases/{matter.pk}/"):
        assert "The Executive has voted on opening it again" in said(client.get(page))  # type: ignore[arg-type]
    assert "What is final stays final, but for three reasons" in said(client.get(at(matter, "reopening/")))  # type: ignore[arg-type]


def test_a_vote_that_is_carried_brings_the_case_back_with_its_earlier_minute(matter: Matter, client: Client) -> None:
    assert client.post(at(matter, "reopening/"), form(matter, *CARRIED)).status_code == 303
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE
    page = said(client.get(at(matter)))  # type: ignore[arg-type]
    assert "What you need to know before you vote" not in page, "who has not said so yet is asked about interests"
    assert matter.branch.secretary is not None
    cast.free(matter, matter.branch.secretary, at=cast.day(20))
    page = said(client.get(at(matter)))  # type: ignore[arg-type]
    for words in ("Opened again", "New evidence", REASONS, "What the Executive had decided before", "Stood aside:"):
        assert words in page


def test_a_vote_that_is_not_carried_leaves_the_case_closed(matter: Matter, client: Client) -> None:
    sent = client.post(at(matter, "reopening/"), form(matter, "for", "against", "abstain", "absent"))
    assert sent.status_code == 303
    assert matter.case.stage == Stage.FINAL
    assert "Not opened again" in said(client.get(at(matter)))  # type: ignore[arg-type]


def test_what_is_missing_is_said_and_nothing_is_recorded(matter: Matter, client: Client) -> None:
    for wrong, says in (
        ({"ground": ""}, "On which ground? Please choose one."),
        ({"ground": "court_order"}, "Please write the court’s name"),
        ({"reasons": "New."}, "Please write the reasons in a sentence or two"),
        ({"met_on": "2026-11-03"}, "The meeting cannot be before the case became final"),
    ):
        answer = client.post(at(matter, "reopening/"), form(matter, *CARRIED, **wrong))
        assert answer.status_code == 422
        assert says in said(answer)  # type: ignore[arg-type]
    assert matter.papers(Paper.Kind.REOPENING) == []


def test_what_was_overturned_is_not_offered() -> None:
    matter = cast.finalised(overturned=True)
    assert matter.branch.secretary is not None
    client = officer(matter.branch.secretary)
    assert "voted on opening it again" not in said(client.get(at(matter)))  # type: ignore[arg-type]
    assert client.get(at(matter, "reopening/")).status_code == 303
