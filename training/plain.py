"""Fine-tunes MiniLM plainly, to measure ours beside it: python -m training.plain [DATA] [--rows N], ten minutes.

What is usually done: public hate sets alone, texts as they are, two heads (flag and hate), one round, int8. Without
our pairs, the other heads, and reading through disguises. Writes `build/plain/plain.onnx` and its
tokenizer, which `bench/triage` looks for. Not part of what is installed.
"""

import argparse
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from transformers import get_linear_schedule_with_warmup

from training.sets import Row, every_row
from training.transformer import Judge, tokenizer_of, weights_folder

OUT = Path(__file__).parent.parent / "build" / "plain"
HEADS = ("flag", "hate")
SEED = 20261122
BATCH = 32
RATE = 5e-5


class Two(nn.Module):
    """MiniLM with two of the heads."""

    def __init__(self, weights: str) -> None:
        super().__init__()
        self.judge = Judge(weights)
        self.judge.heads = nn.Linear(self.judge.bert.config.hidden_size, len(HEADS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return a sum for each row and head, of shape (rows, 2)."""
        found: torch.Tensor = self.judge(input_ids, attention_mask)
        return found


def main() -> None:
    """Train one round and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--rows", type=int, default=36_000, help="at most, drawn by chance (%(default)s)")
    parser.add_argument("--out", type=Path, default=OUT)
    said = parser.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    public = [row for row in every_row(said.data) if row.split == "train" and row.source != "contrast"]
    rows = random.sample(public, min(said.rows, len(public)))
    folder = weights_folder()
    model = Two(str(folder))
    _train(model, rows, tokenizer_of(folder))
    said.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "tokenizer.json", said.out / "tokenizer.json")
    _export(model, said.out)
    print(f"{(said.out / 'plain.onnx').stat().st_size / 1e6:.1f} MB in {said.out}")


def _train(model: Two, rows: list[Row], tokenizer: Tokenizer) -> None:
    chosen = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    steps = len(rows) // BATCH + 1
    schedule = get_linear_schedule_with_warmup(chosen, steps // 20, steps)
    began = time.monotonic()
    model.train()
    for done, (ids, mask, labels, known) in enumerate(_batches(rows, tokenizer), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            sums = model(ids, mask)
        each = nn.functional.binary_cross_entropy_with_logits(sums.float(), labels, reduction="none")
        ((each * known).sum() / known.sum().clamp(min=1)).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        chosen.step()
        schedule.step()
        chosen.zero_grad()
        if done % 100 == 0:
            print(f"step {done:,} of {steps:,}, {(time.monotonic() - began) / 60:.1f} min", flush=True)


def _batches(rows: list[Row], tokenizer: Tokenizer) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yield word pieces, mask, labels and what is known of them, rows of about the same length together."""
    encoded = [one.ids for one in tokenizer.encode_batch([row.text for row in rows])]
    order = sorted(range(len(rows)), key=lambda number: len(encoded[number]) + random.random() * 6)
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    random.shuffle(groups)
    for group in groups:
        ids = torch.zeros(len(group), max(len(encoded[number]) for number in group), dtype=torch.long)
        labels, known = torch.zeros(len(group), len(HEADS)), torch.zeros(len(group), len(HEADS))
        for at, number in enumerate(group):
            ids[at, : len(encoded[number])] = torch.tensor(encoded[number])
            for head, name in enumerate(HEADS):
                if name in rows[number].labels:
                    labels[at, head], known[at, head] = float(rows[number].labels[name]), 1.0
        yield ids, (ids != 0).long(), labels, known


def _export(model: Two, out: Path) -> None:
    model.eval()
    whole = out / "whole.onnx"
    example = torch.randint(1, 1000, (2, 16))
    names = ["input_ids", "attention_mask"]
    axes = {name: {0: "rows", 1: "pieces"} for name in names}
    torch.onnx.export(
        model,
        (example, torch.ones_like(example)),
        str(whole),
        input_names=names,
        output_names=["sums"],
        dynamic_axes=axes | {"sums": {0: "rows"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, out / "plain.onnx", weight_type=QuantType.QInt8)
    whole.unlink()


if __name__ == "__main__":
    main()
