"""What has become of each report: withdrawn, answered by a decision or a letter of its own, or waiting (Sh)."""

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.casefile.papers import decision_in_force, of_case, with_texts
from folkmoot.casefile.record import label
from folkmoot.members.models import Organisation
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import Stage, Step

UNDECIDED = (Stage.RECEIVED, Stage.SECOND_LOOK)
_AFTER = [stage for stage in Stage if stage not in (*UNDECIDED, Stage.FINAL)]
_SPOKEN = (Step.DECIDE, Step.CONFIRM_PROPOSAL, Step.DECIDE_AS_PANEL, Step.RECONSIDER, Step.RECORD_MINUTE)
# written out as in the index `events_of_last_words`: SQLite would not enter it by parameters
_WRITTEN = ", ".join(f"'{step.value}'" for step in _SPOKEN)
_IS_SPOKEN = RawSQL(f"step IN ({_WRITTEN})", (), output_field=BooleanField())  # noqa: S611  words of our own


def reports_of(case: Case) -> list[Paper]:
    """Return the reports that count, in order: those that nobody has withdrawn."""
    return with_texts(of_case(case, _that_count(case)))


def unanswered(case: Case) -> list[Paper]:
    """Return the reports that count and have no answer of their own, in order."""
    return with_texts(of_case(case, _unanswered(case)))


def anybody_reports(case: Case) -> bool:
    """Say whether a report of the case counts."""
    return bool(_that_count(case))


def withdrawal(report: Paper) -> Paper | None:
    """Return the paper by which the reporter withdrew their report, or `None`."""
    return report.answered_by.filter(kind=Paper.Kind.WITHDRAWAL).first()


def open_cases(org: Organisation) -> QuerySet[Case]:
    """Return the cases on which something is still to be done or can be asked.

    Those that are final are not among them, nor those that nobody decided on and whose every report was withdrawn.
    """
    waits = Paper.objects.filter(case=OuterRef("pk"), kind=Paper.Kind.REPORT).exclude(
        answered_by__kind=Paper.Kind.WITHDRAWAL
    )
    found = Case.objects.within(org).exclude(stage=Stage.FINAL)
    return found.filter(Exists(waits) | ~Q(stage__in=UNDECIDED))


def own_answer(report: Paper) -> Paper | None:
    """Return the written answer that this reporter alone got, or `None`."""
    return report.answered_by.filter(kind=Paper.Kind.ANSWER).order_by("-number").first()


def reports_since(case: Case) -> list[Paper]:
    """Return the reports that came after the decision and have no answer of their own yet."""
    decision = decision_in_force(case) if case.stage not in UNDECIDED else None
    if decision is None:
        return []
    return [one for one in unanswered(case) if one.number > decision.number]


def reported_again() -> Q:
    """Return what is true of cases with a report that came after the last word in them, and waits for its own."""
    spoken = Event.objects.filter(_IS_SPOKEN, case=OuterRef("case"), seq__gt=OuterRef("seq"))
    done = Paper.objects.filter(answers=OuterRef("paper"), kind__in=[Paper.Kind.ANSWER, Paper.Kind.WITHDRAWAL])
    since = Event.objects.filter(~Exists(spoken), ~Exists(done), case=OuterRef("pk"), step=Step.FILE_REPORT)
    return Q(stage__in=_AFTER, reports__gt=1) & Q(Exists(since))


def reviews_by(report: Paper) -> QuerySet[Paper]:
    """Return what the reporter wrote because they were not satisfied, in order."""
    grants = [label(grant) for grant in report.grants.all()]
    return report.case.papers.filter(kind=Paper.Kind.REVIEW_REQUEST, by__in=grants).order_by("number")


@prepared
def _that_count(case: Case) -> QuerySet[Paper]:
    filed = Paper.objects.filter(case=case, kind=Paper.Kind.REPORT)
    return filed.exclude(answered_by__kind=Paper.Kind.WITHDRAWAL).order_by("number")


@prepared
def _unanswered(case: Case) -> QuerySet[Paper]:
    filed = Paper.objects.filter(case=case, kind=Paper.Kind.REPORT).order_by("number")
    return filed.exclude(answered_by__kind__in=[Paper.Kind.WITHDRAWAL, Paper.Kind.ANSWER])
