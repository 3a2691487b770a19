"""By which hash the record knows a file."""

from folkmoot.kernel.canonical import canonical_bytes, digest


def file_mark(name: str, media_type: str, content: bytes) -> str:
    """Return the hash of a file with its name and type; a name cannot be guessed from it without the content."""
    return digest(content + canonical_bytes({"name": name, "type": media_type}))
