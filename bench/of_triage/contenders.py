"""Who judges: Folkmoot, parts of it, and what else there is. Each gives every text two scores and two answers."""

import hashlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import numpy as np

from bench.of_triage import others
from folkmoot.detectors.finding import Signal
from folkmoot.detectors.judging import Judge, Judgement, our_judge
from folkmoot.detectors.linear import our_model
from folkmoot.detectors.pieces import pieces
from folkmoot.detectors.reading import Text
from folkmoot.detectors.transformer import our_transformer
from folkmoot.detectors.weighing import our_weighings

ARTEFACTS = Path(inspect.getfile(Judge)).parent / "artefacts"
SOURCES = Path(inspect.getfile(Judge)).parent
OF_SLOW = 200


@dataclass(slots=True)
class Answers:
    """What somebody made of some texts, in their order; `signals` and `heads` only where it tells kinds apart."""

    flag: list[float] = field(default_factory=list)
    hate: list[float] = field(default_factory=list)
    flagged: list[bool] = field(default_factory=list)
    hated: list[bool] = field(default_factory=list)
    signals: list[list[str]] = field(default_factory=list)
    heads: dict[str, list[float]] = field(default_factory=dict)
    of: list[int] | None = None  # which texts were asked, where not all

    def among(self, wanted: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return which of the texts wanted were asked, and where their answers stand."""
        if self.of is None:
            return list(wanted), list(wanted)
        places = {number: place for place, number in enumerate(self.of)}
        there = [number for number in wanted if number in places]
        return there, [places[number] for number in there]


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who judges: how it is loaded, how large it is on the disk, and what tells its versions apart."""

    key: str
    name: str
    load: Callable[[], Callable[[Sequence[str]], Answers]]
    files: Callable[[], list[Path]]
    version: Callable[[], str]
    is_ours: bool = False
    most: int = 0  # texts of a public set that it is asked about; 0 for all: who takes 25 ms for each is asked fewer

    @property
    def size(self) -> float:
        """How much its model or list takes on the disk, in MB."""
        return sum(file.stat().st_size for file in self.files()) / 1e6


def of_judgements(found: Sequence[Judgement]) -> Answers:
    """Return Folkmoot's judgements as answers."""
    return Answers(
        flag=[one.score for one in found],
        hate=[one.hate_score for one in found],
        flagged=[one.flag for one in found],
        hated=[one.hate for one in found],
        signals=[sorted({Signal(hit.signal).value for hit in one.findings if not hit.advice}) for one in found],
        heads={head: [one.heads[head] for one in found] for head in found[0].heads} if found else {},
    )


def contenders(data: Path, build: Path) -> list[Contender]:
    """Return everybody who is there, Folkmoot first; those whose weights are not there are left out."""
    found = [Contender("folkmoot", "Folkmoot", _judging(our_judge), _our_files, our_version, is_ours=True)]
    found.append(Contender("light", "its light model only", _judging(light), _light, our_version, is_ours=True))
    found.append(Contender("alone", "its transformer only", transformer_alone, _transformer, our_version, is_ours=True))
    found.append(
        Contender(
            "better",
            "better-profanity",
            _two(others.better_profanity),
            others.better_files,
            _of("better-profanity"),
            most=OF_SLOW,
        )
    )
    found.append(
        Contender(
            "alt", "alt-profanity-check", _two(others.alt_profanity), others.alt_files, _of("alt-profanity-check")
        )
    )
    tfidf = build / "tfidf.joblib"
    found.append(
        Contender(
            "tfidf",
            "TF-IDF + logistic regression",
            _two(lambda: others.tfidf(tfidf, data)),
            lambda: [tfidf],
            _file(tfidf),
        )
    )
    plain = build.parent / "plain"
    if (plain / "plain.onnx").exists():
        files = [plain / "plain.onnx", plain / "tokenizer.json"]
        found.append(
            Contender(
                "plain", "MiniLM, plainly fine-tuned", _two(lambda: others.plain(plain)), lambda: files, _file(files[0])
            )
        )
    return found


@cache
def light() -> Judge:
    """Return the judge with the light model alone."""
    return Judge(our_model(), None, our_weighings())


def transformer_alone() -> Callable[[Sequence[str]], Answers]:
    """Return the transformer by itself, as it was trained: no weighing, no lists, no rules, no thresholds chosen."""
    model = our_transformer()
    flag, hate = model.heads.index("flag"), model.heads.index("hate")

    def answer(texts: Sequence[str]) -> Answers:
        sums = model.sums([" ".join(piece.said for piece in pieces(Text(text))) for text in texts])
        found = 1 / (1 + np.exp(-sums))
        scores = [found[:, head].tolist() for head in (flag, hate)]
        return Answers(*scores, *([one >= 0.5 for one in column] for column in scores))

    return answer


def _judging(judge: Callable[[], Judge]) -> Callable[[], Callable[[Sequence[str]], Answers]]:
    def load() -> Callable[[Sequence[str]], Answers]:
        loaded = judge()
        return lambda texts: of_judgements(loaded.judge_many(texts))

    return load


def _two(load: Callable[[], others.Scorer]) -> Callable[[], Callable[[Sequence[str]], Answers]]:
    def answering() -> Callable[[Sequence[str]], Answers]:
        scorer = load()

        def answer(texts: Sequence[str]) -> Answers:
            flag, hate = scorer(texts)
            return Answers(flag, hate, [score >= 0.5 for score in flag], [score >= 0.5 for score in hate])

        return answer

    return answering


def _our_files() -> list[Path]:
    return [file for file in sorted(ARTEFACTS.iterdir()) if file.suffix not in (".md",)]


def _light() -> list[Path]:
    return [file for file in _our_files() if file.name.startswith("linear")]


def _transformer() -> list[Path]:
    return [file for file in _our_files() if file.name.startswith(("transformer", "wordpieces"))]


def our_version() -> str:
    """Return a hash of artefacts and of all code and lists of the detectors: any change may move a score."""
    found = hashlib.sha256()
    for file in [*_our_files(), *sorted(SOURCES.rglob("*.py")), *sorted((SOURCES / "wordlists").rglob("*.*"))]:
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def _of(package: str) -> Callable[[], str]:
    return lambda: distribution(package).version


def _file(path: Path) -> Callable[[], str]:
    return lambda: hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else "none"
