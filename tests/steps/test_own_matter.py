"""What was reported, sealed or is in somebody's hands is never closed in passing, by a tick on a list (Md)."""

from dataclasses import replace

import pytest

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Duty, Fallen, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import Lane, Outcome, ReportKind, Stage, Step
from folkmoot.steps import take_along as take_along_module
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.steps.find_later import find_later, found_later
from folkmoot.steps.look_again import look_again
from folkmoot.steps.make_final import make_final
from folkmoot.steps.own_matter import own_matters
from folkmoot.steps.seal import seal
from folkmoot.steps.send_back import send_back
from folkmoot.steps.take_along import NO_PART, Going, take_along
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.undo import undo
from folkmoot.steps.weighed import Weighed, weighed
from folkmoot.steps.withdraw_report import withdraw_report
from tests import cast
from tests.cast import Matter, day
from tests.steps import reviews
from tests.steps.test_find_later import arrive, seen
from tests.steps.test_take_along import WHY, copy, overturned, taken, wanted

pytestmark = pytest.mark.django_db


def reported(matter: Matter, post: Post, kind: ReportKind = ReportKind.ATTACK) -> Receipt:
    """Let somebody from outside report the post, on day 1."""
    told = Report(kind=kind, words="They will come to her house.", post=post, email="x@example.org", name="Xen")
    return file_report(matter.branch.org, told, at=day(1, 10))


@pytest.mark.parametrize("kind", [ReportKind.THREAT, ReportKind.LEGAL, ReportKind.ATTACK])
def test_a_report_that_nobody_has_answered_is_not_closed_by_a_tick(kind: ReportKind):
    matter = cast.decided()
    found = copy(matter.branch)
    case = reported(matter, found, kind).case
    with cast.refused(BadInput, f"Case {case.pk} about it is open: please decide there.", field=f"post-{found.pk}"):
        taken(matter, found)
    assert Duty.objects.filter(case=case, met_at=None).exists()


def test_what_is_sealed_is_not_let_go_and_not_named():
    matter = cast.decided()
    found = copy(matter.branch)
    case = reported(matter, found, ReportKind.CHILD_SAFETY).case
    with cast.refused(BadInput, "This post cannot be shown any more", field=f"post-{found.pk}"):
        taken(matter, found)
    assert case.sealed


def test_what_was_sealed_in_an_earlier_case_stays_a_matter_of_its_own():
    matter = cast.decided()
    people = matter.branch
    found = copy(people)
    earlier = Matter(people, reported(matter, found))
    cast.free(earlier, people.operator, at=day(1, 11))
    decide(earlier.pk, cast.a_decision(Outcome.NO_BREACH, codes=[]), by=people.operator, at=day(1, 11))
    assert make_final(earlier.pk, at=day(400))
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, post=found, email="x@example.org"), at=day(401))
    withdraw_report(receipt.case.pk, by=receipt.grant, at=day(401))
    later = Case.objects.select_related("post").get(pk=receipt.case.pk)
    assert own_matters([later], by=people.operator) == set()
    seal(earlier.pk, by=people.operator, at=day(401))
    assert own_matters([later], by=people.operator) == {later.pk}


def test_nothing_goes_with_what_is_sealed():
    matter = cast.decided()
    found = copy(matter.branch)
    seal(matter.pk, by=matter.branch.operator, at=day(1))
    with cast.refused(NotPermitted, "Only with a post that was taken down"):
        taken(matter, found)


def test_what_somebody_else_has_in_hand_is_theirs():
    matter = cast.decided()
    people = matter.branch
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, post=copy(people)), by=people.operator, at=day(1))
    assert people.moderator
    cast.free(Matter(people, receipt), people.moderator, at=day(1, 10))
    claim(receipt.case.pk, by=people.moderator, at=day(1, 10))
    post = Post.objects.get(cases=receipt.case)
    withdraw_report(receipt.case.pk, by=receipt.grant, at=day(1, 10))
    with cast.refused(BadInput, f"Case {receipt.case.pk} about it is open", field=f"post-{post.pk}"):
        taken(matter, post)


def test_what_was_taken_down_for_good_by_itself_is_not_taken_down_once_more():
    matter = cast.decided()
    people = matter.branch
    [child] = taken(matter, copy(people))
    task = Task.objects.get(case=child, op=Task.Op.HAND_OVER_NOTICE)
    tick_task(task.pk, done=True, by=people.operator, at=day(2))
    child.refresh_from_db()
    assert child.settles_at
    assert make_final(child.pk, at=child.settles_at)
    later = copy(people, number="300")
    with cast.refused(BadInput, f"Case {child.pk} has taken this post down already", field=f"post-{child.post_id}"):
        going = [Going(later.pk, WHY), Going(child.post_id, WHY)]
        take_along(matter.pk, going=going, no_part=True, by=people.operator, at=day(400))


def test_what_was_undone_within_its_minute_can_go_again_until_somebody_reports_it():
    matter = cast.decided()
    people = matter.branch
    found = copy(people)
    [child] = taken(matter, found)
    undo(child.pk, by=people.operator, at=day(1, 11))
    [again] = taken(matter, found)
    assert (again.pk, again.stage, again.standing) == (child.pk, Stage.DECIDED, True)
    undo(child.pk, by=people.operator, at=day(1, 11))
    receipt = reported(matter, found)
    assert receipt.case.pk == child.pk
    with cast.refused(BadInput, f"Case {child.pk} about it is open"):
        taken(matter, found)
    withdraw_report(child.pk, by=receipt.grant, at=day(1, 10))
    [again] = taken(matter, found)
    assert again.stage == Stage.DECIDED


def removed_again(matter: Matter, outcome: Outcome = Outcome.REMOVE) -> None:
    """Let the reporter not be satisfied on day 4, and somebody else decide afresh on day 5."""
    people, afresh = matter.branch, matter.branch.people["Oz Lark"]
    ask_for_review(matter.pk, words=reviews.WORDS, by=matter.receipt.grant, at=day(4))
    cast.free(matter, people.secretary, at=day(4))
    send_back(matter.pk, review=reviews.number(matter), reasons=reviews.REASONS, by=people.secretary, at=day(4))
    cast.free(matter, afresh, at=day(5))
    decide(matter.pk, cast.a_decision(outcome), by=afresh, at=day(5))


def test_what_came_back_and_was_reported_since_is_answered_there_before_it_can_go_again():
    matter = cast.decided(cast.branch(moderators=3))
    found = copy(matter.branch)
    [child] = taken(matter, found)
    overturned(matter)
    told = Report(kind=ReportKind.ATTACK, words="It is back, and no better.", post=found)
    receipt = file_report(matter.branch.org, told, at=day(4))
    assert receipt.case.pk == child.pk
    removed_again(matter)
    going = [Going(found.pk, WHY)]
    with cast.refused(BadInput, f"Case {child.pk} is about this post already", field=f"post-{found.pk}"):
        take_along(matter.pk, going=going, no_part=True, by=matter.branch.operator, at=day(5))
    answer_report(child.pk, reports=[receipt.paper.number], words=cast.REASONS, by=matter.branch.operator, at=day(5))
    take_along(matter.pk, going=going, no_part=True, by=matter.branch.operator, at=day(5))
    assert wanted(found) == Item.Visibility.GONE


def test_a_second_overturning_does_not_swallow_what_somebody_looks_at_afresh():
    matter = cast.decided(cast.branch(moderators=3))
    people = matter.branch
    found = copy(people)
    [child] = taken(matter, found)
    overturned(matter)
    told = Report(kind=ReportKind.THREAT, words="It was changed: they will come to her house.", post=found)
    file_report(people.org, told, at=day(4))
    look_again(child.pk, reasons="It was changed since, and says it now.", by=people.operator, at=day(4))
    owed = Duty.objects.filter(case=child, met_at=None).count()
    removed_again(matter, Outcome.NO_BREACH)
    child.refresh_from_db()
    assert (child.stage, child.standing, child.lane) == (Stage.RECEIVED, True, Lane.EMERGENCY)
    assert owed
    assert Duty.objects.filter(case=child, met_at=None).count() == owed
    assert child.events.filter(step=Step.BRING_BACK).count() == 1
    assert cast.lay_open(people.org) == []


def test_what_fell_with_a_copy_that_came_later_comes_back_with_the_first_of_them():
    matter = cast.decided()
    people = matter.branch
    arrive(people, seen("700", f"Well said: {cast.WORDS}"))
    find_later(people.org.pk, at=day(2))
    first = Post.objects.get(native_id="700")
    [child] = taken(matter, first)
    arrive(people, seen("701", "Exactly this, and not a word less.", hours=60, quotes="700"))
    find_later(people.org.pk, at=day(3))
    further = found_later(people.org).get()
    assert further.root_id == child.pk
    take_along(child.pk, going=[Going(further.post_id, WHY)], no_part=True, by=people.operator, at=day(3))
    assert wanted(further.post) == Item.Visibility.GONE
    assert set(Fallen.objects.values_list("root", flat=True)) == {matter.pk, child.pk}
    overturned(matter)
    assert [wanted(first), wanted(further.post)] == [Item.Visibility.VISIBLE, Item.Visibility.VISIBLE]
    assert cast.lay_open(people.org) == []


def test_whoever_lets_copies_go_has_said_that_they_have_no_part_in_any():
    matter = cast.decided()
    people = matter.branch
    found = copy(people)
    for chosen in ({"going": [Going(found.pk, WHY)]}, {"left": [found.pk]}):
        with cast.refused(BadInput, "no part in any of these posts", field="no_part"):
            take_along(matter.pk, **chosen, no_part=False, by=people.operator, at=day(1, 11))
    [child] = taken(matter, found)
    said = child.papers.get(kind=Paper.Kind.INTEREST, by=f"person:{people.operator.pk}")
    assert (said.facts["interested"], said.words["said"]) == (False, NO_PART)
    assert matter.papers(Paper.Kind.GOES_WITH)[0].words["said"] == NO_PART


def test_words_that_change_after_they_were_weighed_are_looked_at_once_more(monkeypatch: pytest.MonkeyPatch):
    matter = cast.decided()
    found = copy(matter.branch)

    def meanwhile(case: Case, decision: Paper | None, numbers: list[int]) -> Weighed:
        before = weighed(case, decision, numbers)
        Post.objects.filter(pk=found.pk).update(text="The ferry runs late again on Sunday mornings in winter.")
        return before

    monkeypatch.setattr(take_along_module, "weighed", meanwhile)
    with pytest.raises(StalePage, match="has changed in this moment"):
        taken(matter, found)
    assert not Case.objects.filter(post=found).exists()


def test_another_decision_than_the_one_they_were_weighed_by_is_looked_at_once_more(monkeypatch: pytest.MonkeyPatch):
    matter = cast.decided()
    found = copy(matter.branch)

    def by_another(case: Case, decision: Paper | None, numbers: list[int]) -> Weighed:
        return replace(weighed(case, decision, numbers), decision=0)

    monkeypatch.setattr(take_along_module, "weighed", by_another)
    with cast.refused(StalePage, "has changed in this moment"):
        taken(matter, found)
