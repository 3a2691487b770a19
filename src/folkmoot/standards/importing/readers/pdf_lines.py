"""A line of a PDF page, as a box of words."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one line. Measures are points from the top left of the page; `strong_part`: the bold words
    that it begins with.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    strong_part: str
    page_height: float
    rows: tuple[tuple[str, ...], ...] = ()  # of cells: a whole table, which has no words of its own

    @property
    def place(self) -> str:
        """Where it stands, for a person."""
        return f"page {self.page}"

    @property
    def is_strong(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.strong_part) and self.strong_part.replace(" ", "") == self.text.replace(" ", "")

    def at_edge(self, share: float) -> bool:
        """Say whether it stands within this share of the page's height from its top or bottom."""
        return self.bottom < share * self.page_height or self.top > (1 - share) * self.page_height

    def is_outermost(self, pages: Sequence[Sequence["Line"]]) -> bool:
        """Say whether nothing on its page stands higher, or nothing lower."""
        others = [line for line in pages[self.page - 1] if line is not self]
        return all(line.top >= self.bottom for line in others) or all(line.bottom <= self.top for line in others)

    def beside(self, other: "Line") -> bool:
        """Say whether both stand on the same line of print."""
        if self.rows or other.rows:
            return False
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.5 * min(self.bottom - self.top, other.bottom - other.top)

    def joined(self, other: "Line") -> "Line":
        """Return this line with the words that stand to the right of it."""
        strong = f"{self.strong_part} {other.strong_part}".strip() if self.is_strong else self.strong_part
        return Line(
            text=f"{self.text} {other.text}",
            page=self.page,
            left=min(self.left, other.left),
            right=max(self.right, other.right),
            top=min(self.top, other.top),
            bottom=max(self.bottom, other.bottom),
            size=max(self.size, other.size),
            strong_part=strong,
            page_height=self.page_height,
        )
