"""Cases and what lies in them: papers, their texts, events, duties, grants of access.

Only `steps/` writes here, through `casefile.record`; the database refuses changes to what is insert-only.
"""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from folkmoot.archive.models import Account, Platform, Post, Revision
from folkmoot.casefile.assessed import ReportAssessment as ReportAssessment  # so that Django knows of these tables
from folkmoot.casefile.assessed import ReportToAssess as ReportToAssess
from folkmoot.editions.models import PolicyEdition, ProcedureEdition
from folkmoot.members.models import Organisation, Person, Within
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Lane, MeasureKind, Outcome, Role, Stage, Subject


class Case(models.Model):
    """One matter under review; its row is the bookmark, moved only by `record.advance`.

    The primary key is the number that people see.
    """

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    uid = models.CharField(max_length=32, unique=True)  # what events are bound to
    stage = models.CharField(max_length=20, choices=[(s, s) for s in Stage])
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, null=True, related_name="cases")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="cases")
    link = models.CharField(max_length=1000, blank=True)  # as reported
    subject = models.CharField(max_length=10, choices=[(s, s) for s in Subject], default=Subject.POST)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="cases")  # of a pattern
    thread = models.CharField(max_length=200, blank=True)  # native id of its first post
    policy = models.ForeignKey(PolicyEdition, on_delete=models.PROTECT, related_name="+")
    procedure_edition = models.ForeignKey(ProcedureEdition, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    lane = models.CharField(max_length=10, choices=[(ln, ln) for ln in Lane], default=Lane.ORDINARY)
    hidden = models.BooleanField(default=False)  # hidden for now, before anything is decided
    sealed = models.BooleanField(default=False)  # DP20: nobody sees what it holds
    reports = models.PositiveIntegerField(default=0)
    claimed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, choices=[(o, o) for o in Outcome])
    standing = models.BooleanField(default=True)  # False once the decision is overturned
    due_at = models.DateTimeField(null=True)  # the earliest answer still owed
    duty = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in Role])  # who owes it
    settles_at = models.DateTimeField(null=True)  # when it becomes final by itself
    weight = models.PositiveSmallIntegerField(default=0)  # 0 to 100, by triage: a hint, and no part of the record
    filed = models.PositiveIntegerField(default=0)  # how many papers lie in the file
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    objects = Within["Case"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(  # later reports of the same post join the open case
                fields=["post"],
                condition=Q(post__isnull=False) & ~Q(stage="final"),
                name="one_open_case_per_post",
            ),
            models.UniqueConstraint(
                fields=["platform", "thread"],
                condition=Q(subject="thread") & ~Q(thread="") & ~Q(stage="final"),
                name="one_open_case_per_thread",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(subject="pattern", account__isnull=False) & ~Q(stage="final"),
                name="one_open_case_per_account",
            ),
        ]
        indexes = [
            models.Index(fields=["org", "-opened_at"], name="cases_newest_first"),
            models.Index(fields=["settles_at"], name="cases_to_settle", condition=Q(settles_at__isnull=False)),
            # the queue walks these two, and reads in them all that it is narrowed by
            models.Index(
                fields=["org", "urgent", "due_at", "id", "stage", "platform", "claimed_by", "lane"],
                name="cases_most_urgent_first",
            ),
            models.Index(
                fields=["org", "stage", "urgent", "due_at", "id", "platform", "claimed_by", "lane"],
                name="cases_to_answer",
            ),
            models.Index(
                fields=["org", "stage", "urgent", "-weight", "id", "platform", "claimed_by", "lane"],
                name="cases_worst_first",
            ),
            models.Index(fields=["org", "stage", "-id"], name="cases_by_stage"),
            models.Index(fields=["org", "stage"], name="cases_reported_again", condition=Q(reports__gt=1)),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Paper(models.Model):
    """Something put into a case file. Its bytes are canonical JSON and hold no prose, only commitments to it."""

    insert_only = True

    class Kind(models.TextChoices):
        REPORT = "report"
        ADDITION = "addition"
        SNAPSHOT = "snapshot"
        INTEREST = "interest"
        AUTHOR = "author"
        DECISION = "decision"
        NOTICE = "notice"
        APPEAL = "appeal"
        RECONSIDERATION = "reconsideration"
        SUBMISSION = "submission"
        MINUTE = "minute"
        CONFIRMATION = "confirmation"
        OBJECTION = "objection"
        TASK = "task"
        DELIVERY = "delivery"
        WITHDRAWAL = "withdrawal"  # of a report
        ANSWER = "answer"  # to one reporter
        REVIEW_REQUEST = "review_request"
        REVIEW = "review"  # what is said of the request
        FRESH_LOOK = "fresh_look"  # why a decided case is taken up again
        LANE = "lane"
        CHECKLIST = "checklist"
        BESIDE = "beside"
        NOTE = "note"
        QUESTION = "question"
        CLARIFICATION = "clarification"
        COMMENT = "comment"  # the standard answer below a comment
        SUPPORT = "support"
        EXTENSION = "extension"
        HIDING = "hiding"
        UNHIDING = "unhiding"
        SEAL = "seal"
        DESTRUCTION = "destruction"
        PROPOSAL = "proposal"
        SECOND_LOOK = "second_look"
        LOOK_AFTER = "look_after"
        UNDO = "undo"
        MEASURE_END = "measure_end"
        CONVENING = "convening"
        REOPENING = "reopening"
        GOES_WITH = "goes_with"  # what fell with a removed post, and what was left
        BROUGHT_BACK = "brought_back"

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()  # within the case, from 1
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.CharField(max_length=40)  # "person:12", "grant:7", "visitor", "system"
    at = models.DateTimeField()
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    form_key = models.CharField(max_length=64, null=True)  # a replayed form meets its first paper
    body = models.BinaryField()
    hash = models.CharField(max_length=64)

    objects = Within["Paper"]()

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_paper_per_number"),
            models.UniqueConstraint(fields=["org", "form_key"], name="one_paper_per_form"),
        ]
        indexes = [  # in which cases somebody has a part is asked on every page
            models.Index(fields=["org", "by"], name="papers_of_interest", condition=Q(kind="interest")),
            models.Index(fields=["org", "by"], name="papers_of_reporters", condition=Q(kind="report")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of case {self.case_id}"

    @property
    def facts(self) -> dict[str, Any]:
        """The paper's facts as written; texts are in `words`."""
        found: dict[str, Any] = json.loads(bytes(self.body))["facts"]
        return found

    @property
    def words(self) -> dict[str, str]:
        """The paper's texts by field; a redacted text is an empty string."""
        return {text.field: text.text for text in self.texts.all()}


class Fallen(models.Model):
    """That a case was decided because its post goes with the removed one of another, the root (Md).

    It counts as long as `decision` is the one in force there; the papers of both cases say the same.
    """

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fallen")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fell_with")
    decision = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="fallen")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")  # of the root, that took it along

    objects = Within["Fallen"]()


class FoundLater(models.Model):
    """A post that came while a removal stood and hangs together with it, until somebody says what becomes of it (Md).

    Worked out anew at any time, so nothing in the record rests on it.
    """

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="found_later")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    objects = Within["FoundLater"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "post"], name="found_once")]
        indexes = [models.Index(fields=["org", "root"], name="found_to_look_at", condition=Q(handled_at=None))]


class Sought(models.Model):
    """Which posts of the archive hang together with a removal, as they were found for it; what came since is
    `FoundLater`.

    A step that takes a post down asks for it, and the worker looks (`found_at`), so that no page has to. Worked out
    anew at any time: nothing in the record rests on it.
    """

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    root = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sought")
    asked_at = models.DateTimeField()
    found_at = models.DateTimeField(null=True)
    posts = models.JSONField(default=list)  # their numbers

    objects = Within["Sought"]()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="sought_not_yet", condition=Q(found_at=None))]


class PaperText(models.Model):
    """One text of a paper. It may be blanked once, together with a `Redaction`; nothing else."""

    only_blanked = ("text", "salt")

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="texts")
    field = models.CharField(max_length=30)
    text = models.TextField()
    salt = models.BinaryField()

    objects = Within["PaperText"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "field"], name="one_text_per_field")]
        indexes = [  # whose reports these may be is asked on every page
            models.Index("org", Upper("text"), name="texts_by_address", condition=Q(field="email")),
        ]


class Attachment(models.Model):
    """A file that came with a paper: pictures re-encoded, without metadata (DP19).

    Its content may be blanked once, together with a `Redaction` (DP20); nothing else changes.
    """

    only_blanked = ("content", "name")

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    content = models.BinaryField()
    hash = models.CharField(max_length=64)

    objects = Within["Attachment"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_attachment_per_number")]


class Redaction(models.Model):
    """That a text or a file was erased, by whom and why; the skeleton stays."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    papertext = models.OneToOneField(PaperText, on_delete=models.PROTECT, null=True, related_name="redaction")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, null=True, related_name="redaction")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, null=True, related_name="redaction")
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = Within["Redaction"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(papertext__isnull=False, attachment=None, revision=None)
                | Q(papertext=None, attachment__isnull=False, revision=None)
                | Q(papertext=None, attachment=None, revision__isnull=False),
                name="redacts_one_thing",
            )
        ]


class Event(models.Model):
    """One step taken, chained to the one before it. `payload` is what is hashed; columns repeat it for queries.

    Without a case it stands on the organisation's own register (people, roles, places, editions).
    """

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="events")
    seq = models.PositiveIntegerField()
    step = models.CharField(max_length=30)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="events")
    payload = models.BinaryField()
    hash = models.CharField(max_length=64)

    objects = Within["Event"]()

    class Meta:
        ordering = ["case", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="one_event_per_place"),
            models.UniqueConstraint(fields=["org", "seq"], condition=Q(case=None), name="one_register_event_per_place"),
        ]
        indexes = [
            models.Index(fields=["at", "by"], name="events_by_time"),  # what somebody did in the last minute
            # whether a report came after the last word: of all that happened in a case only these are looked at
            models.Index(fields=["case", "seq", "paper"], name="events_of_reports", condition=Q(step="file_report")),
            models.Index(
                fields=["case", "seq"],
                name="events_of_last_words",
                condition=Q(step__in=["decide", "confirm_proposal", "decide_as_panel", "reconsider", "record_minute"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.step}"

    @property
    def facts(self) -> dict[str, Any]:
        """The event's facts, out of the hashed bytes."""
        found: dict[str, Any] = json.loads(bytes(self.payload))["facts"]
        return found


class Register(models.Model):
    """Where the organisation's own chain of events stands."""

    never_deleted = True

    org = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="register")
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    salt = models.BinaryField(default=b"")  # of what the register says of settings, which may be personal

    objects = Within["Register"]()


class Duty(models.Model):
    """Somebody owes an answer to a paper by a time. Swept by the worker; a hand-over adds a row, never moves one."""

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="duties")
    owed = models.CharField(max_length=12, choices=[(o, o) for o in Owed])
    holder = models.CharField(max_length=20, choices=[(r, r) for r in Role])
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)  # D14: once
    warned_at = models.DateTimeField(null=True)  # the mail of the day before

    objects = Within["Duty"]()

    class Meta:
        constraints = [  # each hand-over exactly once (D12), whoever sweeps
            models.UniqueConstraint(fields=["paper", "holder"], name="one_duty_per_holder"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="duties_to_sweep",
                condition=Q(met_at__isnull=True) & Q(lapsed_at__isnull=True),
            ),
            models.Index(
                fields=["warned_at"],
                name="duties_past_everybody",
                condition=Q(met_at__isnull=True) & Q(lapsed_at__isnull=False) & Q(holder="executive"),
            ),
            models.Index(fields=["org", "met_at"], name="duties_by_answer", condition=Q(met_at__isnull=False)),
            models.Index(fields=["owed", "case"], name="duties_not_met", condition=Q(met_at__isnull=True)),
            models.Index(
                fields=["org", "case"],
                name="duties_handed_over",
                condition=Q(met_at__isnull=True) & Q(lapsed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} owes an answer to paper {self.paper_id}"


class Measure(models.Model):
    """Something done to an account or a thread for a time (Ma). Ends by itself; never deleted."""

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="measures")  # the decision
    kind = models.CharField(max_length=20, choices=[(k, k) for k in MeasureKind])
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="measures")
    thread = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Within["Measure"]()

    class Meta:
        indexes = [models.Index(fields=["until"], name="measures_to_end", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} until {self.until:%Y-%m-%d}"


class Grant(models.Model):
    """A party's access to their side of a case: by mailed link, or by receipt. Holds no secret, no address."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    party = models.CharField(max_length=10, choices=[(r, r) for r in (Role.AUTHOR, Role.REPORTER)])
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="grants")  # their report, their decision
    nonce = models.CharField(max_length=32, unique=True)
    code_hash = models.CharField(max_length=64, null=True, unique=True)  # of the 16-digit receipt
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = Within["Grant"]()


class Reading(models.Model):
    """Who opened a sensitive page (DP9): the access log, the one write that a GET makes.

    Chained like events; rows older than the chain have no `seq`, and its first entry holds a hash of them.
    """

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="readings")
    by = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    at = models.DateTimeField()
    seq = models.PositiveIntegerField(null=True)
    payload = models.BinaryField(default=b"")
    hash = models.CharField(max_length=64, blank=True)

    objects = Within["Reading"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "seq"], name="one_reading_per_place")]


class AccessLog(models.Model):
    """Where the organisation's chain of readings stands."""

    never_deleted = True

    org = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="access_log")
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    objects = Within["AccessLog"]()


class Checkpoint(models.Model):
    """A signed word on where all chains of an organisation stood; the same line stands in its file."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="checkpoints")
    number = models.PositiveIntegerField()  # per organisation, from 1
    at = models.DateTimeField()
    line = models.BinaryField()  # as it stands in the file, without the end of the line
    hash = models.CharField(max_length=64)  # of the part that is signed

    objects = Within["Checkpoint"]()

    class Meta:
        ordering = ["org", "number"]
        constraints = [models.UniqueConstraint(fields=["org", "number"], name="one_checkpoint_per_number")]

    def __str__(self) -> str:
        return f"checkpoint {self.number}"

    @property
    def says(self) -> dict[str, Any]:
        """What is signed: count and root of the cases, register, access log, time."""
        line = bytes(self.line)
        # The cases stand before it and may be very many. Within a text no quotation mark is without its backslash.
        last = json.loads(b"{" + line[max(line.rfind(b',"checkpoint":'), 0) + 1 :])
        found: dict[str, Any] = json.loads(last["checkpoint"])
        return found
