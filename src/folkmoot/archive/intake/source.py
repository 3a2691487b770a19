"""What a file is, found out before anything is written: a table or lines of JSON, in which encoding, which columns."""

import codecs
import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from io import StringIO, TextIOWrapper
from pathlib import Path

from folkmoot.archive.intake.jsonlines import columns_in, json_rows
from folkmoot.archive.intake.posts import Reading, SeenPost, posts_in
from folkmoot.archive.intake.rows import LONGEST_LINE, Quoting, Reject, Row
from folkmoot.archive.intake.shape import SAMPLE, Format, Look, Track, require_encoding
from folkmoot.archive.intake.table import table_rows
from folkmoot.kernel.errors import BadInput

_MARKS = {  # how files begin that are no text
    b"PK\x03\x04": "a zip archive or an Excel workbook (.xlsx). Unpack it, or save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "an old Office document. Save it as CSV",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "packed (gzip). Unpack it",
    b"BZh": "packed (bzip2). Unpack it",
    b"\xfd7zXZ": "packed (xz). Unpack it",
    b"7z\xbc\xaf": "a 7z archive. Unpack it",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
}
_LINES_OF_ONE_TEXT = 200  # that the end of the sample may have cut
_TABLE_NAMES = {".csv", ".tsv", ".tab", ".txt"}
_JSON_NAMES = {".json", ".jsonl", ".ndjson"}


class Kind(StrEnum):
    """How rows stand in a file."""

    TABLE = "table"  # CSV, or separated by something else
    JSON_LINES = "json_lines"  # one JSON object on each line


@dataclass(frozen=True)
class Source:
    """A file of posts, recognised."""

    path: Path
    kind: Kind
    encoding: str
    columns: tuple[str, ...]
    example: tuple[str, ...]  # the first row's value for each column
    separator: str = ","
    quoting: Quoting = csv.QUOTE_MINIMAL
    remarks: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return self.path.stat().st_size

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        """Yield what each row says of a post, or why it cannot be taken."""
        reading = replace(reading, encoding=self.encoding)
        with opened(self) as file, track.follow(file):
            lists = [name for name, field in zip(wanted, reading.fields, strict=True) if field == "attachments"]
            yield from posts_in(rows_of(self, file, wanted, lists), reading)


def recognise(path: Path, *, encoding: str = "", kind: Kind | None = None) -> Source:
    """Look at the beginning of `path` and say what it is; `encoding` and `kind` override what its first bytes say.

    Raises `BadInput` (field "file", or "encoding") with a plain sentence when no posts can be in it.
    """
    head = _head(path)
    _require_text(path, head, encoding)
    encoding = _encoding(head, encoding)
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if not text.strip():
        raise BadInput(f"{path.name} is empty.", field="file")
    if kind:
        return _json_source(path, encoding, text) if kind is Kind.JSON_LINES else _table(path, encoding, head, text)
    first = text.lstrip()[0]
    named_json = path.suffix.casefold() in _JSON_NAMES
    if first == "[" and named_json:
        raise BadInput(
            f"{path.name} is one JSON list. Folkmoot reads one JSON object per line: "
            f"jq -c '.[]' {path.name} > posts.jsonl makes such a file.",
            field="file",
        )
    if first == "{" and path.suffix.casefold() in _TABLE_NAMES:
        raise BadInput(
            f"{path.name} is named as a table, but it holds JSON. If it has one object per line, "
            f"rename it to {path.stem}.jsonl and import that.",
            field="file",
        )
    if named_json or first == "{":
        return _json_source(path, encoding, text)
    return _table(path, encoding, head, text)


def rows_of(
    source: Source, file: TextIOWrapper, columns: Sequence[str], lists: Collection[str] = ()
) -> Iterator[Row | Reject]:
    """Yield what each row of the opened `file` has in `columns`, or why it cannot be read."""
    wanted = [source.columns.index(column) for column in columns] if source.kind is Kind.TABLE else []
    if source.kind is Kind.TABLE:
        return table_rows(
            file, separator=source.separator, quoting=source.quoting, width=len(source.columns), wanted=wanted
        )
    return json_rows(file, columns, lists)


def opened(source: Source) -> TextIOWrapper:
    """Open the file for `rows_of`; bytes that do not fit become lone surrogates, for which their row is rejected."""
    errors = "surrogatepass" if source.encoding.casefold().startswith("utf-16") else "surrogateescape"
    return source.path.open(encoding=source.encoding, errors=errors, newline="")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SAMPLE)
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder. Name one file in it.", field="file") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.", field="file") from None


def _require_text(path: Path, head: bytes, encoding: str) -> None:
    for mark, what in _MARKS.items():
        if head.startswith(mark):
            raise BadInput(f"{path.name} is not a file of posts: it is {what}.", field="file")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or encoding.casefold().startswith("utf-16"):
        return
    controls = len(head) - len(head.translate(None, bytes(set(range(32)) - {9, 10, 12, 13, 27})))
    if controls > len(head) * 0.02 and controls > 16:
        raise BadInput(
            f"{path.name} is not text: it looks like a program, a picture or a packed file. "
            "Folkmoot reads CSV (UTF-8) and JSON lines.",
            field="file",
        )


def _encoding(head: bytes, encoding: str) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    require_encoding(encoding)
    return encoding or "utf-8-sig"


def _json_source(path: Path, encoding: str, text: str) -> Source:
    columns = columns_in(text)
    if not columns:
        raise BadInput(
            f"{path.name} is not what its name or its first character says: there is no JSON object on its "
            "first lines. Folkmoot reads one object per line, or a CSV file.",
            field="file",
        )
    return Source(path, Kind.JSON_LINES, encoding, tuple(columns), tuple(columns.values()))


def _table(path: Path, encoding: str, head: bytes, text: str) -> Source:
    lines = list(StringIO(text, newline=""))
    if len(head) == SAMPLE and len(lines) > 2:
        lines.pop()  # it is cut
    return _table_source(path, encoding, lines)


def _table_source(path: Path, encoding: str, lines: list[str]) -> Source:
    separator, rows = _separated(lines)
    columns = tuple(name.strip() for name in rows[0])
    if not any(columns):
        raise BadInput(f"The first line of {path.name} should name its columns, and it is empty.", field="file")
    if len(rows) < 2:
        raise BadInput(f"{path.name} has a line with column names, and nothing under it.", field="file")
    as_words = separator == "\t" and _quotes_are_words(lines, len(columns))
    quoting: Quoting = csv.QUOTE_NONE if as_words else csv.QUOTE_MINIMAL
    example = (*rows[1], *[""] * len(columns))[: len(columns)]
    return Source(path, Kind.TABLE, encoding, columns, example, separator, quoting)


def _separated(lines: Sequence[str]) -> tuple[str, list[list[str]]]:
    """Return the separator by which the rows have most often as many values as the first, and the first rows."""
    best: tuple[float, str, list[list[str]]] = (0.0, "\x1f", [])
    for separator in ",\t;|":
        rows = _sample_rows(lines, separator)
        width = len(rows[0]) if rows else 0
        fitting = sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0
        if fitting > best[0]:
            best = (fitting, separator, rows)
    return best[1], best[2] or _sample_rows(lines, "\x1f")


def _sample_rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_LINE)
    try:
        return [row for row in csv.reader(lines[:500], delimiter=separator) if row]
    except csv.Error:
        return []


def _quotes_are_words(lines: Sequence[str], width: int) -> bool:
    """Say whether quotation marks in a tab-separated file are part of the words, as many programs write it.

    They are when rows do not come out even by reading them as marks around values.
    """
    rows = csv.reader(lines, delimiter="\t", strict=True)
    begun = 0
    try:
        for row in rows:
            if row and len(row) != width:
                return True
            begun = rows.line_num
    except csv.Error:
        return rows.line_num < len(lines) or len(lines) - begun > _LINES_OF_ONE_TEXT
    return False


def _is_json(look: Look) -> bool:
    return look.path.suffix.casefold() in _JSON_NAMES or look.head[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


JSON_LINES = Format(
    word="jsonl",
    title="JSON lines: one object per line",
    fits=_is_json,
    opened=lambda look: recognise(look.path, encoding=look.asked.encoding, kind=Kind.JSON_LINES),
)
TABLE = Format(
    word="csv",
    title="a table: CSV, or separated by tab, semicolon or |",
    fits=lambda look: not _is_json(look),
    opened=lambda look: recognise(look.path, encoding=look.asked.encoding, kind=Kind.TABLE),
)
