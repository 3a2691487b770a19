"""A page that is out of date: every form of an officer shows what is new, keeps what was typed, and counts once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from folkmoot.archive.index_prints import keep_prints_of
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Event, Measure
from folkmoot.members.models import Person
from folkmoot.procedure.words import Clarity, MeasureKind, Outcome, Reopening, ReportKind, Step
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import file_report
from folkmoot.steps.hide import hide
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.propose import propose
from folkmoot.steps.release import release
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.seal import seal
from folkmoot.web.desk.urls import urlpatterns as desk_urls
from folkmoot.web.panel.urls import urlpatterns as panel_urls
from tests import cast
from tests.cast import Branch, Matter, day
from tests.steps import reviews
from tests.steps.test_take_along import copy as copied
from tests.web.browsers import move_clock, officer
from tests.web.desk.pages import said
from tests.web.public.reading import value

pytestmark = pytest.mark.django_db

WORDS = "It gives her street, and tells people to go there. So it was read twice."
NEWS = "It was edited since: now it says that they will come to her house."


def told_again(matter: Matter, at: datetime) -> object:
    """Let somebody else report the same post."""
    report = cast.a_report(matter.branch, words=NEWS, name="", email="")
    return file_report(matter.branch.org, report, at=at)


def added(matter: Matter, at: datetime) -> object:
    """Let whoever reported add something."""
    return add_to_report(matter.pk, words=NEWS, by=matter.receipt.grant, at=at)


def not_carried(matter: Matter, at: datetime) -> object:
    """Let another write down that the Executive voted against opening the case again."""
    why = Why(Reopening.NEW_EVIDENCE, WORDS, "")
    votes = reviews.motion(matter, carried=False)
    return reopen(matter.pk, why, motion=votes, met_on=day(10).date(), by=matter.branch.panel[0], at=at)


@dataclass(frozen=True)
class Form:
    """One form: where it stands, who fills it in with what, and the step that it takes."""

    path: str  # under /o/<org>/desk/cases/<case>/ or panel/cases/<case>/
    step: Step
    matter: Callable[[], Matter]
    fields: Callable[[Matter], dict[str, Any]] = lambda _matter: {}
    who: Callable[[Branch], Person | None] = lambda people: people.operator
    room: str = "desk"
    prefix: str = ""
    checked: str = ""  # the button that sends it, where all of it is shown once more before
    happens: Callable[[Matter, datetime], object] = told_again
    on: int = 2  # the day on which its page is opened


def member(people: Branch) -> Person:
    return people.panel[0]


def ballots(prefix: str, *words: str) -> Callable[[Matter], dict[str, Any]]:
    """Return the votes of the panel as a form sends them, with reasons."""

    def fields(matter: Matter) -> dict[str, Any]:
        votes = zip(matter.branch.panel, words, strict=True)
        return {"reasons": WORDS, "met_on": "2026-11-08", **{f"{prefix}member_{one.pk}": word for one, word in votes}}

    return fields


def emergency(*, hidden: bool = False) -> Matter:
    matter = cast.reported(kind=ReportKind.THREAT)
    if hidden:
        cast.free(matter, matter.branch.operator, at=day(0))
        hide(matter.pk, reasons=WORDS, codes=[], by=matter.branch.operator, at=day(0))
    return matter


def legal() -> Matter:
    return cast.reported(kind=ReportKind.LEGAL)


def sealed() -> Matter:
    matter = cast.reported()
    seal(matter.pk, by=matter.branch.operator, at=day(0))
    return matter


def nowhere() -> Matter:
    return cast.reported(cast.branch(), post=None, link="https://example.org/p/9")


def found(outcome: Outcome, *, moderators: int = 2, **other: Any) -> Matter:
    matter = cast.reported(cast.branch(moderators=moderators))
    cast.free(matter, matter.branch.operator, at=day(0))
    decide(matter.pk, cast.a_decision(outcome, **other), by=matter.branch.operator, at=day(0))
    return matter


def proposed() -> Matter:
    matter = cast.reported()
    cast.free(matter, matter.branch.operator, at=day(0))
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=matter.branch.operator, at=day(0))
    return matter


def told_twice() -> Matter:
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    told_again(matter, day(1))
    return matter


def copies() -> Matter:
    matter = cast.decided(at=day(1, 9))
    made = copied(matter.branch)
    keep_prints_of([(made.org_id, made.pk, made.text)])
    return matter


def goes(_matter: Matter) -> dict[str, Any]:
    copy = Post.objects.latest("pk")
    return {f"choice-{copy.pk}": "go", f"reasons-{copy.pk}": WORDS, "no_part": "yes"}


def decision(**other: Any) -> Callable[[Matter], dict[str, Any]]:
    fields = {"outcome": "remove", "passage": cast.PASSAGE, "codes": ["H1"], "aimed_at": "person", "clarity": "clear"}
    return lambda _matter: {**fields, "reasons": WORDS, **other}


WANTED = [MeasureWanted(MeasureKind.SUSPEND, day(30).date())]
FORMS = {
    "desk:lane": Form("lane/", Step.SET_LANE, cast.reported, lambda _m: {"lane": "emergency", "reason": WORDS}),
    "desk:hiding": Form("hiding/", Step.HIDE, emergency, lambda _m: {"reasons": WORDS}),
    "desk:hiding, its end": Form("hiding/", Step.UNHIDE, lambda: emergency(hidden=True), lambda _m: {"reasons": WORDS}),
    "desk:complaint": Form("complaint/?kind=defamation", Step.CHECK_COMPLAINT, legal, lambda _m: {"name": WORDS}),
    "desk:question": Form("question/", Step.ASK_CLARIFICATION, cast.reported, lambda _m: {"question": WORDS}),
    "desk:comment": Form("comment/", Step.ANSWER_IN_COMMENTS, cast.reported, lambda _m: {"words": WORDS}),
    "desk:support": Form(
        "support/",
        Step.OFFER_SUPPORT,
        cast.reported,
        lambda _m: {"offered": ["talk"], "hears": "everything", "note": WORDS},
    ),
    "desk:beside": Form(
        "beside/", Step.PUT_BESIDE, cast.reported, lambda _m: {"url": "https://example.org/ours", "text": WORDS}
    ),
    "desk:extension": Form("extension/", Step.EXTEND, cast.reported, lambda _m: {"reason": WORDS}),
    "desk:author": Form(
        "author/", Step.NAME_AUTHOR, cast.reported, lambda _m: {"address": "pike@example.org", "source": WORDS}
    ),
    "desk:link": Form(
        "post/",
        Step.LINK_POST,
        nowhere,
        lambda m: {"platform": m.branch.place.pk, "text": WORDS, "handle": "jay"},
        happens=added,
    ),
    "desk:decision": Form("decision/", Step.DECIDE, cast.reported, decision(), checked="confirm"),
    "desk:decision, proposed": Form(
        "decision/", Step.PROPOSE, cast.reported, decision(clarity="unclear"), checked="propose"
    ),
    "desk:second_look": Form(
        "second-look/",
        Step.DECLINE_PROPOSAL,
        proposed,
        lambda _m: {"reasons": WORDS, "go": "decline"},
        lambda people: people.moderator,
    ),
    "desk:afterwards": Form(
        "afterwards/",
        Step.LOOK_AFTERWARDS,
        lambda: found(Outcome.REMOVE, moderators=1, clarity=Clarity.UNCLEAR),
        lambda _m: {"answer": "stands", "reasons": WORDS},
        lambda people: people.secretary,
    ),
    "desk:reconsideration": Form(
        "reconsideration/",
        Step.RECONSIDER,
        cast.appealed,
        lambda _m: {"answer": "stands", "reasons": WORDS},
        lambda people: people.moderator,
        checked="confirm",
    ),
    "desk:answer": Form(
        "reports/{report}/answer/", Step.ANSWER_REPORT, cast.reported, lambda _m: {"words": WORDS, "whom": "one"}
    ),
    "desk:fresh_look": Form("fresh-look/", Step.LOOK_AGAIN, told_twice, lambda _m: {"reasons": WORDS}),
    "desk:measures_of_case": Form(
        "measures/",
        Step.END_MEASURE,
        lambda: found(Outcome.MEASURE, measures=WANTED),
        lambda _m: {"measure": Measure.objects.get().pk, "reasons": WORDS},
    ),
    "desk:with_it": Form("with-it/", Step.TAKE_ALONG, copies, goes, checked="send"),
    "desk:seal": Form(
        "seal/", Step.DESTROY, sealed, lambda _m: {"adviser": "iwf", "reference": "IWF 4711", "sure": "on"}
    ),
    "panel:hearing": Form(
        "hearing/",
        Step.CONVENE,
        cast.before_executive,
        lambda _m: {"how": "panel", "day": "2026-11-09", "time": "19:30", "where": WORDS},
        lambda people: people.secretary,
        room="panel",
        on=5,
    ),
    "panel:minute": Form(
        "minute/",
        Step.RECORD_MINUTE,
        cast.before_executive,
        ballots("", "stands", "stands", "overturned", "aside"),
        member,
        room="panel",
        on=7,
        checked="confirm",
    ),
    "panel:review": Form(
        "reviews/{review}/",
        Step.SEND_BACK,
        reviews.asked,
        lambda _m: {"own-reasons": WORDS, "go": "own"},
        lambda people: people.secretary,
        room="panel",
        prefix="own-",
    ),
    "panel:review, the vote": Form(
        "reviews/{review}/",
        Step.ANSWER_REVIEW,
        reviews.asked,
        ballots("", "against", "against", "for", "absent"),
        member,
        room="panel",
        on=7,
        checked="confirm",
    ),
    "panel:decision": Form(
        "decision/",
        Step.DECIDE_AS_PANEL,
        lambda: reviews.sent_back(cast.branch(moderators=1)),
        lambda m: {**decision()(m), **ballots("vote-", "for", "for", "against", "aside")(m)},
        member,
        room="panel",
        on=4,
        checked="confirm",
    ),
    "panel:reopening": Form(
        "reopening/",
        Step.REOPEN,
        lambda: cast.finalised(overturned=False),
        lambda m: {**ballots("", "for", "for", "for", "aside")(m), "ground": "new_evidence", "met_on": "2026-11-12"},
        lambda people: people.secretary,
        room="panel",
        happens=not_carried,
        on=20,
    ),
}

# One page, `desk/one_form.py`, with other fields: two of its forms are enough each time, these are for the long tier.
ALIKE = {
    "desk:hiding",
    "desk:hiding, its end",
    "desk:complaint",
    "desk:question",
    "desk:support",
    "desk:beside",
    "desk:decision, proposed",
}

# What needs no `seen`, and why.
OTHERWISE = {
    "desk:case": "a page to read",
    "desk:attached": "a picture",
    "desk:here": "says who else looks at it",
    "desk:next_case": "leads on to another",
    "desk:decision_letter": "shows a letter, and keeps nothing",
    "desk:interest": "is about the reader, not about what has happened; twice the same answer is one",
    "desk:not_mine": "likewise",
    "desk:necessity": "opens a page",
    "desk:claim": "whoever comes second reads who has it",
    "desk:release": "has a test of its own below",
    "desk:note": "nothing can come between a note and what it says; it has its form's own number",
    "desk:over_time": "a page to read",
    "desk:wrong_hint": "names the hint that was read, and its model; twice the same mark is one",
    "desk:earlier": "asks for a reason to read",
    "desk:undo": "names the paper that it takes back",
    "panel:case": "a page to read",
    "panel:attached": "a picture",
    "panel:calendar": "a file for a calendar",
    "panel:confirmation": "names the minute that was read",
}


def test_every_address_of_a_case_is_here_or_says_why_not() -> None:
    every = {
        f"{room}:{route.name}"
        for room, routes in (("desk", desk_urls), ("panel", panel_urls))
        for route in routes
        if "<int:case>" in str(route.pattern)
    }
    assert every == {name.partition(",")[0] for name in FORMS} | set(OTHERWISE)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.soak) if name in ALIKE else name for name in FORMS]
)
def test_a_form_that_is_out_of_date_shows_what_is_new_keeps_what_was_typed_and_counts_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = FORMS[name]
    move_clock(monkeypatch, day(form.on))
    matter = form.matter()
    person = form.who(matter.branch)
    assert person is not None
    if form.step != Step.REOPEN:  # then it is final, and nobody is asked any more
        cast.free(matter, person, at=day(form.on))
    path = _path(form, matter)
    browser = officer(person)
    sent = {**form.fields(matter), **_hidden(browser.get(path), form)}
    form.happens(matter, day(form.on))

    stale = browser.post(path, _go(sent, form))
    assert stale.status_code == 422, said(stale)
    assert "New since you opened the page" in said(stale)
    assert all(one in said(stale) or one in _values(stale) for one in _typed(sent)), said(stale)
    assert _taken(matter, form) == 0

    again = {**sent, **_hidden(stale, form)}
    if form.checked:
        assert browser.post(path, {**again, "go": "check"}).status_code == 200
        assert _taken(matter, form) == 0
    answer = browser.post(path, _go(again, form))
    assert answer.status_code == 303, said(answer)
    assert _taken(matter, form) == 1
    browser.post(path, _go(again, form))  # the button is pressed twice, or the first answer was lost on the way
    assert _taken(matter, form) == 1


def test_on_an_old_page_nobody_puts_back_what_another_has_taken_since(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_clock(monkeypatch, day(1))
    matter = cast.reported(people)
    first, other = people.operator, people.moderator
    assert other is not None
    cast.free(matter, first, other, at=day(1))
    claim(matter.pk, by=first, at=day(1))
    browser = officer(other)
    root = f"/o/{people.org.slug}/desk/cases/{matter.pk}/"
    seen = value(browser.get(root), "seen")
    release(matter.pk, by=first, at=day(1))
    claim(matter.pk, by=first, at=day(1))
    page = browser.post(f"{root}release/", {"seen": seen}, follow=True)
    assert matter.case.claimed_by == first
    assert "Something has happened in this case since you opened the page" in said(page)
    assert "New since you opened the page" in said(page)


def _path(form: Form, matter: Matter) -> str:
    review = reviews.number(matter) if "{review}" in form.path else 0
    page = form.path.format(review=review, report=matter.receipt.paper.number)
    return f"/o/{matter.branch.org.slug}/{form.room}/cases/{matter.pk}/{page}"


def _hidden(page: Any, form: Form) -> dict[str, str]:
    names = ("seen", "form_key") if b"form_key" in page.content else ("seen",)
    return {f"{form.prefix}{name}": value(page, f"{form.prefix}{name}") for name in names}


def _go(sent: dict[str, Any], form: Form) -> dict[str, Any]:
    return {**sent, "go": form.checked} if form.checked else sent


def _typed(sent: dict[str, Any]) -> list[str]:
    return [one for one in sent.values() if isinstance(one, str) and len(one) > 20 and " " in one]


def _values(page: Any) -> str:
    return str(page.content.decode())


def _taken(matter: Matter, form: Form) -> int:
    """Return how often the step was taken since the pages were opened."""
    return Event.objects.filter(case=matter.pk, step=form.step, at=day(form.on)).count()
