"""What triage noticed in a case, in a word beside its row: a question, and nothing is decided by it."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _

from folkmoot.archive.assessment import Assessment
from folkmoot.casefile.assessed import ReportAssessment
from folkmoot.casefile.models import Case
from folkmoot.detectors.signal_words import hint_said
from folkmoot.members.prepared import prepared
from folkmoot.steps.reporting import UNDECIDED


def hints_of(cases: Collection[Case]) -> dict[int, str]:
    """Return by number the gravest signal of each case that nobody has decided and in which something was noticed."""
    waiting = {case.pk: case.post_id for case in cases if case.stage in UNDECIDED}
    about: dict[int, list[tuple[int, str]]] = {number: [] for number in waiting}
    for case, signal, weight in _of_reports(list(waiting)) if waiting else ():
        about[case].append((weight, signal))
    of_post = {post: (weight, signal) for post, signal, weight in _of_posts([one for one in waiting.values() if one])}
    for number, post in waiting.items():
        if post in of_post:
            about[number].append(of_post[post])
    return {number: _badge(max(found)[1]) for number, found in about.items() if found}


def _badge(signal: str) -> str:
    return format_html('{}<span class="visually-hidden"> {}</span>', hint_said(signal), _("(noticed by the software)"))


@prepared
def _of_reports(cases: Sequence[int]) -> QuerySet[ReportAssessment, tuple[int, str, int]]:
    kept = ReportAssessment.objects.filter(case__pk__in=cases, flag=True)
    return kept.exclude(signal="").values_list("case", "signal", "weight")


@prepared
def _of_posts(posts: Sequence[int]) -> QuerySet[Assessment, tuple[int, str, int]]:
    kept = Assessment.objects.filter(post__pk__in=posts, flag=True)
    return kept.exclude(signal="").values_list("post", "signal", "weight")
