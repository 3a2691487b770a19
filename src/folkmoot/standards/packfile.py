"""The file pack.yaml: what a pack is called, whose policy it is, since when, and its sections."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from folkmoot.standards.codes import is_code, is_prefix
from folkmoot.standards.faults import FaultList
from folkmoot.standards.model import Heading
from folkmoot.standards.sheets import Sheet, read_sheet
from folkmoot.standards.textfile import read_text

PACK_FILE = "pack.yaml"
KEYS = frozenset(
    {
        "name",
        "title",
        "description",
        "lang",
        "in_force_from",
        "parent",
        "paraphrase",
        "official_url",
        "headings",
        "retired",
    },
)

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LANG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PackFile:
    """What pack.yaml says; `in_force_from` is None where it could not be read.

    `orders` are the codes of a section in the order in which they are read, by prefix, where it gives one.
    """

    name: str
    title: str
    description: str
    lang: str
    in_force_from: date | None
    parent: str | None
    parent_line: int
    paraphrase: bool
    official_url: str | None
    headings: tuple[Heading, ...]
    heading_lines: tuple[int, ...]
    retired: tuple[str, ...]
    orders: Mapping[str, tuple[str, ...]]
    order_lines: tuple[int, ...]


def read_pack_file(folder: Path, faults: FaultList) -> PackFile | None:
    """Read pack.yaml of this folder and note all that is wrong; None where nothing of it can be read."""
    path = folder / PACK_FILE
    if not path.exists() and not path.is_symlink():
        other = folder / "pack.yml"
        hint = "Rename pack.yml to pack.yaml." if other.exists() else "Write one: docs/packs.md shows how."
        faults.add(PACK_FILE, 1, "The file pack.yaml is missing.", hint)
        return None
    text = read_text(path, PACK_FILE, faults)
    return pack_file_from(text, folder.name, faults) if text is not None else None


def pack_file_from(text: str, folder_name: str, faults: FaultList) -> PackFile | None:
    """Read the text of pack.yaml and note all that is wrong; None where nothing of it can be read."""
    sheet = read_sheet(text, PACK_FILE, 1, faults)
    return _pack_file_from(sheet, folder_name) if sheet is not None else None


def _pack_file_from(sheet: Sheet, folder_name: str) -> PackFile:
    sheet.expect_only(KEYS)
    name = sheet.text("name", longest=60)
    if name and not NAME.fullmatch(name):
        sheet.complain("name", f"“{name}” cannot be a name.", "Use small letters, digits and single hyphens.")
    elif name and name != folder_name:
        sheet.complain("name", f"The name is “{name}”, but the folder is “{folder_name}”.", "Give both the same name.")
    headings, heading_lines = _headings(sheet)
    orders = _orders(sheet)
    return PackFile(
        name=name,
        title=sheet.text("title", longest=120),
        description=sheet.text("description", longest=600),
        lang=_lang(sheet),
        in_force_from=sheet.day("in_force_from"),
        parent=_parent(sheet, name),
        parent_line=sheet.line("parent"),
        paraphrase=sheet.flag("paraphrase"),
        official_url=_official_url(sheet),
        headings=headings,
        heading_lines=heading_lines,
        retired=_codes(sheet, "retired"),
        orders={prefix: order for prefix, order, _line in orders},
        order_lines=tuple({prefix: line for prefix, _order, line in orders}.values()),
    )


def _lang(sheet: Sheet) -> str:
    lang = sheet.text("lang", longest=20)
    if lang and not _LANG.fullmatch(lang):
        sheet.complain("lang", f"“{lang}” is not a language code.", "Write one such as en-GB or cy.")
    return lang


def _parent(sheet: Sheet, own_name: str) -> str | None:
    parent = _text_or_null(sheet, "parent", longest=60)
    if parent is None:
        return None
    if not NAME.fullmatch(parent):
        sheet.complain("parent", f"“{parent}” cannot be the name of a pack.", "Write a name, or null for no parent.")
        return None
    if parent == own_name:
        sheet.complain("parent", "A pack cannot be its own parent.", "Write null if there is none.")
        return None
    return parent


def _official_url(sheet: Sheet) -> str | None:
    url = _text_or_null(sheet, "official_url", longest=500)
    if url is not None and not _is_web_address(url):
        sheet.complain("official_url", f"“{url}” is not a web address.", "Begin it with https://, or write null.")
        return None
    return url


def _text_or_null(sheet: Sheet, key: str, *, longest: int) -> str | None:
    """Null must be written out, so that leaving it open is a choice and not a slip."""
    if key in sheet.nodes and not sheet.has(key):
        return None
    return sheet.text(key, longest=longest) or None


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in url


def _headings(sheet: Sheet) -> tuple[tuple[Heading, ...], tuple[int, ...]]:
    headings: list[Heading] = []
    lines: list[int] = []
    for entry in sheet.groups("headings"):
        entry.expect_only({"prefix", "title", "under", "order"})
        prefix = entry.text("prefix", longest=10)
        title = entry.text("title", longest=100)
        under = entry.text_if_given("under", longest=100)
        if prefix and not is_prefix(prefix):
            entry.complain("prefix", f"“{prefix}” cannot start a code.", "Use one to three capital letters.")
        elif prefix in [heading.prefix for heading in headings]:
            entry.complain("prefix", f"There are two headings for “{prefix}”.", "Keep one of them.")
        elif prefix:
            headings.append(Heading(prefix, title, under))
            lines.append(entry.line("prefix"))
    return tuple(headings), tuple(lines)


def _orders(sheet: Sheet) -> list[tuple[str, tuple[str, ...], int]]:
    entries = sheet.groups("headings")
    prefixes = [(entry, entry.text_if_given("prefix", longest=10)) for entry in entries if "order" in entry.nodes]
    return [(prefix, _codes(entry, "order"), entry.line("order")) for entry, prefix in prefixes if prefix]


def _codes(sheet: Sheet, key: str) -> tuple[str, ...]:
    codes = sheet.texts_if_given(key, longest=10)
    wrong = [code for code in codes if not is_code(code)]
    if wrong or len(set(codes)) < len(codes):
        sheet.complain(key, f"“{key}” must be a list of clause codes, each once.", f"Write: {key}: [A1, A2]")
        return ()
    return codes
