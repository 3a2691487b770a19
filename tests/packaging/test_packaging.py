"""What is packaged names files, settings and addresses that there are, and gives no more rights than are needed."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from tests.places import PROJECT

sys.path.insert(0, str(PROJECT / "scripts"))
from dockerfile import Step, read_steps

PACKAGING = PROJECT / "packaging"
SETTINGS = set(re.findall(r"\b(FOLKMOOT_[A-Z_]+|DATABASE_URL|MAIL_URL)\b", (PROJECT / "docs/settings.md").read_text()))
STEPS = read_steps((PACKAGING / "Dockerfile").read_text())
LAST = STEPS[max(number for number, step in enumerate(STEPS) if step.word == "FROM") :]


def test_steps_are_read_with_what_goes_on_in_the_next_line() -> None:
    found = read_steps('# why\nFROM a AS b\nRUN one \\\n    && two\n\nCMD ["x", "y z"]\n')
    assert found == [Step("FROM", "a AS b"), Step("RUN", "one && two"), Step("CMD", '["x", "y z"]')]
    assert found[-1].listed() == ["x", "y z"]


def test_the_image_holds_what_is_there_and_nothing_that_is_left_out() -> None:
    rules = (PACKAGING / "Dockerfile.dockerignore").read_text().split()
    let_in = [rule.removeprefix("!") for rule in rules if rule.startswith("!")]
    copied = [name for step in STEPS if step.word == "COPY" and "--from" not in step.text for name in step.words[:-1]]
    assert {"src", "requirements.lock"} <= set(copied)
    assert [
        name for name in copied if not (PROJECT / name).exists() or not any(fnmatch(name, one) for one in let_in)
    ] == []


def test_the_image_is_run_by_nobody_in_particular_and_asked_whether_it_is_alive() -> None:
    said = {step.word: step for step in LAST}
    assert said["USER"].text == "10001"
    assert "uid 10001" in said["RUN"].text
    assert "/healthz" in said["HEALTHCHECK"].listed()[-1]
    assert said["VOLUME"].text in said["ENV"].text
    assert (said["ENTRYPOINT"].listed()[-1], said["CMD"].listed()) == ("folkmoot.cli", ["serve"])


def test_the_containers_have_their_secrets_from_files_and_write_to_volumes_only() -> None:
    whole = yaml.safe_load((PACKAGING / "compose.yaml").read_text())
    ours, database = whole["services"]["folkmoot"], whole["services"]["database"]
    assert (ours["read_only"], ours["cap_drop"]) == (True, ["ALL"])
    assert {name.removesuffix("_FILE") for name in ours["environment"]} <= SETTINGS
    for service in (ours, database):
        files = [value for name, value in service["environment"].items() if name.endswith("_FILE")]
        assert sorted(files) == sorted(f"/run/secrets/{name}" for name in service["secrets"])
        assert set(service["secrets"]) <= set(whole["secrets"])
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(whole["volumes"])
        assert set(service["networks"]) <= set(whole["networks"])
    assert database["networks"] == ["inside"]
    assert whole["networks"]["inside"]["internal"] is True
    assert (PACKAGING / ours["build"]["context"] / ours["build"]["dockerfile"]).resolve() == PACKAGING / "Dockerfile"
    assert not (PACKAGING / "secrets").exists()


def test_the_service_starts_what_is_there_with_settings_that_there_are(tmp_path: Path) -> None:
    text = (PACKAGING / "folkmoot.service").read_text()
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    program, verb = unit["Service"]["ExecStart"].split()
    assert (PROJECT / Path(program).relative_to("/opt/folkmoot")).is_file()
    assert verb == "serve"
    assert set(re.findall(r"(FOLKMOOT_[A-Z_]+|MAIL_URL)", text.replace("_FILE", ""))) <= SETTINGS
    if shutil.which("systemd-analyze"):
        there = tmp_path / "folkmoot.service"
        there.write_text(text.replace(program, shutil.which("true") or "/bin/true"))
        done = subprocess.run(["systemd-analyze", "verify", there], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_keeps_to_itself_what_is_for_machines_and_writes_no_requests_down(name: str) -> None:
    text = (PACKAGING / name).read_text()
    assert "/metrics" in text
    assert "/readyz" in text
    assert "127.0.0.1:8000" in text
    assert not re.search(r"^\s*access_log (?!off;)", text, re.MULTILINE)
