"""Advice on a draft: what it may run into, which words, and how to say it better. Never a verdict: people decide.

What detectors and models read comes in; sentences come out. Forceful criticism is named as what it is: protected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from folkmoot.advice.better import Manner
from folkmoot.advice.in_need import is_about_oneself, where_help_is
from folkmoot.advice.manners import hints
from folkmoot.advice.remarks import CERTAIN, Remark, gathered, of_finding, of_hint
from folkmoot.advice.unread import is_not_english, only_english_is_read
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.signal_words import signal_said
from folkmoot.kernel.said import gettext

MOST_SHOWN = 8
MODELS = "models"  # in a judgement's `without`: none of them answered
# Set on the sentences that the models' own limits are set on. Half of the attacks that are not flagged are in doubt,
# and one in eight of what is fair. A plain notice of a meeting reaches 0.81 for its aim, and is not called robust.
DOUBT = 0.3  # a likely breach begins higher up; from here on it is hard to say
ON_POLICY = 0.85  # from here on a text is taken to be about a policy, a body or conduct in office
FAINT = 0.3  # what a detector itself is not sure of is not shown


class Kind(StrEnum):
    """What the advice comes to."""

    FINE = "fine"
    ROBUST = "robust"
    ONLY_ADVICE = "only_advice"
    UNCLEAR = "unclear"
    LIKELY = "likely"
    IN_NEED = "in_need"  # whoever writes seems to be having a hard time: that comes first
    HALF_READ = "half_read"  # no sentence was read, for want of an answer or of English, and no word stands out


class Rule(Protocol):
    """A paragraph of the organisation's own rules."""

    @property
    def code(self) -> str:
        """Return its code."""

    @property
    def title(self) -> str:
        """Return what it is called."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A headline and what stands behind it; the sentences are in the reader's language.

    `clause` is the code of the paragraph that the headline is about, or empty. `remarks` are the most serious ones, at
    most `MOST_SHOWN`, and `more` is how many are left out. `beside` says what was not read, `help` where help is.
    """

    kind: Kind
    headline: str
    said: str
    clause: str
    remarks: tuple[Remark, ...]
    more: int
    beside: tuple[str, ...]
    help: tuple[str, ...]


def advise(text: str, read: Judgement, *, rules: Mapping[str, Rule]) -> Advice:
    """Return advice on `text`; `rules` are the organisation's paragraphs by the codes that detectors use."""
    remarks = gathered([of_finding(text, one, flagged=read.flag) for one in _told(read)], text)
    said = {one.clause for one in remarks if one.only_advice}
    remarks += gathered([of_hint(one) for one in hints(text) if one.clause not in said], text)
    needs_help = is_about_oneself(text)
    foreign = is_not_english(text)
    kind = Kind.IN_NEED if needs_help else _kind(read, remarks, foreign=foreign)
    clause = _clause(kind, read, remarks)
    harm = any(one.sign in (Signal.THREAT, Signal.CHILD_SAFETY) for one in remarks)
    return Advice(
        kind=kind,
        headline=_headline(kind, rules.get(clause), remarks),
        said=_said(kind, remarks),
        clause=clause,
        remarks=tuple(remarks[:MOST_SHOWN]),
        more=max(0, len(remarks) - MOST_SHOWN),
        beside=tuple(_beside(read, foreign=foreign)),
        help=where_help_is(text, oneself=needs_help, harm=harm),
    )


def never_a_verdict() -> str:
    """Return the sentence that goes with all advice."""
    return gettext(
        "This is a hint by a machine, which can be wrong both ways. Whether a post breaks a rule, people decide. "
        "Nothing of your text is kept."
    )


def _told(read: Judgement) -> list[Finding]:
    """Return the findings to speak of: not what is faint, nor a word that, read in its sentence, attacks nobody."""
    harmless = not _is_words_only(read) and not read.flag and max(read.score, read.hate_score) < DOUBT
    return [
        one
        for one in read.findings
        if one.advice or (one.score >= FAINT and not (harmless and one.signal in _MEANT_BY_THE_SENTENCE))
    ]


def _kind(read: Judgement, remarks: Sequence[Remark], *, foreign: bool) -> Kind:
    serious = [one for one in remarks if not one.only_advice]
    if read.flag or (_is_words_only(read) and any(_is_plain(one) for one in serious)):
        return Kind.LIKELY
    doubted = any(one.sign is Manner.HEARSAY for one in remarks)  # by whoever writes
    if serious or doubted or max(read.score, read.hate_score) >= DOUBT:
        return Kind.UNCLEAR
    if read.aimed_at_policy >= ON_POLICY and not foreign:
        return Kind.ROBUST
    if remarks:
        return Kind.ONLY_ADVICE
    return Kind.HALF_READ if foreign or _is_words_only(read) else Kind.FINE


def _clause(kind: Kind, read: Judgement, remarks: Sequence[Remark]) -> str:
    """Return the code of the paragraph that the headline is about, or nothing."""
    if kind is Kind.UNCLEAR:
        return "R7"  # if in doubt, leave it out
    if kind is not Kind.LIKELY:
        return ""
    serious = [one for one in remarks if not one.only_advice]
    if _is_words_only(read):
        serious = [one for one in serious if _is_plain(one)]
    return serious[0].clause if serious else ""


def _is_words_only(read: Judgement) -> bool:
    return MODELS in read.without


def _is_plain(one: Remark) -> bool:
    """Say whether no model is needed to see what it is: a number is a number in any sentence."""
    return one.sign is Signal.PRIVATE and one.score >= CERTAIN


def _headline(kind: Kind, rule: Rule | None, remarks: Sequence[Remark]) -> str:
    if kind is Kind.LIKELY and rule:
        about = next(one.sign for one in remarks if one.clause == rule.code and not one.only_advice)
        return gettext("As it stands, this is likely to run into %(code)s, %(title)s.") % {
            "code": rule.code,
            # A paragraph may be about graver things as well: whoever gave a number need not read of those.
            "title": signal_said(about) if about is Signal.PRIVATE else rule.title,
        }
    return {
        Kind.FINE: gettext("Nothing here runs into the rules."),
        Kind.ROBUST: gettext("This is robust, and fine."),
        Kind.ONLY_ADVICE: gettext("No rule seems to stand against this. Some advice, if you like."),
        Kind.UNCLEAR: gettext("It is hard to say. Could it wait until tomorrow?"),
        Kind.LIKELY: gettext("As it stands, this is likely to run into the rules."),
        Kind.IN_NEED: gettext("It sounds as if this is a hard time for you."),
        Kind.HALF_READ: gettext("No word or number here stands out."),
    }[kind]


def _said(kind: Kind, remarks: Sequence[Remark]) -> str:
    if kind is Kind.ROBUST and remarks:
        return " ".join((_said(kind, ()), gettext("What stands below is advice, which you can leave.")))
    if kind is Kind.LIKELY and not remarks:
        return gettext(
            "No single word stands out: the text as a whole looks so to the machine, which may be mistaken. If it is "
            "aimed at somebody, say in plain words what they did, and why you object."
        )
    return {
        Kind.FINE: gettext("As far as a machine can tell, you can post it as it is."),
        Kind.ROBUST: gettext(
            "You criticise what was done or decided, and the rules protect that, however much you disagree."
        ),
        Kind.ONLY_ADVICE: gettext("Nobody has to follow it, and no post is taken down for it."),
        Kind.UNCLEAR: gettext(
            "If in doubt, do not post it yet: sleep on it, read it aloud, or show it to somebody whom you trust. What "
            "you want to say will still be true in the morning."
        ),
        Kind.LIKELY: gettext("What you want to say may well be right. Often it only takes another wording."),
        Kind.IN_NEED: gettext("That matters more than any rule. Whatever else stands below can wait."),
        Kind.HALF_READ: gettext("That is less than usual, so please read it once more yourself."),
    }[kind]


def _beside(read: Judgement, *, foreign: bool) -> list[str]:
    if foreign:
        return [only_english_is_read()]
    if _is_words_only(read):
        return [
            gettext(
                "The part of the check that reads whole sentences does not answer just now. Only words, numbers and "
                "addresses were looked at."
            )
        ]
    if read.read < read.windows:
        return [
            gettext(
                "This is a long text. All of it was searched for words, numbers and addresses; of its sentences those "
                "were read that seemed to matter most."
            )
        ]
    return []


_MEANT_BY_THE_SENTENCE = {Signal.INSULT, Signal.HARASSMENT, Signal.SLUR, Signal.HATE, Signal.SEXUAL}
