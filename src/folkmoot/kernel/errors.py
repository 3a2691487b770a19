"""What can be refused, and how it is said. Every message is a sentence that a person can act on."""


class FolkmootError(Exception):
    """Base of all refusals that a person may cause; `str(error)` is a plain sentence."""


class NotPermitted(FolkmootError):
    """The person or party may not take this step."""


class OpensNothing(NotPermitted):
    """A link that is not whole, or that somebody made up: whoever guesses meets this."""


class StalePage(FolkmootError):
    """The matter has moved on since the page was opened."""


class BadInput(FolkmootError):
    """Something typed cannot be taken; `field` names the form field, or is empty."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TooMuch(FolkmootError):
    """A limit by source, count or size is reached; the sentence says when to come back."""


class Tampered(FolkmootError):
    """The record is not what was written."""


class NotReady(FolkmootError):
    """The server cannot start or serve as it is."""
