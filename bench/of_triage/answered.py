"""What everybody answered to every text, asked once and kept; asked anew where the answerer changed."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.common.progress import Progress
from bench.of_triage.contenders import Answers, Contender

_AT_ONCE = 256


def answered(one: Contender, what: str, texts: Sequence[str], *, kept: Path) -> Answers:
    """Return what a contender answers to texts; `kept` is the folder in which answers are remembered."""
    judging = None if one.version() == "none" else _Lazily(one)
    judge = judging or one.load()  # what is to be trained first has no version before that
    return asked(judge, f"{one.key}-{one.version()}", f"{one.name}, {what}", texts, kept=kept)


def asked(
    judge: Callable[[Sequence[str]], Answers], version: str, what: str, texts: Sequence[str], *, kept: Path
) -> Answers:
    """Return what `judge` answers to texts, from the folder `kept` where the same version was asked the same before."""
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    file = kept / f"{version}-{digest}.json"
    if file.exists():
        return Answers(**json.loads(file.read_text(encoding="utf-8")))
    found, progress = Answers(), Progress(what, len(texts))
    for at in range(0, len(texts), _AT_ONCE):
        part = judge(texts[at : at + _AT_ONCE])
        for name in ("flag", "hate", "flagged", "hated", "signals"):
            getattr(found, name).extend(getattr(part, name))
        for head, scores in part.heads.items():
            found.heads.setdefault(head, []).extend(scores)
        progress.at(min(len(texts), at + _AT_ONCE))
    kept.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


class _Lazily:
    """A contender that is loaded when it is first asked."""

    def __init__(self, one: Contender) -> None:
        self._one = one
        self._judge: Callable[[Sequence[str]], Answers] | None = None

    def __call__(self, texts: Sequence[str]) -> Answers:
        if self._judge is None:
            self._judge = self._one.load()
        return self._judge(texts)
