"""What holds a password can be read from a file."""

import os
from pathlib import Path

import pytest

from folkmoot.config.reading import take_secrets_from_files
from folkmoot.kernel.errors import NotReady


def test_the_first_line_of_the_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mail"
    file.write_text("smtp://name:s3cret@mail.example.org\nand a note\n")
    monkeypatch.setenv("MAIL_URL_FILE", str(file))
    monkeypatch.setenv("MAIL_URL", "")
    take_secrets_from_files()
    assert os.environ["MAIL_URL"] == "smtp://name:s3cret@mail.example.org"
    assert "MAIL_URL_FILE" not in os.environ


def test_what_cannot_be_is_a_sentence_without_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_URL_FILE", str(tmp_path / "none"))
    with pytest.raises(NotReady, match="MAIL_URL_FILE names"):
        take_secrets_from_files()
    monkeypatch.setenv("MAIL_URL_FILE", str(tmp_path))
    monkeypatch.setenv("MAIL_URL", "smtp://name:s3cret@mail.example.org")
    with pytest.raises(NotReady, match="both set") as refusal:
        take_secrets_from_files()
    assert "s3cret" not in str(refusal.value)
