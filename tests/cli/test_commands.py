"""The commands: quick where they can be, and plain about what a person got wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from folkmoot.cli.commands import COMMANDS
from tests.servers import clean_environment, folkmoot, with_tables


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"))


def test_help_lists_every_command_and_loads_neither_django_nor_data(
    environment: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "import sys\nfrom folkmoot.cli.commands import folkmoot\n"
        "folkmoot(['--help'], standalone_mode=False)\nassert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str, environment: dict[str, str]) -> None:
    done = folkmoot(name, "--help", environment=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Usage: folkmoot {name}")


def test_an_unknown_command_is_a_usage_error(environment: dict[str, str]) -> None:
    done = folkmoot("nosuch", environment=environment)
    assert done.returncode == 2
    assert "nosuch" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FOLKMOOT_UNDO_SECONDS", "soon"),
        ("FOLKMOOT_PROXIES", "-1"),
        ("FOLKMOOT_URL", "folkmoot.example.org"),
        ("FOLKMOOT_URL", "https://example.org/folkmoot"),
        ("FOLKMOOT_URL", "http://[::1"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "smtp://mail.example.org:many"),
        ("DATABASE_URL", "mysql://localhost/folkmoot"),
        ("DATABASE_URL", "postgres://[::1/folkmoot"),
        ("DATABASE_URL", "postgres://somebody:s3cret@127.0.0.1:1/folkmoot"),
        ("FOLKMOOT_DATA", "/dev/null"),
        ("FOLKMOOT_DATA", "/dev/null/folder"),
    ],
)
def test_a_setting_that_cannot_be_read_is_one_sentence_that_names_it(
    variable: str, value: str, environment: dict[str, str]
) -> None:
    done = folkmoot("org", "list", environment=environment | {variable: value})
    assert done.returncode == 1
    assert variable in done.stderr or value in done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr
    told = [line for line in done.stderr.splitlines() if not line.startswith("A new data folder was made")]
    assert len(told) == 1


@pytest.mark.parametrize("arguments", [("--port", "0"), ("--port", "web"), ("--host", "folkmoot"), ("extra",)])
def test_an_option_that_makes_no_sense_is_a_usage_error(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = folkmoot("serve", *arguments, environment=environment)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_damaged_key_is_not_replaced(tmp_path: Path) -> None:
    environment = with_tables(tmp_path / "data")
    assert folkmoot("org", "list", environment=environment).returncode == 0
    key = tmp_path / "data" / "keys" / "letters"
    key.write_text("torn")
    done = folkmoot("org", "list", environment=environment)
    assert done.returncode == 1
    assert str(key) in done.stderr
    assert key.read_text() == "torn"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--port", "abc"), "'abc' is no whole number from 1 to 65535."),
        (("--port", "0"), "'0' is no whole number from 1 to 65535."),
        (("--port", "80000"), "'80000' is no whole number from 1 to 65535."),
        (("--workers", "two"), "'two' is no whole number from 1 to 64."),
    ],
)
def test_a_number_that_is_none_is_said_in_plain_words(
    words: tuple[str, str], says: str, environment: dict[str, str]
) -> None:
    done = folkmoot("serve", *words, environment=environment)
    assert done.returncode == 2
    assert says in done.stderr
    assert f"'{words[0]}'" in done.stderr
