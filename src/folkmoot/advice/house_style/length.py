"""Sentences that are too long to be read on a phone in one go (P7).

More than 25 words is where GOV.UK's writers cut a sentence; 15 to 20 on average is what guides to plain English ask.
"""

import re
from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.post import Post, Sentence
from folkmoot.kernel.said import gettext

MOST_WORDS = 25
MOST_ON_AVERAGE = 20
_FEW = 3  # sentences of which an average says little
_JOINT = re.compile(r"[;:–—]\s|,\s(?:and|but|so|which|who|because|while|although|as)\s|\s(?:and|but|because|so that)\s")


def look(post: Post) -> Iterator[Note]:
    """Yield each sentence that is too long, and where it might be cut; else the longest, when all are rather long."""
    long = [one for one in post.sentences if one.words > MOST_WORDS]
    for one in long:
        why = gettext("This sentence has %(words)d words. Up to %(most)d are easy to read.")
        said = {"words": one.words, "most": MOST_WORDS}
        yield Note("length", "P7", one.start, one.end, why % said, _cut(post, one))
    words = sum(one.words for one in post.sentences)
    if not long and len(post.sentences) >= _FEW and words > MOST_ON_AVERAGE * len(post.sentences):
        longest = max(post.sentences, key=lambda one: one.words)
        why = gettext("Sentences here have %(words)d words on average; 15 to %(most)d read well. This is the longest.")
        said = {"words": round(words / len(post.sentences)), "most": MOST_ON_AVERAGE}
        yield Note("length", "P7", longest.start, longest.end, why % said, gettext("Mix in a few short sentences."))


def _cut(post: Post, sentence: Sentence) -> str:
    """Return where the sentence can be cut: at the joint nearest to its middle, if it is near enough."""
    middle = (sentence.start + sentence.end) // 2
    joints = list(_JOINT.finditer(post.plain, sentence.start, sentence.end))
    nearest = min(joints, key=lambda one: abs(one.start() - middle), default=None)
    if nearest is None or abs(nearest.start() - middle) > (sentence.end - sentence.start) // 3:
        return gettext("Make two or three sentences of it, one thought in each.")
    next_words = " ".join(post.raw[nearest.start() : sentence.end].lstrip(" ,;:–—\n").split()[:4])
    return gettext("Perhaps end a sentence before “%(words)s”.") % {"words": next_words[:60]}
