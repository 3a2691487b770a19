"""How a sentence of ours is put into the reader's language, for rooms that know no framework.

They say `gettext` where they make a sentence, and `gettext_noop` around words that are shown, or put into one,
elsewhere.
Whoever starts the software says who translates; until then everything is said as it is written.
"""

from collections.abc import Callable
from dataclasses import dataclass


def _as_it_is(message: str) -> str:
    return message


def _by_number(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural


@dataclass
class _Interpreter:
    gettext: Callable[[str], str] = _as_it_is
    ngettext: Callable[[str, str, int], str] = _by_number


_interpreter = _Interpreter()


def translated_by(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> None:
    """Say who translates from now on."""
    _interpreter.gettext, _interpreter.ngettext = gettext, ngettext


def gettext(message: str) -> str:
    """Return `message` in the reader's language."""
    return _interpreter.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the one of both that fits `number`, in the reader's language."""
    return _interpreter.ngettext(singular, plural, number)


def gettext_noop(message: str) -> str:
    """Return `message` as it is: it is translated where it is shown."""
    return message
