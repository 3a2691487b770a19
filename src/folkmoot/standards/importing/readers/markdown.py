"""Markdown: headings, paragraphs and lists as CommonMark sees them, with tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from folkmoot.standards.importing.blocks import Block, Source, clean, has_words
from folkmoot.standards.importing.labels import split_label
from folkmoot.standards.importing.readers.tables import add_rows
from folkmoot.standards.importing.readers.web_page import read_web_page

_TAG = re.compile(r"</?(?:a|abbr|b|br|del|em|i|ins|mark|small|span|strong|sub|sup|u)\b[^>]*>|<!--.*-->", re.I | re.S)
_DEEPEST = 60  # what is nested deeper, the parser passes over
_SIGNS = re.compile(r"^ {0,3}#{1,6} \S|^\*\*[^*\n]+\*\*\s*$|\]\(\S+?\)", re.MULTILINE)


def looks_like_markdown(text: str) -> bool:
    """Say whether plain text is written in Markdown: headings with #, bold lines, links."""
    return _SIGNS.search(text) is not None


def read_markdown(text: str) -> Source:
    """Return the paragraphs of Markdown, with the labels and depth of lists."""
    source = Source("Markdown")
    found: dict[str, Any] = {}
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    _Walk(source).through(parser.parse(text, found))
    for name, target in found.get("references", {}).items():
        source.links.append((clean(f"{name} {target.get('title') or ''}"), target["href"]))
    return source


@dataclass(slots=True)
class _List:
    counter: int | None  # None: bullets
    mark: str = ""
    is_open: bool = False  # an item has begun whose first paragraph is still to come
    block: int = -1  # of the item's first paragraph


@dataclass(slots=True)
class _Walk:
    source: Source
    lists: list[_List] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    place: str = "line 1"
    heading: int = 0
    header: bool = False

    def through(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.map:
                self.place = f"line {token.map[0] + 1}"
            if token.type == "inline":
                self._words(token)
            elif token.type in {"code_block", "fence"}:
                for part in re.split(r"\n\s*\n", token.content):
                    self._add(clean(part))
            elif token.type == "html_block":
                self._web_page(token.content)
            else:
                self._structure(token)

    def _structure(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self.heading = int(token.tag[1:])
        elif kind == "heading_close":
            self.heading = 0
        elif kind == "ordered_list_open":
            self.lists.append(_List(int(token.attrGet("start") or 1) - 1))
        elif kind == "bullet_list_open":
            self.lists.append(_List(None))
        elif kind in {"ordered_list_close", "bullet_list_close"}:
            self.lists.pop()
        elif kind == "list_item_open":
            self._item(self.lists[-1], token.markup)
        elif kind == "tr_open":
            self.rows.append([])
        elif kind in {"table_open", "table_close"}:
            if self.rows:
                add_rows(self.source, self.rows, self.place, has_header=True)
            self.rows = []

    def _item(self, of: _List, markup: str) -> None:
        of.is_open, of.block = True, -1
        if of.counter is None:
            of.mark = "•"
        else:
            of.counter += 1
            of.mark = f"{of.counter}{markup}"

    def _web_page(self, text: str) -> None:
        inside = read_web_page(text)
        for block in inside.blocks:
            self.source.blocks.append(replace(block, place=self.place))
        for one in inside.left_out:
            self.source.leave_out(one.text, self.place, one.why)
        self.source.links += inside.links

    def _words(self, token: Token) -> None:
        children = token.children or []
        self.source.links += _links(children)
        lines = "".join(_plain(children)).split("\n")
        if self.rows:
            self.rows[-1].append(clean(" ".join(lines)))
            return
        points = _points(lines)
        self._add(points[0], strong=_strong_part(children))
        # Markdown knows no lists that count a, b, c: to it they are lines of one paragraph.
        self.source.blocks += [Block(text, self.place) for text in points[1:]]

    def _add(self, text: str, strong: str = "") -> None:
        if not has_words(text):
            self.source.leave_out(text, self.place, "a line without words")
            return
        current = self.lists[-1] if self.lists else None
        if current and not current.is_open and current.block >= 0 and not self.heading:
            old = self.source.blocks[current.block]
            self.source.blocks[current.block] = Block(
                old.text, old.place, label=old.label, depth=old.depth, opening=old.opening, more=(*old.more, text)
            )
            return
        label = current.mark if current and current.is_open else ""
        is_strong = bool(strong) and strong == text
        opening = "" if is_strong else strong
        depth = len([one for one in self.lists if one.block >= 0 or one is current])
        self.source.blocks.append(
            Block(text, self.place, self.heading, label, depth, is_strong=is_strong, opening=opening)
        )
        for one in self.lists:
            one.is_open = False
        if current:
            current.block = len(self.source.blocks) - 1


def _points(lines: list[str]) -> list[str]:
    """Join lines to paragraphs, which begin anew where a line begins with a label."""
    found = [""]
    for line in map(clean, lines):
        if found[-1] and split_label(line)[0]:
            found.append(line)
        else:
            found[-1] = f"{found[-1]} {line}".strip()
    return found


def _plain(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type == "html_inline":
            is_break = child.content.lower().startswith("<br")
            yield "\n" if is_break else " " if _TAG.fullmatch(child.content) else child.content
        elif child.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif child.type == "image":
            yield child.content


def _links(children: list[Token]) -> Iterator[tuple[str, str]]:
    for number, child in enumerate(children):
        if child.type == "link_open":
            rest = children[number:]
            end = next(index for index, one in enumerate(rest) if one.type == "link_close")
            yield clean("".join(_plain(rest[:end]))), str(child.attrGet("href") or "")


def _strong_part(children: list[Token]) -> str:
    """Return the words in bold that a paragraph begins with, after a label such as "a. " if there is one."""
    found: list[Token] = []
    inside = False
    for child in children:
        if child.type == "strong_close":
            break
        if child.type == "strong_open":
            inside = True
        elif inside:
            found.append(child)
        elif len(child.content.strip()) > len("(viii)"):
            break
    return clean("".join(_plain(found)))
