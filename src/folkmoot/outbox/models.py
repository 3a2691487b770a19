"""What is promised to the outside: letters for the worker, tasks for people. Each is a row before it is done."""

from django.db import models
from django.db.models import Q

from folkmoot.archive.models import Platform, Post
from folkmoot.casefile.models import Case, Grant, Measure, Paper
from folkmoot.members.models import Organisation, Person, Within


class Dispatch(models.Model):
    """A letter promised. Its words are frozen; links and codes are put in at sending.

    Words of case letters lie in the notice paper; other mail (sign-in, invitations) keeps its own here.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"  # leased by a worker
        SENT = "sent"  # our relay accepted it
        RETURNED = "returned"  # it came back
        GIVEN_UP = "given_up"
        CANCELLED = "cancelled"

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="dispatches")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="dispatches")
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=20, blank=True)  # of a case letter: who is told
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)  # empty when the paper holds the words
    marker = models.CharField(max_length=32)  # of the places for links and codes: see outbox.marks
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()  # not before
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    serves_at = models.DateTimeField(null=True)  # when it counts as served, unless it comes back before
    served_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = Within["Dispatch"]()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="dispatches_due", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["serves_at"], name="dispatches_to_serve", condition=Q(serves_at__isnull=False)),
            models.Index(fields=["to", "made_at"], name="dispatches_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Attempt(models.Model):
    """One try to hand a letter over."""

    insert_only = True

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    detail = models.CharField(max_length=300, blank=True)


class Task(models.Model):
    """What a person has to do at a place by hand, with a tick and, if they like, a picture as proof."""

    class Op(models.TextChoices):
        REMOVE = "remove"
        RESTORE = "restore"
        REJECT = "reject"
        APPROVE = "approve"  # let a held post through after all
        HIDE = "hide"  # for now, before anything is decided
        UNHIDE = "unhide"
        LOOK = "look"  # nobody is sure how the post is seen
        CORRECT = "correct"  # our own post was wrong
        COMMENT = "comment"  # post the standard answer
        APPLY_MEASURE = "apply_measure"
        END_MEASURE = "end_measure"
        HAND_OVER_NOTICE = "hand_over_notice"  # nobody has an address for the author

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        SUPERSEDED = "superseded"  # a later decision wants something else
        CANNOT = "cannot"  # for a notice: not served

    POST_OPS = (Op.REMOVE, Op.RESTORE, Op.REJECT, Op.APPROVE, Op.HIDE, Op.UNHIDE, Op.LOOK)

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    op = models.CharField(max_length=20, choices=Op.choices)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="tasks")
    link = models.CharField(max_length=1000, blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")  # the decision or the notice behind it
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="tasks")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True)  # for a notice: when, still open, it counts as not served
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Within["Task"]()

    class Meta:
        indexes = [
            models.Index(fields=["org", "state", "-made_at"], name="tasks_open_first"),
            models.Index(fields=["lapses_at"], name="tasks_to_lapse", condition=Q(lapses_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="open", op__in=["remove", "restore", "reject", "approve", "hide", "unhide", "look"]),
                name="one_open_action_per_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.op} for case {self.case_id}"


class Item(models.Model):
    """A post's wanted and observed state, recomputed from all standing decisions on it."""

    class Visibility(models.TextChoices):
        VISIBLE = "visible"
        HELD = "held"
        GONE = "gone"
        HIDDEN = "hidden"  # for now: it can come back
        UNCERTAIN = "uncertain"  # only observed: nobody can say, so a person has to look

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="item")
    wanted = models.CharField(max_length=10, choices=Visibility.choices)
    observed = models.CharField(max_length=10, choices=Visibility.choices)
    changed_at = models.DateTimeField()

    objects = Within["Item"]()


class Inbox(models.Model):
    """Up to where one mailbox has been read for letters that came back. Mail itself is neither kept nor changed."""

    name = models.CharField(max_length=300, unique=True)  # who, where and which folder; no password
    uidvalidity = models.BigIntegerField(default=0)  # the mailbox's own: when it changes, numbers begin anew
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)  # why it could not be read last time

    def __str__(self) -> str:
        return self.name


class Hook(models.Model):
    """Another program's address that is told of what happens in cases: which kinds, and from when to when.

    What it is signed with is computed (`outbox.hooks.secret_of`); the row holds a nonce, which opens nothing by itself.
    """

    class Ending(models.TextChoices):
        TAKEN_OUT = "taken_out"  # by an administrator
        SILENT = "silent"  # it took nothing for three days
        GONE = "gone"  # it said that it is gone for good

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    kinds = models.CharField(max_length=300)  # of `outbox.hooks.KINDS`, one space between
    nonce = models.CharField(max_length=32)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    nonce_before = models.CharField(max_length=32, blank=True, default="")  # of the secret that was renewed last
    both_until = models.DateTimeField(null=True)  # until when calls are signed with that one too
    failures = models.PositiveIntegerField(default=0)  # calls in a row that were not taken
    rests_until = models.DateTimeField(null=True)  # after a failure: others are called meanwhile

    objects = Within["Hook"]()

    class Meta:
        indexes = [models.Index(fields=["org"], name="hooks_told", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"hook {self.pk}"


class HookCall(models.Model):
    """One call of a hook promised. It says that something happened in a case, and neither what nor of whom."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"  # the other program said yes
        GIVEN_UP = "given_up"

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="calls")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")  # None: a test
    number = models.CharField(max_length=40, unique=True)  # the same at every try
    kind = models.CharField(max_length=40)
    body = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()  # not before
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    last_answer = models.CharField(max_length=80, blank=True)  # a status, or what kind of fault it was

    objects = Within["HookCall"]()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="hook_calls_due", condition=Q(state="waiting")),
            models.Index(fields=["hook", "-id"], name="hook_calls_newest"),
            models.Index(fields=["made_at"], name="hook_calls_by_age"),
        ]

    def __str__(self) -> str:
        return self.number
