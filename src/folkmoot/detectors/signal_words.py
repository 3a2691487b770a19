"""What each signal is called, and how strong one is, in words; said through gettext where they are shown."""

from folkmoot.detectors.finding import Signal
from folkmoot.kernel.said import gettext, gettext_noop

SIGNALS: dict[Signal, str] = {
    Signal.PRIVATE: gettext_noop("Private information"),
    Signal.SPAM: gettext_noop("Spam"),
    Signal.EVASION: gettext_noop("Hidden or disguised writing"),
    Signal.PROFANITY: gettext_noop("Swearing"),
    Signal.SEXUAL: gettext_noop("Sexual remark"),
    Signal.SLUR: gettext_noop("Word that demeans a group"),
    Signal.INSULT: gettext_noop("Insult at a person"),
    Signal.HARASSMENT: gettext_noop("Harassment"),
    Signal.THREAT: gettext_noop("Threat"),
    Signal.HATE: gettext_noop("Hate on a protected ground"),
    Signal.CHILD_SAFETY: gettext_noop("A child may be in danger"),
}
CLEAR, STRONG = 0.6, 0.85  # from these scores on


def signal_said(signal: Signal | str) -> str:
    """Return what a signal is called in the reader's language; one of a version that is gone as it was written."""
    known = next((words for one, words in SIGNALS.items() if one == signal), "")
    return gettext(known) if known else str(signal).replace("_", " ")


def hint_said(signal: Signal | str) -> str:
    """Return a signal as a hint that nobody has looked at yet: "Threat?"."""
    return gettext("%(signal)s?") % {"signal": signal_said(signal)}


def strength_said(score: float) -> str:
    """Return how strong a score from 0 to 1 is, in one of three plain words."""
    if score >= STRONG:
        return gettext("strong")
    return gettext("clear") if score >= CLEAR else gettext("weak")
