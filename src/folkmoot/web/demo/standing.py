"""Where the demo's cases stand now: for the start page, and for whoever started the demo in a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Duty, Measure
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import APPEALABLE, Outcome, Role, Stage
from folkmoot.web.demo.story import Matter, story

TO_DECIDE = "printed-for-the-van"  # the case that a first visitor is led to
TO_APPEAL = "back-to-your-allotment"  # the one whose letter is read first

STAGE_WORDS = {
    Stage.RECEIVED: later("Reported, not decided yet"),
    Stage.SECOND_LOOK: later("Waits for a second look"),
    Stage.DECIDED: later("Decided"),
    Stage.APPEALED: later("Appealed"),
    Stage.RECONSIDERED: later("Looked at again"),
    Stage.BEFORE_EXECUTIVE: later("Before the Executive"),
    Stage.MINUTED: later("The Executive has voted"),
    Stage.FINAL: later("Final"),
}
OUTCOME_WORDS = {
    Outcome.NO_BREACH: later("No breach"),
    Outcome.ROBUST_CRITICISM: later("Robust criticism, protected"),
    Outcome.CORRECTED: later("Our own post corrected"),
    Outcome.REFERRED: later("Help or another route"),
    Outcome.WARN: later("Warned"),
    Outcome.MEASURE: later("Limited for a time"),
    Outcome.REJECT: later("Rejected"),
    Outcome.REMOVE: later("Removed"),
}

HOLDER_WORDS = {
    Role.MODERATOR: later("the moderators"),
    Role.SECRETARY: later("the Secretary"),
    Role.EXECUTIVE: later("the Executive"),
}


@dataclass(frozen=True)
class Row:
    """One case as it stands."""

    case: Case
    matter: Matter | None  # None for a case that somebody trying the demo has opened
    owed_by: frozenset[Role]  # all of whom an answer is still awaited
    to_do: tuple[str, ...]  # by-hand tasks that are open
    review: bool  # a reporter waits for the answer to a review
    limited: bool  # a measure runs

    @property
    def title(self) -> str:
        """What the case is about, in the story's words."""
        if self.matter:
            return self.matter.title
        return f"A report of your own, case {self.case.pk}"

    @property
    def url(self) -> str:
        """The page that shows the case from all sides."""
        return reverse("demo:case", kwargs={"case": self.case.pk})

    @property
    def stage_word(self) -> str:
        """Where the case stands."""
        return str(STAGE_WORDS[Stage(self.case.stage)])

    @property
    def waits_for(self) -> str:
        """Whose answer is awaited, in words; empty when nobody owes one."""
        return _list([str(HOLDER_WORDS[role]) for role in HOLDER_WORDS if role in self.owed_by])

    @property
    def besides(self) -> list[str]:
        """What else is so at this moment, each in a few words."""
        said = (
            (self.case.hidden, later("hidden for now")),
            (self.limited, later("a measure runs")),
            (self.review, later("a review is asked for")),
        )
        return [str(words) for holds, words in said if holds]

    @property
    def authors_move(self) -> bool:
        """Say whether the next step is the author's, if they want to take it."""
        if not self.case.standing:
            return False
        appealable = self.case.stage == Stage.DECIDED and self.case.outcome in APPEALABLE
        return appealable or self.case.stage == Stage.RECONSIDERED

    @property
    def outcome_word(self) -> str:
        """What was decided, and whether it was overturned; empty before a decision."""
        if not self.case.outcome:
            return ""
        word = str(OUTCOME_WORDS[Outcome(self.case.outcome)])
        return word if self.case.standing else f"{word}, then overturned"


@dataclass(frozen=True)
class StartLink:
    """One thing to begin with."""

    label: str
    why: str
    url: str


@dataclass(frozen=True)
class Summary:
    """Where everything stands."""

    org: Organisation
    rows: tuple[Row, ...]
    links: tuple[StartLink, ...]  # three, the start page first

    @property
    def doors(self) -> tuple[StartLink, ...]:
        """What the start page leads to: the links but itself, and the first thing that a member would do."""
        report = StartLink(
            str(later("Report a post")),
            str(later("As any member or visitor can, without an account, with a name or without.")),
            f"/o/{self.org.slug}/report/",
        )
        return (*self.links[1:], report)

    @property
    def by_stage(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The rows in the order of the procedure, under each stage's words; stages without a case are left out."""
        stages = ((stage, tuple(row for row in self.rows if row.case.stage == stage)) for stage in Stage)
        return tuple((str(STAGE_WORDS[stage]), rows) for stage, rows in stages if rows)

    def lines(self) -> list[str]:
        """Return the summary for a terminal, one piece of news each."""
        news = [f"{self.org.name}, where nobody is real. Its {len(self.rows)} cases stand like this:"]
        for words, rows in self.by_stage:
            news += [f"  {words}", *(f"    {row.case.pk:>3}  {row.title}" for row in rows)]
        news.append("Three links to start with:")
        news += [f"  {link.label}\n    {settings.FOLKMOOT_URL}{link.url}" for link in self.links]
        return news


def summary() -> Summary:
    """Return where the cases of the demo stand at this moment."""
    org = Organisation.objects.get(slug=story().organisation.slug)
    rows = tuple(_rows(org))
    return Summary(org, rows, tuple(_links(rows)))


def row_of(case: Case) -> Row:
    """Return where one case stands."""
    return next(row for row in _rows(case.org) if row.case.pk == case.pk)


def _rows(org: Organisation) -> Iterable[Row]:
    owed = Duty.objects.within(org).filter(met_at=None).values_list("case", "holder", "owed")
    limited = set(Measure.objects.within(org).filter(ended_at=None).values_list("case", flat=True))
    open_tasks = Task.objects.within(org).filter(state=Task.State.OPEN).values_list("case", "op")
    for case in Case.objects.within(org).select_related("post", "platform", "org").order_by("pk"):
        yield Row(
            case=case,
            matter=story().matter_about(case.post.native_id) if case.post else None,
            owed_by=frozenset(Role(holder) for number, holder, _ in owed if number == case.pk),
            to_do=tuple(op for number, op in open_tasks if number == case.pk),
            review=any(number == case.pk and what == Owed.REVIEW for number, _, what in owed),
            limited=case.pk in limited,
        )


def _links(rows: Iterable[Row]) -> Iterable[StartLink]:
    by_story = {row.matter.id: row for row in rows if row.matter}
    letter = Dispatch.objects.filter(case=by_story[TO_APPEAL].case, kind="statement_of_reasons").latest("pk")
    yield StartLink(
        "See where everything stands",
        "All cases, everybody whose place you can take, and all letters.",
        reverse("demo:start"),
    )
    yield StartLink(
        "Decide a case as a moderator",
        "Nobody has looked at it yet: is it a breach to repeat somebody else’s insult?",
        by_story[TO_DECIDE].url,
    )
    yield StartLink(
        "Read an author’s letter, and appeal",
        "His comment came down for one sentence in it. Was that fair?",
        reverse("demo:letter", kwargs={"dispatch": letter.pk}),
    )


def _list(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
