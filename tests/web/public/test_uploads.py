"""What comes as a picture is decoded, written anew, and refused in words when it is something else."""

from io import BytesIO
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, PngImagePlugin

from folkmoot.casefile.models import Attachment
from folkmoot.kernel.errors import BadInput
from folkmoot.steps import pictures as making
from folkmoot.steps.attach import Upload
from folkmoot.steps.pictures import MOST_BYTES, pictures
from folkmoot.web.uploads import Pictures, picture_response
from tests.web.public.reading import encoded, picture


def _kept(content: bytes, name: str = "a.jpg") -> Upload:
    return pictures([SimpleUploadedFile(name, content)])[0]


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/png"), ("GIF", "image/png")],
)
def test_a_picture_is_kept_as_jpeg_or_png_with_a_name_of_ours(kind: str, media_type: str) -> None:
    kept = _kept(encoded(kind), "my holiday in Kent.gif")
    assert kept.media_type == media_type
    assert kept.name == f"picture-1.{'jpg' if media_type == 'image/jpeg' else 'png'}"
    with Image.open(BytesIO(kept.content)) as found:
        assert found.size == (40, 30)
        red, green, _blue = found.convert("RGB").getpixel((5, 15))
        assert red > 200
        assert green < 60


def test_where_and_with_what_a_picture_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Fellphone 3"
    exif.get_ifd(0x8825)[1] = "N"
    sent = encoded("JPEG", exif=exif, comment=b"taken at home")
    assert b"Fellphone" in sent
    kept = _kept(sent)
    assert b"Fellphone" not in kept.content
    assert b"taken at home" not in kept.content
    with Image.open(BytesIO(kept.content)) as found:
        assert not found.getexif()
        assert "comment" not in found.info


def test_words_hidden_in_a_png_are_gone() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", "Rowan Pike")
    kept = _kept(encoded("PNG", pnginfo=info))
    assert b"Rowan" not in kept.content


def test_what_hangs_behind_a_picture_is_gone() -> None:
    kept = _kept(encoded("PNG") + b"PK\x03\x04 a hidden archive")
    assert b"hidden archive" not in kept.content


def test_a_picture_taken_sideways_is_kept_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to see it upright
    with Image.open(BytesIO(_kept(encoded("JPEG", exif=exif)).content)) as found:
        assert found.size == (30, 40)
        assert found.convert("RGB").getpixel((15, 4))[0] > 200  # the left half is on top now


def test_what_is_see_through_stays_so() -> None:
    with Image.open(BytesIO(_kept(encoded("PNG", mode="RGBA")).content)) as found:
        assert found.mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16"])
def test_pictures_of_every_make_are_taken(mode: str) -> None:
    content = encoded("JPEG" if mode == "CMYK" else "PNG", mode=mode)
    assert _kept(content).content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Dear sir or madam", "is not a picture that we can open"),
        (b"%PDF-1.7 something", "is not a picture that we can open"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is not a picture"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "Please send a screenshot of it"),
        (encoded("PNG")[:60], "is not a picture that we can open"),
        (encoded("JPEG")[:200], "is not a picture that we can open"),
        (encoded("BMP"), "is not a picture that we can open"),
        (encoded("TIFF"), "is not a picture that we can open"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says) as info:
        _kept(content)
    assert info.value.field == "pictures"


def test_a_small_file_that_unfolds_into_a_huge_picture_is_not_opened() -> None:
    bomb = encoded("PNG", size=(10_000, 8_000), mode="1")
    assert len(bomb) < 100_000
    with pytest.raises(BadInput, match="too many dots"):
        _kept(bomb)


def test_pictures_are_opened_one_at_a_time_whoever_sends_them() -> None:
    kept: list[Upload] = []
    sending = Thread(target=lambda: kept.append(_kept(encoded("PNG"))))
    with making._ONE_AT_A_TIME:
        sending.start()
        sending.join(0.3)
        assert not kept
    sending.join(10)
    assert len(kept) == 1


def test_the_sentence_says_which_of_several_pictures_it_is() -> None:
    with pytest.raises(BadInput, match="Picture 2 is not a picture"):
        pictures([picture(), SimpleUploadedFile("evil\u202egpj.exe", b"MZ")])


@settings(max_examples=150, deadline=None)
@given(
    kind=some.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]),
    cuts=some.lists(some.tuples(some.integers(0, 2000), some.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
)
def test_a_damaged_file_is_taken_or_refused_and_never_an_accident(kind: str, cuts: list[tuple[int, bytes]]) -> None:
    content = bytearray(encoded(kind))
    for at, other in cuts:
        at %= len(content)
        content[at : at + len(other)] = other
    try:
        kept = _kept(bytes(content))
    except BadInput:
        return
    assert kept.media_type in {"image/jpeg", "image/png"}


def test_the_form_takes_three_pictures_of_five_megabytes_and_no_more() -> None:
    field = Pictures()
    large = SimpleUploadedFile("a.jpg", b"x" * (MOST_BYTES + 1))
    assert field.clean([]) == []
    assert len(field.clean([picture(), picture(), picture()])) == 3
    for sent, says in (
        ([picture()] * 4, "at most 3; there were 4"),
        ([picture(), large], "Picture 2 is larger than 5 MB"),
        ([SimpleUploadedFile("a.jpg", b"")], "The picture is empty"),
    ):
        with pytest.raises(Exception, match=says):
            field.clean(sent)


def test_an_attachment_is_shown_as_a_picture_and_never_run() -> None:
    shown = picture_response(Attachment(number=2, media_type="image/png", content=b"x"))
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["Content-Disposition"] == 'inline; filename="picture-2.png"'
    odd = picture_response(Attachment(number=1, media_type="text/html", content=b"<script>"))
    assert odd["Content-Type"] == "application/octet-stream"
    assert odd["Content-Disposition"].startswith("attachment")
