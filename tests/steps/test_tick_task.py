"""What has to be done at the place is ticked by a person, with a picture as proof."""

import pytest

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Attachment
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Item, Task
from folkmoot.outbox.to_do import overtaken_by, to_do
from folkmoot.procedure.words import Answer, Outcome, Role
from folkmoot.steps.attach import Upload
from folkmoot.steps.decide import decide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_at_post import look_at_post
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.tick_task import tick_task, tick_unsure
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.decided()


def the_task(matter):
    [task] = matter.tasks()
    return task


def observed(matter):
    return Item.objects.get(post=matter.branch.post).observed


def test_a_post_counts_as_gone_only_when_somebody_has_seen_to_it(matter):
    assert observed(matter) == "visible"
    proof = [Upload("gone.png", "image/png", b"an empty page")]
    paper = tick_task(the_task(matter).pk, done=True, proof=proof, by=matter.branch.operator, at=cast.day(1))
    assert observed(matter) == "gone"
    assert Attachment.objects.get(paper=paper).name == "gone.png"
    assert matter.tasks() == []
    [done] = matter.tasks(state=Task.State.DONE)
    assert (done.ended_by, done.ended_at) == (matter.branch.operator, cast.day(1))


def test_what_cannot_be_done_needs_a_note_and_changes_nothing_that_is_seen(matter):
    task = the_task(matter)
    with refused(BadInput, "why it cannot be done", field="note"):
        tick_task(task.pk, done=False, by=matter.branch.operator, at=cast.day(1))
    paper = tick_task(task.pk, done=False, note="The page is locked.", by=matter.branch.operator, at=cast.day(1))
    assert paper.words == {"note": "The page is locked."}
    assert observed(matter) == "visible"
    assert [row.pk for row in matter.tasks(state=Task.State.CANNOT)] == [task.pk]


def test_a_post_is_asked_for_by_one_task_whatever_case_it_comes_from():
    first = cast.finalised()
    people = first.branch
    [restore] = first.tasks()
    again = cast.reported(people, at=cast.day(10))
    cast.free(again, people.moderator, at=cast.day(10))
    decide(again.pk, cast.a_decision(), by=people.moderator, at=cast.day(10))
    assert [task.op for task in again.tasks()] == [Task.Op.REMOVE]
    assert first.tasks() == []
    with refused(NotPermitted, "no longer wanted"):
        tick_task(restore.pk, done=True, by=people.operator, at=cast.day(11))


def test_a_held_post_that_was_let_through_after_all_is_a_published_one():
    people = cast.branch()
    Post.objects.update(state=Post.State.HELD)
    matter = cast.reported(people)
    cast.free(matter, people.operator, people.moderator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(Outcome.REJECT), by=people.operator, at=cast.day(1))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.moderator, at=cast.day(3))
    [approve] = matter.tasks()
    assert matter.case.post.state == Post.State.HELD
    tick_task(approve.pk, done=True, by=people.operator, at=cast.day(5))
    assert matter.case.post.state == Post.State.PUBLISHED


def test_a_task_ends_once(matter):
    task = the_task(matter)
    tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(1))
    with refused(NotPermitted, "Somebody has already ended this task"):
        tick_task(task.pk, done=True, by=matter.branch.moderator, at=cast.day(1))


def test_a_removal_that_is_no_longer_wanted_is_not_ticked():
    matter = cast.appealed()
    task = the_task(matter)
    cast.free(matter, matter.branch.moderator, at=cast.day(3))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=matter.branch.moderator, at=cast.day(3))
    with refused(NotPermitted, "no longer wanted"):
        tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(4))
    assert the_task(matter).op == Task.Op.RESTORE
    tick_task(the_task(matter).pk, done=True, by=matter.branch.operator, at=cast.day(4))
    assert observed(matter) == "visible"


def test_what_was_promised_is_kept_after_the_end_too():
    matter = cast.finalised()
    tick_task(the_task(matter).pk, done=True, by=matter.branch.operator, at=cast.day(9))
    assert observed(matter) == "visible"


def test_a_notice_is_handed_over_or_is_on_the_record_as_not_served():
    people = cast.branch(contact=False)
    matter = cast.decided(people, outcome=Outcome.WARN)
    task = the_task(matter)
    assert (task.op, task.grant) == (Task.Op.HAND_OVER_NOTICE, matter.grant)
    paper = tick_task(task.pk, done=False, note="Nobody knows them.", by=people.operator, at=cast.day(2))
    assert paper.facts == {"task": task.pk, "op": "hand_over_notice", "done": False, "files": []}
    assert paper.answers.kind == "notice"


def test_letters_that_a_later_one_has_overtaken_are_handed_over_with_it():
    people = cast.branch(contact=False)
    matter = cast.finalised(people)
    letters = [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]
    assert len(letters) == 3  # the decision, the answer to the appeal, the Executive's decision
    assert [task for task in to_do(people.org) if task.op == Task.Op.HAND_OVER_NOTICE] == letters[-1:]
    assert [overtaken_by(task) for task in letters] == [letters[-1], letters[-1], None]
    tick_task(letters[-1].pk, done=True, by=people.operator, at=cast.day(9))
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]
    assert cast.lay_open(people.org) == []


@pytest.mark.parametrize("who", ["administrator", "secretary", "moderator"])
def test_everybody_with_a_role_may_help(matter, who):
    tick_task(the_task(matter).pk, done=True, by=getattr(matter.branch, who), at=cast.day(1))
    assert matter.case.events.order_by("seq").last().facts["role"] in {
        Role.ADMINISTRATOR,
        Role.SECRETARY,
        Role.MODERATOR,
    }


def test_the_author_does_not_say_that_their_own_post_is_gone(matter):
    cast.own(matter.branch, matter.branch.moderator)
    with refused(NotPermitted, "somebody else has to act"):
        tick_task(the_task(matter).pk, done=True, by=matter.branch.moderator, at=cast.day(1))


def test_who_has_no_role_here_ticks_nothing(matter):
    stranger = cast.outsider()
    for by, says in ((matter.branch.target, "Only people with a role"), (stranger, "another organisation")):
        with refused(NotPermitted, says):
            tick_task(the_task(matter).pk, done=True, by=by, at=cast.day(1))


# Nobody is sure


def looked_for(matter):
    """Let somebody remove the post and not be sure; return the task to look."""
    tick_unsure(the_task(matter).pk, note="It spun and spun.", by=matter.branch.operator, at=cast.day(1))
    assert the_task(matter).op == Task.Op.LOOK
    return the_task(matter)


def test_who_is_not_sure_that_it_worked_asks_somebody_to_look(matter):
    looked_for(matter)
    assert observed(matter) == "uncertain"
    assert matter.papers("task")[0].facts["sure"] is False


def test_a_post_that_is_found_gone_is_gone(matter):
    task = looked_for(matter)
    paper = look_at_post(task.pk, there=False, by=matter.branch.secretary, at=cast.day(2))
    assert (observed(matter), matter.tasks(), paper.facts["there"]) == ("gone", [], False)


def test_a_post_that_is_found_still_there_is_asked_for_anew(matter):
    task = looked_for(matter)
    look_at_post(task.pk, there=True, by=matter.branch.secretary, at=cast.day(2))
    assert (observed(matter), the_task(matter).op) == ("visible", Task.Op.REMOVE)


def test_a_post_that_should_be_back_and_is_not_there_is_asked_back_anew():
    matter = cast.finalised()
    task = looked_for(matter)
    look_at_post(task.pk, there=False, by=matter.branch.secretary, at=cast.day(9))
    assert (observed(matter), the_task(matter).op) == ("gone", Task.Op.RESTORE)


def test_to_look_is_answered_by_what_is_seen_and_nothing_else_is(matter):
    removal = the_task(matter)
    with refused(BadInput, "done, or cannot be done", field="done"):
        look_at_post(removal.pk, there=True, by=matter.branch.operator, at=cast.day(1))
    task = looked_for(matter)
    with refused(BadInput, "say what you see", field="done"):
        tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(1))
    with refused(BadInput, "done, or cannot be done", field="done"):
        tick_unsure(task.pk, by=matter.branch.operator, at=cast.day(1))
