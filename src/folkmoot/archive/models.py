"""Places, accounts and posts as they were first seen, and who says which account is theirs."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from folkmoot.archive.assessment import Assessment as Assessment  # so that Django knows of these tables
from folkmoot.archive.assessment import ToAssess as ToAssess
from folkmoot.archive.fingerprint import Fingerprint as Fingerprint
from folkmoot.archive.shelves import SHELF
from folkmoot.members.models import Organisation, Person, Within


class Platform(models.Model):
    """A place where the organisation's members and visitors write: a page, a closed group, a list."""

    class Kind(models.TextChoices):
        FACEBOOK_PAGE = "facebook_page", _("Facebook page")
        FACEBOOK_GROUP = "facebook_group", _("Facebook group")
        MAILING_LIST = "mailing_list", _("Mailing list")
        WEBSITE = "website", _("Website or blog")
        CHAT_GROUP = "chat_group", _("Chat group")
        MICROBLOG = "microblog", _("Microblog (X, Bluesky, Mastodon)")
        OTHER = "other", _("Somewhere else")

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="platforms")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    is_public = models.BooleanField(default=True)
    url = models.URLField(blank=True, max_length=500)
    created_at = models.DateTimeField()
    operators = models.ManyToManyField(Person, through="Operator", related_name="operated")

    objects = Within["Platform"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "slug"], name="one_platform_per_slug")]

    def __str__(self) -> str:
        return self.name


class Operator(models.Model):
    """A person who looks after a place (Sh: the relevant operator)."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="operator_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="operator_rows")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = Within["Operator"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "person"], condition=Q(until=None), name="operator_once")
        ]


class Account(models.Model):
    """Who wrote, as far as the place shows it; without a handle when only the post is known."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="accounts")
    handle = models.CharField(max_length=200, null=True)
    name = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField()
    official = models.BooleanField(default=False)  # our own: it speaks for the organisation

    objects = Within["Account"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "handle"], name="one_account_per_handle")]

    def __str__(self) -> str:
        return self.name or self.handle or "an author nobody has named yet"


class Contact(models.Model):
    """An address for an account, with who says so; the newest counts."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="contacts")
    address = models.EmailField()
    source = models.CharField(max_length=300)  # how the moderator knows it
    salt = models.BinaryField(default=b"")  # of what the record says of it
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = Within["Contact"]()

    class Meta:
        # SQLite would go through all addresses of an organisation: it knows nothing of how many there are
        indexes = [
            models.Index(fields=["account", "-added_at", "-id"], name="contacts_newest_first"),
            models.Index("org", Upper("address"), name="contacts_by_address"),  # asked by `steps.many.accounts_of`
        ]


class AccountClaim(models.Model):
    """Whose account it is, with the evidence: for recusal by account, until it is said to be wrong."""

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    evidence = models.CharField(max_length=300)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = Within["AccountClaim"]()


class ImportRun(models.Model):
    """One import of a file, and what came of it."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="import_runs")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=20, blank=True, default="")  # a word of archive.intake.FORMATS
    mark = models.CharField(max_length=64, blank=True, default="")  # sha256 of the file and how it was to be read
    done = models.PositiveBigIntegerField(default=0)  # how much of the file is in: a killed import goes on after it
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    objects = Within["ImportRun"]()

    class Meta:
        indexes = [models.Index(fields=["platform", "mark"], name="imports_to_go_on", condition=Q(finished_at=None))]


BY_HAND = "by-hand:"  # so begins the native id of a post that somebody copied down, who was given its link


class Post(models.Model):
    """A post with the text that was first seen; later texts are revisions.

    The text is empty where only a picture or the like was posted (`attachments` says what), and, with an empty
    `text_key`, where it was destroyed.
    """

    class State(models.TextChoices):
        PUBLISHED = "published"
        HELD = "held"  # still waits for approval at the place

    class Precision(models.TextChoices):
        EXACT = "exact"
        DAY = "day"
        UNKNOWN = "unknown"  # counts as first seen

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="posts")
    native_id = models.CharField(max_length=200)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="posts")
    url = models.CharField(max_length=1000, blank=True)
    text = models.TextField()
    text_key = models.CharField(max_length=64)  # sha256 of kernel.text.match_key(text)
    posted_at = models.DateTimeField()
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.EXACT)
    first_seen_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    thread = models.CharField(max_length=200, blank=True)  # native id of the thread's first post
    reply_to = models.CharField(max_length=200, blank=True)  # native id; that post may arrive later, or never
    quotes = models.CharField(max_length=200, blank=True, default="")  # native id of the post that it quotes
    attachments = models.TextField(blank=True, default="")  # what was with it, in words: one line each
    gone_seen_at = models.DateTimeField(null=True)  # when it was first seen that its place no longer has it

    objects = Within["Post"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "native_id"], name="one_post_per_native_id")]
        indexes = [
            models.Index(fields=["org", "-posted_at"], name="posts_newest_first"),
            models.Index("org", SHELF, "text_key", name="posts_by_words"),  # asked by `with_words`
            models.Index(fields=["org", "url"], name="posts_by_url", condition=~Q(url="")),
            models.Index(fields=["platform", "thread"], name="posts_by_thread", condition=~Q(thread="")),
            models.Index(fields=["platform", "reply_to"], name="posts_by_reply", condition=~Q(reply_to="")),
            models.Index(fields=["platform", "quotes"], name="posts_by_quote", condition=~Q(quotes="")),
        ]

    def __str__(self) -> str:
        return f"post {self.native_id}"

    def written_on(self, zone: str) -> date:
        """Return the local day from which the post counts; where its time is unknown, that of first sight (D1)."""
        moment = self.first_seen_at if self.precision == self.Precision.UNKNOWN else self.posted_at
        return moment.astimezone(ZoneInfo(zone)).date()


class Revision(models.Model):
    """A later text of a post. It may be blanked once, together with a redaction (DP20); nothing else."""

    only_blanked = ("text",)

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="revisions")
    text = models.TextField()
    seen_at = models.DateTimeField()

    objects = Within["Revision"]()


class Arrival(models.Model):
    """Posts whose words or links have just come, until the worker has looked what they hang together with (Md)."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    posts = models.JSONField()  # their numbers: one batch, written with it

    objects = Within["Arrival"]()


class Leftover(models.Model):
    """What an import could not take, or not wholly: where it stands, why, and the bytes that could not be read."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="leftovers")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="leftovers"
    )  # what was taken of it
    line = models.PositiveBigIntegerField()  # of the file, from 1; where the row or message begins
    reason = models.CharField(max_length=300)
    raw = models.BinaryField(default=b"")

    objects = Within["Leftover"]()
