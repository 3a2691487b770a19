"""`folkmoot policy diff`: what is different between two packs, clause by clause and word by word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from folkmoot.cli.words import answer, examples, say
from folkmoot.kernel.errors import BadInput
from folkmoot.standards import Heading, Pack, PackFault, UnknownPack, find_pack, fingerprint, load_pack
from folkmoot.standards.changes import Changes, ClauseChange, What, compare, reworded

_INDENT = "    "


@click.command(
    "diff", epilog=examples("policy diff labour-branch-2018 our-rules", "policy diff our-rules our-rules-2027 --json")
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def command(before: str, after: str) -> None:
    """Say what is different in B, compared with A.

    Each is the folder of a pack, or the name of one that comes with Folkmoot. Words that were taken out stand in
    [-…-], words that were put in stand in {+…+}. A clause of the kind ground is marked Rule on the pages. Exit status 1
    when one of them cannot be read.
    """
    old, new = _pack(before), _pack(after)
    changes = compare(old, new)
    answer(**_facts(old, new, changes))
    for line in _lines(old, new, changes):
        say(line)


def _pack(name: str) -> Pack:
    folder = Path(name)
    try:
        return load_pack(folder if folder.is_dir() or "/" in name else find_pack(name))
    except UnknownPack as unknown:
        raise BadInput(f"{name} is no folder. {unknown.args[0]}") from None
    except PackFault as fault:
        raise BadInput(str(fault)) from None


def _lines(old: Pack, new: Pack, changes: Changes) -> Iterator[str]:
    yield f"From “{old.title}” ({old.name}) to “{new.title}” ({new.name})"
    counts = [f"{len(changes.of(what))} {what}" for what in What if changes.of(what)]
    yield f"Clauses: {', '.join(counts)}."
    for name in changes.front:
        yield f"{name}: {_shown(getattr(old, name))} → {_shown(getattr(new, name))}"
    for was, now in changes.headings:
        if was is None and now is not None:
            yield f"New section {now.prefix}: {now.title}"
        elif now is None and was is not None:
            yield f"The section {was.prefix} is gone: {was.title}"
        elif was is not None and now is not None:
            yield f"Section {now.prefix}: {_marked(_named(was), _named(now))}"
    for change in changes.changed:
        yield ""
        yield from _clause_lines(change)


def _named(heading: Heading) -> str:
    return f"{heading.under}: {heading.title}" if heading.under else heading.title


def _clause_lines(change: ClauseChange) -> Iterator[str]:
    was, now = change.before, change.after
    if was is None or now is None:
        yield f"{change.clause.code} {change.clause.title}: {change.what}"
        yield from (_INDENT + text for text in change.clause.paragraphs)
        return
    where = [f"was {was.code}"] if change.has_new_code else []
    where += ["moved"] if change.is_moved and change.what is What.REWORDED else []
    said = f" ({', '.join(where)})" if where else ""
    title = _marked(was.title, now.title)
    yield f"{now.code} {title}: {change.what}{said}"
    for name in change.fields:
        if name == "text":
            yield from (_INDENT + line for line in _marked(was.text, now.text).split("\n") if line)
        elif name != "title":
            yield f"{_INDENT}{name}: {_shown(getattr(was, name))} → {_shown(getattr(now, name))}"


def _marked(old: str, new: str) -> str:
    """Return the new text with marks around words that were taken out or put in."""
    text = ""
    for stretch in reworded(old, new):
        words = stretch.words.rstrip()
        after = stretch.words[len(words) :]
        if words and stretch.is_out:
            words = click.style(f"[-{words}-]", fg="red")
        elif words and stretch.is_in:
            words = click.style(f"{{+{words}+}}", fg="green")
        # The last word of a text has no space behind it, though another may follow as put in.
        gap = " " if text and words and not text[-1].isspace() and not stretch.words[0].isspace() else ""
        text += gap + words + after
    return text


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in {None, ""} else str(value)


def _facts(old: Pack, new: Pack, changes: Changes) -> dict[str, Any]:
    return {
        "before": _about(old),
        "after": _about(new),
        "same": fingerprint(old) == fingerprint(new),
        "front": {name: [_plain(getattr(old, name)), _plain(getattr(new, name))] for name in changes.front},
        "headings": [[_heading(was), _heading(now)] for was, now in changes.headings],
        "clauses": [_clause_facts(change) for change in changes.clauses],
    }


def _about(pack: Pack) -> dict[str, str]:
    return {"name": pack.name, "title": pack.title, "fingerprint": fingerprint(pack)}


def _heading(heading: Heading | None) -> dict[str, str] | None:
    return {"prefix": heading.prefix, "title": heading.title, "under": heading.under} if heading else None


def _clause_facts(change: ClauseChange) -> dict[str, Any]:
    was, now = change.before, change.after
    facts: dict[str, Any] = {
        "what": change.what.value,
        "before": was.code if was else None,
        "after": now.code if now else None,
        "moved": change.is_moved,
    }
    if was is None or now is None:
        return {**facts, "title": change.clause.title, "text": change.clause.text}
    facts["fields"] = {name: [_plain(getattr(was, name)), _plain(getattr(now, name))] for name in change.fields}
    if "text" in change.fields:
        facts["words"] = [
            {"words": one.words, "is": "out" if one.is_out else "in" if one.is_in else "same"}
            for one in reworded(was.text, now.text)
        ]
    return facts


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) or value is None else str(value)
