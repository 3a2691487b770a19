"""An option's whole number, refused in a sentence that tells which would do."""

from typing import Any

import click


class WholeNumber(click.IntRange):
    """A whole number within its bounds; what is none is said in a sentence that tells which would do."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        text = str(value).strip()
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
        if number is None or not (self.min or 0) <= number <= (self.max or number):
            self.fail(f"{text!r} is no whole number from {self.min} to {self.max}.", param, ctx)
        return number
