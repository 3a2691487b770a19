"""What the organisation says of itself, where its official text stands, and the statements that its rules rest on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext
from ninja import Form, UploadedFile
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.files import PackFile
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Sent, Shown, example
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation, Scope, Triage
from folkmoot.procedure.words import Role
from folkmoot.standards import find_pack, installed_packs, load_pack
from folkmoot.steps.bring_in_parent import bring_in_parent
from folkmoot.steps.rename_organisation import rename_organisation
from folkmoot.steps.send_test_letter import send_test_letter
from folkmoot.steps.set_contact import set_contact
from folkmoot.steps.set_official_text import set_official_text
from folkmoot.steps.set_triage import set_triage
from folkmoot.steps.set_zone import set_zone
from folkmoot.web.admin.packs_sent import unpacked

router = Routes("Policy")
ADMINISTRATORS = (Role.ADMINISTRATOR,)
T = TypeVar("T")


class OfficialText(Sent):
    """Where the official text of the policy stands."""

    model_config = example({"url": "https://example.org/policy"})

    url: Line = Field(max_length=500, description="A web address; empty where there is none")


class Called(Sent):
    """What the organisation is called, where its days begin and end, and which posts the software looks over."""

    model_config = example({"name": "Harbour branch", "zone": "Europe/London", "triage": "every"})

    name: Line = Field(max_length=120, description="Its short name in addresses never changes")
    zone: Line = Field(max_length=60, description="Its time zone: time limits that run already keep their end")
    triage: Triage | None = Field(
        default=None,
        description="Which posts the software looks over by itself: of every place, those that everybody can read, or "
        "only what is reported; left out, it stays",
    )


class TestLetter(Shown):
    """A letter to whoever asked for it, to see whether mail leaves."""

    model_config = example({"letter": 31, "to": "ada.quill@harbour.example"})

    letter: int = Field(description="Its number among the letters that are mailed: what became of it stands there")
    to: str


class Contact(Sent):
    """Where people can write to the Secretary."""

    model_config = example({"contact": "secretary@harbour.example"})

    contact: Line = Field(max_length=254, description="An e-mail address or a postal address; may be empty")


class PackShown(Shown):
    """A pack that comes with Folkmoot."""

    model_config = example({"name": "plain-rules", "title": "Plain rules", "description": "Rules for a small branch."})

    name: str
    title: str
    description: str


class Packs(Shown):
    """The packs that come with Folkmoot."""

    model_config = example({"packs": []})

    packs: list[PackShown]


class PackSent(Sent):
    """Which pack: one that comes with Folkmoot, by its name, or a ZIP file."""

    model_config = example({"pack": "plain-rules"})

    pack: Line = Field("", max_length=80, description="The name of one that comes with Folkmoot; left out with a file")


class StatementSent(PackSent):
    """Which statement, and whose place it takes."""

    model_config = example({"pack": "national-statement", "follows": 2})

    follows: Number | None = Field(None, description="The number of the edition whose place it takes")


class StatementShown(Shown):
    """A statement that the rules can rest on."""

    model_config = example({"number": 3, "pack": "national-statement", "title": "The national statement"})

    number: int
    pack: str
    title: str


@router.writes("/policy/official-text", method="PUT", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=OfficialText)
def official_text(request: Caller, said: OfficialText) -> OfficialText:
    """Say where the official text stands: letters that cite a summary link to it."""
    return OfficialText(
        url=set_official_text(request.org, url=said.url, by=request.person, at=request.now).official_url
    )


@router.writes("/policy/contact", method="PUT", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=Contact)
def contact(request: Caller, said: Contact) -> Contact:
    """Say how people reach the Secretary: public pages and letters show it."""
    return Contact(contact=set_contact(request.org, contact=said.contact, by=request.person, at=request.now).contact)


@router.writes("/settings", method="PUT", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=Called)
def called(request: Caller, said: Called) -> Called:
    """Say what the organisation is called, where its days begin and end, and which posts the software looks over."""
    rename_organisation(request.org, name=said.name, by=request.person, at=request.now)
    set_zone(request.org, zone=said.zone, by=request.person, at=request.now)
    if said.triage:
        set_triage(request.org, triage=said.triage, by=request.person, at=request.now)
    org = Organisation.objects.get(pk=request.org.pk)
    return Called(name=org.name, zone=org.zone, triage=Triage(org.triage))


@router.writes("/test-letter", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=TestLetter, status=201)
def test_letter(request: Caller) -> TestLetter:
    """Send a letter to yourself, to see whether mail leaves."""
    letter = send_test_letter(request.org, by=request.person, at=request.now)
    return TestLetter(letter=letter.pk, to=letter.to)


@router.reads("/policy/packs", offices=ADMINISTRATORS, returns=Packs)
def packs(request: Caller) -> Packs:
    """The packs that come with Folkmoot, to begin a draft from or to rest on."""
    found = [load_pack(find_pack(name)) for name in installed_packs()]
    return Packs(packs=[PackShown(name=one.name, title=one.title, description=one.description) for one in found])


@router.writes("/policy/statements", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=StatementShown, status=201)
def statement(
    request: Caller,
    said: Form[StatementSent],
    file: PackFile = None,
) -> StatementShown:
    """Bring in a statement that the rules can rest on, or a newer edition of one; the rules stay as they are."""
    parents = PolicyEdition.objects.within(request.org).filter(is_parent=True, followers=None)
    follows = parents.filter(number=said.follows).first() if said.follows is not None else None
    if said.follows is not None and follows is None:
        raise BadInput(gettext("There is no such statement, or another has taken its place already."), field="follows")

    def take(pack: str | Path) -> PolicyEdition:
        return bring_in_parent(request.org, pack, follows=follows, by=request.person, at=request.now)

    made = with_pack(said.pack, file, take)
    return StatementShown(number=made.number, pack=made.pack, title=made.title)


def with_pack(name: str, file: UploadedFile | None, step: Callable[[str | Path], T]) -> T:
    """Run `step` with the pack that is named, or with the one in `file`; raises `BadInput` unless it is one of both."""
    if bool(name) == (file is not None):
        raise BadInput(
            gettext("Please name a pack that comes with Folkmoot, or send a ZIP file: one of both."), field="pack"
        )
    with _pack(name, file) as found:
        return step(found)


@contextmanager
def _pack(name: str, file: UploadedFile | None) -> Iterator[str | Path]:
    if file is None:
        if name not in installed_packs():  # never a path: that would read the server's own files
            raise BadInput(
                gettext("There is no pack with this name among those that come with Folkmoot."), field="pack"
            )
        yield name
        return
    with unpacked(file) as folder:
        yield folder
