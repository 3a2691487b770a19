"""A published policy, in any of several formats, made into a draft of a pack. Pure: no Django and no clock."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.bounded import apart
from folkmoot.standards.importing.draft import Draft, draft_of, missing
from folkmoot.standards.importing.recognising import read_file
from folkmoot.standards.importing.report import REPORT_FILE, may_be_grounds, report
from folkmoot.standards.importing.writing import name_for, require_free, write_pack, write_pack_instead

__all__ = ["REPORT_FILE", "Imported", "import_policy", "import_policy_again", "may_be_grounds"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the draft, what was read, and where an earlier folder was put, if there was one."""

    draft: Draft
    source: Source
    before: Path | None = None


def import_policy(
    file: Path, folder: Path, *, today: date, since: date | None = None, lang: str = "en-GB", title: str = ""
) -> Imported:
    """Write a draft of a pack, made from `file`, to `folder`, which must be empty or not there yet.

    `since` is the day from which the policy is in force; without it the text's own is looked for. The pack passes
    `check_pack`, every paragraph of the file is in it or in the report beside it, and nothing is written where that
    cannot be done: `BadInput` then says why.
    """
    name_for(folder)
    require_free(folder)
    imported, text = apart(lambda: _draft(file, folder, today=today, since=since, lang=lang, title=title))
    write_pack(imported.draft.pack, folder, beside={REPORT_FILE: text})
    return imported


def import_policy_again(
    file: Path, folder: Path, *, today: date, since: date | None = None, lang: str = "en-GB", title: str = ""
) -> Imported:
    """Do as `import_policy` does where something is at `folder` already: that is kept under another name."""
    name_for(folder)
    imported, text = apart(lambda: _draft(file, folder, today=today, since=since, lang=lang, title=title))
    before = write_pack_instead(imported.draft.pack, folder, beside={REPORT_FILE: text})
    return Imported(imported.draft, imported.source, before)


def _draft(file: Path, folder: Path, *, today: date, since: date | None, lang: str, title: str) -> tuple[Imported, str]:
    source, raw = read_file(file)
    draft = draft_of(source, name=name_for(folder), lang=lang, since=since, today=today, title=title)
    lost = missing(source, draft)
    if lost:
        raise BadInput(
            f"The words “{lost[0][:80]}” would be lost, so nothing was written. This is a mistake in Folkmoot: please "
            "report it, with the file if you can.",
            field="file",
        )
    return Imported(draft, source), report(draft, source, file=file.name, raw=raw, today=today.isoformat())
