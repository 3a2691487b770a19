"""Later posts go with a removed one, each with its own letter and appeal, and come back with it (Md, D18-D21)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.archive.copies import proposals_among
from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Case, Fallen, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.procedure.words import Answer, Outcome, ReportKind, Role, Stage, Step
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.send_back import send_back
from folkmoot.steps.take_along import Going, handled, removal, take_along, usual_reasons
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.undo import undo, undoable
from folkmoot.steps.vary import Instead
from tests import cast
from tests.cast import Branch, Matter, day
from tests.steps import reviews

pytestmark = pytest.mark.django_db

WHY = "Your post repeats words of one that we took down, so it goes with it."


def copy(people: Branch, *, words: str = f"Seen this? {cast.WORDS}", number: str = "200", hours: int = 5) -> Post:
    """Return a later post of somebody else who passes the words on."""
    account = Account.objects.create(
        org=people.org,
        platform=people.place,
        handle=f"sal{number}",
        name=f"Sal {number}",
        first_seen_at=cast.FOUNDED,
    )
    at = cast.FOUNDED + timedelta(hours=hours)
    return cast.post(people.org, people.place, text=words, native_id=number, account=account, posted_at=at)


def taken(matter: Matter, *posts: Post, by_itself: bool = False) -> list[Case]:
    """Let the first moderator take these along on day 1, and return their cases."""
    going = [Going(one.pk, WHY, by_itself=by_itself) for one in posts]
    take_along(matter.pk, going=going, no_part=True, by=matter.branch.operator, at=day(1, 11))
    return [Case.objects.get(post=one) for one in posts]


def overturned(matter: Matter) -> None:
    """Let the author appeal on day 2, and another moderator overturn the decision on day 3."""
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(2))
    other = matter.branch.deciders[-1]
    cast.free(matter, other, at=day(3))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=other, at=day(3))


def wanted(post: Post) -> str:
    return str(Item.objects.get(post=post).wanted)


def test_a_copy_falls_with_its_own_case_letter_task_and_appeal():
    matter = cast.decided()
    found = copy(matter.branch)
    [child] = taken(matter, found)
    assert (child.stage, child.outcome, child.standing) == (Stage.DECIDED, Outcome.REMOVE, True)
    decision = child.papers.get(kind=Paper.Kind.DECISION)
    [root] = matter.papers(Paper.Kind.DECISION)
    assert decision.facts["goes_with"] == [matter.case.uid, root.number]
    assert decision.facts["codes"] == ["H1"]
    assert child.papers.get(kind=Paper.Kind.REPORT).facts["kind"] == ReportKind.ATTACK
    assert decision.words["passage"] == cast.WORDS.rstrip(".")
    assert wanted(found) == Item.Visibility.GONE
    assert Task.objects.filter(case=child, op=Task.Op.REMOVE, state=Task.State.OPEN).count() == 1
    assert child.papers.filter(kind=Paper.Kind.NOTICE).count() == 1
    grant = child.grants.get(party=Role.AUTHOR)
    lodge_appeal(child.pk, words="I only passed it on.", by=grant, at=day(2))
    assert Case.objects.get(pk=child.pk).stage == Stage.APPEALED
    assert handled(matter.case) == {found.pk: "taken"}
    assert cast.lay_open(matter.branch.org) == []


def test_what_is_left_is_written_down_and_stays():
    matter = cast.decided()
    found = copy(matter.branch)
    take_along(matter.pk, left=[found.pk], no_part=True, by=matter.branch.operator, at=day(1, 11))
    assert handled(matter.case) == {found.pk: "left"}
    assert not Case.objects.filter(post=found).exists()


def test_overturning_the_root_brings_back_all_that_fell_with_it():
    matter = cast.decided()
    children = taken(matter, copy(matter.branch), copy(matter.branch, number="201", words=cast.WORDS))
    lodge_appeal(children[0].pk, words="I only passed it on.", by=children[0].grants.get(party=Role.AUTHOR), at=day(2))
    overturned(matter)
    for child in children:
        child.refresh_from_db()
        assert (child.stage, child.standing, child.due_at) == (Stage.DECIDED, False, None)
        assert wanted(child.post) == Item.Visibility.VISIBLE
        notice = child.papers.filter(kind=Paper.Kind.NOTICE).last()
        assert notice.facts["letter"] == "lifted"
        assert "does not hold any more" in notice.words["body"]
    assert cast.lay_open(matter.branch.org) == []


def test_what_was_in_breach_by_itself_does_not_come_back():
    matter = cast.decided()
    [child] = taken(matter, copy(matter.branch), by_itself=True)
    overturned(matter)
    child.refresh_from_db()
    assert child.standing
    assert wanted(child.post) == Item.Visibility.GONE
    assert not Fallen.objects.exists()


def test_what_is_in_breach_by_itself_needs_reasons_of_its_own():
    matter = cast.decided()
    found = copy(matter.branch)
    [proposal] = proposals_among(matter.branch.org, matter.branch.post, [found.pk]).proposals
    going = [Going(found.pk, usual_reasons(proposal), by_itself=True)]
    with cast.refused(BadInput, "what in it breaks the rules", field=f"post-{found.pk}"):
        take_along(matter.pk, going=going, no_part=True, by=matter.branch.operator, at=day(1, 11))


def test_something_milder_than_a_removal_brings_back_too():
    matter = cast.decided()
    [child] = taken(matter, copy(matter.branch))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(2))
    other = matter.branch.deciders[-1]
    cast.free(matter, other, at=day(3))
    instead = Instead(Outcome.WARN)
    reconsider(matter.pk, answer=Answer.VARIED, instead=instead, reasons=cast.REASONS, by=other, at=day(3))
    child.refresh_from_db()
    assert not child.standing


def test_what_has_become_final_meanwhile_comes_back_and_stays_final():
    matter = cast.decided()
    [child] = taken(matter, copy(matter.branch))
    task = Task.objects.get(case=child, op=Task.Op.HAND_OVER_NOTICE)
    tick_task(task.pk, done=True, by=matter.branch.operator, at=day(2))
    child.refresh_from_db()
    assert child.settles_at
    make_final(child.pk, at=child.settles_at + timedelta(days=1))
    overturned(matter)
    child.refresh_from_db()
    assert (child.stage, child.standing, child.outcome) == (Stage.FINAL, False, Outcome.REMOVE)
    assert child.settles_at is None
    assert wanted(child.post) == Item.Visibility.VISIBLE
    assert cast.lay_open(matter.branch.org) == []


def test_nothing_earlier_is_swept_in_and_nothing_that_has_nothing_to_do_with_it():
    matter = cast.decided()
    earlier = copy(matter.branch, number="90", words=cast.WORDS, hours=-5)
    other = copy(matter.branch, number="91", words="The ferry runs late again on Sunday mornings in winter.")
    for post in (earlier, other, matter.branch.post):
        with cast.refused(BadInput, "was there before", field=f"post-{post.pk}"):
            taken(matter, post)
    assert Case.objects.count() == 1


def test_nothing_goes_with_what_is_not_taken_down():
    people = cast.branch()
    matter = cast.decided(people, outcome=Outcome.WARN)
    found = copy(people)
    assert removal(matter.case) is None
    with cast.refused(NotPermitted, "taken down"):
        taken(matter, found)


def test_whoever_wrote_the_copy_does_not_take_it_along():
    matter = cast.decided()
    people = matter.branch
    found, other = copy(people), copy(people, number="201")
    assert found.account
    claim_account(found.account, people.operator, evidence="They said so.", by=people.administrator, at=day(1))
    with cast.refused(NotPermitted, "The post was written from an account of yours"):
        taken(matter, other, found)
    assert taken(matter, other)


def test_a_post_that_has_a_case_that_was_decided_is_decided_there():
    matter = cast.decided()
    found = copy(matter.branch)
    [child] = taken(matter, found)
    with cast.refused(BadInput, f"Case {child.pk} is about this post already", field=f"post-{found.pk}"):
        taken(matter, found)


def test_a_copy_that_came_back_goes_again_when_the_post_is_taken_down_anew():
    matter = cast.decided(cast.branch(moderators=3))
    people, afresh = matter.branch, matter.branch.people["Oz Lark"]
    went, stayed = copy(people), copy(people, number="201")
    [child] = taken(matter, went)
    take_along(matter.pk, left=[stayed.pk], no_part=True, by=people.operator, at=day(1, 11))
    overturned(matter)
    assert handled(matter.case) == {stayed.pk: "left"}
    ask_for_review(matter.pk, words=reviews.WORDS, by=matter.receipt.grant, at=day(4))
    cast.free(matter, people.secretary, at=day(4))
    send_back(matter.pk, review=reviews.number(matter), reasons=reviews.REASONS, by=people.secretary, at=day(4))
    cast.free(matter, afresh, at=day(5))
    decide(matter.pk, cast.a_decision(), by=afresh, at=day(5))
    assert handled(matter.case) == {}  # another decision is a reason to look at what was left, too
    take_along(matter.pk, going=[Going(went.pk, WHY)], no_part=True, by=people.operator, at=day(5, 11))
    child.refresh_from_db()
    assert (child.stage, child.outcome, child.standing) == (Stage.DECIDED, Outcome.REMOVE, True)
    assert child.papers.filter(kind=Paper.Kind.REPORT).count() == 1
    assert wanted(went) == Item.Visibility.GONE
    assert Case.objects.filter(post=went).count() == 1
    assert handled(matter.case) == {went.pk: "taken"}
    assert cast.lay_open(people.org) == []


def test_a_copy_that_came_back_goes_with_the_same_post_in_a_later_case():
    matter = cast.decided()
    people = matter.branch
    went = copy(people)
    taken(matter, went)
    overturned(matter)
    cast.served(matter, at=day(4))
    assert make_final(matter.pk, at=day(400))
    later = cast.decided(people, at=day(401))
    take_along(later.pk, going=[Going(went.pk, WHY)], no_part=True, by=people.operator, at=day(402))
    assert wanted(went) == Item.Visibility.GONE
    assert [one.root_id for one in Fallen.objects.order_by("pk")] == [matter.pk, later.pk]
    assert cast.lay_open(people.org) == []


def test_what_somebody_found_to_be_no_breach_by_itself_is_not_taken_again():
    matter = cast.decided()
    people = matter.branch
    [child] = taken(matter, copy(people))
    lodge_appeal(child.pk, words="I only passed it on.", by=child.grants.get(party=Role.AUTHOR), at=day(2))
    declare_interest(child.pk, interested=False, by=people.moderator, at=day(2))
    reconsider(child.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.moderator, at=day(3))
    assert handled(matter.case) == {child.post_id: "taken"}
    with cast.refused(BadInput, f"Case {child.pk} is about this post already", field=f"post-{child.post_id}"):
        take_along(matter.pk, going=[Going(child.post_id, WHY)], no_part=True, by=people.operator, at=day(4))


def test_a_copy_of_a_copy_comes_back_with_the_first_of_them():
    matter = cast.decided()
    people = matter.branch
    [child] = taken(matter, copy(people))
    further = copy(people, number="201", hours=8)
    take_along(child.pk, going=[Going(further.pk, WHY)], no_part=True, by=people.operator, at=day(1, 12))
    overturned(matter)
    assert not Case.objects.get(post=further).standing
    assert wanted(further) == Item.Visibility.VISIBLE
    assert cast.lay_open(people.org) == []


def test_a_case_that_was_opened_for_a_copy_is_not_read_again_to_decide_it():
    matter = cast.decided()
    found = copy(matter.branch)
    with CaptureQueriesContext(connection) as asked:
        taken(matter, found)
    child = Case.objects.get(post=found)
    reads = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    of_child = [sql for sql in reads if f'"casefile_case"."id" = {child.pk}' in sql and "procedureedition" in sql]
    assert of_child == []  # it was opened here, so nobody else has it


def test_a_copy_taken_back_within_its_minute_is_not_brought_back_later():
    matter = cast.decided()
    found = copy(matter.branch)
    [child] = taken(matter, found)
    undo(child.pk, by=matter.branch.operator, at=day(1, 11))
    assert not Dispatch.objects.filter(case=child, state=Dispatch.State.WAITING, audience=Role.AUTHOR).exists()
    overturned(matter)
    child.refresh_from_db()
    assert child.stage == Stage.RECEIVED
    assert not child.events.filter(step=Step.BRING_BACK).exists()
    assert cast.lay_open(matter.branch.org) == []


def test_undoing_the_removal_within_its_minute_takes_back_what_went_with_it():
    matter = cast.decided()
    people = matter.branch
    just, soon = day(1) + timedelta(seconds=20), day(1) + timedelta(seconds=50)
    went, stays, itself = (copy(people, number=number) for number in ("200", "201", "202"))
    going = [Going(went.pk, WHY), Going(itself.pk, WHY + " It names her.", by_itself=True)]
    take_along(matter.pk, going=going, left=[stays.pk], no_part=True, by=people.operator, at=just)
    assert len(undoable(matter.case, people.operator, at=soon).along) == 2
    undo(matter.pk, by=people.operator, at=soon)
    assert matter.case.stage == Stage.RECEIVED
    for post in (went, itself):
        child = Case.objects.get(post=post)
        assert (child.stage, child.outcome, child.due_at) == (Stage.RECEIVED, "", None)
        assert wanted(post) == Item.Visibility.VISIBLE
        assert not Task.objects.filter(case=child, state=Task.State.OPEN).exists()
    waiting = Dispatch.objects.filter(state=Dispatch.State.WAITING).exclude(kind="report_received")
    assert not waiting.exists()
    decide(matter.pk, cast.a_decision(), by=people.operator, at=day(2))
    assert handled(matter.case) == {}
    take_along(matter.pk, going=[Going(went.pk, WHY)], no_part=True, by=people.operator, at=day(2))
    assert wanted(went) == Item.Visibility.GONE
    assert cast.lay_open(people.org) == []


def test_a_removal_is_not_undone_without_what_went_with_it():
    matter = cast.decided()
    people = matter.branch
    just, soon = day(1) + timedelta(seconds=20), day(1) + timedelta(seconds=50)
    found = copy(people)
    take_along(matter.pk, going=[Going(found.pk, WHY)], no_part=True, by=people.operator, at=just)
    child = Case.objects.get(post=found)
    task = Task.objects.get(case=child, op=Task.Op.REMOVE)
    tick_task(task.pk, done=True, by=people.moderator, at=just)
    with cast.refused(NotPermitted, f"Case {child.pk} went with it, and that cannot be taken back. There is nothing"):
        undo(matter.pk, by=people.operator, at=soon)
    assert matter.case.standing
    assert matter.case.stage == Stage.DECIDED


def test_what_somebody_else_has_let_go_with_it_is_not_taken_back_over_their_head():
    matter = cast.decided()
    people = matter.branch
    just, soon = day(1) + timedelta(seconds=20), day(1) + timedelta(seconds=50)
    cast.free(matter, people.moderator, at=just)
    take_along(matter.pk, left=[copy(people).pk], no_part=True, by=people.moderator, at=just)
    with cast.refused(NotPermitted, "Somebody else has looked at what goes with it"):
        undo(matter.pk, by=people.operator, at=soon)


def test_an_answer_by_which_something_came_back_is_not_taken_back():
    matter = cast.decided()
    taken(matter, copy(matter.branch))
    overturned(matter)
    with cast.refused(NotPermitted, "back with it, and other authors are told"):
        undo(matter.pk, by=matter.branch.deciders[-1], at=day(3))


def test_an_answer_that_lets_it_stand_is_taken_back_and_what_went_with_it_stays():
    matter = cast.decided()
    [child] = taken(matter, copy(matter.branch))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(2))
    other = matter.branch.deciders[-1]
    cast.free(matter, other, at=day(3))
    reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=other, at=day(3))
    undo(matter.pk, by=other, at=day(3))
    child.refresh_from_db()
    assert child.standing
    assert handled(matter.case) == {child.post_id: "taken"}


def test_the_letter_says_that_it_goes_with_another_post_and_nothing_of_whose_that_is():
    matter = cast.decided()
    [child] = taken(matter, copy(matter.branch))
    letter = child.papers.get(kind=Paper.Kind.NOTICE)
    body = cast.unquoted(letter.words["body"])
    assert letter.facts["letter"] == "statement_of_reasons"
    assert "Another post was taken down. Your post at Harbour page of Thursday 1 October 2026 repeats" in body
    assert WHY in body
    assert "If the other post comes back, yours does too" in body
    for whose in ("Rowan", "rowan", "Mo Abara", cast.REPORTER_NAME, cast.REASONS, f"case {matter.pk}", "/100"):
        assert whose not in body


def test_what_there_was_to_hurry_about_is_not_said_again_of_each_copy():
    people = cast.branch()
    matter = cast.reported(people, kind=ReportKind.THREAT)
    cast.free(matter, people.operator, at=day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=day(1))
    [child] = taken(matter, copy(people))
    assert not child.urgent
    assert child.papers.get(kind=Paper.Kind.REPORT).facts["kind"] == ReportKind.OTHER


def test_what_somebody_else_lets_go_in_that_minute_does_not_keep_an_answer_from_being_taken_back():
    matter = cast.appealed()
    people = matter.branch
    cast.free(matter, people.moderator, at=day(3))
    reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=people.moderator, at=day(3))
    found = copy(people)
    at = day(3) + timedelta(seconds=20)
    take_along(matter.pk, going=[Going(found.pk, WHY)], no_part=True, by=people.operator, at=at)
    undo(matter.pk, by=people.moderator, at=at)
    assert (matter.case.stage, wanted(found)) == (Stage.APPEALED, Item.Visibility.GONE)


def test_fifty_posts_are_confirmed_at_once_and_no_more():
    matter = cast.decided()
    for many, says in ((50, "does not hang together with it"), (51, "at most 50 at once")):
        with cast.refused(BadInput, says):
            take_along(matter.pk, left=range(1, many + 1), no_part=True, by=matter.branch.operator, at=day(1))
