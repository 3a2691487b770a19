"""`folkmoot import`, as somebody types it."""

import csv
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.archive.models import ImportRun, Leftover, Platform, Post
from folkmoot.cli.commands import folkmoot as typed
from folkmoot.members.models import Organisation
from tests.cast import lay_open
from tests.servers import with_tables

POSTS = "id,text,author,date,state\n1,Hello,ann,2025-06-05,published\n2,Hello again,bob,2025-06-06 12:00,held\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return with_tables(tmp_path / "data")


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    file = tmp_path / "posts.csv"
    file.write_text(POSTS)
    return file


def counted(said: str) -> list[int]:
    """Return how many were new, known, with something new, and not taken."""
    found = re.search(r"([\d,]+) new posts, ([\d,]+) known already, ([\d,]+) with something new, ([\d,]+) rows?", said)
    assert found, said
    return [int(number.replace(",", "")) for number in found.groups()]


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.django_db
def test_real_tweets_come_in_by_text_alone(davidson_csv: Path) -> None:
    done = run("import", str(davidson_csv), "--map", "text=tweet", "--place", "here")
    assert counted(done.stdout) == [24_783, 0, 0, 0]
    here = Post.objects.filter(platform__name="here")
    assert here.filter(account=None, precision="unknown").count() == 24_783
    assert here.get(native_id="labeled_data.csv:1").text.startswith("!!! RT ")
    again = run("import", str(davidson_csv), "--map", "text=tweet", "--place", "here")
    assert counted(again.stdout) == [0, 24_783, 0, 0]
    assert lay_open(Organisation.objects.get()) == []


def run(*arguments: str) -> Result:
    """Run `folkmoot ARGUMENTS` in this process, where nobody sits at a terminal."""
    return CliRunner().invoke(typed, list(arguments), catch_exceptions=False)


@pytest.mark.django_db
def test_an_empty_folder_gets_a_local_organisation_and_a_place_named_after_the_file(posts: Path) -> None:
    done = run("import", str(posts))
    assert done.exit_code == 0, done.stderr
    assert counted(done.stdout) == [2, 0, 0, 0]
    assert "“posts” of Local is new" in done.stdout
    assert "Taking author from the column “author”" in done.stdout
    org = Organisation.objects.get()
    assert (org.slug, org.is_local) == ("local", True)
    assert Platform.objects.get().slug == "posts"
    assert list(Post.objects.order_by("native_id").values_list("state", "precision")) == [
        ("published", "day"),
        ("held", "exact"),
    ]
    assert lay_open(org) == []


@pytest.mark.django_db
def test_places_and_organisations_are_asked_for_when_there_are_several(posts: Path) -> None:
    run("org", "add", "Hartfield Branch")
    assert run("place", "add", "The page", "--kind", "facebook_page").exit_code == 0
    run("place", "add", "The list", "--closed")
    vague = run("import", str(posts))
    assert vague.exit_code == 1
    assert "the-list, the-page" in vague.stderr
    assert counted(run("import", str(posts), "--place", "the LIST").stdout) == [2, 0, 0, 0]
    assert "“The wiki” of Hartfield Branch is new" in run("import", str(posts), "--place", "The wiki").stdout
    run("org", "add", "Elsewhere")
    assert "elsewhere, hartfield-branch" in run("import", str(posts), "--place", "The page").stderr
    assert "There are: elsewhere" in run("import", str(posts), "--org", "nosuch").stderr
    assert counted(run("import", str(posts), "--org", "elsewhere").stdout) == [2, 0, 0, 0]
    assert "the-page\tfacebook_page\tpublic\tThe page" in run("place", "list", "--org", "hartfield-branch").stdout


@pytest.mark.django_db
def test_without_a_map_and_a_terminal_the_columns_are_named(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("a,b\n1,2\n")
    done = run("import", str(file))
    assert done.exit_code == 1
    assert "--map text=COLUMN" in done.stderr
    assert "Its columns are: a, b." in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(50), b'{"text": "x"}\n', b"id,text\n1,\n2,\n"])
def test_what_cannot_be_taken_writes_nothing(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_bytes(content)
    done = run("import", str(file))
    assert done.exit_code == 1
    assert done.stderr.strip()
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_rows_that_are_not_taken_are_named_and_written_down(tmp_path: Path) -> None:
    file, rejects = tmp_path / "posts.csv", tmp_path / "rejects.csv"
    file.write_bytes(b"id,text\n1,good\n" + b"2,bad \xff\n" * 30 + b"3,a\0b\n4,fine\n")
    done = run("import", str(file), "--rejects", str(rejects))
    assert done.exit_code == 0
    assert counted(done.stdout) == [2, 0, 0, 31]
    assert ImportRun.objects.get().rejected == 31
    assert "line 3: it has bytes that are not UTF-8 text." in done.stderr
    assert "--encoding cp1252" in done.stderr
    with rejects.open(newline="") as written:
        rows = list(csv.reader(written))
    assert rows[0] == ["line", "reason", "bytes"]
    assert (rows[1][2], rows[-1][2]) == (repr(b"2,bad \xff\n"), "")
    assert bytes(Leftover.objects.order_by("line")[0].raw) == b"2,bad \xff\n"
    assert [row[0] for row in rows[1:]] == [str(line) for line in range(3, 34)]
    assert run("import", str(file), "--rejects", str(tmp_path / "no" / "folder")).exit_code == 1


@pytest.mark.django_db
def test_the_same_file_is_not_imported_by_two_at_once(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLKMOOT_DATA", str(tmp_path))
    hold = (
        "import fcntl, sys; file = open(sys.argv[1], 'a'); fcntl.lockf(file, fcntl.LOCK_EX); print(1); sys.stdin.read()"
    )
    held = [sys.executable, "-u", "-c", hold, str(tmp_path / "import.lock")]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        refused = run("import", str(posts))
        assert refused.exit_code == 1
        assert "is being imported there at this moment, by another process" in refused.stderr
        assert not Organisation.objects.exists()
        other.kill()
    assert counted(run("import", str(posts)).stdout) == [2, 0, 0, 0]


@pytest.mark.django_db
def test_a_date_said_on_the_command_line_is_that_of_every_post_without_one(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("text\nHello\n")
    assert "--date" in run("import", str(file), "--date", "someday").stderr
    done = run("import", str(file), "--date", "2018-06-05")
    assert done.exit_code == 0
    assert "when they were posted" not in done.stdout
    assert Post.objects.get().posted_at.isoformat() == "2018-06-04T23:00:00+00:00"


@pytest.mark.slow
def test_on_a_terminal_the_columns_are_asked_for(tmp_path: Path, environment: dict[str, str]) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("who,said\nann,Hello\n")
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli", "import", str(file)],
        env=environment | {"TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        close_fds=True,
    )
    os.close(theirs)
    os.write(ours, b"2\n1\n" + b"\n" * 10)
    said = b""
    while chunk := _read(ours):
        said += chunk
    assert started.wait() == 0, said.decode()
    assert b"1 new posts" in said
    assert b"the authors are unknown" not in said


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other side has closed it
        return b""
