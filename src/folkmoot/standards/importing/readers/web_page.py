"""HTML: the page's own words, without its menus, by the standard library's forgiving parser."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import Block, Source, clean, has_words
from folkmoot.standards.importing.labels import split_label
from folkmoot.standards.importing.readers.counting import counted
from folkmoot.standards.importing.readers.tables import add_rows
from folkmoot.standards.importing.readers.web_tags import BLOCKS, UNSEEN, VOID, why_left_out

_DEEPEST = 500  # tags inside one another


def read_web_page(text: str) -> Source:
    """Return the paragraphs of a web page. Menus, page heads and feet, forms and hidden parts are left out."""
    source = Source("HTML")
    page = _Page(source)
    page.feed(text)
    page.close()
    page.end_paragraph()
    return source


@dataclass(slots=True)
class _List:
    numbering: str  # "" for bullets
    counter: int
    mark: str = ""
    has_open_item: bool = False
    block: int = -1


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    has_header: bool = False


class _Page(HTMLParser):
    def __init__(self, source: Source) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._open: list[str] = []
        self._hidden: list[tuple[int, str]] = []  # how deep, and why
        self._left_out: list[str] = []
        self._pieces: list[tuple[str, bool]] = []
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS and not self._hidden:
            self.end_paragraph()
        if tag in VOID:
            if tag == "br" and not self._hidden:
                self._break_line()
            return
        self._end_implied(tag)
        if len(self._open) >= _DEEPEST:
            raise BadInput("The parts of this page are inside one another far too deeply. Is it the right file?")
        self._open.append(tag)
        if why := why_left_out(tag, given, self._open[:-1]):
            self._hidden.append((len(self._open), why))
        if self._hidden:
            return
        if tag in {"ol", "ul", "menu"}:
            self._begin_list(tag, given)
        elif tag == "li":
            self._begin_item(given)
        elif tag == "a":
            self._link = (given.get("href", ""), len(self._pieces))
        else:
            self._begin_table_part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in BLOCKS and not self._hidden:
            self.end_paragraph()
        if tag == "a" and not self._hidden:
            self._end_link()
        while self._open:
            ended = self._open.pop()
            self._ended(ended)
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        data = data.replace("\n", " ")  # only <br> breaks a line
        if self._hidden:
            if not set(self._open) & UNSEEN:
                self._left_out.append(data)
            return
        strong = bool({"b", "strong", "th"} & set(self._open))
        if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            self._tables[-1].rows[-1][-1] += data
        else:
            self._pieces.append((data, strong))

    def end_paragraph(self) -> None:
        """Make a block of the words since the last one."""
        pieces, self._pieces = self._pieces, []
        self._link = None
        text = clean("".join(piece for piece, _strong in pieces))
        place = f"line {self.getpos()[0]}"
        if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            self._tables[-1].rows[-1][-1] += " "
        if not has_words(text):
            self._source.leave_out(text, place, "a line without words")
            return
        self._add(text, _opening(pieces), place)

    def _break_line(self) -> None:
        """Take <br> for a space, but two of them for the end of a paragraph, and one before a point as well."""
        line = "".join(piece for piece, _strong in self._pieces).rpartition("\n")[2]
        begins_point = split_label(clean(line))[0] != ""
        if not has_words(line) or begins_point:
            self.end_paragraph()
        else:
            self._pieces.append(("\n", bool({"b", "strong"} & set(self._open))))

    def _add(self, text: str, opening: str, place: str) -> None:
        current = self._lists[-1] if self._lists else None
        level = next((int(tag[1]) for tag in reversed(self._open) if re.fullmatch("h[1-6]", tag)), 0)
        if current and not current.has_open_item and current.block >= 0 and not level:
            old = self._source.blocks[current.block]
            self._source.blocks[current.block] = Block(
                old.text, old.place, label=old.label, depth=old.depth, opening=old.opening, more=(*old.more, text)
            )
            return
        label = current.mark if current and current.has_open_item else ""
        is_strong = opening == text
        depth = len([one for one in self._lists if one.block >= 0 or one is current])
        opening = "" if is_strong else opening
        self._source.blocks.append(Block(text, place, level, label, depth, is_strong=is_strong, opening=opening))
        for one in self._lists:
            one.has_open_item = False
        if current:
            current.block = len(self._source.blocks) - 1

    def _ended(self, tag: str) -> None:
        if self._hidden:
            depth, why = self._hidden[-1]
            if len(self._open) < depth:
                self._hidden.pop()
                if not self._hidden:
                    self._source.leave_out("".join(self._left_out), f"line {self.getpos()[0]}", why)
                    self._left_out = []
            return
        if tag in {"ol", "ul", "menu"} and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            rows = [[clean(cell) for cell in row] for row in table.rows]
            add_rows(self._source, rows, f"line {self.getpos()[0]}", has_header=table.has_header)

    def close(self) -> None:
        """Close what the page left open."""
        super().close()
        self.end_paragraph()
        while self._open:
            self._ended(self._open.pop())

    def _begin_list(self, tag: str, given: dict[str, str]) -> None:
        start = given.get("start", "1")
        numbering = given.get("type", "1") if tag == "ol" else ""
        self._lists.append(_List(numbering, int(start) - 1 if start.isdecimal() and len(start) < 4 else 0))

    def _begin_item(self, given: dict[str, str]) -> None:
        if not self._lists:
            self._lists.append(_List("", 0))
        of = self._lists[-1]
        value = given.get("value", "")
        of.counter = int(value) if value.isdecimal() and len(value) < 4 else of.counter + 1
        of.mark = f"{counted(of.counter, of.numbering)}." if of.numbering else "•"
        of.has_open_item, of.block = True, -1

    def _begin_table_part(self, tag: str) -> None:
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in {"td", "th"} and self._tables and self._tables[-1].rows:
            table = self._tables[-1]
            table.has_header = table.has_header or (tag == "th" and len(table.rows) == 1)
            table.rows[-1].append("")

    def _end_implied(self, tag: str) -> None:
        """End a <p> or <li> whose end the page does not write."""
        if tag in BLOCKS and "head" in self._open:
            self.handle_endtag("head")
        for one, stop in (("li", {"ol", "ul", "menu"}), ("tr", {"table"}), ("td", {"tr"}), ("th", {"tr"})):
            if tag == one and one in self._open and not self._hidden:
                after = self._open[len(self._open) - 1 - self._open[::-1].index(one) :]
                if not stop & set(after):
                    self.handle_endtag(one)
        if tag in BLOCKS and self._open and self._open[-1] == "p":
            self.handle_endtag("p")

    def _end_link(self) -> None:
        if self._link:
            address, first = self._link
            words = clean("".join(piece for piece, _strong in self._pieces[first:]))
            self._source.links.append((words, address))
            self._link = None


def _opening(pieces: list[tuple[str, bool]]) -> str:
    found = []
    for piece, strong in pieces:
        if not strong and piece.strip():
            break
        found.append(piece)
    return clean("".join(found))
