"""What a declared restore explains of the checkpoints that somebody was given, and what it does not."""

import json
from pathlib import Path
from typing import Any

import pytest

from folkmoot.casefile.checkpoint_file import CaseHead, first_line, public_key, short_line, signed_line
from folkmoot.casefile.checkpoint_reader import read_lines
from folkmoot.casefile.evidence import kept_elsewhere
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.merkle import MerkleTree
from folkmoot.steps.make_checkpoint import declare_restored, make_checkpoint
from tests import cast

SEED = bytes(range(32))
HEAD = CaseHead(1, 3, "a" * 64)
GIVEN_OUT = "was given out, and the checkpoints kept by the server do not have it (or another)"


def follow(lines: list[str], *, hour: int, steps: int, **says: Any) -> list[str]:
    """Return the lines with one more checkpoint, in which the one case has so many steps."""
    moved = {"x": CaseHead(HEAD.number, steps, HEAD.head)}
    before = json.loads(lines[-1])["checkpoint"] if len(lines) > 1 else lines[0]
    tree = MerkleTree()
    tree.put("x", *moved["x"])
    facts = {
        "org": 7,
        "number": len(lines),
        "before": digest(before.encode()),
        "at": f"2026-11-02T{hour:02}:00:00+00:00",
    }
    facts |= {"count": 1, "root": tree.root(), "register": [0, ""], "access": [0, ""], **says}
    return [*lines, signed_line(SEED, facts, moved)]


@pytest.fixture
def backed_up() -> list[str]:
    """Return a server's file when its backup was made."""
    return follow([first_line(7, public_key(SEED))], hour=8, steps=3)


def faults(given: list[str], own: list[str], folder: Path, *, short: bool) -> list[str]:
    """Return what is wrong with what was given out, held against the server's own file."""
    file = folder / "given"
    file.write_text("\n".join([given[0], *(short_line(one) if short else one for one in given[1:])]) + "\n")
    return kept_elsewhere(file, own=read_lines(own)).faults


@pytest.mark.parametrize("short", [True, False], ids=["mails", "whole"])
def test_what_was_signed_between_a_backup_and_its_declared_restore_is_lost_and_no_fault(
    backed_up: list[str], tmp_path: Path, short: bool
) -> None:
    given = follow(follow(backed_up, hour=9, steps=4), hour=10, steps=5)
    own = follow(backed_up, hour=11, steps=3, restored="the disk failed")
    assert faults(given, own, tmp_path, short=short) == []


@pytest.mark.parametrize("knows", ["it", "the next"])
def test_a_declaration_excuses_no_roll_back_after_it(backed_up: list[str], tmp_path: Path, knows: str) -> None:
    """A server whose clock was years ahead when it declared: whatever it signed since is dated before that."""
    declared = follow(backed_up, hour=23, steps=3, restored="a drill")
    given = follow(follow(declared, hour=9, steps=4), hour=10, steps=5)
    if knows == "the next":
        given = [*given[:2], *given[3:]]  # the mail with the declaration was not kept
    own = follow(declared, hour=12, steps=3)  # rolled back to the declaration, and signed on
    assert any(GIVEN_OUT in fault for fault in faults(given, own, tmp_path, short=True))


def test_of_a_whole_file_that_has_the_declaration_itself_nothing_is_excused(
    backed_up: list[str], tmp_path: Path
) -> None:
    declared = follow(backed_up, hour=23, steps=3, restored="a drill")
    given = follow(declared, hour=9, steps=5)
    (tmp_path / "given").write_text("\n".join(given) + "\n")
    found = kept_elsewhere(tmp_path / "given", own=read_lines(follow(declared, hour=12, steps=3)))
    assert found.proof.heads == {"x": CaseHead(1, 5, HEAD.head)}  # so the record is held against what it knows


def test_no_checkpoint_is_dated_before_the_one_that_it_follows(db: None, tmp_path: Path) -> None:
    people = cast.branch()
    org = people.org
    ahead = declare_restored(org, reason="a drill", folder=tmp_path, seed=SEED, at=cast.day(9))
    cast.reported(people, at=cast.day(2))
    after = make_checkpoint(org, folder=tmp_path, seed=SEED, at=cast.day(2))
    assert after is not None
    assert after.at == ahead.at
