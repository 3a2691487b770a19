"""Editions of the policy, of the procedure and of letters: immutable rows, hashed and dated."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models

from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.members.models import Organisation, Within
from folkmoot.procedure.table import Procedure


class PolicyEdition(models.Model):
    """One edition of an organisation's policy; its clauses never change."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="policy_editions")
    number = models.PositiveIntegerField()  # per organisation, from 1
    pack = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    lang = models.CharField(max_length=16, default="en-GB")
    in_force_from = models.DateField()  # the pack's own date, not that of loading
    paraphrase = models.BooleanField()  # in our own words: letters say "in summary"
    official_url = models.URLField(blank=True, max_length=500)
    is_parent = models.BooleanField(default=False)  # e.g. the national statement
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")  # parents only
    description = models.TextField(blank=True, default="")
    sections = models.JSONField(default=list)  # [{"prefix": "F", "title": "Foreword"}, ...]
    retired = models.JSONField(default=list)  # codes of clauses that are gone: never used again
    fingerprint = models.CharField(max_length=64)  # sha256 of the pack's canonical bytes
    loaded_at = models.DateTimeField()

    objects = Within["PolicyEdition"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "number"], name="one_policy_edition_per_number"),
            models.UniqueConstraint(fields=["org", "fingerprint"], name="one_policy_edition_per_text"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    def text_hash(self) -> str:
        """Return the hash of this edition as it lies here, clauses and all: what the register holds of it."""
        own = ("number", "pack", "title", "lang", "paraphrase", "official_url", "is_parent", "parent_id", "fingerprint")
        facts = {name: getattr(self, name) for name in own}
        # What came later to this table is part of the hash where it says something: older editions keep theirs.
        since = {"follows_id": self.follows_id, "description": self.description, "retired": self.retired}
        facts.update({name: value for name, value in since.items() if value})
        clauses = self.clauses.order_by("order").values_list(*_CLAUSE_TEXT)
        in_force = self.in_force_from.isoformat()
        return digest(canonical_bytes({**facts, "in_force_from": in_force, "clauses": list(map(list, clauses))}))


_CLAUSE_TEXT = (
    "order",
    "code",
    "title",
    "text",
    "scope",
    "kind",
    "allowed",
    "not_allowed",
    "aimed_at",
    "limited_to",
    "restates",
)


class Clause(models.Model):
    """One paragraph that can be cited by its code."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(PolicyEdition, on_delete=models.PROTECT, related_name="clauses")
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    text = models.TextField()
    scope = models.CharField(max_length=12)  # all, public, closed: a hint, never a gate
    kind = models.CharField(max_length=12)  # ground, advice, principle, procedure
    allowed = models.TextField(blank=True)
    not_allowed = models.TextField(blank=True)
    aimed_at = models.BooleanField(default=False)  # asks: a person, or a policy?
    limited_to = models.TextField(blank=True)  # the part that may be cited, e.g. of F5: personal abuse only
    restates = models.CharField(max_length=60, blank=True)  # codes of the parent edition, separated by spaces

    objects = Within["Clause"]()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_clause_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class PolicyDraft(models.Model):
    """A policy on which administrators still work; it becomes an edition, or is discarded. One is open at a time."""

    class Origin(models.TextChoices):
        EDITION = "edition"  # begun from the organisation's newest edition
        PACK = "pack"  # begun from a pack, whose date may lie in the past

    class State(models.TextChoices):
        OPEN = "open"
        PUBLISHED = "published"
        DISCARDED = "discarded"

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="policy_drafts")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    origin = models.CharField(max_length=10, choices=Origin)
    edition = models.OneToOneField(PolicyEdition, on_delete=models.PROTECT, null=True, related_name="draft")
    pack = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    description = models.TextField()
    lang = models.CharField(max_length=16)
    dated = models.DateField(null=True)  # the date in the pack that it was begun from
    paraphrase = models.BooleanField()
    official_url = models.CharField(blank=True, max_length=500)
    parent = models.ForeignKey(PolicyEdition, on_delete=models.PROTECT, null=True, related_name="+")
    sections = models.JSONField(default=list)
    retired = models.JSONField(default=list)
    seq = models.PositiveIntegerField(default=1)  # goes up with every change, of clauses too
    front_seq = models.PositiveIntegerField(default=1)  # goes up with changes of the title, the sections and so on
    started_by = models.CharField(max_length=40)  # "person:12"
    started_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    objects = Within["PolicyDraft"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org"], condition=models.Q(state="open"), name="one_open_policy_draft_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, draft"

    @property
    def own_date(self) -> date | None:
        """The date that the text itself bears: that of the pack from which the draft was begun, else none."""
        return self.dated if self.origin == self.Origin.PACK else None


class DraftClause(models.Model):
    """A clause of a draft as it stands. `seq` goes up with every change: two people do not overwrite each other."""

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="clauses")
    order = models.PositiveIntegerField()  # within its section
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    scope = models.CharField(max_length=12, default="all")
    kind = models.CharField(max_length=12, default="advice")
    allowed = models.TextField(blank=True)
    not_allowed = models.TextField(blank=True)
    aimed_at = models.BooleanField(default=False)
    limited_to = models.TextField(blank=True)
    restates = models.CharField(max_length=60, blank=True)
    is_new = models.BooleanField(default=False)  # no edition ever had it: it can be taken out without a trace
    is_gone = models.BooleanField(default=False)  # its code is retired when the draft is published
    seq = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    objects = Within["DraftClause"]()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["draft", "code"], name="one_draft_clause_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ProcedureEdition(models.Model):
    """One edition of the procedure's table, as canonical JSON."""

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="procedure_editions")
    number = models.PositiveIntegerField()
    facts = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    objects = Within["ProcedureEdition"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "number"], name="one_procedure_edition_per_number")]

    def __str__(self) -> str:
        return f"Procedure, edition {self.number}"

    def procedure(self) -> Procedure:
        """Return the table of this edition."""
        return _read(bytes(self.facts))


class LetterEdition(models.Model):
    """One edition of the words of one letter; the newest is in force. Without any, those that come with Folkmoot are.

    `is_shipped`: the organisation has gone back to the words that come with Folkmoot, whatever those are by then;
    `subject` and `body` keep what they were on that day.
    """

    insert_only = True

    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letter_editions")
    kind = models.CharField(max_length=40)  # which letter: see notices.kinds
    number = models.PositiveIntegerField()  # per organisation and letter, from 1
    subject = models.CharField(max_length=300)
    body = models.TextField()
    is_shipped = models.BooleanField(default=False)
    by = models.CharField(max_length=40)  # "person:12" or "system"
    published_at = models.DateTimeField()

    objects = Within["LetterEdition"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["org", "kind", "number"], name="one_letter_edition_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, edition {self.number}"

    def text_hash(self) -> str:
        """Return the hash of this edition as it lies here: what the register holds of it."""
        own = ("kind", "number", "subject", "body", "is_shipped", "by")
        return digest(canonical_bytes({name: getattr(self, name) for name in own}))


@lru_cache(maxsize=64)
def _read(facts: bytes) -> Procedure:
    found: dict[str, Any] = json.loads(facts)
    return Procedure.from_facts(found)
