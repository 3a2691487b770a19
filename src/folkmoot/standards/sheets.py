"""YAML in which every value knows its line, so that each complaint can say where to look."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from folkmoot.standards.faults import FaultList
from folkmoot.standards.textfile import is_hidden

T = TypeVar("T", bound=StrEnum)

_YAML_HINT = (
    "Often a colon or a quotation mark in a value is the cause: write >- after the key and the value, "
    "indented by two spaces, on the next line."
)
_LONGEST_KEY = 40
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YES, _NO = frozenset({"true", "yes"}), frozenset({"false", "no"})


def read_sheet(text: str, file: str, first_line: int, faults: FaultList) -> "Sheet | None":
    """The YAML mapping in this text, which starts at `first_line` of the file, or None with a fault.

    The text comes from `read_text`, which lets no character through that YAML cannot read.
    """
    try:
        node = composed(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = first_line + (mark.line if mark else 0)
        faults.add(file, line, f"This is not valid YAML: {problem.problem or problem.context}.", _YAML_HINT)
        return None
    except RecursionError:
        faults.add(file, first_line, "The values here are nested too deeply.", "Write plain keys and values.")
        return None
    if not isinstance(node, yaml.MappingNode):
        faults.add(file, first_line, "There are no keys and values here.", "Write lines such as: title: Our rules")
        return None
    return sheet_of(node, file, first_line, faults)


def composed(text: str) -> yaml.Node | None:
    """The values of YAML without making anything of them; raises `yaml.YAMLError`, for aliases too."""
    return yaml.compose(text, Loader=_Plain)


def sheet_of(node: yaml.MappingNode, file: str, first_line: int, faults: FaultList) -> "Sheet":
    """A YAML mapping as a sheet; a key written twice is a fault and the first one counts."""
    nodes: dict[str, yaml.Node] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = _key_text(key_node)
        line = first_line + key_node.start_mark.line
        if key in nodes:
            faults.add(
                file,
                line,
                f"The key “{key}” is here twice.",
                f"It is already on line {lines[key]}: keep one.",
            )
            continue
        nodes[key], lines[key] = value_node, line
    return Sheet(file, first_line, first_line + node.start_mark.line, nodes, lines, faults)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A YAML mapping that knows where each key stands. Its readers note a fault and give a stand-in value."""

    file: str
    first_line: int
    start_line: int
    nodes: Mapping[str, yaml.Node]
    lines: Mapping[str, int]
    faults: FaultList

    def line(self, key: str) -> int:
        """The line of this key in its file, or of the sheet's start where the key is missing."""
        return self.lines.get(key, self.start_line)

    def complain(self, key: str, message: str, hint: str) -> None:
        """Note a fault at this key."""
        self.faults.add(self.file, self.line(key), message, hint)

    def has(self, key: str) -> bool:
        """Whether the key is here with a value other than null."""
        node = self.nodes.get(key)
        return node is not None and not _is_null(node)

    def expect_only(self, keys: Iterable[str]) -> None:
        """Note every key that is not one of these."""
        known = sorted(keys)
        for key in self.nodes:
            if key not in known:
                self.complain(key, f"The key “{key}” is not known.", f"Known keys are: {', '.join(known)}.")

    def text(self, key: str, *, longest: int) -> str:
        """The value as one line of text, `longest` characters at most; a missing or empty one is a fault."""
        if key not in self.nodes:
            self.complain(key, f"The key “{key}” is missing.", f"Add a line: {key}: …")
            return ""
        return self.text_if_given(key, longest=longest)

    def text_if_given(self, key: str, *, longest: int) -> str:
        """The value as one line of text, or "" where the key is absent; an empty value is a fault."""
        node = self.nodes.get(key)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.complain(key, f"“{key}” must be text, not a list or a group.", "Write the text after the colon.")
            return ""
        value = _scalar_text(node)
        if not value:
            self.complain(key, f"“{key}” is empty.", "Write the text after the colon.")
            return ""
        if len(value) > longest:
            self.complain(key, f"“{key}” has {len(value)} characters.", f"Keep it to {longest} at most.")
            return ""
        if _has_hidden(value):
            # Between double quotation marks, YAML makes any character from its number.
            self.complain(key, f"“{key}” has an invisible character in it.", "Write it without backslashes.")
            return ""
        return value

    def choice(self, key: str, options: type[T]) -> T | None:
        """The value as one of an enum's members, or None with a fault."""
        value = self.text(key, longest=100)
        if value in list(options):
            return options(value)
        if value:
            self.complain(key, f"“{value}” is not a known {key}.", f"Use one of: {', '.join(options)}.")
        return None

    def flag(self, key: str) -> bool:
        """The value as true or false; anything else is a fault and counts as false."""
        value = self.text(key, longest=100).lower()
        if value and value not in _YES | _NO:
            self.complain(key, f"“{key}” must be true or false.", "Write true or false, without quotation marks.")
        return value in _YES

    def day(self, key: str) -> date | None:
        """The value as a date, or None with a fault."""
        value = self.text(key, longest=100)
        if not value:
            return None
        day = _day_or_none(value)
        if day is None:
            self.complain(key, f"“{value}” is not a date.", "Write year-month-day, such as 2018-06-01.")
        return day

    def texts_if_given(self, key: str, *, longest: int) -> tuple[str, ...]:
        """The value as several short texts, written as one text or as a list; () where the key is absent."""
        node = self.nodes.get(key)
        if node is None:
            return ()
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        values = [_scalar_text(item) for item in items]
        sound = [value for value in values if 0 < len(value) <= longest and not _has_hidden(value)]
        if not values or sound != values:
            self.complain(key, f"“{key}” must be one short text or a list of them.", f"Write: {key}: [A1, A2]")
            return ()
        return tuple(values)

    def groups(self, key: str) -> tuple["Sheet", ...]:
        """The value as a list of mappings, one sheet each; a missing or empty list is a fault."""
        node = self.nodes.get(key)
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        mappings = [item for item in items if isinstance(item, yaml.MappingNode)]
        if not mappings or len(mappings) != len(items):
            self.complain(key, f"“{key}” must be a list of groups.", "See docs/packs.md for how it is written.")
            return ()
        return tuple(sheet_of(item, self.file, self.first_line, self.faults) for item in mappings)


class _Plain(yaml.SafeLoader):
    """Reads each value where it stands: a few hundred bytes of aliases, one within another, can stand for millions."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            problem = "a star (*) stands for a value that is written elsewhere; write the value here, or quote the star"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def _key_text(node: yaml.Node) -> str:
    key = node.value if isinstance(node, yaml.ScalarNode) else ""
    return key if 0 < len(key) <= _LONGEST_KEY and not _has_hidden(key) else "?"


def _has_hidden(value: str) -> bool:
    return any(map(is_hidden, value))


def _scalar_text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or _is_null(node):
        return ""
    return " ".join(node.value.split())


def _is_null(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"


def _day_or_none(value: str) -> date | None:
    if not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
