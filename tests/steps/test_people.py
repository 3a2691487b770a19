"""Inviting people, giving and ending roles."""

from datetime import timedelta

import pytest

from folkmoot.archive.models import Operator
from folkmoot.casefile.record import SYSTEM
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import OneTimeLink, Person, User
from folkmoot.outbox.links import one_time_link
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.invite_person import invite_person, mail_invitation, may_be_invited, reissue_invitation
from folkmoot.steps.one_time import find_link, use_link
from tests.cast import FOUNDED, Branch, branch, outsider, refused

LATER = FOUNDED + timedelta(days=1)
INVITATION = OneTimeLink.Purpose.INVITATION


def invited(people: Branch, *roles: Role, email: str = "new@example.org", name: str = "Newton Arc") -> OneTimeLink:
    return invite_person(
        people.org, name=name, email=email, roles=roles or {Role.MODERATOR}, by=people.administrator, at=LATER
    )


def text_of(link: OneTimeLink) -> str:
    return one_time_link(link).split("/")[-2]


def test_an_invited_person_has_their_roles_and_a_link_for_a_fortnight() -> None:
    people = branch()
    link = invited(people, Role.MODERATOR, Role.EXECUTIVE)
    assert link.person is not None
    assert link.person.offices(at=LATER) == {Role.MODERATOR, Role.EXECUTIVE}
    assert link.expires_at == LATER + timedelta(days=14)
    assert find_link(text_of(link), INVITATION, at=LATER + timedelta(days=13)) == link
    with refused(NotPermitted, "too old"):
        find_link(text_of(link), INVITATION, at=LATER + timedelta(days=14))


def test_a_name_may_have_120_characters() -> None:
    link = invited(branch(), name="x" * 120)
    assert link.person is not None
    assert link.person.name == "x" * 120


def test_a_link_lets_one_in_and_nobody_after() -> None:
    link = invited(branch())
    use_link(link, at=LATER)
    with refused(NotPermitted, "used already"):
        use_link(link, at=LATER)
    with refused(NotPermitted, "used, or replaced"):
        find_link(text_of(link), INVITATION, at=LATER)


def test_a_new_invitation_makes_the_old_one_worthless() -> None:
    people = branch()
    old = invited(people)
    assert old.person is not None
    new = reissue_invitation(old.person, by=people.administrator, at=LATER)
    with refused(NotPermitted, "replaced"):
        find_link(text_of(old), INVITATION, at=LATER)
    assert find_link(text_of(new), INVITATION, at=LATER) == new


def test_who_has_signed_in_gets_no_invitation_that_another_could_use() -> None:
    people = branch()
    User.objects.filter(pk=people.operator.user_id).update(last_login=LATER)
    with refused(BadInput, "needs no invitation"):
        reissue_invitation(Person.objects.get(pk=people.operator.pk), by=people.administrator, at=LATER)


def test_an_administrator_cannot_come_in_as_somebody_of_another_organisation() -> None:
    people, other = branch(), outsider()
    theirs = reissue_invitation(Person.objects.get(pk=other.pk), by=SYSTEM, at=LATER)
    link = invited(people, email=other.email)
    assert link.used_at is not None  # it never opens
    with refused(NotPermitted, "used, or replaced"):
        find_link(text_of(link), INVITATION, at=LATER)
    with refused(NotPermitted, "used, or replaced"):  # nor does one made before they served both
        find_link(text_of(theirs), INVITATION, at=LATER)
    assert link.person is not None
    assert not may_be_invited(link.person)
    with refused(BadInput, "needs no invitation"):
        reissue_invitation(link.person, by=people.administrator, at=LATER)


def test_the_mailed_invitation_holds_a_place_for_the_link_and_not_the_link() -> None:
    link = invited(branch())
    assert link.person is not None
    mail_invitation(link.person, link, at=LATER)
    mail = Dispatch.objects.get(kind="invitation")
    assert mail.to == "new@example.org"
    assert text_of(link) not in mail.body
    assert f"[[{mail.marker}:invitation:{link.pk}]]" in mail.body


@pytest.mark.parametrize(
    ("name", "email", "roles", "field"),
    [
        ("", "new@example.org", {Role.MODERATOR}, "name"),
        ("x" * 121, "new@example.org", {Role.MODERATOR}, "name"),
        ("New", "new", {Role.MODERATOR}, "email"),
        ("New", "new@example.org", set(), "roles"),
        ("New", "new@example.org", {Role.SYSTEM}, "role"),
        ("Mo again", "Mo.Abara@harbour-branch.example", {Role.MODERATOR}, "email"),
    ],
)
def test_an_invitation_that_cannot_be_made_leaves_nothing(name: str, email: str, roles: set[Role], field: str) -> None:
    people = branch()
    with refused(BadInput, "", field=field):
        invite_person(people.org, name=name, email=email, roles=roles, by=people.administrator, at=LATER)


def test_only_an_administrator_of_the_same_organisation_changes_people() -> None:
    people, stranger = branch(), outsider()
    for by in (people.operator, people.secretary, people.author, stranger):
        assert by is not None
        with refused(NotPermitted, "Only an administrator"):
            invite_person(people.org, name="N", email="n@example.org", roles={Role.MODERATOR}, by=by, at=LATER)
        with refused(NotPermitted, "Only an administrator"):
            give_role(people.author, Role.MODERATOR, by=by, at=LATER)
        with refused(NotPermitted, "Only an administrator"):
            end_role(people.operator, Role.MODERATOR, by=by, at=LATER)


def test_a_role_is_held_once_and_ends_when_it_is_ended() -> None:
    people = branch()
    with refused(BadInput, "already", field="role"):
        give_role(people.operator, Role.MODERATOR, by=people.administrator, at=LATER)
    end_role(people.operator, Role.MODERATOR, by=people.administrator, at=LATER)
    assert people.operator.offices(at=LATER) == set()
    assert people.operator.offices(at=LATER - timedelta(seconds=1)) == {Role.MODERATOR}
    with refused(BadInput, "any more", field="role"):
        end_role(people.operator, Role.MODERATOR, by=people.administrator, at=LATER)


def test_who_is_no_moderator_any_more_looks_after_no_place() -> None:
    people = branch()
    end_role(people.operator, Role.MODERATOR, by=people.administrator, at=LATER)
    assert not Operator.objects.filter(person=people.operator, until=None).exists()


def test_the_last_administrator_stays_until_another_has_signed_in() -> None:
    people = branch()
    with refused(NotPermitted, "last administrator"):
        end_role(people.administrator, Role.ADMINISTRATOR, by=people.administrator, at=LATER)
    give_role(people.operator, Role.ADMINISTRATOR, by=people.administrator, at=LATER)
    with refused(NotPermitted, "last administrator"):
        end_role(people.administrator, Role.ADMINISTRATOR, by=people.administrator, at=LATER)
    User.objects.filter(pk=people.operator.user_id).update(last_login=LATER)
    end_role(people.administrator, Role.ADMINISTRATOR, by=people.administrator, at=LATER)
    assert not people.administrator.holds(Role.ADMINISTRATOR, at=LATER)


def test_a_member_who_is_given_a_role_gets_a_sign_in() -> None:
    people = branch()
    give_role(people.author, Role.EXECUTIVE, by=people.administrator, at=LATER)
    author = Person.objects.select_related("user").get(pk=people.author.pk)
    assert author.user is not None
    assert author.user.email == people.author.email
