"""Posts and reports are looked over beside the worker's rounds: reports at once, and nothing waits for a model."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.archive.assessment import Assessment, ToAssess
from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.models import Platform, Post, Revision
from folkmoot.archive.to_assess import note_to_assess
from folkmoot.casefile.assessed import ReportAssessment, ReportToAssess
from folkmoot.config.health.marks import triage_fault
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement, Moved
from folkmoot.detectors.served.client import NoAnswer
from folkmoot.members.models import Organisation, Triage
from folkmoot.procedure.words import Lane, ReportKind
from folkmoot.steps.file_report import Report, file_report
from folkmoot.worker import triage as worker
from folkmoot.worker.triage import AT_ONCE, Beside, look_over, triage
from tests import cast
from tests.cast import Branch, day
from tests.detectors.served.running import end_all
from tests.judged import judgement

pytestmark = pytest.mark.django_db
THREAT = "I know where you live, and I am coming round to break your legs."


class Models:
    """Stands in for the models' process: finds a threat in `THREAT`, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.away = False
        self.breaks_on = ""

    def __call__(self, texts: Sequence[str], *, explain: bool = False, draft: bool, **_other: Any) -> list[Judgement]:
        assert draft is False
        if self.away or (self.breaks_on and self.breaks_on in texts):
            raise NoAnswer("The text check did not answer in time.")
        self.asked += [(text, explain) for text in texts]
        return [self._made(text, explain=explain) for text in texts]

    def _made(self, text: str, *, explain: bool) -> Judgement:
        moved = (Moved(0, 1, 0.5),) if explain else ()
        if text != THREAT:
            return judgement(score=0.1, moved=moved)
        return judgement(Finding(Signal.THREAT, "Sc", 0.9, 0, 9, "It may be a threat."), score=0.9, moved=moved)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Models:
    found = Models()
    monkeypatch.setattr(worker, "ask", found)
    return found


@pytest.fixture
def people() -> Branch:
    return cast.branch()


def came(people: Branch, *texts: str) -> list[int]:
    """Bring posts in, as an import does."""
    begun = Post.objects.count()
    return store(
        [
            NewPost(
                org_id=people.org.pk,
                platform_id=people.place.pk,
                native_id=f"n-{begun + number}",
                account_id=people.account.pk,
                url="",
                text=text,
                posted_at=day(0) + timedelta(seconds=number),
                precision="exact",
                first_seen_at=day(0),
                state="published",
            )
            for number, text in enumerate(texts)
        ]
    )


def all_of_it() -> int:
    rounds = 0
    while triage(at=day(1)):
        rounds += 1
    return rounds


def test_posts_that_came_are_judged_the_last_first_a_few_at_a_time(people: Branch, models: Models) -> None:
    numbers = came(people, *(f"The meeting is at {number}." for number in range(AT_ONCE + 8)))
    assert triage(at=day(1)) == AT_ONCE
    assert set(Assessment.objects.values_list("post", flat=True)) == set(numbers[-AT_ONCE:])
    assert all_of_it() == 1
    assert Assessment.objects.count() == AT_ONCE + 8
    assert not ToAssess.objects.exists()
    assert {explain for _text, explain in models.asked} == {False}


def test_which_words_count_is_asked_only_of_what_is_found(people: Branch, models: Models) -> None:
    [harmless, threat] = came(people, "The meeting is at seven.", THREAT)
    all_of_it()
    assert models.asked == [("The meeting is at seven.", False), (THREAT, False), (THREAT, True)]
    assert Assessment.objects.get(post=threat).said["moved"]
    assert not Assessment.objects.get(post=harmless).said["moved"]


def test_a_report_goes_before_all_imports_with_its_words_and_its_post(people: Branch, models: Models) -> None:
    came(people, *(f"The meeting is at {number}." for number in range(40)))
    said = Report(kind=ReportKind.ATTACK, words="He means it.", quoted=THREAT, post=people.post)
    case = file_report(people.org, said, at=day(1)).case
    assert triage(at=day(1)) == 1
    assert sorted(ReportAssessment.objects.values_list("field", "lane")) == [
        ("quoted", "emergency"),
        ("words", "ordinary"),
    ]
    assert list(Assessment.objects.values_list("post", flat=True)) == [people.post.pk]
    assert {explain for _text, explain in models.asked} == {True}
    case.refresh_from_db()
    assert (case.lane, case.weight >= 80) == (Lane.EMERGENCY, True)
    assert not ReportToAssess.objects.exists()


def test_a_post_that_is_known_is_not_judged_again_but_its_new_words_are(people: Branch, models: Models) -> None:
    [number] = came(people, "The meeting is at seven.")
    all_of_it()
    note_to_assess([(people.org.pk, people.place.pk, number)])
    all_of_it()
    assert len(models.asked) == 1
    case = file_report(people.org, Report(kind=ReportKind.ATTACK, post=Post.objects.get(pk=number)), at=day(1)).case
    all_of_it()
    assert models.asked[1:] == [("The meeting is at seven.", True)], "for who decides: which words count"
    later = Revision(org_id=people.org.pk, post_id=number, text=THREAT, seen_at=day(1))
    store([], [later])
    all_of_it()
    case.refresh_from_db()
    assert (Assessment.objects.get(post=number).signal, case.lane) == ("threat", Lane.EMERGENCY)


def test_where_a_child_may_be_in_danger_no_words_go_to_a_model(people: Branch, models: Models) -> None:
    case = file_report(
        people.org, Report(kind=ReportKind.CHILD_SAFETY, words="Look.", post=people.post), at=day(1)
    ).case
    assert triage(at=day(1)) == 1
    assert models.asked == []
    assert not ReportToAssess.objects.exists()
    case.refresh_from_db()
    assert case.urgent


@pytest.mark.parametrize(
    ("setting", "public", "looked"),
    [
        (Triage.EVERY, False, True),
        (Triage.PUBLIC, False, False),
        (Triage.PUBLIC, True, True),
        (Triage.REPORTED, True, False),
    ],
)
def test_an_organisation_chooses_which_posts_are_looked_over(
    setting: Triage, public: bool, looked: bool, people: Branch, models: Models
) -> None:
    Organisation.objects.update(triage=setting)
    Platform.objects.update(is_public=public)
    [number] = came(people, "The meeting is at seven.")
    all_of_it()
    assert bool(models.asked) is looked
    file_report(people.org, Report(kind=ReportKind.ATTACK, post=Post.objects.get(pk=number)), at=day(1))
    all_of_it()
    assert models.asked, "what is reported always is"
    store([], [Revision(org_id=people.org.pk, post_id=number, text=THREAT, seen_at=day(1))])
    all_of_it()
    assert Assessment.objects.get(post=number).signal == "threat", "and so are its later words"
    Organisation.objects.update(triage=Triage.EVERY)
    Platform.objects.update(is_public=True)
    all_of_it()
    assert not ToAssess.objects.exists(), "and what was passed over meanwhile once it may be"


def test_while_the_models_are_away_posts_wait_and_the_page_of_health_says_so(
    people: Branch, models: Models, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    came(people, THREAT)
    models.away = True
    with pytest.raises(SystemExit):
        look_over()
    assert triage_fault(tmp_path) == "The text check did not answer in time."
    assert (ToAssess.objects.count(), Assessment.objects.count()) == (1, 0)
    models.away = False
    look_over()
    assert (triage_fault(tmp_path), Assessment.objects.count()) == ("", 1)


def test_a_text_on_which_the_models_break_is_passed_by(
    people: Branch, models: Models, caplog: pytest.LogCaptureFixture
) -> None:
    came(people, "One.", "Two.", "Three.")
    models.breaks_on = "Two."
    assert triage(at=day(1)) == 3
    assert Assessment.objects.count() == 2
    assert not ToAssess.objects.exists()
    assert "is passed by" in caplog.text
    assert "Two." not in caplog.text


def test_killed_in_the_middle_it_does_the_same_again(
    people: Branch, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(people, THREAT)
    with monkeypatch.context() as killed:
        killed.setattr(worker, "strike_off", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            triage(at=day(1))
    assert ToAssess.objects.count() == 1
    all_of_it()
    assert (Assessment.objects.count(), ToAssess.objects.count()) == (1, 0)


def test_the_worker_begins_it_beside_itself_where_something_waits_and_not_twice(
    people: Branch, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Process:
        alive, exitcode = True, None

        def is_alive(self) -> bool:
            return self.alive

    begun: list[Process] = []

    def beside(_name: str, _work: object) -> Process:
        begun.append(Process())
        return begun[-1]

    monkeypatch.setattr(worker, "beside", beside)
    one = Beside()
    assert not one.begin(), "it is switched off"
    settings.TRIAGE = True
    assert not one.begin(), "nothing waits"
    came(people, "The meeting is at seven.")
    assert [one.begin(), one.begin()] == [True, False]
    begun[0].alive, begun[0].exitcode = False, 1
    assert not one.begin(), "the models were away: not again at once"
    monkeypatch.setattr(worker, "AGAIN", 0.0)
    other = Beside()
    assert other.begin()
    begun[1].alive, begun[1].exitcode = False, 0
    assert other.begin()


def test_what_nobody_foresaw_is_said_by_the_page_of_health_too(
    people: Branch, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    came(people, "The meeting is at seven.")
    monkeypatch.setattr(worker, "ask", lambda *_texts, **_other: [])
    with pytest.raises(ValueError, match="shorter"):
        look_over()
    assert "the server's log says what" in triage_fault(tmp_path)
    assert ToAssess.objects.count() == 1


@pytest.mark.parametrize("setting", Triage.values)
def test_finding_what_waits_reads_through_nothing_that_is_passed_over(setting: str, people: Branch) -> None:
    Organisation.objects.update(triage=setting)
    Platform.objects.update(is_public=False)
    ToAssess.objects.bulk_create(
        ToAssess(org=people.org, platform=people.place, posts=[number]) for number in range(2000)
    )
    with CaptureQueriesContext(connection) as asked:
        assert worker.waits() is (setting == Triage.EVERY)
    Organisation.objects.update(triage=Triage.EVERY)
    Platform.objects.update(is_public=True)
    if connection.vendor == "sqlite":
        plans = [plan for one in asked if "archive_toassess" in one["sql"] for plan in planned(one["sql"])]
        assert any("to_assess_in_turn" in plan for plan in plans)
        assert any("to_assess_of_a_place" in plan for plan in plans)
        assert not [plan for plan in plans if "SCAN archive_toassess" in plan or "SCAN U0" in plan]


def planned(sql: str) -> list[str]:
    """Return how SQLite would go about it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


@pytest.fixture
def socket(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MODEL_SOCKET, settings.DATA = tmp_path / "model.sock", tmp_path
    yield
    end_all(tmp_path / "model.sock")


def test_real_models_in_their_own_process_see_a_threat_and_leave_criticism_alone(people: Branch, socket: None) -> None:
    criticism = "This budget is a disgrace, and the whole cabinet should resign over it."
    [fair, threat] = came(people, criticism, THREAT)
    look_over()
    assert not Assessment.objects.get(post=fair).flag
    row = Assessment.objects.get(post=threat)
    assert (row.flag, row.lane, row.signal) == (True, "emergency", "threat")
    assert "legs" not in str(row.said)
