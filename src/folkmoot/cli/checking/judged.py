"""A chunk of a file is judged, line by line; this loads the models, so only whoever judges imports it."""

from typing import Any

from folkmoot.cli.checking.answers import beside, line_of
from folkmoot.cli.checking.chunks import Chunk, Judged
from folkmoot.cli.checking.readable import Unreadable, as_text, read_line, read_row
from folkmoot.detectors.judging import our_judge


def judged(chunk: Chunk, *, plain: bool, explain: bool) -> Judged:
    """Judge each line of a chunk; an empty line is a text in a plain file, and nothing among lines of JSON."""
    read = read_line if plain else read_row
    came = Judged(chunk.size)
    rows: list[dict[str, Any]] = []
    places: list[int] = []  # of their answers
    for number, line in enumerate(chunk.lines, start=chunk.first):
        if not plain and line is not None and not line.strip():
            continue
        try:
            row = read(line)
        except Unreadable as why:
            error = {"kind": "bad_input", "message": str(why), "field": "text"}
            came.unread.append((number, str(why)))
            came.answers.append(line_of(beside(why.beside, {"error": error, "line": number})))
            continue
        rows.append(row)
        places.append(len(came.answers))
        came.answers.append(b"")
    found = our_judge().judge_many([as_text(row["text"]) for row in rows], explain=explain)
    for place, row, said in zip(places, rows, found, strict=True):
        came.answers[place] = line_of(beside(row, said.as_json()))
        came.flagged += said.flag
    return came
