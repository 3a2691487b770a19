"""A language that nobody speaks: every sentence of ours stands between ⟦ and ⟧, so that what has none was missed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import translation
from django.utils.translation import trans_real

BEGINS, ENDS = "⟦", "⟧"


@contextmanager
def spoken() -> Iterator[None]:
    """Speak it, for as long as the context lasts."""
    with pytest.MonkeyPatch.context() as patched:
        # Django asks this object, which asks the real functions once and remembers them.
        for name, said in {"gettext": _one, "pgettext": _meant, "ngettext": _some, "npgettext": _some_meant}.items():
            patched.setattr(translation._trans, name, said, raising=False)
        yield


def _mark(text: str) -> str:
    return f"{BEGINS}{text}{ENDS}" if text.strip() else text


def _one(message: str) -> str:
    return _mark(trans_real.gettext(message))


def _meant(context: str, message: str) -> str:
    return _mark(trans_real.pgettext(context, message))


def _some(singular: str, plural: str, number: int) -> str:
    return _mark(trans_real.ngettext(singular, plural, number))


def _some_meant(context: str, singular: str, plural: str, number: int) -> str:
    return _mark(trans_real.npgettext(context, singular, plural, number))
