"""`folkmoot doctor`: the checks of the page, as sentences, with what to do and a status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from folkmoot.cli.commands import folkmoot as typed
from folkmoot.config.clock import now
from folkmoot.config.health import everything
from folkmoot.config.health.light import Light, Sign
from folkmoot.members.models import Organisation
from tests.cast import branch
from tests.servers import clean_environment, folkmoot


def run(*words: str) -> Result:
    done = CliRunner().invoke(typed, ["doctor", *words])
    timezone.deactivate()
    return done


@pytest.mark.django_db
def test_it_says_what_the_page_says_and_what_to_do() -> None:
    org = branch().org
    at = now()
    lights = [*everything.server_lights(at=at), *everything.office_lights(org, at=at)]
    said = run()
    assert {light.title for light in lights} == {
        title for title in {one.title for one in lights} if title in said.stdout
    }
    for light in lights:
        assert light.do in said.stdout
    found = json.loads(run("--json").stdout)
    assert [(one["check"], one["sign"]) for one in found["checks"]] == [(light.key, light.sign) for light in lights]
    assert {one["organisation"] for one in found["checks"]} == {None, org.slug}
    assert run("--org", "nowhere").exit_code == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("sign", "status"), [(Sign.OK, 0), (Sign.NOTE, 0), (Sign.SOON, 0), (Sign.BAD, 1)])
def test_its_status_is_1_only_where_something_does_not_work(
    sign: Sign, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch()
    light = Light("mail", sign, "Mail", "Letters leave.", "Look at it.")
    monkeypatch.setattr("folkmoot.cli.work.doctor.server_lights", lambda *, at: [light])
    monkeypatch.setattr("folkmoot.cli.work.doctor.office_lights", lambda org, *, at: [])
    done = run()
    assert done.exit_code == status
    assert "Mail: Letters leave." in done.stdout
    assert ("Letters leave." in run("--quiet").stdout) is (sign is not Sign.OK)
    assert json.loads(run("--json").stdout)["worst"] == sign


@pytest.mark.django_db
def test_every_organisation_is_looked_at() -> None:
    branch()
    branch("Valley branch")
    checks = json.loads(run("--json").stdout)["checks"]
    assert {one["organisation"] for one in checks} == {None, *Organisation.objects.values_list("slug", flat=True)}


def test_a_database_that_is_none_is_said_and_hides_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "folkmoot.sqlite3").write_bytes(b"only some bytes, and no database" * 40)
    done = folkmoot("doctor", environment=clean_environment(FOLKMOOT_DATA=str(tmp_path)))
    assert done.returncode == 1
    assert "Database: The database cannot be opened: file is not a database" in done.stdout
    assert "Disk: " in done.stdout
    assert "Traceback" not in done.stderr
