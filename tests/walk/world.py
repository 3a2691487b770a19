"""A branch on its worst day: three posts, whoever is about, and a die that says who does what next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Case, Grant
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.standing import free_for
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.cast import FOUNDED, Branch

T = TypeVar("T")


@dataclass
class World:
    """What a walk walks through. Everything it decides comes from `die`."""

    people: Branch
    posts: list[Post]
    die: Random
    now: datetime = field(default_factory=lambda: cast.day(0))
    taken: list[str] = field(default_factory=list)  # the steps that were taken, for whoever reads a failure
    focus: Case | None = None  # the case that is being looked at

    def one_of(self, things: list[T]) -> T:
        """Return any of `things`."""
        return self.die.choice(things)

    def maybe(self, chance: float) -> bool:
        """Say yes with this chance."""
        return self.die.random() < chance

    def cases(self) -> list[Case]:
        """Return all cases of the branch."""
        cases = Case.objects.within(self.people.org).select_related("org", "post", "procedure_edition")
        return list(cases.order_by("pk"))

    def a_case(self) -> Case:
        """Return the case that is being looked at, mostly, or any; the walk begins with one."""
        if self.focus and self.maybe(0.85):
            return Case.objects.select_related("org", "post", "procedure_edition").get(pk=self.focus.pk)
        return self.one_of(self.cases())

    def actor(self, case: Case, step: Step) -> Person:
        """Return somebody who may take `step` in the case, mostly, or anybody with an office."""
        free = free_for(case, step, at=self.now) if self.maybe(0.8) else []
        return self.one_of(free) if free else self.officer()

    def officer(self) -> Person:
        """Return anybody with an office, whether or not it is theirs to act."""
        held = [*self.people.deciders, *self.people.panel, self.people.administrator]
        return self.one_of([*held, self.people.secretary] if self.people.secretary else held)

    def grant(self, case: Case, party: Role) -> Grant | None:
        """Return any of a party's grants in the case."""
        found = list(Grant.objects.select_related("case", "paper", "org").filter(case=case, party=party).order_by("pk"))
        return self.one_of(found) if found else None

    def pass_time(self, span: timedelta) -> bool:
        """Let time pass, with the worker at work: letters leave, time limits are swept. It always does pass."""
        self.now += span
        for number in _waiting(self.now):
            record_sent(number, at=self.now)
        for _ in range(50):
            if not sweep(at=self.now):
                return True
        raise AssertionError("the sweep finds always more to do")


def _waiting(at: datetime) -> list[int]:
    due = Dispatch.objects.filter(state=Dispatch.State.WAITING, next_at__lte=at).order_by("next_at", "pk")
    return list(due.values_list("pk", flat=True))


def world(die: Random) -> World:
    """Return a branch with one moderator or two, with a Secretary or without, and three posts.

    The second and the third, a copy of the first, are sometimes an officer's own, so that interests are met on the way.
    """
    people = cast.branch(moderators=die.choice([1, 2, 2]), secretary=die.random() < 0.85, panel=die.choice([1, 3, 4]))
    account = Account.objects.create(
        org=people.org, platform=people.place, handle="second", name="Second Voice", first_seen_at=FOUNDED
    )
    second = cast.post(people.org, people.place, native_id="200", text="Another voice altogether.", account=account)
    copied = f"Have you seen this? {cast.WORDS}"
    later = FOUNDED + timedelta(hours=5)
    third = cast.post(people.org, people.place, native_id="300", text=copied, account=account, posted_at=later)
    if die.random() < 0.5:
        owner = die.choice([people.operator, *people.panel, *([people.secretary] if people.secretary else [])])
        claim_account(account, owner, evidence="They said so.", by=people.administrator, at=FOUNDED)
    return World(people=people, posts=[people.post, second, third], die=die)
