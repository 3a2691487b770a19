"""Lists that somebody changed are read line by line, and tried without touching ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from folkmoot.detectors import detect
from folkmoot.detectors.changed_lists import changed_lists
from folkmoot.detectors.finding import Signal
from folkmoot.detectors.wordlists import WordLists, look_for, our_lines, our_lists
from folkmoot.kernel.errors import BadInput


@pytest.fixture(autouse=True)
def _ours_again() -> Iterator[None]:
    yield
    look_for(our_lists())


def test_a_changed_list_counts_in_place_of_ours_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "insults.txt").write_text("# only this one\n0.9 turnip\n", encoding="utf-8")
    lists = changed_lists(tmp_path)
    assert detect("you turnip") == []
    look_for(WordLists({**our_lines(), **lists}))
    assert [(one.signal, one.score) for one in detect("you turnip")] == [(Signal.INSULT, 0.9)]
    assert [one.signal for one in detect("you idiot")] == []
    assert Signal.THREAT in {one.signal for one in detect("we know where you live")}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("turnips.txt", b"0.9 turnip\n", "turnips.txt"),
        ("insults.txt", b"# fine\nturnip\n", "insults.txt, line 2"),
        ("insults.txt", b"7 turnip\n", "insults.txt, line 1"),
        ("insults.txt", b"0.5 \n", "insults.txt, line 1"),
        ("insults.txt", b"0.5 a?\n", "insults.txt, line 1"),
        ("insults.txt", b"0.5 \xff\xfe\n", "insults.txt is not written in UTF-8"),
        ("notes.md", b"hello", "nothing"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=said):
        changed_lists(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no folder"):
        changed_lists(tmp_path / "nowhere")
