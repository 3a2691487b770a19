"""A reporter is not satisfied, or nobody answered (Sh): their words go on as they are, past whom they are about."""

import pytest

from folkmoot.casefile.models import Duty, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.times import end_of_local_day
from folkmoot.procedure.words import Answer, Outcome, Role, Stage
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.claim import claim
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.file_report import file_report
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.withdraw_report import withdraw_report
from tests import cast
from tests.cast import day, refused

WORDS = "You did not read the second half: it names her and says that she stole."


def ask(matter, *, about=(), at=None, words=WORDS, grant=None, form_key=""):
    return ask_for_review(
        matter.pk, words=words, about=about, by=grant or matter.receipt.grant, at=at or day(2), form_key=form_key
    )


def until(number):
    return end_of_local_day(day(2), days=number - 2, zone="Europe/London")


@pytest.fixture
def kept():
    """Return a case in which nothing was found to be in breach."""
    return cast.decided(outcome=Outcome.NO_BREACH)


def test_the_words_are_filed_as_they_are_and_the_secretary_has_five_days(kept):
    paper = ask(kept)
    assert (paper.kind, paper.words["words"]) == (Paper.Kind.REVIEW_REQUEST, WORDS)
    assert kept.duties() == [("secretary", "review", until(7))]
    assert (kept.case.stage, kept.case.due_at) == (Stage.DECIDED, until(7))
    [letter] = [one for one in kept.letters() if one.kind == "review_asked"]
    assert letter.to == kept.branch.secretary.email
    assert "pass their words on to the Executive" in letter.paper.words["body"]


def test_no_mail_holds_the_words_or_who_wrote_them(kept):
    ask(kept)
    for notice in kept.papers(Paper.Kind.NOTICE):
        body = notice.words["body"]
        assert WORDS not in body
        assert cast.REPORTER_NAME not in body


def test_a_form_that_comes_twice_is_one_request(kept):
    first = ask(kept, form_key="a" * 64)
    assert ask(kept, form_key="a" * 64) == first
    assert len(kept.duties()) == 1


@pytest.mark.parametrize("about", [[Role.SECRETARY], [Role.SECRETARY, Role.MODERATOR]])
def test_an_accused_secretary_is_passed_by(kept, about):
    paper = ask(kept, about=about)
    assert kept.branch.secretary.pk in paper.facts["accused"]
    assert kept.duties() == [("executive", "review", until(30))]
    told = {one.to for one in kept.letters() if one.kind == "review_asked"}
    assert told == {person.email for person in kept.branch.panel}


def test_a_secretary_with_an_interest_is_passed_by(kept):
    declare_interest(kept.pk, interested=True, by=kept.branch.secretary, at=day(1))
    ask(kept)
    assert kept.duties() == [("executive", "review", until(30))]


def test_without_a_secretary_the_executive_is_asked(kept):
    end_role(kept.branch.secretary, Role.SECRETARY, by=cast.SYSTEM, at=day(1))
    ask(kept)
    assert [holder for holder, _, _ in kept.duties()] == ["executive"]


def test_where_nobody_is_left_to_hear_it_the_administrators_are_told():
    matter = cast.decided(cast.branch(secretary=False, panel=0), outcome=Outcome.NO_BREACH)
    ask(matter)
    assert [one.to for one in matter.letters() if one.kind == "nobody_free"] == [matter.branch.administrator.email]


def test_the_moderators_it_is_about_are_those_who_look_after_the_place_and_those_who_acted(kept):
    people = kept.branch
    assert ask(kept, about=[Role.MODERATOR]).facts["accused"] == [people.operator.pk]
    assert [holder for holder, _, _ in kept.duties()] == ["secretary"]


def test_silence_hands_the_words_on_to_the_executive_past_the_accused():
    people = cast.branch()
    matter = cast.decided(people, outcome=Outcome.NO_BREACH)
    ask(matter)
    duty = Duty.objects.get(case=matter.pk, owed="review")
    assert hand_over(duty.pk, at=day(8))
    assert [(holder, owed) for holder, owed, _ in matter.duties()] == [("executive", "review")]
    told = {one.to for one in matter.letters() if one.kind == "handed_over"}
    assert told == {person.email for person in people.panel}


def test_nobody_answered_is_said_once_the_time_has_passed():
    matter = cast.reported()
    with refused(NotPermitted, "There is still time to answer you, until the end of Saturday 7 November 2026."):
        ask(matter, at=day(5))
    ask(matter, at=day(6))
    [paper] = matter.papers(Paper.Kind.REVIEW_REQUEST)
    assert paper.facts["unanswered"]
    assert ("secretary", "review") in [(holder, owed) for holder, owed, _ in matter.duties()]


def test_while_nobody_has_decided_a_decision_answers_it(monkeypatch):
    matter = cast.reported()
    ask(matter, at=day(6))
    cast.free(matter, matter.branch.moderator, at=day(7))
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.moderator, at=day(7))
    assert matter.duties() == []


def test_whom_it_is_about_does_not_decide_while_somebody_else_can():
    matter = cast.reported()
    operator = matter.branch.operator
    cast.free(matter, operator, at=day(1))
    ask(matter, about=[Role.MODERATOR], at=day(6))
    with refused(NotPermitted, "this is about how you dealt with it"):
        cast.decide(matter.pk, cast.a_decision(), by=operator, at=day(7))
    with refused(NotPermitted, "this is about how you dealt with it"):
        claim(matter.pk, by=operator, at=day(7))
    with refused(NotPermitted, "this is about how you dealt with it"):
        answer_report(
            matter.pk, reports=[matter.receipt.paper.number], words="There is nothing in it.", by=operator, at=day(7)
        )
    cast.free(matter, matter.branch.secretary, at=day(7))  # added by the request itself
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.secretary, at=day(7))
    assert matter.case.stage == Stage.DECIDED


def test_a_written_answer_can_be_contested_at_once():
    matter = cast.reported()
    cast.free(matter, matter.branch.operator, at=day(1))
    answer_report(
        matter.pk,
        reports=[matter.receipt.paper.number],
        words="This is about the plan, and the plan may be called a waste.",
        by=matter.branch.operator,
        at=day(1),
    )
    paper = ask(matter)
    assert not paper.facts["unanswered"]
    assert paper.answers.kind == Paper.Kind.ANSWER


def test_it_is_asked_once_about_each_answer(kept):
    ask(kept)
    with refused(NotPermitted, "your words wait for their answer"):
        ask(kept, at=day(3))


def test_somebody_who_reports_later_contests_the_decision_too(kept):
    receipt = file_report(kept.branch.org, cast.a_report(kept.branch, words="Me too."), at=day(2))
    paper = ask(kept, grant=receipt.grant, at=day(3))
    assert paper.answers.kind == Paper.Kind.DECISION


def test_after_an_appeal_was_answered_the_answer_is_contested():
    matter = cast.reconsidered(answer=Answer.OVERTURNED)
    paper = ask(matter, at=day(4))
    assert paper.answers.kind == Paper.Kind.RECONSIDERATION


def test_words_are_needed(kept):
    with refused(BadInput, "your words go on as they are", field="words"):
        ask(kept, words="")


def test_nobody_asks_with_another_key(kept):
    elsewhere = cast.decided(cast.branch("Valley branch"))
    for grant in (elsewhere.receipt.grant, cast.decided(cast.branch("Third branch")).grant):
        with refused(NotPermitted, "Only the person who made the report"):
            ask(kept, grant=grant)


def test_who_withdrew_asks_for_nothing():
    matter = cast.reported()
    withdraw_report(matter.pk, by=matter.receipt.grant, at=day(1))
    with refused(NotPermitted, "You withdrew this report"):
        ask(matter, at=day(7))


def test_what_is_final_stays_final():
    matter = cast.finalised()
    with refused(NotPermitted, "cannot be done while the case is final"):
        ask(matter, at=day(9))


def test_a_case_does_not_become_final_by_silence_while_somebody_waits_for_this(kept):
    late = day(190)
    ask(kept, at=day(100))
    assert not make_final(kept.pk, at=late)
    assert kept.case.stage == Stage.DECIDED


def test_an_appeal_leaves_it_open_and_its_answer_too():
    matter = cast.decided()
    ask(matter)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(3))
    assert {owed for _, owed, _ in matter.duties()} == {"review", "appeal"}
    cast.free(matter, matter.branch.moderator, at=day(4))
    cast.reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=matter.branch.moderator, at=day(4))
    assert [owed for _, owed, _ in matter.duties()] == ["review"]


def test_the_executive_s_final_word_answers_it():
    matter = cast.before_executive()
    ask(matter, at=day(5))
    cast.record_minute(matter.pk, cast.a_minute(matter), by=matter.branch.secretary, at=day(7))
    cast.confirm(matter, *matter.branch.panel[:3])
    assert matter.case.stage == Stage.FINAL
    assert matter.duties() == []
