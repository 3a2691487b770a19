"""Us and them (P4): "we" is everyone, so that nobody who reads is put on the other side."""

from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import Match, listed
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext


def look(post: Post) -> Iterator[Note]:
    """Yield what parts people into us and them, or leaves some out, except where somebody else is quoted."""
    for found in listed("us_and_them").found(post.words):
        if not post.quoted(found.start, found.end):
            yield _note(post, found, gettext("“%(said)s” parts people into us and them; “we” is everyone."))
    for found in listed("some_of_us").found(post.words):
        if not post.quoted(found.start, found.end):
            yield _note(post, found, gettext("“%(said)s” names men only; “we” is everyone."))


def _note(post: Post, found: Match, why: str) -> Note:
    said = " ".join(post.raw[found.start : found.end].split())
    better = gettext("Perhaps: %(better)s.") % {"better": found.better}
    return Note("together", "P4", found.start, found.end, why % {"said": said}, better)
