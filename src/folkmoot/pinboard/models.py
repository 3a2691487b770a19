"""What the desk keeps for itself: of what kinds a case is, views people named, who looks at what, calendar links, and
which hints of the text check were called wrong.

Nothing of it belongs to the record, and nothing in the record rests on it.
"""

from django.db import models

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation, Person, Within

VIEW_NAME_LIMIT = 40  # characters
MOST_VIEWS = 12  # of one person


class CaseKind(models.Model):
    """That a case was reported as something, for the queue to be narrowed by. Worked out anew from the papers."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="kinds")
    kind = models.CharField(max_length=20)  # a `procedure.words.ReportKind`

    objects = Within["CaseKind"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="one_row_per_kind")]
        indexes = [models.Index(fields=["org", "kind", "case"], name="cases_of_a_kind")]


class View(models.Model):
    """A way to look at the queue that somebody gave a name; theirs alone."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="views")
    name = models.CharField(max_length=VIEW_NAME_LIMIT)
    asked = models.CharField(max_length=500)  # what stands behind the question mark of the queue's address
    made_at = models.DateTimeField()

    objects = Within["View"]()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name


class Looking(models.Model):
    """That somebody has a case open before them just now; forgotten after some minutes."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="looking")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looking")
    since = models.DateTimeField()
    at = models.DateTimeField()  # last heard of

    objects = Within["Looking"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="looked_at_once")]
        indexes = [models.Index(fields=["at"], name="looking_to_forget")]


class CalendarLink(models.Model):
    """A private address under which a calendar finds somebody's time limits, until they end it.

    The row holds a nonce; the address is `kernel.tokens.link_token` of it under the server's key.
    """

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_links")
    nonce = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Within["CalendarLink"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="one_calendar_link_at_a_time"
            )
        ]


class WrongHint(models.Model):
    """That somebody who decides called a hint of the text check on a post wrong: it counts in the figures, no more."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="wrong_hints")
    signal = models.CharField(max_length=20)  # a `detectors.finding.Signal`
    model = models.CharField(max_length=60)  # which version gave it
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Within["WrongHint"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "signal"], name="called_wrong_once")]
