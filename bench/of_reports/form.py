"""Reads a form off a page and fills it in as a browser would."""

import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode


@dataclass
class Form:
    """One form: where it goes, how it is sent, and what stands in its fields."""

    action: str
    media_type: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def filled(self, **values: str) -> bytes:
        """Return the body with `values` typed or chosen; the other fields stay as the page has them."""
        fields = self.fields | values
        if not self.media_type.startswith("multipart"):
            return urlencode(fields).encode()
        boundary = self.media_type.rpartition("=")[2]
        parts = [f'name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
        parts += [
            f'name="{name}"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n' for name in self.files
        ]
        whole = "".join(f"--{boundary}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
        return f"{whole}--{boundary}--\r\n".encode()


def form_on(page: str, *, path: str, having: str) -> Form:
    """Return the form on `page` that has the field `having`; raises `LookupError` when there is none."""
    reader = _Reader(path)
    reader.feed(page)
    for form in reader.forms:
        if having in form.fields:
            return form
    raise LookupError(f"no form at {path} has a field {having!r}")


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action") or self.path, _media_type(said.get("enctype", ""))))
            return
        name = said.get("name")
        if not self.forms or not name:
            return
        form = self.forms[-1]
        kind = said.get("type", "text")
        if tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in {"radio", "checkbox"}:
            if "checked" in said:
                form.fields[name] = said.get("value", "on")
        elif tag in {"input", "textarea", "select"} and kind != "submit":
            form.fields.setdefault(name, said.get("value", ""))


def _media_type(enctype: str) -> str:
    if enctype == "multipart/form-data":
        return f"multipart/form-data; boundary=----{secrets.token_hex(12)}"
    return "application/x-www-form-urlencoded"
