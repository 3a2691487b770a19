"""What to check in a legal complaint before it is answered (Se). It routes; it never says that a thing is a crime."""

from enum import StrEnum

from folkmoot.kernel.said import gettext, gettext_noop


class Complaint(StrEnum):
    """What kind of legal complaint it is."""

    DEFAMATION = "defamation"
    COPYRIGHT = "copyright"
    OTHER = "other"


# After regulation 2 of the Defamation (Operators of Websites) Regulations 2013, in our own words.
_DEFAMATION = {
    "name": gettext_noop("Who complains, and how can they be reached?"),
    "where": gettext_noop("Where exactly does the post stand?"),
    "words": gettext_noop("Which words are complained of, and what do they take them to mean?"),
    "untrue": gettext_noop("What is untrue, or why is it no honest opinion?"),
    "unknown": gettext_noop("Do they lack what they would need to write to its author themselves?"),
    "pass_on": gettext_noop("May their name and address be passed on to the author?"),
}
_COPYRIGHT = {
    "name": gettext_noop("Who complains, and how can they be reached?"),
    "where": gettext_noop("Where exactly does the post stand?"),
    "work": gettext_noop("Which work is meant, and whose is it?"),
    "right": gettext_noop("Do they hold the right, or act for whoever does?"),
    "leave": gettext_noop("Do they say that nobody gave leave, and that no exception such as quotation fits?"),
}
_OTHER = {
    "name": gettext_noop("Who complains, and how can they be reached?"),
    "where": gettext_noop("Where exactly does the post stand?"),
    "law": gettext_noop("Which law is said to be broken, and by which words?"),
}


def questions(complaint: Complaint) -> dict[str, str]:
    """Return the questions of the checklist by their keys, in order."""
    kinds = {Complaint.DEFAMATION: _DEFAMATION, Complaint.COPYRIGHT: _COPYRIGHT, Complaint.OTHER: _OTHER}
    return {key: gettext(question) for key, question in kinds[complaint].items()}
