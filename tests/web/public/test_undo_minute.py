"""While a decision can be taken back nobody whom it is about hears of it."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Grant
from folkmoot.procedure.words import Answer, Role
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.undo import undo
from tests import cast
from tests.cast import day
from tests.web.browsers import move_clock, party
from tests.web.public.reading import said

pytestmark = pytest.mark.django_db
WAIT = "Please come back in a minute"


@pytest.mark.parametrize("side", [Role.AUTHOR, Role.REPORTER])
def test_an_answer_is_read_once_it_can_no_longer_be_taken_back(side: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.appealed()
    people = matter.branch
    assert people.moderator is not None
    cast.free(matter, people.moderator, at=day(3))
    reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=people.moderator, at=day(3))
    grant = Grant.objects.within(people.org).filter(party=side).latest("pk")
    where = "notice" if side is Role.AUTHOR else "track/progress"
    address, browser = f"/o/{people.org.slug}/{where}/{grant.pk}/", party(grant)

    move_clock(monkeypatch, day(3) + timedelta(seconds=20))
    answer = browser.get(address)
    assert WAIT in said(answer)
    assert cast.REASONS not in said(answer)
    assert answer["Refresh"] == "41"
    for form in (address, f"{address}appeal/"):
        assert (
            cast.REASONS not in browser.post(form, {"words": ""}).content.decode()
        )  # a form that is sent back shows no more
    move_clock(monkeypatch, day(3) + timedelta(seconds=60))
    assert WAIT not in said(browser.get(address))


def test_what_was_taken_back_was_never_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.appealed()
    people = matter.branch
    assert people.moderator is not None
    cast.free(matter, people.moderator, at=day(3))
    reconsider(
        matter.pk, answer=Answer.STANDS, reasons="It is not what I meant to write.", by=people.moderator, at=day(3)
    )
    undo(matter.pk, by=people.moderator, at=day(3) + timedelta(seconds=10))
    move_clock(monkeypatch, day(3) + timedelta(seconds=20))
    page = said(party(matter.grant).get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/"))
    assert WAIT not in page
    assert "It is not what I meant" not in page
