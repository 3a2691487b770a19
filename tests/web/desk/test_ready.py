"""What helps before deciding, on its pages; spam in bulk; earlier cases behind a reason; whose account is ours."""

import pytest

from folkmoot.archive.models import Account
from folkmoot.casefile.models import Paper, Reading
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.decide import decide
from folkmoot.steps.mark_official import mark_handle_official
from tests.cast import Branch, Matter, a_decision, branch, day, free, post, reported
from tests.web.desk.pages import Desk, said, typed

NOTE = "I have asked Nia what she makes of this."
OURS = "The plan costs 2 million."


@pytest.fixture
def matter(people: Branch) -> Matter:
    return reported(people)


@pytest.fixture
def desk(people: Branch, matter: Matter) -> Desk:
    return Desk(people.operator).free(matter)


def sent(matter: Matter, **other: object) -> dict[str, object]:
    return {"seen": matter.case.seq, "form_key": "0" * 32, **other}


def test_a_note_is_seen_by_those_who_decide_and_by_nobody_else(desk: Desk, matter: Matter, people: Branch) -> None:
    for _ in range(2):
        assert desk.post(f"cases/{matter.pk}/note/", **sent(matter, words=NOTE)).status_code == 303
    assert len(matter.papers(Paper.Kind.NOTE)) == 1
    assert NOTE in desk.read(f"cases/{matter.pk}/")
    assert people.secretary is not None
    assert NOTE not in Desk(people.secretary).free(matter).read(f"cases/{matter.pk}/")  # nobody has added them


def test_the_author_is_asked_from_the_case_and_twice_is_enough(desk: Desk, matter: Matter) -> None:
    assert "Ask the author what they meant" in desk.read(f"cases/{matter.pk}/")
    for _ in range(2):
        asked = desk.post(f"cases/{matter.pk}/question/", **sent(matter, question="Did you mean the plan?"))
        assert asked.status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "Did you mean the plan?" in page
    assert "Ask the author what they meant" not in page
    assert "The author was asked" in desk.read("queue/")
    assert "Did you mean the plan?" in desk.read(f"cases/{matter.pk}/decision/")


def test_our_post_is_chosen_from_our_own_or_copied_down(desk: Desk, matter: Matter, people: Branch) -> None:
    page = desk.read(f"cases/{matter.pk}/beside/")
    assert "Nobody has said yet which accounts are our own." in page
    account = mark_handle_official(people.place, "harbour.branch", by=people.operator, at=day(0))
    ours = post(people.org, people.place, text=OURS, native_id="700", account=account)
    assert OURS in desk.read(f"cases/{matter.pk}/beside/")
    assert desk.post(f"cases/{matter.pk}/beside/", post=ours.pk).status_code == 303
    copied = sent(matter, url="https://example.org/8", text="We said it in May as well.")
    assert desk.post(f"cases/{matter.pk}/beside/", **copied).status_code == 303
    for path in ("", "decision/"):
        page = desk.read(f"cases/{matter.pk}/{path}")
        assert OURS in page
        assert "We said it in May as well." in page


def test_the_standard_answer_is_a_task_with_words_to_copy(desk: Desk, matter: Matter) -> None:
    page = desk.read(f"cases/{matter.pk}/comment/")
    assert "We do not discuss moderation here" in page
    fields = sent(matter, words="Please write to us.", code="")
    assert desk.post(f"cases/{matter.pk}/comment/", **fields).status_code == 303
    task = next(task for task in matter.tasks() if task.op == Task.Op.COMMENT)
    assert "Please write to us." in desk.read(f"tasks/{task.pk}/")


def test_the_comment_can_go_in_the_same_breath(desk: Desk, matter: Matter) -> None:
    fields = sent(matter, words="Please write to us.", code="H1")
    assert desk.post(f"cases/{matter.pk}/comment/", **fields).status_code == 303
    assert matter.papers(Paper.Kind.DECISION)[0].facts["strike"] is False


def test_what_support_was_offered_is_written_down(desk: Desk, matter: Matter) -> None:
    assert desk.post(f"cases/{matter.pk}/support/", **sent(matter, hears="everything")).status_code == 422
    fields = sent(matter, offered=["talk", "safety"], hears="what_matters")
    assert desk.post(f"cases/{matter.pk}/support/", **fields).status_code == 303
    assert "Somebody to talk to" in desk.read(f"cases/{matter.pk}/")


def test_earlier_cases_open_with_a_reason_which_is_kept(desk: Desk, matter: Matter, people: Branch) -> None:
    another = post(people.org, people.place, text="Voss again.", native_id="800", account=people.account)
    before = reported(people, post=another)
    free(before, people.operator, at=day(1))
    decide(before.pk, a_decision(passage="Voss again."), by=people.operator, at=day(1))
    page = desk.read(f"cases/{matter.pk}/earlier/")
    assert f"Case {before.pk}" not in page
    assert desk.post(f"cases/{matter.pk}/earlier/", reason="I am curious").status_code == 422
    shown = said(desk.post(f"cases/{matter.pk}/earlier/", reason="persistence"))
    assert f"Case {before.pk}: remove the post" in shown
    kept = Reading.objects.filter(what="earlier cases: persistence", case=matter.pk)
    assert [reading.by for reading in kept] == [f"person:{people.operator.pk}"]


def test_our_own_accounts_are_marked_and_unmarked(people: Branch) -> None:
    for person in (people.administrator, people.operator):
        desk = Desk(person)
        name = f"account of {person.name}"
        marked = desk.post("own-accounts/", platform=people.place.pk, handle=name)
        assert marked.status_code == 303
        assert name in desk.read("own-accounts/")
    account = Account.objects.get(handle=f"account of {people.operator.name}")
    assert Desk(people.operator).post("own-accounts/", account=account.pk, ours="no").status_code == 303
    assert not Account.objects.get(pk=account.pk).official
    assert people.secretary is not None
    assert Desk(people.secretary).get("own-accounts/").status_code == 404


def test_a_correction_is_asked_for_only_where_the_post_is_ours(people: Branch) -> None:
    account = mark_handle_official(people.place, "harbour.branch", by=people.operator, at=day(0))
    ours = post(people.org, people.place, text=OURS, native_id="700", account=account)
    matter = reported(people, post=ours, kind=ReportKind.INACCURATE)
    desk = Desk(people.operator).free(matter)
    assert "Correct it: our own post is wrong" in desk.read(f"cases/{matter.pk}/decision/")
    fields = typed(matter, outcome="corrected", codes=[], passage="", aimed_at="", clarity="")
    assert "Write what our post should say." in said(desk.post(f"cases/{matter.pk}/decision/letter/", **fields))
    assert desk.post(f"cases/{matter.pk}/decision/", **fields).status_code == 422
    fields["correction"] = "The plan costs 3 million."
    check = said(desk.post(f"cases/{matter.pk}/decision/", **fields))
    assert "You get a task to put our post right" in check
    assert desk.post(f"cases/{matter.pk}/decision/", **{**fields, "go": "confirm"}).status_code == 303
    assert matter.case.outcome == "corrected"


def test_something_without_a_breach_goes_another_way(desk: Desk, matter: Matter) -> None:
    page = desk.read(f"cases/{matter.pk}/decision/")
    assert "Help or another route" in page
    assert "Correct it" not in page
    fields = typed(matter, outcome="referred", aimed_at="", clarity="", route="support", go="confirm")
    assert desk.post(f"cases/{matter.pk}/decision/", **fields).status_code == 303
    paper = matter.papers(Paper.Kind.DECISION)[0]
    assert (paper.facts["route"], paper.facts["codes"]) == ("support", [])  # what it does not ask for is left out


def test_at_whom_is_asked_only_where_it_makes_sense(people: Branch) -> None:
    matter = reported(people, kind=ReportKind.COPYRIGHT)
    desk = Desk(people.operator).free(matter)
    fields = typed(matter, codes=["H2"], aimed_at="", severity="extreme", go="confirm")
    assert "Say at whom" in said(
        desk.post(f"cases/{matter.pk}/decision/letter/", **{**fields, "codes": ["H1"]})
    )  # this rule asks for it
    assert desk.post(f"cases/{matter.pk}/decision/", **fields).status_code == 303
    paper = matter.papers(Paper.Kind.DECISION)[0]
    assert (paper.facts["aimed_at"], paper.facts["severity"]) == ("neither", "extreme")


def test_whether_it_was_meant_is_kept_apart_from_whether_it_is_so(people: Branch) -> None:
    matter = reported(people, kind=ReportKind.MISREPRESENTATION)
    desk = Desk(people.operator).free(matter)
    fields = typed(matter, intent="honest_error")
    assert "A warning explains it, and the post can stay." in said(
        desk.post(f"cases/{matter.pk}/decision/letter/", **fields)
    )
    assert desk.post(f"cases/{matter.pk}/decision/", **{**fields, "go": "confirm"}).status_code == 303
    paper = matter.papers(Paper.Kind.DECISION)[0]
    assert (paper.facts["outcome"], paper.facts["intent"]) == ("remove", "honest_error")
    assert "An honest error" in desk.read(f"cases/{matter.pk}/")


def test_spam_goes_in_bulk_and_what_does_not_go_says_why(people: Branch) -> None:
    spam = [
        reported(
            people,
            kind=ReportKind.SPAM,
            post=post(people.org, people.place, text=f"WIN {n}!", native_id=f"s{n}"),
            email="",
        )
        for n in range(3)
    ]
    other = reported(people)
    desk = Desk(people.operator)
    page = desk.get("queue/").content.decode()
    assert page.count('name="case"') == 4
    assert "WIN 0!" in page  # what is ticked is seen before
    decide_first = spam[2]
    free(decide_first, people.operator, at=day(1))
    decide(decide_first.pk, a_decision(passage="WIN 2!"), by=people.operator, at=day(1))
    chosen = [one.pk for one in (*spam, other)]
    asked = desk.post("spam/", case=chosen)
    assert "Which rule does spam go under?" in said(asked)
    assert desk.post("spam/", case=chosen, code="H2").status_code == 303
    shown = desk.read("queue/")
    assert "2 cases are decided as spam" in shown
    assert f"Case {spam[2].pk} stays:" in shown
    assert f"Case {other.pk} stays: Nobody has said that it is spam" in shown
    assert [one.case.outcome for one in (*spam[:2], other)] == ["remove", "remove", ""]
    again = reported(people, kind=ReportKind.SPAM, post=post(people.org, people.place, text="WIN!", native_id="s9"))
    assert desk.post("spam/", case=again.pk, **{"from": "case"}).status_code == 303  # the rule is not asked for again
    assert again.case.outcome == "remove"


def test_nobody_reaches_into_another_organisations_cases(people: Branch) -> None:
    elsewhere = branch("Quarry branch")
    theirs = reported(elsewhere, kind=ReportKind.SPAM)
    assert Desk(people.operator).post("spam/", case=theirs.pk, code="H2").status_code == 303
    assert theirs.case.outcome == ""
