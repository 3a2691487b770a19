"""What each part is worth: Folkmoot with one part taken away, and with texts in disguise."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

from bench.of_triage import contenders
from bench.of_triage.answered import asked
from bench.of_triage.contenders import Answers, light, of_judgements, transformer_alone
from bench.of_triage.measures import auc, counts, recall_within
from bench.of_triage.quality import ALLOWED, forceful
from bench.of_triage.tables import hundredths, table
from bench.of_triage.texts import Ours
from folkmoot.detectors import DETECTORS, pieces, reading
from folkmoot.detectors.judging import Judge, our_judge

Judging = Callable[[Sequence[str]], Answers]


def ablation_tables(ours: Sequence[Ours], *, kept: Path) -> dict[str, str]:
    """Return a table of our test sentences with parts taken away, and one of attacks in disguise."""
    texts = [one.text for one in ours]
    truth = [one.labels["flag"] for one in ours]
    lines = []
    for name, judge, without in _parts():
        with without:
            found = asked(judge, _version(name), f"ablation, {name}", texts, kept=kept)
        at = counts(truth, found.flagged)
        shares = [auc(truth, found.flag), recall_within(truth, found.flag, ALLOWED), at.recall, at.false_flags]
        lines.append([name, *map(hundredths, [*shares, forceful(ours, found).false_flags])])
    heads = ["our 400 sentences", "AUC", "attacks found at ≤ 5% false flags", "attacks found", "wrongly flagged"]
    return {"ablations": table([*heads, "forceful criticism flagged"], lines), "disguises": _disguises(ours, kept)}


def _parts() -> Iterator[tuple[str, Judging, AbstractContextManager[None]]]:
    whole = _judging(our_judge())
    yield "whole", whole, nullcontext()
    yield "without the transformer", _judging(light()), nullcontext()
    yield "the transformer alone", transformer_alone(), nullcontext()
    yield "without word lists", whole, _without_lists()
    yield "without all rules (private data, spam, evasion, lists)", whole, _without_rules()
    yield "without reading through disguises", whole, _without_folding()


def _judging(judge: Judge) -> Judging:
    return lambda texts: of_judgements(judge.judge_many(texts))


def _version(name: str) -> str:
    return f"ablation-{''.join(filter(str.isalpha, name))}-{contenders.our_version()}"


@contextmanager
def _without_lists() -> Iterator[None]:
    with patch.dict(DETECTORS), patch.object(reading.Text, "hits", ()):
        del DETECTORS["listed"]
        yield


@contextmanager
def _without_rules() -> Iterator[None]:
    with patch.dict(DETECTORS, clear=True), patch.object(reading.Text, "hits", ()):
        yield


@contextmanager
def _without_folding() -> Iterator[None]:
    """Let texts be read as they stand, but for capital letters: no lookalikes, no spaced-out words, no hidden signs."""
    as_is = patch.object(reading, "folds", lambda raw: [sign.lower() for sign in raw])
    with as_is, patch.object(reading, "spelt_out", lambda word: word), patch.object(pieces, "FOLDS", {}):
        yield


_LIKE = str.maketrans("aeiopcxy", "аеіорсху")
DISGUISES: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "letters of other alphabets": lambda text: text.translate(_LIKE),
    "signs and digits for letters": lambda text: text.translate(str.maketrans("aeios", "@310$")),
    "unseen signs within words": "\u200b".join,
    "full-width letters": lambda text: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text),
    "a s p a c e d   w o r d": lambda text: "   ".join(
        " ".join(word) if len(word) > 4 else word for word in text.split()
    ),
}


def _disguises(ours: Sequence[Ours], kept: Path) -> str:
    attacks = [one.text for one in ours if one.labels["flag"]]
    others = [one.text for one in ours if not one.labels["flag"]]
    judge, lines = _judging(our_judge()), []
    for name, disguise in DISGUISES.items():
        cells = []
        for which, without in (("", nullcontext()), ("unread", _without_folding())):
            with without:
                for texts in (attacks, others):
                    found = asked(
                        judge, _version(f"disguise{which}"), name, [disguise(one) for one in texts], kept=kept
                    )
                    cells.append(hundredths(sum(found.flagged) / len(texts)))
        lines.append([name, *cells])
    heads = ["disguise", "attacks found %", "others flagged %", "unread: attacks found %", "unread: others flagged %"]
    return table(heads, lines)
