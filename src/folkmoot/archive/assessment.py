"""What triage made of words: hints for the order in which people look, kept apart from the record.

Derived data, like fingerprints: worked out anew from the words at any time, replaced when a newer model has judged,
deleted with the words. Nothing in the record rests on a row here, and no author ever sees one.
"""

from django.db import models
from django.db.models import Q

from folkmoot.kernel.canonical import digest
from folkmoot.members.models import Organisation, Person, Within
from folkmoot.procedure.words import Lane


class Judged(models.Model):
    """What was made of some words, in columns for queries and whole in `said`, which never holds the words themselves.

    `said` is `detectors.judging.Judgement.as_json`: its places are those of the text with the hash `text_hash`.
    """

    text_hash = models.CharField(max_length=64)  # `hash_of` the text that was judged
    model = models.CharField(max_length=60)  # its version
    judged_at = models.DateTimeField()
    score = models.FloatField()  # of a likely breach, 0 to 1
    hate_score = models.FloatField()
    flag = models.BooleanField()  # somebody should look
    lane = models.CharField(max_length=10, choices=[(lane, lane) for lane in Lane])  # the one it should travel in
    signal = models.CharField(max_length=20, blank=True)  # the gravest: a `detectors.finding.Signal`
    weight = models.PositiveSmallIntegerField()  # 0 to 100: how early somebody should look
    said = models.JSONField()

    class Meta:
        abstract = True


class Assessment(Judged):
    """What was made of a post's newest words; one row for a post."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    platform = models.ForeignKey("archive.Platform", on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.OneToOneField("archive.Post", on_delete=models.PROTECT, primary_key=True, related_name="assessment")
    looked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    looked_at = models.DateTimeField(null=True)  # somebody looked at these words and found nothing to do

    objects = Within["Assessment"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_by=None, looked_at=None) | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="looked_at_by_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["org", "-weight", "-post", "platform", "signal"],
                name="worth_a_look",
                condition=Q(flag=True, looked_at=None),
            ),
            models.Index(fields=["org", "-looked_at"], name="looked_at_last", condition=Q(looked_at__isnull=False)),
        ]


class ToAssess(models.Model):
    """Posts of one place whose words have just come, until triage has judged them: one row for each batch that came."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    platform = models.ForeignKey("archive.Platform", on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.BooleanField(default=False)  # somebody reported it, or somebody waits for it: before all imports
    afresh = models.BooleanField(default=False)  # also of whose words something is known: another model may judge now
    posts = models.JSONField()  # their numbers; the last of them is judged first

    objects = Within["ToAssess"]()

    class Meta:
        indexes = [
            models.Index(fields=["-first", "-id"], name="to_assess_in_turn"),
            models.Index(fields=["platform", "-id"], name="to_assess_of_a_place"),
        ]


def hash_of(text: str) -> str:
    """Return the hash by which a judgement knows the text that it was made of; 64 hexadecimal digits."""
    return digest(text.encode("utf-8", "surrogatepass"))
