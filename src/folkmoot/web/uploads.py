"""Pictures in forms and in answers: what may be chosen, and how one is shown so that no browser runs it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from folkmoot.casefile.models import Attachment
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.pictures import MOST_PICTURES, require_few

if TYPE_CHECKING:
    File = UploadedFile[Any]
else:
    File = UploadedFile  # at run time the class takes no parameter
_ACCEPT = "image/jpeg,image/png,image/webp,image/gif"
_SHOWN = {"image/jpeg": "jpg", "image/png": "png"}


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
        try:
            require_few(sent, most=self.most)
        except BadInput as error:
            raise ValidationError(str(error)) from error
        return sent


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
