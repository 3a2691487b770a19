"""Files that come with a request."""

from typing import Annotated

from ninja import File, UploadedFile

from folkmoot.steps.attach import Upload
from folkmoot.steps.pictures import MOST_PICTURES, pictures, require_few

Pictures = Annotated[list[UploadedFile], File(description="At most three, each up to 5 MB: JPEG, PNG, WebP or GIF")]
PackFile = Annotated[UploadedFile | None, File(description="A pack as a ZIP file of at most 5 MB")]


def sent_pictures(files: list[UploadedFile], *, most: int = MOST_PICTURES, field: str = "pictures") -> list[Upload]:
    """Return `files`, proven to be pictures and written anew; raises `BadInput` on `field`."""
    require_few(files, most=most, field=field)
    return pictures(files, field=field)
