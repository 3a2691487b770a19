"""The author opens a letter, reads their side, appeals, and goes to the Executive."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings as conf
from django.test import Client

from folkmoot.casefile.models import Attachment, Grant, Measure, Paper
from folkmoot.outbox.links import letter_link
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import MeasureKind, Outcome, Role, Stage
from folkmoot.steps.decide import decide
from folkmoot.steps.end_measure import let_measure_end
from folkmoot.steps.look_at_post import look_at_post
from folkmoot.steps.make_final import make_final
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.set_contact import set_contact
from folkmoot.steps.tick_task import tick_task, tick_unsure
from folkmoot.steps.undo import undo
from tests import cast
from tests.cast import Matter, day, lay_open
from tests.web.browsers import move_clock, officer, party
from tests.web.public.reading import box, picture, said, value

pytestmark = pytest.mark.django_db


def _link(grant: Grant) -> str:
    return letter_link(grant).removeprefix(conf.FOLKMOOT_URL)


def _notice(matter: Matter, more: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/notice/{matter.grant.pk}/{more}"


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> Matter:
    matter = cast.decided()
    move_clock(monkeypatch, day(2))
    return matter


def test_a_letter_offers_one_button_and_opens_only_when_it_is_pressed(decided: Matter) -> None:
    browser = Client()
    page = browser.get(_link(decided.grant))
    assert "Open my letter" in said(page)
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert browser.get(_notice(decided)).status_code == 404
    opened = browser.post(_link(decided.grant), follow=True)
    assert opened.redirect_chain == [(_notice(decided), 303)]
    assert browser.get(_notice(decided)).status_code == 200


def test_a_letter_opens_nothing_any_more_once_the_matter_was_closed_four_weeks_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = cast.finalised()  # on day 8
    set_contact(matter.branch.org, contact="secretary@harbour.example", by=matter.branch.administrator, at=day(8))
    held = party(matter.grant)
    grants = list(Grant.objects.filter(case=matter.pk, party=Role.AUTHOR))
    move_clock(monkeypatch, day(36))
    assert [Client().post(_link(grant)).status_code for grant in grants] == [303] * len(grants)
    assert held.get(_notice(matter)).status_code == 200
    move_clock(monkeypatch, day(36, 11))
    for grant in grants:
        refused = Client().post(_link(grant))
        assert refused.status_code == 403
        assert "This matter is closed" in said(refused)
        assert "Write to secretary@harbour.example" in said(refused)
    assert held.get(_notice(matter)).status_code == 404


def test_a_letters_page_says_nothing_about_whether_the_link_works(decided: Matter) -> None:
    real = _link(decided.grant)
    made_up = f"/o/{decided.branch.org.slug}/letter/987654.{'A' * 32}/"
    pages = [Client().get(address) for address in (real, made_up)]
    assert len({(page.status_code, said(page)) for page in pages}) == 1


@pytest.mark.parametrize("wrong", ["token", "number", "organisation"])
def test_a_wrong_link_opens_nothing_and_says_what_to_do(decided: Matter, wrong: str) -> None:
    real = _link(decided.grant)
    other = cast.branch("Valley branch")
    address = {
        "token": real[:-3] + ("AA/" if real[-3:] != "AA/" else "BB/"),
        "number": real.replace(f"/{decided.grant.pk}.", f"/{decided.grant.pk + 1}."),
        "organisation": real.replace(decided.branch.org.slug, other.org.slug),
    }[wrong]
    browser = Client()
    page = browser.post(address)
    assert page.status_code == 403
    assert "This link opens nothing" in said(page)
    assert browser.get(_notice(decided)).status_code == 404


@pytest.mark.parametrize("cut", ["1", "1.", "1.short", "x.{0}", "0.{0}", "1.{0}x", f"{'9' * 19}.{{0}}"])
def test_a_link_that_is_cut_off_is_no_page(decided: Matter, cut: str) -> None:
    address = f"/o/{decided.branch.org.slug}/letter/{cut.format('A' * 32)}/"
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404


def test_an_officers_session_cannot_redeem_a_partys_link(decided: Matter) -> None:
    browser = officer(decided.branch.operator)
    page = browser.post(_link(decided.grant))
    assert page.status_code == 403
    assert "sign out first" in said(page)
    assert browser.get(_notice(decided)).status_code == 404


def test_a_letter_opens_again_and_again(decided: Matter) -> None:
    for _ in range(2):
        assert Client().post(_link(decided.grant), follow=True).status_code == 200


def test_the_notice_says_what_why_under_which_rule_and_what_can_be_done(decided: Matter) -> None:
    page = party(decided.grant).get(_notice(decided))
    words = said(page)
    for part in (
        "We decided to take down your post",
        "This is not a disciplinary matter",
        "You may appeal until Monday 3 May 2027",
        cast.REASONS,
        "We do not attack people. We may attack plans.",
        "The rule, in summary",
        "aimed at a person, not at a policy",
        "Anything about you as a member",
        "You may post the rest again",
        "No part of it was automatic",
    ):
        assert part in words
    assert f"<mark>{cast.PASSAGE}</mark>" in page.content.decode()
    for hidden in (cast.REPORT_WORDS, cast.REPORTER_NAME, cast.REPORTER_ADDRESS, "Mo Abara", "Nia Roe"):
        assert hidden not in words


@pytest.mark.parametrize(
    ("outcome", "says"), [(Outcome.WARN, "We ask you to bear a rule in mind"), (Outcome.REMOVE, "We decided to take")]
)
def test_the_notice_names_the_outcome(outcome: Outcome, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.decided(outcome=outcome)
    move_clock(monkeypatch, day(2))
    assert says in said(party(matter.grant).get(_notice(matter)))


def test_a_post_is_never_said_to_be_down_before_somebody_took_it_down(decided: Matter) -> None:
    browser = party(decided.grant)
    assert "have been asked to do it" in said(browser.get(_notice(decided)))
    [task] = decided.tasks()
    tick_task(task.pk, done=True, by=decided.branch.operator, at=day(2))
    assert "Done at the place" in said(browser.get(_notice(decided)))


def test_a_post_is_not_said_to_be_down_by_somebody_who_is_not_sure(decided: Matter) -> None:
    [task] = decided.tasks()
    tick_unsure(task.pk, by=decided.branch.operator, at=day(2))
    browser = party(decided.grant)
    assert "Done at the place" not in said(browser.get(_notice(decided)))
    [look] = decided.tasks()
    look_at_post(look.pk, there=False, by=decided.branch.operator, at=day(2))
    assert "Done at the place" in said(browser.get(_notice(decided)))


def test_the_author_reads_what_holds_for_a_time_and_the_link_works_while_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = cast.reported()
    cast.free(matter, matter.branch.operator, at=day(1))
    measure = MeasureWanted(MeasureKind.SUSPEND, date(2027, 10, 1))
    decision = cast.a_decision(Outcome.MEASURE, measures=[measure])
    decide(matter.pk, decision, by=matter.branch.operator, at=day(1))
    cast.served(matter)
    assert make_final(matter.pk, at=day(200))
    move_clock(monkeypatch, day(300))  # long after the four weeks for which other links work
    browser, address = party(matter.grant), _notice(matter)
    assert "Until Friday 1 October 2027, you cannot post there." in said(browser.get(address))
    assert let_measure_end(Measure.objects.get().pk, at=day(335))
    move_clock(monkeypatch, day(340))
    assert "you cannot post there" not in said(browser.get(address))
    move_clock(monkeypatch, day(364))
    assert browser.get(address).status_code == 404


def test_a_link_about_a_decision_that_was_taken_back_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.decided()
    move_clock(monkeypatch, day(1))
    grant = matter.grant
    held = party(grant)
    undo(matter.pk, by=matter.branch.operator, at=day(1))
    assert held.get(_notice(matter)).status_code == 404
    assert Client().post(_link(grant)).status_code == 403


def test_an_appeal_is_lodged_once_and_the_notice_says_until_when_it_is_answered(decided: Matter) -> None:
    browser = party(decided.grant)
    form = browser.get(_notice(decided, "appeal/"))
    assert "Who cannot" in said(form)
    answers = {"words": cast.APPEAL, "form_key": value(form, "form_key")}
    for _ in range(2):
        page = browser.post(_notice(decided, "appeal/"), {**answers, "pictures": [picture()]}, follow=True)
        assert "We have your appeal" in said(page)
    assert page.redirect_chain == [(_notice(decided), 303)]
    assert "A moderator has until the end of Monday 9 November to answer." in said(page)
    assert cast.APPEAL in said(page)
    assert decided.case.stage == Stage.APPEALED
    assert len(decided.papers(Paper.Kind.APPEAL)) == 1
    file = Attachment.objects.get()
    assert browser.get(_notice(decided, f"files/{file.pk}/"))["Content-Type"] == "image/jpeg"
    assert party(decided.receipt.grant).get(_notice(decided, f"files/{file.pk}/")).status_code == 404
    assert lay_open(decided.branch.org) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "that you disagree is enough"),
        ("  \n ", "that you disagree is enough"),
        ("\x00", "cannot be kept"),
        ("x" * 20_001, "please keep it to 20,000"),
    ],
)
def test_an_appeal_that_cannot_be_taken_keeps_what_was_typed(decided: Matter, words: str, says: str) -> None:
    page = party(decided.grant).post(_notice(decided, "appeal/"), {"words": words, "form_key": ""})
    assert page.status_code == 422
    assert says in said(page)
    assert box(page, "words").strip() == words.strip().replace("\x00", "\x00")
    assert decided.case.stage == Stage.DECIDED


def test_a_second_appeal_is_refused_in_plain_words_and_kept_in_the_form(decided: Matter) -> None:
    browser = party(decided.grant)
    form = browser.get(_notice(decided, "appeal/"))
    browser.post(_notice(decided, "appeal/"), {"words": cast.APPEAL, "form_key": value(form, "form_key")})
    page = browser.post(_notice(decided, "appeal/"), {"words": "And another thing", "form_key": ""})
    assert page.status_code == 422
    assert "can no longer be made here" in said(page)
    assert box(page, "words") == "And another thing"
    assert browser.get(_notice(decided, "appeal/")).status_code == 303


def test_an_appeal_after_its_time_is_not_offered_and_not_taken(
    decided: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.served(decided)
    move_clock(monkeypatch, day(200))
    browser = party(decided.grant)
    assert "The time to object has passed" in said(browser.get(_notice(decided)))
    assert browser.post(_notice(decided, "appeal/"), {"words": "Late", "form_key": ""}).status_code == 422
    assert decided.case.stage == Stage.DECIDED


def test_the_first_letters_link_still_serves_at_every_later_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.reconsidered()
    move_clock(monkeypatch, day(4))
    first = Grant.objects.filter(case=matter.pk, party=Role.AUTHOR).earliest("pk")
    assert first != matter.grant
    browser = party(first)
    address = f"/o/{matter.branch.org.slug}/notice/{first.pk}/"
    page = browser.get(address)
    assert "You may put your case to the Executive until" in said(page)
    form = browser.get(f"{address}executive/")
    assert "Members of the Executive Committee, at least 3" in said(form)
    answers = {"words": cast.SUBMISSION, "form_key": value(form, "form_key")}
    page = browser.post(f"{address}executive/", answers, follow=True)
    assert "Your case is before the Executive" in said(page)
    assert "The Executive has until the end of Friday 4 December to answer." in said(page)
    assert cast.SUBMISSION in said(page)
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE


def test_the_executives_word_is_not_shown_before_it_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.minuted()
    move_clock(monkeypatch, day(7, 12))
    page = said(party(matter.grant).get(_notice(matter)))
    assert "The Executive has met" in page
    assert "in writing by" not in page  # those who sat have not all been told of the minute
    cast.told(matter, at=day(8))
    assert "in writing by Thursday 12 November" in said(party(matter.grant).get(_notice(matter)))
    assert "We read the post as being about the plan" not in page
    assert "The Executive:" not in page
    assert "ended in your favour" not in page


@pytest.mark.parametrize(
    ("overturned", "says"), [(True, "The matter ended in your favour"), (False, "the decision stands")]
)
def test_the_final_word_says_how_many_sat_and_never_who(
    overturned: bool, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = cast.finalised(overturned=overturned)
    move_clock(monkeypatch, day(9))
    page = said(party(matter.grant).get(_notice(matter)))
    assert says in page
    assert "3 members sat." in page
    assert "We read the post as being about the plan" in page
    for person in (*matter.branch.panel, *matter.branch.deciders):
        assert person.name not in page


def test_the_newest_reasons_come_first_and_the_page_says_until_when_it_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = cast.finalised()
    move_clock(monkeypatch, day(9))
    page = said(party(matter.grant).get(_notice(matter)))
    overturned = page.index("Why it is overturned")
    then = page.index("What was said when it was decided, and does not count")
    assert overturned < then
    assert f"You can come back to this page until {day(8 + 28):%-d %B %Y}" in page
    assert "This page stays as it is" not in page


def test_a_restored_post_is_said_to_be_back_when_somebody_put_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.finalised()
    move_clock(monkeypatch, day(9))
    browser = party(matter.grant)
    assert "have been asked to do it" in said(browser.get(_notice(matter)))
    [task] = [task for task in matter.tasks() if task.op == Task.Op.RESTORE]
    tick_task(task.pk, done=True, by=matter.branch.operator, at=day(9))
    assert "Put back Done at the place" in said(browser.get(_notice(matter)))


@pytest.mark.parametrize("page", ["", "appeal/", "executive/", "files/1/"])
def test_nobody_else_finds_the_notice(decided: Matter, page: str) -> None:
    for browser in (Client(), party(decided.receipt.grant), officer(decided.branch.operator)):
        assert browser.get(_notice(decided, page)).status_code == 404
    other = cast.decided(cast.branch("Valley branch"))
    assert party(other.grant).get(_notice(decided, page)).status_code == 404
    elsewhere = _notice(decided, page).replace(decided.branch.org.slug, other.branch.org.slug)
    assert party(decided.grant).get(elsewhere).status_code == 404


def test_only_reading_changes_nothing(decided: Matter) -> None:
    before = cast.everything()
    browser = party(decided.grant)
    for address in (_notice(decided), _notice(decided, "appeal/"), _link(decided.grant)):
        browser.get(address)
    assert cast.everything() == before


def test_uploads_of_parties_are_limited_too(decided: Matter, settings: Any) -> None:
    settings.UPLOAD_BYTES_PER_HOUR = 10
    page = party(decided.grant).post(
        _notice(decided, "appeal/"), {"words": cast.APPEAL, "form_key": "", "pictures": [picture()]}
    )
    assert page.status_code == 429
    assert box(page, "words") == cast.APPEAL
    assert decided.case.stage == Stage.DECIDED
