"""What to check in a legal complaint before it is answered (Se). It routes; it never says that a thing is a crime."""

from enum import StrEnum


class Complaint(StrEnum):
    """What kind of legal complaint it is."""

    DEFAMATION = "defamation"
    COPYRIGHT = "copyright"
    OTHER = "other"


# After regulation 2 of the Defamation (Operators of Websites) Regulations 2013, in our own words.
_DEFAMATION = {
    "name": "Who complains, and how can they be reached?",
    "where": "Where exactly does the post stand?",
    "words": "Which words are complained of, and what do they take them to mean?",
    "untrue": "What is untrue, or why is it no honest opinion?",
    "unknown": "Do they lack what they would need to write to its author themselves?",
    "pass_on": "May their name and address be passed on to the author?",
}
_COPYRIGHT = {
    "name": "Who complains, and how can they be reached?",
    "where": "Where exactly does the post stand?",
    "work": "Which work is meant, and whose is it?",
    "right": "Do they hold the right, or act for whoever does?",
    "leave": "Do they say that nobody gave leave, and that no exception such as quotation fits?",
}
_OTHER = {
    "name": "Who complains, and how can they be reached?",
    "where": "Where exactly does the post stand?",
    "law": "Which law is said to be broken, and by which words?",
}


def questions(complaint: Complaint) -> dict[str, str]:
    """Return the questions of the checklist by their keys, in order."""
    return {Complaint.DEFAMATION: _DEFAMATION, Complaint.COPYRIGHT: _COPYRIGHT, Complaint.OTHER: _OTHER}[complaint]
