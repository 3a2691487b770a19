"""The case page: the question of interest first, and then only what is certain."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper, Reading
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.steps.attach import Upload
from folkmoot.steps.decide import decide
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.make_final import make_final
from folkmoot.steps.tick_task import tick_task
from tests.cast import (
    AUTHOR_ADDRESS,
    PASSAGE,
    REPORT_WORDS,
    REPORTER_ADDRESS,
    REPORTER_NAME,
    WORDS,
    Branch,
    Matter,
    a_decision,
    appealed,
    before_executive,
    branch,
    day,
    decided,
    finalised,
    free,
    minuted,
    outsider,
    reconsidered,
    reported,
    served,
)
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk, said, unseen


def finalised_after(matter: Matter) -> Matter:
    """Decide the matter, and let the time to appeal pass."""
    free(matter, matter.branch.operator, at=day(1))
    decide(matter.pk, a_decision(), by=matter.branch.operator, at=day(1))
    served(matter)
    assert make_final(matter.pk, at=day(300))
    return matter


def test_before_the_question_is_answered_only_the_bare_facts_are_shown(people: Branch) -> None:
    matter = reported(people)
    page = Desk(people.operator).read(f"cases/{matter.pk}/")
    assert "Are you, or is somebody close to you, part of this?" in page
    assert "Personal attack" in page
    assert "Rowan Pike" in page
    for hidden in (WORDS, PASSAGE, REPORT_WORDS, REPORTER_NAME, REPORTER_ADDRESS, AUTHOR_ADDRESS):
        assert hidden not in page


def test_after_a_no_the_case_opens(people: Branch) -> None:
    matter = reported(people)
    page = Desk(people.operator).free(matter).read(f"cases/{matter.pk}/")
    for shown in (WORDS, REPORT_WORDS, REPORTER_NAME, AUTHOR_ADDRESS, "Take this case", "4 days left"):
        assert shown in page


def test_after_a_yes_it_closes_to_them_and_nobody_learns_why(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator)
    answer = desk.post(f"cases/{matter.pk}/interest/", interested="yes", nature="She is my sister in law.")
    assert answer.status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "This case is for somebody else" in page
    assert WORDS not in page
    assert people.moderator is not None
    others = Desk(people.moderator).free(matter).read(f"cases/{matter.pk}/")
    assert "Mo Abara has an interest and stands aside" in others
    assert "sister" not in others


def test_pressing_no_twice_files_one_paper(people: Branch) -> None:
    matter = reported(people)
    Desk(people.operator).free(matter).free(matter)
    assert len(matter.papers(Paper.Kind.INTEREST)) == 1


def test_an_answer_that_is_neither_is_refused(people: Branch) -> None:
    matter = reported(people)
    answer = Desk(people.operator).post(f"cases/{matter.pk}/interest/", interested="perhaps", nature="Well.")
    assert answer.status_code == 422
    assert "Well." in said(answer)
    assert matter.papers(Paper.Kind.INTEREST) == []


def test_whoever_reported_never_sees_the_case(people: Branch) -> None:
    matter = reported(people, email=people.operator.email)
    page = Desk(people.operator).read(f"cases/{matter.pk}/")
    assert "The report came from your address" in page
    assert WORDS not in page


def test_each_reading_is_written_down(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    desk.read(f"cases/{matter.pk}/")
    reading = Reading.objects.within(people.org).filter(case=matter.pk).latest("pk")
    assert (reading.by, reading.what, reading.at - day(1) < timedelta(minutes=1)) == (
        f"person:{people.operator.pk}",
        "case",
        True,
    )


def test_the_question_page_is_no_reading(people: Branch) -> None:
    matter = reported(people)
    Desk(people.operator).read(f"cases/{matter.pk}/")
    assert not Reading.objects.filter(case=matter.pk).exists()


def test_the_reporters_name_is_for_those_who_decide(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.panel[0]).free(matter)
    page = desk.read(f"cases/{matter.pk}/")
    assert "Name kept from you" in page
    for hidden in (REPORTER_NAME, REPORTER_ADDRESS, AUTHOR_ADDRESS):
        assert hidden not in page


def test_a_secretary_who_was_added_sees_and_may_act(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = reported(people)
    assert people.secretary is not None
    desk = Desk(people.secretary).free(matter)
    assert "Only the moderators, and those who have been added" in desk.read(f"cases/{matter.pk}/")
    move_clock(monkeypatch, day(6))
    duty = matter.case.duties.get()
    hand_over(duty.pk, at=day(6))
    page = desk.read(f"cases/{matter.pk}/")
    assert "Take this case" in page
    assert "the Secretary was added" in page
    assert REPORTER_NAME in page


def test_taking_and_putting_back(people: Branch) -> None:
    matter = reported(people)
    assert people.moderator is not None
    mine, other = Desk(people.operator).free(matter), Desk(people.moderator).free(matter)
    assert mine.post(f"cases/{matter.pk}/claim/").status_code == 303
    assert matter.case.claimed_by == people.operator
    assert "Mo Abara has this case" in other.read(f"cases/{matter.pk}/")
    other.post(f"cases/{matter.pk}/claim/")
    assert "Mo Abara has already taken this case" in other.read(f"cases/{matter.pk}/")
    other.post(f"cases/{matter.pk}/release/")
    assert matter.case.claimed_by is None


def test_a_visit_alone_takes_nothing(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    assert desk.get(f"cases/{matter.pk}/claim/").status_code == 405
    assert matter.case.claimed_by is None


def test_nothing_is_shown_as_removed_before_somebody_says_so(people: Branch) -> None:
    matter = decided(people)
    desk = Desk(people.operator)
    page = desk.read(f"cases/{matter.pk}/")
    assert "Asked to be removed" in page
    assert "Nobody has confirmed yet." in page
    assert "Removed" not in page
    tick_task(matter.tasks()[0].pk, done=True, by=people.operator, at=day(1))
    assert "Removed" in desk.read(f"cases/{matter.pk}/")


def test_what_cannot_be_removed_is_shown_so(people: Branch) -> None:
    matter = decided(people)
    tick_task(matter.tasks()[0].pk, done=False, note="I am locked out.", by=people.operator, at=day(1))
    page = Desk(people.operator).read(f"cases/{matter.pk}/")
    assert "Could not be removed" in page
    assert "I am locked out." in page


def test_where_a_child_may_be_in_danger_no_words_of_the_post_are_shown(people: Branch) -> None:
    matter = reported(people, kind=ReportKind.CHILD_SAFETY, words="Please look.")
    desk = Desk(people.operator).free(matter)
    for path in ("", "decision/"):
        page = desk.read(f"cases/{matter.pk}/{path}")
        assert "A child may be in danger" in page
        assert PASSAGE not in page
    assert PASSAGE not in desk.read("queue/")


def test_a_later_warning_of_a_child_hides_what_was_copied_before(people: Branch) -> None:
    matter = reported(people)
    reported(people, kind=ReportKind.CHILD_SAFETY, words="There is a child in it.", at=day(1))
    desk = Desk(people.operator).free(matter)
    assert PASSAGE not in desk.read(f"cases/{matter.pk}/")
    assert PASSAGE not in desk.read("queue/")


def test_pictures_open_only_with_their_case(people: Branch) -> None:
    picture = Upload("picture-1.png", "image/png", b"\x89PNG not really")
    matter = reported(people, files=[picture])
    file = matter.papers(Paper.Kind.REPORT)[0].attachments.get()
    desk = Desk(people.operator)
    assert desk.get(f"cases/{matter.pk}/files/{file.pk}/").status_code == 404
    desk.free(matter)
    answer = desk.get(f"cases/{matter.pk}/files/{file.pk}/")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, picture.content, "image/png")
    assert Reading.objects.filter(what=f"file {file.pk}").count() == 1
    elsewhere = reported(branch("Other branch"))
    other = Desk(elsewhere.branch.operator).free(elsewhere)
    assert other.get(f"cases/{elsewhere.pk}/files/{file.pk}/").status_code == 404


def test_letters_are_shown_without_their_links(people: Branch) -> None:
    matter = decided(people)
    page = Desk(people.operator).read(f"cases/{matter.pk}/")
    assert "Decision and reasons" in page
    assert "(a link that only they get)" in page
    assert "/letter/" not in page


@pytest.mark.parametrize("build", [decided, appealed, reconsidered, before_executive, minuted, finalised])
def test_every_stage_has_its_page(people: Branch, build: object) -> None:
    matter = build(people)  # type: ignore[operator]
    page = Desk(people.operator).read(f"cases/{matter.pk}/")
    assert WORDS in page
    assert "What happened" in page


def test_a_final_case_opens_to_who_was_never_asked_but_not_to_a_party(people: Branch) -> None:
    matter = reported(people, email=people.panel[3].email)
    matter = finalised_after(matter)
    assert people.secretary is not None
    assert "The case is final and locked" in Desk(people.secretary).read(f"cases/{matter.pk}/")
    closed = Desk(people.panel[3]).read(f"cases/{matter.pk}/")
    assert "This case is for somebody else" in closed
    assert WORDS not in closed


def test_an_address_with_its_source_is_written_down(people: Branch) -> None:
    matter = reported(branch("Quay branch", contact=False))
    desk = Desk(matter.branch.operator).free(matter)
    path = f"cases/{matter.pk}/author/"
    empty = desk.post(path, **unseen(matter), address=AUTHOR_ADDRESS, source="")
    assert empty.status_code == 422
    assert "Please write how you know this" in said(empty)
    assert AUTHOR_ADDRESS in empty.content.decode()
    assert (
        desk.post(path, **unseen(matter), address=AUTHOR_ADDRESS, source="He wrote to us from it.").status_code == 303
    )
    page = desk.read(f"cases/{matter.pk}/")
    assert AUTHOR_ADDRESS in page
    assert "He wrote to us from it." in page


@pytest.mark.parametrize(
    "path", ["", "interest/", "claim/", "release/", "author/", "post/", "decision/", "reconsideration/"]
)
def test_another_organisations_case_is_not_there(people: Branch, path: str) -> None:
    matter = reported(people)
    desk = Desk(outsider())
    assert desk.post(f"cases/{matter.pk}/{path}", interested="no").status_code in (404, 405)
    assert desk.get(f"cases/{matter.pk}/{path}").status_code in (404, 405)
    assert matter.papers(Paper.Kind.INTEREST) == []


def test_the_case_is_for_those_who_answer(people: Branch) -> None:
    assert not people.administrator.holds(Role.MODERATOR, at=day(1))
    matter = reported(people)
    assert Desk(people.administrator).post(f"cases/{matter.pk}/interest/", interested="no").status_code == 404


def test_whose_address_somebody_typed_says_so_and_is_asked_like_everybody(people: Branch) -> None:
    matter = reported(people, email=people.operator.email)
    desk = Desk(people.operator)
    assert "I did not send that report" in desk.read(f"cases/{matter.pk}/")
    assert desk.post(f"cases/{matter.pk}/not-mine/").status_code == 303
    assert "part of this?" in desk.read(f"cases/{matter.pk}/")


def test_a_final_case_says_what_the_executive_decided(people: Branch) -> None:
    matter = finalised(people)
    page = Desk(people.operator).free(matter).read(f"cases/{matter.pk}/")
    assert "We read the post as being about the plan, which may be called a waste." in page
    before = minuted(branch())
    assert "about the plan, which may be called a waste" not in Desk(before.branch.operator).read(f"cases/{before.pk}/")
