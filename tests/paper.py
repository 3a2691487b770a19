"""Reading a PDF as Chromium writes it: how many pages, and the words on each."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SIGN = re.compile(rb"(?P<begin>\bBT\b)|/(?P<font>\w+) (?P<size>[\d.]+) Tf|<(?P<glyphs>[0-9A-Fa-f]+)> ?Tj")
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})>(?: <([0-9A-Fa-f]{4})>)? <([0-9A-Fa-f]+)>")


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page on one line; a piece of a line that is set by itself begins with a space."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return [_words(page, objects) for page in pages]


def _words(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {name: _letters(int(number), objects) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
    found = re.search(rb"/Contents (\d+) 0 R", page)
    assert found
    letters, said = {}, []
    for sign in _SIGN.finditer(_content(objects[int(found[1])])):
        if sign["begin"]:
            said.append(" ")
        elif sign["font"]:
            letters = fonts.get(sign["font"], {}) if float(sign["size"]) else {}  # nobody sees words of no size
        else:
            glyphs = sign["glyphs"].decode()
            said += [letters.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4)]
    return " ".join("".join(said).split())


def _letters(font: int, objects: dict[int, bytes]) -> dict[int, str]:
    """Return which letters stand behind the numbers of a font's glyphs."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    if not found:
        return {}
    letters = {}
    for first, last, begin in _MAPPED.findall(_content(objects[int(found[1])])):
        low, high = int(first, 16), int(last or first, 16)
        text = bytes.fromhex(begin.decode()).decode("utf-16-be", errors="replace")
        for step in range(high - low + 1):
            letters[low + step] = text[:-1] + chr(ord(text[-1]) + step)
    return letters


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]
