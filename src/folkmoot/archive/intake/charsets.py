"""Bytes into letters, where what they say of themselves may be wrong."""

import codecs

# What is called Latin 1 or ASCII was mostly written by Windows, which fills the gaps.
_MEANT = {"iso8859-1": "cp1252", "ascii": "utf-8"}
_NO_LETTERS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


def decoded(raw: bytes, charset: str) -> tuple[str, bool]:
    """Return `raw` as text, by what it says it is, else as UTF-8, else as Windows writes; and whether that is sure.

    Where it is not, letters may be wrong, and what no letter fits is U+FFFD: the bytes are worth keeping.
    """
    for name in dict.fromkeys((_known(charset), "utf-8")):
        try:
            return raw.decode(name), True
        except (UnicodeError, ValueError):
            continue
    return raw.decode("cp1252", "replace"), False


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip("'\" ") or "utf-8").name
        "".encode(name)  # some codecs are no charsets
    except (LookupError, ValueError, TypeError):
        return "utf-8"
    return "utf-8" if name in _NO_LETTERS else _MEANT.get(name, name)
