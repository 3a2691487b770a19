"""Every command in the documents: the lines of their code blocks, and what stands between backquotes."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.places import PROJECT

DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
_OURS = r"(?:\./|/opt/folkmoot/)folkmoot"
# What a block of commands begins with; a block that begins otherwise shows a file.
_COMMAND = re.compile(
    rf"^(?:{_OURS}|\./|\.venv/|bench/|scripts/|[A-Z_]+=\S+ |\d+ \d+ \* |sudo |git |mkdir |cp |mv |zcat |docker "
    r"|openssl |useradd |printf |echo |systemctl |journalctl |chmod |curl |apt-get |psql )"
)
_SPAN = re.compile(r"`((?:\./|bench/|\.venv/)[a-z][^`]*)`")
_FENCE = re.compile(r"^```(\w*)$")


@dataclass(frozen=True)
class Line:
    """One command as a document has it, and where."""

    document: Path
    text: str
    is_span: bool = False  # in the middle of a sentence: it may be a mere mention

    @property
    def folkmoot(self) -> str | None:
        """What stands behind ./folkmoot in it; `None` where that is not in it. Explanations behind it are left out."""
        found = re.search(rf"(?:^|[ |]){_OURS}(?: (.*))?$", self.text)
        if found is None:
            return None
        said = re.split(r"\s{2,}|\s+#\s| [<>] ", found[1] or "")[0]
        return said.strip()

    def __str__(self) -> str:
        return f"{self.document.relative_to(PROJECT)}: {self.text}"


def lines() -> list[Line]:
    """Return all commands, in the order of the documents."""
    return [line for document in DOCUMENTS for line in _of(document)]


def _of(document: Path) -> list[Line]:
    text = document.read_text(encoding="utf-8")
    found = [Line(document, one) for block in _blocks(text) for one in _whole(block) if _COMMAND.match(block[0])]
    return found + [Line(document, " ".join(one.split()), is_span=True) for one in _SPAN.findall(text)]


def _whole(block: list[str]) -> list[str]:
    """Return a block's commands, each in one line: one goes on behind a backslash, and while a quote is open."""
    found: list[str] = []
    is_open = False
    for line in block:
        if is_open:
            found[-1] += f" {line}"
        else:
            found.append(line)
        is_open = found[-1].endswith("\\") or found[-1].count("'") % 2 == 1
        found[-1] = found[-1].removesuffix("\\").rstrip()
    return found


def _blocks(text: str) -> list[list[str]]:
    """Return the code blocks, indented or fenced, without empty lines; those of another language than a shell's not."""
    blocks: list[list[str]] = []
    fence: str | None = None
    before = ""
    for line in text.splitlines():
        fenced = _FENCE.match(line)
        if fenced:
            fence = None if fence is not None else fenced[1]
            blocks.append([])
        elif (fence in ("", "sh") or (fence is None and re.match(r" {4}\S", line))) and line.strip():
            if fence is None and not before.startswith("    "):
                blocks.append([])
            blocks[-1].append(line.strip())
        before = line
    return [block for block in blocks if block]
