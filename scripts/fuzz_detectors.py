"""Throws changed texts at the reading of texts: python scripts/fuzz_detectors.py [atheris' options] [CORPUS]

For as long as `-max_total_time` says (seconds). atheris follows which lines a text reaches and changes those that reach
new ones. Whatever it gives: nothing falls over, every span points into the text as it was given, pieces and windows
keep their order, and a judgement comes back from JSON as it was. Not part of ./test: it needs `pip install atheris`
in an environment that has Folkmoot's packages.
"""

import json
import sys
from itertools import pairwise

import atheris

with atheris.instrument_imports(include=["folkmoot.detectors", "folkmoot.kernel.lookalikes"]):
    from folkmoot.detectors import detect_in
    from folkmoot.detectors.close_reading import CloseReading
    from folkmoot.detectors.judgement import Judgement
    from folkmoot.detectors.judging import Judge
    from folkmoot.detectors.linear import our_model
    from folkmoot.detectors.reading import Text
    from folkmoot.detectors.weighing import our_weighings

LONGEST = 3000  # characters of one text
SEEDS = (
    "I kn0w wh3re y0u l1ve, 07700 900123, 12 Mill Lane HB1 2CD",
    "w @ n k e r s and f***ing b-i-n-s \u200bsca\u200dm",
    "Ваd ѕlаgs 👨‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ½ ﬃ İ K ﷺ \ud83d",
    "GB29 NWBK 6016 1331 9268 19; 4929 1234 5678 9012; bit.ly/x £5k a week",
    "صوّت الناس \u202e gnihtemos \u202c ŵyn tŷ",
)
_judge = Judge(our_model(), None, our_weighings())


def one(data: bytes) -> None:
    """Read one text and compare what comes of it with what was promised."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicode(LONGEST)
    check(text)


def check(text: str) -> None:
    """Raise where a promise is broken."""
    read = Text(text)
    for found in detect_in(read):
        assert 0 <= found.start < found.end <= len(text), found
        assert 0 <= found.score <= 1, found
    close = CloseReading(read, our_model())
    for first, second in pairwise(close.pieces):
        assert first.start < first.end <= second.start, (first, second)
    covered = {at for window in close.windows for at in range(window.first, window.last)}
    assert covered == set(range(len(close.pieces)))
    for window in close.windows:
        assert [at for each in close.sentences(window) for at in range(each.first, each.last)] in (
            [],
            list(range(window.first, window.last)),
        )
        start, end = close.strongest(window, "flag")
        assert 0 <= start < end <= len(text)
    judged = _judge.judge(text)
    assert Judgement.from_json(json.loads(json.dumps(judged.as_json(), allow_nan=False))) == judged


def main() -> None:
    """Begin with our own texts, then go on with changed ones."""
    for seed in SEEDS:
        check(seed)
        check(seed * 40)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
