"""The minute form: who may be put down for what, what is shown, and what comes of mistakes."""

import re

import pytest
from django.test import Client

from folkmoot.casefile.models import Paper, Reading
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.give_role import give_role
from tests import cast
from tests.cast import Matter
from tests.web.browsers import move_clock, officer

pytestmark = pytest.mark.django_db
REASONS = "The Executive finds that it was about the plan and <b>not</b> about the person."


def at(matter: Matter, page: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/panel/cases/{matter.pk}/{page}"


def reader(matter: Matter, person: Person) -> Client:
    """Return the browser of somebody who has said that they have no interest."""
    cast.free(matter, person, at=cast.day(5))
    return officer(person)


def answers(page: str, votes: dict[Person, str], **other: str) -> dict[str, str]:
    """Return the form on `page` as somebody fills it in."""
    hidden = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    members = {f"member_{person.pk}": vote for person, vote in votes.items()}
    return {**hidden, **members, "met_on": cast.day(7).date().isoformat(), "reasons": REASONS, **other}


def choices(page: str, person: Person) -> set[str]:
    return set(re.findall(rf'name="member_{person.pk}" value="([a-z]+)"', page))


@pytest.fixture(autouse=True)
def _day_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands on the day of the meeting."""
    move_clock(monkeypatch, cast.day(7))


def test_who_cannot_vote_is_shown_as_such_without_a_word_of_why() -> None:
    people = cast.branch()
    give_role(people.operator, Role.EXECUTIVE, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.before_executive(people)
    declare_interest(matter.pk, interested=True, nature="My cousin.", by=people.panel[0], at=cast.day(5))
    page = reader(matter, people.panel[1]).get(at(matter, "minute/")).content.decode()
    for barred in (people.operator, people.panel[0]):
        assert choices(page, barred) == {"aside", "absent"}
    assert choices(page, people.panel[1]) == {"stands", "varied", "overturned", "abstain", "aside", "absent"}
    assert page.count("Cannot vote on this case.") == 2
    assert "cousin" not in page
    assert "interest" not in re.sub(r"<[^>]+>", "", page)


def test_a_vote_for_somebody_who_cannot_vote_is_refused_even_when_the_form_was_altered() -> None:
    people = cast.branch()
    matter = cast.before_executive(people)
    declare_interest(matter.pk, interested=True, by=people.panel[0], at=cast.day(5))
    assert people.secretary is not None
    client = reader(matter, people.secretary)
    page = client.get(at(matter, "minute/")).content.decode()
    form = answers(page, dict.fromkeys(people.panel, "overturned"))
    assert client.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 422
    assert matter.papers(Paper.Kind.MINUTE) == []


def test_necessity_is_asked_for_only_where_it_applies() -> None:
    people = cast.branch(panel=3)
    matter = cast.before_executive(people)
    assert people.secretary is not None
    client = reader(matter, people.secretary)
    assert 'name="necessity"' not in client.get(at(matter, "minute/")).content.decode()
    declare_interest(matter.pk, interested=True, by=people.panel[2], at=cast.day(5))
    page = client.get(at(matter, "minute/")).content.decode()
    assert 'name="necessity"' in page
    assert "At least 3 members have to sit; 2 may sit on this case." in page
    votes = dict(zip(people.panel, ("overturned", "overturned", "aside"), strict=True))
    refused = client.post(at(matter, "minute/"), {**answers(page, votes, necessity=""), "go": "check"})
    assert refused.status_code == 422
    assert "Please write why it went ahead" in refused.content.decode()
    form = answers(page, votes, necessity="Only two are free to sit.")
    checked = client.post(at(matter, "minute/"), {**form, "go": "check"}).content.decode()
    assert "fewer than our rules ask for" in checked, "the letter says so"
    assert client.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 303
    assert matter.papers(Paper.Kind.MINUTE)[0].facts["necessity"] is True


def test_when_somebody_stands_aside_in_the_meeting_the_form_asks_for_the_reason_then() -> None:
    people = cast.branch(panel=3)
    matter = cast.before_executive(people)
    client = reader(matter, people.panel[0])
    page = client.get(at(matter, "minute/")).content.decode()
    votes = dict(zip(people.panel, ("stands", "stands", "aside"), strict=True))
    refused = client.post(at(matter, "minute/"), {**answers(page, votes), "go": "check"})
    assert refused.status_code == 422
    assert 'name="necessity"' in refused.content.decode()


def test_the_check_shows_votes_reasons_and_the_letter_and_writes_nothing() -> None:
    matter = cast.before_executive()
    people = matter.branch
    client = reader(matter, people.panel[0])
    page = client.get(at(matter, "minute/")).content.decode()
    before = {name: rows for name, rows in cast.everything().items() if name != Reading._meta.label}
    votes = dict(zip(people.panel, ("stands", "stands", "overturned", "aside"), strict=True))
    shown = client.post(at(matter, "minute/"), {**answers(page, votes), "go": "check"}).content.decode()
    for words in (
        "The Executive&#x27;s decision: it stands",
        "3 members of the Executive sat. 1 stood aside.",
        "not</b>".replace("</b>", "&lt;/b&gt;"),
        "2 other members who sat are mailed the minute to confirm.",
        "Petra Oaks",
    ):
        assert words in shown, words
    assert "<b>not</b>" not in shown
    assert {name: rows for name, rows in cast.everything().items() if name != Reading._meta.label} == before


def test_what_was_typed_is_there_again_when_something_is_to_be_changed() -> None:
    matter = cast.before_executive()
    people = matter.branch
    client = reader(matter, people.panel[0])
    page = client.get(at(matter, "minute/")).content.decode()
    votes = dict(zip(people.panel, ("stands", "abstain", "overturned", "absent"), strict=True))
    again = client.post(at(matter, "minute/"), {**answers(page, votes), "go": "change"}).content.decode()
    for person, vote in votes.items():
        assert re.search(rf'name="member_{person.pk}" value="{vote}"[^>]*checked', again)
    assert "about the plan" in again


def test_a_page_that_is_out_of_date_keeps_what_was_typed_and_can_be_sent_again() -> None:
    matter = cast.before_executive()
    people = matter.branch
    client = reader(matter, people.panel[0])
    page = client.get(at(matter, "minute/")).content.decode()
    declare_interest(matter.pk, interested=True, by=people.panel[3], at=cast.day(7))
    votes = dict(zip(people.panel, ("stands", "stands", "overturned", "aside"), strict=True))
    answer = client.post(at(matter, "minute/"), {**answers(page, votes), "go": "confirm"})
    if answer.status_code == 422:
        assert "about the plan" in answer.content.decode()
        answer = client.post(at(matter, "minute/"), {**answers(answer.content.decode(), votes), "go": "confirm"})
    assert answer.status_code == 303
    assert matter.case.stage == Stage.MINUTED


def test_a_date_that_is_none_is_said_at_its_field() -> None:
    matter = cast.before_executive()
    client = reader(matter, matter.branch.panel[0])
    page = client.get(at(matter, "minute/")).content.decode()
    votes = dict(zip(matter.branch.panel, ("stands", "stands", "stands", "aside"), strict=True))
    for day, says in (
        ("yesterday", "as day, month and year"),
        ("2026-11-01", "cannot be before the case was put to the Executive"),
    ):
        answer = client.post(at(matter, "minute/"), {**answers(page, votes, met_on=day), "go": "check"})
        assert answer.status_code == 422
        assert says in answer.content.decode()


@pytest.mark.parametrize("page", ["", "minute/", "confirmation/"])
def test_who_sits_in_no_executive_finds_nothing_here(page: str) -> None:
    matter = cast.minuted()
    for person in (matter.branch.operator, matter.branch.administrator, cast.outsider()):
        assert officer(person).get(at(matter, page)).status_code == 404


def test_before_the_question_is_answered_no_page_shows_a_word_of_it() -> None:
    matter = cast.minuted()
    client = officer(matter.branch.panel[0])
    for page in ("", "minute/", "confirmation/"):
        answer = client.get(at(matter, page), follow=True).content.decode()
        for words in (cast.SUBMISSION, cast.APPEAL, "Councillor Voss is a crook", "may be called a waste"):
            assert words not in answer, (page, words)


def test_every_page_of_a_case_is_noted_in_the_access_log() -> None:
    matter = cast.before_executive()
    person = matter.branch.panel[0]
    client = reader(matter, person)
    client.get(at(matter))
    client.get(at(matter, "minute/"))
    assert list(Reading.objects.filter(case=matter.pk, by=f"person:{person.pk}").values_list("what", flat=True)) == [
        "bundle",
        "minute",
    ]


def test_the_list_says_how_long_each_case_has_and_what_became_of_the_others() -> None:
    people = cast.branch()
    final = cast.finalised(people)
    waiting = cast.before_executive(people)
    page = officer(people.panel[0]).get(f"/o/{people.org.slug}/panel/").content.decode()
    assert f"Case {waiting.pk}" in page
    assert "by Friday 4 December" in page
    assert f"Case {final.pk}" in page
    assert "Overturned" in page


def test_an_empty_list_says_what_will_be_there() -> None:
    people = cast.branch()
    page = officer(people.panel[0]).get(f"/o/{people.org.slug}/panel/").content.decode()
    assert "Nothing waits for the Executive." in page


def test_the_pages_say_when_it_is_final_by_itself_and_by_which_rule_while_somebody_is_untold() -> None:
    matter = cast.minuted()
    client = reader(matter, matter.branch.panel[0])
    rooms = f"/o/{matter.branch.org.slug}"
    pages = (f"{rooms}/panel/", f"{rooms}/desk/", at(matter), at(matter, "confirmation/"))
    rule = "48 hours after everybody who sat has been told"
    for page in pages:
        assert rule in client.get(page).content.decode(), page
    cast.told(matter, at=cast.day(8))
    for page in pages:
        shown = client.get(page).content.decode()
        assert rule not in shown, page
        assert cast.day(10).isoformat(timespec="seconds") in shown, page


def test_members_can_vote_for_something_milder_and_the_minute_says_what() -> None:
    matter = cast.before_executive()
    people = matter.branch
    client = reader(matter, people.panel[0])
    page = client.get(at(matter, "minute/")).content.decode()
    assert "Only if it is varied: what takes its place?" in page
    votes = dict(zip(people.panel, ("stands", "varied", "overturned", "aside"), strict=True))
    unsaid = client.post(at(matter, "minute/"), {**answers(page, votes), "go": "check"})
    assert "Please say what takes the place of the decision" in unsaid.content.decode()
    form = answers(page, votes, instead="warn")
    checked = client.post(at(matter, "minute/"), {**form, "go": "check"}).content.decode()
    assert "The decision is varied: something milder takes its place" in checked
    assert "We have asked for your post to be put back" in checked
    assert client.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 303
    cast.confirm(matter, *people.panel[1:3])
    bundle = client.get(at(matter)).content.decode()
    assert "A warning: whatever was taken is given back" in bundle
    assert "Varied" in client.get(f"/o/{people.org.slug}/panel/").content.decode()


def test_where_nobody_is_left_who_has_no_part_the_form_says_so_and_asks_why() -> None:
    people = cast.branch(panel=3)
    matter = cast.before_executive(people)
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    assert people.secretary is not None
    client = reader(matter, people.secretary)
    page = client.get(at(matter, "minute/")).content.decode()
    assert "Nobody is left who has no part in it: why did it go ahead?" in page
    votes = dict.fromkeys(people.panel, "overturned")
    refused = client.post(at(matter, "minute/"), {**answers(page, votes, necessity=""), "go": "check"})
    assert "Please write why it went ahead" in refused.content.decode()
    form = answers(page, votes, necessity="All of us know him.")
    assert client.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 303


def test_a_member_who_sits_by_necessity_reads_and_confirms() -> None:
    people = cast.branch(panel=2)
    matter = cast.before_executive(people)
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    client = officer(people.panel[0])
    closed = client.get(at(matter)).content.decode()
    assert "Open it by necessity" in closed
    assert cast.SUBMISSION not in closed
    client.post(f"/o/{people.org.slug}/desk/cases/{matter.pk}/necessity/", {"room": "panel"})
    assert cast.SUBMISSION in client.get(at(matter)).content.decode()
    page = client.get(at(matter, "minute/")).content.decode()
    form = answers(page, dict.fromkeys(people.panel, "overturned"), necessity="There are two of us.")
    assert client.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 303
    other = officer(people.panel[1])
    other.post(f"/o/{people.org.slug}/desk/cases/{matter.pk}/necessity/", {"room": "panel"})
    assert other.post(at(matter, "confirmation/"), {"go": "confirm", "minute": 0}).status_code == 303
    paper = matter.papers(Paper.Kind.MINUTE)[0]
    other.post(at(matter, "confirmation/"), {"go": "confirm", "minute": paper.number})
    assert matter.case.stage == Stage.FINAL
