"""A branch with a token for each of its people, on a server's own data: `python -m tests.api.hall` prints them.

It runs as a process of its own with the server's environment. Nobody knows the address of the post's author, so that
their letters have to be handed over: what is in them a program can read then. Everything is as old as it needs to be.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from folkmoot.archive.models import Account, Platform  # noqa: E402  its models load only now
from folkmoot.casefile.record import SYSTEM  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.members.models import Organisation, Person, Scope  # noqa: E402
from folkmoot.procedure.words import Role  # noqa: E402
from folkmoot.steps.add_organisation import add_organisation  # noqa: E402
from folkmoot.steps.add_place import add_place  # noqa: E402
from folkmoot.steps.invite_person import invite_person  # noqa: E402
from folkmoot.steps.issue_token import issue_token  # noqa: E402
from tests import cast  # noqa: E402

NOW = datetime.now(UTC)
FOUNDED = NOW - timedelta(days=30)
PEOPLE = {
    "first": Role.MODERATOR,
    "second": Role.MODERATOR,
    "secretary": Role.SECRETARY,
    "petra": Role.EXECUTIVE,
    "quentin": Role.EXECUTIVE,
    "rosa": Role.EXECUTIVE,
}


def fill() -> dict[str, Any]:
    """Found the branch, with one post in its archive, and return its people's tokens and numbers."""
    bring_up_to_date()
    org = add_organisation(name="Programmed branch", pack=cast.RULES, by=SYSTEM, at=FOUNDED)
    place = add_place(
        org, name="Harbour page", kind=Platform.Kind.FACEBOOK_PAGE, is_public=True, url="", by=SYSTEM, at=FOUNDED
    )
    account = Account.objects.create(org=org, platform=place, handle="rowan.pike", first_seen_at=FOUNDED)
    post = cast.post(org, place, account=account, posted_at=NOW - timedelta(days=1))
    people = {name: _invite(org, name, role) for name, role in PEOPLE.items()}
    return {
        "org": org.slug,
        "link": post.url,
        "people": {name: person.pk for name, person in people.items()},
        "tokens": {name: _token(org, person) for name, person in people.items()},
    }


def _invite(org: Organisation, name: str, role: Role) -> Person:
    link = invite_person(
        org, name=name.title(), email=f"{name}@{org.slug}.example", roles={role}, by=SYSTEM, at=FOUNDED
    )
    assert link.person is not None
    return link.person


def _token(org: Organisation, person: Person) -> str:
    until = (NOW + timedelta(days=2)).date()
    return issue_token(org, name="A program", scopes=list(Scope), until=until, by=person, at=NOW).token


if __name__ == "__main__":
    print(json.dumps(fill()))
