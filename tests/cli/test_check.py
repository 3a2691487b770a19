"""`folkmoot check`: a line of JSON for each text, in their order; or the words and the rules, in a terminal."""

import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from folkmoot.cli.checking.advised import advised
from folkmoot.cli.checking.advised import show as show_advice
from folkmoot.cli.checking.answers import OURS
from folkmoot.cli.checking.chunks import LINES, Chunk, chunks
from folkmoot.cli.checking.crew import AHEAD, Crew
from folkmoot.cli.checking.shown import Listing, Shown, summary
from folkmoot.cli.commands import folkmoot
from folkmoot.cli.ending import NOBODY_READS, STOPPED
from folkmoot.detectors.judging import our_judge
from folkmoot.kernel.errors import NotReady
from tests.servers import clean_environment, processes, wait_until

CLEAN, FLAGGED, FAILED = 0, 1, 2
FINE = "Good morning, the meeting is at seven."
TELLS = "You can ring her at home on 07700 900123."  # a number from the range kept for fiction
MOST_SECONDS = 0.9  # of the processor, for one text; the models are loaded in it
LONG = 5 * LINES  # lines of a file that several processes share


def check(*words: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(folkmoot, ["check", *words], input=given)


def answers(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    file = tmp_path / "posts.jsonl"
    rows = [{"id": number, "text": TELLS if number % 100 == 7 else f"{FINE} {number}"} for number in range(LONG)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_each_text_has_its_line_in_their_order_and_the_status_says_whether_one_is_flagged() -> None:
    done = check(FINE, TELLS)
    assert done.exit_code == FLAGGED
    fine, tells = answers(done)
    assert set(fine) == set(our_judge().judge(FINE).as_json()) < OURS
    assert (fine["flag"], tells["flag"]) == (False, True)
    assert 0 <= fine["score"] < tells["score"] <= 1
    assert set(fine["hate"]) == {"flag", "score"}
    (found,) = [one for one in tells["findings"] if one["signal"] == "private"]
    assert TELLS[found["start"] : found["end"]] == "07700 900123"
    assert (found["clause"], bool(found["why"])) == ("F7", True)
    assert check(FINE).exit_code == CLEAN


def test_standard_input_is_one_text() -> None:
    done = check("-", given=f"Hello.\n\n{TELLS}\n".encode())
    assert (done.exit_code, len(answers(done))) == (FLAGGED, 1)
    for words, given in ((["-"], b"caf\xe9"), (["-", "-"], b"Hello"), (["-", "--json"], b"\xff")):
        done = check(*words, given=given)
        assert done.exit_code == FAILED
        assert "UTF-8" in done.output or "read once" in done.output
    assert answers_whole(done)["error"]["kind"] == "bad_input"


@pytest.mark.parametrize(("words", "given"), [([""], b""), (["-"], b""), (["-"], b" \n"), ([FINE, " "], b"")])
def test_an_empty_text_is_refused(words: list[str], given: bytes) -> None:
    done = check(*words, given=given)
    assert done.exit_code == FAILED
    assert "There is nothing to check" in done.output


def test_a_name_of_no_file_is_checked_as_words_and_how_files_are_checked_is_said() -> None:
    done = check("nosuchfile.txt")
    assert "looks like the name of a file" in done.stderr
    assert "--lines FILE" in done.stderr
    assert not check(FINE).stderr


def answers_whole(done: Result) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_what_lines_say_otherwise_is_passed_through_and_nothing_is_lost(tmp_path: Path) -> None:
    rows = [
        {"id": 7, "text": FINE, "label": "fine", "nested": {"é": [1, None]}},
        {"text": TELLS, "hate": "no", "flag": 0, "input": "post"},
    ]
    done = check("--jsonl", "-", given=b"\xef\xbb\xbf" + "\r\n\n".join(map(json.dumps, rows)).encode())
    first, second = answers(done)
    assert {key: first[key] for key in rows[0]} == rows[0]
    assert "input" not in first
    assert second["input"] == {"hate": "no", "flag": 0, "input": "post"}
    assert second["flag"] is True
    assert done.exit_code == FLAGGED


def test_a_line_that_cannot_be_read_has_its_answer_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        b'{"id": 1, "words": "x"}', b"nonsense", b'["text"]', b'{"text": 7}', b'{"text": "caf\xe9"}',
        b"[" * 100_000, b'{"text": 1' + b"0" * 5000 + b"}",
        b'{"text": "half \\ud800 of a pair", "also": "\\udfff"}', json.dumps({"text": TELLS}).encode(),
    ]  # fmt: skip
    (tmp_path / "posts.jsonl").write_bytes(b"\n".join(lines))
    done = check("--jsonl", str(tmp_path / "posts.jsonl"))
    assert done.exit_code == FAILED
    said = answers(done)
    assert [("error" in one, one.get("line")) for one in said[:7]] == [(True, number) for number in range(1, 8)]
    assert said[0]["id"] == 1
    assert all(one["error"]["message"] for one in said[:7])
    assert ["error" in one for one in said[7:]] == [False, False]
    assert said[8]["flag"] is True
    assert said[7]["also"] == "\udfff"
    assert 'posts.jsonl, line 1: It has no "text".' in done.stderr
    assert "line 7" in done.stderr
    assert "07700" not in done.stderr


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", '[1.5, {"b": -1e999}]'])
def test_a_number_that_no_json_can_say_is_passed_on_to_nobody(number: str) -> None:
    done = check(
        "--jsonl", "-", given=f'{{"text": "{FINE}", "a": {number}}}\n{{"text": "{FINE}", "a": 1.5}}\n'.encode()
    )
    wrong, right = [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines()]
    assert (done.exit_code, wrong["line"], right["a"]) == (FAILED, 1, 1.5)


def test_many_lines_that_cannot_be_read_are_no_flood() -> None:
    done = check("--jsonl", "-", given=b"?\n" * 500)
    assert (done.exit_code, len(answers(done))) == (FAILED, 500)
    assert len(done.stderr.splitlines()) == 21
    assert "480 more lines" in done.stderr


def test_each_line_of_a_plain_file_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "comments.txt").write_text(f"{FINE}\r\n\n{TELLS}", encoding="utf-8")
    done = check("--lines", str(tmp_path / "comments.txt"))
    assert [(one["text"], one["flag"]) for one in answers(done)] == [(FINE, False), ("", False), (TELLS, True)]


def test_how_it_could_be_said_better_is_said_where_it_is_asked_for(tmp_path: Path) -> None:
    [said] = answers(check("--advice", TELLS))
    assert (said["advice"]["kind"], said["advice"]["remarks"][0]["signal"]) == ("likely", "private")
    assert said["advice"]["headline"].endswith("F7, Private information.")
    assert "advice" not in answers(check(TELLS))[0]
    file = tmp_path / "posts.txt"
    file.write_text(FINE, encoding="utf-8")
    assert check("--advice", "--lines", str(file)).exit_code == FAILED
    paper = io.StringIO()
    judged = our_judge().judge(TELLS)
    show_advice(Console(file=paper, width=200), TELLS, advised(TELLS, judged))
    assert "“07700 900123”: Leave it out" in paper.getvalue()


def test_the_words_that_moved_the_score_are_said_where_they_are_asked_for() -> None:
    (plain,), (explained,) = answers(check(TELLS)), answers(check(TELLS, "--explain"))
    assert plain["moved"] == []
    assert all(0 <= start < end <= len(TELLS) for start, end, _ in explained["moved"])
    assert explained["moved"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--jsonl", "/nosuch"),
        ("--jsonl", "/"),
        ("x", "--lines", "-"),
        ("--jsonl", "-", "--lines", "-"),
        ("--workers", "0", "x"),
    ],
)
def test_what_makes_no_sense_is_told_apart_from_what_is_flagged(words: tuple[str, ...]) -> None:
    done = check(*words)
    assert (done.exit_code, done.stdout) == (FAILED, "")
    assert done.stderr


def test_somebody_who_meant_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("posts.jsonl").touch()
    assert "is a file as well" in check("posts.jsonl").stderr
    assert check("a" * 5000, "a\0b", "\ud800").stderr.count("file") == 0


def test_one_text_needs_little_time_no_django_and_no_data(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = (
        "import sys\nfrom folkmoot.cli.commands import folkmoot\n"
        f"try:\n    folkmoot(['check', {FINE!r}])\nexcept SystemExit as end:\n    assert not end.code\n"
        "assert not {'django', 'rich', 'multiprocessing.connection'} & set(sys.modules)"
    )
    environment = clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"))
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["flag"] is False
    assert not (tmp_path / "data").exists()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < MOST_SECONDS


def test_several_processes_answer_as_one_does_in_the_same_order(long_file: Path) -> None:
    one, two = (check("--jsonl", str(long_file), "--workers", many) for many in "12")
    assert one.exit_code == two.exit_code == FLAGGED
    assert one.stdout == two.stdout
    assert [said["id"] for said in answers(two)] == list(range(LONG))


def test_memory_stays_bounded_and_a_process_that_is_killed_is_no_riddle() -> None:
    read = count()

    def endless() -> Iterator[Chunk]:
        for number in read:
            yield Chunk(1 + number, [FINE.encode()], len(FINE))

    with Crew(2, options=["plain"]) as crew:
        came = crew.in_order(endless())
        assert [next(came).size for _ in range(3)] == [len(FINE)] * 3
        assert next(read) <= 3 + AHEAD * 2
        for process in crew._processes.values():
            process.kill()
        with pytest.raises(NotReady, match="memory ran out"):
            list(came)


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, STOPPED), (signal.SIGKILL, -signal.SIGKILL)])
def test_whatever_ends_it_leaves_no_process_behind(sign: signal.Signals, status: int, long_file: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli", "check", "--jsonl", "-", "--workers", "2"],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin
    assert running.stdout
    running.stdin.write(long_file.read_bytes())
    running.stdin.flush()
    assert json.loads(running.stdout.readline())["id"] == 0  # and now it waits for more
    helpers = {one.pid for one in processes() if one.parent == running.pid}
    assert helpers
    running.send_signal(sign)
    said = running.communicate(timeout=60)[1].decode()
    assert running.returncode == status
    assert "Traceback" not in said
    wait_until(lambda: not helpers & {one.pid for one in processes()}, "the processes that judge to end")


def test_a_closed_pipe_ends_it_without_a_word(long_file: Path) -> None:
    script = (
        f"{sys.executable} -m folkmoot.cli check --workers 2 --jsonl {long_file} | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", script], env=clean_environment(), capture_output=True, text=True)
    assert done.stdout.splitlines()[1:] == [str(NOBODY_READS)]
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_no_flag() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "folkmoot.cli", "check", FINE, "--json"],
            env=clean_environment(), stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (FAILED, "no space left on device. Make room, and try again.\n")


def test_a_line_that_is_too_long_is_left_out_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.cli.checking.chunks.LONGEST", 10)
    (found,) = chunks(io.BytesIO(b"short\n" + b"x" * 35 + b"\n" + b"123456789\n" + b"y" * 10))
    assert found.lines == [b"short\n", None, b"123456789\n", None]
    assert found.size == 6 + 36 + 10 + 10


# In a terminal

INSULT = "you clown"
POST = f"The budget fails us, {INSULT}."


def finding(words: str, text: str, **other: Any) -> dict[str, Any]:
    start = text.index(words)
    given = {"signal": "insult", "clause": "R2", "score": 0.9, "why": "It calls somebody names.", "advice": False}
    return given | {"start": start, "end": start + len(words)} | other


def judged(*findings: dict[str, Any], **other: Any) -> dict[str, Any]:
    flag = any(not one["advice"] for one in findings)
    return our_judge().judge("").as_json() | {"flag": flag, "findings": list(findings), "aimed_at_policy": 0.1} | other


def seen(text: str, said: dict[str, Any], *, colour: bool = False) -> str:
    paper = io.StringIO()
    Shown(Console(file=paper, width=100, force_terminal=colour, color_system="standard" if colour else None)).show(
        text, said
    )
    return paper.getvalue()


def test_a_person_sees_the_words_marked_and_the_rule_with_its_title_beside_them() -> None:
    said = judged(finding(INSULT, POST), moved=[[21, 24, -0.25], [25, 30, 2.0]])
    assert f"us, \x1b[1;4;31m{INSULT}\x1b[0m." in seen(POST, said, colour=True)
    shown = " ".join(seen(POST, said).split())
    assert f"{INSULT} R2 No insults, harassment or aggression It calls somebody names. (strong)" in shown
    assert "What moved the score: clown +2.0, you −0.2" in shown
    assert shown.endswith("Likely a breach of R2.")
    assert "\x1b" not in seen("\x1b[31m\u202e" + POST, judged())


def test_advice_stands_apart_from_what_is_flagged() -> None:
    said = judged(finding(INSULT, POST), finding("budget", POST, clause="P7", advice=True, why="Say it plainly."))
    shown = seen(POST, said)
    assert shown.index("No insults") < shown.index("To think about; it counts as no breach:") < shown.index("P7")
    assert "P7" not in summary(said)


HATE = {"hate": {"flag": True, "score": 0.9}}
ROBUST = "Robust, and fine: it is about a policy or what somebody did, not about the person."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (judged(), "Nothing found."),
        (judged(aimed_at_policy=0.9), ROBUST),
        (judged(finding("budget", POST, score=0.5), aimed_at_policy=0.9, flag=False), ROBUST),
        (judged(finding(INSULT, POST), aimed_at_policy=0.9, flag=False), "Signs to look at, but no likely breach."),
        (judged(finding(INSULT, POST, advice=True)), "Nothing found."),
        (judged(flag=True), "Likely a breach, though of no rule in particular."),
        (
            judged(finding(INSULT, POST), finding("us", POST, clause="Sd", score=0.95), **HATE),
            "Likely a breach of Sd and R2; likely hate on a protected ground.",
        ),
    ],
)
def test_the_last_line_says_what_it_comes_to(said: dict[str, Any], sentence: str) -> None:
    assert summary(said) == sentence


def test_of_what_is_not_english_it_is_said_how_little_was_looked_at() -> None:
    paper = io.StringIO()
    welsh = "Rwyt ti'n dwp ac yn hyll, cer o 'ma."
    quiet = {"flag": False, "findings": [], "moved": [], "aimed_at_policy": 0.9, "read": 1, "windows": 1, "without": []}
    Shown(Console(file=paper, width=300)).show(welsh, quiet)
    assert "Nothing found in what could be looked at." in paper.getvalue()
    assert "reads English only" in paper.getvalue()


def test_of_a_long_text_only_what_is_around_the_words_is_shown() -> None:
    text = "a long and quiet report " * 500 + POST + " and so on" * 500
    said = judged(finding(INSULT, text), finding(text, text, clause="R1"), windows=40, read=16)
    shown = seen(text, said)
    assert len(shown) < 1500
    assert shown.startswith("… ")
    assert INSULT in shown
    assert "(the whole)" in shown
    assert "the model read 16 of its 40 parts" in shown


def test_of_a_file_a_person_sees_the_texts_in_which_something_was_found(tmp_path: Path) -> None:
    paper = io.StringIO()
    said = [{"error": {}}, {"text": FINE} | judged(), {"text": POST} | judged(finding(INSULT, POST))]
    Listing(Console(file=paper, width=100)).show(json.dumps(one).encode() for one in said)
    assert "Text 3\n" in paper.getvalue()
    assert FINE not in paper.getvalue()


def test_a_terminal_gets_words_and_a_program_in_it_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.cli.checking.answers.is_terminal", lambda stream: True)
    assert re.search(r"07700 900123 +F7  Private information", check(TELLS).stdout)
    assert "Text 2" in check("--lines", "-", given=f"{FINE}\n{TELLS}\n".encode()).stdout
    assert answers(check(TELLS, "--json"))[0]["flag"] is True
    assert os.environ.get("OMP_NUM_THREADS")  # read once, before numpy is loaded
