"""The demo's branch stands as the story says, and its record is as sound as any."""

import re
from datetime import timedelta

import pytest

from folkmoot.archive.models import Post
from folkmoot.casefile.audit import verify
from folkmoot.casefile.models import Case, Event, Fallen, FoundLater, Measure
from folkmoot.config.places import PROJECT
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Lane, ReportKind, Stage, Step
from folkmoot.steps.file_report import Report, file_report
from folkmoot.web.demo import load
from folkmoot.web.demo.standing import Summary, row_of
from folkmoot.web.demo.story import story
from tests.web.demo.conftest import AT

MEANT = {  # by the number that docs/demo.md gives it
    3: "seventy-three-at-the-door",
    4: "explain-yourselves-here",
    5: "vandalism-by-spreadsheet",
    6: "everyone-knows-it",
    7: "still-waiting",
    8: "a-number-for-the-evenings",
    13: "the-very-next-sentence",
    15: "back-to-your-allotment",
    16: "hanging-baskets",
    17: "the-people-have-spoken",
    18: "a-third-of-a-sentence",
    19: "printed-for-the-van",
    20: "under-the-third-pot",
}

pytestmark = pytest.mark.usefixtures("demo_settings")


def test_every_case_stands_where_the_story_says(filled: Summary) -> None:
    by_story = {row.matter.id: row for row in filled.rows if row.matter}
    stands = {key: (row.case.stage, sorted(row.owed_by), sorted(row.to_do)) for key, row in by_story.items()}
    told = {
        matter.id: (matter.expect.stage, sorted(matter.expect.duty), sorted(matter.expect.tasks))
        for matter in story().cases
    }
    assert stands == told


def test_there_is_a_case_at_every_stage(filled: Summary) -> None:
    assert {matter.expect.stage for matter in story().cases} == {row.case.stage for row in filled.rows}
    assert len(filled.by_stage) == 8
    assert len(filled.rows) >= 12
    assert Post.objects.count() >= 80


def test_the_record_of_the_demo_is_whole(wexmoor: Organisation) -> None:
    assert list(verify(wexmoor)) == []


def test_nothing_in_the_demo_happens_after_the_moment_at_which_it_starts(filled: Summary) -> None:
    assert Event.objects.count() > 200
    assert not Event.objects.filter(at__gt=AT).exists()
    assert not Post.objects.filter(posted_at__gt=AT).exists()


def test_events_of_a_case_stand_in_the_order_of_time(filled: Summary) -> None:
    for case in Case.objects.all():
        times = list(case.events.order_by("seq").values_list("at", flat=True))
        assert times == sorted(times), case


def test_every_letter_of_the_story_has_arrived(filled: Summary) -> None:
    assert Dispatch.objects.count() > 60
    assert set(Dispatch.objects.values_list("state", flat=True)) == {Dispatch.State.SENT}


def test_late_cases_were_handed_over_once_for_each_report(filled: Summary) -> None:
    late = next(row.case for row in filled.rows if row.matter and row.matter.id == "still-waiting")
    handed = [(event.facts["from"], event.facts["to"]) for event in late.events.filter(step="hand_over")]
    assert sorted(handed) == [("moderator", "secretary"), ("moderator", "secretary"), ("secretary", "executive")]


def test_the_story_tells_of_every_step_that_somebody_may_try_in_it(filled: Summary) -> None:
    told = set(Event.objects.exclude(case=None).values_list("step", flat=True))
    assert {
        Step.ASK_CLARIFICATION,
        Step.ASK_FOR_REVIEW,
        Step.CHECK_COMPLAINT,
        Step.CLARIFY,
        Step.CONVENE,
        Step.EXTEND,
        Step.HIDE,
        Step.LOOK_AFTERWARDS,
        Step.PROPOSE,
        Step.PUT_BESIDE,
        Step.TAKE_ALONG,
        Step.WRITE_NOTE,
    } <= told


def test_a_review_a_hiding_a_proposal_and_a_measure_are_left_open_to_be_tried(filled: Summary) -> None:
    rows = {row.matter.id: row for row in filled.rows if row.matter}
    assert rows["vandalism-by-spreadsheet"].besides == ["a review is asked for"]
    assert rows["under-the-third-pot"].besides == ["hidden for now"]
    assert rows["under-the-third-pot"].case.lane == Lane.EMERGENCY
    assert rows["a-third-of-a-sentence"].case.stage == Stage.SECOND_LOOK
    assert rows["a-number-for-the-evenings"].besides == ["a measure runs"]
    assert Measure.objects.get(ended_at=None).until > AT
    assert sum(bool(row.besides) for row in filled.rows) == 3


def test_what_went_with_a_removal_is_a_case_of_its_own_and_a_later_copy_waits(filled: Summary) -> None:
    cases = {row.matter.id: row.case for row in filled.rows if row.matter}
    fell = Fallen.objects.get()
    assert (fell.root, fell.case) == (cases["back-to-your-allotment"], cases["the-people-have-spoken"])
    assert Dispatch.objects.filter(case=fell.case, to="lionel.hask@wexmoor.example").exists()
    later = set(FoundLater.objects.values_list("root", "post__native_id"))
    assert later == {(fell.root.pk, "cyc-09"), (fell.root.pk, "cyc-12")}


def test_the_document_counts_rightly_and_names_the_cases_that_it_means(filled: Summary) -> None:
    document = " ".join((PROJECT / "docs" / "demo.md").read_text(encoding="utf-8").split())
    assert {int(number) for number in re.findall(r"\bcases?[ /](\d+)", document)} == set(MEANT)
    stands = {row.case.pk: row.matter.id for row in filled.rows if row.matter}
    assert {number: stands[number] for number in MEANT} == MEANT
    counted = (len(story().people), Post.objects.count(), len(filled.rows))
    assert counted == (17, 100, 20)
    assert all(words in document for words in ("seventeen people", "a hundred posts", "twenty cases"))


def test_a_filled_demo_is_left_alone(filled: Summary) -> None:
    before = (Event.objects.count(), Dispatch.objects.count())
    again = load.fill(at=AT + timedelta(days=3))
    assert (Event.objects.count(), Dispatch.objects.count()) == before
    assert [row.case.pk for row in again.rows] == [row.case.pk for row in filled.rows]


def test_what_is_printed_names_every_case_and_three_links(filled: Summary) -> None:
    lines = load.where_things_stand()
    assert all(any(matter.title in line for line in lines) for matter in story().cases)
    assert sum("http" in line for line in lines) == 3


def test_a_case_opened_by_somebody_trying_the_demo_has_a_row_too(wexmoor: Organisation) -> None:
    own = file_report(wexmoor, Report(kind=ReportKind.OTHER, words="Something else."), at=AT).case
    assert row_of(own).matter is None
    assert str(own.pk) in row_of(own).title
    assert any(str(own.pk) in line for line in load.where_things_stand())
