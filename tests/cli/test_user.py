"""A sign-in link from the server's console."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.commands import folkmoot
from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.make_sign_in_link import make_sign_in_link

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _somebody() -> None:
    org = add_organisation(name="Hartfield Branch", by=SYSTEM, at=NOW)
    invite_person(org, name="Ann", email="ann@example.org", roles={Role.MODERATOR}, by=SYSTEM, at=NOW)


def test_the_link_signs_in_once_and_a_newer_one_replaces_it(client: Client) -> None:
    first, second = asked_for(), asked_for()
    assert client.get(first).status_code == 403
    assert client.get(second).status_code == 200
    assert client.session.get("_auth_user_id") is None  # looking does nothing: the button does
    client.post(second)
    assert client.session.get("_auth_user_id")
    assert Client().post(second).status_code == 403


def test_an_unknown_address_is_one_sentence() -> None:
    done = CliRunner().invoke(folkmoot, ["user", "link", "who@example.org"])
    assert done.exit_code == 1
    assert done.output == "Nobody signs in here as 'who@example.org'.\n"


def test_nobody_but_the_console_may_make_one() -> None:
    org = add_organisation(name="Other Branch", by=SYSTEM, at=NOW)
    link = invite_person(org, name="Bo", email="bo@example.org", roles={Role.ADMINISTRATOR}, by=SYSTEM, at=NOW)
    with pytest.raises(NotPermitted):
        make_sign_in_link("ann@example.org", by=link.person, at=NOW)  # type: ignore[arg-type]


def asked_for() -> str:
    done = CliRunner().invoke(folkmoot, ["user", "link", " ANN@example.org"])
    assert done.exit_code == 0, done.output
    found = re.search(r"http\S+", done.output)
    assert found
    return urlsplit(found.group()).path
