"""Mailing lists, as their mailboxes come."""

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from folkmoot.archive.intake import SeenPost
from tests.archive.files import posts, read, refusals, texts

BEGINS = b"From ann@example.org Thu Nov 27 14:05:00 2025\n"
FROM = b"From: Ann Moss <ann@example.org>\nMessage-ID: <1@example.org>\nDate: Thu, 27 Nov 2025 14:05:00 +0100\n"


def one(tmp_path: Path, mail: bytes, *, begins: bytes = BEGINS) -> SeenPost:
    """Return what is taken of a mailbox with one mail."""
    (found,) = posts(read(tmp_path / "list.mbox", begins + mail))
    return found


def test_a_mail_is_a_post_with_its_author_its_time_and_its_subject(tmp_path: Path) -> None:
    found = one(tmp_path, FROM + b"Subject: =?iso-8859-1?Q?The_caf=E9?=\n\nIt opens soon.\n")
    assert (found.author, found.name, found.native_id) == ("ann@example.org", "Ann Moss", "1@example.org")
    assert found.text == "The café\n\nIt opens soon."
    assert found.posted is not None
    assert found.posted.at == datetime(2025, 11, 27, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "reply_to", "thread"),
    [
        (b"In-Reply-To: <b@x>\nReferences: <a@x> <b@x>\n", "b@x", "a@x"),
        (b"References: <a@x>\n <b@x>\n", "b@x", "a@x"),
        (b"In-Reply-To: Your mail of Monday <b@x>\n", "b@x", "b@x"),
        (b"In-Reply-To: your mail\n", "", ""),
    ],
)
def test_a_reply_is_linked_by_message_ids_whichever_header_has_them(
    headers: bytes, reply_to: str, thread: str, tmp_path: Path
) -> None:
    found = one(tmp_path, FROM + headers + b"\nYes.\n")
    assert (found.reply_to, found.thread) == (reply_to, thread)


def test_a_reply_does_not_repeat_the_subject_that_it_answers(tmp_path: Path) -> None:
    reply = FROM + b"In-Reply-To: <b@x>\nSubject: "
    assert one(tmp_path, reply + b"Re: The roof\n\nYes.\n").text == "Yes."
    assert one(tmp_path, reply + b"The window\n\nYes.\n").text == "The window\n\nYes."


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
            b"caf=C3=A9=\n s",
            "café s",
        ),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"Y2Fmw6k=", "café"),
        (b"Content-Type: text/plain; charset=iso-8859-1\n", b"\x93caf\xe9\x94", "“café”"),  # as Windows meant it
        (b"Content-Type: text/plain; charset=koi8-r\n", "мир".encode("koi8-r"), "мир"),
        (b"Content-Type: text/plain; charset=iso-2022-jp\n", "平和".encode("iso-2022-jp"), "平和"),
        (b"Content-Type: text/plain; charset=us-ascii\n", "café".encode(), "café"),
        (b"Content-Type: text/html\n", b"<style>p{}</style><p>One<br>two &amp; three</p>", "One\ntwo & three"),
        (
            b"",
            b">From here on\nFrom what I hear, at 10 it is shut.",
            "From here on\nFrom what I hear, at 10 it is shut.",
        ),
    ],
)
def test_words_are_read_in_the_charset_in_which_they_were_written(
    headers: bytes, body: bytes, text: str, tmp_path: Path
) -> None:
    found = one(tmp_path, FROM + headers + b"\n" + body + b"\n")
    assert (found.text, found.unread) == (text, None)


@pytest.mark.parametrize("charset", [b"utf-8", b"nosuch", b"idna", b"rot13", b'"'])
def test_what_fits_no_charset_is_taken_as_far_as_it_goes_and_its_bytes_are_kept(charset: bytes, tmp_path: Path) -> None:
    found = one(tmp_path, FROM + b"Content-Type: text/plain; charset=" + charset + b"\n\ncaf\xe9 \x81\n")
    assert found.text.startswith("café")
    assert found.unread is not None
    assert b"caf\xe9 \x81" in found.unread.raw


def test_of_several_parts_the_words_are_taken_and_the_rest_is_described(tmp_path: Path) -> None:
    parts = (
        b'--x\nContent-Type: multipart/alternative; boundary="y"\n\n'
        b"--y\nContent-Type: text/plain\n\nPlain words.\n--y\nContent-Type: text/html\n\n<p>Marked words.</p>\n--y--\n"
        b"--x\nContent-Type: message/rfc822\n\nSubject: forwarded\n\nSomebody else's words.\n"
        b'--x\nContent-Type: image/png; name="poster.png"\nContent-Transfer-Encoding: base64\n\nAAAA\n--x--\n'
    )
    found = one(tmp_path, FROM + b'Content-Type: multipart/mixed; boundary="x"\n\n' + parts)
    assert found.text == "Plain words."
    assert found.attachments.split("\n") == ["a part without a name (message/rfc822)", "poster.png (image/png)"]


@pytest.mark.parametrize(
    ("headers", "author"),
    [
        (b"From: Bob Reed via The List <list@x.org>\nReply-To: Bob Reed <bob@x.org>\n", ("bob@x.org", "Bob Reed")),
        (b"From: bob at x.org (Bob Reed)\n", ("bob@x.org", "Bob Reed")),
        (b"From: =?utf-8?b?QsO2Yg==?= <BOB@x.org>\n", ("bob@x.org", "Böb")),
        (b"From: nobody\n", ("nobody", "nobody")),
        (b"Date: today\n", ("", "")),
    ],
)
def test_the_author_is_whoever_wrote_it_not_the_list(headers: bytes, author: tuple[str, str], tmp_path: Path) -> None:
    found = one(tmp_path, headers + b"\nHello\n")
    assert (found.author, found.name) == author


@pytest.mark.parametrize("date", [b"soon", b"Thu, 27 Nov 2199 14:05:00 +0000", b"Thu, 99 Nov 2025 14:05:00 +9999", b""])
def test_a_wrong_clock_costs_the_date_only(date: bytes, tmp_path: Path) -> None:
    found = one(tmp_path, b"From: ann@example.org\nDate: " + date + b"\n\nHello\n")
    assert found.posted is not None
    assert found.posted.at == datetime(2025, 11, 27, 14, 5, tzinfo=UTC)  # of the line above it


def test_a_mail_without_an_id_gets_one_that_stays(tmp_path: Path) -> None:
    mail = b"From: ann@example.org\n\nHello\n"
    first, again = one(tmp_path, mail), one(tmp_path, mail)
    assert first.native_id == again.native_id
    assert first.native_id != one(tmp_path, mail + b"!").native_id


def test_a_mail_that_cannot_be_taken_is_named_by_its_line_and_the_next_is_taken(tmp_path: Path) -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000))
    content = (BEGINS + FROM + b"\n") + (b"\n" + BEGINS + FROM + nested) + (b"\n\n" + BEGINS + FROM + b"\nGood.\n")
    found = read(tmp_path / "list.mbox", content)
    assert texts(found) == ["Good."]
    assert [line for line, _ in refusals(found)] == [1, 7]


def test_a_mail_that_is_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.archive.intake.mbox.LONGEST_MESSAGE", 1000)
    found = read(tmp_path / "list.mbox", BEGINS + FROM + b"\n" + b"a b\n" * 1000 + b"\n" + BEGINS + FROM + b"\nGood.\n")
    assert texts(found) == ["Good."]
    assert refusals(found) == [(1, "it is longer than 1,000 bytes.")]


@pytest.mark.parametrize(
    "header", [b"Content-Type: a" + b";" * 500_000, b"Content-Disposition: a" + b"\n ;;" * 100_000]
)
def test_a_header_that_is_made_to_be_long_takes_no_time(header: bytes, tmp_path: Path) -> None:
    found = read(tmp_path / "list.mbox", BEGINS + FROM + header + b"\n\nHello\n")
    assert refusals(found) == [(1, "one of its parts says at endless length of what kind it is.")]


_MIXED = b"Content-Type: multipart/mixed; boundary=b"
_NESTED = b"".join(b"--b%d\r%s%d\r\r" % (n, _MIXED, n + 1) for n in range(900))


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (_MIXED + b"0\n\n" + _NESTED + b"x\n" * 200_000, "it has too many parts, or parts within parts."),
        (_MIXED + b"\n\n" + b"--b\n\n\n" * 500_000, "it has too many parts, or parts within parts."),
        (b"From: a at " + b"." * 19_900 + b" x\n\nHello\n", "the author is longer than 200 characters."),
    ],
    ids=["parts within parts", "parts beside parts", "a long author"],
)
def test_a_mail_that_is_made_to_take_long_is_refused_soon(mail: bytes, why: str, tmp_path: Path) -> None:
    began = process_time()
    assert refusals(read(tmp_path / "list.mbox", BEGINS + mail)) == [(1, why)]
    assert process_time() - began < 5  # seconds of work, whatever else the machine does
