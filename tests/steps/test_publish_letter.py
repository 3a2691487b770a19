"""New words for a letter: an edition on the organisation's register; what is queued keeps its words."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.current import current_letter
from folkmoot.editions.models import LetterEdition
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.notices.in_force import Template, shipped
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.publish_letter import go_back_to_shipped, publish_letter
from tests import cast
from tests.cast import FOUNDED, branch, decided, outsider, refused

KEY = "appeal_received"
LATER = FOUNDED + timedelta(days=1)
OURS = Template(
    "{{ org }} has your appeal",
    "Dear member,\n\nthank you. Nobody has decided yet. You hear from us by {{ due }}.\n\n{{ link }}\n",
)


def published(people, template=OURS, *, at=LATER, **other):
    return publish_letter(people.org, KEY, template, by=people.administrator, at=at, **other)


def receipt(people):
    matter = decided(people)
    lodge_appeal(matter.pk, words="No.", by=matter.grant, at=cast.day(2))
    return next(paper for paper in matter.papers("notice") if paper.facts["letter"] == KEY)


def test_letters_have_the_new_words_from_then_on_and_say_which_edition_made_them() -> None:
    people = branch()
    edition = published(people)
    assert (edition.number, edition.by) == (1, f"person:{people.administrator.pk}")
    paper = receipt(people)
    assert paper.words["subject"] == "Harbour branch has your appeal"
    assert paper.words["body"].startswith("Dear member,\n\nthank you. Nobody has decided yet. You hear from us by Mon")
    assert paper.facts["wording"] == "appeal_received 1"


def test_a_letter_without_words_of_its_own_names_the_shipped_ones() -> None:
    assert receipt(branch()).facts["wording"] == f"appeal_received shipped {shipped(KEY).fingerprint[:16]}"


def test_what_is_queued_keeps_its_words() -> None:
    people = branch()
    paper = receipt(people)
    before = paper.words
    published(people, at=cast.day(3))
    assert paper.__class__.objects.get(pk=paper.pk).words == before


def test_another_organisation_keeps_its_own_words() -> None:
    people, other = branch(), branch("Valley branch")
    published(people)
    assert current_letter(other.org, KEY) is None
    assert receipt(other).words["subject"] == "We have your appeal"


def test_an_edition_is_on_the_register_with_who_and_when() -> None:
    people = branch()
    edition = published(people)
    event = Event.objects.within(people.org).filter(case=None).latest("seq")
    assert (event.step, event.by, event.at) == ("publish_letter", f"person:{people.administrator.pk}", LATER)
    assert event.facts == {"edition": edition.pk, "letter": KEY, "number": 1, "text": edition.text_hash()}


def test_going_back_is_an_edition_too_and_later_words_of_folkmoot_hold_again() -> None:
    people = branch()
    published(people)
    back = go_back_to_shipped(people.org, KEY, by=people.administrator, at=LATER)
    assert (back.number, back.is_shipped, back.body) == (2, True, shipped(KEY).body)
    assert receipt(people).facts["wording"].startswith("appeal_received shipped ")
    with refused(BadInput, "already"):
        go_back_to_shipped(people.org, KEY, by=people.administrator, at=LATER)
    assert published(people).number == 3


@pytest.mark.parametrize(
    ("template", "field", "says"),
    [
        (Template(OURS.subject, "Thank you.\n\n{{ link }}\n"), "body", "that nobody has decided yet"),
        (Template(OURS.subject, OURS.body.replace("{{ link }}", "")), "body", "the link to read and answer"),
        (Template(OURS.subject, OURS.body + "{{ settings.SECRET_KEY }}"), "body", "is no name"),
        (Template(OURS.subject, OURS.body + "{% include 'x' %}"), "body", "is not known here"),
        (Template(OURS.subject, "\0"), "body", "cannot be kept"),
        (Template("", OURS.body), "subject", "is empty"),
        (Template("x" * 201, OURS.body), "subject", "please keep it to 200"),
        (Template(OURS.subject, OURS.body + "x" * 20_000), "body", "please keep it to 20,000"),
    ],
)
def test_words_that_lack_something_are_refused_and_leave_nothing(template, field, says) -> None:
    people = branch()
    with refused(BadInput, says, field=field):
        published(people, template)


def test_the_same_words_again_and_an_unknown_letter_are_refused() -> None:
    people = branch()
    with refused(BadInput, "has already"):
        published(people, shipped(KEY))
    published(people)
    with refused(BadInput, "has already"):
        published(people)
    with refused(BadInput, "There is no letter"):
        publish_letter(people.org, "love_letter", OURS, by=people.administrator, at=LATER)


def test_two_administrators_do_not_overwrite_each_other() -> None:
    people = branch()
    published(people, seen=0)
    with refused(StalePage, "another edition"):
        published(people, Template("Another", OURS.body), seen=0)
    assert published(people, Template("Another", OURS.body), seen=1).number == 2


def test_only_an_administrator_or_the_servers_console_may() -> None:
    people = branch()
    for by in (people.operator, people.secretary, people.author, outsider()):
        with refused(NotPermitted, "Only an administrator"):
            publish_letter(people.org, KEY, OURS, by=by, at=LATER)
        with refused(NotPermitted, "Only an administrator"):
            go_back_to_shipped(people.org, KEY, by=by, at=LATER)
    assert publish_letter(people.org, KEY, OURS, by=SYSTEM, at=LATER).by == "system"
    assert LetterEdition.objects.count() == 1
