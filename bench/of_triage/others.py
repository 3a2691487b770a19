"""The others: two word lists and classifiers that can be had, one trained on our rows here, and a plain MiniLM.

What they need is in `requirements.txt` beside this file and is loaded where it is asked for: Folkmoot runs without.
"""

import importlib
import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.sets import every_row

Scorer = Callable[[Sequence[str]], tuple[list[float], list[float]]]
"""From texts to two scores each: a breach at all, and hate; those who know no difference give the same twice."""

LENGTH = 96  # word pieces that the plain MiniLM reads, as in its training
SEED = 7


def better_profanity() -> Scorer:
    """Return better-profanity: a list of words in many spellings, yes or no."""
    profanity = importlib.import_module("better_profanity").profanity
    profanity.load_censor_words()

    def score(texts: Sequence[str]) -> tuple[list[float], list[float]]:
        found = [float(profanity.contains_profanity(text)) for text in texts]
        return found, found

    return score


def better_files() -> list[Path]:
    """Return its list."""
    folder = Path(inspect.getfile(importlib.import_module("better_profanity"))).parent
    return sorted(folder.glob("*.txt")) + sorted(folder.glob("*.json"))


def alt_profanity() -> Scorer:
    """Return alt-profanity-check: a linear SVM on bags of words."""
    predict = importlib.import_module("profanity_check").predict_prob

    def score(texts: Sequence[str]) -> tuple[list[float], list[float]]:
        found = [float(one) for one in predict(list(texts))]
        return found, found

    return score


def alt_files() -> list[Path]:
    """Return its model."""
    folder = Path(inspect.getfile(importlib.import_module("profanity_check"))).parent
    return sorted((folder / "data").glob("*.joblib"))


def tfidf(kept: Path, data: Path) -> Scorer:
    """Return TF-IDF of words and letters with a logistic regression per head, trained on the rows of ours."""
    joblib = importlib.import_module("joblib")
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        joblib.dump(_tfidf_trained(data), kept, compress=3)
    union, models = joblib.load(kept)

    def score(texts: Sequence[str]) -> tuple[list[float], list[float]]:
        seen = union.transform(texts)
        flag, hate = (models[head].predict_proba(seen)[:, 1].tolist() for head in ("flag", "hate"))
        return flag, hate

    return score


def _tfidf_trained(data: Path) -> tuple[Any, dict[str, Any]]:
    from_text = importlib.import_module("sklearn.feature_extraction.text").TfidfVectorizer
    union = importlib.import_module("sklearn.pipeline").make_union(
        from_text(ngram_range=(1, 2), min_df=2, max_features=100_000, sublinear_tf=True, dtype=np.float32),
        from_text(
            analyzer="char_wb", ngram_range=(2, 5), min_df=3, max_features=150_000, sublinear_tf=True, dtype=np.float32
        ),
    )
    rows = [row for row in every_row(data) if row.split == "train"]
    seen = union.fit_transform([row.text for row in rows])
    models = {}
    for head in ("flag", "hate"):
        mine = [number for number, row in enumerate(rows) if head in row.labels]
        model = importlib.import_module("sklearn.linear_model").LogisticRegression(
            C=4, max_iter=200, class_weight="balanced", random_state=SEED
        )
        models[head] = model.fit(seen[mine], [rows[number].labels[head] for number in mine])
    return union, models


def plain(folder: Path) -> Scorer:
    """Return a MiniLM that was fine-tuned on public sets alone (`training.plain`), as int8 ONNX on one thread."""
    runtime = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = runtime.InferenceSession(str(folder / "plain.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = importlib.import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LENGTH)
    tokenizer.no_padding()

    def score(texts: Sequence[str]) -> tuple[list[float], list[float]]:
        encoded = [one.ids for one in tokenizer.encode_batch(list(texts))]
        found = np.zeros((len(texts), 2))
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at]))
        for at in range(0, len(order), 16):
            group = order[at : at + 16]
            wide = max(len(encoded[one]) for one in group)
            ids = np.array([encoded[one] + [0] * (wide - len(encoded[one])) for one in group], np.int64)
            sums = session.run(None, {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)})[0]
            found[group] = 1 / (1 + np.exp(-sums))
        return found[:, 0].tolist(), found[:, 1].tolist()

    return score
