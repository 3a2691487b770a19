"""What leaves in other forms than a page: heads of mails, calendars, tables. Nobody adds a line of theirs."""

import csv
import io
import re
from typing import Any

import pytest

from folkmoot.archive.intake.rows import Reject
from folkmoot.cli.intake import Taken
from folkmoot.kernel.errors import BadInput
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import org_name
from folkmoot.steps.add_place import place_name
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.naming import address_typed
from folkmoot.web.admin.tables import table_response
from folkmoot.web.forms import Address, Line
from folkmoot.web.panel.hearing import entry
from folkmoot.worker.deliver import compose
from tests.cast import before_executive, branch, day
from tests.places import PROJECT

INJECTED = ("x\r\nBcc: all@e.example", "x\nBcc: all@e.example", "x\rBcc: all@e.example", "x\u2028Bcc: y", "x\x85Bcc: y")
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", '=HYPERLINK("http://e.example")')


@pytest.mark.parametrize("name", INJECTED)
def test_a_name_is_one_line_wherever_it_goes_into_the_head_of_a_letter(db: None, name: str) -> None:
    people = branch()
    made = invite_person(
        people.org, name=name, email="eve@example.org", roles={Role.MODERATOR}, by=people.administrator, at=day(0)
    )
    assert made.person is not None
    kept = [made.person.name, place_name(people.org, name, but=None), org_name(name), Line(label="x").clean(name)]
    assert not [one for one in kept if len(one.splitlines()) != 1]


@pytest.mark.parametrize("subject", INJECTED[:3])
def test_a_head_with_two_lines_is_never_sent(db: None, subject: str) -> None:
    people = branch()
    letter = Dispatch(org=people.org, to="a@example.org", subject=subject, body="x", message_id="<1@x>", made_at=day(0))
    with pytest.raises(ValueError, match=r"newline|linefeed|carriage return"):
        compose(letter, sender="moot@example.org")


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@e.example",
        "a@example.org\nb@e.example",
        "a@example.org, b@e.example",
        "a@example.org; b@e.example",
        "<a@example.org>",
        "Eve <a@example.org>",
        "a@example.org b@e.example",
        "a b@example.org",
        "a@example.org\0",
        "a%0abcc:b@example.org@e.example",
        "",
    ],
)
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises(BadInput):
        address_typed(address)
    with pytest.raises(Exception, match=r"address|characters|required"):
        Address().clean(address)


@pytest.mark.parametrize("address", ['"a@e.example, b"@example.org', "o'neill+x=y@example.org", '"a> <b"@example.org'])
def test_a_strange_address_is_refused_or_reaches_one_mailbox(db: None, address: str) -> None:
    try:
        kept = address_typed(address)
    except BadInput:
        return
    letter = Dispatch(org=branch().org, to=kept, subject="x", body="x", message_id="<1@x>", made_at=day(0))
    found = compose(letter, sender="moot@example.org")
    assert len(found["To"].addresses) == 1
    assert found["To"].addresses[0].domain == "example.org"


def test_a_place_to_meet_is_one_line_of_the_calendar(db: None) -> None:
    case = before_executive().case
    where = "Library;x,y\\z\r\nATTENDEE:mailto:all@e.example\r\nBEGIN:VALARM"
    text = entry(case, _said(where), address="https://moot.example/x", now=day(4))
    unfolded = text.replace("\r\n ", "")
    assert not re.search(r"^(ATTENDEE|BEGIN:VALARM)", unfolded, re.MULTILINE)
    assert [line for line in unfolded.split("\r\n") if line.startswith("LOCATION")] == [
        r"LOCATION:Library\;x\,y\\z ATTENDEE:mailto:all@e.example BEGIN:VALARM"
    ]


def test_one_place_makes_the_tables_that_pages_hand_out() -> None:
    rooms = [PROJECT / "src" / "folkmoot" / room for room in ("web", "api")]
    pages = {path.name: path.read_text() for room in rooms for path in room.rglob("*.py")}
    assert [name for name, page in pages.items() if re.search(r"csv\.(writer|DictWriter)|\.xlsx", page)] == [
        "tables.py"
    ]


def test_a_cell_of_a_table_is_no_formula() -> None:
    rows = [[formula] for formula in FORMULAS]
    answer = table_response("register.csv", ["what"], rows)
    cells = [cell for row in csv.reader(io.StringIO(answer.content.decode())) for cell in row]
    assert len(cells) == len(FORMULAS) + 1
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_table_of_rows_that_an_import_did_not_take_holds_no_formula() -> None:
    out = io.StringIO()
    taken = Taken()
    for number, formula in enumerate(FORMULAS):
        taken.reject(Reject(number, f"“{formula}” is no date.", formula.encode()), out)
    out.seek(0)
    for row in csv.reader(out):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def _said(where: str) -> Any:
    class Said:
        facts = {"meets_at": day(7, 19).isoformat()}
        words = {"where": where}
        hash = "a" * 64

    return Said()
