"""An import in a process of its own, for whoever has threads and may not fork: `FILE FOLDER TODAY LANG`.

Prints JSON: how many places are doubtful and how many pieces were left out, or what was `refused`, in which `field`.
"""

import json
import sys
from datetime import date
from pathlib import Path

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing import import_policy


def main(file: str, folder: str, today: str, lang: str) -> None:
    """Import `file` to `folder`, and say what came of it."""
    try:
        made = import_policy(Path(file), Path(folder), today=date.fromisoformat(today), lang=lang)
    except BadInput as refusal:
        print(json.dumps({"refused": str(refusal), "field": refusal.field}))
    else:
        print(json.dumps({"doubts": len(made.source.doubts), "left_out": len(made.source.left_out)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
