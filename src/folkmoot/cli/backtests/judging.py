"""What each process of a back-test does: it loads the models once, and judges the texts it is given. No database."""

import signal
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from folkmoot.detectors.comparing import Side
from folkmoot.detectors.judging import our_judge
from folkmoot.detectors.wordlists import WordLists, look_for, our_lines
from folkmoot.procedure.lanes_for import urgency


class Judged(NamedTuple):
    """What came of some texts, in their order, and which models judged."""

    sides: list[Side]
    model: str


def begin(changed: Mapping[str, Sequence[str]]) -> None:
    """Make this process ready: with lists that were changed in place of ours of the same names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it is asked to end, and ends this
    if changed:
        look_for(WordLists({**our_lines(), **changed}))
    our_judge()


def judge(texts: Sequence[str]) -> Judged:
    """Return what the models and lists make of the texts."""
    made = our_judge().judge_many(texts)
    sides = []
    for one in made:
        soon = urgency(one)
        sides.append(Side.of(one.findings, flag=soon.flag, score=one.score, lane=soon.lane))
    return Judged(sides, made[0].model if made else "")
