"""Whether a post has a matter of its own, so that nothing is said of it in passing, with another one (Md).

A report that nobody has answered, an emergency, somebody who has the case in hand: whoever looks at a list of copies
has not read any of that. Such a post is decided in its own case.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import released
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import TAKES_AWAY, Lane, Stage


def newest_cases(org: Organisation, posts: Collection[int]) -> dict[int, Case]:
    """Return for each post, by number, the case that counts: the open one, else the newest."""
    ranked = sorted(_about(org, posts), key=lambda case: (case.stage != Stage.FINAL, case.pk))
    return {case.post_id: case for case in ranked if case.post_id}


def own_matters(cases: Iterable[Case], *, by: Person) -> set[int]:
    """Return which of `cases`, by number, have to be decided by themselves, as far as `by` is concerned."""
    cases = list(cases)
    back, asked = released([case.pk for case in cases]), _asked(cases)
    posts = {case.post_id for case in cases}
    sealed = set(_sealed([post for post in posts if post is not None]))  # DP20
    return {
        case.pk
        for case in cases
        if case.sealed
        or case.post_id in sealed
        or _is_own(case, by, is_back=case.pk in back, is_asked=case.pk in asked)
    }


def is_back(case: Case) -> bool:
    """Say whether its post went once and came back, by no finding about itself: its open case can be taken up again."""
    return case.stage == Stage.DECIDED and case.pk in released([case.pk])


def _is_own(case: Case, by: Person, *, is_back: bool, is_asked: bool) -> bool:
    if case.stage == Stage.FINAL:
        return case.outcome in TAKES_AWAY and case.standing
    if case.lane != Lane.ORDINARY or case.hidden or case.claimed_by_id not in (None, by.pk) or is_asked:
        return True
    return case.stage != Stage.RECEIVED and not (case.stage == Stage.DECIDED and is_back)


def _asked(cases: Collection[Case]) -> set[int]:
    """Return those, by number, in which a report of the post waits for its answer.

    None is what whoever let the post go noted down so that it could go.
    """
    numbers = [case.pk for case in cases]
    decisions: dict[int, list[Paper]] = defaultdict(list)
    for decision in _decisions(numbers):
        decisions[decision.case_id].append(decision)
    answered = {case.pk: decisions[case.pk][-1].number for case in cases if case.stage == Stage.DECIDED}
    return {
        one.case_id
        for one in _unanswered(numbers)
        if one.number > answered.get(one.case_id, 0) and not _is_noted(one, decisions[one.case_id])
    }


def _is_noted(report: Paper, decisions: Iterable[Paper]) -> bool:
    with_it = [one for one in decisions if (one.by, one.at) == (report.by, report.at) and "goes_with" in one.facts]
    return bool(report.facts.get("noticed") and with_it)


@prepared
def _about(org: Organisation, posts: Collection[int]) -> QuerySet[Case]:
    return Case.objects.within(org).filter(post__pk__in=posts)


@prepared
def _sealed(posts: Collection[int]) -> QuerySet[Case, int]:
    return Case.objects.filter(post__pk__in=posts, sealed=True).values_list("post", flat=True)


@prepared
def _decisions(cases: Collection[int]) -> QuerySet[Paper]:
    return Paper.objects.filter(case__pk__in=cases, kind=Paper.Kind.DECISION).order_by("number")


@prepared
def _unanswered(cases: Collection[int]) -> QuerySet[Paper]:
    ends = Paper.objects.filter(answers=OuterRef("pk"), kind__in=[Paper.Kind.WITHDRAWAL, Paper.Kind.ANSWER])
    return Paper.objects.filter(~Exists(ends), case__pk__in=cases, kind=Paper.Kind.REPORT)
