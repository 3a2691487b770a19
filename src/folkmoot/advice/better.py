"""What to write instead: for each kind of remark a piece of advice and, where it can be, words to begin with."""

from dataclasses import dataclass
from enum import StrEnum

from folkmoot.detectors.finding import Signal
from folkmoot.kernel.said import gettext_noop


class Manner(StrEnum):
    """What no rule forbids, and what would still read better otherwise."""

    SCORN = "scorn"
    SHOUTING = "shouting"
    HEARSAY = "hearsay"
    BARE_LINK = "bare_link"


@dataclass(frozen=True, slots=True)
class Better:
    """How to write it better, and an opening that the person may take; both are translated where they are shown."""

    advice: str
    opening: str = ""


_DECISION = gettext_noop("I think this decision is wrong, because …")
_PEOPLE = gettext_noop(
    "Say what you think of the policy, the belief or the organisation, and leave out what kind of people they are. "
    "If you quote this in order to object to it, say that it is a quotation and whose."
)
_POLICY = gettext_noop("I disagree with this policy, because …")

BETTER: dict[Signal | Manner, Better] = {
    Signal.THREAT: Better(
        gettext_noop(
            "Leave it out, also as a joke: nobody who reads it can see your face. Say what you want to happen instead, "
            "and how: a vote, a question at the meeting, a complaint, a protest."
        ),
        gettext_noop("I will oppose this at the next meeting, because …"),
    ),
    Signal.CHILD_SAFETY: Better(
        gettext_noop(
            "If a child may have come to harm, please do not post it, not even to warn others: tell the police or us. "
            "That helps the child more, and does not spread it."
        )
    ),
    Signal.PRIVATE: Better(
        gettext_noop(
            "Leave it out, and say how the person can be reached through the organisation or its website. It stays if "
            "they have told you clearly that you may publish it."
        ),
        gettext_noop("You can reach them through the organisation’s own website."),
    ),
    Signal.HATE: Better(_PEOPLE, _POLICY),
    Signal.SLUR: Better(_PEOPLE, _POLICY),
    Signal.SEXUAL: Better(
        gettext_noop("Leave out bodies, looks and private lives. Say what you think of what they said or did.")
    ),
    Signal.HARASSMENT: Better(
        gettext_noop(
            "Ask your question once, in the open, and leave them room to answer. If it is about a post by somebody "
            "else, report it rather than share it or send others there."
        ),
        gettext_noop("I would like an answer to this question: …"),
    ),
    Signal.INSULT: Better(
        gettext_noop(
            "Criticise the decision, not the person: say what was done, and what is wrong with it. You can be as firm "
            "about that as you like."
        ),
        _DECISION,
    ),
    Signal.SPAM: Better(
        gettext_noop("Say in your own words why this matters here, say it once, and give the whole address of a link."),
    ),
    Signal.PROFANITY: Better(
        gettext_noop("The point stands as well without it, and more people will read on."),
        gettext_noop("This makes me angry, because …"),
    ),
    Signal.EVASION: Better(
        gettext_noop("Write the word as it is usually written, or take another one: hidden letters raise questions.")
    ),
    Manner.SCORN: Better(
        gettext_noop("Say what would go wrong if it were done. That is harder to wave away than a label."),
        _DECISION,
    ),
    Manner.SHOUTING: Better(
        gettext_noop("Write it in small letters, with one mark at the end: people hear it better.")
    ),
    Manner.HEARSAY: Better(
        gettext_noop("Say where you know it from, best with a link. If you cannot, ask it as a question, or wait."),
        gettext_noop("Can somebody tell me whether it is true that …"),
    ),
    Manner.BARE_LINK: Better(
        gettext_noop("Add a sentence: what it is, and why you think that people here should read it."),
        gettext_noop("This is worth reading, because …"),
    ),
}
