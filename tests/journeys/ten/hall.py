"""Fills a server's own data with a branch for each journey, and prints everybody's sessions.

    python -m tests.journeys.ten.hall

It runs as a process of its own with the server's environment, before the server starts. What people do in the
journeys they do in the browser; here only those are founded who do it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from folkmoot.archive.models import Account, Platform  # noqa: E402  models load only now
from folkmoot.casefile.record import SYSTEM  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.members.models import Organisation, Person  # noqa: E402
from folkmoot.procedure.words import Role  # noqa: E402
from folkmoot.steps.add_organisation import add_organisation  # noqa: E402
from folkmoot.steps.add_place import add_place  # noqa: E402
from folkmoot.steps.invite_person import invite_person  # noqa: E402
from folkmoot.steps.mark_official import mark_official  # noqa: E402
from folkmoot.steps.name_operator import name_operator  # noqa: E402
from folkmoot.steps.note_contact import note_contact  # noqa: E402
from tests import cast  # noqa: E402
from tests.web.browsers import officer  # noqa: E402

NOW = datetime.now(UTC)
FOUNDED = NOW - timedelta(days=200)
PEOPLE = {
    "Mo Abara": {Role.MODERATOR},
    "Nia Roe": {Role.MODERATOR},
    "Sol Verity": {Role.SECRETARY},
    "Ada Quill": {Role.ADMINISTRATOR},
    "Petra Oaks": {Role.EXECUTIVE},
    "Quentin Marsh": {Role.EXECUTIVE},
    "Rosa Thorn": {Role.EXECUTIVE},
    "Silas Ford": {Role.EXECUTIVE},
}


@dataclass(frozen=True)
class Founding:
    """A branch of a journey: who is missing in it, and the post it is about."""

    name: str
    post: str
    without: tuple[str, ...] = ()
    official: bool = False  # the post is by an account of the branch's own


BRANCHES = {
    "clear": Founding("Clearwater branch", "Tamsin Voss is a crook and a liar, and everybody knows it."),
    "unclear": Founding("Fogmoor branch", "People like Tamsin Voss always look after their own sort first."),
    "lone": Founding("Lonely Hill branch", "Somebody should tell Tamsin Voss what her sort is worth.", ("Nia Roe",)),
    "emergency": Founding("Quickwater branch", "Tamsin Voss lives at 14 Tern Street. Let us all go there tonight."),
    "libel": Founding("Inkwell branch", "Tamsin Voss took forty pounds out of the raffle box and kept them."),
    "robust": Founding("Plainspeak branch", "The bus plan is a disgrace, and whoever voted for it let us all down."),
    "corrected": Founding("Rightaway branch", "The clinic closes on Friday for good.", official=True),
    "offline": Founding("Hallside branch", "Nothing of this was ever posted."),
    "overdue": Founding("Slowbridge branch", "Tamsin Voss is a thief and should be ashamed of herself."),
    "panel": Founding(
        "Fewhands branch", "Tamsin Voss is a fraud, and so is her plan.", ("Quentin Marsh", "Rosa Thorn", "Silas Ford")
    ),
}


def fill() -> dict[str, Any]:
    """Found all branches; return by journey what a browser needs."""
    bring_up_to_date()
    return {key: _found(key, founding) for key, founding in BRANCHES.items()}


def _found(key: str, founding: Founding) -> dict[str, Any]:
    org = add_organisation(name=founding.name, by=SYSTEM, at=FOUNDED)
    people = {
        name: invite_person(org, name=name, email=_address(name, org), roles=held, by=SYSTEM, at=FOUNDED).person
        for name, held in PEOPLE.items()
        if name not in founding.without
    }
    place = add_place(
        org,
        name="The branch’s page",
        kind=Platform.Kind.FACEBOOK_PAGE,
        is_public=True,
        url="https://example.org/page",
        by=SYSTEM,
        at=FOUNDED,
    )
    name_operator(place, people["Mo Abara"], by=SYSTEM, at=FOUNDED)
    post = _post(org, place, founding, people["Mo Abara"], key=key)
    sessions = {name: officer(person).cookies["sessionid"].value for name, person in people.items()}
    return {"org": org.slug, "post": founding.post, "url": post, "sessions": sessions, "people": _addresses(people)}


def _post(org: Organisation, place: Platform, founding: Founding, by: Person, *, key: str) -> str:
    account = Account.objects.create(
        org=org,
        platform=place,
        handle="our.page" if founding.official else "rowan.pike",
        name=org.name if founding.official else "Rowan Pike",
        first_seen_at=FOUNDED,
    )
    made = cast.post(
        org,
        place,
        text=founding.post,
        native_id=key,
        account=account,
        posted_at=NOW - timedelta(days=2),
    )
    if founding.official:
        mark_official(account, by=by, at=FOUNDED)
    else:
        note_contact(account, address=author_of(key), source="They wrote to the branch from it.", by=by, at=FOUNDED)
    return made.url


def author_of(key: str) -> str:
    """Return the address of the author in a journey."""
    return f"rowan.pike.{key}@example.org"


def _address(name: str, org: Organisation) -> str:
    return f"{name.lower().replace(' ', '.')}@{org.slug}.example"


def _addresses(people: dict[str, Person]) -> dict[str, str]:
    return {name: person.email for name, person in people.items()}


if __name__ == "__main__":
    print(json.dumps(fill()))
