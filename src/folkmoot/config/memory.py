"""What a process needed for a moment goes back to the system, instead of being kept for the next time."""

import ctypes
import gc
import sys

from django.db import connection


def keep_little() -> None:
    """Let this process keep 4 MB of SQLite's database at hand instead of 32: for whoever has nobody waiting.

    It holds until the connection is closed.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-4000")


def give_back() -> None:
    """Let go of what this process and its connection to the database keep without need; takes some milliseconds.

    Where the C library has no way to be asked (not glibc), it gives back by itself or not at all.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA shrink_memory")
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)
