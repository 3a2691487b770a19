"""Where help is, for somebody whose words sound as if they, or somebody else, were in danger.

It is shown beside the advice and changes nothing of it: whoever writes about such a thing does nothing wrong.
"""

import re

from folkmoot.kernel.said import gettext

_ONESELF = re.compile(
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?)\s+myself\b(?!\s+laughing)|"
    r"\b(?:end|ending|take|taking)\s+my\s+(?:own\s+)?life\b|\bend(?:ing)?\s+it\s+all\b|\bsuicidal\b|"
    r"\bi\s+(?:just\s+|really\s+)?(?:want|wish|would\s+like)\s+(?:to\s+die|to\s+be\s+dead|i\s+(?:was|were)\s+dead)\b|"
    r"\b(?:don['’]?t|do\s+not|can['’]?t|cannot)\s+(?:want\s+to\s+)?(?:live|be\s+alive|be\s+here|go\s+on)\s+any\s*more\b|"
    r"\b(?:no|nothing|not\s+much)\s+(?:reason\s+)?(?:left\s+)?to\s+live(?:\s+for)?\b|"
    r"\b(?:everyone|everybody|they|you)(?:['’]d|\s+would|\s+will|['’]ll)?\s+(?:all\s+)?be\s+better\s+off\s+without\s+me\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:is|are|am|['’]s|['’]re|['’]m)\s+(?:being\s+attacked|in\s+danger|threatening\s+to\s+jump|going\s+to\s+jump)\b|"
    r"\b(?:has|have|['’]s)\s+(?:got\s+)?a\s+(?:knife|gun|weapon)\b|"
    r"\b(?:call|ring|phone|dial)\s+(?:the\s+police|999|an\s+ambulance|the\s+emergency\s+services)\b",
    re.IGNORECASE,
)


def is_about_oneself(text: str) -> bool:
    """Say whether somebody seems to write that they might harm themselves, or do not want to live."""
    return _ONESELF.search(text) is not None


def where_help_is(text: str, *, oneself: bool, harm: bool) -> tuple[str, ...]:
    """Return sentences on where help is, or none; `harm`: whether detectors saw a threat or a child in danger."""
    said = list[str]()
    if oneself:
        said.append(
            gettext(
                "If you are having a hard time, you do not have to be alone with it. Samaritans listen day and night, "
                "free of charge, on 116 123. If you are in danger now, call 999."
            )
        )
    elif harm or _NOW.search(text):
        said.append(
            gettext(
                "Is somebody in danger now? Call 999 first. If it is not an emergency, the police are on 101. A post "
                "brings help later than a call."
            )
        )
    return tuple(said)
