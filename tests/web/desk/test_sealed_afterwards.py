"""What is sealed after it was decided, or with another case, is shown by no page and in no letter (DP20)."""

import pytest

from folkmoot.casefile.models import Attachment, Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.words import Clarity, ReportKind, Stage, Subject
from folkmoot.steps.attach import Upload
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.propose import propose
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.seal import seal
from folkmoot.web.desk import evidence
from folkmoot.web.public.side import own_attachment
from tests import cast
from tests.cast import Branch
from tests.web.browsers import move_clock, officer
from tests.web.desk.pages import Desk
from tests.web.public.reading import encoded


def a_picture() -> Upload:
    return Upload("shot.jpg", "image/jpeg", encoded("JPEG"))


def test_what_was_decided_before_the_seal_repeats_nothing_afterwards(people: Branch) -> None:
    matter = cast.decided(people, at=cast.day(1))
    desk = Desk(people.operator)
    assert cast.PASSAGE in desk.read(f"cases/{matter.pk}/")
    seal(matter.pk, by=people.operator, at=cast.day(1))
    assert cast.PASSAGE not in desk.read(f"cases/{matter.pk}/")
    assert desk.browser.get(f"/o/{people.org.slug}/desk/posts/{people.post.pk}/report/").status_code == 404
    assert [one.words["passage"] for one in matter.papers(Paper.Kind.DECISION)] == [cast.PASSAGE]  # the record keeps it


def test_a_letter_to_hand_over_that_quotes_what_was_sealed_is_shown_no_more(db: None) -> None:
    people = cast.branch(contact=False)
    matter = cast.decided(people, at=cast.day(1))
    task = next(one for one in matter.tasks() if one.op == "hand_over_notice")
    desk = Desk(people.operator)
    assert cast.PASSAGE in desk.read(f"tasks/{task.pk}/")
    seal(matter.pk, by=people.operator, at=cast.day(1))
    assert cast.PASSAGE not in desk.read(f"tasks/{task.pk}/")


def test_what_was_proposed_before_the_seal_is_not_quoted_to_the_author_afterwards(people: Branch) -> None:
    matter = cast.reported(people)
    first, second = people.deciders[:2]
    cast.free(matter, first, second, at=cast.day(1))
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=first, at=cast.day(1))
    seal(matter.pk, by=first, at=cast.day(1))
    confirm_proposal(matter.pk, by=second, at=cast.day(1))
    assert cast.PASSAGE not in matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]


def test_pictures_of_a_sealed_case_open_to_neither_party_nor_to_the_executive(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = cast.reconsidered(people)
    put_to_executive(matter.pk, words="I ask the Executive.", files=[a_picture()], by=matter.grant, at=cast.day(4))
    cast.free(matter, people.panel[0], at=cast.day(4))
    file = Attachment.objects.get(paper__case=matter.pk)
    address = f"/o/{people.org.slug}/panel/cases/{matter.pk}/files/{file.pk}/"
    move_clock(monkeypatch, cast.day(5))
    member = officer(people.panel[0])
    assert member.get(address).status_code == 200
    assert own_attachment(matter.grant, file.pk) == file
    seal(matter.pk, by=people.operator, at=cast.day(5))
    assert member.get(address).status_code == 404
    assert own_attachment(matter.grant, file.pk) is None


def test_an_appeal_in_a_sealed_case_brings_no_pictures(people: Branch) -> None:
    matter = cast.decided(people)
    seal(matter.pk, by=people.operator, at=cast.day(1))
    with cast.refused(BadInput, "Words are enough", field="files"):
        lodge_appeal(matter.pk, words="See.", files=[a_picture()], by=matter.grant, at=cast.day(2))
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))


def test_another_case_about_the_sealed_post_shows_nothing_of_it_either(people: Branch) -> None:
    before = cast.finalised(people)
    assert before.case.stage == Stage.FINAL
    desk = Desk(people.operator)
    report = Report(kind=ReportKind.CHILD_SAFETY, link=people.post.url)
    later = cast.Matter(people, file_report(people.org, report, at=cast.day(60)))
    assert (later.pk != before.pk, later.case.sealed) == (True, True)
    assert cast.PASSAGE not in desk.read(f"cases/{before.pk}/")


def test_what_an_account_keeps_doing_is_shown_without_the_post_that_is_sealed(people: Branch) -> None:
    sealed = cast.reported(people)
    report = Report(kind=ReportKind.ATTACK, subject=Subject.PATTERN, link=people.post.url, words="Each week again.")
    pattern = cast.Matter(people, file_report(people.org, report, at=cast.day(0)))
    assert people.post in [one.post for one in evidence.matter(pattern.case, closed=())]
    seal(sealed.pk, by=people.operator, at=cast.day(1))
    assert evidence.matter(pattern.case, closed=()) == []
