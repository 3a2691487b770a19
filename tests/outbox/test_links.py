"""What a mark becomes is computed under the server's key; the database alone opens nothing."""

import pytest

from folkmoot.kernel.errors import FolkmootError
from folkmoot.outbox.links import letter_link, opens, receipt_code, receipt_hash, resolve
from tests import cast


@pytest.fixture
def matter(db):
    return cast.decided()


def token(link):
    return link.rstrip("/").rpartition(".")[2]


def test_the_author_s_link_opens_their_side_and_nothing_else(matter, settings):
    link = letter_link(matter.grant)
    assert link.startswith(f"{settings.FOLKMOOT_URL}/o/{matter.branch.org.slug}/letter/{matter.grant.pk}.")
    assert opens(matter.grant, token(link))
    assert not opens(matter.receipt.grant, token(link))
    assert not opens(matter.grant, token(link)[:-1] + ("B" if link.endswith("A/") else "A"))


def test_neither_links_nor_codes_are_in_the_database(matter):
    held = str(cast.everything())
    assert token(letter_link(matter.grant)) not in held
    assert receipt_code(matter.receipt.grant.nonce) not in held


def test_another_server_s_key_opens_nothing(matter, settings):
    link = letter_link(matter.grant)
    found = receipt_hash(matter.receipt.code)
    settings.FOLKMOOT_KEY = b"another key of thirty-two bytes!"
    assert not opens(matter.grant, token(link))
    assert receipt_hash(matter.receipt.code) != found


def test_a_mark_that_nobody_knows_is_refused_loudly(matter):
    assert resolve("letter", matter.grant.pk) == letter_link(matter.grant)
    with pytest.raises(FolkmootError, match="nobody knows how"):
        resolve("wish", 1)
