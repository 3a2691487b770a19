"""Spam: links and promises of money or clicks, and the same words again and again (Mh)."""

import re
from collections import Counter
from collections.abc import Iterator

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.reading import Text
from folkmoot.kernel.said import gettext

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]{3,500}", re.IGNORECASE)
_SHORTENED = re.compile(
    r"(?:https?://)?(?<![\w.])(?:bit\.ly|tinyurl\.com|t\.ly|cutt\.ly|goo\.gl|is\.gd|rb\.gy|shorturl\.at|wa\.me|t\.me|linktr\.ee)/\S{1,200}",
    re.IGNORECASE,
)
_MANY_LINKS = 4
_MANY_TIMES = 4
_MONEY = re.compile(r"(?:£|\$|€)\s?\d[\d,.]{0,12}\s?(?:k|a|per|/|every|weekly|daily|in)\b", re.IGNORECASE)


def detect(text: Text) -> Iterator[Finding]:
    """Yield what looks like an advertisement or a flood, with how sure that is given what else stands there."""
    found = [*_offers(text), *_links(text)]
    # each sign is weak by itself: who sells has several at once
    at = Counter(finding.start for finding in found)
    for finding in found:
        others = len(found) - at[finding.start]
        score = min(0.97, finding.score + 0.12 * others)
        yield Finding(finding.signal, finding.clause, score, finding.start, finding.end, finding.why)
    yield from _repeated(text)


def _offers(text: Text) -> Iterator[Finding]:
    for hit in text.hits:
        if hit.name != "spam":
            continue
        why = gettext("It reads like an advertisement or a fraud.")
        yield Finding(Signal.SPAM, "Mh", hit.score - 0.2, *text.span(hit.start, hit.end), why)
    for found in _MONEY.finditer(text.raw):
        yield Finding(Signal.SPAM, "Mh", 0.2, *found.span(), gettext("It promises or asks for money."))


def _links(text: Text) -> Iterator[Finding]:
    for found in _SHORTENED.finditer(text.raw):
        yield Finding(Signal.SPAM, "Mh", 0.4, *found.span(), gettext("A shortened link hides where it leads."))
    links = [found.span() for found in _LINK.finditer(text.raw)]
    if len(links) >= _MANY_LINKS:
        yield Finding(Signal.SPAM, "Mh", 0.5, links[0][0], links[-1][1], gettext("There are many links in it."))


def _repeated(text: Text) -> Iterator[Finding]:
    lines = Counter(line.strip() for line in text.raw.splitlines() if len(line.strip()) > 15)
    line, times = max(lines.items(), key=lambda item: item[1], default=("", 0))
    if times >= _MANY_TIMES:
        at = text.raw.index(line)
        yield Finding(
            Signal.SPAM, "Mh", 0.8, at, at + len(line), gettext("The same line stands there again and again.")
        )
