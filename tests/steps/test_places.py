"""Places, who looks after them, and whose accounts there are known."""

from datetime import timedelta

import pytest

from folkmoot.archive.models import Operator, Platform
from folkmoot.casefile.models import Event
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Role
from folkmoot.steps.add_place import add_place
from folkmoot.steps.change_place import change_place
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.end_operator import end_operator
from folkmoot.steps.give_role import give_role
from folkmoot.steps.name_operator import name_operator
from tests.cast import FOUNDED, branch, outsider, refused

LATER = FOUNDED + timedelta(days=1)
LIST = Platform.Kind.MAILING_LIST


def test_places_of_the_same_letters_have_addresses_of_their_own() -> None:
    people = branch()
    first = add_place(people.org, name="Members' list", kind=LIST, is_public=False, by=people.administrator, at=LATER)
    second = add_place(people.org, name="Members list!", is_public=True, by=people.administrator, at=LATER)
    third = add_place(people.org, name="(Members list)", is_public=False, by=people.administrator, at=LATER)
    assert (first.slug, second.slug, third.slug) == ("members-list", "members-list-2", "members-list-3")


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"name": "harbour PAGE"}, "name"),
        ({"name": " "}, "name"),
        ({"kind": "castle"}, "kind"),
        ({"url": "ftp://x"}, "url"),
    ],
)
def test_a_place_that_cannot_be_kept_is_refused_at_its_field(other: dict[str, str], field: str) -> None:
    people = branch()
    facts = {"name": "A list", "kind": LIST.value, "url": "", **other}
    with refused(BadInput, "", field=field):
        add_place(people.org, is_public=True, by=people.administrator, at=LATER, **facts)


def test_a_place_is_put_right_and_keeps_its_address() -> None:
    people = branch()
    place = change_place(
        people.place, name="The page", kind=LIST, is_public=False, url="", by=people.administrator, at=LATER
    )
    assert (place.name, place.slug, place.kind, place.is_public) == ("The page", "harbour-page", LIST, False)
    with refused(NotPermitted, "Only an administrator"):
        change_place(place, name="X", kind=LIST, is_public=True, url="", by=people.operator, at=LATER)


def test_only_a_moderator_of_the_same_organisation_can_look_after_a_place() -> None:
    people, stranger = branch(), outsider()
    assert people.secretary is not None
    with refused(BadInput, "not a moderator", field="person"):
        name_operator(people.place, people.secretary, by=people.administrator, at=LATER)
    with refused(NotPermitted, "another organisation"):
        name_operator(people.place, stranger, by=people.administrator, at=LATER)
    with refused(NotPermitted, "Only an administrator"):
        name_operator(people.place, people.operator, by=stranger, at=LATER)


def test_an_operator_is_named_once_and_can_be_named_again_later() -> None:
    people = branch()
    with refused(BadInput, "already", field="person"):
        name_operator(people.place, people.operator, by=people.administrator, at=LATER)
    end_operator(people.place, people.operator, by=people.administrator, at=LATER)
    with refused(BadInput, "any more", field="person"):
        end_operator(people.place, people.operator, by=people.administrator, at=LATER)
    name_operator(people.place, people.operator, by=people.administrator, at=LATER)
    assert Operator.objects.filter(platform=people.place, until=None).count() == 1


def test_an_account_is_claimed_with_evidence_that_the_register_does_not_repeat() -> None:
    people = branch()
    claim_account(people.account, people.author, evidence="She told us herself.", by=people.administrator, at=LATER)
    entry = Event.objects.filter(step="claim_account").get()
    assert b"told" not in bytes(entry.payload)
    with refused(BadInput, "already", field="account"):
        claim_account(people.account, people.author, evidence="Again.", by=people.administrator, at=LATER)
    with refused(BadInput, "empty", field="evidence"):
        claim_account(people.account, people.target, evidence=" ", by=people.administrator, at=LATER)


def test_nobody_of_another_organisation_can_be_said_to_own_an_account() -> None:
    people, stranger = branch(), outsider()
    with refused(NotPermitted, "another organisation"):
        claim_account(people.account, stranger, evidence="x", by=people.administrator, at=LATER)
    give_role(people.author, Role.EXECUTIVE, by=people.administrator, at=LATER)
    with refused(NotPermitted, "Only an administrator"):
        claim_account(people.account, people.author, evidence="x", by=people.author, at=LATER)
