"""What this machine is, and how much memory a process took."""

import os
import platform
import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")


def machine() -> str:
    """Return what this machine is, in a line."""
    return f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"


def peak_memory() -> float:
    """Return the most memory that this process has held so far, in MB."""
    if _STATUS.exists():  # of this program alone; the other figure may be that of whoever started it
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
