"""Chats, as different phones in different countries export them."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from folkmoot.archive.intake import Asked, Reading, Reject, Track, Undecided, open_posts
from folkmoot.kernel.errors import BadInput
from tests.archive.files import NOW, posts, read, refusals, texts

MARK, NARROW = "\u200e", "\u202f"


@pytest.mark.parametrize(
    ("line", "local"),
    [
        ("[27/11/2025, 14:05:33] Ann: Hello", "14:05:33"),
        (f"{MARK}[27/11/2025, 2:05:33{NARROW}PM] Ann: Hello", "14:05:33"),
        ("[11/27/25, 12:05:33 AM] Ann: Hello", "00:05:33"),
        ("[27.11.25, 14:05:33] ~\u00a0Ann: Hello", "14:05:33"),
        ("[2025-11-27, 2:05:33 p.m.] Ann: Hello", "14:05:33"),
        ("27/11/2025, 14:05 - Ann: Hello", "14:05:00"),
        ("11/27/25, 2:05 PM - Ann: Hello", "14:05:00"),
        ("27/11/25, 2:05 pm - Ann: Hello", "14:05:00"),
        (f"27/11/25, 2:05{NARROW}p. m. - Ann: Hello", "14:05:00"),
        ("27.11.25, 14:05 - Ann: Hello", "14:05:00"),
        ("27.11.2025 klo 14.05 - Ann: Hello", "14:05:00"),
        ("27-11-2025 14:05 - Ann: Hello", "14:05:00"),
        ("27/11/2025 à 14:05 - Ann: Hello", "14:05:00"),
        ("2025/11/27 14:05 - Ann: Hello", "14:05:00"),
        ("2025-11-27 14:05 - Ann: Hello", "14:05:00"),
        ("[14:05, 27/11/2025] Ann: Hello", "14:05:00"),  # copied from WhatsApp in a browser
    ],
)
def test_every_form_of_a_line_gives_the_same_message(line: str, local: str, tmp_path: Path) -> None:
    (found,) = posts(read(tmp_path / "chat.txt", f"{line}\n"))
    assert (found.author, found.text) == ("Ann", "Hello")
    assert found.posted is not None
    assert found.posted.at == datetime.fromisoformat(f"2025-11-27T{local}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "month", "says"),
    [
        (["03/04/2025", "13/04/2025"], 4, "day, month, year: line 2"),
        (["03/04/2025", "04/13/2025"], 3, "month, day, year: line 2"),
        (["03/04/2025", "04/04/2025", "01/05/2025"], 4, "day, month, year: otherwise line 3"),  # by what comes after
        (["04/03/2025", "04/04/2025", "05/01/2025"], 4, "month, day, year: otherwise line 3"),
    ],
)
def test_the_order_of_day_and_month_is_found_out_from_the_whole_file(
    days: list[str], month: int, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "chat.txt"
    found = posts(read(file, "".join(f"{day}, 14:05 - Ann: Hello {number}\n" for number, day in enumerate(days))))
    assert found[0].posted is not None
    assert found[0].posted.at.month == month
    assert says in open_posts(file, asked=Asked())[1].remarks[0]


def test_an_order_that_cannot_be_told_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    content = "03/04/2025, 14:05 - Ann: Hello\n05/06/2025, 14:05 - Ann: Hello\n"
    with pytest.raises(Undecided, match="--dates dmy"):
        read(tmp_path / "chat.txt", content)
    for order, month in (("dmy", 4), ("mdy", 3)):
        found = posts(read(tmp_path / "chat.txt", dates=order))
        assert found[0].posted is not None
        assert found[0].posted.at.month == month
    assert texts(read(tmp_path / "same.txt", "04/04/2025, 14:05 - Ann: No matter\n")) == ["No matter"]


def test_messages_of_many_lines_and_what_whatsapp_itself_says(tmp_path: Path) -> None:
    content = (
        "27/11/2025, 14:04 - Messages and calls are end-to-end encrypted.\n"
        '27/11/2025, 14:04 - Ann created group "Harbour: news"\n'
        "27/11/2025, 14:05 - Ann: One\n\ntwo: three\n  [four]\n"
        "27/11/2025, 14:06 - Bob Reed left\n"
        "27/11/2025, 14:07 - +44 7700 900123: Five\n"
        f"[27/11/2025, 14:08:00] Harbour: {MARK}Ann added Bob\n"
        f"[27/11/2025, 14:09:00] Ann: I added Bob\n"
    )
    (tmp_path / "chat.txt").write_text(content)
    track = Track()
    _, source = open_posts(tmp_path / "chat.txt", asked=Asked())
    from_source = list(source.posts(Reading((), "Europe/London", NOW, None, "chat.txt"), [], track))
    assert texts(from_source) == ["One\n\ntwo: three\n  [four]", "Five", "I added Bob"]
    assert [post.author for post in posts(from_source)] == ["Ann", "+44 7700 900123", "Ann"]
    assert sum(track.aside.values()) == 4


@pytest.mark.parametrize(
    ("said", "text", "attachments"),
    [
        ("<Media omitted>", "", "Media omitted"),
        ("<Medien ausgeschlossen>", "", "Medien ausgeschlossen"),
        (f"{MARK}image omitted", "", "image omitted"),
        ("IMG-1.jpg (file attached)\nOur new roof", "Our new roof", "IMG-1.jpg (file attached)"),
        (f"{MARK}<attached: 1-PHOTO.jpg>", "", "attached: 1-PHOTO.jpg"),
        ("the image was omitted", "the image was omitted", ""),
    ],
)
def test_what_the_export_leaves_out_is_described(said: str, text: str, attachments: str, tmp_path: Path) -> None:
    (found,) = posts(read(tmp_path / "chat.txt", f"[27/11/2025, 14:05:00] Ann: {said}\n"))
    assert (found.text, found.attachments) == (text, attachments)


def test_a_deleted_message_says_so_and_names_what_stands_beside_it(tmp_path: Path) -> None:
    content = (
        "27/11/2025, 14:05 - Ann: Hello\n27/11/2025, 14:05 - Bob: Hello\n"
        "27/11/2025, 14:05 - Ann: This message was deleted\n"
        f"27/11/2025, 14:05 - Ann: Mended {MARK}<This message was edited>\n"
    )
    hello, bob, deleted, edited = posts(read(tmp_path / "chat.txt", content))
    assert (deleted.text, deleted.gone, edited.text, edited.gone) == ("", True, "Mended", False)
    assert deleted.beside == edited.beside == {hello.native_id, deleted.native_id, edited.native_id}
    assert bob.beside is hello.beside is None


def test_ids_stay_when_more_messages_stand_before_or_after(tmp_path: Path) -> None:
    lines = [f"27/11/2025, 14:0{number // 3} - Ann: +1\n" for number in range(9)]
    ids = [post.native_id for post in posts(read(tmp_path / "chat.txt", "".join(lines)))]
    assert len(set(ids)) == 9
    later = [post.native_id for post in posts(read(tmp_path / "chat.txt", "".join(lines[3:]) + lines[-1]))]
    assert later[:6] == ids[3:]


def test_what_cannot_be_taken_is_named_by_its_line(tmp_path: Path) -> None:
    content = (
        b"a stray line\n27/11/2025, 14:05 - Ann: Hello\n31/11/2025, 14:05 - Ann: No such day\n"
        b"27/11/2025, 25:05 - Ann: No such hour\n27/11/2199, 14:05 - Ann: Too soon\n27/11/2025, 14:06 - Ann: \n"
        b"28/11/2025, 14:06 - Ann: a\xff\n29/11/2025, 14:06 - Ann: " + b"a" * 100_001
    )
    found = read(tmp_path / "chat.txt", content, word="whatsapp")
    assert texts(found) == ["Hello"]
    assert [line for line, _ in refusals(found)] == [1, 3, 4, 5, 6, 7, 8]
    assert next(one.raw for one in found if isinstance(one, Reject) and one.line == 7).endswith(b"a\xff\n")


def test_the_further_lines_of_what_cannot_be_taken_are_named_too(tmp_path: Path) -> None:
    content = (
        "27/11/2025, 14:05 - Ann: Hello\nall of you\n27/11/2025, 25:05 - Ann: No such hour\nits second line\n\n"
        "its third\n27/11/2199, 14:05 - Bob: Too soon\nas this is\n27/11/2025, 14:07 - Ann: Bye\n"
    )
    found = read(tmp_path / "chat.txt", content)
    assert texts(found) == ["Hello\nall of you", "Bye"]
    assert refusals(found) == [
        (3, "its day or hour does not exist."),
        (4, "it goes on from line 3, which was not taken."),
        (6, "it goes on from line 3, which was not taken."),
        (7, "its date is still to come."),
        (8, "it goes on from line 7, which was not taken."),
    ]


def test_the_zip_that_an_iphone_sends_is_read_without_unpacking_it(tmp_path: Path) -> None:
    file = tmp_path / "WhatsApp Chat - Harbour.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", "[27/11/2025, 14:05:33] Ann: Hello\n")
        archive.writestr("../1-PHOTO.jpg", b"x")
    assert texts(read(file)) == ["Hello"]


def test_a_zip_that_swells_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", b"[27/11/2025, 14:05:33] Ann: Hello\n" + b"a" * 5_000_000)
    with pytest.raises(BadInput, match="packed as no words are"):
        read(file)


def test_a_zip_that_breaks_off_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "chat.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_chat.txt", "".join(f"[27/11/2025, 14:05:33] Ann: Hello {n}\n" for n in range(2000)))
    content = file.read_bytes()
    found = read(file, content.replace(b"Hello 1999", b"Hxllo 1999"))
    assert texts(found)[:2] == ["Hello 0", "Hello 1"]
    assert "breaks off here" in refusals(found)[-1][1]
