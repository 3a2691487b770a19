"""People's words made safe to show: escaped, with characters that nobody can see made visible.

A right-to-left override can make a post read differently from what it says, a zero-width space can hide a
slur from a search; who decides has to see both. Nothing is removed.
"""

import re
import unicodedata

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# Flags of England, Scotland and Wales are spelt with tag characters, which are otherwise unseen.
_FLAG = r"\U0001F3F4[\U000E0020-\U000E007E]+\U000E007F"
_UNSEEN = (
    r"[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E"
    r"\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uD800-\uDFFF\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF"
    r"\U000E0000-\U000E007F]"
)
# Joiners belong to emoji and to many scripts, but inside a Latin word they only break it up.
_JOINER = r"(?<=[A-Za-z0-9\u00C0-\u024F])[\u200C\u200D](?=[A-Za-z0-9\u00C0-\u024F])"
_PIECES = re.compile(f"({_FLAG})|({_UNSEEN}|{_JOINER})")

_NAMED = {
    "\u00ad": ("SHY", "soft hyphen"),
    "\u200b": ("ZWSP", "zero-width space"),
    "\u200c": ("ZWNJ", "zero-width non-joiner"),
    "\u200d": ("ZWJ", "zero-width joiner"),
    "\u200e": ("LRM", "left-to-right mark"),
    "\u200f": ("RLM", "right-to-left mark"),
    "\u202a": ("LRE", "left-to-right embedding"),
    "\u202b": ("RLE", "right-to-left embedding"),
    "\u202c": ("PDF", "end of a direction"),
    "\u202d": ("LRO", "left-to-right override"),
    "\u202e": ("RLO", "right-to-left override"),
    "\u2066": ("LRI", "left-to-right isolate"),
    "\u2067": ("RLI", "right-to-left isolate"),
    "\u2068": ("FSI", "first strong isolate"),
    "\u2069": ("PDI", "end of an isolate"),
    "\ufeff": ("BOM", "byte order mark"),
}


def shown(text: str) -> SafeString:
    """Return the text escaped for HTML, each unseen character as `<span class="unseen">` with its name.

    Line ends become `\\n`. An isolated surrogate, which no web page could carry, is shown by its number.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    at = 0
    for piece in _PIECES.finditer(plain):
        out.append(escape(plain[at : piece.start()]))
        out.append(piece[1] or _label(piece[2]))
        at = piece.end()
    return mark_safe("".join(out) + escape(plain[at:]))  # noqa: S308 - every piece was escaped above


def _label(character: str) -> SafeString:
    number = f"U+{ord(character):04X}"
    sign, name = _NAMED.get(character) or (number, unicodedata.name(character, "unseen character").lower())
    return format_html(
        '<span class="unseen" data-code="{}" title="{}">{}</span>',
        f"{ord(character):x}",
        f"{name}, {number}",
        sign,
    )
