"""The database works out the same keys as we do."""

from datetime import UTC, datetime

import pytest

from folkmoot.archive.index import key_of
from folkmoot.archive.keys import Key
from folkmoot.archive.models import Post
from tests.cast import branch


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 22, 9, 30, 15, 999_999, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
        datetime(2500, 1, 1, tzinfo=UTC),
        datetime(1600, 1, 1, tzinfo=UTC),
    ],
)
def test_a_key_is_the_same_whoever_works_it_out(db: None, at: datetime) -> None:
    post = branch().post
    Post.objects.filter(pk=post.pk).update(posted_at=at)
    keys = Post.objects.filter(pk=post.pk).annotate(key=Key("posted_at", "pk")).values_list("key", flat=True)
    assert list(keys) == [key_of(at, post.pk)]
