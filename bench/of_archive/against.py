"""Finds the copies of the same posts by two usual ways, without Folkmoot; prints JSON, one result a line.

    python -m bench.of_archive.against --sizes 3000,30000 --originals 100 --seed 7

`bench/archive` runs it beside its own search, in a process of its own, and makes the tables.
"""

import argparse
import json
import os
import tempfile
import time
from itertools import islice
from pathlib import Path

import django

from bench.common.machine import peak_memory
from bench.common.progress import Progress

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()  # the scores know the software's own words

from bench.of_archive.families import Families, made_posts  # noqa: E402
from bench.of_archive.rivals import MinHashes, PhraseSearch  # noqa: E402
from bench.of_archive.scores import Scores, Took, figures, now, score_rival, since  # noqa: E402

BATCH = 2000


def main() -> None:
    """Let one rival after the other take in the posts and look for copies."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", required=True)
    parser.add_argument("--originals", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder:
        rivals: list[PhraseSearch | MinHashes] = [PhraseSearch(Path(folder)), MinHashes(Path(folder))]
        coming, families = made_posts(originals=asked.originals, total=sizes[-1], seed=asked.seed), Families()
        there, progress = 0, Progress("the rivals: posts taken in", sizes[-1])
        for size in sizes:
            took, more = dict.fromkeys((rival.name for rival in rivals), 0.0), size - there
            while there < size:
                batch = list(islice(coming, min(BATCH, size - there)))
                texts = [f"{made.text} {made.picture}".strip() for made in batch]
                for rival in rivals:
                    began = time.perf_counter()
                    rival.add(there + 1, texts)
                    took[rival.name] += time.perf_counter() - began
                families.add(enumerate(batch, there + 1))
                there += len(batch)
                progress.at(there)
            for rival in rivals:
                scores, times = _searched(rival, families)
                rate = more / took[rival.name]
                _tell("cascade", size, rival.name, filled=rate, **figures(scores, times), **scores.told())
    _tell("memory", sizes[-1], "both rivals together", mb=peak_memory())


def _searched(rival: PhraseSearch | MinHashes, families: Families) -> tuple[Scores, list[Took]]:
    scores, times = Scores(), list[Took]()
    for number, family in families.of.items():
        began = now()
        found = set(rival.like(families.texts[number])) - {number}
        times.append(since(began))
        score_rival(scores, family, found)
    return scores, times


def _tell(part: str, size: int, method: str, **more: object) -> None:
    print(json.dumps({"part": part, "database": "", "posts": size, "method": method, **more}), flush=True)


if __name__ == "__main__":
    main()
