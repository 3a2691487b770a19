"""The check of texts: whether its models are there, and how the process that holds them stands. Looking starts none."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from folkmoot.config.health.light import Light, Sign
from folkmoot.detectors.served.client import NoAnswer, about
from folkmoot.detectors.served.last import last_start
from folkmoot.detectors.whole import damaged


@dataclass(frozen=True)
class Texts:
    """What is damaged of the models, whether their process runs and answers, and what it said when it started last."""

    damaged: tuple[str, ...]
    runs: bool
    answers: bool
    without: tuple[str, ...]  # models that could not be loaded, while others could
    failed: str  # why it did not start at all


def look_at_texts() -> Texts:
    """Return how the check of texts stands."""
    path = Path(settings.MODEL_SOCKET)
    start = last_start(path)
    without, failed = (start.without, start.failed) if start else ((), "")
    try:
        runs, answers = about(path) is not None, True
    except NoAnswer:
        runs, answers = True, False
    return Texts(tuple(damaged()), runs, answers, without, "" if runs else failed)


def say_texts(texts: Texts) -> Light:
    """Say whether texts can be checked; a process that does not run is started by the first who asks."""
    title = _("Check of texts")
    do = _("Put this version’s files in place again, as docs/installing.md says, and restart the server.")
    if texts.damaged:
        says = _("A file of its models is missing or damaged: %(files)s.") % {"files": ", ".join(texts.damaged)}
        return Light("texts", Sign.BAD, title, says, do)
    if texts.failed:
        says = _("Its process could not start: %(why)s. Nobody can have a draft checked, and no post is assessed.")
        return Light("texts", Sign.BAD, title, says % {"why": texts.failed.rstrip(".")}, do)
    if not texts.answers:
        says = _("Its process runs, and does not answer.")
        return Light("texts", Sign.SOON, title, says, _("Look again in a minute; if it goes on, restart the server."))
    if texts.without:
        says = _("It does without one of its models, which could not be loaded (%(models)s), and so sees less.")
        return Light("texts", Sign.SOON, title, says % {"models": ", ".join(texts.without)}, do)
    if texts.runs:
        return Light("texts", Sign.OK, title, _("It answers."))
    return Light(
        "texts", Sign.OK, title, _("Its models are there. It starts when somebody asks, and rests until then.")
    )
