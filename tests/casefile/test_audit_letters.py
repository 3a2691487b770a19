"""Words of letters changed behind the software's back are found."""

import pytest

from folkmoot.editions.models import LetterEdition
from folkmoot.steps.publish_letter import publish_letter
from tests.cast import branch, day, lay_open
from tests.steps.test_publish_letter import KEY, OURS
from tests.tampering import guards_down


@pytest.mark.parametrize(
    "change",
    [{"body": "Nothing."}, {"subject": "x"}, {"is_shipped": True}, {"by": "system"}, {"kind": "lifted"}],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_edition_of_a_letter_is_found(change, db) -> None:
    people = branch()
    edition = publish_letter(people.org, KEY, OURS, by=people.administrator, at=day(1))
    with guards_down():
        LetterEdition.objects.filter(pk=edition.pk).update(**change)
    assert any("are not those that were published" in line for line in lay_open(people.org))


def test_an_edition_that_is_gone_or_that_nobody_published_is_found(db) -> None:
    people = branch()
    edition = publish_letter(people.org, KEY, OURS, by=people.administrator, at=day(1))
    with guards_down():
        edition.delete()
    assert any("of a letter is gone" in line for line in lay_open(people.org))
    LetterEdition.objects.create(
        org=people.org, kind=KEY, number=9, subject="x", body="y", by="system", published_at=day(2)
    )
    assert any("are not those that were published" in line for line in lay_open(people.org))
