"""Every letter that there is, written by its own function for a sample matter, in all that can vary."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from folkmoot.editions.models import Clause
from folkmoot.members.models import Organisation
from folkmoot.notices import letters
from folkmoot.notices.digest import Counts, waiting_for_you
from folkmoot.notices.letters import Letter, Measured, Reasons
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import AimedAt, Answer, MeasureKind, Outcome, Reopening, ReportKind, Role
from tests import cast

CASE: dict[str, Any] = {"case": 12, "name": "Petra Oaks", "marker": "a" * 16}
LINK: dict[str, Any] = {"link": "https://moot.example/o/harbour/letter/7.x/", "marker": "a" * 16}
SOON = cast.day(5, 17)
_ASIDES: list[dict[str, Any]] = [
    {"same_moderator": True, "necessity": True, "until": SOON},
    {"same_moderator": False, "until": SOON},
]
_SEATS: list[dict[str, Any]] = [
    {"sat": 3, "aside": 0},
    {"sat": 1, "aside": 2, "too_few": True, "necessity": True},
]
QUESTION = "Do you mean the person, or the plan?"


def every_letter(org: Organisation) -> Iterator[tuple[str, Letter]]:
    """Yield the key of each letter with the letter, for every function and whatever can be so or not."""
    for key, write, ways in _all(org):
        for way in ways:
            yield key, write(org, **way)


def reasons(org: Organisation, outcome: Outcome = Outcome.REMOVE, **other: Any) -> Reasons:
    """Return the story's reasons, with whatever is `other` about them."""
    edition = org.policy_editions.get(is_parent=False)
    facts: dict[str, Any] = {
        "outcome": outcome,
        "place": "Harbour page",
        "posted": cast.FOUNDED,
        "text": cast.WORDS,
        "passage": cast.PASSAGE,
        "clauses": list(Clause.objects.filter(edition=edition, code__in=["H1", "H2"])),
        "edition": edition,
        "aimed_at": AimedAt.PERSON,
        "reasons": cast.REASONS,
        "appeal_until": cast.day(180),
        "measures": [Measured(MeasureKind.SUSPEND, cast.day(30)), Measured(MeasureKind.BAN, None)],
    }
    return Reasons(**{**facts, **other})


def _all(org: Organisation) -> Iterator[tuple[str, Callable[..., Letter], list[dict[str, Any]]]]:
    yield from _statements(org)
    yield from _to_the_author()
    yield from _to_reporters()
    yield from _to_officers()


def _statements(org: Organisation) -> Iterator[tuple[str, Callable[..., Letter], list[dict[str, Any]]]]:
    for outcome in (Outcome.REMOVE, Outcome.REJECT, Outcome.WARN, Outcome.MEASURE):
        bare: dict[str, Any] = {"text": "", "passage": "", "posted": None, "necessity": True}
        said = [reasons(org, outcome, aimed_at=aim) for aim in AimedAt] + [reasons(org, outcome, **bare)]
        if outcome is not Outcome.MEASURE:
            said.append(reasons(org, outcome, measures=[]))
        yield f"statement_{outcome}", letters.statement_of_reasons, [{"said": one, **LINK} for one in said]
    afresh = [
        {"said": reasons(org, outcome), "to_members": to_members, **LINK}
        for outcome in (Outcome.REMOVE, Outcome.REJECT, Outcome.WARN)
        for to_members in (True, False)
    ]
    yield "statement_afresh", letters.statement_afresh, afresh
    yield "statement_quoting", letters.statement_quoting, [{"said": reasons(org), **LINK}]
    yield "statement_spam", letters.statement_spam, [{"said": reasons(org), **LINK}]
    hidden = [
        {"said": reasons(org, clauses=clauses), "legal": legal, **LINK}
        for clauses in ([], reasons(org).clauses)
        for legal in (True, False)
    ]
    yield "hidden_meanwhile", letters.hidden_meanwhile, hidden


def _to_the_author() -> Iterator[tuple[str, Callable[..., Letter], list[dict[str, Any]]]]:
    asked = {"place": "Harbour page", "question": QUESTION, "helpful_by": SOON, **LINK}
    yield "clarification_asked", letters.clarification_asked, [asked]
    yield "appeal_received", letters.appeal_received, [{"due": SOON, **LINK}]
    yield "submission_received", letters.submission_received, [{"due": SOON, **LINK}]
    for answer in Answer:
        now = "Your post stays up." if answer is Answer.VARIED else ""
        told = {"answer": answer, "reasons": cast.REASONS, "now": now, **LINK}
        yield f"appeal_{answer}", letters.appeal_answered, [{**told, **more} for more in _ASIDES]
        yield f"executive_{answer}", letters.executive_decided, [{**told, **more} for more in _SEATS]
    lifted = [{"place": "Harbour page", "reasons": cast.REASONS, "afterwards": so, **LINK} for so in (True, False)]
    lifted.append({**lifted[1], "with_it": True})
    yield "lifted", letters.lifted, lifted
    ended = {"place": "Harbour page", "measure": "Until Friday, you cannot post there.", **LINK}
    yield "measure_ended", letters.measure_ended, [ended]
    yield "measure_lifted", letters.measure_lifted, [{**ended, "reasons": cast.REASONS}]
    yield "reopened", letters.reopened, [{"ground": ground, "due": SOON, **LINK} for ground in Reopening]


def _to_reporters() -> Iterator[tuple[str, Callable[..., Letter], list[dict[str, Any]]]]:
    marker = {"marker": "a" * 16}
    days: list[datetime | None] = [SOON, None]
    yield "reporter_news", letters.reporter_news, [marker]
    yield "report_received", letters.report_received, [{"due": day, **marker} for day in days]
    yield "appeal_extended", letters.appeal_extended, [{"until": SOON, "reason": cast.REASONS, **LINK}]
    yield "extended", letters.extended, [{"until": SOON, **marker}]
    yield "target_told", letters.target_told, [{"coming_back": day, **marker} for day in days]


def _to_officers() -> Iterator[tuple[str, Callable[..., Letter], list[dict[str, Any]]]]:
    due = {**CASE, "due": SOON}
    for key in ("emergency", "look_afterwards", "minute_objected"):
        yield key, getattr(letters, key), [CASE]
    for key in ("legal_clock", "put_to_executive"):
        yield key, getattr(letters, key), [due]
    owed = tuple(Owed)
    yield "due_tomorrow", letters.due_tomorrow, [{**due, "owed": one} for one in owed]
    late = [{**due, "owed": one, "role": role} for one in owed for role in (Role.SECRETARY, Role.EXECUTIVE)]
    yield "handed_over", letters.handed_over, late
    roles = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)
    seats = [{**CASE, "role": role, "since": SOON} for role in (Role.EXECUTIVE, Role.ADMINISTRATOR)]
    yield "still_overdue", letters.still_overdue, seats
    nobody = [{**CASE, "role": role, "due": day} for role in roles for day in (SOON, None)]
    yield "nobody_free", letters.nobody_free, nobody
    yield "reported_again", letters.reported_again, [{**CASE, "kind": kind} for kind in ReportKind]
    yield "second_look_asked", letters.second_look_asked, [{**CASE, "due": day} for day in (SOON, None)]
    yield "second_look_answered", letters.second_look_answered, [{**CASE, "agreed": so} for so in (True, False)]
    yield (
        "review_asked",
        letters.review_asked,
        [{**due, "review": 4, "role": role} for role in (Role.SECRETARY, Role.EXECUTIVE)],
    )
    back = [{**due, "role": role} for role in (Role.MODERATOR, Role.EXECUTIVE)]
    yield "sent_back", letters.sent_back, back
    yield "reopening_voted", letters.reopening_voted, [{**CASE, "carried": so} for so in (True, False)]
    meets = [
        {**CASE, "meets_at": SOON, "where": where, "ordinary": so} for where in ("Library", "") for so in (True, False)
    ]
    yield "convened", letters.convened, meets
    minute = {**CASE, "vote": "the decision stands", "until": SOON}
    yield "minute_to_confirm", letters.minute_to_confirm, [minute]
    away: list[datetime | None] = [SOON, None]
    covers = [
        {"name": "Petra Oaks", "away": "Mo Abara", "role": role, "since": SOON, "until": day, "marker": "a" * 16}
        for role in (Role.MODERATOR, Role.SECRETARY, Role.ADMINISTRATOR)
        for day in away
    ]
    yield "cover_set", letters.cover_set, covers
    all_three = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)
    passed = [{"name": "Petra Oaks", "roles": all_three[:n], "count": n, "marker": "a" * 16} for n in (1, 3)]
    yield "cases_passed_on", letters.cases_passed_on, passed
    nothing = dict.fromkeys(("answers", "late", "to_convene", "minutes", "by_hand", "by_hand_long", "copies"), 0)
    some = [{"answers": 2, "late": 1}, {"to_convene": 1, "minutes": 1, "by_hand": 3, "by_hand_long": 1, "copies": 2}]
    counts = [Counts(**{**nothing, **one}, most=50) for one in some]
    waits = [{"name": "Petra Oaks", "counts": one, "marker": "a" * 16} for one in counts]
    yield "waiting_for_you", waiting_for_you, waits
