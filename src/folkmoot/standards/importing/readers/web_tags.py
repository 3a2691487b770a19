"""The tags of HTML: which make paragraphs, and which hold what is no part of the text."""

import re
from collections.abc import Mapping, Sequence

UNSEEN = frozenset({"script", "style", "template", "head", "noscript", "svg", "math", "select", "iframe", "object"})
BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "menu"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

_FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "button", "dialog"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})


def why_left_out(tag: str, given: Mapping[str, str], inside: Sequence[str]) -> str:
    """Return why what this tag holds is no part of the text, or ""; `inside` are the tags around it."""
    style = re.sub(r"\s", "", given.get("style", "")).lower()
    if tag in UNSEEN:
        return "a part of the page that nobody sees"
    if "hidden" in given or "display:none" in style or given.get("aria-hidden") == "true":
        return "hidden on the page"
    is_in_text = bool({"main", "article"} & set(inside))
    if given.get("role") in _ROLES or (tag in _FURNITURE and not (tag in {"header", "aside"} and is_in_text)):
        return "the page's menu, head or foot"
    return ""
