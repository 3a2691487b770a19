"""`folkmoot policy diff` says what is different between two packs, in words and as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli.commands import folkmoot
from folkmoot.standards import find_pack

PACK = """\
name: {name}
title: Our rules
description: How we treat each other.
lang: en-GB
in_force_from: {since}
parent: null
paraphrase: false
official_url: null
headings:
  - prefix: A
    title: {title}
{retired}"""
CLAUSE = "---\ncode: {code}\ntitle: {title}\nscope: all\nkind: {kind}\n---\n\n{text}\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(folkmoot, ["policy", "diff", *map(str, arguments)], catch_exceptions=False)


def pack(folder: Path, front: dict[str, str], *clauses: tuple[str, str, str, str]) -> Path:
    (folder / "clauses").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK.format(name=folder.name, **front))
    for code, title, kind, text in clauses:
        file = folder / "clauses" / f"{code}.md"
        file.write_text(CLAUSE.format(code=code, title=title, kind=kind, text=text))
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return pack(
        tmp_path / "before",
        {"since": "2024-01-01", "title": "Manners", "retired": ""},
        ("A1", "Kind", "advice", "Be kind to people, online and off."),
        ("A2", "Photographs", "advice", "Ask before you share somebody's photograph."),
        ("A3", "Sleep", "advice", "Sleep on it, then read it again."),
    )


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return pack(
        tmp_path / "after",
        {"since": "2025-01-01", "title": "Good manners", "retired": "retired: [A2]"},
        ("A1", "Kind", "principle", "Be very kind to people, online and off."),
        ("A3", "Sleep", "advice", "Sleep on it, then read it again."),
        ("A4", "Names", "advice", "Call people what they call themselves."),
    )


def test_what_is_new_gone_and_reworded_is_shown_word_by_word(before: Path, after: Path) -> None:
    done = run(before, after)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "From “Our rules” (before) to “Our rules” (after)",
        "Clauses: 1 new, 1 gone, 1 reworded, 1 same.",
        "in_force_from: 2024-01-01 → 2025-01-01",
        "Section A: [-Manners-] {+Good manners+}",
        "",
        "A1 Kind: reworded",
        "    Be {+very+} kind to people, online and off.",
        "    kind: advice → principle",
        "",
        "A2 Photographs: gone",
        "    Ask before you share somebody's photograph.",
        "",
        "A4 Names: new",
        "    Call people what they call themselves.",
    ]


def test_json_holds_every_clause_with_its_code_before_and_after(before: Path, after: Path) -> None:
    facts = json.loads(run(before, after, "--json").stdout)
    assert facts["same"] is False
    assert facts["front"] == {"in_force_from": ["2024-01-01", "2025-01-01"]}
    assert [(one["what"], one["before"], one["after"]) for one in facts["clauses"]] == [
        ("reworded", "A1", "A1"),
        ("gone", "A2", None),
        ("same", "A3", "A3"),
        ("new", None, "A4"),
    ]
    first = facts["clauses"][0]
    assert first["fields"]["kind"] == ["advice", "principle"]
    assert [one["words"].strip() for one in first["words"] if one["is"] == "in"] == ["very"]
    assert "".join(one["words"] for one in first["words"]) == "Be very kind to people, online and off."


def test_packs_that_come_with_folkmoot_are_known_by_name() -> None:
    done = run("labour-national-2018", "labour-branch-2018")
    assert done.exit_code == 0
    assert "(was N4, moved)" in done.stdout
    same = run("labour-branch-2018", find_pack("labour-branch-2018"))
    assert same.stdout.splitlines()[1:] == ["Clauses: 52 same."]


def test_what_is_no_pack_is_refused_with_what_is_wrong(before: Path, tmp_path: Path) -> None:
    unknown = run(before, "nosuch")
    assert unknown.exit_code == 1
    assert "nosuch is no folder" in unknown.stderr
    assert "labour-branch-2018" in unknown.stderr
    (before / "clauses" / "A2.md").unlink()
    faulty = run(before, before)
    assert faulty.exit_code == 1
    assert "There is no clause A2 before A3" in faulty.stderr
    assert run(tmp_path / "none", before).exit_code == 1
