"""What happened in a case is said in words, whatever it was."""

from folkmoot.procedure.words import Step
from folkmoot.web.desk.timeline import SAYINGS


def test_every_step_is_told_in_words_of_its_own() -> None:
    assert set(SAYINGS) == set(Step)
