"""Word files (.docx): read from their XML, so that tracked changes, form fields and notes are not lost.

Its parts are a zip archive of XML files as ECMA-376 describes them. Headings are known by the outline level of
their style, numbers by `word_numbering`.
"""

import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree as ET

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import DOCUMENT_TITLE, Block, Source, clean, has_words
from folkmoot.standards.importing.readers.tables import add_rows
from folkmoot.standards.importing.readers.word_numbering import Numbering
from folkmoot.standards.importing.readers.word_styles import Styles
from folkmoot.standards.importing.readers.word_xml import (
    BREAKS,
    FALLBACK,
    Archive,
    Element,
    W,
    Words,
    attribute,
    boxes_in,
    cells_of,
    deleted_in,
    is_on,
    rows_of,
    texts_in,
    value_of,
)

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    KeyError,
    ValueError,
    RuntimeError,
    OSError,
    EOFError,
)
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_word(raw: bytes) -> Source:
    """Return the paragraphs of a Word file. Raises `BadInput` where it is damaged or locked."""
    source = Source("Word")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _Document(source, Archive(archive)).read()
    except _DAMAGE:
        raise BadInput(
            "This Word file is damaged or locked. Open it in a word processor, save it again without a password, "
            "and import that.",
            field="file",
        ) from None
    return source


class _Document:
    def __init__(self, source: Source, archive: Archive) -> None:
        self._source = source
        self._archive = archive
        self._styles = Styles(self._archive.part("word/styles.xml"))
        self._numbering = Numbering(self._archive.part("word/numbering.xml"))
        self._links = self._archive.links("word/_rels/document.xml.rels")
        self._notes = {part: self._texts_of_notes(f"word/{part}.xml") for part in _NOTES.values()}
        self._count = 0
        self._deleted = self._inserted = False

    def read(self) -> None:
        """Fill the source."""
        root = self._archive.part("word/document.xml")
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise KeyError("word/document.xml")
        self._through(body)
        for name in self._archive.names:
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                self._leave_out_part(name, "the head or foot of the pages")
            elif name == "word/comments.xml":
                self._leave_out_part(name, "comments in the margin")
        if self._inserted or self._deleted:
            self._source.doubt(
                "the whole file",
                "It has tracked changes that nobody has accepted. What was put in was taken, what was struck out was "
                "left out. Is that the policy that was agreed?",
            )

    def _through(self, parent: Element) -> None:
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag == W + "sdt":
                self._control(child)
            elif child.tag in {W + "ins", W + "moveTo", W + "customXml", W + "smartTag"}:
                self._through(child)

    def _control(self, control: Element) -> None:
        content = control.find(W + "sdtContent")
        if content is None:
            return
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if value_of(gallery) == "Table of Contents":
            for paragraph in content.iter(W + "p"):
                self._count += 1
                self._source.leave_out(self._words(paragraph).text, self._place, "the list of contents")
        else:
            self._through(content)

    def _paragraph(self, paragraph: Element) -> None:
        self._count += 1
        words = self._words(paragraph)
        properties = paragraph.find(W + "pPr")
        style = value_of(properties.find(W + "pStyle")) if properties is not None else ""
        if has_words(words.text):
            if self._styles.is_contents(style):
                self._source.leave_out(words.text, self._place, "the list of contents")
            else:
                self._source.blocks.append(self._block(words, properties, style))
        for box in words.boxes:
            self._source.doubt(self._place, "A text box: its words follow the paragraph it is fixed to.")
            self._through(box)

    def _block(self, words: Words, properties: Element | None, style: str) -> Block:
        level = self._styles.level(style, properties)
        label, depth = self._numbering.next_label(self._styles.numbering(style, properties))
        is_strong = words.opening == words.text
        return Block(
            words.text,
            self._place,
            level,
            label,
            depth if level != DOCUMENT_TITLE and not level else 0,
            is_strong=is_strong,
            opening="" if is_strong else words.opening,
            more=words.notes,
        )

    def _table(self, table: Element) -> None:
        grid = [list(cells_of(row)) for row in rows_of(table)]
        if max(map(len, grid), default=0) <= 1:  # a frame around text, not a table
            for cell in (cell for row in grid for cell in row):
                self._through(cell)
            return
        place = f"paragraph {self._count + 1} (a table)"
        inner: list[Element] = []
        has_header = any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows_of(table))
        has_header = has_header or self._is_strong(grid[0])
        rows = [[self._cell(cell, inner) for cell in row] for row in grid]
        add_rows(self._source, rows, place, has_header=has_header)
        for one in inner:
            self._table(one)

    def _cell(self, cell: Element, inner: list[Element]) -> str:
        texts = []
        for child in cell:
            if child.tag == W + "tbl":
                inner.append(child)
                continue
            for paragraph in [child] if child.tag == W + "p" else child.iter(W + "p"):
                self._count += 1
                words = self._words(paragraph)
                label, _depth = self._numbering.next_label(
                    self._styles.numbering(value_of(paragraph.find(f"{W}pPr/{W}pStyle")), paragraph.find(W + "pPr"))
                )
                texts.append(" ".join(part for part in (label, words.text, *words.notes) if part))
        return " ".join(text for text in texts if text)

    def _is_strong(self, cells: list[Element]) -> bool:
        words = [self._words(paragraph) for cell in cells for paragraph in cell.iter(W + "p")]
        return all(one.opening == one.text for one in words)

    def _words(self, paragraph: Element) -> Words:
        pieces: list[tuple[str, bool]] = []
        notes: list[str] = []
        boxes: list[Element] = []
        style_is_strong = self._styles.is_strong(value_of(paragraph.find(f"{W}pPr/{W}pStyle")))
        self._gather(paragraph, pieces, notes, boxes, style_is_strong)
        return Words(tuple(pieces), tuple(notes), tuple(boxes))

    def _gather(
        self, parent: Element, pieces: list[tuple[str, bool]], notes: list[str], boxes: list[Element], strong: bool
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag in {W + "del", W + "moveFrom"}:
                self._deleted = True
                self._source.leave_out("".join(deleted_in(child)), self._place, "struck out in a tracked change")
            elif tag == W + "r":
                self._run(child, pieces, notes, boxes, strong)
            elif tag == W + "hyperlink":
                before = len(pieces)
                self._gather(child, pieces, notes, boxes, strong)
                address = self._links.get(child.get(_LINK, ""), "")
                if address:
                    self._source.links.append((clean("".join(piece for piece, _s in pieces[before:])), address))
            elif tag not in {W + "pPr", FALLBACK, W + "sdtPr"}:
                self._inserted = self._inserted or tag in {W + "ins", W + "moveTo"}
                self._gather(child, pieces, notes, boxes, strong)

    def _run(
        self, run: Element, pieces: list[tuple[str, bool]], notes: list[str], boxes: list[Element], strong: bool
    ) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            bold = properties.find(W + "b")
            strong = (
                is_on(bold)
                if bold is not None
                else strong or self._styles.is_strong(value_of(properties.find(W + "rStyle")))
            )
            if is_on(properties.find(W + "vanish")):
                self._source.leave_out("".join(run.itertext()), self._place, "hidden in the Word file")
                return
        for child in run:
            name = child.tag.removeprefix(W)
            if child.tag == W + "t":
                pieces.append((child.text or "", strong))
            elif child.tag in BREAKS:
                pieces.append((BREAKS[child.tag], strong))
            elif name in _NOTES:
                note = self._notes[_NOTES[name]].get(attribute(child, "id"), "")
                notes += [f"Note: {note}"] if note else []
            else:
                boxes += boxes_in(child)

    def _texts_of_notes(self, name: str) -> dict[str, str]:
        root = self._archive.part(name)
        found = {}
        for note in root if root is not None else ():
            text = clean(" ".join("".join(texts_in(paragraph)) for paragraph in note.iter(W + "p")))
            if has_words(text):
                found[attribute(note, "id")] = text
        return found

    def _leave_out_part(self, name: str, why: str) -> None:
        root = self._archive.part(name)
        for paragraph in root.iter(W + "p") if root is not None else ():
            self._source.leave_out("".join(texts_in(paragraph)), why, why)

    @property
    def _place(self) -> str:
        return f"paragraph {self._count}"
