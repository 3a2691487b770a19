"""A thousand posts come in at once: the ten that matter are found, and forceful politics is left alone."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from folkmoot.archive.assessment import Assessment
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.cli.commands import folkmoot
from folkmoot.worker.triage import look_over
from tests import cast
from tests.cast import Branch
from tests.detectors.served.running import end_all
from tests.journeys.flood import MANY, SERIOUS, flood, forceful
from tests.web.desk.pages import Desk


@pytest.fixture
def people(db: None, tmp_path: Path, settings: Any) -> Iterator[Branch]:
    settings.MODEL_SOCKET, settings.DATA = tmp_path / "model.sock", tmp_path
    yield cast.branch()
    end_all(tmp_path / "model.sock")


def bring_in(people: Branch, folder: Path) -> None:
    """Import the flood as an administrator does, from a table."""
    file = folder / "flood.csv"
    with file.open("w", newline="", encoding="utf-8") as table:
        rows = csv.writer(table)
        rows.writerow(["id", "text", "author", "date"])
        for number, text in enumerate(flood()):
            rows.writerow([f"f{number}", text, f"writer {number % 40}", f"2026-10-{number % 28 + 1:02} 12:00"])
    wanted = ["import", str(file), "--org", people.org.slug, "--place", people.place.slug]
    done = CliRunner().invoke(folkmoot, wanted, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def test_of_a_thousand_posts_the_ten_serious_ones_are_the_first_and_forceful_ones_are_not_flagged(
    people: Branch, tmp_path: Path
) -> None:
    assert len(set(flood())) == MANY
    bring_in(people, tmp_path)
    look_over()
    looked_at = Assessment.objects.filter(post__native_id__startswith="f")
    assert looked_at.count() == MANY
    texts = dict(Post.objects.values_list("pk", "text"))
    order = [texts[row.post_id] for row in looked_at.filter(flag=True).order_by("-weight", "-post")]
    missed = sorted(name for name, text in SERIOUS.items() if text not in order[:10])
    assert missed == [], "the ten that matter come first"
    page = Desk(people.operator).read("worth-a-look/")
    assert all(text in page for text in order[:10]), "what is worst stands on the first page"
    assert not Case.objects.exists(), "nothing is decided, and nothing opened"
    urgent = looked_at.filter(lane="emergency").order_by("-weight", "-post")
    assert {texts[row.post_id] for row in urgent} <= set(SERIOUS.values()), "no alarm about politics"
    assert [text for text in order if text in set(forceful())] == [], "forceful politics is left alone"
