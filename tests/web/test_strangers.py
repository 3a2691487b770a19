"""Every address × every role × another organisation's object: the same 404, whatever the address.

The walk reads the address table itself, so a new page is walked from its first day. An address with a
parameter that nobody here knows fails the test until somebody says what a stranger's object would be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from folkmoot.archive.models import AccountClaim, Operator
from folkmoot.casefile.models import Attachment, Grant
from folkmoot.members.api_tokens import token_hash
from folkmoot.members.models import ApiToken, Person
from folkmoot.outbox.models import Dispatch, HookCall, Task
from folkmoot.pinboard.models import View
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.add_hook import add_hook
from folkmoot.steps.name_outsider import name_outsider
from tests import cast
from tests.api.programs import token_of
from tests.cast import Branch, Matter, appealed, branch
from tests.web.browsers import officer, party

NOBODY = 987_654_321  # a number that no object has
# another organisation's edition 1 is not ours, and letters are called alike everywhere: nothing to confuse
NUMBERED_PER_ORGANISATION = {"edition", "code", "wording"}


@dataclass(frozen=True)
class Address:
    """One address under /o/<slug>/ with the names of what it takes."""

    route: str
    takes: tuple[str, ...]

    def filled(self, org: str, values: dict[str, object]) -> str:
        """Return the path with every parameter put in."""
        path = self.route
        for name in self.takes:
            path = re.sub(rf"<(?:\w+:)?{name}>", str(org if name == "org" else values[name]), path)
        return f"/{path}"


def addresses() -> list[Address]:
    """Return every address of an organisation's rooms; those of the API have a walk of their own, with tokens."""
    found = [Address(route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))) for route in _routes(get_resolver())]
    return [one for one in found if "org" in one.takes and not one.route.startswith("api/")]


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


@pytest.fixture
def ours(db: None) -> Matter:
    """Our own branch with a case."""
    return appealed(branch("Ours"))


@pytest.fixture
def theirs(db: None) -> Matter:
    """Another organisation with a case of its own."""
    return appealed(branch("Theirs"))


def objects_of(matter: Matter) -> dict[str, object]:
    """Return one object of each kind that an address can name."""
    people: Branch = matter.branch
    grant = Grant.objects.filter(case=matter.pk, party=Role.AUTHOR).latest("pk")
    attachment = Attachment.objects.create(
        org=people.org, paper=grant.paper, number=9, name="a", media_type="image/png", content=b"", hash=""
    )
    operator = Operator.objects.within(people.org).latest("pk")
    claim = AccountClaim.objects.create(
        org=people.org,
        account=people.account,
        person=people.target,
        evidence="said so",
        added_by=people.operator,
        added_at=people.org.created_at,
    )
    outsider = name_outsider(
        people.org, name="Ivy Lorne", email="ivy@example.org", rhythm="daily", by=people.administrator, at=cast.day(9)
    )
    view = View.objects.create(
        org=people.org, person=people.operator, name="Mine", asked="only=mine", made_at=people.org.created_at
    )
    hook = add_hook(
        people.org, url="https://example.org/", kinds=["case.decided"], by=people.administrator, at=cast.day(9)
    ).hook
    return {
        "hook": hook.pk,
        "call": HookCall.objects.get(hook=hook).pk,
        "view": view.pk,
        "calendar": f"{view.pk}.{'A' * 32}",
        "case": matter.pk,
        "grant": grant.pk,
        "task": Task.objects.filter(case=matter.pk).latest("pk").pk,
        "person": people.target.pk,
        "place": people.place.pk,
        "post": people.post.pk,
        "dispatch": Dispatch.objects.filter(case=matter.pk).latest("pk").pk,
        "attachment": attachment.pk,
        "report": matter.receipt.paper.number,
        "review": matter.receipt.paper.number,
        "operator": operator.pk,
        "claim": claim.pk,
        "account": people.account.pk,
        "outsider": outsider.pk,
        "token": ApiToken.objects.get(hash=token_hash(token_of(people.operator))).pk,
        "role": "moderator",
        "letter": f"{grant.pk}.{'A' * 32}",
        "edition": 1,
        "code": "H1",
        "wording": "appeal_received",
    }


NOTHING = {
    **dict.fromkeys(("case", "grant", "task", "person", "place", "post", "dispatch", "attachment"), NOBODY),
    **dict.fromkeys(("report", "review"), NOBODY),
    **dict.fromkeys(("operator", "claim", "account", "outsider", "view", "token", "hook", "call"), NOBODY),
    "role": "moderator",
    "letter": f"{NOBODY}.{'A' * 32}",
    "calendar": f"{NOBODY}.{'A' * 32}",
    "edition": 1,
    "code": "H1",
    "wording": "appeal_received",
}


def browsers(matter: Matter) -> dict[str, Client]:
    """Return one browser per role of `matter`'s organisation, and a visitor's."""
    people = matter.branch
    holders = {office: Person.objects.holding(people.org, office, at=matter.case.opened_at)[0] for office in OFFICES}
    return {
        "visitor": Client(),
        **{str(office): officer(person) for office, person in holders.items()},
        "author": party(matter.grant),
        "reporter": party(matter.receipt.grant),
    }


def test_the_walk_finds_every_room_and_knows_every_parameter() -> None:
    found = addresses()
    rooms = {one.route.removeprefix("o/<slug:org>/").split("/")[0] for one in found}
    assert {"desk", "panel", "admin", "report", "track", "rules"} <= rooms
    unknown = {name for one in found for name in one.takes} - {"org", *NOTHING}
    assert not unknown, f"say in objects_of() what another organisation's {', '.join(sorted(unknown))} would be"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_object_answers_like_one_that_does_not_exist(ours: Matter, theirs: Matter, method: str) -> None:
    strange = objects_of(theirs)
    org = ours.branch.org.slug
    faults = []
    for role, client in browsers(ours).items():
        for one in addresses():
            named = set(one.takes) - {"org"} - NUMBERED_PER_ORGANISATION - {"role"}
            if not named:
                continue
            real = getattr(client, method)(one.filled(org, strange))
            none = getattr(client, method)(one.filled(org, NOTHING))
            same = (real.status_code, real.content) == (none.status_code, none.content)
            if "letter" in named:  # the page with the button is the same for every letter, real or not
                ok = same or (real.status_code, none.status_code) == (200, 200)
            elif real.status_code in (301, 302) and role in ("visitor", "author", "reporter"):
                ok = none.status_code == real.status_code  # to the sign-in page, whatever was asked for
            elif real.status_code == 405:
                ok = none.status_code == 405
            else:
                ok = same and real.status_code == 404
            if not ok:
                faults.append(f"{role} {method} {one.route}: {real.status_code}, and {none.status_code} for nothing")
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
def test_anothers_rooms_answer_like_those_of_nobody(ours: Matter, theirs: Matter) -> None:
    their_org, nobody = theirs.branch.org.slug, "no-such-branch"
    strange = objects_of(theirs)
    faults = []
    for role, client in browsers(ours).items():
        for one in addresses():
            room = one.route.removeprefix("o/<slug:org>/").split("/")[0]
            if room not in ("desk", "panel", "admin", "notice"):
                continue
            real, none = client.get(one.filled(their_org, strange)), client.get(one.filled(nobody, strange))
            if role in ("visitor", "author", "reporter") and room != "notice":
                # somebody who is not signed in is asked to: the address of the room tells nothing
                ok = real.status_code in (302, 404, 405)
            else:
                ok = real.status_code == none.status_code == 404 and real.content == none.content
                ok = ok or real.status_code == 405
            if not ok:
                faults.append(f"{role} {one.route}: {real.status_code} and {none.status_code}")
    assert not faults, "\n".join(faults)
