"""All formats alike: found by their look, and never a traceback whatever stands in the file."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from folkmoot.archive.intake import FORMATS, Asked, Reject, SeenPost, open_posts
from folkmoot.kernel.errors import BadInput
from tests.archive.files import read
from tests.archive.test_facebook_thread import THREAD
from tests.places import PROJECT

MAIL = (
    b"From ann@example.org Thu Nov 27 14:05:00 2025\nFrom: =?utf-8?q?Ann_M=C3=B6ss?= <ann@example.org>\n"
    b"Subject: Roof\nMessage-ID: <1@x>\nReferences: <0@x>\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain; charset=utf-8\n'
    b"Content-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9\n--x\nContent-Type: text/html\n\n<p>b</p>\n--x--\n"
)
CHAT = (
    b"[27/11/2025, 14:05:33] Ann: Hello\nand more\n"
    b"\xe2\x80\x8e[27/11/2025, 2:06:00 PM] Bob: \xe2\x80\x8eimage omitted\n"
    b"27/11/25, 14:07 - Cara: This message was deleted\n27/11/25, 14:08 - Dan left\n"
)


def _zip(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


EXAMPLES = {
    "mbox": ("list.mbox", MAIL),
    "whatsapp": ("WhatsApp Chat with Ann.txt", CHAT),
    "facebook-thread": ("thread.txt", THREAD.encode()),
    "facebook-download": (
        "facebook.zip",
        _zip("posts/your_posts_1.json", b'[{"timestamp": 1764252300, "data": [{"post": "caf\\u00c3\\u00a9"}]}]'),
    ),
    "jsonl": ("posts.jsonl", b'{"id": 1, "text": "caf\\u00e9", "user": {"name": "ann"}}\n{"id": 2, "text": "b"}\n'),
    "csv": ("posts.csv", b'id,text,date\n1,"a, ""b""",2025-11-27\n2,c,27/11/2025 14:05\n'),
}


@pytest.mark.parametrize("word", [form.word for form in FORMATS])
def test_each_format_is_known_by_its_look(word: str, tmp_path: Path) -> None:
    name, content = EXAMPLES[word]
    (tmp_path / name).write_bytes(content)
    form, _ = open_posts(tmp_path / name, asked=Asked(pick="1"))
    assert form.word == word


def test_each_format_is_described_for_whoever_exports_it() -> None:
    told = (PROJECT / "docs" / "import.md").read_text()
    assert set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE)) >= {form.word for form in FORMATS}


def changed(content: bytes) -> some.SearchStrategy[bytes]:
    """Return strategies for `content` with pieces cut out, doubled, and overwritten by anything."""
    place = some.integers(0, len(content))
    junk = some.one_of(
        some.binary(max_size=8),
        some.sampled_from(
            [b"\n", b"\0", b"\xff", b'"', b"From ", b"<", b"=?utf-8?b?", b"\r", b"[", b"\xed\xa0\x80", b"9" * 30]
        ),
    )

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        held = content
        for first, length, new in changes:
            held = held[:first] + new + held[first + length :]
        return held

    return some.lists(some.tuples(place, some.integers(0, 20), junk), max_size=6).map(apply)


@pytest.mark.parametrize("word", [form.word for form in FORMATS])
def test_whatever_stands_in_a_file_there_is_a_report_and_no_traceback(
    word: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, content = EXAMPLES[word]
    file = tmp_path_factory.mktemp(word) / name

    def taken_or_refused(held: bytes, *, named: bool) -> list[SeenPost | Reject]:
        try:
            return read(file, held, word=word if named else "", pick="1")
        except BadInput as refusal:
            return [Reject(0, str(refusal).replace("\n", " "))]  # one sentence for all of it

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(held=some.one_of(changed(content), some.binary(max_size=300)), named=some.booleans())
    def try_it(held: bytes, named: bool) -> None:
        for one in taken_or_refused(held, named=named):
            if isinstance(one, SeenPost):
                assert one.text or one.attachments or one.gone
                f"{one.text}{one.author}{one.native_id}{one.attachments}".encode()
                assert "\0" not in f"{one.text}{one.author}{one.native_id}{one.attachments}{one.thread}{one.reply_to}"
                assert len(one.native_id) <= 200
            else:
                assert isinstance(one, Reject)
                assert one.reason.endswith((".", "3,7-9"))
                assert one.reason.isprintable()

    try_it()
