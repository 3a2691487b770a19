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


@dataclass(frozen=True, eq=False)
class Transformer:
    """The model in memory. `heads` names the columns of what `sums` returns."""

    session: InferenceSession
    tokenizer: Tokenizer
    heads: tuple[str, ...]

    def sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a sum for each text and head, of shape (texts, heads): above 0 where it rather holds."""
        found = np.zeros((len(texts), len(self.heads)), np.float32)
        for row, encoded in enumerate(self.tokenizer.encode_batch(list(texts))):
            # one by one: in whole numbers of eight bits, a text's sums would depend on those that are read beside it
            ids = np.array([encoded.ids], np.int64)
            found[row] = self.session.run(["sums"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
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
    tokenizer = Tokenizer.from_str((folder / "wordpieces.tokenizer").read_text(encoding="utf-8"))
    tokenizer.enable_truncation(LENGTH)
    tokenizer.no_padding()
    said = json.loads((folder / "transformer.json").read_text(encoding="utf-8"))
    return Transformer(session, tokenizer, tuple(said["heads"]))
