"""PDF: lines found by where their letters stand, put in reading order, and joined to paragraphs."""

import logging
import re
import statistics
from collections import Counter
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTCurve, LTPage, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import Source, clean, has_words
from folkmoot.standards.importing.readers.pdf_columns import in_reading_order
from folkmoot.standards.importing.readers.pdf_lines import Line
from folkmoot.standards.importing.readers.pdf_paragraphs import add_paragraphs
from folkmoot.standards.importing.readers.pdf_tables import with_tables

MOST_PAGES = 300
_LARGEST_DOT, _FARTHEST_DOT = 8, 24  # points
# Words that stand farther apart than this many widths of a letter may belong to two cells of a table.
_LAYOUT = LAParams(boxes_flow=None, char_margin=1.2)
_SMALL = 0.85  # of the usual letters: page heads are often as small
_EDGE = 0.12  # of a page's height: where its head and foot are
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?[0-9ivx]{1,4}(?:\s*(?:of|/|\|)\s*[0-9]{1,4})?\W*", re.IGNORECASE)
_LOST_LETTER = re.compile(r"\(cid:[0-9]+\)")

# It warns about every oddity of a file, on the terminal of whoever imports it; what matters is said here instead.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read_pdf(raw: bytes) -> Source:
    """Return the paragraphs of a PDF. Raises `BadInput` where it is locked, damaged, or pictures of pages."""
    source = Source("PDF")
    pages = _pages(raw)
    lines = [line for page in pages for line in page]
    if not any(line.rows or has_words(line.text) for line in lines):
        raise BadInput(
            "There are no words in this PDF, only pictures of pages. Ask for the file that it was made from, or let "
            "a program read the pictures (OCR) first.",
            field="file",
        )
    if len(_LOST_LETTER.findall(" ".join(line.text for line in lines))) > len(lines):
        raise BadInput(
            "The letters of this PDF cannot be read back as text. Ask for the file that it was made from.", field="file"
        )
    furniture = _furniture(pages)
    for line in lines:
        if line in furniture:
            source.leave_out(line.text, line.place, "the head or foot of the pages, or a page number")
    ordered: list[Line] = []
    for page in pages:
        found, columns = in_reading_order([line for line in page if line not in furniture])
        ordered += found
        if columns > 1:
            source.doubt(found[0].place, f"Read as {columns} columns, one after the other. Is that how it is meant?")
    add_paragraphs(source, ordered)
    return source


def _pages(raw: bytes) -> list[list[Line]]:
    try:
        layouts = extract_pages(BytesIO(raw), laparams=_LAYOUT, maxpages=MOST_PAGES + 1)
        pages = [_lines(page, number) for number, page in enumerate(layouts, start=1)]
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise BadInput(
            "This PDF is locked with a password. Save a copy without one, and import that.", field="file"
        ) from None
    except Exception:  # noqa: BLE001  a parser of strangers' bytes stumbles in more ways than it says
        raise BadInput(
            "This PDF is damaged: it cannot be read. Open it, save or print it as a new PDF, and import that.",
            field="file",
        ) from None
    if len(pages) > MOST_PAGES:
        raise BadInput(f"This PDF has more than {MOST_PAGES} pages. Is it the right file?", field="file")
    return pages


def _lines(page: LTPage, number: int) -> list[Line]:
    found = []
    dots = [shape for shape in page if isinstance(shape, LTCurve) and _is_dot(shape)]
    for box in page:
        for one in box if isinstance(box, LTTextContainer) else ():
            if isinstance(one, LTTextLine) and (text := _text(one)):
                is_point = any(_is_before(dot, one) for dot in dots)
                found.append(_line(one, f"• {text}" if is_point else text, page, number))
    return with_tables(found, page)


def _is_dot(shape: LTCurve) -> bool:
    """Say whether this may be the dot before a point: some programs draw it instead of writing it."""
    return 1 < shape.width < _LARGEST_DOT and 1 < shape.height < _LARGEST_DOT


def _is_before(dot: LTCurve, line: LTTextLine) -> bool:
    return line.y0 < (dot.y0 + dot.y1) / 2 < line.y1 and 0 < line.x0 - dot.x1 < _FARTHEST_DOT


def _text(line: LTTextLine) -> str:
    # A soft hyphen at the end of a line shows that a word was divided there.
    return clean(re.sub("\u00ad\\s*$", "-", line.get_text()))


def _line(one: LTTextLine, text: str, page: LTPage, number: int) -> Line:
    letters = [char for char in one if isinstance(char, LTChar) and char.get_text().strip()]
    size = statistics.median(char.size for char in letters) if letters else one.height
    strong = [bool(re.search(r"bold|black|heavy|semib", char.fontname, re.IGNORECASE)) for char in letters]
    opening = len(strong) if all(strong) else strong.index(False)
    words = clean("".join(char.get_text() for char in one)[: _after(one, opening)]) if opening else ""
    return Line(
        text=text,
        page=number,
        left=one.x0,
        right=one.x1,
        top=page.height - one.y1,
        bottom=page.height - one.y0,
        size=round(size, 1),
        strong_part=words,
        page_height=page.height,
    )


def _after(line: LTTextLine, letters: int) -> int:
    """Return how many characters of the line, spaces included, hold its first `letters` letters."""
    length = 0
    for char in line:
        if isinstance(char, LTChar) and char.get_text().strip():
            if not letters:
                break
            letters -= 1
        length += len(char.get_text())
    return length


def _furniture(pages: list[list[Line]]) -> set[Line]:
    """Return page numbers, and lines that stand at the edge of several pages with the same words."""
    edge = [line for page in pages for line in page if line.at_edge(_EDGE) and not line.rows]
    usual = statistics.median(line.size for page in pages for line in page for _letter in line.text or "-")
    often = Counter(key for page in pages for key in {_key(line) for line in page if line.at_edge(_EDGE)})
    found = {line for line in edge if often[_key(line)] > max(1, len(pages) // 3)}
    outer = [line for line in edge if line.is_outermost(pages)]
    return found | {line for line in outer if _PAGE_NUMBER.fullmatch(line.text) or line.size < _SMALL * usual}


def _key(line: Line) -> str:
    return re.sub(r"[0-9]+", "#", line.text.casefold())
