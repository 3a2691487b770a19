"""People: inviting, roles, accounts."""

import re

import pytest
from django.test import Client

from folkmoot.archive.models import Account, AccountClaim
from folkmoot.members.models import OneTimeLink, Person, User
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from tests.cast import Branch, branch, day, outsider
from tests.web.browsers import officer

NEW = {"name": "Newton Arc", "email": "newton@example.org", "roles": ["moderator", "executive"]}


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/people/{rest}"


def test_the_list_says_who_does_what_and_who_has_not_come_yet(people: Branch, ada: Client) -> None:
    page = ada.get(url(people)).content.decode()
    assert "Mo Abara" in page
    assert "Executive Committee" in page
    assert "Has not signed in yet" in page


def test_an_invited_person_has_a_link_that_can_be_copied_until_it_is_used(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people), NEW, follow=True)
    new = Person.objects.get(email="newton@example.org")
    assert answer.redirect_chain == [(url(people, f"{new.pk}/"), 303)]
    assert new.offices(at=day(1, 12)) == {Role.MODERATOR, Role.EXECUTIVE}
    found = re.search(r'value="(http[^"]+/invitation/[^"]+)"', answer.content.decode())
    assert found
    assert "no-store" in answer["Cache-Control"]
    path = found[1].removeprefix("http://localhost:8000")
    assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 302
    later = ada.get(url(people, f"{new.pk}/")).content.decode()
    assert "/invitation/" not in re.sub(r'action="[^"]*"', "", later)


def test_another_administrator_does_not_see_the_link(people: Branch, ada: Client) -> None:
    ada.post(url(people), {**NEW, "roles": ["administrator"]})
    new = Person.objects.select_related("user").get(email="newton@example.org")
    page = officer(new).get(url(people, f"{new.pk}/")).content.decode()
    assert 'id="invitation-link"' not in page


def test_a_new_link_makes_the_old_one_worthless(people: Branch, ada: Client) -> None:
    ada.post(url(people), NEW)
    new = Person.objects.get(email="newton@example.org")
    answer = ada.post(url(people, f"{new.pk}/invitation/"), follow=True)
    assert "The old one is worthless now" in answer.content.decode()
    assert OneTimeLink.objects.filter(person=new, used_at=None).count() == 1
    assert OneTimeLink.objects.filter(person=new).count() == 2


def test_the_invitation_is_mailed_only_where_there_is_mail(people: Branch, settings: object, ada: Client) -> None:
    settings.MAIL = object()  # type: ignore[attr-defined]  # that there is one is all that matters here
    ada.post(url(people), {**NEW, "mail": "on"})
    assert Dispatch.objects.get(kind="invitation").to == "newton@example.org"
    ada.post(url(people), {**NEW, "email": "other@example.org"})
    assert Dispatch.objects.filter(kind="invitation").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "please fill this in"),
        ("name", "a\0b", "cannot be kept"),
        ("email", "nobody", "e-mail address"),
        ("roles", [], "at least one role"),
        ("roles", ["author"], "at least one role"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    field: str, value: object, says: str, people: Branch, ada: Client
) -> None:
    answer = ada.post(url(people), {**NEW, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "newton@example.org" in page or field == "email"
    assert not Person.objects.filter(name="Newton Arc").exists()


def test_a_form_sent_twice_is_answered_plainly(people: Branch, ada: Client) -> None:
    ada.post(url(people), NEW)
    again = ada.post(url(people), NEW)
    assert again.status_code == 422
    assert "is among your people with this address already" in again.content.decode()


def test_roles_are_given_and_ended(people: Branch, ada: Client) -> None:
    page = url(people, f"{people.operator.pk}/")
    assert ada.post(f"{page}roles/", {"role": "secretary"}, follow=True).status_code == 200
    assert people.operator.offices(at=day(1, 12)) == {Role.MODERATOR, Role.SECRETARY}
    ada.post(f"{page}roles/ended/", {"role": "moderator"})
    assert people.operator.offices(at=day(1, 12)) == {Role.SECRETARY}
    again = ada.post(f"{page}roles/ended/", {"role": "moderator"})
    assert again.status_code == 422
    assert "any more" in again.content.decode()


def test_the_last_administrator_cannot_leave(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people, f"{people.administrator.pk}/roles/ended/"), {"role": "administrator"})
    assert answer.status_code == 422
    assert "last administrator" in answer.content.decode()


@pytest.mark.parametrize("role", ["", "author", "nonsense", "\ud83d", "x" * 5000])
def test_a_role_that_does_not_exist_is_refused(role: str, people: Branch, ada: Client) -> None:
    typed = role.encode("utf-8", "surrogatepass").decode("latin-1")
    assert ada.post(url(people, f"{people.operator.pk}/roles/"), {"role": typed}).status_code == 422


def test_whose_account_it_is_keeps_them_from_acting_on_its_posts(people: Branch, ada: Client) -> None:
    facts = {"place": people.place.pk, "handle": "rowan.pike", "evidence": "He told us."}
    answer = ada.post(url(people, f"{people.operator.pk}/accounts/"), facts, follow=True)
    assert "cannot act on posts from this account" in answer.content.decode()
    assert AccountClaim.objects.get().account == people.account
    again = ada.post(url(people, f"{people.operator.pk}/accounts/"), facts)
    assert (again.status_code, AccountClaim.objects.count()) == (422, 1)
    assert "He told us." in again.content.decode()


def test_what_was_said_wrongly_of_an_account_is_ended_with_a_reason(people: Branch, ada: Client) -> None:
    page = url(people, f"{people.operator.pk}/")
    ada.post(f"{page}accounts/", {"place": people.place.pk, "handle": "rowan.pike", "evidence": "He told us."})
    claim = AccountClaim.objects.get()
    assert "It is not theirs after all" in ada.get(page).content.decode()
    refused = ada.post(f"{page}accounts/{claim.pk}/ended/", {"reason": " "})
    assert refused.status_code == 422
    assert "Please write why it is not theirs." in refused.content.decode()
    wrong = {"reason": "It is Rowan’s own."}
    done = ada.post(f"{page}accounts/{claim.pk}/ended/", wrong, follow=True).content.decode()
    assert "does not count as theirs any more" in done
    assert "It is Rowan’s own." in done
    assert "It is not theirs after all" not in done
    again = ada.post(f"{page}accounts/{claim.pk}/ended/", wrong)
    assert (again.status_code, "ended already" in again.content.decode()) == (422, True)
    assert ada.post(url(people, f"{people.author.pk}/accounts/{claim.pk}/ended/"), wrong).status_code == 404


def test_an_account_can_be_known_before_it_ever_wrote(people: Branch, ada: Client) -> None:
    facts = {"place": people.place.pk, "handle": "Mo's  other one", "evidence": "Seen."}
    ada.post(url(people, f"{people.operator.pk}/accounts/"), facts)
    assert Account.objects.get(handle="Mo's other one").claims.get().person == people.operator


def test_a_place_of_another_organisation_cannot_be_named(people: Branch, ada: Client) -> None:
    other = branch("Elsewhere")
    facts = {"place": other.place.pk, "handle": "rowan.pike", "evidence": "He told us."}
    answer = ada.post(url(people, f"{people.operator.pk}/accounts/"), facts)
    assert answer.status_code == 422
    assert "those that are shown" in answer.content.decode()


def test_only_an_administrator_of_this_organisation_sees_or_changes_people(people: Branch) -> None:
    stranger = outsider()
    for browser in (officer(people.operator), officer(stranger)):
        assert browser.get(url(people)).status_code == 404
        assert browser.post(url(people), NEW).status_code == 404
        assert browser.post(url(people, f"{people.operator.pk}/roles/"), {"role": "secretary"}).status_code == 404
    own = f"/o/{stranger.org.slug}/admin/people/"
    assert officer(stranger).get(f"{own}{people.operator.pk}/").status_code == 404
    assert officer(stranger).post(f"{own}{people.operator.pk}/invitation/").status_code == 404


def test_a_person_is_shown_as_typed_and_nothing_else(people: Branch, ada: Client) -> None:
    ada.post(url(people), {**NEW, "name": "<script>alert(1)</script> \u202egnol"})
    page = ada.get(url(people)).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_who_uses_their_sign_in_gets_no_link_to_give_away(people: Branch, ada: Client) -> None:
    User.objects.filter(pk=people.operator.user_id).update(last_login=day(0))
    page = url(people, f"{people.operator.pk}/")
    assert "Their invitation" not in ada.get(page).content.decode()
    refused = ada.post(f"{page}invitation/")
    assert refused.status_code == 422
    assert "needs no invitation" in refused.content.decode()


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30])
def test_numbers_that_nobody_has_are_404(number: str, people: Branch, ada: Client) -> None:
    assert ada.get(url(people, f"{number}/")).status_code == 404
