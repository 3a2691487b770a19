"""Who did what: the register, a case's events, filter, file, and whether it is as it was written."""

import ast
import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from folkmoot.casefile.models import Case, Event, Reading
from folkmoot.steps.note_check import last_check
from folkmoot.steps.set_contact import set_contact
from folkmoot.web.admin import audit, checking
from folkmoot.web.admin.register_said import GROUPS, SAYINGS
from folkmoot.web.admin.tables import harmless
from tests import cast
from tests.cast import Branch, day
from tests.places import PROJECT
from tests.tampering import guards_down
from tests.web.browsers import officer


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/audit/{rest}"


def test_each_change_says_who_made_it_and_when_in_plain_words(people: Branch, ada: Client) -> None:
    set_contact(people.org, contact="sec@example.org", by=people.administrator, at=day(0))
    page = ada.get(url(people)).content.decode()
    assert "changed how people reach the Secretary" in page
    assert "gave Mo Abara a role: Moderator" in page
    assert "let Mo Abara look after “Harbour page”" in page
    assert "whoever runs this server" in page
    assert "sec@example.org" not in page


def test_what_is_shown_is_narrowed_by_who_what_and_when(people: Branch, ada: Client) -> None:
    set_contact(people.org, contact="sec@example.org", by=people.administrator, at=day(0))
    ada_only = ada.get(url(people), {"who": f"person:{people.administrator.pk}"}).content.decode()
    assert "changed how people reach" in ada_only
    assert "let Mo Abara look after" not in ada_only
    places = ada.get(url(people), {"what": "places"}).content.decode()
    assert "added the place “Harbour page”" in places
    assert "gave Mo Abara a role" not in places
    lately = ada.get(url(people), {"first": "2026-11-02", "last": "2026-11-02"}).content.decode()
    assert "changed how people reach" in lately
    assert "added the place" not in lately
    assert "No entry is like that." in ada.get(url(people), {"first": "2027-01-01"}).content.decode()
    wrong = ada.get(url(people), {"who": "person:999999", "first": "tomorrow"})
    assert "There is a problem" in wrong.content.decode()


def test_older_entries_follow_by_number_and_keep_the_filter(
    people: Branch, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 5)
    entries = Event.objects.within(people.org).filter(case=None, by="system").order_by("-seq")
    seqs = list(entries.values_list("seq", flat=True))
    first = ada.get(url(people), {"who": "system"}).content.decode()
    assert f"?who=system&amp;before={seqs[4]}" in first
    second = ada.get(url(people), {"who": "system", "before": seqs[4]}).content.decode()
    assert f'soft">{seqs[5]}</span>' in second
    assert f'soft">{seqs[4]}</span>' not in second
    assert "The newest" in second


def test_the_register_as_a_file_holds_every_entry_and_no_formula(people: Branch, ada: Client) -> None:
    answer = ada.get(url(people, "register.csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert len(rows) == 1 + Event.objects.within(people.org).filter(case=None).count()
    assert rows[0] == ["number", "when (UTC)", "who", "step", "what", "hash"]
    assert rows[1][3] == "add_organisation"
    assert Reading.objects.filter(what="register, as a file").count() == 1
    assert [harmless(cell) for cell in ("=1+1", "@x", "-2", "a=b", "")] == ["'=1+1", "'@x", "'-2", "a=b", ""]


def test_a_cases_events_say_who_did_what_without_words_or_a_reporters_name(people: Branch, ada: Client) -> None:
    matter = cast.appealed(people)
    answer = ada.get(url(people, f"cases/{matter.pk}/"))
    page = answer.content.decode()
    assert "Mo Abara" in page
    assert "a reporter" in page
    assert "the author" in page
    for secret in (cast.REPORT_WORDS, cast.REPORTER_NAME, cast.APPEAL, cast.REASONS, cast.PASSAGE):
        assert secret not in page
    rows = list(csv.reader(io.StringIO(ada.get(url(people, f"cases/{matter.pk}/events.csv")).content.decode())))
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, matter.case.seq + 1)]
    assert set(Reading.objects.filter(case=matter.pk).values_list("what", flat=True)) == {
        "events",
        "events, as a file",
    }


def test_a_case_is_found_by_its_number_and_closed_to_who_wrote_the_post(people: Branch, ada: Client) -> None:
    matter = cast.decided(people)
    assert ada.get(url(people), {"case": matter.pk})["Location"] == url(people, f"cases/{matter.pk}/")
    cast.own(people, people.administrator)
    for number in (matter.pk, 987654, "x"):
        assert "whose events you could look at" in ada.get(url(people), {"case": number}).content.decode()
    mine, nobodys = (ada.get(url(people, f"cases/{number}/")) for number in (matter.pk, 987654))
    assert (mine.status_code, mine.content) == (404, nobodys.content)
    assert ada.get(url(people, f"cases/{matter.pk}/events.csv")).status_code == 404


def test_the_secretary_reads_it_too_and_nobody_else(people: Branch) -> None:
    assert people.secretary is not None
    assert officer(people.secretary).get(url(people)).status_code == 200
    for person in (people.operator, people.panel[0]):
        assert officer(person).get(url(people)).status_code == 404
        assert officer(person).post(url(people, "checks/"), {"after": 0}).status_code == 404


def test_verifying_says_the_outcome_and_writes_it_down(people: Branch, ada: Client) -> None:
    cast.appealed(people)
    page = ada.post(url(people, "checks/"), {"after": 0}, follow=True).content.decode()
    assert "What was looked at is as it was written." in page
    assert "did not come to the end" not in page
    noted = last_check(people.org)
    assert noted is not None
    assert (noted.by, noted.checked.cases, noted.checked.faults) == (f"person:{people.administrator.pk}", 1, 0)


def test_what_is_not_as_it_was_written_is_named(people: Branch, ada: Client) -> None:
    matter = cast.decided(people)
    before = Case.objects.filter(pk=matter.pk).values("reports").get()
    with guards_down():
        Case.objects.filter(pk=matter.pk).update(reports=7)
    page = ada.post(url(people, "checks/"), {"after": 0}).content.decode()
    assert "The record is not as it was written" in page
    assert f"case {matter.pk}: the bookmark is not where the last event left it (reports)" in page
    with guards_down():
        Case.objects.filter(pk=matter.pk).update(**before)
    assert "1 fault was found." in ada.get(url(people)).content.decode()


def test_a_long_record_is_verified_in_stretches_that_go_on(
    people: Branch, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    matters = [
        cast.reported(people, post=cast.post(people.org, people.place, native_id=str(number))) for number in range(3)
    ]
    monkeypatch.setattr(checking, "SECONDS", -1.0)  # the time is over after each case
    page = ada.post(url(people, "checks/"), {"after": 0}, follow=True).content.decode()
    assert "The look did not come to the end of the record." in page
    assert f'name="after" value="{matters[0].pk}"' in page
    page = ada.post(url(people, "checks/"), {"after": matters[1].pk}, follow=True).content.decode()
    assert "Verify the record" in page
    assert ada.post(url(people, "checks/"), {"after": "x"}).status_code == 422


def test_every_step_on_the_register_has_its_sentence() -> None:
    writers = (file for file in (PROJECT / "src/folkmoot").rglob("*.py") if "enter_register(" in file.read_text())
    entered = {name for file in writers for name in _entered(file)}
    entered |= {"redeem_invitation", "redeem_sign_in"}  # put together from the purpose of a link
    assert entered - SAYINGS.keys() == set(), "say in web/admin/register_said.py what these mean"
    assert SAYINGS.keys() - entered == set()
    assert {group for group, _saying in SAYINGS.values()} == GROUPS.keys()


def _entered(file: Path) -> set[str]:
    """Return the steps that `file` enters into a register, by name or by a constant of that file."""
    tree = ast.parse(file.read_text())
    known: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    known[target.id] = value.value
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "enter_register" and len(node.args) > 1:
            step = node.args[1]
            if isinstance(step, ast.Constant):
                found.add(str(step.value))
            elif isinstance(step, ast.Name):
                found.add(known[step.id])
    return found
