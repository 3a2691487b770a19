"""What a policy is made of: clauses under headings, bound into a pack. Values only, all frozen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from folkmoot.standards.codes import prefix_of


class Kind(StrEnum):
    """What a clause may be used for. Only a ground can carry a restriction."""

    GROUND = "ground"
    ADVICE = "advice"
    PRINCIPLE = "principle"
    PROCEDURE = "procedure"


class Scope(StrEnum):
    """Where a clause is mainly meant to apply. A hint shown beside it, never a gate."""

    ALL = "all"
    PUBLIC = "public"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of the policy: the letters that its clause codes start with, and its title.

    `under` is the title of the part of the policy that it stands in, such as "Part C", or "".
    """

    prefix: str
    title: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One citable unit of policy.

    `text` is plain paragraphs with an empty line between them. `allowed` and `not_allowed` are one example
    each and are never empty on a ground. `limited_to` is empty unless only a part of the clause can be cited
    as a ground; it then says which part, in words to show beside it. `aimed_at` is true where it makes sense
    to ask whether a post is aimed at a person or at a policy. `parents` are codes in the parent pack.
    """

    code: str
    title: str
    text: str
    scope: Scope
    kind: Kind
    allowed: str = ""
    not_allowed: str = ""
    limited_to: str = ""
    aimed_at: bool = False
    parents: tuple[str, ...] = ()

    @property
    def is_ground(self) -> bool:
        """Whether a decision may cite this clause to restrict a post."""
        return self.kind is Kind.GROUND

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, one string for each paragraph."""
        return tuple(self.text.split("\n\n"))


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole policy as loaded from a folder, its clauses in the order of its headings, then of their codes
    where pack.yaml gives no order of its own.

    `parent` is the name of the pack whose clauses this one restates, or None. `paraphrase` is true where the
    words are a summary and not the official text, which `official_url` then links if it is known. `retired` are
    codes of clauses that are gone, in order: no other clause may have them, so that a code means one thing for ever.
    """

    name: str
    title: str
    description: str
    lang: str
    in_force_from: date
    parent: str | None
    paraphrase: bool
    official_url: str | None
    headings: tuple[Heading, ...]
    clauses: tuple[Clause, ...]
    retired: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every clause code, in order."""
        return tuple(clause.code for clause in self.clauses)

    @property
    def grounds(self) -> tuple[Clause, ...]:
        """The clauses that a restricting decision may cite, in order."""
        return tuple(clause for clause in self.clauses if clause.is_ground)

    def clause(self, code: str) -> Clause:
        """The clause with this code; raises KeyError if the pack has none."""
        for clause in self.clauses:
            if clause.code == code:
                return clause
        raise KeyError(f"the pack {self.name} has no clause {code}")

    def can_restrict(self, parent: "Pack | None") -> bool:
        """Whether a decision could cite anything against a post: a ground of its own, or one left of `parent`'s."""
        had = {*self.codes, *(code for clause in self.clauses for code in clause.parents)}
        return bool(self.grounds) or any(clause.code not in had for clause in (parent.grounds if parent else ()))

    def under(self, heading: Heading) -> tuple[Clause, ...]:
        """The clauses of one section, in order."""
        return tuple(clause for clause in self.clauses if prefix_of(clause.code) == heading.prefix)
