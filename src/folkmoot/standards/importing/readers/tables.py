"""Tables: each row becomes one point; what the header says stands before each cell."""

from collections.abc import Sequence

from folkmoot.standards.importing.blocks import Block, Source, has_words
from folkmoot.standards.importing.labels import split_label

_LONGEST_HEADER = 60


def add_rows(source: Source, rows: Sequence[Sequence[str]], place: str, *, has_header: bool) -> None:
    """Add a table to the blocks of `source`. `rows` hold one cleaned text per cell; empty cells are passed over."""
    filled = [list(row) for row in rows if any(has_words(cell) for cell in row)]
    if not filled:
        return
    width = max(len(row) for row in filled)
    if width == 1:
        source.blocks += [Block(row[0], place) for row in filled]
        return
    header = filled[0] if has_header and len(filled) > 1 and _can_be_header(filled[0]) else []
    for row in filled[1:] if header else filled:
        source.blocks.append(_point(row, header, place))
    if header:
        source.leave_out(" | ".join(header), place, "the first row of a table: its words stand before each cell")
    source.doubt(place, "A table: each of its rows became one clause. Check that they read well.")


def _can_be_header(row: Sequence[str]) -> bool:
    return all(len(cell) <= _LONGEST_HEADER for cell in row)


def _point(row: Sequence[str], header: Sequence[str], place: str) -> Block:
    cells = [(cell, header[index] if index < len(header) else "") for index, cell in enumerate(row) if has_words(cell)]
    label = cells.pop(0)[0] if len(cells) > 1 and _is_label(cells[0][0]) else "•"
    texts = [f"{name}: {cell}" if has_words(name) else cell for cell, name in cells]
    return Block(texts[0], place, label=label, depth=1, opening=cells[0][0], more=tuple(texts[1:]))


def _is_label(cell: str) -> bool:
    bare = cell.strip("§(). ")
    return len(bare.split()) == 1 and (split_label(f"{bare}. x")[0] != "" or split_label(f"{bare} x")[0] != "")
