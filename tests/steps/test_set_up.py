"""The first administrator: one link, once."""

from datetime import timedelta

import pytest
from django.conf import settings

from folkmoot.editions.current import current_procedure, newest_policy
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import OneTimeLink, Organisation, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import add_local_organisation
from folkmoot.steps.set_up import open_set_up, set_up, setup_link
from tests.cast import FOUNDED, branch, refused


def token() -> str:
    """Return what stands in the address of the set-up link."""
    link = setup_link(at=FOUNDED)
    assert link is not None
    assert link.startswith(f"{settings.FOLKMOOT_URL}/setup/")
    return link.split("/")[-2]


def begin(link: str, **other: str) -> Person:
    facts = {
        "organisation_name": "Hartfield Branch",
        "person_name": "Ann Moss",
        "email": "Ann@Example.org",
        "pack": "labour-branch-2018",
    }
    return set_up(link=link, at=FOUNDED, **{**facts, **other})


def test_the_link_makes_an_organisation_with_its_policy_and_first_administrator() -> None:
    person = begin(token(), official_url="example.org/policy")
    org = person.org
    assert (org.name, org.slug, org.official_url, org.is_local) == (
        "Hartfield Branch",
        "hartfield-branch",
        "https://example.org/policy",
        False,
    )
    assert person.offices(at=FOUNDED) == {Role.ADMINISTRATOR, Role.MODERATOR}
    assert person.user is not None
    assert person.user.email == person.email == "ann@example.org"
    assert newest_policy(org).pack == "labour-branch-2018"
    assert newest_policy(org).clauses.count() == 52
    parent = newest_policy(org).parent
    assert parent is not None
    assert (parent.is_parent, parent.clauses.count()) == (True, 25)
    assert current_procedure(org).number == 1


def test_asked_again_it_is_the_same_link_until_it_is_too_old() -> None:
    first = setup_link(at=FOUNDED)
    assert setup_link(at=FOUNDED + timedelta(days=6)) == first
    assert OneTimeLink.objects.count() == 1
    later = setup_link(at=FOUNDED + timedelta(days=7))
    assert later != first
    assert later is not None


def test_a_used_link_opens_nothing() -> None:
    link = token()
    begin(link)
    assert setup_link(at=FOUNDED) is None
    with refused(NotPermitted, "has its administrator already"):
        begin(link, organisation_name="Another")


def test_links_made_before_the_first_administrator_are_worthless_afterwards() -> None:
    old, link = token(), OneTimeLink.objects.get()
    link.expires_at = FOUNDED + timedelta(seconds=1)
    link.save()
    begin(old)
    assert not OneTimeLink.objects.filter(used_at=None).exists()


@pytest.mark.parametrize(
    "text", ["", "1", "1.", ".", "1.x", "x.1", "9" * 40 + ".x", "١.x", "-1.x", "1.ä", "0.", "1.x.y"]
)
def test_a_link_that_is_not_whole_opens_nothing(text: str) -> None:
    token()
    with refused(NotPermitted, "not complete"):
        open_set_up(text, at=FOUNDED)


def test_a_link_of_another_purpose_opens_nothing() -> None:
    link = token()
    OneTimeLink.objects.update(purpose=OneTimeLink.Purpose.INVITATION)
    with refused(NotPermitted, "not complete"):
        open_set_up(link, at=FOUNDED)


def test_a_link_that_is_too_old_says_so() -> None:
    link = token()
    with refused(NotPermitted, "too old"):
        open_set_up(link, at=FOUNDED + timedelta(days=7))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("organisation_name", "  ", "is empty"),
        ("organisation_name", "x" * 121, "121 characters"),
        ("person_name", "\0", "cannot be kept"),
        ("person_name", "x" * 121, "121 characters"),
        ("person_name", "\ud83d", "half a character"),
        ("email", "ann", "not an e-mail address"),
        ("email", "ann@example.org\nBcc: all@example.org", "not an e-mail address"),
        ("pack", "nosuch", "no pack"),
        ("official_url", "javascript:alert(1)", "not a web address"),
    ],
)
def test_what_cannot_be_taken_leaves_the_link_as_it_was(field: str, value: str, says: str) -> None:
    link = token()
    with refused(BadInput, says, field=field):
        begin(link, **{field: value})
    begin(link)


def test_set_up_adopts_the_organisation_that_an_import_made() -> None:
    local = add_local_organisation(at=FOUNDED)
    person = begin(token())
    assert person.org.pk == local.pk
    assert (person.org.slug, person.org.is_local) == ("hartfield-branch", False)
    assert Organisation.objects.count() == 1
    assert newest_policy(person.org).number == 1  # the same text makes no second edition


def test_a_name_without_latin_letters_still_has_an_address() -> None:
    assert begin(token(), organisation_name="Ψήφος").org.slug == "branch"


def test_a_server_with_an_administrator_has_no_set_up_link() -> None:
    branch()
    assert setup_link(at=FOUNDED) is None
