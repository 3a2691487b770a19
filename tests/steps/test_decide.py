"""A moderator decides: finding, reasons, what has to be done and the author's letter, all at once (Ma-Me)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Grant, Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import Clarity, Outcome, ReportKind, Role, Stage
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.make_final import make_final
from tests import cast
from tests.cast import Matter, refused


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    """Return a reported case, in which both moderators have said that they have no interest."""
    matter = cast.reported(people)
    cast.free(matter, *people.deciders, at=cast.day(1))
    return matter


def decide_it(matter, *, by=None, at=None, seen=None, **decision):
    by = by or matter.branch.operator
    return decide(matter.pk, cast.a_decision(**decision), by=by, at=at or cast.day(1), seen=seen)


# What a decision does


def test_a_decision_answers_every_reporter_and_stops_every_clock(matter):
    file_report(matter.branch.org, Report(kind=ReportKind.HATE, post=matter.branch.post), at=cast.day(1))
    assert len(matter.duties()) == 2
    decide_it(matter)
    assert matter.duties() == []
    assert (matter.case.stage, matter.case.due_at, matter.case.duty) == (Stage.DECIDED, None, "")


def test_what_was_found_is_on_the_record_with_the_fingerprint_of_its_rules(matter):
    paper = decide_it(matter, outcome=Outcome.WARN, codes=["H2", "H1"], clarity=Clarity.UNCLEAR)
    assert paper.facts == {
        "outcome": "warn",
        "codes": ["H1", "H2"],
        "edition": 1,
        "fingerprint": matter.case.policy.fingerprint,
        "aimed_at": "person",
        "clarity": "unclear",
        "severity": "ordinary",
        "intent": "not_said",
        "measures": [],
        "spam": False,
    }
    assert paper.words == {"reasons": cast.REASONS, "passage": cast.PASSAGE}


def test_a_removal_is_asked_for_by_hand_and_the_author_is_told_in_the_same_moment(matter):
    decide_it(matter)
    [task] = matter.tasks()
    assert (task.op, task.link, task.platform) == (Task.Op.REMOVE, matter.branch.post.url, matter.branch.place)
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert letter.kind == "statement_of_reasons"
    assert letter.next_at == cast.day(1) + timedelta(seconds=60)
    item = Item.objects.get(post=matter.branch.post)
    assert (item.wanted, item.observed) == ("gone", "visible")


def test_a_held_post_is_rejected_not_removed(people):
    post = cast.post(people.org, people.place, native_id="9", account=people.account, state=Post.State.HELD)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(BadInput, "Reject it instead", field="outcome"):
        decide_it(matter, outcome=Outcome.REMOVE)
    decide_it(matter, outcome=Outcome.REJECT)
    assert [task.op for task in matter.tasks()] == [Task.Op.REJECT]
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert letter.subject == "Your post at Harbour page was not published"


@pytest.mark.parametrize("outcome", [Outcome.NO_BREACH, Outcome.ROBUST_CRITICISM, Outcome.WARN])
def test_a_held_post_that_may_stay_is_let_through_by_hand(people, outcome):
    post = cast.post(people.org, people.place, native_id="9", account=people.account, state=Post.State.HELD)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    paper = decide_it(matter, outcome=outcome, codes=["H1"] if outcome is Outcome.WARN else [], passage="")
    [task] = matter.tasks()
    assert (task.op, task.paper, task.link) == (Task.Op.APPROVE, paper, post.url)
    item = Item.objects.get(post=post)
    assert (item.wanted, item.observed) == ("visible", "held")


def test_a_held_post_that_another_decision_keeps_away_is_not_let_through(people):
    post = cast.post(people.org, people.place, native_id="9", account=people.account, state=Post.State.HELD)
    first = cast.reported(people, post=post)
    cast.free(first, people.operator, at=cast.day(1))
    decide_it(first, outcome=Outcome.REJECT)
    cast.served(first)
    assert make_final(first.pk, at=cast.day(300))
    again = cast.reported(people, post=post, at=cast.day(301))
    cast.free(again, people.operator, at=cast.day(301))
    decide_it(again, outcome=Outcome.NO_BREACH, codes=[], at=cast.day(301))
    assert again.tasks() == []
    assert [task.op for task in first.tasks()] == [Task.Op.REJECT]


def test_a_published_post_cannot_be_rejected(matter):
    with refused(BadInput, "This one is published: remove it", field="outcome"):
        decide_it(matter, outcome=Outcome.REJECT)


def test_a_warning_leaves_the_post_and_tells_the_author(matter):
    decide_it(matter, outcome=Outcome.WARN, passage="")
    assert matter.tasks() == []
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert letter.subject == "About your post at Harbour page"
    assert "Your post stays up" in letter.paper.words["body"]


@pytest.mark.parametrize("outcome", [Outcome.NO_BREACH, Outcome.ROBUST_CRITICISM])
def test_without_a_breach_nothing_happens_to_the_post_and_the_reporter_hears(matter, outcome):
    decide_it(matter, outcome=outcome, codes=[])
    assert matter.tasks() == []
    assert matter.letters(cast.AUTHOR_ADDRESS) == []
    assert [letter.kind for letter in matter.letters(cast.REPORTER_ADDRESS)] == ["report_received", "reporter_news"]
    assert not Grant.objects.filter(case=matter.pk, party=Role.AUTHOR).exists()


@pytest.mark.parametrize("known", [True, False], ids=["address known", "address unknown"])
@pytest.mark.parametrize("outcome", [Outcome.REMOVE, Outcome.REJECT, Outcome.WARN])
def test_whoever_is_restricted_is_told_by_mail_or_a_task_says_who_must_tell_them(outcome, known):
    people = cast.branch(contact=known)
    if outcome is Outcome.REJECT:
        Post.objects.update(state=Post.State.HELD)
        people.post.refresh_from_db()
    matter = cast.decided(people, outcome=outcome)
    mailed = [letter.paper for letter in matter.letters(cast.AUTHOR_ADDRESS)]
    by_hand = [task.paper for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]
    notices = [paper for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["audience"] == Role.AUTHOR]
    assert len(notices) == 1
    assert (mailed, by_hand) == ((notices, []) if known else ([], notices))


def test_a_post_that_nobody_found_is_decided_too(people):
    receipt = file_report(
        people.org, Report(kind=ReportKind.ATTACK, words="On the list.", link="list/7"), at=cast.day(0)
    )
    matter = Matter(people, receipt)
    cast.free(matter, people.operator, at=cast.day(1))
    decide_it(matter, passage="what a crook")
    assert {task.op for task in matter.tasks()} == {Task.Op.REMOVE, Task.Op.HAND_OVER_NOTICE}
    assert {task.link for task in matter.tasks()} == {"list/7"}


def test_the_appeal_can_come_until_the_last_moment_of_a_day_six_months_later(matter):
    decide_it(matter)
    assert matter.case.settles_at == datetime(2027, 5, 3, 22, 59, 59, tzinfo=UTC)


def test_a_claim_ends_with_the_decision(matter):
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    decide_it(matter)
    assert matter.case.claimed_by is None


# The letter


def test_the_letter_holds_all_that_the_author_needs(matter):
    decide_it(matter)
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    body = cast.unquoted(letter.paper.words["body"])
    for part in (
        cast.WORDS,
        f"The words this is about:\n\n{cast.PASSAGE}\n",
        cast.REASONS,
        "aimed at a person",
        'From "Harbour branch rules", edition 1, in summary:',
        "H1. No personal attacks\nWe do not attack people. We may attack plans.",
        "https://example.org/harbour-rules",
        "on Thursday 1 October 2026",
        "This is not a disciplinary matter",
        "You have until Monday 3 May 2027",
        "No part of the decision was automatic",
        f"[[{letter.marker}:letter:{matter.grant.pk}]]",
    ):
        assert part in body
    assert letter.subject == "Your post at Harbour page is being taken down"


def test_words_that_look_like_a_link_mark_stay_words(people):
    post = cast.post(
        people.org, people.place, text="Look: [[0123456789abcdef:letter:1]]", native_id="7", account=people.account
    )
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    decide_it(matter, passage="Look")
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert letter.marker != "0123456789abcdef"
    assert "[[0123456789abcdef:letter:1]]" in letter.paper.words["body"]


def test_the_words_people_wrote_stand_in_the_letter_as_they_are(people):
    words = "<b>A & B</b> “quotes” {{ org.name }}\n\nשלום"
    post = cast.post(people.org, people.place, text=words, native_id="7", account=people.account)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    decide_it(matter, passage="A & B")
    assert words in cast.unquoted(matter.letters(cast.AUTHOR_ADDRESS)[0].paper.words["body"])
