"""Trains the light model: python -m training.linear [DATA], some five minutes on one processor.

Learns each head from the rows that say something of it, with our own pairs counted more than other people's tweets;
turns weights into bytes, fits what makes a probability of a sum on the rows kept to choose by, and writes
`src/folkmoot/detectors/artefacts/linear.npz` with a card beside it. The same data give the same file.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from folkmoot.detectors.features import BITS, features
from folkmoot.detectors.reading import Text
from training.sets import HEADS, Row, every_row

OUT = Path(__file__).parent.parent / "src" / "folkmoot" / "detectors" / "artefacts"
OURS = 6.0  # how many of other people's rows one of our own counts for
STRENGTH = 8.0  # scikit-learn's C: chosen on the rows kept to choose by


def main() -> None:
    """Train, write the artefact and its card, and print how good it is on the rows kept for testing."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data")
    rows = list(every_row(data))
    seen = features_of(rows)
    trained = {head: learn(head, rows, seen) for head in HEADS}
    scales = np.array([abs(trained[head][0]).max() / 127 for head in HEADS], np.float32)
    weights = np.array([np.round(trained[head][0] / scale) for head, scale in zip(HEADS, scales, strict=True)], np.int8)
    sums = np.stack([seen @ (weight * scale) for weight, scale in zip(weights.astype(np.float32), scales, strict=True)])
    fits = [_fit(head, rows, sums[number]) for number, head in enumerate(HEADS)]
    OUT.mkdir(exist_ok=True)
    np.savez_compressed(
        OUT / "linear.npz",
        heads=np.array(HEADS),
        weights=weights,
        scales=scales,
        slopes=np.array([slope for slope, _ in fits], np.float32),
        offsets=np.array([offset for _, offset in fits], np.float32),
    )
    quality = {head: _quality(head, rows, sums[number]) for number, head in enumerate(HEADS)}
    card = {
        "sha256": hashlib.sha256((OUT / "linear.npz").read_bytes()).hexdigest(),
        "trained_on": {head: len(_having(head, rows, "train")) for head in HEADS},
        "auc": quality,
    }
    (OUT / "linear.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=2))


def features_of(rows: list[Row]) -> csr_matrix:
    """Return what the model sees of each row, of shape (rows, 2**BITS)."""
    found = [features([word.text for word in Text(row.text).tokens]) for row in rows]
    ends = np.cumsum([0, *map(len, found)])
    worth = np.concatenate([np.full(len(one), 1 / np.sqrt(max(1, len(one))), np.float32) for one in found])
    return csr_matrix((worth, np.concatenate(found), ends), shape=(len(rows), 2**BITS))


def _having(head: str, rows: list[Row], split: str) -> list[int]:
    return [number for number, row in enumerate(rows) if row.split == split and head in row.labels]


def learn(head: str, rows: list[Row], seen: csr_matrix) -> tuple[Any, float]:
    """Return weights and offset of a head, learnt from those rows to train on that say something of it."""
    mine = _having(head, rows, "train")
    weight = [OURS if rows[number].source == "contrast" else 1.0 for number in mine]
    model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
    model.fit(seen[mine], [rows[number].labels[head] for number in mine], sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def _fit(head: str, rows: list[Row], sums: Any) -> tuple[float, float]:
    """Return slope and offset that make a probability of a sum (Platt), from the rows kept to choose by."""
    mine = _having(head, rows, "dev")
    weight = [OURS if rows[number].source == "contrast" else 1.0 for number in mine]
    model = LogisticRegression(C=1e6)
    model.fit(sums[mine].reshape(-1, 1), [rows[number].labels[head] for number in mine], sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _quality(head: str, rows: list[Row], sums: Any) -> dict[str, float]:
    """Return the area under the curve on the test rows of each set that has both kinds."""
    by_set: dict[str, list[int]] = {}
    for number in _having(head, rows, "test"):
        by_set.setdefault(rows[number].source, []).append(number)
    return {
        name: round(float(roc_auc_score([rows[number].labels[head] for number in mine], sums[mine])), 3)
        for name, mine in by_set.items()
        if len({rows[number].labels[head] for number in mine}) > 1
    }


if __name__ == "__main__":
    main()
