"""Whatever is said to people is written so that it can be said in another language.

`test_pages.py` walks through all pages in a language that nobody speaks; this looks at the source,
which takes a second.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.places import PROJECT

SOURCE = PROJECT / "src" / "folkmoot"
TEMPLATES = sorted(
    file for file in SOURCE.rglob("*.html") if "style" not in file.parts
)  # that one shows names of parts
WORD = re.compile(r"[^\W\d_]{2,}")
CLASSES = re.compile(r'\{% block \w+_(?:class|attributes) %\}.*?\{% endblock %\}|class="[^"]*"', re.DOTALL)  # no words
SHOWN = {"title", "alt", "placeholder", "aria-label"}
SILENT = {"code", "pre", "script"}
NAMES = {"Folkmoot"}
# Shown when nothing works any more, translation included; the name stands there, too.
AS_IT_IS = {"500.html"}
ROOMS = ("api", "web", "steps", "editions", "casefile", "procedure")
REFUSALS = {"BadInput", "NotPermitted", "NotReady", "OpensNothing", "StalePage", "TooMuch"}


class Literals(HTMLParser):
    """Collects the words that stand in a template as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.found += [value for name, value in attrs if name in SHOWN and value and WORD.search(value)]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and WORD.search(data) and data.strip() not in NAMES:
            self.found.append(data.strip())


def literals(template: str) -> list[str]:
    """Return the words of `template` that no translation reaches."""
    reader, until = Literals(), ""
    texts = []
    for token in Lexer(CLASSES.sub("", template)).tokenize():
        name = token.contents.partition(" ")[0]
        if token.token_type is TokenType.BLOCK and name in {"blocktranslate", "comment", "verbatim"}:
            until = f"end{name}"
        elif token.token_type is TokenType.BLOCK and name == until:
            until = ""
        elif token.token_type is TokenType.TEXT and not until:
            texts.append(token.contents)
    reader.feed("".join(texts))
    reader.close()
    return reader.found


def said_as_they_are(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS and node.args:
            said = node.args[0]
            choices = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
            if any(isinstance(one, (ast.Constant, ast.JoinedStr)) and WORD.search(ast.unparse(one)) for one in choices):
                yield f"{file.relative_to(SOURCE)}:{node.lineno}: {ast.unparse(said)[:80]}"


@pytest.mark.parametrize(
    "template",
    [
        "<p>Send it</p>",
        '<p title="Send it">{{ name }}</p>',
        "{% if sent %}Sent{% endif %}",
        "{% translate 'Sent' %} by us",
    ],
)
def test_words_that_were_forgotten_would_be_found(template: str) -> None:
    assert literals(template)


def test_no_template_has_words_that_are_not_marked_for_translation() -> None:
    found = {file.name: literals(file.read_text()) for file in TEMPLATES if file.name not in AS_IT_IS}
    assert len(found) > 150
    assert {name: words for name, words in found.items() if words} == {}


def test_no_refusal_is_said_without_gettext() -> None:
    files = [file for room in ROOMS for file in (SOURCE / room).rglob("*.py")]
    assert [one for file in files for one in said_as_they_are(file)] == []
