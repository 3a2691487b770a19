"""Makes what Folkmoot loads of the transformer that was learnt: python -m training.export [BUILD]

Writes `artefacts/transformer.onnx` (weights of eight bits), the tokenizer beside it, and a card with the hash of
both. Compares the sums of both on the rows kept to choose by, and says how far they are apart.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from folkmoot.detectors.transformer import our_transformer
from training.sets import contrast
from training.transformer import ALL_HEADS, BUILD, Judge, read, tokenizer_of, weights_folder

OUT = Path(__file__).parent.parent / "src" / "folkmoot" / "detectors" / "artefacts"
WORDS = "wordpieces.tokenizer"  # its name does not end in .json: such files are cards


def main() -> None:
    """Export, and compare."""
    build = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD
    judge = Judge(str(weights_folder()), attention="eager")
    judge.load_state_dict(torch.load(build / "weights.pt", weights_only=True))
    judge.eval()
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _write(judge, plain)
        quantize_dynamic(
            str(plain),
            str(OUT / "transformer.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    shutil.copy(weights_folder() / "tokenizer.json", OUT / WORDS)
    card = {
        "heads": ALL_HEADS,
        "sha256": {name: _hash(OUT / name) for name in ("transformer.onnx", WORDS)},
        "bytes": (OUT / "transformer.onnx").stat().st_size,
    }
    (OUT / "transformer.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=2))
    _compare(judge)


def _write(judge: Judge, path: Path) -> None:
    ids = torch.ones(2, 8, dtype=torch.long)
    free = {0: "texts", 1: "pieces"}
    torch.onnx.export(
        judge,
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["sums"],
        dynamic_axes={"input_ids": free, "attention_mask": free, "sums": {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )


def _compare(judge: Judge) -> None:
    texts = [read(row.text) for row in contrast() if row.split == "dev"][:400]
    tokenizer = tokenizer_of(weights_folder())
    whole = list[np.ndarray]()
    with torch.no_grad():
        for text in texts:
            ids = torch.tensor([tokenizer.encode(text).ids])
            whole.append(judge(ids, torch.ones_like(ids)).numpy()[0])
    apart = np.abs(np.array(whole) - our_transformer().sums(texts))
    middle, far = np.median(apart), np.percentile(apart, 99)
    print(f"sums of {len(texts)} sentences: apart by {middle:.3f} (median), {far:.3f} (p99)")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
