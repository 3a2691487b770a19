"""Words of the office (P7), from a list with a plain word beside each."""

from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import listed
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext

_A_WORD = 6  # words: so few in quotation marks are spoken about


def look(post: Post) -> Iterator[Note]:
    """Yield what of the list of jargon stands in it, but for a word that is only spoken about."""
    for found in listed("jargon").found(post.words):
        if found.last - found.first < _A_WORD and _alone_in_quotes(post.raw, found.start, found.end):
            continue
        said = " ".join(post.raw[found.start : found.end].split())
        why = gettext("“%(said)s” is office talk.") % {"said": said}
        yield Note(
            "jargon", "P7", found.start, found.end, why, gettext("Plainer: %(better)s.") % {"better": found.better}
        )


def _alone_in_quotes(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in tuple("“\"‘'") and text[end : end + 1] in tuple("”\"’'")
