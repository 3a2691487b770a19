"""Reading ease (P7): long words in long sentences, by Flesch's formula, which was made for English.

60 and more is plain English. A formula says little of a short text, so that there a lower figure passes, and of a
very short one nothing is said.
"""

from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.reading import reading, syllables
from folkmoot.kernel.said import gettext

ENOUGH_WORDS = 100  # under which the formula is rough
PLAIN = 60
_FEW_WORDS, _HARD = 30, 45  # of a short post only what is far from plain is said
_LONG = 4  # syllables


def look(post: Post) -> Iterator[Note]:
    """Yield the hardest sentence of a post that is hard to read, and which of its words are long."""
    if not post.sentences:
        return
    words = sum(one.words for one in post.sentences)
    whole = reading(post.reads)
    if words < _FEW_WORDS or whole.ease >= (PLAIN if words >= ENOUGH_WORDS else _HARD):
        return
    real = [one for one in post.sentences if one.words >= 6] or post.sentences
    hardest = min(real, key=lambda one: reading(post.plain[one.start : one.end] + " a").ease)
    why = gettext(
        "Hard going: reading ease %(ease)d, where %(plain)d and more is plain English. This sentence is the hardest."
    )
    said = {"ease": round(whole.ease), "plain": PLAIN}
    yield Note("ease", "P7", hardest.start, hardest.end, why % said, _shorter(post.plain[hardest.start : hardest.end]))


def _shorter(sentence: str) -> str:
    long = sorted({word.strip(".,;:!?()“”\"'") for word in sentence.split()}, key=lambda word: (-syllables(word), word))
    named = [f"“{word[:40]}”" for word in long[:3] if syllables(word) >= _LONG]
    if not named:
        return gettext("Shorter sentences help most.")
    return gettext("Shorter words for %(words)s would help.") % {"words": ", ".join(named)}
