"""What a page says, as a person would read it; and pictures to send."""

import re
from html import unescape
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def said(response: Any) -> str:
    """Return a page's words on one line, without what only screen readers or machines read."""
    page = response.content.decode()
    body = page[page.index("<main") :]
    body = re.sub(r"<script.*?</script>", " ", body, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def value(response: Any, name: str) -> str:
    """Return the value of the field `name` that the page's form would send."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', response.content.decode())
    assert found, f"no field {name}"
    return unescape(found[1])


def box(response: Any, name: str) -> str:
    """Return what stands in the text box `name`."""
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', response.content.decode(), re.DOTALL)
    assert found, f"no box {name}"
    return unescape(found[1])


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), name: str = "shot.jpg", **other: Any) -> Any:
    """Return a picture as a browser would send it."""
    return SimpleUploadedFile(name, encoded(kind, size=size, **other), content_type="image/jpeg")


def encoded(kind: str, *, size: tuple[int, int] = (40, 30), mode: str = "RGB", **other: Any) -> bytes:
    """Return the bytes of a picture with a red left half."""
    found = Image.new(mode, size)
    if mode == "RGB":
        found.paste((250, 10, 10), (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    found.save(out, kind, **other)
    return out.getvalue()
