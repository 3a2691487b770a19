"""The lines of a stream, and whether all of them came: a connection that breaks off looks like an end."""

import json
from io import TextIOWrapper

LONGEST_END = 40  # characters of the line that says how many there were


class Lines(TextIOWrapper):
    """Reads the lines of a stream and counts them; its last one may say how many came before: `{"lines": 2}`."""

    count = 0
    said: int | None = None
    _inside = False  # of a line that is read in pieces

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """Return the next line, or a piece of `size` characters; the one that ends the stream as an empty line."""
        text = super().readline(size)
        begins, self._inside = not self._inside, bool(text) and not text.endswith(("\n", "\r"))
        if not begins or not text.strip():
            return text
        said = _end(text)
        if said is None:
            self.count += 1
        self.said = said
        return "\n" if said is not None else text

    def are_whole(self, *, cut_short: bool | None) -> bool:
        """Say whether all lines came, once they are read; `cut_short` is None where no length was announced."""
        counted = self.said == self.count
        return counted if cut_short is None else not cut_short and (counted or self.said is None)


def _end(text: str) -> int | None:
    """Return how many lines there were, where this one says so."""
    if len(text) > LONGEST_END or '"lines"' not in text:
        return None
    try:
        held = json.loads(text)
    except ValueError:
        return None
    number = held.get("lines") if isinstance(held, dict) and len(held) == 1 else None
    return number if type(number) is int else None
