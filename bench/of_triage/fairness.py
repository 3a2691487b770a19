"""Who is wrongly flagged: criticism of those in power, by kind, and people who say who they are, by ground."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bench.of_triage.contenders import Answers
from bench.of_triage.measures import Counts, auc, counts
from bench.of_triage.quality import spread
from bench.of_triage.tables import hundredths, table
from bench.of_triage.texts import CRITICISM, Audited, Template


def audit_table(audited: Sequence[Audited], answers: Mapping[str, Answers], names: Mapping[str, str]) -> str:
    """Return for each kind of the audit how many of its sentences each contender flags."""
    lines = []
    for kind, mine in kinds(audited).items():
        cells = [spread(_flagged(answers[key], mine)) for key in names]
        lines.append([f"{kind} ({len(mine)})", *cells])
    return table(["written, fair, and flagged all the same, % ± margin", *names.values()], lines)


def kinds(audited: Sequence[Audited]) -> dict[str, list[int]]:
    """Return the places of sentences by kind: the criticism of each sort and in all, identity by ground and in all."""
    found = defaultdict[str, list[int]](list)
    for number, one in enumerate(audited):
        found[one.kind].append(number)
    ordered = {f"criticism of {kind}" if kind != "conduct in office" else kind: found[kind] for kind in CRITICISM}
    ordered["all criticism"] = [number for kind in CRITICISM for number in found[kind]]
    for ground in dict.fromkeys(one.ground for one in audited if one.ground):
        ordered[f"who I am: {ground}"] = [number for number in found["identity"] if audited[number].ground == ground]
    ordered["who I am, all"] = found["identity"]
    return ordered


def false_flags_by_kind(audited: Sequence[Audited], answers: Answers) -> dict[str, float]:
    """Return the share of false flags for each sort of criticism and for identity."""
    return {
        kind: _flagged(answers, mine).false_flags
        for kind, mine in kinds(audited).items()
        if not kind.startswith("who I am:")
    }


def fairness_tables(
    made: Sequence[Template], answers: Mapping[str, Answers], names: Mapping[str, str]
) -> dict[str, str]:
    """Return two tables of templates with identity words: by protected ground, and for ours by word, worst first."""
    by_ground, by_term = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for number, one in enumerate(made):
        by_ground[one.ground].append(number)
        by_term[one.term].append(number)
    lines = []
    for ground, mine in sorted(by_ground.items()):
        cells = [_rates(made, answers[key], mine) for key in names]
        lines.append([f"{ground} ({len({made[number].term for number in mine})} words)", *cells])
    lines.append(["all", *[_rates(made, answers[key], range(len(made))) for key in names]])
    lines.append(["gap between grounds", *[_gap(made, answers[key], by_ground) for key in names]])
    lines.append(["gap between words", *[_gap(made, answers[key], by_term) for key in names]])
    first = next(iter(names))
    words = sorted(by_term.items(), key=lambda found: -_of(made, answers[first], found[1]).false_flags)
    of_words = [
        [
            term,
            made[mine[0]].ground,
            *_cells(_of(made, answers[first], mine)),
            hundredths(auc([made[number].toxic for number in mine], [answers[first].flag[number] for number in mine])),
        ]
        for term, mine in words
    ]
    return {
        "fairness": table(["wrongly flagged % / found %", *names.values()], lines),
        "fairness-words": table(["word", "ground", "wrongly flagged %", "found %", "AUC"], of_words),
    }


def _cells(found: Counts) -> list[str]:
    return [hundredths(found.false_flags), hundredths(found.recall)]


def _rates(made: Sequence[Template], answers: Answers, mine: Sequence[int]) -> str:
    return " / ".join(_cells(_of(made, answers, mine)))


def _gap(made: Sequence[Template], answers: Answers, groups: Mapping[str, Sequence[int]]) -> str:
    found = [_of(made, answers, mine) for mine in groups.values()]
    false, right = [one.false_flags for one in found], [one.recall for one in found]
    return f"{hundredths(max(false) - min(false))} / {hundredths(max(right) - min(right))}"


def _of(made: Sequence[Template], answers: Answers, mine: Sequence[int]) -> Counts:
    return counts([made[number].toxic for number in mine], [answers.flagged[number] for number in mine])


def _flagged(answers: Answers, mine: Sequence[int]) -> Counts:
    return counts([0] * len(mine), [answers.flagged[number] for number in mine])
