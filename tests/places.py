"""Where things are that tests look at."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
