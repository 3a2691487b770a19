"""`folkmoot import` with files of every kind, from standard input, and without writing anything."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.archive.models import ImportRun, Platform, Post, Revision
from folkmoot.cli.commands import folkmoot as typed
from folkmoot.members.models import Organisation
from tests.cast import lay_open
from tests.cli.test_import import counted

pytestmark = pytest.mark.django_db

CHAT = "27/11/2025, 14:04 - Ann left\n27/11/2025, 14:05 - Ann: Hello\n27/11/2025, 14:06 - Bob: Hello you\n"
MAIL = "From ann@x Thu Nov 27 14:05:00 2025\nFrom: ann@x\nMessage-ID: <{}@x>\n{}\nHello\n\n"


def run(*arguments: str, typed_in: str | bytes | None = None) -> Result:
    """Run `folkmoot import ARGUMENTS` in this process; `typed_in` comes by standard input."""
    return CliRunner().invoke(typed, ["import", *arguments], input=typed_in, catch_exceptions=False)


def test_a_chat_and_a_mailbox_come_in_without_being_told_what_they_are(tmp_path: Path) -> None:
    chat, mails = tmp_path / "chat.txt", tmp_path / "list.mbox"
    chat.write_text(CHAT)
    mails.write_text(MAIL.format(1, "") + MAIL.format(2, "In-Reply-To: <1@x>\n"))
    done = run(str(chat), "--place", "The chat")
    assert counted(done.stdout) == [2, 0, 0, 0]
    assert "line 1 can be read in no other way" in done.stdout
    assert "Left aside: 1 lines in which WhatsApp itself tells of the group." in done.stdout
    assert counted(run(str(mails), "--place", "The list").stdout) == [2, 0, 0, 0]
    assert Post.objects.get(native_id="2@x").reply_to == "1@x"
    assert list(ImportRun.objects.order_by("pk").values_list("format", flat=True)) == ["whatsapp", "mbox"]
    assert counted(run(str(chat), "--place", "The chat").stdout) == [0, 2, 0, 0]
    assert lay_open(Organisation.objects.get()) == []


def test_what_was_deleted_or_changed_in_a_later_export_of_a_chat_is_found_again(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT)
    run(str(chat))
    chat.write_text(
        CHAT.replace("Hello you", "Hello ye <This message was edited>").replace(
            ": Hello\n", ": This message was deleted\n"
        )
    )
    assert counted(run(str(chat)).stdout) == [0, 0, 2, 0]
    assert counted(run(str(chat)).stdout) == [0, 2, 0, 0]
    assert Post.objects.get(account__handle="Ann").gone_seen_at
    assert Post.objects.get(account__handle="Ann").text == "Hello"
    assert Revision.objects.get().text == "Hello ye"


def test_posts_come_by_standard_input_and_rows_without_ids_are_told_by_the_content(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"post {number}"}) + "\n" for number in range(3))
    assert counted(run("-", "--place", "here", typed_in=lines).stdout) == [3, 0, 0, 0]
    assert counted(run("-", "--place", "here", typed_in=lines).stdout) == [0, 3, 0, 0]
    assert counted(run("-", "--place", "here", typed_in=lines.replace("post", "word")).stdout) == [3, 0, 0, 0]
    assert "stdin is empty" in run("-", "--place", "here", typed_in=b"").stderr


def test_a_dry_run_says_what_would_come_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("id,text\n1,one\n2,two\n3,\n")
    done = run(str(file), "--dry-run")
    assert counted(done.stdout) == [2, 0, 0, 1]
    assert "Nothing was written" in done.stdout
    assert "line 4: it has no text." in done.stderr
    assert not Organisation.objects.exists()
    run(str(file))
    file.write_text("id,text\n1,one\n2,changed\n4,four\n")
    assert counted(run(str(file), "--dry-run").stdout) == [1, 1, 1, 0]
    assert (Post.objects.count(), Revision.objects.count(), ImportRun.objects.count()) == (2, 0, 1)


def test_a_place_that_may_be_mistyped_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("id,text\n1,one\n")
    run(str(file), "--place", "The page")
    assert "would go to “The page” of Local" in run(str(file), "--place", "the page", "--dry-run").stdout
    done = run(str(file), "--place", "The pagee", "--dry-run")
    assert "A new place would be made for the posts: “The pagee” of Local. (There is also “The page”" in done.stdout
    monkeypatch.setattr("folkmoot.cli.work.import_posts.at_terminal", lambda: True)
    how = (str(file), "--map", "id=id,text=text", "--place")
    assert run(*how, "The pagee", typed_in="n\n").exit_code == 1
    assert Platform.objects.count() == 1
    assert "“The pagee” of Local is new" in run(*how, "The pagee", typed_in="y\n").stdout
    assert "“The pages” of Local is new" in run(*how, "The pages", "--yes").stdout
    assert "“Another list” of Local is new" in run(*how, "Another list").stdout  # like no other: nobody is asked


def test_a_format_that_is_named_is_not_guessed_and_must_be_one(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(CHAT)
    assert counted(run(str(file), "--format", "whatsapp").stdout) == [2, 0, 0, 0]
    assert "no mailbox" in run(str(file), "--format", "mbox").stderr
    assert "has no columns" in run(str(file), "--format", "whatsapp", "--map", "text=a").stderr
    assert "is a folder" in run(str(tmp_path), "--format", "csv").stderr
    assert run(str(file), "--format", "carrier-pigeon").exit_code == 2


def test_a_question_that_nobody_is_there_to_answer_says_which_option_does(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("03/04/2025, 14:05 - Ann: Hello\n")
    done = run(str(chat))
    assert done.exit_code == 1
    assert "--dates dmy" in done.stderr
    assert "No encoding is called" in run(str(chat), "--encoding", "idna").stderr
    assert counted(run(str(chat), "--dates", "mdy").stdout) == [1, 0, 0, 0]
    assert Post.objects.get().posted_at.month == 3


def test_columns_for_quotes_attachments_and_what_was_deleted_reach_the_post(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("id,text,quotes,attachments,deleted\n1,one,,a poster,no\n2,two,1,,\n3,,,,yes\n4,four,,,perhaps\n")
    done = run(str(file))
    assert counted(done.stdout) == [2, 0, 0, 2]
    assert "nobody here had seen it" in done.stderr
    assert "does not say whether it was deleted" in done.stderr
    assert Post.objects.get(native_id="1").attachments == "a poster"
    assert Post.objects.get(native_id="2").quotes == "1"
    file.write_text("id,text,deleted\n1,,yes\n2,,2026-01-02\n")
    assert counted(run(str(file)).stdout) == [0, 0, 2, 0]
    assert Post.objects.exclude(gone_seen_at=None).exclude(text="").count() == 2


def test_a_question_is_asked_where_somebody_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.cli.work.import_posts.at_terminal", lambda: True)
    chat = tmp_path / "chat.txt"
    chat.write_text("03/04/2025, 14:05 - Ann: Hello\n")
    assert "is one of dmy, mdy, ymd" in run(str(chat), typed_in="whatever\n").stderr
    assert counted(run(str(chat), typed_in="dmy\n").stdout) == [1, 0, 0, 0]
    assert Post.objects.get().posted_at.month == 4
