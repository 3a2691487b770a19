"""A file of checkpoints proves what it says, up to the first line that somebody changed."""

import json
from collections.abc import Callable

import pytest

from folkmoot.casefile.checkpoint_file import CaseHead, append, first_line, public_key, short_line, signed_line
from folkmoot.casefile.checkpoint_reader import read_file, read_lines, read_own_file
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.merkle import MerkleTree

SEED, OTHER = bytes(range(32)), bytes(32)
FIRST = CaseHead(1, 3, "a" * 64)
SECOND = CaseHead(2, 1, "b" * 64)
LATER = CaseHead(1, 5, "c" * 64)


def written(*rounds: dict[str, CaseHead], seed: bytes = SEED, **other: object) -> list[str]:
    """Return the lines of a file whose checkpoints each add a round of cases that moved."""
    lines = [first_line(7, public_key(seed))]
    heads: dict[str, CaseHead] = {}
    before = digest(lines[0].encode())
    for number, moved in enumerate(rounds, start=1):
        heads |= moved
        tree = MerkleTree()
        for uid, head in heads.items():
            tree.put(uid, *head)
        facts = {"org": 7, "number": number, "before": before, "at": "2026-11-02T10:00:00.000000+00:00"}
        facts |= {"count": len(heads), "root": tree.root(), "register": [0, ""], "access": [0, ""], **other}
        lines.append(signed_line(seed, facts, moved))
        before = digest(json.loads(lines[-1])["checkpoint"].encode())
    return lines


LINES = written({"x": FIRST}, {"y": SECOND}, {"x": LATER})


def test_what_was_written_is_read_with_every_head_that_it_ever_knew():
    found = read_lines(LINES)
    assert (found.fault, found.org, [one.number for one in found.checkpoints]) == ("", 7, [1, 2, 3])
    assert found.cases == {"x": [(1, FIRST), (3, LATER)], "y": [(2, SECOND)]}
    assert found.fingerprint == digest(bytes.fromhex(public_key(SEED)))


def test_an_older_copy_proves_what_it_covers():
    assert read_lines(LINES[:3]).heads == {"x": FIRST, "y": SECOND}


def changed(place: int, change: Callable[[dict[str, object]], None]) -> list[str]:
    said = json.loads(LINES[place])
    change(said)
    return [*LINES[:place], json.dumps(said), *LINES[place + 1 :]]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (changed(2, lambda said: said.update(cases=[["y", 2, 1, "d" * 64]])), "line 3: the cases of checkpoint 2"),
        (changed(2, lambda said: said.update(cases=[])), "line 3: the cases of checkpoint 2"),
        (changed(2, lambda said: said.update(checkpoint=said["checkpoint"] + " ")), "line 3: it was not signed"),
        (changed(1, lambda said: said.update(signature="00" * 64)), "line 2: it was not signed"),
        ([LINES[0], LINES[1], LINES[3]], "line 3: checkpoint 3 does not follow the one before it"),
        ([LINES[0], *LINES[2:]], "line 2: checkpoint 2 does not follow the one before it"),
        ([*LINES, LINES[2]], "line 5: checkpoint 2 does not come after checkpoint 3"),
        ([LINES[0], *written({"x": FIRST}, seed=OTHER)[1:]], "line 2: it was not signed with this key"),
        ([LINES[0], written({"x": FIRST}, org=8)[1]], "line 2: it is of another organisation"),
        (written({"x": LATER}, {"x": FIRST}), "line 3: checkpoint 2 has fewer steps of case 1"),
        ([*LINES[:2], '{"checkpoint": nonsense}'], "line 3: it was not signed"),
        (["nothing of ours"], "it does not begin with the line that names the key"),
        (LINES[1:], "it does not begin with the line that names the key"),
    ],
)
def test_a_line_that_was_changed_is_named_and_what_stands_before_it_still_counts(lines, says):
    found = read_lines(lines)
    assert found.fault.startswith(says) if says else found.fault == ""
    sound = int(says.partition("line ")[2].partition(":")[0]) - 2 if says.startswith("line ") else None
    assert sound is None or len(found.checkpoints) == sound


def test_lines_out_of_mails_may_leave_numbers_out_and_stand_among_other_words():
    mails = ["Hello,", "", LINES[0], short_line(LINES[1]), "They hold it …", LINES[0], f"> {short_line(LINES[3])}", ""]
    found = read_lines(mails)
    assert (found.fault, [one.number for one in found.checkpoints], found.cases) == ("", [1, 3], {})


def test_a_declared_restore_begins_the_cases_anew():
    lines = written({"x": LATER, "y": SECOND})
    rest = written({"x": FIRST}, restored="the disk failed")
    said = {**json.loads(json.loads(rest[1])["checkpoint"]), "number": 2}
    said["before"] = digest(json.loads(lines[1])["checkpoint"].encode())
    found = read_lines([*lines, signed_line(SEED, said, {"x": FIRST})])
    assert (found.fault, found.heads) == ("", {"x": FIRST})
    assert found.checkpoints[-1].restored == "the disk failed"


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_line_that_was_cut_off_while_it_was_written_is_none_and_the_next_takes_its_place(tmp_path, cut):
    path = tmp_path / "checkpoints" / "7.jsonl"
    append(path, LINES[:2])
    with path.open("a") as file:
        file.write(LINES[2][:cut])
    found = read_file(path)
    assert found is not None
    assert (found.fault, len(found.checkpoints)) == ("", 1)
    append(path, LINES[2:])
    assert path.read_text().splitlines() == LINES


def test_a_whole_line_without_its_end_counts(tmp_path):
    path = tmp_path / "7.jsonl"
    path.write_text("\n".join(LINES[:2]))
    append(path, LINES[2:])
    assert path.read_text().splitlines() == LINES


def test_where_there_is_no_file_there_is_no_proof(tmp_path):
    assert read_file(tmp_path / "7.jsonl") is None


def test_the_servers_own_file_is_read_quickly_and_says_the_same(tmp_path):
    path = tmp_path / "7.jsonl"
    assert read_own_file(path) is None
    append(path, LINES)
    assert read_own_file(path) == read_file(path)


@pytest.mark.parametrize(
    "lines",
    [
        changed(2, lambda said: said.update(cases=[["y", 2, 1, "d" * 64]])),
        changed(3, lambda said: said.update(signature="00" * 64)),
        [LINES[0], LINES[1], LINES[3]],
        [LINES[0], *LINES[2:]],
        [*LINES, LINES[2]],
        LINES[1:],
        [*LINES, "nonsense {"],
    ],
)
def test_quick_reading_that_meets_a_fault_names_it_as_slow_reading_does(tmp_path, lines):
    path = tmp_path / "7.jsonl"
    append(path, lines)
    quickly, slowly = read_own_file(path), read_file(path)
    assert quickly is not None
    assert quickly == slowly
    assert quickly.fault or lines[-1] == "nonsense {"
