"""Who reads a draft: the models' own process, or the detectors for words alone where it does not answer."""

from pathlib import Path

from folkmoot.advice.drafts import MODELS
from folkmoot.detectors import detect
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served.client import NoAnswer, ask

MOST_TYPED = 3_000  # characters: longer texts need longer than a pause of typing, and are checked by a button


def read(text: str, *, socket: Path, patience: float) -> Judgement:
    """Return what is made of a draft within about `patience` seconds; without the models `without` says so.

    The text goes through a socket in the data folder and is neither kept nor logged on either side.
    """
    try:
        return ask([text], socket=socket, draft=True, patience=patience)[0]
    except NoAnswer:
        return by_words(text)


def by_words(text: str) -> Judgement:
    """Return what can be said without any model: findings, and no score."""
    return Judgement(
        flag=False,
        score=0.0,
        hate=False,
        hate_score=0.0,
        aimed_at_policy=0.0,
        heads={},
        grounds={},
        findings=tuple(detect(text)),
        windows=0,
        read=0,
        model="",
        without=(MODELS,),
    )
