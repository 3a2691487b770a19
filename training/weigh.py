"""Fits how the evidence is put together: python -m training.weigh [DATA].

On the rows kept to choose by, which neither model has learnt from, a line for each head is fitted over both models'
sums and the lists, our own rows counted more; then the thresholds are chosen, as low as the false flags on fair
criticism allow. Writes `artefacts/weighing.json`.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from folkmoot.detectors.close_reading import CloseReading
from folkmoot.detectors.linear import our_model
from folkmoot.detectors.reading import Text
from folkmoot.detectors.transformer import our_transformer
from folkmoot.detectors.weighing import LISTS, Weighing, evidence
from training.sets import HEADS, Row, every_row

OUT = Path(__file__).parent.parent / "src" / "folkmoot" / "detectors" / "artefacts"
OURS = 4.0  # how many of other people's rows one of our own counts for
MOST_OF_A_SET = 700  # rows of others' sets, each: they are to correct, not to outvote
STRENGTH = 0.02  # scikit-learn's C
FALSE_FLAGS = 0.065  # of our fair sentences kept to choose by, which are hard ones, the share that may be flagged
OF_A_KIND = 0.004  # of all our fair sentences, the share that a head other than hate may take for its own
NOT_HATEFUL = 0.7
LEAST, HIGHEST = 0.4, 0.95  # thresholds are not lower, nor higher, whatever the rows say: there are too few for that
LOST = 0.004  # of flagged rows of ours, the share that the light layers alone may take for harmless


def main() -> None:
    """Fit, choose, write, and print what was chosen."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data")
    rows = _chosen([row for row in every_row(data) if row.split == "dev"])
    light, whole = _evidence(rows)
    fitted = {"light": _fit(rows, light), "whole": _fit(rows, whole)}
    sure = _sure(rows, Weighing.of(fitted["light"]), light)
    said = fitted | {"sure": sure}
    parts = {name: _hash((OUT / name).read_bytes()) for name in ("linear.npz", "transformer.onnx")}
    said |= {"version": _hash(json.dumps([said, parts]).encode())[:12], "sha256": parts}  # of what it belongs to
    (OUT / "weighing.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    print(
        json.dumps({"sure": sure, "version": said["version"]} | {name: fitted[name]["thresholds"] for name in fitted})
    )


def _hash(bytes_: bytes) -> str:
    return hashlib.sha256(bytes_).hexdigest()


def _chosen(rows: list[Row]) -> list[Row]:
    chosen, many = list[Row](), dict[str, int]()
    for row in rows:
        many[row.source] = many.get(row.source, 0) + 1
        if row.source == "contrast" or many[row.source] <= MOST_OF_A_SET:
            chosen.append(row)
    return chosen


def _evidence(rows: list[Row]) -> tuple[Any, Any]:
    linear, transformer = our_model(), our_transformer()
    readings = [CloseReading(Text(row.text), linear) for row in rows]
    light = np.stack([_light(reading) for reading in readings])
    sums = transformer.sums([" ".join(piece.said for piece in reading.pieces) for reading in readings])
    return light, evidence(sums, light)


def _light(reading: CloseReading) -> Any:
    return reading.light(reading.windows[0]) if reading.windows else np.zeros(len(HEADS) + len(LISTS), np.float32)


def _fit(rows: list[Row], seen: Any) -> dict[str, Any]:
    weights, offsets, thresholds = {}, {}, {}
    for head in HEADS:
        mine = [number for number, row in enumerate(rows) if head in row.labels]
        weight = [OURS if rows[number].source == "contrast" else 1.0 for number in mine]
        model = LogisticRegression(C=STRENGTH, max_iter=2000)
        model.fit(seen[mine], [rows[number].labels[head] for number in mine], sample_weight=weight)
        weights[head] = [round(float(one), 5) for one in model.coef_[0]]
        offsets[head] = round(float(model.intercept_[0]), 5)
    fitted = {"heads": list(HEADS), "weights": weights, "offsets": offsets, "thresholds": thresholds}
    found = Weighing.of(fitted).probabilities(seen)
    for at, head in enumerate(HEADS):
        thresholds[head] = _of_hate(rows, found[:, at]) if head == "hate" else _of_a_kind(rows, head, found[:, at])
    thresholds["flag"] = _of_all(rows, found, thresholds)
    return fitted


def _of_a_kind(rows: list[Row], head: str, found: Any) -> float:
    """Return the threshold of one head: as low as few of our fair sentences allow."""
    fair = np.sort([found[at] for at, row in enumerate(rows) if _is(row, flag=0) and row.labels.get(head) == 0])
    return _bounded(fair[int(len(fair) * (1 - OF_A_KIND))])


def _of_hate(rows: list[Row], found: Any) -> float:
    """Return where our own sentences, and those that were written to mislead models, are told apart best (macro-F1).

    Of those that are not hateful, at least `NOT_HATEFUL` are to be left alone in each of both sets.
    """
    sets = [[at for at, row in enumerate(rows) if row.source == name] for name in ("contrast", "hatemoji")]

    labels = [np.array([rows[at].labels["hate"] for at in one]) for one in sets]

    def quality(threshold: float) -> tuple[bool, float]:
        said = [(label, found[one] >= threshold) for one, label in zip(sets, labels, strict=True) if one]
        left_alone = min((~flags[label == 0]).mean() for label, flags in said)
        return left_alone >= NOT_HATEFUL, sum(f1_score(label, flags, average="macro") for label, flags in said)

    return _bounded(max(np.arange(0.3, 0.9, 0.02), key=quality))


def _of_all(rows: list[Row], found: Any, thresholds: dict[str, float]) -> float:
    """Return from which score a text is flagged whatever its kind, so that all heads together flag few fair ones."""
    fair = [at for at, row in enumerate(rows) if _is(row, flag=0)]
    kinds = [at for at, head in enumerate(HEADS) if head not in ("flag", "policy")]
    limits = np.array([thresholds[HEADS[at]] for at in kinds])
    anyway = (found[fair][:, kinds] >= limits).any(axis=1)
    scores = np.sort(np.where(anyway, 1.0, found[fair, HEADS.index("flag")]))
    return _bounded(scores[int(len(scores) * (1 - FALSE_FLAGS))])


def _is(row: Row, **labels: int) -> bool:
    return row.source == "contrast" and all(row.labels.get(head) == label for head, label in labels.items())


def _bounded(threshold: float) -> float:
    return round(float(min(HIGHEST, max(LEAST, threshold))), 4)


def _sure(rows: list[Row], light: Weighing, seen: Any) -> float:
    """Return below which probability the light layers are believed that nothing is amiss."""
    doubt = light.doubt(light.probabilities(seen))
    amiss = np.sort([doubt[at] for at, row in enumerate(rows) if row.source == "contrast" and row.labels["flag"]])
    return round(float(amiss[int(len(amiss) * LOST)]), 5)


if __name__ == "__main__":
    main()
