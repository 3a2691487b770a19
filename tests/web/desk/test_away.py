"""Going away: everybody says for themselves who acts for them meanwhile."""

import pytest

from folkmoot.members.models import Cover
from tests.cast import Branch, day
from tests.web.browsers import move_clock, officer
from tests.web.desk.pages import said


def test_everybody_sets_their_own_holiday(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    assert people.moderator
    page = f"/o/{people.org.slug}/desk/away/"
    mo = officer(people.operator)
    assert "Tamsin Voss" not in mo.get(page).content.decode(), "she does not work here yet"
    sent = {"covering": people.moderator.pk, "role": "moderator", "first": "2026-11-05"}
    assert mo.post(page, sent).status_code == 422, "only an administrator names a deputy"
    assert mo.post(page, {**sent, "last": "2026-11-09"}).status_code == 303
    assert "Nia Roe" in said(mo.get(page))
    nia = officer(people.moderator)
    move_clock(monkeypatch, day(4))
    assert "For whom you act Mo Abara" in said(nia.get(page))
    assert "You act for Mo Abara" in said(nia.get(f"/o/{people.org.slug}/desk/"))
    assert nia.post(f"{page}ended/", {"cover": Cover.objects.get().pk}).status_code == 303
    assert Cover.objects.get().ended_at == day(4)
    stranger = officer(people.panel[0])
    assert stranger.post(f"{page}ended/", {"cover": Cover.objects.get().pk}).status_code == 404
    assert "Nobody sits on the Executive in your place" in said(stranger.get(page))
