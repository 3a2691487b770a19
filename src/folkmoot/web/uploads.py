"""Pictures that people send: decoded to prove what they are, written anew without metadata, shown safely."""

import re
import threading
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from folkmoot.casefile.models import Attachment
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.attach import Upload

MOST_PICTURES = 3
MOST_BYTES = 5_000_000  # of one picture
MOST_DOTS = 30_000_000  # width times height: a small file can unfold into a huge picture
MOST_SCANS = 100  # of one JPEG, which a camera makes of one and a web page of some ten
TAKEN = ("JPEG", "PNG", "WEBP", "GIF")
if TYPE_CHECKING:
    File = UploadedFile[Any]
else:
    File = UploadedFile  # at run time the class takes no parameter
_ACCEPT = "image/jpeg,image/png,image/webp,image/gif"
_SHOWN = {"image/jpeg": "jpg", "image/png": "png"}
_HEIF = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")
# Where a scan begins, in the only lengths that one can have; inside a scan's own data these bytes cannot stand.
_SCAN = re.compile(rb"\xff\xda\x00[\x08\x0a\x0c\x0e]")
# An opened picture of `MOST_DOTS` takes a quarter of a gigabyte, and anybody may send one.
_ONE_AT_A_TIME = threading.Lock()
# What Pillow's readers let out when bytes are not what they should be.
_UNREADABLE = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, EOFError)


class PictureInput(forms.FileInput):
    """One control that takes several files."""

    allow_multiple_selected = True


class Pictures(forms.FileField):
    """Up to `MOST_PICTURES` files; cleaned to a list. What they are is proven by `pictures`."""

    widget = PictureInput

    def __init__(self, *, most: int = MOST_PICTURES, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Pictures") if most > 1 else _("A picture"))
        kwargs.setdefault("widget", PictureInput(attrs={"accept": _ACCEPT, "multiple": most > 1}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """Return the files sent, none of them empty or too large."""
        sent = [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]
        if self.required and not sent:
            raise ValidationError(_("Please choose a picture."), code="required")
        if len(sent) > self.most:
            raise ValidationError(
                _("Please choose at most %(most)d; there were %(sent)d.") % {"most": self.most, "sent": len(sent)}
            )
        for number, file in enumerate(sent, start=1):
            _require_size(file, _name(number, len(sent)))
        return sent


def pictures(files: Sequence[File], *, field: str = "pictures") -> list[Upload]:
    """Return `files` as pictures that may be kept: JPEG or PNG, turned upright, nothing in them but dots.

    Raises `BadInput` on `field` for a file that is no picture, or too large to open.
    """
    return [_picture(file, number, len(files), field) for number, file in enumerate(files, start=1)]


def picture_response(attachment: Attachment) -> HttpResponse:
    """Return an attachment so that a browser shows it as a picture or saves it, and never runs it."""
    kind = attachment.media_type if attachment.media_type in _SHOWN else "application/octet-stream"
    response = HttpResponse(bytes(attachment.content), content_type=kind)
    name = f"picture-{attachment.number}.{_SHOWN.get(kind, 'bin')}"
    how = "inline" if kind in _SHOWN else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _require_size(file: File, name: str) -> None:
    if not file.size:
        raise ValidationError(_("%(name)s is empty. Please choose it again.") % {"name": name})
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("%(name)s is larger than %(limit)d MB. Please send a smaller one; a screenshot of it will do.")
            % {"name": name, "limit": MOST_BYTES // 1_000_000}
        )


def _picture(file: File, number: int, of: int, field: str) -> Upload:
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
    return BadInput(sentence % {"name": _name(number, of)}, field=field)


def _name(number: int, of: int) -> str:
    # Never the file's own name: it can be misleading, or personal.
    return _("The picture") if of == 1 else _("Picture %(number)d") % {"number": number}
