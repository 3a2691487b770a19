"""Signals: a text in, findings out. One module per signal; nothing here decides, and nothing is stored or logged.

`detect` reads a text of any length with every detector of the list. Each finding points into the text as it was given.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from folkmoot.detectors import evasion, listed, private, spam
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.reading import Text

__all__ = ["DETECTORS", "Finding", "Signal", "detect", "detect_in"]

MOST_FINDINGS = 2000  # of one detector in one text: it is flagged by then, and nobody reads on
DETECTORS: dict[str, Callable[[Text], Iterator[Finding]]] = {
    "private": private.detect,
    "spam": spam.detect,
    "evasion": evasion.detect,
    "listed": listed.detect,
}
"""Every detector by its name. A new one is a module and a line here."""


def detect(text: str) -> list[Finding]:
    """Return what all detectors find in `text`, in the order of the text; the same place twice only for two signals."""
    return detect_in(Text(text))


def detect_in(text: Text) -> list[Finding]:
    """Return it of a text that is read already."""
    best: dict[tuple[Signal, int, int], Finding] = {}
    for detector in DETECTORS.values():
        for finding in islice(detector(text), MOST_FINDINGS):
            key = (finding.signal, finding.start, finding.end)
            if key not in best or best[key].score < finding.score:
                best[key] = finding
    return sorted(best.values(), key=lambda finding: (finding.start, -finding.end, finding.signal))
