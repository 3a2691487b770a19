"""The language of letters' templates: names to be filled in, and parts that stand only if something is so.

    Dear {{ name }},
    {% if stands %}The decision stands.{% else %}The decision is overturned.{% endif %}

That is all of it: `{{ name }}`, `{% if name %}`, `{% if not name %}`, `{% else %}`, `{% endif %}`. A template reaches
nothing but the values it is given, and nothing that stands in a value is ever read as a template
(docs/adr/0008-letters-are-editions.md).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TAG = re.compile(r"\{\{(?P<name>[^\n]*?)\}\}|\{%(?P<tag>[^\n]*?)%\}|(?P<broken>\{\{|\}\}|\{%|%\}|\{#|#\})")
_IF = re.compile(r"if\s+(?P<never>not\s+)?(?P<name>[a-z][a-z0-9_]*)\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_ALONE = re.compile(r"^[ \t]*((?:\{%[^\n]*?%\}[ \t]*)+)\n", re.MULTILINE)
_GAPS = re.compile(r"\n{4,}")
_DEEPEST = 5

Values = Mapping[str, str | bool]


class WordingFault(Exception):
    """A template that cannot be read; `str(error)` says where and what to do. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line


@dataclass(frozen=True)
class Name:
    """A place where a value stands."""

    name: str
    line: int


@dataclass(frozen=True)
class When:
    """A part that stands only when `name` is so (or is `never` so); `other` stands otherwise."""

    name: str
    line: int
    never: bool
    then: "list[Piece]" = field(default_factory=list)
    other: "list[Piece]" = field(default_factory=list)


Piece = str | Name | When


@dataclass(frozen=True)
class Wording:
    """A template that has been read."""

    pieces: tuple[Piece, ...]

    def fill(self, values: Values) -> str:
        """Return the text with `values` put in; `KeyError` for a name that has none.

        A value that is empty or `False` is not so. Gaps that parts leave behind are closed.
        """
        return _GAPS.sub("\n\n\n", "".join(_filled(self.pieces, values)))

    def shown(self) -> list[Name]:
        """Return the places where values stand, in order."""
        return [piece for piece in _all(self.pieces) if isinstance(piece, Name)]

    def asked(self) -> list[When]:
        """Return the conditions, in order."""
        return [piece for piece in _all(self.pieces) if isinstance(piece, When)]


def read(template: str) -> Wording:
    """Read a template, or raise `WordingFault`."""
    text = _ALONE.sub(r"\1", template)  # a line that holds only conditions leaves no empty line behind
    lines = _Lines(template)
    pieces: list[Piece] = []
    stack: list[tuple[When, list[Piece], bool]] = []  # the condition, where it stands, whether "else" has come
    into, at = pieces, 0
    for found in _TAG.finditer(text):
        into.append(text[at : found.start()])
        at = found.end()
        line = lines.of(found.group())
        if found["broken"]:
            raise WordingFault(line, f"“{found['broken']}” opens or closes nothing. Write {{{{ name }}}} on one line.")
        if found["name"] is not None:
            into.append(_name(found["name"].strip(), line))
            continue
        tag = found["tag"].strip()
        if tag == "else":
            into = _other(stack, line)
        elif tag == "endif":
            if not stack:
                raise WordingFault(line, "this {% endif %} ends no {% if %}.")
            _, into, _ = stack.pop()
        else:
            stack.append((_when(tag, line), into, False))
            into = _enter(stack, line)
    into.append(text[at:])
    if stack:
        raise WordingFault(stack[-1][0].line, f"{{% if {stack[-1][0].name} %}} has no {{% endif %}}.")
    return Wording(tuple(pieces))


class _Lines:
    """Finds the line on which each tag stands in what the person typed, tag after tag."""

    def __init__(self, template: str) -> None:
        self.template, self.at = template, 0

    def of(self, tag: str) -> int:
        start = self.template.index(tag, self.at)
        self.at = start + len(tag)
        return self.template.count("\n", 0, start) + 1


def _name(text: str, line: int) -> Name:
    if not _NAME.match(text):
        raise WordingFault(line, f"“{{{{ {text} }}}}” is no name. Names have small letters and _ only.")
    return Name(text, line)


def _when(tag: str, line: int) -> When:
    found = _IF.match(tag)
    if found is None:
        raise WordingFault(
            line, f"“{{% {tag} %}}” is not known here. There is {{% if name %}}, {{% else %}} and {{% endif %}}."
        )
    return When(found["name"], line, never=bool(found["never"]))


def _enter(stack: list[tuple[When, list[Piece], bool]], line: int) -> list[Piece]:
    if len(stack) > _DEEPEST:
        raise WordingFault(line, "too many conditions stand inside one another. Please write it more simply.")
    when, into, _ = stack[-1]
    into.append(when)
    return when.then


def _other(stack: list[tuple[When, list[Piece], bool]], line: int) -> list[Piece]:
    if not stack or stack[-1][2]:
        raise WordingFault(line, "this {% else %} belongs to no {% if %}.")
    when, into, _ = stack.pop()
    stack.append((when, into, True))
    return when.other


def _filled(pieces: "tuple[Piece, ...] | list[Piece]", values: Values) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case str():
                yield piece
            case Name():
                yield str(values[piece.name])
            case When():
                yield from _filled(piece.then if bool(values[piece.name]) != piece.never else piece.other, values)


def _all(pieces: "tuple[Piece, ...] | list[Piece]") -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        if isinstance(piece, When):
            yield from _all(piece.then)
            yield from _all(piece.other)
