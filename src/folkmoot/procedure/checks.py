"""Whether an edition of the procedure is sound: no case can get stuck in it, and nobody's way is taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from folkmoot.kernel.said import gettext
from folkmoot.procedure.calendar import NATIONS
from folkmoot.procedure.duties import Owed, holders
from folkmoot.procedure.table import STANDARD, Limits, Procedure, Way
from folkmoot.procedure.words import OFFICES, Role, Stage, Step

BOUNDS = {  # the least and the most that each limit may be
    "report_days": (1, 28),
    "secretary_days": (1, 28),
    "executive_days": (1, 90),
    "reconsider_days": (1, 28),
    "extension_days": (1, 28),
    "emergency_hours": (1, 72),
    "legal_hours": (1, 48),  # Defamation Act 2013 s.5 and its regulations give no more
    "appeal_months": (1, 24),
    "objection_hours": (24, 168),
    "quorum": (2, 25),
}
PARTIES = frozenset({Role.AUTHOR, Role.REPORTER})
# Who is there when everybody else is gone: time itself, and the elected body, which is last in every chain (Sh, Mg).
ALWAYS_THERE = frozenset({Role.SYSTEM, Role.EXECUTIVE})
# What the software does only because of another matter is no way on which a case can count (Md).
ELSEWHERE = frozenset({Step.BRING_BACK})
# By which step each kind of answer is given, and where.
ANSWERS = {
    Owed.REPORT: (Stage.RECEIVED, frozenset({Step.DECIDE})),
    Owed.EMERGENCY: (Stage.RECEIVED, frozenset({Step.DECIDE})),
    Owed.LEGAL: (Stage.RECEIVED, frozenset({Step.DECIDE})),
    Owed.APPEAL: (Stage.APPEALED, frozenset({Step.RECONSIDER})),
    Owed.SUBMISSION: (Stage.BEFORE_EXECUTIVE, frozenset({Step.RECORD_MINUTE})),
    Owed.REVIEW: (Stage.DECIDED, frozenset({Step.FORWARD_REVIEW, Step.ANSWER_REVIEW, Step.SEND_BACK})),
    Owed.LOOK_AFTER: (Stage.DECIDED, frozenset({Step.LOOK_AFTERWARDS})),
}


def faults(procedure: Procedure) -> list[str]:
    """Return what is wrong with `procedure`, each as a sentence; nothing when cases may be opened under it."""
    return [
        *_limit_faults(procedure.limits),
        *_row_faults(procedure),
        *_way_faults(procedure),
        *_party_faults(procedure),
        *_software_faults(procedure),
        *_answer_faults(procedure),
    ]


def reached(ways: Iterable[Way], start: Stage) -> set[Stage]:
    """Return the stages that a case can come to from `start` by `ways`."""
    rows, found = list(ways), {start}
    while more := {way.to for way in rows if way.stage in found} - found:
        found |= more
    return found


def _limit_faults(limits: Limits) -> Iterator[str]:
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(limits, name) <= most:
            yield gettext("%(limit)s has to be from %(least)s to %(most)s.") % {
                "limit": name.replace("_", " ").capitalize(),
                "least": least,
                "most": most,
            }
    if limits.nation not in NATIONS:
        yield gettext("Bank holidays are those of %(nations)s.") % {
            "nations": ", ".join(map(gettext, NATIONS.values()))
        }


def _row_faults(procedure: Procedure) -> Iterator[str]:
    rows = [(way.stage, way.step) for way in procedure.ways]
    if len(rows) != len(set(rows)):
        yield gettext("A step stands twice in the same stage.")
    for way in procedure.ways:
        if not way.roles:
            yield gettext("Nobody may %(step)s while a case is %(stage)s.") % {
                "step": _said(way.step),
                "stage": _said(way.stage),
            }


def _way_faults(procedure: Procedure) -> Iterator[str]:
    for stage in set(Stage) - reached(procedure.ways, Stage.RECEIVED):
        yield gettext("No case can come to be %(stage)s.") % {"stage": _said(stage)}
    # A way that waits for a party, or for an office that may be empty, is a way on which a case can stand for ever.
    sure = [way for way in procedure.ways if way.roles & ALWAYS_THERE and way.step not in ELSEWHERE]
    for stage in Stage:
        if Stage.FINAL not in reached(sure, stage):
            yield gettext("A case that is %(stage)s could stay so for ever.") % {"stage": _said(stage)}
    for way in procedure.ways:  # Mg, D35: the Executive's word is final, but for the listed reasons
        if way.stage is Stage.FINAL and way.to is not Stage.FINAL and way.step is not Step.REOPEN:
            yield gettext("What is final cannot be moved by this (%(step)s).") % {"step": _said(way.step)}


def _party_faults(procedure: Procedure) -> Iterator[str]:
    """Mf, Mg, Sh: what an author and a reporter can do is theirs, and nobody decides their own matter."""
    theirs = {(way.stage, way.step): way for way in STANDARD.ways if way.roles & PARTIES}
    rows = {(way.stage, way.step): way for way in procedure.ways}
    for (stage, step), way in theirs.items():
        row = rows.get((stage, step))
        for role in sorted(way.roles & PARTIES):
            if row is None or role not in row.roles or row.to is not way.to:
                yield gettext("The %(role)s has to be able to do this (%(step)s) while a case is %(stage)s.") % {
                    "role": role,
                    "step": _said(step),
                    "stage": _said(stage),
                }
    for key, row in rows.items():
        if (row.roles & PARTIES) - (theirs[key].roles if key in theirs else frozenset()):
            yield gettext("No party may do this: %(step)s, while a case is %(stage)s.") % {
                "step": _said(row.step),
                "stage": _said(row.stage),
            }


def _software_faults(procedure: Procedure) -> Iterator[str]:
    """D12, D23: time goes on by itself in every stage that asks for it, and the software decides nothing."""
    own = {(way.stage, way.step): way.to for way in STANDARD.ways if Role.SYSTEM in way.roles}
    rows = {(way.stage, way.step): way.to for way in procedure.ways if Role.SYSTEM in way.roles}
    for stage, step in own:
        if rows.get((stage, step)) is not own[(stage, step)]:
            yield gettext("The software has to do this by itself: %(step)s, while a case is %(stage)s.") % {
                "step": _said(step),
                "stage": _said(stage),
            }
    for stage, step in rows.keys() - own.keys():
        yield gettext("The software may not do this by itself: %(step)s, while a case is %(stage)s.") % {
            "step": _said(step),
            "stage": _said(stage),
        }


def _answer_faults(procedure: Procedure) -> Iterator[str]:
    """Sh: whoever is asked first, and whoever is asked last, can give the answer."""
    for owed in Owed:
        stage, steps = ANSWERS[owed]
        can = {role for way in procedure.ways if way.stage is stage and way.step in steps for role in way.roles}
        asked = holders(owed)
        for role in dict.fromkeys((asked[0], asked[-1])):
            if role not in can:
                yield gettext("The %(role)s is asked to answer (%(step)s), and has no step to do it by.") % {
                    "role": role,
                    "step": _said(owed),
                }


def _said(word: Stage | Step | Owed) -> str:
    return word.value.replace("_", " ")


if set(BOUNDS) | {"working_days", "nation"} != {field.name for field in fields(Limits)}:
    raise AssertionError("every limit has its bounds")
if not set(OFFICES) | {Role.SYSTEM} >= ALWAYS_THERE:
    raise AssertionError("a party is never always there")
