"""What triage made of the words that came with a report: kept beside the case file, and forgotten with the words."""

from django.db import models

from folkmoot.archive.assessment import Judged
from folkmoot.members.models import Organisation, Within


class ReportAssessment(Judged):
    """What was made of one text of a report or of what was added to it: its `words`, or the post `quoted` in it."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("casefile.Case", on_delete=models.PROTECT, related_name="assessments")
    paper = models.ForeignKey("casefile.Paper", on_delete=models.PROTECT, related_name="assessments", db_index=False)
    field = models.CharField(max_length=30)

    objects = Within["ReportAssessment"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "field"], name="one_assessment_per_text")]


class ReportToAssess(models.Model):
    """A report that has just come, or what was added to one, until triage has judged its words, and its post's."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    paper = models.OneToOneField("casefile.Paper", on_delete=models.PROTECT, related_name="+")

    objects = Within["ReportToAssess"]()
