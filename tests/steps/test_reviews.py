"""What becomes of a reporter's review (Sh): passed on, answered, or sent back for a fresh decision."""

from dataclasses import replace

from folkmoot.casefile.models import Duty, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.kernel.times import end_of_local_day
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Answer, Ballot, Outcome, Role, Stage
from folkmoot.steps.answer_review import answer_review
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import file_report
from folkmoot.steps.forward_review import forward_review
from folkmoot.steps.give_role import give_role
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.many import Standings
from folkmoot.steps.send_back import send_back
from folkmoot.steps.standing import decided_by
from tests import cast
from tests.cast import day, refused
from tests.steps.reviews import REASONS, WORDS, asked, motion, number, sent_back


def until(at, days):
    return end_of_local_day(at, days=days, zone="Europe/London")


def forward(matter, *, by=None, at=None, **other):
    by = by or matter.branch.secretary
    return forward_review(matter.pk, review=number(matter), by=by, at=at or day(3), **other)


def answer(matter, *, by=None, vote=None, reasons=REASONS, at=None, **other):
    vote = vote or motion(matter, carried=False)
    by = by or matter.branch.panel[0]
    return answer_review(
        matter.pk, review=number(matter), motion=vote, reasons=reasons, by=by, at=at or day(5), **other
    )


def back(matter, *, by=None, vote=None, reasons=REASONS, at=None, **other):
    by = by or matter.branch.secretary
    return send_back(matter.pk, review=number(matter), motion=vote, reasons=reasons, by=by, at=at or day(3), **other)


def news(matter):
    return [one for one in matter.letters(cast.REPORTER_ADDRESS) if one.kind == "reporter_news"]


# the Secretary passes it on


def test_the_secretary_passes_it_on_and_the_executive_has_28_days():
    matter = asked()
    cast.free(matter, matter.branch.secretary, at=day(3))
    forward(matter)
    assert matter.duties() == [("executive", "review", until(day(3), 28))]
    told = {one.to for one in matter.letters() if one.kind == "review_asked"}
    assert told == {person.email for person in [matter.branch.secretary, *matter.branch.panel]}
    with refused(NotPermitted, "before the Executive already"):
        forward(matter, at=day(4))


def test_passed_on_twice_the_executive_is_added_once():
    matter = asked()
    cast.free(matter, matter.branch.secretary, at=day(3))
    assert hand_over(Duty.objects.get(case=matter.pk, owed="review").pk, at=day(8))
    with refused(NotPermitted, "before the Executive already"):
        forward(matter, at=day(8))
    assert len(matter.duties()) == 1


def test_only_a_secretary_who_has_no_part_in_it_passes_it_on():
    matter = asked()
    people = matter.branch
    with refused(NotPermitted, "Please say first whether you have an interest"):
        forward(matter)
    for person in (people.operator, people.panel[0], people.administrator):
        with refused(NotPermitted, "Only the Secretary does this"):
            forward(matter, by=person)
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        forward(matter, by=stranger)
    declare_interest(matter.pk, interested=True, by=people.secretary, at=day(3))
    with refused(NotPermitted, "You have said that you have an interest"):
        forward(matter)


def test_an_accused_secretary_neither_passes_it_on_nor_answers_nor_writes_the_vote_down():
    matter = asked(about=(Role.SECRETARY,))
    secretary = matter.branch.secretary
    cast.free(matter, secretary, at=day(3))
    with refused(NotPermitted, "this is about how you dealt with it, so the Executive answers it"):
        forward(matter)
    with refused(NotPermitted, "this is about how you dealt with it, so the Executive answers it"):
        back(matter)
    for step, vote in ((answer, motion(matter, carried=False)), (back, motion(matter))):
        with refused(NotPermitted, "so somebody else writes it down"):
            step(matter, by=secretary, vote=vote)


# the Executive answers


def test_the_executive_answers_with_recorded_votes_and_reasons_and_the_reporter_hears():
    matter = asked()
    before = len(news(matter))
    paper = answer(matter)
    assert paper.facts["afresh"] is False
    assert sorted(paper.facts["votes"].values()) == ["against", "against", "for"]
    assert paper.words["reasons"] == REASONS
    assert (matter.duties(), matter.case.stage, matter.case.outcome) == ([], Stage.DECIDED, Outcome.NO_BREACH)
    assert len(news(matter)) == before + 1
    with refused(NotPermitted, "answered already"):
        answer(matter, at=day(6))


def test_once_it_is_answered_the_case_becomes_final_in_its_time():
    matter = asked()
    assert not make_final(matter.pk, at=day(190))
    answer(matter, at=day(191))
    assert make_final(matter.pk, at=day(191))


def test_the_same_reporter_does_not_ask_twice_about_the_same_answer():
    matter = asked()
    answer(matter)
    with refused(NotPermitted, "You have asked for this once, and it was answered"):
        ask_for_review(matter.pk, words=WORDS, by=matter.receipt.grant, at=day(6))


def test_the_vote_is_that_of_enough_members_who_may_vote():
    matter = asked()
    people = matter.branch
    with refused(BadInput, "2 sat, and the quorum is 3", field="votes"):
        answer(matter, vote=motion(matter, carried=False, sat=2))
    with refused(BadInput, "is not on the Executive", field="votes"):
        answer(matter, vote=replace(motion(matter), votes={people.operator.pk: Ballot.FOR}))
    declare_interest(matter.pk, interested=True, by=people.panel[1], at=day(3))
    with refused(BadInput, "cannot vote on this case", field="votes"):
        answer(matter)


def test_whom_it_is_about_has_no_vote_and_is_recorded_as_standing_aside():
    people = cast.branch()
    give_role(people.panel[0], Role.SECRETARY, by=people.administrator, at=cast.FOUNDED)
    matter = asked(people, about=(Role.SECRETARY,))
    with refused(BadInput, "cannot vote on this", field="votes"):
        answer(matter, by=people.panel[1])
    vote = replace(motion(matter), votes={person.pk: Ballot.AGAINST for person in people.panel[1:]})
    paper = answer(matter, by=people.panel[1], vote=vote)
    assert paper.facts["aside"] == [people.panel[0].pk]


def test_too_few_answer_by_necessity_with_a_reason_that_stays_with_them():
    matter = asked(cast.branch(panel=2))
    vote = motion(matter, carried=False, sat=2)
    with refused(BadInput, "Please write why it went ahead", field="necessity"):
        answer(matter, vote=vote)
    paper = answer(matter, vote=replace(vote, votes=dict.fromkeys(vote.votes, Ballot.AGAINST), necessity="Two left."))
    assert paper.facts["necessity"] is True
    assert paper.words["necessity"] == "Two left."
    for notice in matter.papers(Paper.Kind.NOTICE):
        assert "Two left." not in notice.words["body"]


def test_a_tie_leaves_what_was_decided_as_it_is():
    matter = asked()
    people = matter.branch
    votes = dict(
        zip((p.pk for p in people.panel), (Ballot.FOR, Ballot.FOR, Ballot.AGAINST, Ballot.AGAINST), strict=True)
    )
    with refused(BadInput, "Not more than half voted", field="votes"):
        back(matter, by=people.panel[0], vote=replace(motion(matter), votes=votes))
    assert answer(matter, vote=replace(motion(matter), votes=votes)).facts["afresh"] is False


def test_an_answer_that_the_votes_do_not_carry_is_refused():
    matter = asked()
    with refused(BadInput, "More than half voted to have it decided afresh", field="votes"):
        answer(matter, vote=motion(matter))
    with refused(BadInput, "a sentence or two", field="reasons"):
        answer(matter, reasons="No.")


def test_who_decided_does_not_write_the_answer_down():
    people = cast.branch()
    give_role(people.operator, Role.EXECUTIVE, by=people.administrator, at=cast.FOUNDED)
    matter = asked(people)
    with refused(NotPermitted, "You decided in this case before"):
        answer(matter, by=people.operator)
    with refused(NotPermitted, "writes the minute"):
        answer(matter, by=people.moderator)


def test_a_page_that_is_out_of_date_is_refused():
    matter = asked()
    cast.free(matter, matter.branch.secretary, at=day(3))
    for step in (forward, answer, back):
        with refused(StalePage, "Somebody has done something"):
            step(matter, seen=1)


def test_each_request_has_its_own_answer():
    matter = asked()
    second = file_report(matter.branch.org, cast.a_report(matter.branch, words="Me too.", email=""), at=day(2))
    ask_for_review(matter.pk, words="I saw it too.", by=second.grant, at=day(2))
    answer(matter)
    assert [(holder, owed) for holder, owed, _ in matter.duties()] == [("secretary", "review")]


# a fresh decision


def test_sent_back_it_waits_for_a_decision_and_every_clock_is_that_of_the_fresh_one():
    matter = sent_back()
    case = matter.case
    assert (case.stage, case.outcome, case.standing, case.settles_at) == (Stage.RECEIVED, "", True, None)
    assert matter.duties() == [("moderator", "report", until(day(3), 5))]
    [paper] = matter.papers(Paper.Kind.REVIEW)
    assert (paper.facts["afresh"], paper.words["reasons"]) == (True, REASONS)


def test_the_moderators_who_had_no_part_in_it_are_told_and_the_reporter_that_there_is_news():
    matter = sent_back()
    [letter] = [one for one in matter.letters() if one.kind == "sent_back"]
    assert letter.to == matter.branch.moderator.email
    assert "You had no part in what was decided before" in letter.paper.words["body"]
    assert len(news(matter)) == 2  # decided, and sent back


def test_the_author_hears_nothing_until_something_is_decided_against_them():
    matter = sent_back()
    assert matter.letters(cast.AUTHOR_ADDRESS) == []
    cast.free(matter, matter.branch.moderator, at=day(4))
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.moderator, at=day(4))
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert "a fresh decision" in letter.subject
    assert "Before, we had left it as it was." in letter.paper.words["body"]
    assert WORDS not in letter.paper.words["body"]
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]


def test_who_decided_before_does_not_decide_afresh_while_another_is_free():
    matter = sent_back()
    with refused(NotPermitted, "You had a part in what was decided before"):
        cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(4))
    with refused(NotPermitted, "You had a part in what was decided before"):
        cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(4), necessity="I know it best.")


def test_the_secretary_who_sent_it_back_is_passed_by_when_nobody_decides_it():
    matter = sent_back()
    hand_over(Duty.objects.get(case=matter.pk, met_at=None).pk, at=day(9))
    assert [(holder, owed) for holder, owed, _ in matter.duties()] == [("executive", "report")]
    with refused(NotPermitted, "Only the moderators, and those who have been added"):
        cast.decide(matter.pk, cast.a_decision(), by=matter.branch.secretary, at=day(9))


def test_a_fresh_decision_is_appealed_and_answered_like_any_other():
    matter = sent_back()
    people = matter.branch
    cast.free(matter, people.moderator, at=day(4))
    cast.decide(matter.pk, cast.a_decision(), by=people.moderator, at=day(4))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(5))
    # both moderators have had a say by now: then either may, and the letter says so
    cast.reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.operator, at=day(6))
    assert (matter.case.stage, matter.case.standing) == (Stage.RECONSIDERED, False)


def test_the_executive_sends_it_back_by_more_than_half_of_its_votes():
    matter = asked()
    people = matter.branch
    paper = back(matter, by=people.panel[0], vote=motion(matter), at=day(5))
    assert paper.facts["votes"][str(people.panel[0].pk)] == "for"
    assert matter.case.stage == Stage.RECEIVED


def test_after_it_was_passed_on_the_secretary_alone_does_not_send_it_back():
    matter = asked()
    cast.free(matter, matter.branch.secretary, at=day(3))
    forward(matter)
    with refused(NotPermitted, "This is before the Executive, which answers it"):
        back(matter)


def test_only_the_secretary_or_the_executive_sends_it_back():
    matter = asked()
    cast.free(matter, matter.branch.moderator, at=day(3))
    with refused(NotPermitted, "Only the Secretary does this"):
        back(matter, by=matter.branch.moderator)
    with refused(NotPermitted, "Please say first whether you have an interest"):
        back(matter)
    cast.free(matter, matter.branch.secretary, at=day(3))
    with refused(BadInput, "a sentence or two", field="reasons"):
        back(matter, reasons="Again.")


def test_every_open_request_of_the_case_is_answered_by_sending_it_back():
    matter = asked()
    second = file_report(matter.branch.org, cast.a_report(matter.branch, words="Me too.", email=""), at=day(2))
    ask_for_review(matter.pk, words="I saw it too.", by=second.grant, at=day(2))
    cast.free(matter, matter.branch.secretary, at=day(3))
    back(matter)
    assert [owed for _, owed, _ in matter.duties()] == ["report"]


# a review and an appeal meet


def test_while_an_appeal_waits_nothing_is_sent_back_and_afterwards_it_is():
    matter = asked(outcome=Outcome.WARN)
    people = matter.branch
    cast.free(matter, people.secretary, at=day(3))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(3))
    for vote, by in ((None, people.secretary), (motion(matter), people.panel[0])):
        with refused(NotPermitted, "The author has asked for another look"):
            back(matter, by=by, vote=vote, at=day(4))
    cast.free(matter, people.moderator, at=day(4))
    cast.reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.moderator, at=day(4))
    back(matter, at=day(5))
    assert matter.case.stage == Stage.RECEIVED


def test_an_appeal_after_it_was_sent_back_finds_nothing_to_appeal():
    matter = sent_back(outcome=Outcome.WARN)
    with refused(NotPermitted, "nothing to appeal"):
        lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(4))


def test_while_an_appeal_waits_the_executive_can_say_that_nothing_is_decided_afresh():
    matter = asked(outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(3))
    answer(matter)
    assert [owed for _, owed, _ in matter.duties()] == ["appeal"]


def test_a_post_that_is_away_is_not_decided_afresh():
    matter = asked(outcome=Outcome.REMOVE)
    cast.free(matter, matter.branch.secretary, at=day(3))
    with refused(NotPermitted, "The post has been taken away already"):
        back(matter)


def test_letters_are_promised_in_the_same_step():
    matter = sent_back()
    event = matter.case.events.get(step="send_back")
    waiting = Dispatch.objects.filter(case=matter.pk, paper__number__gt=event.paper.number, kind="sent_back")
    assert waiting.count() == 1


def test_who_was_warned_hears_when_a_fresh_decision_finds_nothing():
    matter = sent_back(outcome=Outcome.WARN)
    cast.free(matter, matter.branch.moderator, at=day(4))
    cast.decide(matter.pk, cast.a_decision(Outcome.NO_BREACH), by=matter.branch.moderator, at=day(4))
    first, second = matter.letters(cast.AUTHOR_ADDRESS)
    assert (first.kind, second.kind) == ("statement_of_reasons", "lifted")
    assert "nothing is held against your post" in second.paper.words["body"]


def test_who_heard_nothing_before_hears_nothing_of_a_fresh_decision_that_finds_nothing():
    matter = sent_back()
    cast.free(matter, matter.branch.moderator, at=day(4))
    cast.decide(matter.pk, cast.a_decision(Outcome.NO_BREACH), by=matter.branch.moderator, at=day(4))
    assert matter.letters(cast.AUTHOR_ADDRESS) == []


def test_who_sent_it_back_alone_has_had_a_say_and_who_only_wrote_the_vote_down_has_not():
    alone, voted = sent_back(), asked(cast.branch("Elsewhere"))
    back(voted, by=voted.branch.secretary, vote=motion(voted), at=day(5))
    for matter, had_a_say in ((alone, True), (voted, False)):
        secretary = matter.branch.secretary
        assert decided_by(matter.case, secretary) is had_a_say
        assert Standings([matter.case], [secretary]).decided(matter.case, secretary) is had_a_say
