"""A public page is light: with all that belongs to it, it comes over a slow line at once."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.models import Grant
from folkmoot.casefile.record import SYSTEM
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import add_organisation
from tests import cast
from tests.web.browsers import party

pytestmark = pytest.mark.django_db

MOST = 60_000  # bytes in all, of a page that is opened for the first time
ASSET = re.compile(r'<(?:link[^>]+href|script[^>]+src|img[^>]+src)="([^"]+)"')


def test_every_public_page_is_light_with_all_that_belongs_to_it() -> None:
    matter = cast.decided()
    root = f"/o/{matter.branch.org.slug}"
    grants = {one.party: one for one in Grant.objects.within(matter.branch.org)}
    notice = f"{root}/notice/{grants[Role.AUTHOR].pk}/"
    progress = f"{root}/track/progress/{grants[Role.REPORTER].pk}/"
    visitor, sides = Client(), party(*grants.values())
    pages = [
        *(
            (visitor, f"{root}/{path}")
            for path in ("", "report/", "report/?kind=attack", "track/", "rules/", "draft-check/", "house-style/")
        ),
        *((visitor, path) for path in ("/", "/sign-in/")),
        *((sides, path) for path in (notice, f"{notice}appeal/", progress)),
    ]
    weights = {path: weight(client, path) for client, path in pages}
    assert {path: size for path, size in weights.items() if size > MOST} == {}, weights


def test_all_of_a_whole_policy_is_light_and_holds_no_token() -> None:
    org = add_organisation(name="Long rules", by=SYSTEM, at=cast.FOUNDED)
    for path in (f"/o/{org.slug}/rules/", f"/o/{org.slug}/rules/editions/1/"):
        assert len(fetched(Client(), path).content) > 30_000
        assert b"csrf" not in fetched(Client(), path).content, "what travels compressed can be guessed at"
        assert weight(Client(), path) < MOST, path


def weight(client: Client, path: str) -> int:
    """Return how many bytes a browser fetches to show the page: itself, styles, scripts and pictures."""
    page = fetched(client, path)
    assets = {unescape(one) for one in ASSET.findall(page.text)}
    assert any(one.endswith(".css") for one in assets), path
    assert not [one for one in assets if not one.startswith("/")]
    packed = [fetched(client, path, "gzip"), *(fetched(client, one, "gzip") for one in assets)]
    return sum(len(body(answer)) for answer in packed)


def fetched(client: Client, path: str, encoding: str = "") -> Any:
    """Return the answer to a browser that understands `encoding`."""
    answer = client.get(path, follow=True, headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200, path
    return answer


def body(answer: Any) -> bytes:
    """Return what comes over the line."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
