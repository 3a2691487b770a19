"""What the detectors get right and wrong, how fast, and beside which others, in one run.

Prints tables, and with --write puts them into docs/triage.md and the model card, and draws into docs/pictures. What was
answered to the same texts by the same version is kept in build/triage; speed is measured anew each time.
"""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.of_triage import fairness, plots, quality, speed, texts
from bench.of_triage.ablations import ablation_tables
from bench.of_triage.answered import answered
from bench.of_triage.contenders import Answers, Contender, contenders, our_version
from bench.of_triage.measures import recall_within
from bench.of_triage.tables import CARD, DOCUMENT, ROOT, write_tables
from bench.of_triage.targets import targets_of_quality, targets_of_speed, targets_table
from folkmoot.detectors.judging import our_judge

PICTURES = ROOT / "docs" / "pictures"
PARTS = ("quality", "confusion", "audit", "fairness", "ablations", "speed")
IN_CARD = ("targets", "summary", "confusion", "audit", "fairness")
QUICK = 150  # texts of a set
SHOWN = {
    "triage-speed.svg": "Attacks found, over posts a second",
    "triage-false-flags.svg": "Fair sentences that are flagged all the same",
    "triage-reliability.svg": "How many texts of a score are in breach",
}


def main() -> None:
    """Measure what the arguments ask for."""
    said = _arguments()
    began, build = time.perf_counter(), ROOT / "build" / "triage"
    parts = said.only or list(PARTS)
    everybody = contenders(said.data, build)
    if not any(one.key == "plain" for one in everybody):
        print("A plain MiniLM is not trained in this run: python -m training.plain makes it.", file=sys.stderr)
    bench = _Bench(said, build, everybody)
    tables, pictures = dict[str, str](), dict[str, str]()
    for part in parts:
        made, drawn = getattr(bench, f"of_{part}")()
        tables |= made
        pictures |= drawn
        for name, table in made.items():
            print(f"\n{name}\n\n{table}", flush=True)
    if {"quality", "audit", "speed"} <= set(parts):
        tables["targets"] = bench.targets()
        print(f"\ntargets\n\n{tables['targets']}")
    model = our_judge().model
    tables["when"] = f"{datetime.now(UTC):%-d %B %Y}, model `{model}`, detectors `{our_version()}`.\n"
    if said.write:
        whole = parts == list(PARTS)
        write_tables(DOCUMENT, tables if whole else {name: table for name, table in tables.items() if name != "when"})
        write_tables(
            CARD, {name: table for name, table in tables.items() if name in IN_CARD or (name == "when" and whole)}
        )
        for name, drawing in pictures.items():
            (PICTURES / name).write_text(drawing, encoding="utf-8")
        write_tables(DOCUMENT, {name: f"![{SHOWN[name]}](pictures/{name})\n" for name in pictures})
    print(f"\nin all {time.perf_counter() - began:,.0f} s")


Made = tuple[dict[str, str], dict[str, str]]


class _Bench:
    """What is measured, part by part; each returns tables and drawings by name."""

    def __init__(self, said: argparse.Namespace, build: Path, everybody: list[Contender]) -> None:
        self._said, self._build, self._everybody = said, build, everybody
        self._names = {one.key: one.name for one in everybody}
        self._ours = texts.ours()
        self._of_ours: dict[str, Answers] = {}
        self._audited = texts.audit()
        self._found: quality.Asked | None = None
        self._of_audit: dict[str, Answers] = {}
        self._speed: dict[str, speed.Speed] = {}

    def of_quality(self) -> Made:
        found = self._found = self._asked()
        tables = quality.every_table(found)
        tables["calibration"], curves = quality.reliability(found, "folkmoot")
        tables["heads"] = quality.other_heads(found, "folkmoot")
        tables["worst"] = quality.worst(found, "folkmoot")
        return tables, {"triage-reliability.svg": plots.reliable(curves)}

    def of_confusion(self) -> Made:
        mine = self._answers_to_ours()
        return {
            "confusion": quality.confusion(self._ours, mine["folkmoot"]),
            "phenomena": quality.phenomena(self._ours, mine, self._names),
        }, {}

    def of_audit(self) -> Made:
        found = self._of_audit = self._all("audit", [one.text for one in self._audited])
        shares = {
            self._names[key]: fairness.false_flags_by_kind(self._audited, answers) for key, answers in found.items()
        }
        drawing = plots.by_kind(shares, most=quality.ALLOWED)
        return {"audit": fairness.audit_table(self._audited, found, self._names)}, {"triage-false-flags.svg": drawing}

    def of_fairness(self) -> Made:
        made = texts.templates(self._said.data, 5 if self._said.quick else texts.OF_TERM)
        found = self._all("templates", [one.text for one in made])
        return fairness.fairness_tables(made, found, self._names), {}

    def of_ablations(self) -> Made:
        return ablation_tables(self._ours, kept=self._build / "answers"), {}

    def of_speed(self) -> Made:
        rows = [row.text for found in texts.rows_to_test(self._said.data, 60).values() for row in found]
        found, where = speed.measured(
            self._everybody,
            [*(one.text for one in self._ours), *rows],
            data=self._said.data,
            build=self._build,
            rounds=1 if self._said.quick else 5,
            seconds=0.5 if self._said.quick else 3.0,
        )
        self._speed, mine = found, self._answers_to_ours()
        truth = [one.labels["flag"] for one in self._ours]
        points = [
            (one.name, sorted(one.one)[len(one.one) // 2], recall_within(truth, mine[key].flag, quality.ALLOWED))
            for key, one in found.items()
        ]
        drawing = plots.against_speed(points, floor=(300, 0.8))
        return {"speed": f"{where}.\n\n{speed.speed_table(found)}"}, {"triage-speed.svg": drawing}

    def targets(self) -> str:
        """Return what was asked beside what was measured; quality, audit and speed have been."""
        if self._found is None:
            raise ValueError("quality was not measured")
        of_quality = targets_of_quality(self._found, self._audited, self._of_audit["folkmoot"].flagged, "folkmoot")
        return targets_table([*of_quality, *targets_of_speed(self._speed["folkmoot"])])

    def _asked(self) -> quality.Asked:
        rows = texts.rows_to_test(self._said.data, QUICK if self._said.quick else 0)
        of_rows: dict[str, dict[str, Answers]] = {
            one.key: {name: self._of_set(one, name, [row.text for row in mine]) for name, mine in rows.items()}
            for one in self._everybody
        }
        return quality.Asked(self._names, rows, self._ours, of_rows, self._answers_to_ours())

    def _of_set(self, one: Contender, name: str, said: list[str]) -> Answers:
        chosen = texts.some(said, one.most)
        found = answered(one, name, [said[number] for number in chosen], kept=self._build / "answers")
        found.of = chosen
        return found

    def _answers_to_ours(self) -> dict[str, Answers]:
        self._of_ours = self._of_ours or self._all("our sentences", [one.text for one in self._ours])
        return self._of_ours

    def _all(self, what: str, said: list[str]) -> dict[str, Answers]:
        return {one.key: answered(one, what, said, kept=self._build / "answers") for one in self._everybody}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/triage", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data", help="labelled sets (%(default)s)"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; may be given several times")
    parser.add_argument(
        "--quick", action="store_true", help="150 texts of each set, one short round: a look, no figures"
    )
    parser.add_argument(
        "--write", action="store_true", help="put tables into docs/triage.md and the model card, and draw"
    )
    said = parser.parse_args()
    if said.quick and said.write:
        parser.error("a quick look is nothing to write down")
    return said


if __name__ == "__main__":
    main()
