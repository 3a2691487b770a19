"""The passphrase of a backup: out of a file, or from the person at the terminal; never from the command line."""

import sys
from pathlib import Path

import click

from folkmoot.cli.backups.passphrase import SHORTEST
from folkmoot.kernel.errors import BadInput


def new_passphrase(file: Path | None) -> str:
    """Return a passphrase to seal with: the first line of `file`, or what is typed, twice."""
    if file is not None:
        return _long_enough(_first_line(file))
    _require_terminal()
    return _long_enough(str(click.prompt("Passphrase", hide_input=True, confirmation_prompt="The same again")))


def known_passphrase(file: Path | None, what: Path) -> str:
    """Return the passphrase of the sealed file `what`: the first line of `file`, or what is typed."""
    if file is not None:
        return _first_line(file)
    _require_terminal()
    return str(click.prompt(f"The passphrase of {what.name}", hide_input=True))


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read: {(error.strerror or str(error)).lower()}.", field="passphrase"
        ) from None
    except UnicodeDecodeError:
        raise BadInput(f"{file} is no text.", field="passphrase") from None
    if not lines or not lines[0]:
        raise BadInput(f"The first line of {file} is empty; the passphrase should stand there.", field="passphrase")
    return lines[0]


def _require_terminal() -> None:
    if not sys.stdin.isatty():
        raise BadInput(
            "A passphrase is needed, and nobody is at the terminal. Put it into a file that only you can read, and "
            "name that by --passphrase-file.",
            field="passphrase",
        )


def _long_enough(passphrase: str) -> str:
    if len(passphrase) < SHORTEST:
        raise BadInput(
            f"A passphrase of fewer than {SHORTEST} letters is soon guessed by whoever has the file. Four or five "
            "words that do not belong together are good.",
            field="passphrase",
        )
    return passphrase
