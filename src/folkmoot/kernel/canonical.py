"""One way to turn facts into bytes, so that a hash means the same everywhere."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any


def canonical_bytes(facts: Mapping[str, Any]) -> bytes:
    """Return the UTF-8 JSON of `facts`: sorted keys, no spaces, no floats, no NaN.

    Hash the stored bytes; never re-serialise what was read back.
    """
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def new_salt() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(16)


def commitment(salt: bytes, text: str) -> str:
    """Return the salted commitment to a text (DP15): it proves the text while the salt is kept."""
    return hashlib.sha256(salt + text.encode("utf-8")).hexdigest()
