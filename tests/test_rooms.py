"""What the linted imports cannot say of the rooms."""

import ast
import sys
from pathlib import Path

from django.apps import apps

from tests.places import PROJECT

SOURCE = PROJECT / "src" / "folkmoot"
WITH_MODELS = {"members", "editions", "archive", "casefile", "pinboard", "outbox"}


def test_models_live_in_six_rooms_only() -> None:
    ours = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("folkmoot.")}
    assert ours == WITH_MODELS


def test_the_kernel_imports_the_standard_library_only() -> None:
    for file in sorted((SOURCE / "kernel").rglob("*.py")):
        foreign = {name for name in imported(file) if name.split(".")[0] not in sys.stdlib_module_names}
        assert all(name.startswith("folkmoot.kernel") for name in foreign), f"{file.name}: {foreign}"


def test_settings_are_imported_by_entry_points_only() -> None:
    for file in sorted(SOURCE.rglob("*.py")):
        if file.relative_to(SOURCE).parts[0] not in {"config", "cli", "worker", "web", "api"}:
            assert not any(name.startswith("folkmoot.config") for name in imported(file)), file


def imported(file: Path) -> set[str]:
    """Return the modules that `file` imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found
