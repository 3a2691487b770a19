"""By hand: one thing to do at a time, and an end to each."""

from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from folkmoot.archive.models import AccountClaim
from folkmoot.casefile.models import Attachment, Paper, Reading
from folkmoot.outbox.links import letter_link
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import Answer
from tests.cast import FOUNDED, PASSAGE, WORDS, Branch, Matter, branch, day, decided, finalised, outsider, reconsidered
from tests.web.desk.pages import Desk, said


@pytest.fixture
def matter(people: Branch) -> Matter:
    return decided(people)


def test_a_task_says_what_to_do_in_one_sentence(matter: Matter) -> None:
    task = matter.tasks()[0]
    page = Desk(matter.branch.operator).read(f"tasks/{task.pk}/")
    assert "Remove the post by Rowan Pike (rowan.pike) at Harbour page." in page
    assert WORDS in page
    assert "It is removed" in page


def test_an_earlier_letter_stands_below_the_one_that_has_overtaken_it(db: None) -> None:
    people = branch(contact=False)
    matter = reconsidered(people, answer=Answer.OVERTURNED)
    first, newest = (task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE)
    desk = Desk(people.operator)
    assert "With it goes 1 earlier letter, which it has overtaken." in desk.read("tasks/")
    page = desk.read(f"tasks/{newest.pk}/")
    assert page.index("It is overturned.") < page.index("An earlier letter, of") < page.index("is being taken down")
    page = desk.read(f"tasks/{first.pk}/")
    assert "Hand both over together, the later one first" in page
    assert "I have handed it over" not in page


def test_tasks_are_shown_page_by_page_each_once_and_letters_last(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    people = branch(contact=False)
    removal, letter = sorted(decided(people).tasks(), key=lambda task: task.op == Task.Op.HAND_OVER_NOTICE)
    more = [_another(removal, at=day(number)) for number in (2, 2, 1, 0)]
    monkeypatch.setattr("folkmoot.web.desk.tasks_in_turn.PAGE", 2)
    desk, pages, path = Desk(people.operator), list[list[int]](), "tasks/"
    while path:
        page = desk.get(path).context
        pages.append([line["task"].pk for line in page["todo"]])
        assert ("ended" in page) == (path == "tasks/")
        path = f"tasks/?after={page['page'].after}" if page["page"].after else ""
    in_turn = sorted([removal, *more], key=lambda task: (task.made_at, task.pk))
    assert [number for some in pages for number in some] == [*(task.pk for task in in_turn), letter.pk]
    assert [len(some) for some in pages] == [2, 2, 2]
    back = desk.get(f"tasks/?before={page['page'].before}").context
    assert [line["task"].pk for line in back["todo"]] == pages[1]
    assert "Next task" in desk.read(f"tasks/{letter.pk}/")


def _another(task: Task, *, at: datetime) -> Task:
    """Put one more thing to do by hand there, past the steps."""
    copy = Task.objects.get(pk=task.pk)
    copy.pk, copy.op, copy.made_at = None, Task.Op.COMMENT, at
    copy.save(force_insert=True)
    return copy


def test_two_tasks_about_one_author_are_told_apart_by_the_words_of_their_posts(matter: Matter) -> None:
    people = matter.branch
    desk = Desk(people.operator)
    assert "The harbour plan is a waste." in desk.read("tasks/")
    people.post.cases.update(sealed=True)
    assert "The harbour plan is a waste." not in desk.read("tasks/")


def test_a_tick_ends_it_and_leads_on(matter: Matter) -> None:
    task = matter.tasks()[0]
    desk = Desk(matter.branch.operator)
    answer = desk.post(f"tasks/{task.pk}/", done="yes", note="Hidden at ten.")
    assert answer["Location"].endswith("/desk/tasks/")
    assert Item.objects.get(post=matter.branch.post).observed == Item.Visibility.GONE
    page = desk.read(f"tasks/{task.pk}/")
    assert "Hidden at ten." in page
    assert "It is removed" not in page


def test_what_cannot_be_done_needs_a_reason(matter: Matter) -> None:
    task = matter.tasks()[0]
    desk = Desk(matter.branch.operator)
    answer = desk.post(f"tasks/{task.pk}/", done="no", note="")
    assert answer.status_code == 422
    assert "Please write why it cannot be done." in said(answer)
    assert desk.post(f"tasks/{task.pk}/", done="no", note="The page is gone.").status_code == 303
    assert Task.objects.get(pk=task.pk).state == Task.State.CANNOT


def test_pressing_neither_button_ends_nothing(matter: Matter) -> None:
    task = matter.tasks()[0]
    assert Desk(matter.branch.operator).post(f"tasks/{task.pk}/", note="Hm.").status_code == 422
    assert Task.objects.get(pk=task.pk).state == Task.State.OPEN


def test_a_second_tick_is_refused_in_words(matter: Matter) -> None:
    task = matter.tasks()[0]
    desk = Desk(matter.branch.operator)
    desk.post(f"tasks/{task.pk}/", done="yes")
    answer = desk.post(f"tasks/{task.pk}/", done="yes", note="Again.")
    assert answer.status_code == 422
    assert "Somebody has already ended this task" in said(answer)
    assert len(matter.papers(Paper.Kind.TASK)) == 1


def test_proof_is_kept_as_a_picture_without_metadata(matter: Matter) -> None:
    task = matter.tasks()[0]
    bytes_ = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at my house"
    Image.new("RGB", (8, 8), "red").save(bytes_, "JPEG", exif=exif)
    proof = SimpleUploadedFile("my house.jpg", bytes_.getvalue(), content_type="image/jpeg")
    assert Desk(matter.branch.operator).post(f"tasks/{task.pk}/", done="yes", proof=proof).status_code == 303
    kept = Attachment.objects.get(paper__case=matter.pk)
    assert b"my house" not in bytes(kept.content)
    assert kept.media_type == "image/jpeg"


def test_a_file_that_is_no_picture_keeps_the_note(matter: Matter) -> None:
    task = matter.tasks()[0]
    proof = SimpleUploadedFile("proof.png", b"MZ not a picture", content_type="image/png")
    answer = Desk(matter.branch.operator).post(f"tasks/{task.pk}/", done="yes", note="Done at ten.", proof=proof)
    assert answer.status_code == 422
    assert "not a picture that we can open" in said(answer)
    assert "Done at ten." in said(answer)
    assert Task.objects.get(pk=task.pk).state == Task.State.OPEN


def test_a_letter_to_hand_over_carries_its_link(db: None) -> None:
    matter = decided(branch(contact=False))
    task = next(task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE)
    desk = Desk(matter.branch.operator)
    page = desk.read(f"tasks/{task.pk}/")
    assert task.grant is not None
    assert letter_link(task.grant) in page
    assert "The link in it is the author’s own" in page
    assert Reading.objects.filter(what=f"task {task.pk}").exists()
    desk.post(f"tasks/{task.pk}/", done="yes")
    assert letter_link(task.grant) not in desk.read(f"tasks/{task.pk}/")


def test_who_only_looks_after_the_software_meets_no_author_s_letter(db: None) -> None:
    matter = decided(branch(contact=False))
    letter, removal = matter.tasks()
    desk = Desk(matter.branch.administrator)
    page = desk.read(f"tasks/{letter.pk}/")
    assert letter.grant is not None
    assert letter_link(letter.grant) not in page
    assert "gives no fact for it" not in page
    assert "handed over by somebody who works on cases" in page
    desk.post(f"tasks/{letter.pk}/", done="yes")
    assert letter in matter.tasks()
    assert "The whole post goes" in desk.read(f"tasks/{removal.pk}/")


def test_what_everybody_can_see_comes_before_letters(db: None) -> None:
    matter = decided(branch(contact=False))
    page = Desk(matter.branch.operator).read("tasks/")
    assert page.index("Remove a post") < page.index("Hand over a letter")
    removal = next(task for task in matter.tasks() if task.op == Task.Op.REMOVE)
    answer = Desk(matter.branch.operator).post(f"tasks/{removal.pk}/", done="yes")
    letter = next(task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE)
    assert answer["Location"].endswith(f"/tasks/{letter.pk}/")


def test_an_overturned_decision_asks_for_the_post_back(people: Branch) -> None:
    matter = finalised(people)
    old = Task.objects.get(case=matter.pk, op=Task.Op.REMOVE)
    desk = Desk(people.operator)
    assert "This is no longer wanted" in desk.read(f"tasks/{old.pk}/")
    new = matter.tasks()[0]
    assert "Put the post by Rowan Pike" in desk.read(f"tasks/{new.pk}/")


def test_somebody_with_an_office_at_the_place_may_tick_but_not_the_author(matter: Matter) -> None:
    people = matter.branch
    task = matter.tasks()[0]
    AccountClaim.objects.create(
        org=people.org,
        account=people.account,
        person=people.administrator,
        evidence="Says so.",
        added_by=people.operator,
        added_at=FOUNDED,
    )
    closed = Desk(people.administrator).read(f"tasks/{task.pk}/")
    assert "This task is for somebody else" in closed
    assert PASSAGE not in closed
    assert Desk(people.panel[0]).post(f"tasks/{task.pk}/", done="yes").status_code == 303


def test_another_organisations_task_is_not_there(matter: Matter) -> None:
    task = matter.tasks()[0]
    desk = Desk(outsider())
    assert desk.get(f"tasks/{task.pk}/").status_code == 404
    assert desk.post(f"tasks/{task.pk}/", done="yes").status_code == 404
    assert task.made_at == day(1)


def test_each_letter_to_hand_over_is_named(db: None) -> None:
    matter = reconsidered(branch(contact=False))
    letters = [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]
    for task, name in zip(letters, ("Decision and reasons", "Answer to the appeal"), strict=True):
        assert f"a letter ({name})" in Desk(matter.branch.operator).read(f"tasks/{task.pk}/")
