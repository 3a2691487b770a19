"""A tiny writer of PDF files: words at places, in Helvetica, as many programs write them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842  # points: A4


@dataclass(frozen=True)
class Words:
    """Some words, how far they begin from the left and the top of the page, and how they look."""

    text: str
    left: float
    top: float
    size: float = 10
    bold: bool = False


@dataclass(frozen=True)
class Ruled:
    """A filled box: a thin one is a rule of a table, a small one the dot before a point."""

    left: float
    top: float
    width: float
    height: float


def pdf(pages: Sequence[Sequence[Words | Ruled]]) -> bytes:
    """Return a PDF file with these pages."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        content = b"\n".join(map(_shown, page))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def column(lines: Sequence[str], *, left: float, top: float, step: float = 13, size: float = 10) -> list[Words]:
    """Return lines one below the other; an empty one leaves half a line free."""
    words = []
    for line in lines:
        if not line:
            top += step / 2
            continue
        bold = line.startswith("**")
        words.append(Words(line.strip("*"), left, top, size, bold))
        top += step
    return words


def _shown(words: Words | Ruled) -> bytes:
    if isinstance(words, Ruled):
        return b"%g %g %g %g re f" % (words.left, HEIGHT - words.top - words.height, words.width, words.height)
    text = words.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    font = b"F2" if words.bold else b"F1"
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font, words.size, words.left, HEIGHT - words.top, text)


def _file(objects: Sequence[bytes]) -> bytes:
    raw = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(raw)
    raw += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    raw += b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
