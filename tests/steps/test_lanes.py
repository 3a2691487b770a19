"""Act first, mail later; hide first, then a clock of its own; and what may be shown to nobody (D10, Se, DP20)."""

from datetime import datetime

import pytest

from folkmoot.archive.journal import cut_journal
from folkmoot.archive.models import Post, Revision
from folkmoot.casefile.models import Attachment, Paper, PaperText
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.procedure.checklists import Complaint, questions
from folkmoot.procedure.words import Lane, Outcome, ReportKind, Role
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.attach import Upload
from folkmoot.steps.check_complaint import check_complaint
from folkmoot.steps.decide import decide
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.hide import hide
from folkmoot.steps.name_author import name_author
from folkmoot.steps.record_return import record_bounce
from folkmoot.steps.seal import seal
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.unhide import unhide
from folkmoot.steps.withdraw_report import withdraw_report
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.cast import refused

HARM = "Somebody's home address stands in it, and people are told to go there."
PICTURE = Upload(name="proof.png", media_type="image/png", content=b"\x89PNG one picture")


def reported_as(kind: ReportKind, *, at: datetime | None = None) -> cast.Matter:
    matter = cast.reported(kind=kind, at=at)
    cast.free(matter, *matter.branch.deciders, at=at or cast.day(0))
    return matter


@pytest.fixture
def emergency(db):
    return reported_as(ReportKind.PRIVATE_INFORMATION)


@pytest.fixture
def complaint(db):
    return reported_as(ReportKind.LEGAL)


def told(matter: cast.Matter, kind: str) -> list[str]:
    return sorted(letter.to for letter in matter.letters() if letter.kind == kind)


# Which lane, whose clock


@pytest.mark.parametrize("kind", [ReportKind.THREAT, ReportKind.INTIMATE_IMAGE, ReportKind.CHILD_SAFETY])
def test_an_emergency_has_a_clock_of_a_day_and_everybody_who_can_act_is_told(db, kind):
    people = cast.branch()
    matter = cast.Matter(people, file_report(people.org, Report(kind=kind, link=people.post.url), at=cast.day(0)))
    assert (matter.case.lane, matter.case.urgent) == (Lane.EMERGENCY, True)
    assert matter.duties() == [("moderator", "emergency", cast.day(1))]
    assert told(matter, "emergency") == sorted(p.email for p in [*people.deciders, people.secretary])


def test_a_second_report_of_an_emergency_does_not_tell_everybody_again(emergency):
    people = emergency.branch
    before = told(emergency, "emergency")
    file_report(people.org, Report(kind=ReportKind.THREAT, post=people.post), at=cast.day(0, 11))
    file_report(people.org, Report(kind=ReportKind.ATTACK, post=people.post), at=cast.day(0, 12))  # an ordinary one
    assert told(emergency, "emergency") == before


def test_an_emergency_that_nobody_answers_goes_to_the_secretary_after_a_day(emergency):
    assert sweep(at=cast.day(1, 10, 1)) == 1
    assert emergency.duties() == [("secretary", "emergency", cast.day(2, 10, 1))]


def test_in_an_emergency_the_secretary_need_not_wait_to_be_added(emergency):
    secretary = emergency.branch.secretary
    hide(emergency.pk, reasons=HARM, by=secretary, at=cast.day(0, 11))
    assert emergency.case.hidden


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (cast.day(0), cast.day(2)),  # Monday to Wednesday
        (cast.day(4), cast.day(8)),  # Friday: the weekend does not count
    ],
)
def test_a_legal_complaint_has_48_hours_in_which_weekends_do_not_count(db, at, due):
    matter = reported_as(ReportKind.LEGAL, at=at)
    assert (matter.case.lane, matter.case.urgent) == (Lane.LEGAL, False)
    assert matter.duties() == [("moderator", "legal", due)]
    assert matter.branch.operator.email in told(matter, "legal_clock")


def test_a_later_report_moves_a_case_into_a_faster_lane_and_never_into_a_slower_one(db):
    matter = cast.reported()
    people = matter.branch
    for kind, lane in [
        (ReportKind.LEGAL, Lane.LEGAL),
        (ReportKind.THREAT, Lane.EMERGENCY),
        (ReportKind.COPYRIGHT, Lane.EMERGENCY),
        (ReportKind.SPAM, Lane.EMERGENCY),
    ]:
        file_report(people.org, Report(kind=kind, post=people.post), at=cast.day(0))
        assert matter.case.lane == lane


def test_a_moderator_moves_a_case_into_a_lane_with_a_reason_and_its_clock_starts(db):
    matter = cast.reported()
    by = matter.branch.operator
    set_lane(matter.pk, Lane.LEGAL, reason="A solicitor's letter came by post.", by=by, at=cast.day(1))
    assert matter.case.lane == Lane.LEGAL
    assert ("moderator", "legal", cast.day(3)) in matter.duties()
    assert len(matter.duties()) == 2  # that of the report runs on
    set_lane(matter.pk, Lane.ORDINARY, reason="It was about another post.", by=by, at=cast.day(1, 11))
    assert (matter.case.lane, matter.case.urgent) == (Lane.ORDINARY, False)
    assert cast.lay_open(matter.branch.org) == []


def test_a_lane_needs_a_reason_and_a_change(emergency):
    by = emergency.branch.operator
    with refused(BadInput, "in a few words why", field="reason"):
        set_lane(emergency.pk, Lane.LEGAL, reason="", by=by, at=cast.day(0))
    with refused(NotPermitted, "in this lane already"):
        set_lane(emergency.pk, Lane.EMERGENCY, reason="Because.", by=by, at=cast.day(0))


# Hiding while we look


def test_hiding_asks_for_it_at_once_and_tells_the_author_in_the_same_moment(emergency):
    hide(emergency.pk, reasons=HARM, codes=["H1"], by=emergency.branch.operator, at=cast.day(0, 11))
    assert emergency.case.hidden
    assert [task.op for task in emergency.tasks()] == [Task.Op.HIDE]
    assert Item.objects.get(post=emergency.branch.post).wanted == Item.Visibility.HIDDEN
    letter = emergency.letters(cast.AUTHOR_ADDRESS)[-1]
    assert letter.kind == "hidden_meanwhile"
    words = letter.paper.words["body"]
    assert HARM in words
    assert "Nobody has decided yet" in words
    assert emergency.duties()  # the clock runs on: nothing is answered by it
    assert cast.lay_open(emergency.branch.org) == []


def test_in_an_ordinary_case_nothing_is_hidden_before_somebody_decides(db):
    matter = cast.reported()
    with refused(NotPermitted, "Only in an emergency or for a legal complaint"):
        hide(matter.pk, reasons=HARM, by=matter.branch.operator, at=cast.day(0))


def test_a_hiding_says_why_cites_only_grounds_and_happens_once(emergency):
    by = emergency.branch.operator
    with refused(BadInput, "write why", field="reasons"):
        hide(emergency.pk, reasons="Harm.", by=by, at=cast.day(0))
    with refused(BadInput, "no ground", field="codes"):
        hide(emergency.pk, reasons=HARM, codes=["H3"], by=by, at=cast.day(0))
    hide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))
    with refused(NotPermitted, "hidden already"):
        hide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))


def test_a_hidden_post_that_is_found_to_be_no_breach_is_shown_again(emergency):
    by = emergency.branch.operator
    hide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))
    decide(emergency.pk, cast.a_decision(Outcome.NO_BREACH, codes=[]), by=by, at=cast.day(1))
    assert not emergency.case.hidden
    assert [task.op for task in emergency.tasks()] == [Task.Op.UNHIDE]
    assert Item.objects.get(post=emergency.branch.post).wanted == Item.Visibility.VISIBLE


def test_a_hidden_post_that_is_found_in_breach_is_removed(emergency):
    by = emergency.branch.operator
    hide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))
    decide(emergency.pk, cast.a_decision(), by=by, at=cast.day(1))
    assert [task.op for task in emergency.tasks()] == [Task.Op.REMOVE]


def test_a_hiding_ends_before_the_decision_with_a_letter_that_says_why(complaint):
    by = complaint.branch.operator
    hide(complaint.pk, reasons="A complaint says that it is a libel.", by=by, at=cast.day(0))
    unhide(complaint.pk, reasons="The complaint was taken back this morning.", by=by, at=cast.day(1))
    assert not complaint.case.hidden
    assert [task.op for task in complaint.tasks()] == [Task.Op.UNHIDE]
    assert complaint.letters(cast.AUTHOR_ADDRESS)[-1].kind == "lifted"
    with refused(NotPermitted, "not hidden"):
        unhide(complaint.pk, reasons="The complaint was taken back this morning.", by=by, at=cast.day(1))
    assert cast.lay_open(complaint.branch.org) == []


def test_who_has_an_interest_hides_nothing(db):
    people = cast.branch()
    cast.own(people, people.operator)
    matter = cast.reported(people, kind=ReportKind.THREAT)
    with refused(NotPermitted, "from an account of yours"):
        hide(matter.pk, reasons=HARM, by=people.operator, at=cast.day(0))


# The checklist


def test_the_checklist_says_what_a_complaint_still_lacks(complaint):
    asked = questions(Complaint.DEFAMATION)
    paper = check_complaint(
        complaint.pk,
        Complaint.DEFAMATION,
        {"name": "A solicitor, by letter", "words": "That she is a crook."},
        by=complaint.branch.operator,
        at=cast.day(0),
    )
    assert paper.facts["given"] == ["name", "words"]
    assert paper.facts["missing"] == [key for key in asked if key not in ("name", "words")]
    assert complaint.duties()  # to check it is no answer
    assert cast.lay_open(complaint.branch.org) == []


def test_a_checklist_belongs_to_the_legal_lane_and_says_something(complaint, emergency):
    by = complaint.branch.operator
    with refused(BadInput, "at least one question", field="name"):
        check_complaint(complaint.pk, Complaint.OTHER, {"name": ""}, by=by, at=cast.day(0))
    with refused(BadInput, "fits no question"):
        check_complaint(complaint.pk, Complaint.OTHER, {"work": "A song"}, by=by, at=cast.day(0))


def test_only_the_legal_lane_has_a_checklist(emergency):
    with refused(NotPermitted, "for legal complaints"):
        check_complaint(emergency.pk, Complaint.OTHER, {"law": "x"}, by=emergency.branch.operator, at=cast.day(0))


# Sealed and destroyed


def found_later() -> cast.Matter:
    """Return a matter whose post and picture turn out to be what nobody may hold."""
    matter = cast.reported(kind=ReportKind.OTHER)
    grant = matter.receipt.grant
    add_to_report(matter.pk, words="This is what it shows.", files=[PICTURE], by=grant, at=cast.day(0, 11))
    Revision.objects.create(org=matter.branch.org, post=matter.branch.post, text="Later words", seen_at=cast.day(0))
    return matter


def test_any_officer_seals_at_once_even_one_with_an_interest(db):
    people = cast.branch()
    cast.own(people, people.operator)
    matter = cast.reported(people)
    seal(matter.pk, by=people.operator, at=cast.day(0))
    assert matter.case.sealed
    with refused(NotPermitted, "sealed already"):
        seal(matter.pk, by=people.administrator, at=cast.day(0))


def test_nobody_without_an_office_seals_or_destroys(db):
    matter = found_later()
    for person in (matter.branch.author, cast.outsider()):
        with refused(NotPermitted, "Only people with a role"):
            seal(matter.pk, by=person, at=cast.day(0))
        with refused(NotPermitted, "Only people with a role"):
            destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=person, at=cast.day(0))


def test_a_letter_of_a_sealed_case_repeats_nothing_and_links_nowhere(db):
    matter = found_later()
    people = matter.branch
    seal(matter.pk, by=people.operator, at=cast.day(0))
    cast.free(matter, people.operator, at=cast.day(0))
    decide(matter.pk, cast.a_decision(passage=""), by=people.operator, at=cast.day(1))
    words = matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]
    assert cast.PASSAGE not in words
    assert people.post.url not in words


def test_what_is_not_sealed_is_not_destroyed_nor_without_their_number(db):
    matter = found_later()
    by = matter.branch.operator
    with refused(NotPermitted, "Only what is sealed"):
        destroy(matter.pk, adviser=Adviser.POLICE, reference="R 1", by=by, at=cast.day(1))
    seal(matter.pk, by=by, at=cast.day(1))
    with refused(BadInput, "number of their advice", field="reference"):
        destroy(matter.pk, adviser=Adviser.POLICE, reference="", by=by, at=cast.day(1))


def test_destroying_leaves_an_event_and_no_content_and_the_record_holds(db):
    matter = found_later()
    people = matter.branch
    seal(matter.pk, by=people.operator, at=cast.day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="Report 4711", by=people.operator, at=cast.day(2))
    left = PaperText.objects.filter(paper__case=matter.pk).exclude(text="")
    assert {text.field: text.text for text in left.exclude(paper__kind=Paper.Kind.NOTICE)} == {
        "reference": "Report 4711"
    }
    assert cast.WORDS not in "".join(left.values_list("text", flat=True))
    assert [bytes(file.content) for file in Attachment.objects.filter(paper__case=matter.pk)] == [b""]
    post = Post.objects.get(pk=people.post.pk)
    assert (post.text, post.url, matter.case.link) == ("", "", "")
    assert list(Revision.objects.filter(post=post).values_list("text", flat=True)) == [""]
    assert cast.lay_open(people.org) == []


def test_when_it_is_destroyed_the_journal_is_cut_as_well(db, django_capture_on_commit_callbacks):
    matter = found_later()
    by = matter.branch.operator
    seal(matter.pk, by=by, at=cast.day(1))
    with django_capture_on_commit_callbacks() as then:
        destroy(matter.pk, adviser=Adviser.IWF, reference="Report 4711", by=by, at=cast.day(2))
    assert cut_journal in then


def test_a_letter_that_quoted_it_and_still_waits_does_not_leave(db):
    matter = found_later()
    people = matter.branch
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))
    seal(matter.pk, by=people.operator, at=cast.day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="Report 4711", by=people.operator, at=cast.day(1))
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    assert letter.state == Dispatch.State.CANCELLED


def test_a_letter_whose_words_are_destroyed_goes_no_other_way(db):
    people = cast.branch(contact=False)
    matter = cast.decided(people)
    seal(matter.pk, by=people.operator, at=cast.day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=people.operator, at=cast.day(1))
    assert [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE] == []
    name_author(matter.pk, address=cast.AUTHOR_ADDRESS, source="They told us.", by=people.operator, at=cast.day(2))
    assert matter.letters(cast.AUTHOR_ADDRESS) == []


def test_a_letter_that_was_destroyed_and_comes_back_is_not_sent_again_without_words(db):
    matter = cast.served(cast.decided(), at=cast.day(1))
    people = matter.branch
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    seal(matter.pk, by=people.operator, at=cast.day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=people.operator, at=cast.day(1))
    assert record_bounce(letter.message_id, status="5.1.1", at=cast.day(2))
    assert [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE] == []


def test_whoever_has_a_part_in_the_matter_does_not_destroy_what_speaks_against_them(db):
    people = cast.branch()
    cast.own(people, people.operator)
    matter = cast.reported(people)
    seal(matter.pk, by=people.operator, at=cast.day(1))
    with refused(NotPermitted, "account of yours"):
        destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=people.operator, at=cast.day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=people.administrator, at=cast.day(1))


def test_destroying_takes_the_copies_that_other_cases_about_the_post_hold(db):
    people = cast.branch()
    before = cast.finalised(people)
    report = Report(kind=ReportKind.CHILD_SAFETY, link=people.post.url)
    later = cast.Matter(people, file_report(people.org, report, at=cast.day(60)))
    destroy(later.pk, adviser=Adviser.IWF, reference="R 1", by=people.operator, at=cast.day(60))
    left = PaperText.objects.within(people.org).exclude(text="").values_list("text", flat=True)
    assert not [text for text in left if cast.PASSAGE in text]
    assert before.case.sealed
    assert cast.lay_open(people.org) == []


def test_those_who_may_act_in_an_emergency_are_told_even_when_no_moderator_is_free(db):
    people = cast.branch(moderators=1)
    cast.own(people, people.operator)
    matter = cast.reported(people, kind=ReportKind.THREAT)
    assert told(matter, "emergency") == [people.secretary.email]
    assert people.secretary.holds(Role.SECRETARY, at=cast.day(0))


# Nothing is hidden without an end


def test_a_hidden_post_waits_for_its_decision_although_the_reporter_withdraws(emergency):
    hide(emergency.pk, reasons=HARM, by=emergency.branch.operator, at=cast.day(0))
    withdraw_report(emergency.pk, by=emergency.receipt.grant, at=cast.day(0, 11))
    assert [owed for _, owed, _ in emergency.duties()] == ["emergency"]


def test_the_last_report_is_not_answered_while_the_post_stays_hidden(emergency):
    by = emergency.branch.operator
    number = emergency.papers(Paper.Kind.REPORT)[0].number
    hide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))
    with refused(NotPermitted, "its author waits too"):
        answer_report(emergency.pk, reports=[number], words=HARM, by=by, at=cast.day(0))
    unhide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))
    answer_report(emergency.pk, reports=[number], words=HARM, by=by, at=cast.day(0))
    assert emergency.duties() == []


def test_what_is_hidden_after_all_were_answered_has_a_clock_again(emergency):
    by = emergency.branch.operator
    number = emergency.papers(Paper.Kind.REPORT)[0].number
    answer_report(emergency.pk, reports=[number], words=HARM, by=by, at=cast.day(0))
    hide(emergency.pk, reasons=HARM, by=by, at=cast.day(0))
    assert emergency.duties() == [("moderator", "emergency", cast.day(1))]
