"""Who names whom in a text: "@handle" anywhere, and where names are written out, as on Facebook, the whole name."""

import re
from collections.abc import Iterable
from functools import lru_cache

from folkmoot.archive.lookup import having
from folkmoot.archive.models import Account, Platform
from folkmoot.archive.words import cut

_AT = re.compile(r"(?<![\w@/])@([\w.\-]{2,60}(?:@[\w.\-]{2,60})?)")
_PASSED_ON = re.compile(r"\s*(?:RT|MT)\s*@", re.IGNORECASE)  # who passes on somebody's words does not write to them
_WHOLE_NAMES = {Platform.Kind.FACEBOOK_PAGE.value, Platform.Kind.FACEBOOK_GROUP.value}
_MOST = 20  # handles of one text that are looked up


def names_of(account: Account) -> list[str]:
    """Return how `account` can be named in a text of its place: a handle with "@", a whole name without."""
    handle = (account.handle or "").removeprefix("@")
    names = [f"@{handle}"] if handle and " " not in handle else []
    if account.platform.kind in _WHOLE_NAMES:
        names += [name for name in dict.fromkeys((handle, account.name)) if len(name.split()) > 1]
    return names


def phrase_of(name: str) -> list[str]:
    """Return the tokens by which the index of words finds `name`."""
    return cut(name)


def names(text: str, name: str) -> bool:
    """Say whether `text` really names `name`: "@rosa", but not "rosa" nor "@rosalind"; "@Rosa Lee" for "Rosa Lee"."""
    return not _PASSED_ON.match(text) and bool(_pattern(name).search(text))


def named_in(place: Platform, texts: Iterable[tuple[int, str]]) -> dict[int, set[int]]:
    """Return, for posts and their texts, the accounts at `place` that each names with "@"."""
    found = {
        post: list(dict.fromkeys(handle.rstrip(".-") for handle in _AT.findall(text)))[:_MOST]
        for post, text in texts
        if "@" in text and not _PASSED_ON.match(text)
    }
    # As it was written and in small letters, with the sign and without: handles are kept as their file had them.
    written = {handle for handles in found.values() for handle in handles}
    spelt = {form for one in written for plain in (one, one.casefold()) for form in (plain, f"@{plain}")}
    known = having(Account, place, "handle", spelt, "handle", "id")
    accounts = {handle.removeprefix("@").casefold(): number for handle, number in known}
    return {
        post: {accounts[one.casefold()] for one in handles if one.casefold() in accounts}
        for post, handles in found.items()
    }


@lru_cache(maxsize=1000)
def _pattern(name: str) -> re.Pattern[str]:
    sign = "" if name.startswith("@") else "@?"  # some write it before a whole name too
    return re.compile(rf"(?<![\w@]){sign}{re.escape(name)}(?![\w@]|[.\-]\w)", re.IGNORECASE)
