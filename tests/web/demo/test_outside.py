"""Stepping into roles does not exist outside the demo's settings, nor before the demo is filled."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve

from folkmoot.config.places import DEMO_MARK, PROJECT
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Organisation, User
from folkmoot.web.demo import mailbox, roles, start
from folkmoot.web.demo.story import story
from folkmoot.web.signin.session import step_into
from tests.web.demo.conftest import AT

ADDRESSES = [
    "/demo/",
    "/demo/cases/1/",
    "/demo/roles/",
    "/demo/roles/1/",
    "/demo/parties/1/",
    "/demo/out/",
    "/demo/mailbox/",
    "/demo/mailbox/1/",
    "/styleguide/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_ordinary_server_has_no_such_page(db: None, client: Client, address: str) -> None:
    with pytest.raises(Resolver404):
        resolve(address, urlconf="folkmoot.config.urls")
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("page", ["start", "roles", "mailbox"])
def test_a_page_of_the_demo_refuses_even_when_somebody_gives_it_an_address(db: None, page: str) -> None:
    Organisation.objects.create(slug=story().organisation.slug, name="Wexmoor", created_at=AT)
    views = {"start": start.start, "roles": roles.roles, "mailbox": mailbox.mailbox}
    with pytest.raises(Http404):
        views[page](RequestFactory().get("/"))


def test_nobody_is_stepped_into_outside_the_demo(db: None, rf: RequestFactory) -> None:
    request = rf.post("/")
    SessionMiddleware(lambda request: HttpResponse()).process_request(request)
    with pytest.raises(NotPermitted):
        step_into(request, User.objects.create_user("gwen@example.org"))
    assert "_auth_user_id" not in request.session


@pytest.mark.parametrize(("marked", "database"), [(False, ""), (True, "postgres://folkmoot@localhost/folkmoot")])
def test_the_demo_s_settings_serve_no_real_data(tmp_path: Path, marked: bool, database: str) -> None:
    if marked:
        (tmp_path / DEMO_MARK).touch()
    done = subprocess.run(
        [sys.executable, "-c", "import folkmoot.config.settings_demo"],
        env={
            **os.environ,
            "FOLKMOOT_DATA": str(tmp_path),
            "DATABASE_URL": database,
            "PYTHONPATH": str(PROJECT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "does not hold the demo" in done.stderr
