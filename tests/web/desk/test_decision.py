"""Deciding: nothing happens before it was checked, and nothing that was typed is lost."""

import pytest

from folkmoot.archive.models import Post
from folkmoot.casefile.models import AccessLog, Paper, Reading
from folkmoot.outbox.models import Task
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.record_delivery import record_sent
from tests.cast import (
    AUTHOR_ADDRESS,
    PASSAGE,
    REASONS,
    WORDS,
    Branch,
    Matter,
    branch,
    day,
    decided,
    everything,
    post,
    reported,
)
from tests.web.desk.pages import Desk, missing, said, typed


@pytest.fixture
def matter(people: Branch) -> Matter:
    return reported(people)


@pytest.fixture
def desk(people: Branch, matter: Matter) -> Desk:
    return Desk(people.operator).free(matter)


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Return every row but what a visit writes."""
    visits = {Reading._meta.label, AccessLog._meta.label}
    return {table: found for table, found in everything().items() if table not in visits}


def test_checking_and_previewing_write_nothing(desk: Desk, matter: Matter) -> None:
    before = rows()
    desk.read(f"cases/{matter.pk}/decision/")
    assert desk.post(f"cases/{matter.pk}/decision/", **typed(matter)).status_code == 200
    assert desk.post(f"cases/{matter.pk}/decision/letter/", **typed(matter)).status_code == 200
    assert rows() == before


def test_the_letter_beside_the_form_is_the_letter_that_is_sent(desk: Desk, matter: Matter) -> None:
    beside = said(desk.post(f"cases/{matter.pk}/decision/letter/", **typed(matter)))
    checked = said(desk.post(f"cases/{matter.pk}/decision/", **typed(matter)))
    assert desk.post(f"cases/{matter.pk}/decision/", **typed(matter, go="confirm")).status_code == 303
    notices = [paper for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["letter"] == "statement_of_reasons"]
    body = notices[0].words
    letter = body["subject"] + "\n" + body["body"]
    assert missing(letter, beside) == []
    assert missing(letter, checked) == []


def test_the_check_names_what_will_happen(desk: Desk, matter: Matter) -> None:
    page = said(desk.post(f"cases/{matter.pk}/decision/", **typed(matter)))
    assert "Remove and tell the author" in page
    assert f"The letter goes to {AUTHOR_ADDRESS}" in page
    assert "1 reporter who left an address is told" in page
    assert "You get a task to remove the post" in page


def test_confirming_decides(desk: Desk, matter: Matter, people: Branch) -> None:
    answer = desk.post(f"cases/{matter.pk}/decision/", **typed(matter, go="confirm"))
    assert answer["Location"] == f"/o/{people.org.slug}/desk/cases/{matter.pk}/"
    paper = matter.papers(Paper.Kind.DECISION)[0]
    assert (paper.facts["outcome"], paper.facts["codes"], paper.words["passage"]) == ("remove", ["H1"], PASSAGE)
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]
    assert "Decided. The author’s letter leaves in about a minute." in desk.read(f"cases/{matter.pk}/")


def test_a_button_pressed_twice_decides_once(desk: Desk, matter: Matter) -> None:
    sent = typed(matter, go="confirm")
    answers = [desk.post(f"cases/{matter.pk}/decision/", **sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(matter.papers(Paper.Kind.DECISION)) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"outcome": ""}, "Please choose one."),
        ({"codes": []}, "Please cite at least one rule"),
        ({"passage": ""}, "Please mark the words that are in breach"),
        ({"passage": "words that are not there"}, "The passage is not in the post word for word"),
        ({"reasons": "Rude."}, "Please write your reasons in a sentence or two"),
        ({"aimed_at": "everybody"}, "Please choose one of the answers"),
        ({"outcome": "reject"}, "Please choose one of the answers"),
        ({"codes": ["H3"]}, "H3 is no ground for a decision under these rules"),
        ({"reasons": REASONS + "\x00"}, "characters that cannot be kept"),
        ({"reasons": "x" * 10_001}, "please keep it to 10,000"),
        ({"seen": "yesterday"}, "Please open the page again"),
    ],
)
@pytest.mark.parametrize("go", ["check", "confirm"])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    desk: Desk, matter: Matter, wrong: dict[str, object], says: str, go: str
) -> None:
    kept = "I have thought about this for a long while."
    fields = {"reasons": kept, **wrong}
    before = rows()
    answer = desk.post(f"cases/{matter.pk}/decision/", **typed(matter, go=go, **fields))
    assert answer.status_code == 422
    page = said(answer)
    assert says in page
    assert str(fields["reasons"]).replace("\x00", "")[:500] in answer.content.decode().replace("\x00", "")
    assert rows() == before


def test_all_that_is_still_to_do_is_said_at_once(desk: Desk, matter: Matter) -> None:
    sent = typed(matter, passage="", codes=[], reasons="")
    page = said(desk.post(f"cases/{matter.pk}/decision/", **sent))
    problems = page[page.index("There is a problem") : page.index("There is a problem") + 400]
    assert "Please mark the words that are in breach" in problems
    assert "Please cite at least one rule" in problems


def test_a_selection_that_spans_lines_is_found_in_the_post(people: Branch) -> None:
    lines = post(people.org, people.place, native_id="300", text="First  line\nand then\n\nanother one.")
    matter = reported(people, post=lines)
    desk = Desk(people.operator).free(matter)
    sent = typed(matter, passage="line\r\nand then another", go="confirm")
    assert desk.post(f"cases/{matter.pk}/decision/", **sent).status_code == 303
    assert matter.papers(Paper.Kind.DECISION)[0].words["passage"] == "line\nand then\n\nanother"


def test_a_new_report_meanwhile_is_shown_and_the_typed_words_stay(desk: Desk, matter: Matter, people: Branch) -> None:
    sent = typed(matter, go="confirm")
    reported(people, words="I am the one he means.", at=day(1))
    answer = desk.post(f"cases/{matter.pk}/decision/", **sent)
    assert answer.status_code == 422
    page = said(answer)
    assert "Something has happened in this case since you opened the page" in page
    assert "New since you opened the page" in page
    assert REASONS in page
    assert matter.papers(Paper.Kind.DECISION) == []
    again = desk.post(f"cases/{matter.pk}/decision/", **typed(matter, go="confirm"))
    assert again.status_code == 303


def test_a_letter_that_leaves_meanwhile_is_no_news(desk: Desk, matter: Matter, people: Branch) -> None:
    sent = typed(matter, go="confirm")
    record_sent(matter.letters()[0].pk, at=day(1))
    assert people.moderator is not None
    declare_interest(matter.pk, interested=False, by=people.moderator, at=day(1))
    assert desk.post(f"cases/{matter.pk}/decision/", **sent).status_code == 303


def test_another_moderators_decision_is_not_overwritten_but_shown(matter: Matter, people: Branch) -> None:
    assert people.moderator is not None
    first, second = Desk(people.operator).free(matter), Desk(people.moderator).free(matter)
    sent = typed(matter, go="confirm")
    first.post(f"cases/{matter.pk}/decision/", **typed(matter, go="confirm", outcome="no_breach", codes=[]))
    for wish in ("confirm", "check", "change"):
        answer = second.post(f"cases/{matter.pk}/decision/", **{**sent, "go": wish, "reasons": "Mine were others."})
        assert answer.status_code == 422
        page = said(answer)
        assert "Mo Abara decided: no breach" in page
        assert REASONS in page
        assert "Your reasons Mine were others." in page
    assert [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DECISION)] == ["no_breach"]


def test_a_held_post_is_rejected_not_removed(people: Branch) -> None:
    held = post(people.org, people.place, native_id="400", text=WORDS, state=Post.State.HELD)
    matter = reported(people, post=held)
    page = Desk(people.operator).free(matter).read(f"cases/{matter.pk}/decision/")
    assert "is not let through" in page
    assert "The whole post is taken down" not in page


def test_before_a_held_post_is_found_to_be_no_breach_the_task_to_let_it_through_is_announced(people: Branch) -> None:
    held = post(people.org, people.place, native_id="400", text=WORDS, state=Post.State.HELD)
    matter = reported(people, post=held)
    sent = typed(matter, outcome="no_breach", passage="", codes=[])
    desk = Desk(people.operator).free(matter)
    check = said(desk.post(f"cases/{matter.pk}/decision/", **{**sent, "seen": matter.case.seq}))
    assert "You get a task to let the post through at Harbour page by hand." in check
    desk.post(f"cases/{matter.pk}/decision/", **{**sent, "seen": matter.case.seq, "go": "confirm"})
    assert "Let a held post through" in desk.read("tasks/")


def test_no_breach_writes_to_nobody_but_the_reporter(desk: Desk, matter: Matter) -> None:
    sent = typed(matter, outcome="no_breach", passage="", codes=[])
    assert "Decide that this is no breach" in said(desk.post(f"cases/{matter.pk}/decision/", **sent))
    assert desk.post(f"cases/{matter.pk}/decision/", **{**sent, "go": "confirm"}).status_code == 303
    assert matter.letters(AUTHOR_ADDRESS) == []


def test_without_an_address_the_check_says_that_it_is_handed_over(db: None) -> None:
    people = branch(contact=False)
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    page = said(desk.post(f"cases/{matter.pk}/decision/", **typed(matter)))
    assert "Nobody has an address for the author" in page


def test_changing_something_brings_back_all_that_was_typed(desk: Desk, matter: Matter) -> None:
    answer = desk.post(f"cases/{matter.pk}/decision/", **typed(matter, go="change"))
    source = answer.content.decode()
    assert answer.status_code == 200
    assert REASONS in source
    assert PASSAGE in source
    assert source.count("checked") == 4
    assert "There is a problem" not in source


def test_the_preview_says_what_is_still_to_do(desk: Desk, matter: Matter) -> None:
    page = said(desk.post(f"cases/{matter.pk}/decision/letter/", outcome="remove"))
    for step in (
        "Mark the words",
        "Cite at least one rule",
        "Say at whom",
        "Say whether it is clear",
        "Write your reasons",
    ):
        assert step in page


def test_nobody_previews_a_case_that_is_not_open_to_them(matter: Matter, people: Branch) -> None:
    assert Desk(people.operator).post(f"cases/{matter.pk}/decision/letter/", **typed(matter)).status_code == 404


def test_a_decided_case_leads_back_to_its_page(people: Branch) -> None:
    matter = decided(people)
    assert Desk(people.operator).get(f"cases/{matter.pk}/decision/").status_code == 303


def test_markup_in_reasons_and_posts_is_only_text(people: Branch) -> None:
    nasty = post(people.org, people.place, native_id="500", text='<img src=x onerror=alert(1)> {{ org }} "quoted"')
    matter = reported(people, post=nasty, words="<script>alert(2)</script>")
    desk = Desk(people.operator).free(matter)
    sent = typed(matter, passage="<img src=x", reasons="<b>Because</b> of the markup that it holds.")
    for answer in (
        desk.get(f"cases/{matter.pk}/"),
        desk.get(f"cases/{matter.pk}/decision/"),
        desk.post(f"cases/{matter.pk}/decision/", **sent),
        desk.get("queue/"),
    ):
        source = answer.content.decode()
        assert "<img src=x" not in source
        assert "<script>alert" not in source
        assert "<b>Because" not in source
