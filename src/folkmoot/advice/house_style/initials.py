"""Initials that nobody spelt out (P7): "CIL" without "Community Infrastructure Levy" where it first stands."""

import re
from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import each, word_list, words_of
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext

# "A38", "CA11 7EH" and "2nd" have a digit, "WI-FI" a hyphen: none of them is initials.
_INITIALS = re.compile(r"(?<![\w.&'’/-])[A-Z](?:[A-Z]|&[A-Z]){1,5}(?=s?(?![\w&-]))")
_CAPITALS = re.compile(r"(?<![\w'’-])[A-Z]{2,}(?:['’][A-Z]+)?(?!\w)")
_ROMAN = re.compile(r"[IVX]+")
_SMALL = each("of and the for to in on at a an with by")
_NEAR = 120  # characters before or after, in which it must be spelt out
_RUN = 3  # words in capitals, one after the other, that are said loudly and are no initials


def look(post: Post) -> Iterator[Note]:
    """Yield the first place of each initials that are not spelt out close to it, in English lines."""
    seen = set(word_list("known_initials"))
    everyday = word_list("everyday")
    for start, end in post.english:
        line = post.plain[start:end]
        loud = _loud(line)
        for found in _INITIALS.finditer(line):
            said = found[0]
            if (
                said in seen
                or _ROMAN.fullmatch(said)
                or said.lower() in everyday
                or any(one <= found.start() < other for one, other in loud)
            ):
                continue
            seen.add(said)
            place = (start + found.start(), start + found.end())
            if not _spelt_out(post.plain, said, *place):
                yield Note("initials", "P7", *place, *_said(said))


def _said(initials: str) -> tuple[str, str]:
    return (
        gettext("Not everybody knows what “%(initials)s” stands for.") % {"initials": initials},
        gettext(
            "Spell it out where it first stands, with the initials in brackets after it; or leave the initials out."
        ),
    )


def _spelt_out(text: str, initials: str, start: int, end: int) -> bool:
    """Return whether words with these initials stand one after the other just before or just after."""
    wanted = initials.replace("&", "").lower()
    near = (text[max(0, start - _NEAR) : start], text[end : end + _NEAR])
    for words in ([word.text for word in words_of(piece)] for piece in near):
        for read in (words, [word for word in words if word not in _SMALL]):
            if wanted in "".join(word[0] for word in read):
                return True
    return False


def _loud(line: str) -> list[tuple[int, int]]:
    """Return which parts of a line are words said loudly, one capital word after the other."""
    runs: list[list[re.Match[str]]] = [[]]
    for found in _CAPITALS.finditer(line):
        run = runs[-1]
        if run and not line[run[-1].end() : found.start()].strip(" ,!?:-–A&I"):
            run.append(found)
        else:
            runs.append([found])
    return [(run[0].start(), run[-1].end()) for run in runs if len(run) >= _RUN]
