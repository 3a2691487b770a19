"""Which format a file has, by what is in it; its name decides only between kinds of text."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.readers.markdown import looks_like_markdown, read_markdown
from folkmoot.standards.importing.readers.pdf import read_pdf
from folkmoot.standards.importing.readers.plain import read_plain
from folkmoot.standards.importing.readers.web_page import read_web_page
from folkmoot.standards.importing.readers.word import read_word

MOST_BYTES = 30 * 1024 * 1024
MOST_PARAGRAPHS = 2_000  # four times as many as a pack has clauses
_MOST_TEXT = 2 * 1024 * 1024  # bytes: some 500 pages
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = bytes(sorted({*range(32), 127} - set(b"\t\n\v\f\r\x1b")))


def read_file(path: Path) -> tuple[Source, bytes]:
    """Return what the file says, and its bytes. Raises `BadInput` with a sentence about what to do."""
    raw = _bytes(path)
    return read_bytes(raw, path.name), raw


def read_bytes(raw: bytes, name: str) -> Source:
    """Return what a file of these bytes and this name says; raises `BadInput`."""
    if not raw.strip():
        raise BadInput(f"{name} is empty.", field="file")
    source = _reader(raw, name)(raw)
    if len(source.blocks) > MOST_PARAGRAPHS:
        raise BadInput(f"{name} has {len(source.blocks):,} paragraphs: no policy is that long.", field="file")
    if not source.blocks:
        raise BadInput(f"There are no words in {name} that could become clauses.", field="file")
    return source


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput(f"{path} is a folder. Give the file with the policy.", field="file")
    if not path.is_file():
        raise BadInput(f"There is no file {path}.", field="file")
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise BadInput(f"{path} cannot be read: {problem.strerror}.", field="file") from None
    if len(raw) > MOST_BYTES:
        raise BadInput(
            f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB. Is it the right file? Pictures in it can be "
            "left away.",
            field="file",
        )
    return raw


def _reader(raw: bytes, name: str) -> Callable[[bytes], Source]:
    suffix = Path(name).suffix.lower()
    if b"%PDF-" in raw[:1024]:
        return read_pdf
    if raw.startswith(b"PK\x03\x04"):
        _check_zip(raw, name)
        return read_word
    if raw.startswith(_OLD_OFFICE):
        raise BadInput(
            f"{name} is an old Word file, or one locked with a password. Save it as .docx without a password, and "
            "import that.",
            field="file",
        )
    if raw.startswith(b"{\\rtf"):
        raise BadInput(f"{name} is rich text (RTF). Save it as .docx, and import that.", field="file")
    if suffix in {".pdf", ".docx", ".doc", ".odt"}:
        raise BadInput(f"{name} is named {suffix} but is no such file: it is damaged, or something else.", field="file")
    start = raw[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")) or suffix in {".html", ".htm", ".xhtml"}:
        return lambda raw: _with_text(raw, name, read_web_page)
    if suffix in {".md", ".markdown"}:
        return lambda raw: _with_text(raw, name, read_markdown)
    return lambda raw: _with_text(raw, name, _read_text)


def _read_text(text: str) -> Source:
    return read_markdown(text) if looks_like_markdown(text) else read_plain(text)


def _check_zip(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise BadInput(f"{name} is damaged: it ends too early or was changed on its way.", field="file") from None
    if "word/document.xml" not in names:
        raise BadInput(
            f"{name} is not a Word file (.docx). Save it as .docx, PDF, HTML or text, and import that.", field="file"
        )


def _with_text(raw: bytes, name: str, read: Callable[[str], Source]) -> Source:
    if len(raw) > _MOST_TEXT:
        raise BadInput(
            f"{name} has {len(raw) / 1024 / 1024:.0f} MB of text: no policy is that long. Is it the right file?",
            field="file",
        )
    text, doubt = _decoded(raw, name)
    source = read(text)
    if doubt:
        source.doubt("the whole file", doubt)
    return source


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """Return the text, and what is doubtful about its letters, or ""."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace"), ""
    if len(raw.translate(None, _CONTROLS)) < len(raw) * 0.99 or b"\0" in raw:
        raise BadInput(
            f"{name} is no text. Folkmoot reads text, Markdown, Word (.docx), PDF and HTML.",
            field="file",
        )
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        said = (
            "Its letters are not written as UTF-8; they were read as Windows-1252. Look at names and quotation marks."
        )
        return raw.decode("cp1252", errors="replace"), said
