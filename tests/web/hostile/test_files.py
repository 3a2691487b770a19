"""Files that are not what they say, or that unfold into more than anybody can hold."""

import io
import random
import re
import struct
import time
import zipfile
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.Image import Resampling

from folkmoot.casefile.models import Attachment
from folkmoot.kernel.errors import BadInput
from folkmoot.standards.textfile import MAX_BYTES
from folkmoot.steps.pictures import MOST_SCANS, pictures
from folkmoot.web.admin.packs_sent import MOST_BYTES, unpacked
from folkmoot.web.uploads import picture_response
from tests.web.public.reading import encoded

SCRIPT = b"<script>alert(1)</script>"


def kept(content: bytes, name: str = "a.png", kind: str = "image/png") -> Any:
    return pictures([SimpleUploadedFile(name, content, content_type=kind)])[0]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!doctype html>" + SCRIPT, "a.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg"),
        (b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "a.png"),
        (b"%PDF-1.7\n/JS (alert(1))", "a.jpg"),
        (b"GIF89a/*" + SCRIPT + b"*/=alert(1)", "a.gif"),
        (b"\xff\xd8\xff\xe0" + SCRIPT, "a.jpg"),
        (b"RIFF\x24\x00\x00\x00WEBP" + SCRIPT, "a.webp"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a.png"),
        (b"\x00\x00\x01\x00\x01\x00" + bytes(16), "a.ico"),
        (b"MZ" + bytes(60), "a.png"),
        (b"PK\x03\x04" + bytes(26), "a.png"),
        (b"qoif" + bytes(10), "a.png"),
    ],
)
def test_what_only_calls_itself_a_picture_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(BadInput, match="is not a picture that we can open"):
        kept(content, name)


def _with_comment(kind: str) -> bytes:
    return encoded(kind, comment=SCRIPT)


def _png_with_text() -> bytes:
    whole = encoded("PNG")
    chunk = b"tEXt" + b"Comment\0" + SCRIPT
    chunk = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return whole[:33] + chunk + whole[33:]


@pytest.mark.parametrize(
    "content",
    [
        _with_comment("JPEG"),
        _with_comment("GIF"),
        _png_with_text(),
        encoded("PNG") + SCRIPT,
        encoded("JPEG") + b"PK\x03\x04" + SCRIPT,
        encoded("GIF") + SCRIPT,
        encoded("WEBP", xmp=SCRIPT),
    ],
    ids=[
        "comment of a JPEG",
        "comment of a GIF",
        "text of a PNG",
        "behind a PNG",
        "behind a JPEG",
        "behind a GIF",
        "XMP",
    ],
)
def test_a_picture_that_is_a_page_as_well_is_only_a_picture_afterwards(content: bytes) -> None:
    assert SCRIPT in content
    found = kept(content, "page.html", "text/html")
    assert b"script" not in found.content
    shown = picture_response(Attachment(number=1, media_type=found.media_type, content=found.content))
    assert shown["Content-Type"] in {"image/png", "image/jpeg"}


def scans(many: int) -> bytes:
    """Return a progressive JPEG with `many` scans more than it needs: each goes over every dot again."""
    whole = encoded("JPEG", size=(64, 64), progressive=True)
    last = whole.rindex(b"\xff\xda\x00")
    return whole[:-2] + whole[last : last + 10] * many + b"\xff\xd9"


def test_a_picture_that_is_drawn_over_and_over_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept(scans(20)).content
    monkeypatch.setattr(Image, "open", _never)
    with pytest.raises(BadInput, match="is not a picture that we can open"):
        kept(scans(MOST_SCANS))


def test_a_photograph_with_a_film_behind_it_is_no_bomb() -> None:
    film = random.Random(3).randbytes(3_000_000)
    assert film.count(b"\xff\xda") > 20
    assert kept(encoded("JPEG") + film).media_type == "image/jpeg"


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_of_a_picture_that_moves_only_the_first_frame_is_opened(kind: str) -> None:
    frames = [Image.effect_noise((64, 64), 99 + number).convert("RGB") for number in range(30)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    found = kept(out.getvalue())
    with Image.open(io.BytesIO(found.content)) as opened:
        assert getattr(opened, "n_frames", 1) == 1
        assert opened.size == frames[0].resize((64, 64), Resampling.NEAREST).size


def packed(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


PACK = {"règles/pack.yaml": b"name: rules\n", "règles/clauses/A1.md": b"---\ncode: A1\n---\n\nText.\n"}


def test_a_zip_file_that_unfolds_into_gigabytes_is_read_only_as_far_as_a_clause_may_be_long() -> None:
    bomb = packed({**PACK, "règles/clauses/B1.md": bytes(200_000_000)})
    assert len(bomb) < MOST_BYTES
    begun = time.process_time()
    with unpacked(SimpleUploadedFile("a.zip", bomb)) as folder:
        assert (folder / "clauses" / "B1.md").stat().st_size == MAX_BYTES + 1
    assert time.process_time() - begun < 1


def test_nothing_in_a_zip_file_lands_outside_its_folder() -> None:
    names = [
        "../../evil.md",
        "/etc/evil.md",
        "règles/clauses/../../evil.md",
        "règles/clauses/..\\evil.md",
        "C:\\evil.md",
    ]
    with unpacked(SimpleUploadedFile("a.zip", packed({**PACK, **dict.fromkeys(names, b"x")}))) as folder:
        found = {str(path.relative_to(folder.parent)) for path in folder.parent.rglob("*") if path.is_file()}
    assert {re.sub(r"^rules/", "", one) for one in found} <= {"pack.yaml", "clauses/A1.md", "clauses/..\\evil.md"}


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_file_is_taken_or_refused_and_never_an_accident(kind: int) -> None:
    whole, chance, refused = packed(PACK, kind), random.Random(kind), 0
    for _ in range(80):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.choice((0, 255, 128, chance.randrange(256)))
        try:
            with unpacked(SimpleUploadedFile("a.zip", bytes(content))):
                pass
        except BadInput:
            refused += 1
    assert refused > 20


def _never(*_: Any, **__: Any) -> None:
    raise AssertionError("it was opened")
