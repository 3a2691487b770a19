"""What is final opens again only for a listed reason, by a recorded vote, and only to become milder (D35)."""

import pytest

from folkmoot.casefile.models import Grant, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Ballot, Outcome, Reopening, Role, Stage
from folkmoot.steps import reopen as reopening
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.give_role import give_role
from folkmoot.steps.make_final import make_final
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.record_served import record_served
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.vote import Motion
from tests import cast
from tests.cast import refused

REASONS = "Two members found the leaflet that the post quotes, and nobody had seen it then."
WHY = Why(Reopening.NEW_EVIDENCE, REASONS)


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    """Return a removal that the Executive let stand on day 8."""
    return cast.finalised(people, overturned=False)


def motion(people, *ballots, **other):
    ballots = ballots or (Ballot.FOR, Ballot.FOR, Ballot.AGAINST)
    return Motion(dict(zip((person.pk for person in people.panel), ballots, strict=False)), **other)


def open_again(matter, why=WHY, *, vote=None, by=None, at=None, met_on=None, seen=None):
    return reopen(
        matter.pk,
        why,
        motion=vote or motion(matter.branch),
        met_on=met_on or cast.day(20).date(),
        by=by or matter.branch.secretary,
        at=at or cast.day(20),
        seen=seen,
    )


def test_carried_it_is_before_the_executive_again_with_its_time_and_its_parties_are_told(matter, people):
    paper = open_again(matter)
    case = matter.case
    assert (case.stage, case.outcome, case.standing) == (Stage.BEFORE_EXECUTIVE, Outcome.REMOVE, True)
    assert [(holder, owed) for holder, owed, _ in matter.duties()] == [("executive", "submission")]
    assert paper.facts["votes"] == {str(p.pk): v for p, v in zip(people.panel, ("for", "for", "against"), strict=False)}
    author = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    assert author.kind == "reopened"
    assert "Something has come to light that nobody knew then" in author.paper.words["body"]
    assert REASONS not in author.paper.words["body"]
    assert matter.letters(cast.REPORTER_ADDRESS)[-1].kind == "reporter_news"
    told = [letter.to for letter in matter.letters() if letter.kind == "reopening_voted"]
    assert sorted(told) == sorted(person.email for person in people.panel)


def test_what_was_enforced_stays_until_there_is_a_new_decision(matter):
    open_again(matter)
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]
    record_minute(
        matter.pk, cast.a_minute(matter, met_on=cast.day(21).date()), by=matter.branch.secretary, at=cast.day(21)
    )
    cast.confirm(matter, *matter.branch.panel[:3], at=cast.day(22))
    assert (matter.case.stage, matter.case.standing) == (Stage.FINAL, False)
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]


def test_not_carried_it_stays_closed_and_the_vote_is_on_the_record(matter, people):
    for ballots in ((Ballot.FOR, Ballot.AGAINST, Ballot.ABSTAIN), (Ballot.AGAINST,) * 3):
        paper = open_again(matter, vote=motion(people, *ballots))
        assert paper.facts["carried"] is False
    assert matter.case.stage == Stage.FINAL
    assert matter.duties() == []
    letters = [letter for letter in matter.letters() if letter.kind == "reopening_voted"]
    assert "It was not carried" in letters[0].paper.words["body"]
    assert matter.letters(cast.AUTHOR_ADDRESS)[-1].kind == "executive_decided"


def test_a_court_s_order_is_named(matter):
    with refused(BadInput, "number of its order", field="reference"):
        open_again(matter, Why(Reopening.COURT_ORDER, REASONS))
    paper = open_again(matter, Why(Reopening.COURT_ORDER, REASONS, "County Court at Quayside, claim 7QS00142"))
    assert paper.words["reference"] == "County Court at Quayside, claim 7QS00142"
    body = matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]
    assert "A court has ordered it" in body


def test_what_became_final_by_silence_opens_again_too_and_its_author_is_heard():
    matter = cast.decided()
    [statement] = matter.letters(cast.AUTHOR_ADDRESS)
    record_sent(statement.pk, at=cast.day(1))
    record_served(statement.pk, at=cast.day(5))
    assert make_final(matter.pk, at=cast.day(400)) is True
    open_again(matter, at=cast.day(420), met_on=cast.day(420).date())
    put_to_executive(matter.pk, words="Now I am asked.", by=matter.grant, at=cast.day(421))
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE


def test_the_author_is_heard_once_more_and_the_time_is_the_executive_s_own(matter):
    open_again(matter)
    due = matter.case.due_at
    paper = put_to_executive(matter.pk, words="Here is the leaflet.", by=matter.grant, at=cast.day(22))
    assert matter.case.due_at == due
    assert paper.duties.get().due_at == due
    with refused(NotPermitted, "before the Executive already"):
        put_to_executive(matter.pk, words="And another.", by=matter.grant, at=cast.day(23))


def test_the_author_s_new_link_is_on_the_record(matter):
    before = Grant.objects.filter(case=matter.pk, party=Role.AUTHOR).count()
    paper = open_again(matter)
    assert Grant.objects.filter(case=matter.pk, party=Role.AUTHOR).count() == before + 1
    assert matter.grant.paper == paper


# What is not opened


def test_what_was_decided_for_the_author_is_never_taken_away_again():
    matter = cast.finalised(overturned=True)
    with refused(NotPermitted, "Nothing of this decision is left"):
        open_again(matter)


def test_while_another_case_about_the_post_is_open_it_stays_closed(matter, people):
    another = cast.reported(people, at=cast.day(15))
    assert another.pk != matter.pk
    with refused(NotPermitted, f"Case {another.pk} is about the same post"):
        open_again(matter)


def test_a_report_of_the_same_post_in_the_same_moment_is_first(matter, people, monkeypatch):
    monkeypatch.setattr(reopening, "_require_alone", lambda _case: None)  # it came after this was looked at
    cast.reported(people, at=cast.day(15))
    with refused(NotPermitted, "Somebody has just reported the same post"):
        open_again(matter)


def test_what_is_not_final_is_not_opened():
    matter = cast.before_executive()
    with refused(NotPermitted, "(reopen) cannot be done while the case is before executive"):
        open_again(matter)


@pytest.mark.parametrize("who", ["moderator", "administrator", "target"])
def test_only_the_secretary_and_members_bring_it(matter, people, who):
    with refused(NotPermitted, "The Secretary or a member of the Executive"):
        open_again(matter, by=getattr(people, who))


def test_who_decided_neither_votes_nor_writes_it_down(people):
    give_role(people.operator, Role.EXECUTIVE, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.finalised(people, overturned=False)
    with refused(NotPermitted, "You decided in this case before"):
        open_again(matter, by=people.operator)
    votes = {people.operator.pk: Ballot.FOR, **motion(people).votes}
    with refused(BadInput, f"{people.operator.name} cannot vote on this case", field="votes"):
        open_again(matter, vote=Motion(votes))


def test_it_needs_the_quorum_reasons_and_a_meeting_since_the_end(matter, people):
    with refused(BadInput, "the quorum is 3", field="votes"):
        open_again(matter, vote=motion(people, Ballot.FOR, Ballot.FOR))
    with refused(BadInput, "Please write the reasons", field="reasons"):
        open_again(matter, Why(Reopening.NEW_EVIDENCE, "New."))
    with refused(BadInput, "The meeting cannot be before the case became final", field="met_on"):
        open_again(matter, met_on=cast.day(3).date())


def test_a_page_that_is_out_of_date_opens_nothing(matter, people):
    seen = matter.case.seq
    open_again(matter, vote=motion(people, *[Ballot.AGAINST] * 3))
    with refused(StalePage, "what is new"):
        open_again(matter, seen=seen)


def test_a_member_with_an_interest_in_the_reopened_case_stands_aside(matter, people):
    open_again(matter)
    declare_interest(matter.pk, interested=True, by=people.panel[0], at=cast.day(21))
    with refused(BadInput, "Petra Oaks cannot vote on this case", field="votes"):
        record_minute(
            matter.pk, cast.a_minute(matter, met_on=cast.day(21).date()), by=people.secretary, at=cast.day(21)
        )


def test_each_vote_of_the_record_stays_in_the_file(matter):
    open_again(matter)
    [paper] = matter.papers(Paper.Kind.REOPENING)
    assert paper.words["reasons"] == REASONS
