"""How much processor time a server's processes have used."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the seconds used by process `pid` and its living children; 0 where the system does not say (no /proc)."""
    found = _stats()
    return sum(used for number, (parent, used) in found.items() if pid in {number, parent})


def _stats() -> dict[int, tuple[int, float]]:
    """Return of each process: its parent, and the seconds it has used."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        found[int(file.parent.name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS)
    return found
