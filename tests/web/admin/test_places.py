"""Places and the policy."""

import pytest
from django.test import Client

from folkmoot.archive.models import Operator, Platform
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.set_cover import set_cover
from tests.cast import Branch, branch, day, outsider
from tests.web.browsers import officer

LIST = {"name": "Members' list", "kind": "mailing_list", "audience": "closed", "url": ""}


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/places/{rest}"


def test_a_place_is_added_and_its_page_asks_who_looks_after_it(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people), LIST, follow=True)
    place = Platform.objects.get(name="Members' list")
    assert answer.redirect_chain == [(url(people, f"{place.pk}/"), 303)]
    assert (place.kind, place.is_public) == ("mailing_list", False)
    assert "Nobody yet" in answer.content.decode()
    listed = ada.get(url(people)).content.decode()
    assert "Nobody looks after it" in listed
    assert "Mo Abara" in listed


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "HARBOUR page"), ("kind", ""), ("kind", "castle"), ("audience", ""), ("url", "not a link")],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    field: str, value: str, people: Branch, ada: Client
) -> None:
    answer = ada.post(url(people), {**LIST, "url": "https://example.org/list", field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "https://example.org/list" in page or field == "url"
    assert Platform.objects.count() == 1


def test_a_place_is_put_right(people: Branch, ada: Client) -> None:
    page = url(people, f"{people.place.pk}/")
    ada.post(page, {**LIST, "name": "The page", "url": "example.org/page"})
    place = Platform.objects.get(pk=people.place.pk)
    assert (place.name, place.slug, place.url) == ("The page", "harbour-page", "https://example.org/page")
    assert ada.post(page, {**LIST, "name": ""}).status_code == 422


def test_operators_are_named_and_ended(people: Branch, ada: Client) -> None:
    page = url(people, f"{people.place.pk}/operators/")
    assert people.moderator is not None
    assert ada.post(page, {"person": people.moderator.pk}).status_code == 303
    again = ada.post(page, {"person": people.moderator.pk})
    assert "looks after Harbour page already" in again.content.decode()
    assert ada.post(f"{page}ended/", {"person": people.moderator.pk}).status_code == 303
    assert ada.post(f"{page}ended/", {"person": people.moderator.pk}).status_code == 422
    assert Operator.objects.filter(until=None).count() == 1


def test_nobody_of_another_organisation_can_be_named(people: Branch, ada: Client) -> None:
    other = branch("Elsewhere")
    page = url(people, f"{people.place.pk}/operators/")
    for wrong in (other.operator.pk, people.administrator.pk, "x", "9" * 40, "", "1\0"):
        assert ada.post(page, {"person": wrong}).status_code == 422
    assert ada.get(url(people, f"{other.place.pk}/")).status_code == 404
    assert ada.post(url(people, f"{other.place.pk}/operators/"), {"person": other.operator.pk}).status_code == 404


def test_only_an_administrator_changes_places_and_the_policy(people: Branch) -> None:
    for browser in (officer(people.operator), officer(outsider())):
        for path in ("places/", f"places/{people.place.pk}/", "policy/"):
            assert browser.get(f"/o/{people.org.slug}/admin/{path}").status_code == 404
            assert browser.post(f"/o/{people.org.slug}/admin/{path}", LIST).status_code == 404


def test_the_policy_page_says_that_it_is_a_summary_and_takes_the_official_address(people: Branch, ada: Client) -> None:
    page = f"/o/{people.org.slug}/admin/policy/"
    assert "in summary" in ada.get(page).content.decode()
    answer = ada.post(page, {"official_url": "example.org/policy.pdf"}, follow=True)
    assert "https://example.org/policy.pdf" in answer.content.decode()
    refused = ada.post(page, {"official_url": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert Organisation.objects.get(pk=people.org.pk).official_url == "https://example.org/policy.pdf"
    ada.post(page, {"official_url": ""})
    assert Organisation.objects.get(pk=people.org.pk).official_url == ""


def test_where_people_reach_the_secretary_is_shown_to_the_public(people: Branch, ada: Client) -> None:
    page = f"/o/{people.org.slug}/admin/policy/contact/"
    assert ada.post(page, {"contact": "secretary@example.org"}).status_code == 303
    assert "secretary@example.org" in Client().get(f"/o/{people.org.slug}/privacy/").content.decode()
    assert ada.post(page, {"contact": "x" * 255}).status_code == 422


def test_a_place_says_who_covers_for_those_who_look_after_it(people: Branch, ada: Client) -> None:
    today = day(0).date()
    set_cover(
        people.operator,
        people.target,
        Role.MODERATOR,
        first=today,
        last=today.replace(day=9),
        by=people.administrator,
        at=day(0),
    )
    page = ada.get(f"/o/{people.org.slug}/admin/places/{people.place.pk}/").content.decode()
    assert "Tamsin Voss</bdi> covers until" in page
