"""The formats that can be imported: the one list of them. The first that fits a file is it."""

from pathlib import Path

from folkmoot.archive.intake import facebook_download, facebook_thread, mbox, source, whatsapp
from folkmoot.archive.intake.shape import Asked, Format, Look, PostFile, look_at, require_encoding
from folkmoot.kernel.errors import BadInput

FORMATS: tuple[Format, ...] = (
    facebook_download.FORMAT,
    mbox.FORMAT,
    whatsapp.FORMAT,
    facebook_thread.FORMAT,
    source.JSON_LINES,
    source.TABLE,
)


def open_posts(path: Path, *, asked: Asked, word: str = "") -> tuple[Format, PostFile]:
    """Say what `path` is, and open it; `word` names the format where it should not be guessed.

    Raises `BadInput` with a plain sentence when no posts can be in it, `Undecided` when the person has to say more.
    """
    require_encoding(asked.encoding)
    look = look_at(path, asked)
    form = _named(word) if word else _guessed(look)
    if path.is_dir() and form is not facebook_download.FORMAT:
        raise BadInput(f"{path} is a folder. Name one file in it.", field="file")
    if form in {source.JSON_LINES, source.TABLE} and not word:
        return form, source.recognise(path, encoding=asked.encoding)
    return form, form.opened(look)


def _named(word: str) -> Format:
    return next(form for form in FORMATS if form.word == word)


def _guessed(look: Look) -> Format:
    if look.path.is_dir() and not facebook_download.FORMAT.fits(look):
        raise BadInput(f"{look.path} is a folder. Name one file in it.", field="file")
    return next(form for form in FORMATS if form.fits(look))
