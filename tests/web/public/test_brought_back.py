"""What fell with another post comes back with it; its author and whoever reported it read so, and nothing more (Md)."""

import pytest

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.take_along import Going, take_along
from tests import cast
from tests.cast import day
from tests.steps.test_take_along import WHY, copy, overturned
from tests.web.browsers import move_clock, party
from tests.web.public.reading import said

pytestmark = pytest.mark.django_db


def test_its_author_and_a_reporter_read_that_it_went_with_another_and_that_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = cast.decided()
    people = matter.branch
    found = copy(people)
    take_along(matter.pk, going=[Going(found.pk, WHY)], no_part=True, by=people.operator, at=day(1, 11))
    child = Case.objects.get(post=found)
    move_clock(monkeypatch, day(1, 12))
    grant = child.grants.filter(party=Role.AUTHOR).latest("pk")
    author, mine = party(grant), f"/o/{people.org.slug}/notice/{grant.pk}/"
    page = said(author.get(mine))
    assert "It goes with another post that was taken down. If that one comes back, so does yours." in page
    assert "A moderator found it among the posts that hang together with the other one." in page
    report = Report(kind=ReportKind.ATTACK, words="This one as well.", post=found, name="Kit Yarrow")
    receipt = file_report(people.org, report, at=day(1, 12))
    reporter, theirs = party(receipt.grant), f"/o/{people.org.slug}/track/progress/{receipt.grant.pk}/"
    overturned(matter)
    move_clock(monkeypatch, day(3, 12))
    newest = child.grants.filter(party=Role.AUTHOR).latest("pk")
    pages = [
        said(author.get(mine)),
        said(party(newest).get(f"/o/{people.org.slug}/notice/{newest.pk}/")),
        said(reporter.get(theirs)),
    ]
    for page in pages:
        assert "The decision about that one does not hold any more" in page
        for whose in ("Rowan", "Kit Yarrow", "Mo Abara", cast.REPORTER_NAME, f"case {matter.pk}", "The time to object"):
            assert whose not in page
    assert "Your post comes back" in pages[0]
    assert "Back, with the post that it went with" in pages[0]
    assert "We decided, and the post is put back" in pages[2]
