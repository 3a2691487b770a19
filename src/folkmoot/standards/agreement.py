"""Whether the files of a pack agree with one another, with its headings and with its parent."""

from collections.abc import Iterable, Sequence

from folkmoot.standards.clausefile import ClauseFile
from folkmoot.standards.codes import gaps, is_code, prefix_of
from folkmoot.standards.faults import FaultList
from folkmoot.standards.packfile import PACK_FILE, PackFile


def check_codes(
    files: Sequence[ClauseFile], stems: Iterable[str], faults: FaultList, *, retired: Sequence[str] = ()
) -> None:
    """Note codes that are used twice or are retired, and holes in a series of codes.

    `stems` are the names of all clause files without .md: a file that cannot be read leaves no hole. Nor does a
    code that is retired.
    """
    first: dict[str, ClauseFile] = {}
    for file in files:
        if file.code in first and file.code:
            where = f"{first[file.code].file}:{first[file.code].code_line}"
            faults.add(file.file, file.code_line, f"The code {file.code} is used twice.", f"It is also in {where}.")
        first.setdefault(file.code, file)
        if file.code in retired:
            hint = "Give the clause a new code, or take this one off the list “retired” in pack.yaml."
            faults.add(file.file, file.code_line, f"The code {file.code} is retired.", hint)
    codes = {code for code in [*first, *stems, *retired] if is_code(code)}
    for missing, after in gaps(codes):
        at = first.get(after)
        faults.add(
            at.file if at else f"clauses/{after}.md",
            at.code_line if at else 1,
            f"There is no clause {missing} before {after}.",
            f"Add clauses/{missing}.md, or give the later clauses new codes so that none is left out. "
            f"If {missing} is gone for good, name it under “retired” in pack.yaml.",
        )


def check_headings(front: PackFile, files: Sequence[ClauseFile], faults: FaultList) -> None:
    """Note clauses whose section has no heading, and headings with no clause."""
    prefixes = [heading.prefix for heading in front.headings]
    used = set()
    for file in files:
        if not is_code(file.code):
            continue
        prefix = prefix_of(file.code)
        used.add(prefix)
        if prefixes and prefix not in prefixes:
            hint = f"Add a heading with the prefix {prefix} to pack.yaml, or change the code."
            faults.add(file.file, file.code_line, f"There is no heading for the clause {file.code}.", hint)
    for heading, line in zip(front.headings, front.heading_lines, strict=True):
        if files and heading.prefix not in used:
            hint = f"Add a clause such as {heading.prefix}1, or remove the heading."
            faults.add(PACK_FILE, line, f"The heading “{heading.title}” has no clauses.", hint)


def check_orders(front: PackFile, files: Sequence[ClauseFile], faults: FaultList) -> None:
    """Note codes in the order of a section that are no clauses of it."""
    codes = {file.code for file in files}
    for (prefix, order), line in zip(front.orders.items(), front.order_lines, strict=True):
        for code in order:
            if code not in codes or prefix_of(code) != prefix:
                hint = "Name only clauses of this section, each once."
                faults.add(PACK_FILE, line, f"The section {prefix} has no clause {code} to put in order.", hint)


def check_parent(
    parent: str | None, parent_codes: frozenset[str] | None, files: Sequence[ClauseFile], faults: FaultList
) -> None:
    """Note clauses that say they restate a clause which the parent pack does not have."""
    for file in files:
        if file.parents and parent is None:
            hint = "Name the parent in pack.yaml, or remove this key."
            faults.add(file.file, file.parent_line, "This pack has no parent to restate a clause of.", hint)
            continue
        for code in file.parents:
            if parent_codes is not None and code not in parent_codes:
                hint = f"Give the code of a clause that “{parent}” has."
                faults.add(file.file, file.parent_line, f"The parent pack has no clause {code}.", hint)
