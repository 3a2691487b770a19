"""Secrets that are computed, not stored: links, receipts and codes under the server's key.

A database or a backup holds nonces only; without the key they open nothing.
"""

import base64
import hashlib
import hmac
import secrets

RECEIPT_DIGITS = 16


def new_nonce() -> str:
    """Return 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def link_token(key: bytes, purpose: str, subject: str) -> str:
    """Return the 32-character token (192 bits) that opens `subject` for `purpose`."""
    return base64.urlsafe_b64encode(_mac(key, f"link:{purpose}:{subject}")[:24]).decode()


def digits(key: bytes, purpose: str, subject: str, *, length: int) -> str:
    """Return a code of `length` decimal digits for `subject`, the same each time."""
    number = int.from_bytes(_mac(key, f"digits:{purpose}:{subject}"), "big")
    return str(number % 10**length).zfill(length)


def keyed_hash(key: bytes, purpose: str, value: str) -> str:
    """Return the keyed hash by which a secret value is looked up; 64 hexadecimal digits."""
    return _mac(key, f"lookup:{purpose}:{value}").hex()


def signing_secret(key: bytes, purpose: str, subject: str) -> bytes:
    """Return the 32 secret bytes with which something is signed for `subject`; who is given them can sign as well."""
    return _mac(key, f"signing:{purpose}:{subject}")


def same(left: str, right: str) -> bool:
    """Compare two secrets without telling by the time taken how much of them agrees."""
    return hmac.compare_digest(left.encode(), right.encode())


def _mac(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
