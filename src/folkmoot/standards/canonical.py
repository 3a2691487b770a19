"""A pack as one fixed string of bytes, and the fingerprint that an edition is known by."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from folkmoot.standards.model import Pack

# Part of the bytes: a later change of layout must give every pack a new fingerprint, and on purpose.
LAYOUT = 1


def canonical_bytes(pack: Pack) -> bytes:
    """The pack as UTF-8 JSON with sorted keys and no spare spaces: equal packs give equal bytes anywhere.

    How the files were wrapped, their line ends and the order of their keys leave no trace. The order of
    headings and clauses does.
    """
    content: dict[str, Any] = asdict(pack)
    content["in_force_from"] = pack.in_force_from.isoformat()
    if not pack.retired:
        del content["retired"]  # packs from before codes could be retired keep their fingerprints
    content["layout"] = LAYOUT
    for heading in content["headings"]:
        if not heading["under"]:  # packs from before there was such a thing keep their fingerprint
            del heading["under"]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def fingerprint(pack: Pack) -> str:
    """The SHA-256 of the canonical bytes, as 64 hex digits."""
    return hashlib.sha256(canonical_bytes(pack)).hexdigest()
