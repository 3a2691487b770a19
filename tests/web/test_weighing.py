"""Large uploads are counted by the length they announce, before anything of them is read."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import branch
from tests.web.browsers import officer

pytestmark = pytest.mark.django_db
LARGE = {"CONTENT_LENGTH": "3000000", "CONTENT_TYPE": "multipart/form-data; boundary=x", "REQUEST_METHOD": "POST"}


class _Unread:
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("it was read")

    readline = read


@pytest.fixture(autouse=True)
def _five_megabytes(settings: Any) -> None:
    settings.REQUEST_MAX_BYTES = 5_000_000


def test_what_is_too_much_for_an_hour_is_refused_before_anything_of_it_is_read() -> None:
    address = f"/o/{branch().org.slug}/report/"
    pictures = SimpleUploadedFile("a.jpg", b"x" * 3_000_000)
    assert Client().post(address, {"kind": "attack", "pictures": pictures}).status_code == 422
    second = Client().request(**{**LARGE, "PATH_INFO": address, "wsgi.input": _Unread()})
    assert second.status_code == 429
    assert "More has come in this hour than we can take" in second.content.decode()


def test_what_is_small_and_what_officers_send_is_not_weighed() -> None:
    people = branch()
    address = f"/o/{people.org.slug}/report/"
    for _ in range(3):
        assert Client().post(address, {"kind": "attack", "words": "Look."}).status_code == 422
    pictures = {"kind": "attack", "pictures": SimpleUploadedFile("a.jpg", b"x" * 3_000_000)}
    for _ in range(2):
        assert officer(people.operator).post(address, pictures).status_code == 422
