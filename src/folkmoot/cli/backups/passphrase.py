"""A file under a passphrase: a stream of chunks, each sealed by ChaCha20-Poly1305, under a key that scrypt makes.

The file begins with `MAGIC`, a salt, the beginning of every nonce, and a check by which a wrong passphrase is told
from damage. Then come chunks of `CHUNK` bytes, each with its tag. A chunk's nonce holds its place and whether it is
the last, so that none can be left out, repeated or put elsewhere, and no end cut off. See docs/adr/0017-backups.md.
"""

import hashlib
import io
import secrets
import unicodedata
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from folkmoot.kernel.errors import BadInput

MAGIC: Final = b"folkmoot sealed 1\n"
CHUNK: Final = 1_048_576
TAG: Final = 16
SHORTEST: Final = 10  # letters of a passphrase: whoever has the file can try as many as they like
_SALT, _BEGIN, _CHECK = (
    16,
    7,
    16,
)  # bytes; a nonce is `_BEGIN`, four bytes of place, one that says whether it is the last


class Sealing(io.RawIOBase):
    """Seals what is written to it into `sink`; `close` writes the last chunk, and without it the file is damaged."""

    def __init__(self, sink: BinaryIO, passphrase: str) -> None:
        super().__init__()
        salt, self._begin = secrets.token_bytes(_SALT), secrets.token_bytes(_BEGIN)
        key, check = _made_of(passphrase, salt)
        self._head = MAGIC + salt + self._begin + check
        self._cipher, self._sink, self._place, self._held = ChaCha20Poly1305(key), sink, 0, bytearray()
        sink.write(self._head)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: object) -> int:
        """Take bytes; whole chunks are sealed at once."""
        taken = bytes(data)  # type: ignore[call-overload]  # whatever has bytes: the stub of RawIOBase is as wide
        self._held += taken
        while len(self._held) > CHUNK:  # what fills a chunk exactly may be the last
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(taken)

    def close(self) -> None:
        """Seal what is left; it says that it is the last."""
        if not self.closed:
            self._seal(bytes(self._held), last=True)
        super().close()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._begin, self._place, last=last)
        self._sink.write(self._cipher.encrypt(nonce, chunk, self._head))
        self._place += 1


class Opening(io.RawIOBase):
    """Reads what `Sealing` wrote. Nothing is given out that is not as it was written.

    Raises `BadInput` for a wrong passphrase at once, and where it comes to what is damaged or cut off.
    """

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._head = source.read(len(MAGIC) + _SALT + _BEGIN + _CHECK)
        salt, rest = self._head[len(MAGIC) :][:_SALT], self._head[len(MAGIC) + _SALT :]
        self._begin, check = rest[:_BEGIN], rest[_BEGIN:]
        if len(check) < _CHECK:
            raise BadInput("The file is cut off in its first bytes.", field="file")
        key, expected = _made_of(passphrase, salt)
        if not secrets.compare_digest(check, expected):
            raise BadInput(
                "That is not the passphrase of this file. (Or its first bytes are damaged: try another copy of it.)",
                field="passphrase",
            )
        self._cipher, self._source, self._place = ChaCha20Poly1305(key), source, 0
        self._next, self._held, self._done = source.read(CHUNK + TAG), b"", False

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`; 0 at the end."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # the stub of RawIOBase is as wide
        while not self._held and not self._done:
            self._open_next()
        part = self._held[: len(view)]
        view[: len(part)] = part
        self._held = self._held[len(part) :]
        return len(part)

    def _open_next(self) -> None:
        chunk, self._next = self._next, self._source.read(CHUNK + TAG)
        self._done = not self._next
        nonce = _nonce(self._begin, self._place, last=self._done)
        try:
            self._held = self._cipher.decrypt(nonce, chunk, self._head)
        except InvalidTag:
            raise BadInput(
                "The file is damaged, or its end is missing. Try another copy of it.", field="file"
            ) from None
        self._place += 1


def _made_of(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Return the key and the check. It takes 128 MiB and a part of a second, so that guessing is dear."""
    words = unicodedata.normalize("NFC", passphrase).encode()
    both = Scrypt(salt=salt, length=64, n=2**17, r=8, p=1).derive(words)
    return both[:32], hashlib.sha256(both[32:]).digest()[:_CHECK]


def _nonce(begin: bytes, place: int, *, last: bool) -> bytes:
    return begin + place.to_bytes(4, "big") + (b"\1" if last else b"\0")
