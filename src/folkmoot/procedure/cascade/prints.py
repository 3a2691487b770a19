"""The few numbers by which copies of a text are found among very many texts.

Every three words in a row (a shingle) have a hash. Of each run of shingles the one with the most rare words is kept
(winnowing), so that the choice depends on the run alone: a passage of six words that two texts share gives both of
them a fingerprint in common, wherever it stands. What a text is asked with is all of its shingles, not only those
kept: a copy is found by whatever is left whole of it. Hashes are the same on every machine and in every run.
"""

import re
from zlib import crc32

from folkmoot.procedure.cascade.common import COMMON
from folkmoot.procedure.cascade.fold import folded_words, links

VERSION = 1  # of the fingerprints; when they change, those that are kept have to be made again
RUN = 3  # words in a shingle
LEAST = 5  # words below which a text has no fingerprints: anybody may say as much
_WINDOW, _SMALL = 4, 8  # of how many shingles one is kept; a text of so few keeps all
_MOST = 4000  # fingerprints of one text: enough for ten thousand words
_HALF = 1 << 31  # a hash is kept as a number with a sign, in four bytes
_ALL_COMMON = RUN << 32  # from here on are shingles of words that everybody uses
_LINK_ID = re.compile(r"(?<![A-Za-z0-9_\-])(?=[A-Za-z_\-]*\d)[A-Za-z0-9_\-]{6,64}(?![A-Za-z0-9_\-])")
_TEXT_ID = re.compile(r"(?<![\w.+])\d{8,30}(?!\w)|<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")


def kept(text: str) -> set[int]:
    """Return the fingerprints to keep of `text`, each from -2**31 up to 2**31 - 1; empty for very short texts."""
    words = folded_words(text)
    found: set[int] = set()
    if len(words) >= LEAST:
        ranks = _ranks(words)
        if len(ranks) > _SMALL:
            ranks = list(map(min, ranks, ranks[1:], ranks[2:], ranks[3:]))  # `_WINDOW` of them
        found = {(rank & 0xFFFFFFFF) - _HALF for rank in ranks if rank < _ALL_COMMON}
        if len(found) > _MOST:
            found = set(sorted(found)[:_MOST])  # the same ones of every copy
    found.update(marks(text))
    return found


def asked(text: str) -> list[int]:
    """Return all shingles of `text` that a copy may have kept, in their order; empty for very short texts."""
    words = folded_words(text)
    if len(words) < LEAST:
        return []
    return list(dict.fromkeys((rank & 0xFFFFFFFF) - _HALF for rank in _ranks(words) if rank < _ALL_COMMON))


def shingles(words: tuple[str, ...]) -> list[int]:
    """Return the hash of each run of three folded words, in their order."""
    return [(rank & 0xFFFFFFFF) - _HALF for rank in _ranks(list(words))]


def marks(text: str) -> set[int]:
    """Return the fingerprints of what `text` refers to: links, and numbers of posts."""
    found = {link_mark(link) for link in links(text)}
    found.update(map(id_mark, ids_in(text)))
    return found


def link_mark(link: str) -> int:
    """Return the fingerprint of a link to a post."""
    return crc32(b"link " + bare_link(link).encode("utf-8", "surrogatepass")) - _HALF


def id_mark(native_id: str) -> int:
    """Return the fingerprint of a platform's number for a post."""
    return crc32(b"id " + native_id.encode("utf-8", "surrogatepass")) - _HALF


def bare_link(link: str) -> str:
    """Return `link` without what two ways of giving it differ in: scheme, www., m., last slash, what was tracked."""
    link = re.sub(r"^https?://", "", link.strip(), flags=re.IGNORECASE)
    link = re.sub(r"^(?:www|m|mobile|mbasic)\.", "", link, flags=re.IGNORECASE)
    host, slash, path = link.partition("/")
    path = re.sub(r"#.*$", "", path)
    path = re.sub(r"(?<=[?&])(?:utm_\w+|fbclid|igshid|s|t|ref|ref_src|mibextid)=[^&]*&?", "", path).rstrip("?&/")
    return host.casefold() + (slash + path if path else "")


def ids_in(text: str) -> set[str]:
    """Return what looks like a platform's number for a post: in a link six characters with a digit, else eight digits.

    Shorter ones are years, prices and names.
    """
    found = {part.strip("<>") for part in _TEXT_ID.findall(text)}
    for link in links(text):
        found.update(_LINK_ID.findall(bare_link(link).partition("/")[2]))
    return found


def own_ids(native_id: str) -> set[str]:
    """Return the numbers by which a post may be named elsewhere; empty where its number is too short for that."""
    found = {native_id.strip("<>")} if _TEXT_ID.fullmatch(native_id) else set()
    last = native_id.rpartition("/")[2]
    return found | ({last} if _LINK_ID.fullmatch(last) else set())


def _ranks(words: list[str]) -> list[int]:
    """Return a number for each shingle: how many of its words everybody uses, then its hash. Least is rarest."""
    common = [(word in COMMON) << 32 for word in words]
    return [
        a + b + c + crc32(f"{x} {y} {z}".encode("utf-8", "surrogatepass"))
        for x, y, z, a, b, c in zip(words, words[1:], words[2:], common, common[1:], common[2:], strict=False)
    ]
