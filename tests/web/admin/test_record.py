"""The page on the record: what was signed last, who outside keeps it, and how somebody verifies it."""

from pathlib import Path

import pytest
from django.test import Client

from folkmoot.casefile.checkpoint_file import path_of
from folkmoot.casefile.checkpoint_reader import read_file
from folkmoot.members.models import Outsider
from folkmoot.procedure.words import Role
from folkmoot.steps.end_role import end_role
from folkmoot.steps.make_checkpoint import make_checkpoint
from tests import cast
from tests.cast import Branch
from tests.web.browsers import move_clock

FEDERATION = {"name": "The federation", "email": "office@federation.example", "rhythm": "daily"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    settings.CHECKPOINTS = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/record/{rest}"


def test_the_page_says_what_is_signed_what_is_younger_and_with_which_key(
    people: Branch, ada: Client, folder: Path
) -> None:
    assert "None has been signed yet" in ada.get(url(people)).content.decode()
    cast.decided(people)
    make_checkpoint(people.org, folder=folder, seed=bytes(32), at=cast.day(1, minute=5))
    page = ada.get(url(people)).content.decode()
    assert "Checkpoint 1 was signed" in page
    assert "not proven yet" not in page
    kept = read_file(path_of(folder, people.org.pk))
    assert kept is not None
    assert kept.fingerprint in page.replace(" ", "")
    cast.reported(people, post=cast.post(people.org, people.place, native_id="2"), at=cast.day(1, minute=6))
    assert "not proven yet" not in ada.get(url(people)).content.decode(), "cases are not counted: some may be one's own"
    end_role(people.panel[0], Role.EXECUTIVE, by=people.administrator, at=cast.day(1, minute=7))
    assert "1 change of people, places and settings is younger" in ada.get(url(people)).content.decode()


def test_a_change_that_nobody_signs_is_said_to_be_wrong(
    people: Branch, ada: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_checkpoint(people.org, folder=folder, seed=bytes(32), at=cast.day(0))
    cast.reported(people, at=cast.day(0, minute=1))
    move_clock(monkeypatch, cast.day(0, minute=19))
    assert "no checkpoint was signed" not in ada.get(url(people)).content.decode()
    move_clock(monkeypatch, cast.day(0, minute=30))
    assert "no checkpoint was signed" in ada.get(url(people)).content.decode()


def test_somebody_outside_is_named_and_ended(people: Branch, ada: Client) -> None:
    assert "Nobody yet." in ada.get(url(people)).content.decode()
    page = ada.post(url(people, "outsiders/"), FEDERATION, follow=True).content.decode()
    assert "The federation" in page
    assert "One a day" in page
    one = Outsider.objects.get()
    assert ada.post(url(people, f"outsiders/{one.pk}/ended/")).status_code == 303
    assert ada.post(url(people, f"outsiders/{one.pk}/ended/")).status_code == 422
    assert "Nobody yet." in ada.get(url(people)).content.decode()
    assert ada.post(url(people, f"outsiders/{one.pk + 1}/ended/")).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Please write who it is."),
        ("email", "nobody", "does not look like an e-mail address"),
        ("rhythm", "", "Please choose how often."),
        ("email", "sol.verity@harbour-branch.example", "holds an office here"),
    ],
)
def test_who_cannot_be_named_is_said_and_what_was_typed_stays(
    field: str, value: str, says: str, people: Branch, ada: Client
) -> None:
    answer = ada.post(url(people, "outsiders/"), {**FEDERATION, field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Outsider.objects.exists()
