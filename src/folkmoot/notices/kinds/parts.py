"""What letters must hold, and how an administrator who has lost it is told (Me, D25)."""

from folkmoot.notices.kinds.kind import Part


def shows(name: str, what: str, how: str = "") -> Part:
    """Return the part that is there when the value `name` is shown."""
    return Part(what, how or f"Write {{{{ {name} }}}} where it should stand.", name=name)


TEXT = shows("text", "what the author wrote")
PASSAGE = shows("passage", "which words it is about")
REASONS = shows("reasons", "the reasons")
RULE = shows("rule", "which rule, with its exact text and edition")
FOUND_BY = shows("found_by", "how it began: with a report, or because a moderator noticed it")
CONTEXT = shows("context", "that the post was read in its context")
AUTOMATION = shows("automation", "whether anything was automatic")
MEASURES = shows("measures", "what holds besides, and until when")
APPEAL_UNTIL = shows("appeal_until", "until when one can appeal")
LINK = shows("link", "the link to read and answer")
NEXT = Part(
    "that one can appeal, or answer",
    "Say in words of your own that the author can appeal, or write to you.",
    says=r"\b(appeal|answer|tell us|write to us|disagree)",
)
EXECUTIVE = Part(
    "that after the appeal one can still go to the Executive",
    "Name the Executive, and say that its word is final.",
    says=r"\bExecutive\b",
)
NOT_DISCIPLINARY = Part(
    "that this is not a disciplinary matter",
    "Write “This is not a disciplinary matter.”",
    says=r"\bnot a disciplinary matter\b",
)
NOT_DECIDED = Part(
    "that nobody has decided yet", "Write “Nobody has decided yet.”", says=r"\b(not|nobody)\b[^.]*\bdecided\b"
)
FINAL = Part("that this is final", "Write “This decision is final.”", says=r"\bfinal\b")
NOTHING_WORSE = Part(
    "that an appeal never makes things worse",
    "Write “An appeal never makes things worse for you.”",
    says=r"\bnever makes (things|it) worse\b",
)
NECESSITY = Part(
    "that somebody acted who would have stood aside had anybody else been free",
    "Put a sentence on it between {% if necessity %} and {% endif %}. Do not say who or why.",  # D42
    tells="necessity",
)
SAME_MODERATOR = Part(
    "that whoever decided first also answered",
    "Put a sentence on it between {% if same_moderator %} and {% endif %}.",
    tells="same_moderator",
)
STANDS = Part("that the decision stands", "Write “stands”.", says=r"\bstands\b")
VARIED = Part("that the decision is varied", "Write “varied”.", says=r"\bvaried\b")
OVERTURNED = Part("that the decision is overturned", "Write “overturned”.", says=r"\boverturned\b")
NOW = shows("now", "what holds in place of the decision")
TOO_FEW = Part(
    "that fewer sat than the rules ask for",
    "Put a sentence on it between {% if too_few %} and {% endif %}.",
    tells="too_few",
)
CODE = Part(
    "that one needs the 16-digit code",
    "Say that they type the 16-digit code from their receipt there.",
    says=r"\b16-digit code\b",
)
TRACK = shows("track", "the address of the reporter’s page")

STATEMENT = (
    TEXT,
    PASSAGE,
    REASONS,
    RULE,
    CONTEXT,
    FOUND_BY,
    AUTOMATION,
    NOT_DISCIPLINARY,
    NEXT,
    NOTHING_WORSE,
    EXECUTIVE,
    APPEAL_UNTIL,
    LINK,
    NECESSITY,
    MEASURES,
)
