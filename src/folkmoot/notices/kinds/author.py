"""Letters to the author of a post."""

from folkmoot.notices.kinds import parts
from folkmoot.notices.kinds.kind import Audience, Kind, Part
from folkmoot.notices.kinds.parts import LINK, NOT_DECIDED, NOT_DISCIPLINARY, REASONS, STATEMENT, shows

_TEXTS = ("place", "reasons", "rule", "rules", "found_by", "context", "automation", "appeal_until", "link")
_MAYBE = ("posted", "text", "passage")
_AIMED = ("person", "policy", "neither")
_TO_THE_EXECUTIVE = (parts.EXECUTIVE, shows("until", "until when one can go to the Executive"))


def _statement(
    key: str,
    title: str,
    gets: str,
    *,
    texts: tuple[str, ...] = _TEXTS,
    maybe: tuple[str, ...] = (*_MAYBE, "measures"),
    flags: tuple[str, ...] = ("necessity",),
    one_of: tuple[tuple[str, ...], ...] = (_AIMED,),
    must: tuple[Part, ...] = STATEMENT,
) -> Kind:
    """Return a statement of reasons: all are given the same, and most must say the same."""
    return Kind(key, title, Audience.AUTHOR, gets, texts=texts, maybe=maybe, flags=flags, one_of=one_of, parts=must)


def _appeal(answer: str, so: str, *must: Part, texts: tuple[str, ...] = ()) -> Kind:
    """Return the moderator's answer to an appeal (Mf)."""
    return Kind(
        f"appeal_{answer}",
        f"Answer to the appeal: {so}",
        Audience.AUTHOR,
        f"The author, when a moderator has looked again, and {so}.",
        texts=("reasons", "link", *texts),
        flags=("same_moderator", "necessity"),
        parts=(*must, REASONS, parts.SAME_MODERATOR, parts.NECESSITY, LINK, NOT_DISCIPLINARY),
    )


def _executive(answer: str, so: str, *must: Part, texts: tuple[str, ...] = ()) -> Kind:
    """Return the Executive's final word (Mg)."""
    sat, aside = shows("sat", "how many sat"), shows("aside", "how many stood aside")
    return Kind(
        f"executive_{answer}",
        f"The Executive’s decision: {so}",
        Audience.AUTHOR,
        f"The author, when the Executive’s decision is confirmed and final, and {so}.",
        texts=("reasons", "sat", "link", *texts),
        maybe=("aside",),
        flags=("too_few", "necessity"),
        parts=(*must, REASONS, sat, aside, parts.TOO_FEW, parts.NECESSITY, parts.FINAL, LINK, NOT_DISCIPLINARY),
    )


AUTHOR = (
    _statement(
        "statement_remove",
        "A post is taken down",
        "The author, at the same moment as it is decided that their post is taken down.",
    ),
    _statement(
        "statement_reject",
        "A post is not published",
        "The author, when their post waited for approval and is not published.",
    ),
    _statement(
        "statement_warn",
        "A word of advice",
        "The author, when their post stays up and they are asked to take more care.",
    ),
    _statement(
        "statement_measure",
        "A measure for a time",
        "Whoever is concerned, when their posts are held for approval, a conversation is closed, "
        "or they are suspended or shut out for a time.",
        texts=(*_TEXTS, "measures"),
        maybe=_MAYBE,
    ),
    _statement(
        "statement_afresh",
        "A fresh decision after a review",
        "The author, when their post had been left and people who were not part of it have decided otherwise.",
        flags=("necessity", "to_members"),
        one_of=(_AIMED, ("removed", "rejected", "kept")),
    ),
    _statement(
        "statement_quoting",
        "A post goes with another",
        "The author of a later post that repeats a removed one, when theirs is taken down too.",
    ),
    _statement(
        "statement_spam",
        "Spam",
        "The author, when their post is taken down as spam.",
        must=tuple(part for part in STATEMENT if part is not REASONS),
    ),
    _statement(
        "hidden_meanwhile",
        "Hidden while we look",
        "The author, when their post is hidden in an emergency or for a legal complaint, before anybody decides.",
        texts=tuple(name for name in _TEXTS if name != "rule"),
        maybe=(*_MAYBE, "rule", "measures"),
        flags=("necessity", "legal"),
        must=(
            *(part for part in STATEMENT if part not in (parts.EXECUTIVE, parts.NOTHING_WORSE, parts.MEASURES)),
            NOT_DECIDED,
        ),
    ),
    Kind(
        "clarification_asked",
        "What did you mean?",
        Audience.AUTHOR,
        "The author, when a moderator asks what was meant before deciding.",
        texts=("place", "question", "helpful_by", "link"),
        parts=(
            shows("question", "the question"),
            NOT_DECIDED,
            shows("helpful_by", "by when an answer helps"),
            LINK,
            NOT_DISCIPLINARY,
        ),
    ),
    Kind(
        "appeal_received",
        "Receipt of an appeal",
        Audience.AUTHOR,
        "The author, as soon as their appeal has arrived.",
        texts=("due", "link"),
        parts=(NOT_DECIDED, shows("due", "by when they have an answer"), LINK),
    ),
    Kind(
        "appeal_extended",
        "The answer to an appeal takes longer",
        Audience.AUTHOR,
        "The author, when the answer to their appeal is put off, which can happen once.",
        texts=("until", "reasons", "link"),
        parts=(NOT_DECIDED, shows("until", "until when it is put off"), REASONS, LINK, NOT_DISCIPLINARY),
    ),
    _appeal("stands", "the decision stands", parts.STANDS, *_TO_THE_EXECUTIVE, texts=("until",)),
    _appeal(
        "varied",
        "something milder takes its place",
        *(parts.VARIED, parts.NOW, *_TO_THE_EXECUTIVE),
        texts=("until", "now"),
    ),
    _appeal("overturned", "the decision is overturned", parts.OVERTURNED),
    Kind(
        "submission_received",
        "Receipt of a case for the Executive",
        Audience.AUTHOR,
        "The author, as soon as their case for the Executive has arrived.",
        texts=("due", "link"),
        parts=(NOT_DECIDED, shows("due", "by when they have a decision"), LINK),
    ),
    _executive("stands", "the decision stands", parts.STANDS),
    _executive("varied", "something milder takes its place", parts.VARIED, parts.NOW, texts=("now",)),
    _executive("overturned", "the decision is overturned", parts.OVERTURNED),
    Kind(
        "lifted",
        "What was done is undone",
        Audience.AUTHOR,
        "The author, when a restriction is lifted without an appeal: after a second look, by a decision, with the post "
        "that it had gone with, or early.",
        texts=("place", "reasons", "link"),
        flags=("afterwards", "decided", "with_it"),
        parts=(REASONS, LINK, NOT_DISCIPLINARY),
    ),
    Kind(
        "measure_ended",
        "A measure is over",
        Audience.AUTHOR,
        "Whoever was concerned, when a measure has come to its end by itself.",
        texts=("place", "measure", "link"),
        parts=(shows("measure", "what has ended"), LINK, NOT_DISCIPLINARY),
    ),
    Kind(
        "measure_lifted",
        "A measure ends sooner",
        Audience.AUTHOR,
        "Whoever was concerned, when somebody ends a measure before its time.",
        texts=("place", "measure", "reasons", "link"),
        parts=(shows("measure", "what has ended"), REASONS, LINK, NOT_DISCIPLINARY),
    ),
    Kind(
        "reopened",
        "A final matter is open again",
        Audience.AUTHOR,
        "The author, when the Executive has voted to open a final matter again.",
        texts=("due", "link"),
        one_of=(("new_evidence", "procedural_error", "court_order"),),
        parts=(shows("due", "by when they have a decision"), LINK, NOT_DISCIPLINARY),
    ),
)
