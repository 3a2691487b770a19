"""The report beside a draft: what was guessed, what was left out, where everything came from."""

import hashlib
from collections.abc import Iterable

from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.draft import Draft

REPORT_FILE = "import-report.md"


def report(draft: Draft, source: Source, *, file: str, raw: bytes, today: str) -> str:
    """Return the report in Markdown. `file` is the name of the source and `raw` its bytes."""
    pack = draft.pack
    parts = [
        f"# What to check by hand: {_safe(pack.title)}",
        f"Made on {today} from {_safe(file)} ({source.format}, {len(raw):,} bytes, "
        f"SHA-256 {hashlib.sha256(raw).hexdigest()}).\n"
        f"{len(pack.clauses)} clauses in {len(pack.headings)} sections. Delete this file when you are done with it.",
        *_doubts(source),
        *_guesses(draft),
        *_left_out(source),
        *_sections(draft),
        *_origins(draft),
        *_links(source),
    ]
    return "\n\n".join(parts) + "\n"


def may_be_grounds(draft: Draft) -> list[str]:
    """Return the codes of clauses that forbid something, so that a person may want to make them grounds."""
    return [origin.code for origin in draft.origins if origin.may_be_ground]


def _doubts(source: Source) -> list[str]:
    if not source.doubts:
        return ["## Doubtful places", "None: the structure was clear."]
    return ["## Doubtful places", _list(f"{one.place}: {one.what}" for one in source.doubts)]


def _guesses(draft: Draft) -> list[str]:
    pack = draft.pack
    if draft.date_said:
        day = f"The date {pack.in_force_from} was taken from “{draft.date_said}”. Is that when it came into force?"
    else:
        day = f"The date {pack.in_force_from} is not from the text. Write since when the policy has been in force."
    grounds = may_be_grounds(draft)
    found = f" These forbid something: {', '.join(grounds)}." if grounds else ""
    return [
        "## What was guessed",
        _list(
            [
                day,
                "No clause is a ground yet (marked Rule on the pages), so none can restrict a post. A ground needs an "
                f"example of what is allowed and one of what is not, and only people can write those.{found}",
                "The kind of each clause (principle, advice, procedure) comes from the title of its section.",
                "The title of each clause is its first words. Give those that read badly a better one.",
                "Every clause is for all platforms (scope: all).",
                f"The language is taken to be {pack.lang}. The title, the description and official_url of pack.yaml "
                "are yours to write. If the policy restates another one, name that as parent.",
            ]
        ),
    ]


def _left_out(source: Source) -> list[str]:
    if not source.left_out:
        return ["## What was left out", "Nothing."]
    return ["## What was left out", _list(f"{one.place}, {one.why}: {_safe(one.text)}" for one in source.left_out)]


def _sections(draft: Draft) -> list[str]:
    pack = draft.pack
    rows = [
        f"{heading.prefix}: {_safe(heading.title)}"
        + (f", in the source “{draft.labels[heading.prefix]}”" if draft.labels.get(heading.prefix) else "")
        + (f" (under {_safe(heading.under)})" if heading.under else "")
        + f": {len(pack.under(heading))}"
        for heading in pack.headings
    ]
    return ["## Sections, and how many clauses each has", _list(rows)]


def _origins(draft: Draft) -> list[str]:
    rows = ["| code | in the source | where | title |", "|---|---|---|---|"]
    for origin in draft.origins:
        title = draft.pack.clause(origin.code).title
        rows.append(f"| {origin.code} | {_cell(origin.printed)} | {_cell(origin.place)} | {_cell(title)} |")
    return ["## Where each clause came from", "\n".join(rows)]


def _links(source: Source) -> list[str]:
    found = [(words, address) for words, address in source.links if address and not _says_itself(words, address)]
    if not found:
        return []
    return [
        "## Addresses behind words",
        "A clause is plain text, so these are not in it. Write those that people need into the text.",
        _list(f"{_safe(words)}: {_safe(address)}" for words, address in found),
    ]


def _says_itself(words: str, address: str) -> bool:
    return address.removeprefix("mailto:").rstrip("/") in {words, f"https://{words}", f"http://{words}"}


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _safe(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _safe(text).replace("|", "\\|")
