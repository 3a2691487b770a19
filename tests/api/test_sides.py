"""What can be read by the API of a matter, from each side of it: as much as on the pages, and no more."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from folkmoot.casefile.models import Attachment, Paper, Reading
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.steps.decide import decide
from tests import cast
from tests.api.calls import FOUND, WAYS, opens, with_secretary
from tests.api.programs import Program, program, refused_as
from tests.cast import Matter, branch, day
from tests.steps import reviews
from tests.web.browsers import move_clock
from tests.web.public.reading import encoded

pytestmark = pytest.mark.django_db
BY_NAME = {way.name: way for way in WAYS}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))


def side(matter: Matter, path: str, *, reporter: bool = False) -> dict[str, Any]:
    """Return what a party reads."""
    answer = Program(matter.branch.org).get(path, **opens(matter.receipt.grant if reporter else matter.grant))
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def read(caller: Program, path: str) -> dict[str, Any]:
    answer = caller.get(path)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_the_author_reads_what_was_decided_and_nothing_of_who_reported() -> None:
    matter = cast.decided()
    said = side(matter, "/notice")
    assert (said["outcome"], said["passage"], said["reasons"]) == ("remove", cast.PASSAGE, cast.REASONS)
    assert [one["code"] for one in said["clauses"]] == ["H1"]
    assert (said["may_appeal"], said["may_go_on"], said["answer"]) == (True, False, None)
    for word in (cast.REPORTER_NAME, cast.REPORTER_ADDRESS, cast.REPORT_WORDS, "operator", "Mo Abara"):
        assert word not in json.dumps(said)


def test_whoever_came_across_it_learns_what_came_of_it_and_whom_it_is_about_learns_why() -> None:
    bystander = side(cast.decided(), "/report", reporter=True)
    assert (bystander["found"], bystander["outcome"], bystander["reasons"]) == ("breach", None, "")
    people = branch("Another branch")
    matter = cast.reported(people, affected=True)
    cast.free(matter, people.operator, at=day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=day(2))
    affected = side(matter, "/report", reporter=True)
    assert (affected["found"], affected["outcome"], affected["reasons"]) == ("breach", "remove", cast.REASONS)


def test_a_letter_is_shown_before_a_decision_and_nothing_is_kept_of_it() -> None:
    matter = cast.reported()
    cast.free(matter, *matter.branch.deciders, at=day(1))
    caller = program(matter.branch.operator)
    choices = read(caller, f"/cases/{matter.pk}/decision/choices")
    assert "passage" in choices["outcomes"]["remove"]
    assert "reject" not in choices["outcomes"]
    assert [one["code"] for one in choices["grounds"]] == ["H1", "H2"]
    papers = Paper.objects.count()
    letter = caller.post(f"/cases/{matter.pk}/decision/letter", {**FOUND, "clarity": "unclear"}).json()
    assert cast.PASSAGE in letter["body"]
    assert letter["lookers"] == ["Nia Roe"]
    assert Paper.objects.count() == papers
    missing = caller.post(f"/cases/{matter.pk}/decision", {**FOUND, "aimed_at": None})
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (422, "aimed_at")
    not_asked = caller.post(f"/cases/{matter.pk}/decision", {**FOUND, "outcome": "no_breach"})
    assert (not_asked.status_code, refused_as(not_asked)) == (422, "invalid")


def test_a_review_is_not_shown_to_whom_it_is_about() -> None:
    matter = with_secretary(reviews.asked(about=(Role.SECRETARY,)), at=day(3))
    secretary = matter.branch.secretary
    assert secretary is not None
    path = f"/cases/{matter.pk}/reviews"
    assert read(program(secretary), path) == {"reviews": []}
    member = matter.branch.panel[0]
    cast.free(matter, member, at=day(3))
    (review,) = read(program(member), path)["reviews"]
    assert (review["words"], review["about"], review["holder"]) == (reviews.WORDS, ["secretary"], "executive")
    answer = program(secretary).post(f"{path}/{review['review']}/forwarding", {})
    assert (answer.status_code, refused_as(answer)) == (403, "refused")


def test_the_bench_says_who_may_sit_and_not_why_somebody_may_not() -> None:
    matter = with_secretary(cast.before_executive(), at=day(4))
    first, *others = matter.branch.panel
    cast.declare_interest(matter.pk, interested=True, nature="My sister", by=first, at=day(4))
    secretary = matter.branch.secretary
    assert secretary is not None
    said = read(program(secretary), f"/cases/{matter.pk}/bench")
    assert {one["person"]: one["may_sit"] for one in said["members"]} == {
        first.pk: False,
        **dict.fromkeys((person.pk for person in others), True),
    }
    assert (said["quorum"], "sister" in json.dumps(said)) == (3, False)


def test_what_has_to_be_done_by_hand_is_listed_and_a_letter_only_for_who_works_on_cases() -> None:
    matter = cast.decided(branch(contact=False))
    people = matter.branch
    caller, other = program(people.operator), program(people.administrator)
    tasks = {one["op"]: one for one in read(caller, "/tasks")["tasks"]}
    removing, handing = (f"/tasks/{tasks[op]['number']}" for op in ("remove", "hand_over_notice"))
    assert tasks["remove"]["sentence"] == "Remove the post by Rowan Pike (rowan.pike) at Harbour page."
    assert read(other, removing)["text"] == cast.WORDS
    assert refused_as(other.get(handing)) == "refused"
    (letter,) = read(caller, handing)["letters"]
    assert f"/letter/{matter.grant.pk}." in letter["body"]
    assert Reading.objects.filter(what=f"task {tasks['hand_over_notice']['number']}").count() == 1
    cast.own(people, people.operator)
    assert refused_as(caller.get(removing)) == "refused"


def test_letters_about_ones_own_posts_are_in_no_list() -> None:
    matter = cast.decided()
    caller = program(matter.branch.operator)
    kinds = [one["kind"] for one in read(caller, "/letters")["letters"]]
    assert "statement_of_reasons" in kinds
    cast.own(matter.branch, matter.branch.operator)
    assert read(caller, "/letters")["letters"] == []


def test_pictures_come_with_an_appeal_and_are_proven_to_be_pictures() -> None:
    call = BY_NAME["appeal"].made()
    org = call.matter.branch.org
    assert call.grant
    headers = {**opens(call.grant), "Idempotency-Key": "the-first-sending"}
    where, browser = f"/api/v1/o/{org.slug}{call.path}", Client()
    no_picture = {**call.body, "pictures": SimpleUploadedFile("a.jpg", b"<script>")}
    refused = browser.post(where, no_picture, headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "pictures")
    four = {**call.body, "pictures": [SimpleUploadedFile(f"{n}.png", encoded("PNG")) for n in range(4)]}
    assert (
        browser.post(where, four, headers=headers).json()["errors"][0]["message"].startswith("Please choose at most 3")
    )
    two = {**call.body, "pictures": [SimpleUploadedFile(f"{n}.png", encoded("PNG")) for n in range(2)]}
    done = browser.post(where, two, headers=headers)
    assert done.status_code == 201, done.content
    assert Attachment.objects.filter(paper__kind=Paper.Kind.APPEAL).count() == 2


def test_a_reporter_of_a_child_in_danger_sends_no_picture() -> None:
    matter = cast.reported(kind=ReportKind.CHILD_SAFETY, post=None, link="https://example.org/x")
    where = f"/api/v1/o/{matter.branch.org.slug}/report/additions"
    sent = {"words": "Here.", "pictures": SimpleUploadedFile("a.png", encoded("PNG"))}
    headers = {**opens(matter.receipt.grant), "Idempotency-Key": "the-first-sending"}
    answer = Client().post(where, sent, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "pictures")
    assert Attachment.objects.count() == 0


def test_whoever_is_the_only_one_left_decides_by_necessity_with_the_reason() -> None:
    matter = cast.reported(branch(moderators=1, secretary=False, panel=0))
    only = matter.branch.operator
    cast.declare_interest(matter.pk, interested=True, nature="A friend", by=only, at=day(1))
    caller, path = program(only), f"/cases/{matter.pk}/decision"
    refused = caller.post(path, FOUND)
    assert (refused.status_code, refused.json()["by_necessity"]) == (403, True)
    done = caller.post(path, {**FOUND, "necessity": "There is nobody else in the branch."})
    assert done.status_code == 201, done.content
    assert Reading.objects.filter(what="opened by necessity").exists()
