"""Before deciding: our own post beside it, a question to the author, notes, the standard answer, support."""

from datetime import timedelta

import pytest

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Case, Event, Grant, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Outcome, ReportKind, Route, Stage, Subject
from folkmoot.steps.answer_in_comments import answer_and_take_down, answer_in_comments, standard_answer
from folkmoot.steps.ask_clarification import ask_clarification, helpful_by
from folkmoot.steps.clarify import Did, clarify
from folkmoot.steps.decide import decide
from folkmoot.steps.mark_official import mark_handle_official, mark_official, unmark_official
from folkmoot.steps.offer_support import Hears, Offered, offer_support
from folkmoot.steps.put_beside import OurPost, copy_beside, put_beside
from folkmoot.steps.write_note import write_note
from tests.cast import (
    AUTHOR_ADDRESS,
    WORDS,
    Branch,
    Matter,
    a_decision,
    branch,
    day,
    decided,
    free,
    outsider,
    post,
    refused,
    reported,
)

QUESTION = "Did you mean the plan, or Councillor Voss herself?"
OURS = "The harbour plan costs 2 million, and the council has voted on it twice."


@pytest.fixture
def matter() -> Matter:
    matter = reported()
    free(matter, matter.branch.operator, at=day(1))
    return matter


def our_post(people: Branch) -> Post:
    account = mark_handle_official(people.place, "harbour.branch", by=people.administrator, at=day(0))
    return post(people.org, people.place, text=OURS, native_id="700", account=account)


def asked(matter: Matter) -> Grant:
    ask_clarification(matter.pk, question=QUESTION, by=matter.branch.operator, at=day(1))
    return matter.grant


# our own accounts and posts


def test_accounts_of_ours_are_marked_on_the_register_by_administrators_and_moderators() -> None:
    people = branch()
    account = mark_handle_official(people.place, "harbour.branch", by=people.operator, at=day(0))
    with refused(BadInput, "marked as ours already", field="account"):
        mark_official(account, by=people.administrator, at=day(0))
    unmark_official(account, by=people.administrator, at=day(0))
    assert not Account.objects.get(pk=account.pk).official
    told = Event.objects.filter(org=people.org, step="mark_official").order_by("seq")
    assert [event.facts["official"] for event in told] == [True, False]


def test_nobody_else_marks_an_account() -> None:
    people = branch()
    for person in (people.secretary, people.author, outsider()):
        assert person is not None
        with refused(NotPermitted, "Only an administrator or a moderator"):
            mark_official(people.account, by=person, at=day(0))


def test_our_own_post_is_kept_beside_the_contested_one(matter: Matter) -> None:
    ours = our_post(matter.branch)
    paper = put_beside(matter.pk, ours, by=matter.branch.operator, at=day(1))
    assert (paper.words["text"], paper.words["url"]) == (OURS, ours.url)
    assert matter.case.stage == Stage.RECEIVED
    with refused(NotPermitted, "stands beside it already"):
        put_beside(matter.pk, ours, by=matter.branch.operator, at=day(1))


def test_a_post_of_ours_that_no_import_brought_is_copied_down(matter: Matter) -> None:
    by = matter.branch.operator
    for wrong, field in ((OurPost("", "https://example.org/7"), "text"), (OurPost(OURS, "seven"), "url")):
        with refused(BadInput, "Please", field=field):
            copy_beside(matter.pk, wrong, by=by, at=day(1))
    paper = copy_beside(matter.pk, OurPost(OURS, "https://example.org/7"), by=by, at=day(1))
    assert (paper.facts["post"], paper.words["text"]) == (None, OURS)


def test_five_posts_of_ours_stand_beside_it_at_most(matter: Matter) -> None:
    by = matter.branch.operator
    for number in range(5):
        copy_beside(matter.pk, OurPost(OURS, f"https://example.org/{number}"), by=by, at=day(1))
    with refused(NotPermitted, "5 posts stand beside it already"):
        copy_beside(matter.pk, OurPost(OURS, "https://example.org/7"), by=by, at=day(1))


def test_nobody_elses_post_is_put_beside(matter: Matter) -> None:
    theirs = post(matter.branch.org, matter.branch.place, native_id="701", account=matter.branch.account)
    with refused(NotPermitted, "Only a post of our own"):
        put_beside(matter.pk, theirs, by=matter.branch.operator, at=day(1))
    with refused(NotPermitted, "Only the moderators"):
        put_beside(matter.pk, theirs, by=matter.branch.author, at=day(1))


def test_where_a_child_may_be_in_danger_nothing_is_put_beside_and_the_author_is_not_asked() -> None:
    matter = reported(kind=ReportKind.CHILD_SAFETY)
    by = matter.branch.operator
    free(matter, by, at=day(1))
    with refused(NotPermitted, "nothing is copied"):
        copy_beside(matter.pk, OurPost(OURS, "https://example.org/7"), by=by, at=day(1))
    with refused(NotPermitted, "the author is not asked"):
        ask_clarification(matter.pk, question=QUESTION, by=by, at=day(1))


def test_only_a_post_of_our_own_is_corrected_and_the_right_words_are_asked_for() -> None:
    people = branch()
    matter = reported(people, post=our_post(people), kind=ReportKind.INACCURATE)
    by = people.operator
    free(matter, by, at=day(1))
    right = "The harbour plan costs 3 million."
    with refused(BadInput, "what our post should say instead", field="correction"):
        decide(matter.pk, a_decision(Outcome.CORRECTED, codes=[]), by=by, at=day(1))
    paper = decide(matter.pk, a_decision(Outcome.CORRECTED, codes=[], correction=right), by=by, at=day(1))
    assert paper.words["correction"] == right
    assert matter.letters(AUTHOR_ADDRESS) == []
    theirs = reported(people)
    free(theirs, by, at=day(1))
    with refused(BadInput, "Only a post of our own can be corrected", field="outcome"):
        decide(theirs.pk, a_decision(Outcome.CORRECTED, codes=[], correction=right), by=by, at=day(1))


def test_something_offline_is_referred_and_nothing_can_be_taken_down() -> None:
    people = branch()
    matter = reported(people, post=None, words="At the meeting he shouted at her.")
    Case.objects.filter(pk=matter.pk).update(subject=Subject.OFFLINE)
    by = people.operator
    free(matter, by, at=day(1))
    with refused(BadInput, "there is none to take down", field="outcome"):
        decide(matter.pk, a_decision(passage=""), by=by, at=day(1))
    with refused(BadInput, "Please say where it goes", field="route"):
        decide(matter.pk, a_decision(Outcome.REFERRED, codes=[]), by=by, at=day(1))
    paper = decide(matter.pk, a_decision(Outcome.REFERRED, codes=[], route=Route.SUPPORT), by=by, at=day(1))
    assert paper.facts["route"] == "support"
    assert (matter.case.outcome, matter.tasks()) == ("referred", [])


# a question to the author (Sg)


def test_the_author_is_asked_by_letter_and_the_clock_runs_on(matter: Matter) -> None:
    before = matter.duties()
    grant = asked(matter)
    assert grant.paper.kind == Paper.Kind.QUESTION
    assert [letter.kind for letter in matter.letters(AUTHOR_ADDRESS)] == ["clarification_asked"]
    letter = matter.papers(Paper.Kind.NOTICE)[-1].words["body"]
    assert QUESTION in letter
    assert "Nobody has decided yet." in letter
    assert (matter.duties(), matter.case.stage) == (before, Stage.RECEIVED)


def test_without_an_address_the_question_is_handed_over() -> None:
    matter = reported(branch(contact=False))
    free(matter, matter.branch.operator, at=day(1))
    asked(matter)
    assert [task.op for task in matter.tasks()] == [Task.Op.HAND_OVER_NOTICE]


def test_the_author_is_asked_twice_at_most_and_not_about_nothing(matter: Matter) -> None:
    by = matter.branch.operator
    with refused(BadInput, "Please write what you would like to know", field="question"):
        ask_clarification(matter.pk, question="Which one?"[:9], by=by, at=day(1))
    ask_clarification(matter.pk, question="Which one?", by=by, at=day(1))
    ask_clarification(matter.pk, question=QUESTION, by=by, at=day(1))
    with refused(NotPermitted, "asked twice already"):
        ask_clarification(matter.pk, question=QUESTION, by=by, at=day(1))


def test_an_answer_helps_for_two_days_and_not_after_our_own_is_due_while_that_is_ahead(matter: Matter) -> None:
    due = matter.case.due_at
    assert due is not None
    assert helpful_by(matter.case, at=day(1)) == day(3)
    assert helpful_by(matter.case, at=due - timedelta(hours=5)) == due
    assert helpful_by(matter.case, at=due) == due + timedelta(days=2)
    case = matter.case
    case.due_at = None
    assert helpful_by(case, at=day(1)) == day(3)


def test_nobody_is_asked_while_nobody_knows_which_post_it_is() -> None:
    matter = reported(post=None)
    free(matter, matter.branch.operator, at=day(1))
    with refused(NotPermitted, "which post this is about"):
        ask_clarification(matter.pk, question=QUESTION, by=matter.branch.operator, at=day(1))


def test_the_author_answers_and_a_form_that_comes_twice_is_one_answer(matter: Matter) -> None:
    grant = asked(matter)
    with refused(BadInput, "Please write what you meant", field="words"):
        clarify(matter.pk, did=Did.EXPLAINED, words="", by=grant, at=day(2), form_key="k1")
    first = clarify(matter.pk, did=Did.EXPLAINED, words="I meant the plan.", by=grant, at=day(2), form_key="k1")
    again = clarify(matter.pk, did=Did.EXPLAINED, words="I meant the plan.", by=grant, at=day(2), form_key="k1")
    assert first == again
    assert first.answers == matter.papers(Paper.Kind.QUESTION)[0]
    taken = clarify(matter.pk, did=Did.TAKEN_DOWN, words="", by=grant, at=day(2), form_key="k2")
    assert taken.facts["did"] == "taken_down"


def test_a_decision_may_follow_without_an_answer_and_then_there_is_the_appeal(matter: Matter) -> None:
    grant = asked(matter)
    decide(matter.pk, a_decision(), by=matter.branch.operator, at=day(2))
    with refused(NotPermitted, "cannot be done while the case is decided"):
        clarify(matter.pk, did=Did.EXPLAINED, words="Too late?", by=grant, at=day(2))


def test_only_the_author_answers(matter: Matter) -> None:
    asked(matter)
    with refused(NotPermitted, "Only the author of the post"):
        clarify(matter.pk, did=Did.EXPLAINED, words="I know.", by=matter.receipt.grant, at=day(2))


# notes, the standard answer, support


def test_a_note_is_kept_once_and_only_by_those_who_decide(matter: Matter) -> None:
    by = matter.branch.operator
    for _ in range(2):
        write_note(matter.pk, words="I have asked Nia about this.", by=by, at=day(1), form_key="n")
    assert [paper.words["words"] for paper in matter.papers(Paper.Kind.NOTE)] == ["I have asked Nia about this."]
    secretary = matter.branch.secretary
    assert secretary is not None
    with refused(NotPermitted, "Only the moderators"):
        write_note(matter.pk, words="And I?", by=secretary, at=day(1))


def test_the_standard_answer_becomes_a_task_with_its_words(matter: Matter) -> None:
    words = standard_answer(matter.branch.org)
    answer_in_comments(matter.pk, words=words, by=matter.branch.operator, at=day(1))
    task = matter.tasks()[0]
    assert (task.op, task.paper.words["words"]) == (Task.Op.COMMENT, words)
    assert "/report/" in words
    assert matter.case.stage == Stage.RECEIVED


def test_a_comment_about_moderation_goes_with_its_notice_and_without_a_strike(matter: Matter) -> None:
    words = standard_answer(matter.branch.org)
    decision = answer_and_take_down(matter.pk, words=words, code="H1", by=matter.branch.operator, at=day(1))
    assert decision.facts["strike"] is False
    assert decision.words["passage"] == WORDS
    assert {task.op for task in matter.tasks()} == {Task.Op.COMMENT, Task.Op.REMOVE}
    assert [letter.kind for letter in matter.letters(AUTHOR_ADDRESS)] == ["statement_of_reasons"]


def test_a_comment_is_not_taken_down_twice() -> None:
    matter = decided()
    words = standard_answer(matter.branch.org)
    with refused(NotPermitted, "cannot be done while the case is decided"):
        answer_and_take_down(matter.pk, words=words, code="H1", by=matter.branch.operator, at=day(1))


def test_what_was_offered_is_on_the_record_without_a_name(matter: Matter) -> None:
    by = matter.branch.operator
    with refused(BadInput, "Please choose what was offered", field="offered"):
        offer_support(matter.pk, offered=[], hears=Hears.NOT_ASKED, by=by, at=day(1))
    paper = offer_support(
        matter.pk, offered=[Offered.TALK, Offered.POLICE], hears=Hears.WHAT_MATTERS, note="She rang.", by=by, at=day(1)
    )
    assert paper.facts == {"offered": ["police", "talk"], "hears": "what_matters"}
