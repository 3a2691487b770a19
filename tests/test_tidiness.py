"""What no committed file may hold, and what the documents must not leave out."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.places import PROJECT

# In two halves, so that this file does not find itself.
ADDRESSES = ["pypi" + ".org", "files.python" + "hosted.org", "registry." + "npmjs.org", "deb." + "debian.org"]
PLACES_OF_ONE_MACHINE = ["/work/" + "main", "/work/" + "shared", "/tmp/" + "w/"]
SETTING = re.compile(r"\b(FOLKMOOT_[A-Z_]+|DATABASE_URL|MAIL_URL)\b")


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no clone: git does not say what is committed")
    return [PROJECT / name for name in listed.stdout.decode().split("\0") if name and (PROJECT / name).is_file()]


def test_no_committed_file_names_a_registry_or_somebodys_machine() -> None:
    found = [
        f"{file.relative_to(PROJECT)}: {word}"
        for file in committed()
        for word in ADDRESSES + PLACES_OF_ONE_MACHINE
        if word.encode() in file.read_bytes()
    ]
    assert found == []


def test_every_setting_is_in_the_document_and_no_other() -> None:
    told = set(SETTING.findall((PROJECT / "docs" / "settings.md").read_text()))
    read = set[str]()
    for folder in ("src/folkmoot/config", "src/folkmoot/cli", "src/folkmoot/worker"):
        for file in (PROJECT / folder).rglob("*.py"):
            read |= set(re.findall(r'"(FOLKMOOT_[A-Z_]+|DATABASE_URL|MAIL_URL)"', file.read_text()))
    read |= {"FOLKMOOT_URL", "FOLKMOOT_DATA"}
    assert told - {"FOLKMOOT_PYTHON", "FOLKMOOT_SHARED"} == read


def test_locks_pin_every_package_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (PROJECT / name).read_text().replace("\\\n", " ")
        pinned = [line for line in text.splitlines() if line and line[0] not in " #"]
        assert pinned
        assert all("==" in line and "--hash=sha256:" in line for line in pinned)
