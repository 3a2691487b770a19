"""Matters as they come in life, each played through the real steps: patterns of the cases that `bench/desk` makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.of_desk.branch import NOW, Branch
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.archive.worked_out import text_key
from folkmoot.casefile.models import Case, Duty, FoundLater, Grant, Sought
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import AimedAt, Answer, Clarity, Outcome, ReportKind, Role
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.finding import Decision
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.name_author import name_author
from folkmoot.steps.propose import propose
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_delivery import SERVED_AFTER, record_sent
from folkmoot.steps.record_served import record_served

TEXT = "The harbour plan is a waste. Councillor Voss is a crook and always was."
PASSAGE = "Councillor Voss is a crook"
REASONS = "It calls a named person a crook, and gives no fact for it."
READER, AUTHOR = "reader{}@readers.example", "author@authors.example"
MOST_READERS = 9  # who report one post
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scene:
    """A post that is going to be reported, and the two moderators who deal with it."""

    branch: Branch
    place: Platform
    post: Post
    first: Person
    second: Person


def scene(branch: Branch, place: Platform, number: int) -> Scene:
    """Return a scene of its own: a post by somebody, and the moderators in turn."""
    at = NOW - 60 * _DAY
    account = Account.objects.create(
        org=branch.org, platform=place, handle=f"writer{number}", name="Rowan Pike", first_seen_at=at
    )
    post = Post.objects.create(
        org=branch.org,
        platform=place,
        native_id=f"scene{number}",
        account=account,
        url=f"https://www.example.org/groups/town/posts/scene{number}",
        text=TEXT,
        text_key=text_key(TEXT),
        posted_at=at,
        first_seen_at=at,
    )
    moderators = branch.moderators
    return Scene(branch, place, post, moderators[number % len(moderators)], moderators[(number + 1) % len(moderators)])


def reported(of: Scene, kind: ReportKind = ReportKind.ATTACK, *, times: int = 1, mailed: bool = False) -> Case:
    """Let it be reported, by people who leave an address or do not."""
    for number in range(times):
        email = READER.format(number) if mailed else ""
        report = Report(kind=kind, words=f"Nobody should be called that, say I. {number}", post=of.post, email=email)
        file_report(of.branch.org, report, at=NOW - timedelta(hours=times - number))
    case = Case.objects.get(post=of.post)
    _mail(case, NOW)
    return case


def urgent(of: Scene) -> Case:
    """Let it be reported as a threat: all who can act are told at once."""
    return reported(of, ReportKind.THREAT)


def spam(of: Scene) -> Case:
    """Let it be reported as spam."""
    return reported(of, ReportKind.SPAM)


def taken(of: Scene) -> Case:
    """Let it be reported twice; a moderator says that they have no part in it, and takes it."""
    case = reported(of, times=2)
    declare_interest(case.pk, interested=False, by=of.first, at=NOW)
    declare_interest(case.pk, interested=False, by=of.second, at=NOW)
    return claim(case.pk, by=of.first, at=NOW)


def closed_to_one(of: Scene) -> Case:
    """Let it be reported; one of the moderators has an interest in it."""
    case = reported(of)
    declare_interest(case.pk, interested=True, by=of.first, at=NOW)
    declare_interest(case.pk, interested=False, by=of.second, at=NOW)
    return case


def handed_over(of: Scene) -> Case:
    """Let the moderators' time pass, so that the Secretary is added."""
    case = reported(of, mailed=True)
    duty = Duty.objects.get(case=case)
    hand_over(duty.pk, at=duty.due_at + timedelta(hours=12))
    _mail(case, duty.due_at + timedelta(hours=12))
    return case


def proposed(of: Scene) -> Case:
    """Let a moderator find it unclear, and propose something."""
    case = reported(of)
    declare_interest(case.pk, interested=False, by=of.first, at=NOW)
    declare_interest(case.pk, interested=False, by=of.second, at=NOW)
    propose(case.pk, _removal(clarity=Clarity.UNCLEAR), by=of.first, at=NOW)
    _mail(case, NOW)
    return case


def removed(of: Scene) -> Case:
    """Let it be removed; the letters are served, and the worker has looked what hangs together with it."""
    case = reported(of, mailed=True)
    name_author(case.pk, address=AUTHOR, source="the list of members", by=of.first, at=NOW)
    declare_interest(case.pk, interested=False, by=of.first, at=NOW)
    declare_interest(case.pk, interested=False, by=of.second, at=NOW)
    decide(case.pk, _removal(), by=of.first, at=NOW)
    _mail(case, NOW + timedelta(hours=1))
    Sought.objects.filter(root=case).update(found_at=NOW + timedelta(hours=1))
    return case


def copied(of: Scene) -> Case:
    """Let something come after the removal that repeats it."""
    case = removed(of)
    FoundLater.objects.create(org=of.branch.org, root=case, post=of.post, found_at=NOW + 2 * _DAY)
    return case


def left(of: Scene) -> Case:
    """Let a moderator find no breach."""
    case = reported(of, mailed=True)
    declare_interest(case.pk, interested=False, by=of.first, at=NOW)
    found = Decision(outcome=Outcome.ROBUST_CRITICISM, reasons="It is about the plan.", aimed_at=AimedAt.POLICY)
    decide(case.pk, found, by=of.first, at=NOW)
    _mail(case, NOW + timedelta(hours=1))
    return case


def appealed(of: Scene) -> Case:
    """Let the author appeal."""
    case = removed(of)
    author = Grant.objects.filter(case=case, party=Role.AUTHOR).latest("pk")
    lodge_appeal(case.pk, words="I meant the plan. Please read it again.", by=author, at=NOW + 4 * _DAY)
    _mail(case, NOW + 4 * _DAY)
    return case


def before_executive(of: Scene) -> Case:
    """Let the author put it to the Executive, after another moderator found that it stands."""
    case = appealed(of)
    reconsider(case.pk, answer=Answer.STANDS, reasons=REASONS, by=of.second, at=NOW + 5 * _DAY)
    _mail(case, NOW + 5 * _DAY)
    author = Grant.objects.filter(case=case, party=Role.AUTHOR).latest("pk")
    put_to_executive(case.pk, words="Two members read it as being about the plan.", by=author, at=NOW + 9 * _DAY)
    _mail(case, NOW + 9 * _DAY)
    return case


def again(of: Scene) -> Case:
    """Let it be reported once more after it was decided."""
    case = left(of)
    report = Report(kind=ReportKind.THREAT, words="Now he has written that he knows where she lives.", post=of.post)
    file_report(of.branch.org, report, at=NOW + 4 * _DAY)
    _mail(case, NOW + 4 * _DAY)
    return case


def not_satisfied(of: Scene) -> Case:
    """Let whoever reported ask for a review."""
    case = left(of)
    reporter = Grant.objects.filter(case=case, party=Role.REPORTER).latest("pk")
    ask_for_review(case.pk, words="Nobody has read the second half.", by=reporter, at=NOW + 4 * _DAY)
    _mail(case, NOW + 4 * _DAY)
    return case


def final(of: Scene) -> Case:
    """Let nobody appeal, until it is final."""
    case = Case.objects.get(pk=removed(of).pk)
    settled = case.settles_at or NOW
    make_final(case.pk, at=settled + timedelta(minutes=5))
    _mail(case, settled + timedelta(hours=1))
    return case


OPEN: dict[str, tuple[int, Callable[[Scene], Case]]] = {
    "reported": (36, reported),
    "reported, with an address": (12, lambda of: reported(of, mailed=True)),
    "reported three times": (10, lambda of: reported(of, times=3, mailed=True)),
    "urgent": (3, urgent),
    "spam": (4, spam),
    "taken by a moderator": (10, taken),
    "closed to a moderator": (1, closed_to_one),
    "handed over": (5, handed_over),
    "second look": (2, proposed),
    "removed": (5, removed),
    "removed, with a copy": (1, copied),
    "left as it is": (3, left),
    "appealed": (3, appealed),
    "before the Executive": (2, before_executive),
    "reported again": (2, again),
    "not satisfied": (1, not_satisfied),
}
"""Cases that are not final: how many of a hundred are like that, and how one comes about."""
CLOSED = {"final": final}


def _removal(clarity: Clarity = Clarity.CLEAR) -> Decision:
    return Decision(
        outcome=Outcome.REMOVE,
        reasons=REASONS,
        codes=["Sa"],
        passage=PASSAGE,
        aimed_at=AimedAt.PERSON,
        clarity=clarity,
    )


def _mail(case: Case, at: datetime) -> None:
    """Let every letter that waits leave, and those to parties count as served."""
    for letter in Dispatch.objects.filter(case=case, state=Dispatch.State.WAITING).order_by("pk"):
        record_sent(letter.pk, at=max(at, letter.next_at))
        letter.refresh_from_db()
        if letter.serves_at:
            record_served(letter.pk, at=max(at, letter.next_at) + SERVED_AFTER)
