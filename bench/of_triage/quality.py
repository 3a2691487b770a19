"""How often answers are right: on every test set, on our own sentences, within each phenomenon and head."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.of_triage.contenders import Answers
from bench.of_triage.measures import Counts, auc, calibration, calibration_error, counts, margin, recall_within
from bench.of_triage.tables import hundredths, table
from bench.of_triage.texts import Ours
from training.sets import Row

ALLOWED = 0.05  # false flags of forceful criticism, at most: TRIAGE's floor
SIGNALS = {
    "insult": "insult",
    "harassment": "harassment",
    "threat": "threat",
    "hate": "hate",
    "sexual": "sexual",
    "spam": "spam",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Test texts with what everybody answered to them."""

    names: dict[str, str]  # of contenders, by key, in their order
    rows: dict[str, list[Row]]  # by set
    ours: list[Ours]
    of_rows: dict[str, dict[str, Answers]]  # by contender, by set
    of_ours: dict[str, Answers]  # by contender


def every_table(asked: Asked) -> dict[str, str]:
    """Return the tables of quality by the name of their place in the document."""
    return {
        "summary": _summary(asked),
        "quality-hate": _of_sets(asked, "hate"),
        "quality-flag": _of_sets(asked, "flag"),
    }


def _summary(asked: Asked) -> str:
    rows = []
    for key, name in asked.names.items():
        mine, check = asked.of_ours[key], asked.of_rows[key].get("hatemoji_check", Answers())
        truth = [one.labels["flag"] for one in asked.ours]
        at = counts(truth, mine.flagged)
        rows_of = asked.rows.get("hatemoji_check", [])
        there, places = check.among(range(len(rows_of)))
        hate = counts([rows_of[number].labels["hate"] for number in there], [check.hated[place] for place in places])
        rows.append(
            [
                name,
                hundredths(hate.accuracy),
                hundredths(hate.macro_f1),
                hundredths(1 - hate.false_flags),
                hundredths(at.accuracy),
                hundredths(at.macro_f1),
                hundredths(auc(truth, mine.flag)),
                hundredths(forceful(asked.ours, mine).false_flags),
                hundredths(at.recall),
                hundredths(recall_within(truth, mine.flag, ALLOWED)),
                hundredths(of_threats(asked.ours, mine).recall),
            ]
        )
    heads = [
        "",
        "HatemojiCheck accuracy",
        "macro-F1",
        "non-hateful right",
        "our 400: accuracy",
        "macro-F1",
        "AUC",
        "forceful criticism flagged",
        "attacks found",
        "attacks found at ≤ 5% false flags",
        "threats found",
    ]
    return table(heads, rows)


def forceful(ours: Sequence[Ours], answers: Answers) -> Counts:
    """Return how many of the sentences of forceful criticism were flagged."""
    mine = [number for number, one in enumerate(ours) if one.is_forceful_criticism]
    return counts([0] * len(mine), [answers.flagged[number] for number in mine])


def of_threats(ours: Sequence[Ours], answers: Answers) -> Counts:
    """Return how many threats were flagged at all."""
    mine = [number for number, one in enumerate(ours) if one.labels["threat"]]
    return counts([1] * len(mine), [answers.flagged[number] for number in mine])


def _of_sets(asked: Asked, head: str) -> str:
    lines = []
    for name, rows in asked.rows.items():
        mine = [number for number, row in enumerate(rows) if head in row.labels]
        truth = [rows[number].labels[head] for number in mine]
        if len(set(truth)) < 2:
            continue
        line = [name, f"{len(mine):,}", hundredths(sum(truth) / len(truth))]
        for key in asked.names:
            there, places = asked.of_rows[key][name].among(mine)
            said = [rows[number].labels[head] for number in there]
            line.append(_three(said, asked.of_rows[key][name], places, head))
        lines.append(line)
    truth = [one.labels[head] for one in asked.ours]
    everyone = list(range(len(truth)))
    ours = [_three(truth, asked.of_ours[key], everyone, head) for key in asked.names]
    lines.append(["our 400 sentences", f"{len(truth):,}", hundredths(sum(truth) / len(truth)), *ours])
    return table(
        ["set", "texts", f"of them {'hate' if head == 'hate' else 'in breach'} %", *asked.names.values()], lines
    )


def _three(truth: Sequence[int], answers: Answers, mine: Sequence[int], head: str) -> str:
    """Return accuracy, macro-F1 and area under the curve in one cell."""
    said = answers.hated if head == "hate" else answers.flagged
    scores = answers.hate if head == "hate" else answers.flag
    found = counts(truth, [said[number] for number in mine])
    whole = auc(truth, [scores[number] for number in mine])
    return " / ".join(hundredths(one) for one in (found.accuracy, found.macro_f1, whole))


def confusion(ours: Sequence[Ours], answers: Answers) -> str:
    """Return for each head how many of our sentences were rightly and wrongly said to have it."""
    lines = list[list[str]]()
    for head in ("flag", "hate", *SIGNALS):
        if head == "flag":
            said = answers.flagged
        elif head == "hate" and lines[-1][0] == "flag":
            said = answers.hated
        else:
            said = [SIGNALS[head] in signals for signals in answers.signals]
        truth = [one.labels[head] for one in ours]
        scores = answers.flag if head == "flag" else answers.heads.get(head, [0.0] * len(truth))
        name = "hate (finding)" if head == "hate" and lines[-1][0] != "flag" else head
        lines.append([name, *_confused(counts(truth, said)), hundredths(auc(truth, scores))])
    heads = ["head", "rightly said", "wrongly said", "missed", "rightly not", "recall %", "precision %", "AUC"]
    return table(heads, lines)


def other_heads(asked: Asked, key: str) -> str:
    """Return how ours does on those rows of public sets that say something of a threat, an insult, and so on."""
    lines = []
    for head in (one for one in SIGNALS if one != "hate"):
        for name, rows in asked.rows.items():
            mine = [number for number, row in enumerate(rows) if head in row.labels]
            truth, answers = [rows[number].labels[head] for number in mine], asked.of_rows[key][name]
            if sum(truth) < 5 or sum(truth) == len(truth):
                continue
            found = counts(truth, [SIGNALS[head] in answers.signals[number] for number in mine])
            whole = auc(truth, [answers.heads[head][number] for number in mine])
            shares = [hundredths(one) for one in (found.recall, found.false_flags, whole)]
            lines.append([f"{head}: {name}", f"{len(mine):,}", f"{sum(truth):,}", *shares])
    return table(["head: set", "texts", "that have it", "found %", "wrongly said %", "AUC"], lines)


def _confused(found: Counts) -> list[str]:
    numbers = [str(one) for one in (found.right, found.false, found.missed, found.left)]
    return [*numbers, hundredths(found.recall), hundredths(found.precision)]


def phenomena(ours: Sequence[Ours], answers: Mapping[str, Answers], names: Mapping[str, str]) -> str:
    """Return for each contrast how many of its sentences each contender answered rightly."""
    by_kind = defaultdict[str, list[int]](list)
    for number, one in enumerate(ours):
        by_kind[one.phenomenon].append(number)
    lines = []
    for kind, mine in sorted(by_kind.items()):
        truth = [ours[number].labels["flag"] for number in mine]
        cells = []
        for key in names:
            found = counts(truth, [answers[key].flagged[number] for number in mine])
            cells.append(f"{found.right + found.left} ({found.false} wrongly, {found.missed} missed)")
        lines.append([f"{kind} ({len(mine)})", *cells])
    return table(["contrast (sentences)", *names.values()], lines)


def reliability(asked: Asked, key: str) -> tuple[str, dict[str, list[tuple[int, float, float]]]]:
    """Return how far scores can be read as chances: a table, and for each the points of its curve."""
    sums: dict[str, tuple[list[int], list[float]]] = {
        "our 400, flag": ([one.labels["flag"] for one in asked.ours], asked.of_ours[key].flag),
        "our 400, hate": ([one.labels["hate"] for one in asked.ours], asked.of_ours[key].hate),
    }
    for head in ("flag", "hate"):
        truth, scores = [], []
        for name, rows in asked.rows.items():
            found = asked.of_rows[key][name]
            for number, row in enumerate(rows):
                if head in row.labels:
                    truth.append(row.labels[head])
                    scores.append((found.flag if head == "flag" else found.hate)[number])
        sums[f"public sets, {head}"] = (truth, scores)
    bins = {name: calibration(truth, scores) for name, (truth, scores) in sums.items()}
    lines = [[name, f"{len(sums[name][0]):,}", hundredths(calibration_error(found))] for name, found in bins.items()]
    curves = {name: [(one.many, one.score, one.share) for one in found] for name, found in bins.items()}
    return table(["texts", "how many", "mean distance of score and share, points"], lines), curves


def worst(asked: Asked, key: str, *, most: int = 15) -> str:
    """Return the ids of our sentences that were answered most wrongly; their words stand in the set, not here."""
    mine = asked.of_ours[key]
    wrong = [
        (
            abs(mine.flag[number] - one.labels["flag"]),
            one.id,
            one.phenomenon,
            "wrongly flagged" if mine.flagged[number] else "missed",
        )
        for number, one in enumerate(asked.ours)
        if mine.flagged[number] != bool(one.labels["flag"])
    ]
    lines = [[id_, kind, said] for _, id_, kind, said in sorted(wrong, reverse=True)[:most]]
    return table(["sentence", "contrast", "what went wrong"], lines).replace("--:", "---")


def spread(found: Counts) -> str:
    """Return a share of false flags with the range in which it may as well lie."""
    many = found.false + found.left
    return f"{hundredths(found.false_flags)} ± {100 * margin(found.false_flags, many):.1f}"
