"""A pack's fingerprint follows its content and nothing else."""

import json
from dataclasses import replace
from datetime import date

from folkmoot.standards import Kind, Scope, canonical_bytes, fingerprint, load_pack

from .conftest import ADVICE, GROUND, PACK_YAML, Workbench

EXPECTED = "b889b696304a28e3c34003379e9fc6d2171365a4141a6b62a6c91795b8a71404"


def test_the_fingerprint_of_a_known_pack_never_changes(bench: Workbench) -> None:
    # If this fails, every edition on record would get a new fingerprint: raise LAYOUT, on purpose, instead.
    assert fingerprint(load_pack(bench.folder)) == EXPECTED


def test_canonical_bytes_are_json_with_everything_in_it(bench: Workbench) -> None:
    content = json.loads(canonical_bytes(load_pack(bench.folder)))
    assert content["layout"] == 1
    assert content["in_force_from"] == "2024-03-01"
    assert [clause["code"] for clause in content["clauses"]] == ["A1", "A2", "B1"]
    assert content["clauses"][1]["text"] == "Sleep on it.\n\nThen read it again."
    assert content["clauses"][0]["kind"] == "ground"


def test_line_ends_wrapping_key_order_and_a_byte_order_mark_leave_no_trace(bench: Workbench) -> None:
    before = fingerprint(load_pack(bench.folder))
    bench.write("clauses/A2.md", b"\xef\xbb\xbf" + ADVICE.replace("\n", "\r\n").encode())
    bench.write("clauses/A1.md", GROUND.replace("Be kind to people.", "Be\nkind  to\n  people.\n\n\n"))
    lines = PACK_YAML.splitlines(keepends=True)
    bench.write("pack.yaml", "".join([lines[1], lines[0], *lines[2:]]))
    assert fingerprint(load_pack(bench.folder)) == before


def test_accents_typed_in_two_ways_are_the_same_text(bench: Workbench) -> None:
    bench.write("clauses/A1.md", GROUND.replace("kind to", "kind at the caf\u00e9 to"))
    composed = fingerprint(load_pack(bench.folder))
    bench.write("clauses/A1.md", GROUND.replace("kind to", "kind at the cafe\u0301 to"))
    assert fingerprint(load_pack(bench.folder)) == composed


def test_any_change_of_content_changes_the_fingerprint(bench: Workbench) -> None:
    pack = load_pack(bench.folder)
    first, *rest = pack.clauses
    changed = [
        replace(pack, title="Other rules"),
        replace(pack, in_force_from=date(2024, 3, 2)),
        replace(pack, paraphrase=True),
        replace(pack, official_url=None),
        replace(pack, headings=pack.headings[::-1]),
        replace(pack, clauses=(*rest, first)),
        replace(pack, clauses=(replace(first, text="Be kind."), *rest)),
        replace(pack, clauses=(replace(first, kind=Kind.ADVICE), *rest)),
        replace(pack, clauses=(replace(first, scope=Scope.PUBLIC), *rest)),
        replace(pack, clauses=(replace(first, aimed_at=False), *rest)),
        replace(pack, clauses=(replace(first, limited_to="A part"), *rest)),
    ]
    prints = {fingerprint(pack), *map(fingerprint, changed)}
    assert len(prints) == len(changed) + 1
