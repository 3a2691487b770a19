"""One clause file: front matter between two lines of ---, then the text of the clause."""

import re
from dataclasses import dataclass
from pathlib import Path

from folkmoot.standards.codes import CODE_RULE, is_code
from folkmoot.standards.faults import FaultList
from folkmoot.standards.model import Clause, Kind, Scope
from folkmoot.standards.sheets import Sheet, read_sheet
from folkmoot.standards.textfile import read_text

KEYS = frozenset(
    {"code", "title", "scope", "kind", "allowed", "not_allowed", "limited_to", "aimed_at", "parent"},
)
LONGEST_TITLE = 100
LONGEST_EXAMPLE = 400

_FENCE = "---"
_MARKUP = re.compile(r"#{1,6}\s|[-*+]\s|>\s?|[0-9]{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class ClauseFile:
    """A clause as read, with the lines that later complaints need. `clause` is None if it is unusable."""

    file: str
    code: str
    code_line: int
    parents: tuple[str, ...]
    parent_line: int
    clause: Clause | None


def read_clause(path: Path, file: str, faults: FaultList) -> ClauseFile | None:
    """Read one clause file and note all that is wrong; None where even its front matter cannot be read."""
    text = read_text(path, file, faults)
    return None if text is None else clause_from(text, path.stem, file, faults)


def clause_from(text: str, stem: str, file: str, faults: FaultList) -> ClauseFile | None:
    """Read the text of a clause file, named `stem`, and note all that is wrong; None as above."""
    split = _split_front_matter(text, file, faults)
    if split is None:
        return None
    front, body, body_line = split
    sheet = read_sheet(front, file, 2, faults)
    if sheet is None:
        return None
    sheet.expect_only(KEYS)
    return _clause_from(sheet, _paragraphs(body, body_line, file, faults), stem)


def _split_front_matter(text: str, file: str, faults: FaultList) -> tuple[str, str, int] | None:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        faults.add(
            file,
            1,
            "The front matter is missing.",
            "Begin the file with a line of --- and close it with one.",
        )
        return None
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    faults.add(file, 1, "The front matter has no end.", "Put a line of --- between it and the text of the clause.")
    return None


def _paragraphs(body: str, first_line: int, file: str, faults: FaultList) -> str:
    for number, line in enumerate(body.split("\n"), start=first_line):
        if _MARKUP.match(line.lstrip()):
            faults.add(
                file,
                number,
                "A clause is plain paragraphs: a heading, a list or a quotation would be shown as typed.",
                "Write it as sentences, with an empty line between paragraphs.",
            )
    paragraphs = [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", body)]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if not text:
        faults.add(file, first_line - 1, "The clause has no text.", "Write its text below the second line of ---.")
    return text


def _clause_from(sheet: Sheet, text: str, stem: str) -> ClauseFile:
    before = len(sheet.faults.faults)
    code = sheet.text("code", longest=10)
    if code and not is_code(code):
        sheet.complain("code", f"“{code}” is not a clause code.", f"A code is {CODE_RULE}.")
    elif code and code != stem:
        sheet.complain("code", f"The code is “{code}”, but the file is named “{stem}.md”.", f"Name it {code}.md.")
    title = sheet.text("title", longest=LONGEST_TITLE)
    scope = sheet.choice("scope", Scope)
    kind = sheet.choice("kind", Kind)
    allowed = sheet.text_if_given("allowed", longest=LONGEST_EXAMPLE)
    not_allowed = sheet.text_if_given("not_allowed", longest=LONGEST_EXAMPLE)
    limited_to = sheet.text_if_given("limited_to", longest=LONGEST_TITLE)
    aimed_at = sheet.flag("aimed_at") if "aimed_at" in sheet.nodes else False
    parents = sheet.texts_if_given("parent", longest=10)
    _check_use(sheet, kind, allowed, not_allowed)
    usable = is_code(code) and len(sheet.faults.faults) == before and text
    clause = None
    if usable and scope is not None and kind is not None:
        clause = Clause(code, title, text, scope, kind, allowed, not_allowed, limited_to, aimed_at, parents)
    return ClauseFile(sheet.file, code, sheet.line("code"), parents, sheet.line("parent"), clause)


def _check_use(sheet: Sheet, kind: Kind | None, allowed: str, not_allowed: str) -> None:
    if kind is Kind.GROUND:
        # D2: whoever may be restricted under a clause can see what it allows and what it does not.
        for key in ("allowed", "not_allowed"):
            if key not in sheet.nodes:
                said = "an allowed" if key == "allowed" else "a not-allowed"
                sheet.complain(
                    "kind",
                    f"This clause is a ground and has no “{key}” example.",
                    f"Add {key}: with {said} post, so that members can see where the line is.",
                )
        if allowed and allowed == not_allowed:
            sheet.complain("not_allowed", "Both examples are the same.", "Show what is on each side of the line.")
    elif kind is not None:
        for key in ("limited_to", "aimed_at"):
            if key in sheet.nodes:
                sheet.complain(key, f"“{key}” only makes sense on a ground.", "Remove it, or change the kind.")
