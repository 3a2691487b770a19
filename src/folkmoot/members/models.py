"""Organisations, people, the roles they hold, and the one-time links that let them in."""

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from folkmoot.kernel.times import stamp
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import OFFICES, Role


class UserManager(BaseUserManager["User"]):
    """Makes sign-ins; nobody has a password."""

    def create_user(self, email: str, **extra: Any) -> "User":
        """Return a new sign-in for `email`, folded to lower case."""
        user = self.model(email=email.strip().casefold(), **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in: one e-mail address. What it may do hangs on its people and their roles."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()


class Triage(models.TextChoices):
    """Which posts the software looks over by itself for what may be wrong; reported ones always."""

    EVERY = "every", _("Posts of every place")
    PUBLIC = "public", _("Posts that everybody can read, and what is reported")
    REPORTED = "reported", _("Only what is reported")


class Organisation(models.Model):
    """A branch, or any other organisation, with its own rooms under /o/<slug>/.

    Its columns are settings: whatever changes one is a step on the register, which holds a hash of them all.
    """

    beside_the_register: tuple[str, ...] = ()  # columns that are no settings, but the software's own memory

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=60, default="Europe/London")
    contact = models.CharField(max_length=254, blank=True)  # where people write to the Secretary
    official_url = models.URLField(blank=True, max_length=500)  # the official text of its policy
    is_local = models.BooleanField(default=False)  # made by an import before set-up, which adopts it
    created_at = models.DateTimeField()
    triage = models.CharField(max_length=8, choices=Triage.choices, default=Triage.EVERY)

    def __str__(self) -> str:
        return self.name


M = TypeVar("M", bound=models.Model)


class Within(models.Manager[M]):
    """Rows of one organisation: said, never implied."""

    def within(self, org: Organisation) -> models.QuerySet[M]:
        """Return the rows that belong to `org`."""
        return self.filter(org=org)


class PersonManager(Within["Person"]):
    """People of one organisation."""

    def holding(self, org: Organisation, role: Role, *, at: datetime) -> models.QuerySet["Person"]:
        """Return those of `org` who hold `role` at that moment, or cover for somebody who does, and may sign in."""
        held = RoleHeld.objects.filter(org=org, role=role, since__lte=at).filter(Q(until=None) | Q(until__gt=at))
        covering = Cover.objects.running(at=at).filter(org=org, role=role, person__in=held.values("person"))
        holding = Q(pk__in=held.values("person")) | Q(pk__in=covering.values("covering"))
        return self.filter(holding, org=org).exclude(user__is_active=False)


class Digest(models.TextChoices):
    """How often somebody wants one mail with what waits for them."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Person(models.Model):
    """Somebody known to one organisation; with a sign-in when they hold a role."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="people")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    created_at = models.DateTimeField()
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.DAILY)
    digest_at = models.DateTimeField(null=True)  # the next one, not before; unknown until the worker has looked

    objects = PersonManager()

    class Meta:
        indexes = [models.Index(fields=["digest_at"], name="people_to_be_told")]
        constraints = [
            models.UniqueConstraint(fields=["org", "email"], name="one_person_per_address"),
            models.UniqueConstraint(fields=["org", "user"], name="one_person_per_sign_in"),
        ]

    def __str__(self) -> str:
        return self.name

    def holds(self, role: Role, *, at: datetime) -> bool:
        """Say whether this person holds `role` at that moment."""
        return role in self.offices(at=at)

    def offices(self, *, at: datetime) -> frozenset[Role]:
        """Return the roles this person holds at that moment, their own and those of people they cover for."""
        return frozenset(map(Role, _roles_of(self, at)))

    def own_offices(self, *, at: datetime) -> frozenset[Role]:
        """Return the roles that are this person's own at that moment."""
        held = self.roles.filter(since__lte=at).filter(Q(until=None) | Q(until__gt=at))
        return frozenset(Role(role) for role in held.values_list("role", flat=True))

    def covered_by(self, role: Role, *, at: datetime) -> set[int]:
        """Return who covers for this person in `role` at that moment, by number."""
        running = Cover.objects.running(at=at).filter(person=self, role=role)
        return set(running.values_list("covering", flat=True))


class RoleHeld(models.Model):
    """A role, from when, until when."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role, role) for role in OFFICES])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(until=None), name="role_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} since {stamp(self.since)}"


class Outsider(models.Model):
    """Somebody outside to whom checkpoints of the record are mailed, from when, until when."""

    class Rhythm(models.TextChoices):
        EACH = "each", _("Each one, as it is signed")
        DAILY = "daily", _("One a day")

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="outsiders")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.EACH)
    salt = models.BinaryField()  # of what the register says of them
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = Within["Outsider"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "email"], condition=Q(until=None), name="outsider_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CoverManager(Within["Cover"]):
    """Who covers for whom."""

    def running(self, *, at: datetime) -> models.QuerySet["Cover"]:
        """Return what holds at that moment."""
        begun = self.filter(since__lte=at).filter(Q(until=None) | Q(until__gt=at))
        return begun.filter(Q(ended_at=None) | Q(ended_at__gt=at))


class Cover(models.Model):
    """Somebody acts in another's role for a time: on holiday, or, without an end, as a deputy."""

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covers")  # whose role it is
    covering = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covers_for")
    role = models.CharField(max_length=20, choices=[(role, role) for role in OFFICES])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # a deputy's has no end
    ended_at = models.DateTimeField(null=True)  # before its time

    objects = CoverManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("covering")), name="nobody_covers_for_themselves"),
        ]
        indexes = [models.Index(fields=["covering", "role"], name="covers_by_who_covers")]

    def __str__(self) -> str:
        return f"{self.role} since {stamp(self.since)}"


class OneTimeLink(models.Model):
    """A link that works once: set-up, an invitation, or a sign-in from the server's own console.

    The row holds a nonce; the link is `kernel.tokens.link_token` of it under the server's key.
    """

    class Purpose(models.TextChoices):
        SET_UP = "set_up"
        INVITATION = "invitation"
        SIGN_IN = "sign_in"

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    nonce = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignInCode(models.Model):
    """An e-mailed code: eight digits computed from the nonce when the mail is sent, stored nowhere."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Allowance(models.Model):
    """How much an unknown source has sent in one hour; the source is a keyed hash, never an address."""

    source = models.CharField(max_length=64)
    hour = models.DateTimeField()
    what = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)  # bytes

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "hour", "what"], name="one_allowance_per_hour")]


class Scope(models.TextChoices):
    """What a token is good for; whatever it says, it does no more than its owner may."""

    READ = "read"  # what its owner may read: cases, posts, letters, tasks
    REPORT = "report"  # in its owner's name
    INGEST = "ingest"  # hand in posts
    DESK = "desk"  # act on cases
    PANEL = "panel"  # take part in the Executive's hearings
    ADMIN = "admin"  # change people, places, letters and the policy
    INVITE = "invite"  # read the links of people who are invited, with which one could sign in as them


class ApiToken(models.Model):
    """What a program shows to act as its owner, with the owner's offices at that moment, within its scopes.

    The row holds a hash under the server's key (`kernel.tokens.keyed_hash`): the token itself is shown once.
    """

    never_deleted = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=120)  # what it is for, in its owner's words
    scopes = models.JSONField()  # of `Scope`, in its order
    hash = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # the last time, to the hour: no record of what its owner does when

    objects = Within["ApiToken"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="token_has_an_end"),
        ]
        indexes = [models.Index(fields=["owner", "until"], name="tokens_by_owner")]

    def __str__(self) -> str:
        return self.name

    def holds(self, *, at: datetime) -> bool:
        """Say whether it opens anything at that moment, as far as the token itself goes."""
        return self.revoked_at is None and self.since <= at < self.until


class Repeatable(models.Model):
    """A write by a program, so that sending it again does nothing twice: what was asked, and what was answered.

    The answer is sealed under a key that takes the caller's own `Idempotency-Key` to make, since it can hold secrets.
    """

    caller = models.CharField(max_length=64)  # keyed hash of who asks and under which key
    asked = models.CharField(max_length=64)  # hash of the request
    begun_at = models.DateTimeField()
    lease = models.CharField(max_length=32)  # of whoever works on it now
    status = models.PositiveSmallIntegerField(null=True)  # once it is answered
    answer = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["begun_at"], name="repeatables_by_age")]


@prepared
def _roles_of(person: Person, at: datetime) -> models.QuerySet[RoleHeld, str]:
    """Return the roles of a person's own, and those of the people they cover for."""
    held = RoleHeld.objects.filter(since__lte=at).filter(Q(until=None) | Q(until__gt=at))
    theirs = held.filter(person=OuterRef("person"), role=OuterRef("role"))
    covered = Cover.objects.running(at=at).filter(Exists(theirs), covering=person).values_list("role", flat=True)
    return held.filter(person=person).values_list("role", flat=True).union(covered)
