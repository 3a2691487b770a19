"""A page's form filled in at a terminal: options, files, questions; and its refusals as one sentence."""

import sys
from pathlib import Path
from typing import Any, cast

import click
from django import forms
from django.http import QueryDict

from folkmoot.cli.words import printable
from folkmoot.kernel.errors import BadInput

LARGEST = 1_000_000  # bytes of a file with words


def from_file(said: str, *, field: str) -> str:
    """Return what was said; "@FILE" means what stands in it, "@-" what comes by standard input.

    Raises `BadInput` for a file that cannot be read, or is no text.
    """
    if not said.startswith("@"):
        return said
    name = said[1:]
    try:
        content = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _read(Path(name))
        if len(content) > LARGEST:
            raise BadInput(f"{name} is too long to be what you want to say.", field=field)
        return content.decode()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput(f"{name} cannot be read: {why}.", field=field) from None
    except UnicodeDecodeError:
        raise BadInput(f"{name} is no text in UTF-8.", field=field) from None


def refused_by(form: forms.Form) -> BadInput:
    """Return what a form finds wrong, all of it, as one refusal at the first field."""
    found = [(name, str(sentence)) for name, errors in form.errors.items() for sentence in errors]
    sentences = dict.fromkeys(sentence for _name, sentence in found)
    return BadInput(" ".join(sentences), field="" if found[0][0] == "__all__" else found[0][0])


def ask_for(data: QueryDict, name: str, field: forms.Field) -> None:
    """Ask for the answer to one field of a form, and put it into `data`."""
    question = str(field.label or name)
    if not isinstance(field, forms.ChoiceField):
        text = click.prompt(question, default="" if not field.required else None, show_default=False)
        data[name] = from_file(str(text), field=name)
        return
    choices = [(str(value), str(label)) for value, label in cast(Any, field.choices) if value]
    click.echo(question)
    for number, (_value, label) in enumerate(choices, start=1):
        click.echo(printable(f"  {number:>2}  {label}"))
    if isinstance(field, forms.MultipleChoiceField):
        data.setlist(name, _several(choices))
        return
    known = next((n for n, (value, _label) in enumerate(choices, start=1) if value == str(field.initial)), None)
    number = click.prompt("  The number", type=click.IntRange(1, len(choices)), default=known)
    data[name] = choices[number - 1][0]


def _several(choices: list[tuple[str, str]]) -> list[str]:
    """Ask for several numbers, or the values themselves, with commas between."""
    typed = str(click.prompt("  The numbers, with commas between; Enter for none", default="", show_default=False))
    found = []
    for word in filter(None, (part.strip() for part in typed.split(","))):
        is_number = word.isascii() and word.isdecimal() and 0 < int(word) <= len(choices)
        found.append(choices[int(word) - 1][0] if is_number else word)
    return found


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
