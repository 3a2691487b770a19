"""One contender in a process of its own: says when it is ready, works as long as it is told, and says how much it did.

Reads lines "many SECONDS" and "one SECONDS" from standard input; answers each with a line of JSON.
"""

import json
import os
import sys
import time
from pathlib import Path

from bench.common.machine import peak_memory
from bench.of_triage.contenders import contenders

_AT_ONCE = 64


def main() -> None:
    """Work until standard input ends. Arguments: the contender's key, data, build, a file of texts, a processor."""
    key, data, build, texts_of, processor = sys.argv[1:6]
    os.sched_setaffinity(0, {int(processor)})
    texts = json.loads(Path(texts_of).read_text(encoding="utf-8"))
    judge = next(one for one in contenders(Path(data), Path(build)) if one.key == key).load()
    judge(texts[:4])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        what, seconds = line.split()
        times, of_processor = list[float](), list[float]()
        size = 1 if what == "one" else _AT_ONCE
        began = now = time.perf_counter()
        cpu = worked = time.process_time()
        done = 0
        while now - began < float(seconds):
            judge([texts[(done + number) % len(texts)] for number in range(size)])
            then, now = now, time.perf_counter()
            before, worked = worked, time.process_time()
            times.append(now - then)
            of_processor.append(worked - before)
            done += size
        said: dict[str, float | list[float]] = {
            "done": done,
            "took": now - began,
            "cpu": worked - cpu,
            "memory": peak_memory(),
        }
        if what == "one":
            said |= {"times": times, "of_processor": of_processor}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
