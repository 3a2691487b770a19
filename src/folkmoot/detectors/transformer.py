"""The transformer: a small MiniLM that reads a sentence as a whole, with one sum for each head.

Its weights are whole numbers of eight bits in `artefacts/transformer.onnx`; `training/transformer.py` learns them and
`training/export.py` writes them. It needs some 100 MB of memory and 4 to 15 ms for a post on one processor.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from onnxruntime import ExecutionMode, InferenceSession, SessionOptions
from tokenizers import Tokenizer

LENGTH = 128  # word pieces that are read of one window
_AT_ONCE = 16  # windows in one go, of about the same length: what is added to the shorter ones is read for nothing


@dataclass(frozen=True, eq=False)
class Transformer:
    """The model in memory. `heads` names the columns of what `sums` returns."""

    session: InferenceSession
    tokenizer: Tokenizer
    heads: tuple[str, ...]

    def sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a sum for each text and head, of shape (texts, heads): above 0 where it rather holds."""
        found = np.zeros((len(texts), len(self.heads)), np.float32)
        read = [encoded.ids for encoded in self.tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda number: len(read[number]))
        for at in range(0, len(order), _AT_ONCE):
            some = order[at : at + _AT_ONCE]
            ids = np.zeros((len(some), len(read[some[-1]])), np.int64)
            for row, number in enumerate(some):
                ids[row, : len(read[number])] = read[number]
            given = {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)}
            found[some] = self.session.run(["sums"], given)[0]
        return found


@cache
def our_transformer() -> Transformer:
    """Return the transformer that comes with Folkmoot, loaded once; it works on one processor."""
    folder = files(__package__) / "artefacts"
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    with as_file(folder / "transformer.onnx") as path:
        session = InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.enable_truncation(LENGTH)
    tokenizer.no_padding()
    said = json.loads((folder / "transformer.json").read_text(encoding="utf-8"))
    return Transformer(session, tokenizer, tuple(said["heads"]))
