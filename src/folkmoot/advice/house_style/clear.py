"""Bold and clear (P1): hedges, links called "click here", and sentences in which nobody does anything."""

from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import Match, listed
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext


def look(post: Post) -> Iterator[Note]:
    """Yield hedges, links that do not say where they lead, and what only keeps the reader waiting."""
    for found in listed("hedges").found(post.words):
        why = gettext("“%(said)s” takes the force out of it.")
        yield _note(post, found, why)
    for found in listed("blind_links").found(post.words):
        yield _note(post, found, gettext("“%(said)s” does not say where the link leads, least of all to who hears it."))
    for found in listed("openers").found(post.words):
        sentence = post.sentence_at(found.start)
        if sentence and not any(map(str.isalnum, post.plain[sentence.start : found.start])):
            why = gettext("“%(said)s” keeps the reader waiting, or hides who does it.")
            yield _note(post, found, why)


def _note(post: Post, found: Match, why: str) -> Note:
    said = " ".join(post.raw[found.start : found.end].split())
    better = gettext("Clearer: %(better)s.") % {"better": found.better}
    return Note("clear", "P1", found.start, found.end, why % {"said": said}, better)
