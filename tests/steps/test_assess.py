"""What triage makes of words orders the queue: it decides nothing, and goes when the words go."""

from datetime import datetime

import pytest

from folkmoot.archive.assessment import Assessment, ToAssess, hash_of
from folkmoot.archive.models import Post
from folkmoot.casefile.assessed import ReportAssessment, ReportToAssess
from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.pinboard.wrong_hints import call_wrong, wrong_of
from folkmoot.procedure.table import STANDARD, Procedure
from folkmoot.procedure.words import Lane, ReportKind, Stage, Step
from folkmoot.steps import publish_procedure
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.assess import Made, assess_posts, assess_report, weigh
from folkmoot.steps.destroy import Adviser, blank_post, destroy
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.link_post import link_post
from folkmoot.steps.seal import seal
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.withdraw_report import withdraw_report
from tests import cast
from tests.cast import Branch, Matter, day
from tests.judged import judgement

COMING = "He says that he is coming to my house tonight."
HARMLESS = judgement(score=0.1)


def threat(score: float = 0.9, model: str = "1 test") -> Judgement:
    return judgement(Finding(Signal.THREAT, "Sc", score, 0, 9, "It may be a threat."), score=score, model=model)


def judged(post: Post, said: Judgement, *, text: str = "", at: datetime | None = None) -> Assessment:
    assess_posts({post.pk: Made(text or post.text, said)}, at=at or day(0, 11))
    return Assessment.objects.get(post=post)


def report_judged(matter: Matter, said: Judgement, *, text: str = cast.REPORT_WORDS) -> int:
    return assess_report(matter.receipt.paper.pk, {"words": Made(text, said)}, at=day(0, 11))


@pytest.fixture
def people(db: None) -> Branch:
    return cast.branch()


@pytest.fixture
def matter(people: Branch) -> Matter:
    return cast.reported(people)


def test_what_was_made_of_a_post_is_kept_without_its_words_and_gives_way_to_a_newer_one(people: Branch) -> None:
    row = judged(people.post, threat())
    assert (row.flag, row.lane, row.signal, row.text_hash) == (True, "emergency", "threat", hash_of(cast.WORDS))
    assert Judgement.from_json(row.said) == threat()
    assert "crook" not in str(row.said)
    newer = judged(people.post, threat(0.6, "2 test"), at=day(1))
    assert (newer.model, newer.lane, newer.judged_at) == ("2 test", "ordinary", day(1))
    assert Assessment.objects.count() == 1


def test_who_looked_at_a_post_has_looked_at_these_words_only(people: Branch) -> None:
    judged(people.post, threat())
    Assessment.objects.update(looked_by=people.operator, looked_at=day(1))
    assert judged(people.post, threat(model="2 test")).looked_at == day(1)
    changed = judged(people.post, threat(), text="Other words, not so long ago.")
    assert (changed.looked_by, changed.looked_at) == (None, None)


def test_an_ordinary_case_with_a_threat_is_put_before_the_rest_and_officers_are_told(matter: Matter) -> None:
    judged(matter.branch.post, threat())
    assert weigh(matter.pk, at=day(0, 12))
    case = matter.case
    assert (case.lane, case.urgent, case.stage) == (Lane.EMERGENCY, True, Stage.RECEIVED)
    assert case.weight >= 80
    [paper] = matter.papers(Paper.Kind.LANE)
    said = {"lane": "emergency", "was": "ordinary", "model": "1 test", "signal": "threat", "clause": "Sc", "of": None}
    assert (paper.by, paper.facts) == ("system", said)
    assert matter.duties()[-1] == ("moderator", "emergency", day(1, 12))
    told = {letter.to for letter in matter.letters() if letter.kind == "emergency"}
    free = {person.email for person in [*matter.branch.deciders, matter.branch.secretary] if person}
    assert told == free, "nobody but officers hears of it"
    assert not case.hidden
    assert case.outcome == ""


def test_the_words_of_a_report_and_what_is_added_to_it_count_as_well(matter: Matter) -> None:
    added = add_to_report(matter.pk, words=COMING, by=matter.receipt.grant, at=day(0, 11))
    assert ReportToAssess.objects.filter(paper=added).exists()
    assert assess_report(added.pk, {"words": Made(COMING, threat())}, at=day(0, 11)) == 1
    assert weigh(matter.pk, at=day(0, 12))
    assert matter.papers(Paper.Kind.LANE)[0].facts["of"] == added.number


def test_it_happens_once_and_a_person_puts_it_back(matter: Matter) -> None:
    judged(matter.branch.post, threat())
    weigh(matter.pk, at=day(0, 12))
    by = matter.branch.operator
    cast.free(matter, by, at=day(0, 13))
    set_lane(matter.pk, Lane.ORDINARY, reason="It is a line of a song.", by=by, at=day(0, 13))
    judged(matter.branch.post, threat(0.99, "2 test"))
    assert not weigh(matter.pk, at=day(0, 14))
    assert (matter.case.lane, len(matter.papers(Paper.Kind.LANE))) == (Lane.ORDINARY, 2)


@pytest.mark.parametrize("lane", [Lane.LEGAL, Lane.ORDINARY])
def test_where_a_person_has_said_which_lane_it_stays(matter: Matter, lane: Lane) -> None:
    by = matter.branch.operator
    cast.free(matter, by, at=day(0, 11))
    set_lane(matter.pk, Lane.LEGAL, reason="A solicitor wrote.", by=by, at=day(0, 11))
    if lane is Lane.ORDINARY:
        set_lane(matter.pk, lane, reason="About another post.", by=by, at=day(0, 12))
    judged(matter.branch.post, threat())
    assert not weigh(matter.pk, at=day(0, 13))
    assert matter.case.lane == lane
    assert matter.case.weight >= 80, "it orders all the same"


def test_it_is_never_put_lower_and_harmless_words_take_no_emergency_away(people: Branch) -> None:
    matter = cast.reported(people, kind=ReportKind.THREAT)
    judged(people.post, HARMLESS)
    assert not weigh(matter.pk, at=day(0, 12))
    assert (matter.case.lane, matter.case.weight) == (Lane.EMERGENCY, 90)


def test_what_is_decided_or_was_opened_under_an_earlier_procedure_only_gets_its_weight(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = cast.decided(people)
    judged(people.post, threat())
    assert not weigh(decided.pk, at=day(2))
    assert decided.case.lane == Lane.ORDINARY
    early = Procedure(tuple(way for way in STANDARD.ways if way.step is not Step.RAISE_LANE), STANDARD.limits)
    monkeypatch.setattr(publish_procedure, "STANDARD", early)
    matter = cast.reported(cast.branch("Early branch"))
    assert procedure_of(matter.case) == early
    report_judged(matter, threat())
    assert not weigh(matter.pk, at=day(0, 12))
    assert (matter.case.lane, matter.case.weight >= 80) == (Lane.ORDINARY, True)


def test_a_report_that_was_withdrawn_weighs_nothing(matter: Matter) -> None:
    report_judged(matter, threat())
    withdraw_report(matter.pk, by=matter.receipt.grant, at=day(0, 12))
    weigh(matter.pk, at=day(0, 13))
    assert (matter.case.weight, matter.case.lane) == (0, Lane.ORDINARY)


def test_a_case_that_learns_which_post_it_is_about_waits_for_triage_first(people: Branch) -> None:
    matter = Matter(people, file_report(people.org, Report(kind=ReportKind.ATTACK, words=COMING), at=day(0)))
    by = people.operator
    cast.free(matter, by, at=day(0))
    link_post(matter.pk, post=people.post, by=by, at=day(0))
    assert list(ToAssess.objects.values_list("first", "posts")) == [(True, [people.post.pk])]


def test_nothing_is_left_of_it_when_the_words_are_destroyed(matter: Matter) -> None:
    post, by = matter.branch.post, matter.branch.operator
    judged(post, threat())
    report_judged(matter, threat())
    weigh(matter.pk, at=day(0, 12))
    seal(matter.pk, by=by, at=day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=by, at=day(1))
    assert not Assessment.objects.exists()
    assert not ReportAssessment.objects.exists()
    assert not ReportToAssess.objects.exists()
    assert matter.case.weight == 0
    assert assess_posts({post.pk: Made(cast.WORDS, threat())}, at=day(2)) == 0, "the models answered too late"
    assert report_judged(matter, threat()) == 0
    assert not weigh(matter.pk, at=day(2))


def test_a_post_that_is_blanked_after_a_restore_loses_it_too(people: Branch) -> None:
    judged(people.post, threat())
    call_wrong(people.post, Signal.THREAT, model="1 test", by=people.operator, at=day(1))
    blank_post(people.post, by="system", at=day(1))
    assert not Assessment.objects.exists()
    assert not wrong_of(people.post.pk), "nor that somebody called it wrong, which says what it was"


def test_of_a_sealed_case_nothing_is_kept_anew(matter: Matter) -> None:
    seal(matter.pk, by=matter.branch.operator, at=day(1))
    assert report_judged(matter, threat()) == 0
    assert not weigh(matter.pk, at=day(1))
