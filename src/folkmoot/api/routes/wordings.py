"""The words of letters: those that come with Folkmoot, and an organisation’s own, each an edition."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Sent, Shown, Words, example
from folkmoot.editions.current import current_letter
from folkmoot.editions.models import LetterEdition
from folkmoot.members.models import Scope
from folkmoot.notices.check import BODY_LIMIT, SUBJECT_LIMIT, faults
from folkmoot.notices.in_force import Template
from folkmoot.notices.kinds import KINDS, NAMES, Audience, Kind
from folkmoot.procedure.words import Role
from folkmoot.steps.publish_letter import go_back_to_shipped, publish_letter, template_in_force

router = Routes("Words of letters")
ADMINISTRATORS = (Role.ADMINISTRATOR,)


_WORDING = {
    "wording": "appeal_received",
    "says": "We have your appeal",
    "audience": "author",
    "edition": 0,
    "own": False,
}


class WordingInList(Shown):
    """A letter: who gets it when, and whether its words are the organisation’s own."""

    model_config = example(_WORDING)

    wording: str
    says: str = Field(description="What it is called")
    audience: Audience
    edition: int = Field(description="The number of the newest edition; 0 where there never was one")
    own: bool


class WordingShown(WordingInList):
    """A letter with the words that it has now."""

    model_config = example(
        {
            **_WORDING,
            "subject": "We have your appeal",
            "body": "Dear {{ name }}, …",
            "names": {"name": "Whom it is to"},
            "conditions": {},
        }
    )

    subject: str
    body: str
    names: dict[str, str] = Field(description="What can be filled in, in double braces, and what it is")
    conditions: dict[str, str] = Field(description="What can be asked for with “if”, and when it holds")


class Wordings(Shown):
    """All letters."""

    model_config = example({"wordings": [_WORDING]})

    wordings: list[WordingInList]


class WordingSent(Sent):
    """New words for a letter."""

    model_config = example({"subject": "We have your appeal", "body": "Dear {{ name }}, …", "seen": 0})

    subject: Line = Field(max_length=SUBJECT_LIMIT)
    body: Words = Field(max_length=BODY_LIMIT)
    seen: int = Field(ge=0, le=2**31, description="The number of the edition that you read; 0 where there was none")


class Fault(Shown):
    """What is wrong in the words of a letter."""

    model_config = example({"field": "body", "says": "The letter has to say until when an answer comes: {{ due }}."})

    field: str
    says: str


class Checked(Shown):
    """All that is wrong in the words of a letter; nothing of them is kept."""

    model_config = example({"faults": []})

    faults: list[Fault]


class EditionShown(Shown):
    """Words that a letter had, or has."""

    model_config = example(
        {
            "wording": "appeal_received",
            "number": 1,
            "subject": "We have your appeal",
            "body": "Dear member, …",
            "shipped": False,
            "published_at": "2026-11-03T10:00:00Z",
        }
    )

    wording: str
    number: int
    subject: str
    body: str
    shipped: bool = Field(description="The organisation went back to the words that come with Folkmoot")
    published_at: datetime


class WordingEditions(Shown):
    """The editions of a letter’s words, the newest first."""

    model_config = example({"editions": []})

    editions: list[EditionShown]


@router.reads("/wordings", offices=ADMINISTRATORS, returns=Wordings)
def wordings(request: Caller) -> Wordings:
    """All letters, with who gets each and when."""
    newest = {one.kind: one for one in LetterEdition.objects.within(request.org).order_by("number")}
    return Wordings(wordings=[WordingInList(**_in_list(kind, newest.get(kind.key))) for kind in KINDS.values()])


@router.reads("/wordings/{slug:wording}", offices=ADMINISTRATORS, returns=WordingShown)
def wording(request: Caller, wording: str) -> WordingShown:
    """The words that a letter has now, and what can stand in them."""
    kind = _kind(wording)
    newest = current_letter(request.org, kind.key)
    words = template_in_force(newest, kind.key)
    return WordingShown(
        **_in_list(kind, newest),
        subject=words.subject,
        body=words.body,
        names={name: gettext(NAMES[name].says) for name in kind.shown},
        conditions={name: gettext(NAMES[name].says) for name in kind.asked},
    )


@router.writes("/wordings/{slug:wording}/check", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=Checked)
def check(request: Caller, wording: str, said: WordingSent) -> Checked:
    """Look what is wrong in words before they are published."""
    found = faults(_kind(wording), _template(said))
    return Checked(faults=[Fault(field=one.field, says=one.says) for one in found])


@router.reads("/wordings/{slug:wording}/editions", offices=ADMINISTRATORS, returns=WordingEditions)
def editions(request: Caller, wording: str) -> WordingEditions:
    """The words that a letter has had."""
    found = LetterEdition.objects.within(request.org).filter(kind=_kind(wording).key).order_by("-number")
    return WordingEditions(editions=[_edition(one) for one in found])


@router.writes(
    "/wordings/{slug:wording}/editions", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=EditionShown, status=201
)
def publishing(request: Caller, wording: str, said: WordingSent) -> EditionShown:
    """Give a letter new words; letters that are queued stay as they are."""
    kind = _kind(wording)
    words, seen = _template(said), said.seen
    return _edition(publish_letter(request.org, kind.key, words, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/wordings/{slug:wording}/first-words", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=EditionShown, status=201
)
def first_words(request: Caller, wording: str) -> EditionShown:
    """Let a letter have the words again that come with Folkmoot."""
    return _edition(go_back_to_shipped(request.org, _kind(wording).key, by=request.person, at=request.now))


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _template(said: WordingSent) -> Template:
    return Template(said.subject.strip(), said.body.replace("\r\n", "\n").strip() + "\n")


def _in_list(kind: Kind, newest: LetterEdition | None) -> dict[str, Any]:
    return {
        "wording": kind.key,
        "says": str(kind.title),
        "audience": kind.audience,
        "edition": newest.number if newest else 0,
        "own": newest is not None and not newest.is_shipped,
    }


def _edition(one: LetterEdition) -> EditionShown:
    return EditionShown(
        wording=one.kind,
        number=one.number,
        subject=one.subject,
        body=one.body,
        shipped=one.is_shipped,
        published_at=one.published_at,
    )
