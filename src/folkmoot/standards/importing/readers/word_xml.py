"""Word's archive of XML files, and the few things that all readers of it need."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree import ElementTree as ET

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import clean

Element: TypeAlias = ET.Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BREAKS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-", W + "ptab": " "}

_MOST_BYTES = 20_000_000  # of all parts that are read, unpacked: a policy has a few hundred kilobytes


class Archive:
    """The parts of one Word file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = sorted(set(archive.namelist()))
        self._bytes = 0  # read so far

    def part(self, name: str) -> Element | None:
        """Return a part's XML, or None where there is none. Raises `KeyError` where it is not what Word writes."""
        if name not in self.names:
            return None
        self._bytes += self._archive.getinfo(name).file_size
        if self._bytes > _MOST_BYTES:
            raise BadInput("This Word file is far too large for a policy. Is it the right file?", field="file")
        raw = self._archive.read(name)
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:  # no word processor writes these; they can make XML grow
            raise KeyError(name)
        return ET.fromstring(_utf8(raw, name))  # noqa: S314  without entities there is nothing to expand

    def links(self, name: str) -> dict[str, str]:
        """Return the addresses outside the file that a part points at, by their id."""
        root = self.part(name)
        external = [one for one in root if one.get("TargetMode") == "External"] if root is not None else []
        return {one.get("Id", ""): one.get("Target", "") for one in external}


def _utf8(raw: bytes, name: str) -> str:
    """Return the letters of a part, which Word writes as UTF-8: in any other encoding entities stand unseen."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KeyError(name) from None
    if "\0" in text:  # UTF-16 without its mark
        raise KeyError(name)
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one paragraph, in pieces that stand out or do not, the notes they point at, and text boxes."""

    pieces: tuple[tuple[str, bool], ...]
    notes: tuple[str, ...]
    boxes: tuple[Element, ...]

    @property
    def text(self) -> str:
        """All of its words."""
        return clean("".join(piece for piece, _strong in self.pieces))

    @property
    def opening(self) -> str:
        """The words that it begins with and that stand out."""
        found = []
        for piece, strong in self.pieces:
            if not strong and piece.strip():
                break
            found.append(piece)
        return clean("".join(found))


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute of Word's own, or "" where it or the element is missing."""
    return element.get(W + name, "") if element is not None else ""


def value_of(element: Element | None) -> str:
    """Return the attribute that holds the value of most elements, or ""."""
    return attribute(element, "val")


def is_on(element: Element | None) -> bool:
    """Say whether a switch such as <w:b/> is there and on."""
    return element is not None and value_of(element) not in {"0", "false", "off", "none"}


def number_of(element: Element | None, otherwise: int) -> int:
    """Return the value as a whole number of at most four digits, or `otherwise`."""
    value = value_of(element)
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 4 else otherwise


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "ins"}:
            yield from rows_of(child)


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent"}:
            yield from cells_of(child)


def texts_in(parent: Element) -> Iterator[str]:
    """Yield all words inside, but for those that were struck out."""
    for one in parent.iter():
        if one.tag == W + "t":
            yield one.text or ""
        elif one.tag in BREAKS:
            yield BREAKS[one.tag]


def deleted_in(parent: Element) -> Iterator[str]:
    """Yield the words of something that was struck out or moved away."""
    for one in parent.iter():
        if one.tag in {W + "t", W + "delText"}:
            yield one.text or ""


def boxes_in(parent: Element) -> list[Element]:
    """Return the text boxes inside; each is there once, though old and new Word see it in two ways."""
    if parent.tag == FALLBACK:
        return []
    if parent.tag == W + "txbxContent":
        return [parent]
    return [box for child in parent for box in boxes_in(child)]
