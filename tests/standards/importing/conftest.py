"""Importing into a temporary folder."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from folkmoot.kernel.errors import BadInput
from folkmoot.standards import check_pack
from folkmoot.standards.importing import Imported, import_policy

Import = Callable[[str | bytes, str], Imported]


def refusal(action: Callable[[], object]) -> str:
    """Do something, and return the sentence with which it was refused, or "" where it was not."""
    try:
        action()
    except BadInput as refused:
        return str(refused)
    return ""


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Return what imports a text or bytes, as a file of this name, into a pack that is then without fault."""

    def make(content: str | bytes, name: str) -> Imported:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        made = import_policy(file, tmp_path / "pack", today=date(2026, 1, 1))
        assert [str(fault) for fault in check_pack(tmp_path / "pack")] == []
        return made

    return make
