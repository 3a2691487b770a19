"""Pictures that people send: decoded to prove what they are, and written anew without metadata."""

import re
import threading
from collections.abc import Sequence
from io import BytesIO
from typing import Protocol

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from folkmoot.kernel.errors import BadInput
from folkmoot.steps.attach import Upload

MOST_PICTURES = 3
MOST_BYTES = 5_000_000  # of one picture
MOST_DOTS = 30_000_000  # width times height: a small file can unfold into a huge picture
MOST_SCANS = 100  # of one JPEG, which a camera makes of one and a web page of some ten
TAKEN = ("JPEG", "PNG", "WEBP", "GIF")
_HEIF = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")
# Where a scan begins, in the only lengths that one can have; inside a scan's own data these bytes cannot stand.
_SCAN = re.compile(rb"\xff\xda\x00[\x08\x0a\x0c\x0e]")
# An opened picture of `MOST_DOTS` takes a quarter of a gigabyte, and anybody may send one.
_ONE_AT_A_TIME = threading.Lock()
# What Pillow's readers let out when bytes are not what they should be.
_UNREADABLE = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, EOFError)


class Sent(Protocol):
    """A file as it was sent: Django's `UploadedFile` is one."""

    @property
    def size(self) -> int | None:
        """Its length in bytes."""
        ...

    def read(self) -> bytes:
        """Return all of it."""
        ...


def require_few(files: Sequence[Sent], *, most: int = MOST_PICTURES, field: str = "pictures") -> None:
    """Raise `BadInput` on `field` for more than `most` files, or one that is empty or larger than `MOST_BYTES`."""
    if len(files) > most:
        raise BadInput(
            _("Please choose at most %(most)d; there were %(sent)d.") % {"most": most, "sent": len(files)}, field=field
        )
    for number, file in enumerate(files, start=1):
        if not file.size:
            raise _refusal(_("%(name)s is empty. Please choose it again."), number, len(files), field)
        if file.size > MOST_BYTES:
            raise _refusal(
                _("%(name)s is larger than %(limit)d MB. Please send a smaller one; a screenshot of it will do."),
                number,
                len(files),
                field,
            )


def pictures(files: Sequence[Sent], *, field: str = "pictures") -> list[Upload]:
    """Return `files` as pictures that may be kept: JPEG or PNG, turned upright, nothing in them but dots.

    Raises `BadInput` on `field` for a file that is no picture, or too large to open.
    """
    return [_picture(file, number, len(files), field) for number, file in enumerate(files, start=1)]


def _picture(file: Sent, number: int, of: int, field: str) -> Upload:
    content = file.read()
    # Each scan goes over all dots again: five megabytes of empty ones would keep this process busy for ten minutes.
    if sum(1 for _scan in _SCAN.finditer(content)) > MOST_SCANS:
        raise _refusal(_why(content), number, of, field)
    try:
        with _ONE_AT_A_TIME, Image.open(BytesIO(content), formats=TAKEN) as found:
            if found.width * found.height > MOST_DOTS:
                raise _refusal(
                    _("%(name)s has too many dots to open safely. Please send a smaller one."), number, of, field
                )
            found.load()
            photograph = found.format == "JPEG"
            ImageOps.exif_transpose(found, in_place=True)
            return _written_anew(found, photograph=photograph, number=number)
    except (*_UNREADABLE, Image.DecompressionBombError):
        raise _refusal(_why(content), number, of, field) from None


def _written_anew(found: Image.Image, *, photograph: bool, number: int) -> Upload:
    """Return the dots alone: a fresh picture has no place for where and with what it was taken (DP19)."""
    mode = "RGBA" if found.has_transparency_data else "RGB"
    bare = Image.new(mode, found.size)
    bare.paste(found if found.mode == mode else found.convert(mode))
    out = BytesIO()
    if photograph:
        bare.save(out, "JPEG", quality=90, optimize=True)
        return Upload(f"picture-{number}.jpg", "image/jpeg", out.getvalue())
    bare.save(out, "PNG")
    return Upload(f"picture-{number}.png", "image/png", out.getvalue())


def _why(content: bytes) -> str:
    if content[4:12] in _HEIF:
        return _("%(name)s is in a format of telephones (HEIC) that we cannot open. Please send a screenshot of it.")
    return _("%(name)s is not a picture that we can open. Please send a JPEG, PNG, WebP or GIF.")


def _refusal(sentence: str, number: int, of: int, field: str) -> BadInput:
    return BadInput(sentence % {"name": _name(number, of), "limit": MOST_BYTES // 1_000_000}, field=field)


def _name(number: int, of: int) -> str:
    # Never the file's own name: it can be misleading, or personal.
    return _("The picture") if of == 1 else _("Picture %(number)d") % {"number": number}
