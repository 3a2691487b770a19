"""Detectors that look for listed words: swearing, insults, slurs, sexual remarks, threats, calls to go after somebody.

A word is a signal and never a verdict: "bloody hell, the bins" attacks nobody, and who repeats a slur to denounce it
is no racist. How a listed word is meant the model weighs (`detectors.meaning`), and then a person.
"""

from collections.abc import Iterator

from folkmoot.detectors.finding import Finding, Kind, Signal
from folkmoot.detectors.reading import Text
from folkmoot.kernel.said import gettext, gettext_noop

_LISTS = {
    "profanity": Kind(Signal.PROFANITY, "R6", gettext_noop("A swear word.")),
    "sexual": Kind(Signal.SEXUAL, "F7", gettext_noop("It may be a sexual remark or advance.")),
    "insults": Kind(Signal.INSULT, "R2", gettext_noop("It may be a name for a person rather than for what was done.")),
    "slurs": Kind(Signal.SLUR, "Sd", gettext_noop("It may be a word that demeans a group of people.")),
    "threats": Kind(Signal.THREAT, "Sc", gettext_noop("It may be a threat of harm to a person.")),
    "harassment": Kind(Signal.HARASSMENT, "F2", gettext_noop("It may call on others to go after a person.")),
    "child_safety": Kind(
        Signal.CHILD_SAFETY, "R4", gettext_noop("It may speak of a child being abused: somebody should look at once.")
    ),
}


def detect(text: Text) -> Iterator[Finding]:
    """Yield what stands in one of the lists, also in disguise."""
    for hit in text.hits:
        kind = _LISTS.get(hit.name)
        if kind is None:
            continue  # what only other detectors count, such as the words of spam
        why = gettext(kind.why)
        if hit.hidden:
            why = f"{why} {gettext('It is written so that a search does not find it.')}"
        yield Finding(kind.signal, kind.clause, hit.score, *text.span(hit.start, hit.end), why)
