"""The words of a text in HTML, without its marks.

The library's parser takes hours for a megabyte of marks that are never closed, and anybody can send such a mail: this
one goes once over the text, whatever stands in it.
"""

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_BLOCKS = frozenset(("p", "div", "br", "li", "tr", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style", "title", "template")}


def words_of_html(text: str) -> str:
    """Return what a reader would see of `text`, a paragraph to a line."""
    lines = "".join(_seen(text)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def _seen(text: str) -> Iterator[str]:
    """Yield what is shown, piece by piece, and a line end for each mark that makes one."""
    at = 0
    while at < len(text):
        mark = text.find("<", at)
        if mark < 0:
            mark = len(text)
        yield _shown(text[at:mark])  # line ends in the file are but spaces
        if text.startswith(("<!", "<?"), mark):
            at = _after_remark(text, mark)
        elif tag := _TAG.match(text, mark):
            name = tag["name"].casefold()
            if name in _BLOCKS and not (tag["end"] and name == "br"):
                yield "\n"
            at = _after_unseen(text, tag) if name in _UNSEEN and not tag["end"] else tag.end()
        else:
            yield text[mark : mark + 1]
            at = mark + 1


def _shown(piece: str) -> str:
    return unescape(piece).replace("\n", " ")


def _after_remark(text: str, mark: int) -> int:
    """Return where a comment or the like ends; one that is never closed hides the rest."""
    close = "-->" if text.startswith("<!--", mark) else ">"
    end = text.find(close, mark + 2)
    return end + len(close) if end >= 0 else len(text)


def _after_unseen(text: str, tag: re.Match[str]) -> int:
    """Return where what is not shown ends; what is never closed hides the rest."""
    close = _UNSEEN[tag["name"].casefold()].search(text, tag.end())
    return close.end() if close else len(text)
