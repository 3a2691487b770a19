"""What was destroyed is named beside the database, durably and once, without a word of what it was (DP11, DP20)."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from folkmoot.archive.intake import SeenPost
from folkmoot.archive.models import Post, Revision
from folkmoot.casefile.models import Attachment, Case, Paper
from folkmoot.casefile.record import SYSTEM
from folkmoot.casefile.tombstones import (
    NAME,
    Tombstone,
    add_tombstones,
    keep_tombstones,
    read_tombstones,
    read_what_can_be_read,
)
from folkmoot.kernel.errors import BadInput, NotReady
from folkmoot.members.models import Person
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.attach import Upload
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.destroy_again import destroy_again
from folkmoot.steps.record_posts import begin_import, record_posts
from folkmoot.steps.seal import seal
from tests import cast

PICTURE = Upload(name="proof.png", media_type="image/png", content=b"\x89PNG one picture")


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.CHECKPOINTS = tmp_path / "kept"
    return tmp_path / "kept"


@pytest.fixture
def matter(db: None) -> cast.Matter:
    found = cast.reported()
    add_to_report(found.pk, words="What it shows.", files=[PICTURE], by=found.receipt.grant, at=cast.day(0, 11))
    Revision.objects.create(org=found.branch.org, post=found.branch.post, text="Later words", seen_at=cast.day(0))
    return found


def destroyed(matter: cast.Matter) -> Paper:
    seal(matter.pk, by=matter.branch.operator, at=cast.day(1))
    return destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=matter.branch.operator, at=cast.day(1))


def test_what_is_destroyed_is_on_the_list_at_once_and_nothing_of_what_it_was(
    matter: cast.Matter, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        paper = destroyed(matter)
    [one] = read_tombstones(folder / NAME)
    assert (one.destroyed, one.case, one.org) == (paper.hash, matter.case.uid, matter.branch.org.slug)
    assert (one.place, one.post) == (matter.branch.place.slug, matter.branch.post.native_id)
    assert cast.PASSAGE not in (folder / NAME).read_text()
    assert "R 1" not in (folder / NAME).read_text()
    assert keep_tombstones(folder) == 0


def test_a_line_that_was_cut_short_or_never_written_is_written_by_the_worker(matter: cast.Matter, folder: Path) -> None:
    paper = destroyed(matter)
    assert keep_tombstones(folder) == 1
    path = folder / NAME
    path.write_bytes(path.read_bytes()[:-20])
    assert keep_tombstones(folder) == 1
    assert [one.destroyed for one in read_tombstones(path)] == [paper.hash]


def test_a_line_that_lacks_nothing_but_its_end_stays(folder: Path, matter: cast.Matter) -> None:
    first, second = the_same_elsewhere(matter), the_same_elsewhere(matter, destroyed="cd" * 32)
    add_tombstones(folder, [first])
    path = folder / NAME
    path.write_bytes(path.read_bytes()[:-1])
    assert add_tombstones(folder, [first, second]) == 1
    assert read_tombstones(path) == [first, second]


def test_of_a_list_with_strange_lines_the_others_can_be_read(matter: cast.Matter, tmp_path: Path) -> None:
    one, path = the_same_elsewhere(matter), tmp_path / "list"
    path.write_bytes(one.line[:30] + b"\n" + one.line + b"\0" * 9)
    assert read_what_can_be_read(path) == ([one], [1])


def test_where_the_list_cannot_be_written_nothing_is_destroyed(matter: cast.Matter, folder: Path) -> None:
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(NotReady, match="so nothing is"):
        destroyed(matter)
    assert Post.objects.get(pk=matter.branch.post.pk).text


def test_what_is_destroyed_while_the_list_fails_is_destroyed_and_the_worker_lists_it(
    matter: cast.Matter, folder: Path, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        paper = destroyed(matter)
        (folder / NAME).unlink()
        folder.rmdir()
        folder.write_text("its disk is away")
    assert Post.objects.get(pk=matter.branch.post.pk).text == ""
    assert "the worker goes on trying" in caplog.text
    assert "so nothing is" not in caplog.text
    folder.unlink()
    assert keep_tombstones(folder) == 1
    assert [one.destroyed for one in read_tombstones(folder / NAME)] == [paper.hash]


def test_the_list_is_asked_for_before_anybody_has_to_wait_for_the_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(transaction, "atomic", lambda *_: asked.append("the database"))
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(NotReady, match="so nothing is"):
        destroy(1, adviser=Adviser.IWF, reference="R 1", by=Person(), at=cast.day(1))
    assert asked == []


def test_a_list_in_which_something_else_stands_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text('{"destroyed": "nothing more"}\n')
    with pytest.raises(BadInput, match="Line 1"):
        read_tombstones(path)
    with pytest.raises(BadInput, match="cannot be read"):
        read_tombstones(tmp_path / "nowhere")


def the_same_elsewhere(matter: cast.Matter, **otherwise: str) -> Tombstone:
    """Return the line of a destruction in a database that is lost, of which this one is an older copy."""
    post = {"place": matter.branch.place.slug, "post": matter.branch.post.native_id}
    told = {"org": matter.branch.org.slug, "case": matter.case.uid, "at": "then", "by": "person:9", **post}
    return Tombstone(**{**told, "destroyed": "ab" * 32, "role": "moderator", "adviser": "police", **otherwise})


def test_what_was_destroyed_after_a_backup_is_destroyed_again_once(matter: cast.Matter, folder: Path) -> None:
    lost = the_same_elsewhere(matter)
    assert destroy_again(lost, at=cast.day(2))
    assert Post.objects.get(pk=matter.branch.post.pk).text == ""
    assert [bytes(file.content) for file in Attachment.objects.all()] == [b""]
    assert matter.case.sealed
    assert cast.lay_open(matter.branch.org) == [], "the record tells of it, and holds"
    assert not destroy_again(lost, at=cast.day(3))
    assert add_tombstones(folder, [lost]) == 1
    assert add_tombstones(folder, [lost]) == 0
    assert keep_tombstones(folder) == 0, "the line of what was lost stands for it"


def test_the_post_goes_too_where_the_case_did_not_know_it_yet(matter: cast.Matter) -> None:
    Case.objects.filter(pk=matter.pk).update(post=None)
    assert destroy_again(the_same_elsewhere(matter), at=cast.day(2))
    assert Post.objects.get(pk=matter.branch.post.pk).text == ""
    assert matter.case.sealed


def test_a_post_that_had_not_come_yet_does_not_come_by_an_import(matter: cast.Matter) -> None:
    people = matter.branch
    lost = the_same_elsewhere(matter, case="cd" * 16, post="777")
    assert not destroy_again(lost, at=cast.day(2)), "there was nothing to destroy"
    assert not destroy_again(lost, at=cast.day(2))
    run = begin_import(people.place, file_name="posts.csv", by=SYSTEM, at=cast.day(3))
    seen = SeenPost(2, "777", "What was destroyed.", None, "", "", "", None, "", "", numbered=False)
    assert record_posts(run, [seen], at=cast.day(3)).known == 1
    assert Post.objects.get(native_id="777").text == ""


def test_the_post_alone_goes_where_its_case_was_opened_after_the_backup(matter: cast.Matter) -> None:
    lost = the_same_elsewhere(matter, case="cd" * 16)
    assert destroy_again(lost, at=cast.day(2))
    assert Post.objects.get(pk=matter.branch.post.pk).text == ""
    assert not matter.case.sealed
    assert not destroy_again(lost, at=cast.day(2))
