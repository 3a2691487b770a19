"""When the demo may be filled, and that the hour at which it is started does not matter."""

from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from folkmoot.kernel.errors import NotPermitted, NotReady
from folkmoot.members.models import Organisation
from folkmoot.web.demo import load
from folkmoot.web.demo.story import story
from tests.web.demo.conftest import AT

pytestmark = pytest.mark.usefixtures("demo_settings")


def test_data_of_a_real_organisation_are_refused(db: Any) -> None:
    Organisation.objects.create(slug="hartfield", name="Hartfield Branch", created_at=AT)
    with pytest.raises(NotReady, match="Hartfield Branch"):
        load.fill(at=AT)
    assert Organisation.objects.count() == 1


def test_an_ordinary_server_is_never_filled(db: Any) -> None:
    with override_settings(DEMO=False), pytest.raises(NotPermitted):
        load.fill(at=AT)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("hour", [3, pytest.param(23, marks=pytest.mark.soak)])
def test_the_demo_can_be_filled_at_any_hour(db: Any, hour: int) -> None:
    filled = load.fill(at=AT.replace(hour=hour, minute=1))
    stages = {row.matter.id: row.case.stage for row in filled.rows if row.matter}
    assert stages == {matter.id: matter.expect.stage for matter in story().cases}


@pytest.mark.parametrize("address", ["/demo/", "/demo/roles/", "/demo/roles/1/", "/demo/parties/1/", "/demo/mailbox/"])
def test_the_demo_answers_nothing_while_its_data_are_not_there(db: None, client: Client, address: str) -> None:
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
