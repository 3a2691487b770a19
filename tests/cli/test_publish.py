"""`folkmoot policy publish`: an organisation's own text takes the place of a summary, from a day that is said."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli.commands import folkmoot
from folkmoot.cli.work import publishing
from folkmoot.config.clock import now
from folkmoot.editions.current import coming_policies, current_policy, newest_policy, today
from folkmoot.members.models import Organisation
from tests.cast import RULES, branch, lay_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def org() -> Organisation:
    return branch().org


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a copy of the organisation's pack in which one clause has other words and the date is a past one."""
    folder = Path(shutil.copytree(RULES, tmp_path / RULES.name))
    dated(folder, "2020-01-01")
    (folder / "clauses" / "H3.md").write_text((folder / "clauses" / "H3.md").read_text() + "\nTwice.\n")
    return folder


def dated(folder: Path, day: str) -> None:
    front = folder / "pack.yaml"
    lines = front.read_text().splitlines()
    front.write_text("\n".join(f"in_force_from: {day}" if line.startswith("in_force") else line for line in lines))


def publish(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(folkmoot, ["policy", "publish", str(folder), *more])


def test_nothing_is_published_without_a_yes_but_what_would_change_is_said(org: Organisation, own: Path) -> None:
    tomorrow = today(org, at=now()) + timedelta(days=1)
    done = publish(own)
    assert done.exit_code == 1
    assert f"It would hold from {tomorrow.day} {tomorrow:%B %Y}." in done.stdout
    assert "Beside edition 1, its clauses: 1 reworded, 3 same." in done.stdout
    assert "2 of its 4 clauses are grounds (marked Rule on the pages)." in done.stdout
    assert "--from 2020-01-01 would judge posts from that day on by it." in done.stdout
    assert "Nothing was published" in done.stderr
    assert newest_policy(org).number == 1


def test_a_pack_becomes_the_next_edition_from_tomorrow_and_the_same_again_does_not(
    org: Organisation, own: Path
) -> None:
    before = current_policy(org, at=now())
    done = publish(own, "--yes")
    assert done.exit_code == 0, done.stderr
    assert f"edition 2 of {org.name}" in done.stdout
    assert current_policy(org, at=now()) == before, "nothing holds at once"
    assert newest_policy(org).in_force_from == today(org, at=now()) + timedelta(days=1)
    again = publish(own, "--yes", "--org", org.slug)
    assert (again.exit_code, "is this already, word for word" in again.stdout) == (0, True)
    assert lay_open(org) == []


def test_it_holds_from_the_day_that_is_said_or_from_the_packs_own_where_that_is_said(
    org: Organisation, own: Path
) -> None:
    early = publish(own, "--yes", "--from", today(org, at=now()).isoformat())
    assert (early.exit_code, "tomorrow at the earliest" in early.stderr) == (1, True)
    assert publish(own, "--yes", "--from", "soon").exit_code == 2
    assert publish(own, "--yes", "--from", "2020-01-01").exit_code == 0
    assert current_policy(org, at=now()).number == 2


def test_at_a_terminal_it_asks(org: Organisation, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "at_terminal", lambda: True)

    def answered(answer: str) -> Result:
        return CliRunner().invoke(folkmoot, ["policy", "publish", str(own)], input=f"{answer}\n")

    assert (answered("n").exit_code, newest_policy(org).number) == (1, 1)
    assert (answered("y").exit_code, newest_policy(org).number) == (0, 2)


def test_an_announced_edition_whose_place_is_taken_is_named_before(org: Organisation, own: Path) -> None:
    day = today(org, at=now())
    assert publish(own, "--yes", "--from", (day + timedelta(days=30)).isoformat()).exit_code == 0
    (own / "clauses" / "H3.md").write_text((own / "clauses" / "H3.md").read_text() + "\nOr three times.\n")
    later = publish(own, "--from", (day + timedelta(days=40)).isoformat())
    assert "takes the place" not in later.stdout
    done = publish(own, "--yes")
    assert "This takes the place of edition 2, announced for" in done.stdout
    assert [one.number for one in coming_policies(org, at=now())] == [3]


def test_rules_without_a_ground_are_warned_of(org: Organisation, own: Path) -> None:
    for clause in ("H1", "H2"):
        file = own / "clauses" / f"{clause}.md"
        kept = [
            line
            for line in file.read_text().splitlines()
            if not line.startswith(("allowed", "not_allowed", "aimed_at", "limited_to", "  "))
        ]
        file.write_text("\n".join(kept).replace("kind: ground", "kind: advice") + "\n")
    checked = CliRunner().invoke(folkmoot, ["policy", "check", str(own)])
    assert checked.exit_code == 0, checked.output
    assert "To think about: no clause is a ground (marked Rule on the pages)" in checked.stdout
    done = publish(own)
    assert "no post could be taken down under these rules" in done.stderr
    assert "0 of its 4 clauses are grounds" in done.stdout


def test_a_folder_with_mistakes_changes_nothing(org: Organisation, tmp_path: Path) -> None:
    before = newest_policy(org)
    for folder in (tmp_path, tmp_path / "nothing"):
        done = publish(folder, "--yes")
        assert done.exit_code == 1
        assert "cannot be used" in done.stderr
    assert newest_policy(org) == before
