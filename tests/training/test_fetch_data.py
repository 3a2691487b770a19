"""The public sets are fetched whole, from one commit, and never over anything; docs/data.md says the same of them."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.places import PROJECT
from training.fetch_data import File, main, read_table
from training.sets import _SETS

COMMIT = "0123456789abcdef"
FIRST, SECOND = b"id,text\n1,hello\n" * 2000, b"1\tgood morning\n"


class Publisher(ThreadingHTTPServer):
    """A server that has a repository; it hangs up after some bytes, or does not know ranges, where a test says so."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.has = {
            f"/somebody/sets/{COMMIT}/data/first.csv": FIRST,
            f"/somebody/sets/{COMMIT}/second.tsv": SECOND,
        }
        self.asked: list[tuple[str, str]] = []
        self.hangs_up_after = [0]  # for each answer in turn; 0: never
        self.knows_ranges = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append((self.path.rpartition("/")[2], wanted))
        content = self.server.has.get(self.path)
        if content is None:
            self.send_error(404)
            return
        start = int(wanted[6:-1]) if wanted and self.server.knows_ranges else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        left = self.server.hangs_up_after
        most = left.pop(0) if len(left) > 1 else left[0]
        self.wfile.write(content[start : start + most] if most else content[start:])
        self.close_connection = True

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    files = [("first.csv", "data/first.csv", FIRST), ("second.tsv", "second.tsv", SECOND)]
    rows = [
        f'{{ name = "{name}", path = "{path}", size = {len(held)}, sha256 = "{hashlib.sha256(held).hexdigest()}" }}'
        for name, path, held in files
    ]
    about = {"repository": "somebody/sets", "commit": COMMIT, "licence": "CC BY 4.0", "citation": "Somebody 2020"}
    said = "\n".join(f"{key} = {json.dumps(value)}" for key, value in (about | {"holds": "Greetings."}).items())
    file = tmp_path / "data.toml"
    file.write_text(f'[[set]]\nname = "greetings"\n{said}\nfiles = [{", ".join(rows)}]\n', encoding="utf-8")
    return file


@pytest.fixture
def fetched(tmp_path: Path, table: Path, publisher: Publisher) -> list[str]:
    """Return what to type."""
    return [str(tmp_path / "data"), "--table", str(table), "--source", publisher.url]


def test_what_is_missing_is_fetched_and_said_with_its_licence(
    fetched: list[str], tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(fetched) == 0
    folder = tmp_path / "data" / "greetings"
    assert (folder / "first.csv").read_bytes() == FIRST
    assert (folder / "second.tsv").read_bytes() == SECOND
    assert len(list(folder.iterdir())) == 2
    said = capsys.readouterr().out
    assert all(words in said for words in ("CC BY 4.0", "Somebody 2020", "somebody/sets", "words of real people"))
    assert main(fetched) == 0
    assert len(publisher.asked) == 2  # the second time nothing was asked for
    assert "is there already" in capsys.readouterr().out


def test_what_breaks_off_goes_on_where_it_was(fetched: list[str], tmp_path: Path, publisher: Publisher) -> None:
    publisher.hangs_up_after = [1000, 500, 0]
    assert main(fetched) == 0
    assert publisher.asked[:3] == [("first.csv", ""), ("first.csv", "bytes=1000-"), ("first.csv", "bytes=1500-")]
    assert (tmp_path / "data" / "greetings" / "first.csv").read_bytes() == FIRST


def test_a_later_run_goes_on_too_also_where_the_server_knows_no_ranges(
    fetched: list[str], tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.hangs_up_after = [10]
    assert main([*fetched, "--only", "greetings"]) == 1
    said = capsys.readouterr()
    assert "first.csv: NOT THERE" in said.out
    assert "of 32,000 bytes" in said.out
    assert "Run it again" in said.err
    assert (tmp_path / "data" / "greetings" / "first.csv.part").read_bytes() == FIRST[:30]
    publisher.hangs_up_after, publisher.knows_ranges = [0], False
    assert main(fetched) == 0
    assert (tmp_path / "data" / "greetings" / "first.csv").read_bytes() == FIRST


@pytest.mark.parametrize("other", [FIRST[:-1] + b"!", FIRST + b"more", FIRST[:-1]])
def test_other_bytes_than_those_we_trained_on_are_not_kept(
    other: bytes, fetched: list[str], tmp_path: Path, publisher: Publisher
) -> None:
    publisher.has[f"/somebody/sets/{COMMIT}/data/first.csv"] = other
    assert main(fetched) == 1
    assert not (tmp_path / "data" / "greetings" / "first.csv").exists()
    assert (tmp_path / "data" / "greetings" / "second.tsv").exists()


def test_nothing_that_is_there_is_replaced(
    fetched: list[str], tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "data" / "greetings" / "first.csv"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    assert main(fetched) == 1
    assert mine.read_bytes() == b"mine"
    assert "is another file. It is left alone" in capsys.readouterr().out


def test_a_repository_that_is_gone_is_said_by_its_address(
    fetched: list[str], publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.has.clear()
    assert main(fetched) == 1
    assert f"{publisher.url}/somebody/sets/{COMMIT}/data/first.csv answers 404 Not Found." in capsys.readouterr().out


def test_sets_can_be_listed_and_chosen(
    fetched: list[str], tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*fetched, "--list"]) == 0
    assert "Greetings." in capsys.readouterr().out
    assert main([*fetched, "--only", "greetinks"]) == 2
    assert "no set called greetinks" in capsys.readouterr().err
    assert publisher.asked == []
    assert not (tmp_path / "data").exists()


def test_there_is_a_source_for_every_set_that_is_learnt_from_and_none_for_what_is_held_out() -> None:
    table = read_table()
    assert {one.name for one in table} >= set(_SETS)
    names = [file.name.lower() for one in table for file in one.files]
    assert not any("hatecheck" in name or "ethos" in name for name in names)
    assert all(re.fullmatch("[0-9a-f]{40}", one.commit) for one in table)
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for one in table for file in one.files)


def test_the_document_says_what_the_table_says() -> None:
    document = (PROJECT / "docs" / "data.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| \[(.+) \|$", document, re.MULTILINE))
    table = read_table()
    assert list(rows) == [one.name for one in table]
    for one in table:
        assert f"{one.repository}](https://github.com/{one.repository}/tree/{one.commit})" in rows[one.name]
        assert one.licence in rows[one.name]
        assert one.citation in rows[one.name]


@pytest.mark.data
def test_the_sets_that_are_here_are_those_of_the_table(shared_data: Path) -> None:
    there = [(one.name, file) for one in read_table() for file in one.files if (shared_data / one.name).is_dir()]
    if not there:
        pytest.skip(f"none of the sets is in {shared_data}: python -m training.fetch_data puts them there")
    assert [f"{name}/{file.name}" for name, file in there if not _is_it(shared_data / name / file.name, file)] == []


def _is_it(path: Path, file: File) -> bool:
    held = path.read_bytes()
    return (len(held), hashlib.sha256(held).hexdigest()) == (file.size, file.sha256)
