"""Paragraphs with their labels told apart from their words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from folkmoot.standards.importing.blocks import Block
from folkmoot.standards.importing.labels import Label, Series, readings, split_bare_number, split_label

_LONGEST_HEADING = 100  # characters
_MOST_WORDS = 14
_SENTENCE_ENDS = (".", ";", ",", "!", "…")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: its label, its words without it, and whether it is a heading (stated by the file, or guessed)."""

    block: Block
    label: str
    text: str
    is_heading: bool = False
    is_guessed: bool = False

    @property
    def readings(self) -> tuple[Label, ...]:
        """What the label can mean, likeliest first."""
        return readings(self.label)

    @property
    def is_numbered(self) -> bool:
        """Whether it has a label that counts."""
        return any(reading.path for reading in self.readings)

    def follows(self, other: "Piece") -> bool:
        """Say whether this is the point after `other` in one list; bullets follow bullets."""
        return any(mine.follows(its) for mine in self.readings for its in other.readings)

    def as_heading(self, *, guessed: bool) -> "Piece":
        """Return the same as a heading."""
        return replace(self, is_heading=True, is_guessed=guessed)

    def reads_like_heading(self) -> bool:
        """Say whether its words could be a heading: few, with a capital letter first and no full stop."""
        text = self.text
        first = next((char for char in text if char.isalnum()), "a")
        is_short = len(text) <= _LONGEST_HEADING and len(text.split()) <= _MOST_WORDS
        is_name = first.isupper() or first.isdigit() or not (first.isupper() or first.islower())
        return is_short and is_name and not text.endswith(_SENTENCE_ENDS) and "@" not in text and "://" not in text


def pieces_of(blocks: Sequence[Block]) -> list[Piece]:
    """Return the blocks with their labels; headings that the file states are headings already."""
    found: list[Piece] = []
    for block in blocks:
        label, text = _label_and_text(block, found)
        piece = Piece(block, label, text)
        found.append(piece.as_heading(guessed=False) if block.level else piece)
    return found


def _label_and_text(block: Block, before: Sequence[Piece]) -> tuple[str, str]:
    if block.label and any(reading.path for reading in readings(block.label)):
        return block.label, block.text
    label, text = split_label(block.text)
    if label and not any(reading.path for reading in readings(label)):
        inner, rest = split_label(text)  # "• a. We…": a counted point that a program gave a dot as well
        label, text = (inner, rest) if any(one.path for one in readings(inner)) else (label, text)
    if not label and block.level > 0:
        label, text = split_bare_number(block.text)
    if label and not _is_initial(label, before):
        return label, text
    return block.label, block.text


def _is_initial(label: str, before: Sequence[Piece]) -> bool:
    """Say whether "J." begins a name rather than a list: no "I." stood before."""
    capital = next((one for one in readings(label) if one.series is Series.CAPITAL), None)
    if capital is None or any(one.value == 1 for one in readings(label)):
        return False
    return not any(capital.follows(reading) for piece in before for reading in piece.readings)
