"""The same letter as HTML, made from its frozen text at sending: paragraphs, quotations, lists and links.

Nothing in it is fetched from anywhere, no picture and no style sheet. Whatever anybody wrote is escaped, and an address
inside a quotation is no link: nobody can press what a quoted post asks them to.
"""

import re
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# The parts of a letter: told by their very words, for capitals alone could be anybody's.
HEADINGS = frozenset(
    {
        "WHAT YOU WROTE",
        "WHY",
        "WHICH RULE",
        "WHAT ELSE HOLDS",
        "HOW IT CAME ABOUT",
        "WHAT YOU CAN DO",
        "IF YOU DISAGREE",
        "IF YOU STILL DISAGREE",
        "WHO DECIDED",
    }
)

_LINK = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]]")
_PAGE = (
    '<!doctype html>\n<html><head><meta charset="utf-8"><title>{}</title></head>\n'
    '<body style="margin:0 auto;padding:1em;max-width:38em;font-family:sans-serif;line-height:1.5">\n{}\n'
    "</body></html>\n"
)
_QUOTATION = (
    '<blockquote dir="auto" style="margin:1em 0;padding-left:1em;border-left:3px solid #777;font-family:serif">'
    "{}</blockquote>"
)


def as_html(subject: str, text: str) -> str:
    """Return the letter `text`, with its links put in already, as one HTML document."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n"))
    pieces = [piece for block in blocks if block.strip() for piece in _pieces(block)]
    return format_html(_PAGE, subject, mark_safe("\n".join(pieces)))  # noqa: S308 - every piece was escaped


def _pieces(block: str) -> list[SafeString]:
    if block in HEADINGS:
        return [format_html('<h2 style="margin:1.6em 0 0;font-size:1.15em">{}</h2>', block.capitalize())]
    return [_piece(sign, list(lines)) for sign, lines in groupby(block.split("\n"), key=_sign)]


def _sign(line: str) -> str:
    return ">" if line.startswith(">") else "-" if line.startswith("- ") else ""


def _piece(sign: str, lines: list[str]) -> SafeString:
    if sign == ">":
        words = [line.removeprefix(">").removeprefix(" ") for line in lines]
        return format_html(_QUOTATION, _lines([format_html("{}", line) for line in words]))
    if sign == "-":
        items = format_html_join("", "<li>{}</li>", ((_linked(line.removeprefix("- ")),) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html('<p dir="auto">{}</p>', _lines([_linked(line) for line in lines]))


def _lines(lines: list[SafeString]) -> SafeString:
    return mark_safe("<br>\n".join(lines))  # noqa: S308 - escaped by whoever made them


def _linked(line: str) -> SafeString:
    out, at = SafeString(""), 0
    for found in _LINK.finditer(line):
        out += format_html('{}<a href="{}" rel="noreferrer">{}</a>', line[at : found.start()], found[0], found[0])
        at = found.end()
    return out + format_html("{}", line[at:])
