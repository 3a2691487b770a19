"""People, as they go in and out."""

from datetime import date, datetime

from pydantic import Field

from folkmoot.api.shapes import Line, Number, Sent, Shown, example
from folkmoot.members.models import Digest
from folkmoot.procedure.words import OFFICES, Role


class CoverShown(Shown):
    """Somebody acts in another’s role for a time, or as a deputy without an end."""

    model_config = example(
        {"number": 3, "person": 5, "covering": 6, "role": "moderator", "since": "2026-12-20T00:00:00Z", "until": None}
    )

    number: int
    person: int
    covering: int
    role: Role
    since: datetime
    until: datetime | None


class ClaimShown(Shown):
    """An account that is known to be somebody’s."""

    model_config = example(
        {
            "number": 2,
            "account": "rowan.pike",
            "place": 1,
            "evidence": "They told us themselves.",
            "added_at": "2026-10-01T09:00:00Z",
            "until": None,
        }
    )

    number: int
    account: str
    place: int
    evidence: str
    added_at: datetime
    until: datetime | None


_PERSON = {
    "number": 5,
    "name": "Mo Abara",
    "email": "mo.abara@harbour.example",
    "roles": ["moderator"],
    "acts_as": ["moderator"],
    "digest": "daily",
}


class PersonInList(Shown):
    """Somebody, and what they do here."""

    model_config = example(_PERSON)

    number: int
    name: str
    email: str
    roles: list[Role] = Field(description="Their own")
    acts_as: list[Role] = Field(description="Their own, and those of people for whom they act now")
    digest: Digest


class PersonShown(PersonInList):
    """Somebody, what they do here, who acts for them, and whose accounts are theirs."""

    model_config = example({**_PERSON, "covers": [], "accounts": []})

    covers: list[CoverShown]
    accounts: list[ClaimShown]


class People(Shown):
    """Everybody who is known here, by name."""

    model_config = example({"people": [_PERSON]})

    people: list[PersonInList]


class InvitationSent(Sent):
    """Somebody new, with what they are to do."""

    model_config = example({"name": "Una Beck", "email": "una.beck@example.org", "roles": ["executive"], "mail": True})

    name: Line = Field(max_length=120)
    email: Line = Field(max_length=254)
    roles: list[Role] = Field(min_length=1, max_length=len(OFFICES))
    mail: bool = Field(default=True, description="Whether they are mailed the invitation as well, where mail is set up")


class Invited(Shown):
    """That somebody is invited. The link that lets them in stands in their mail, and behind a scope of its own."""

    model_config = example({"person": 12, "needs_link": True, "expires_at": "2026-11-17T10:00:00Z"})

    person: int
    needs_link: bool = Field(description="False for somebody who signs in here already")
    expires_at: datetime


class Invitation(Shown):
    """The address that lets in, once, whom it was made for."""

    model_config = example(
        {"address": "https://folkmoot.example/invitation/4.AbCd/", "expires_at": "2026-11-17T10:00:00Z"}
    )

    address: str
    expires_at: datetime


class RoleSent(Sent):
    """A role."""

    model_config = example({"role": "moderator"})

    role: Role


class CoverSent(Sent):
    """Who acts for somebody, in which role, from when until when."""

    model_config = example({"covering": 6, "role": "moderator", "first": "2026-12-20", "last": "2027-01-03"})

    covering: Number
    role: Role
    first: date = Field(description="The first local day")
    last: date | None = Field(None, description="The last local day; none names a deputy, which an administrator can")


class ClaimSent(Sent):
    """Whose account it is, and how that is known."""

    model_config = example({"place": 1, "handle": "rowan.pike", "evidence": "They told us themselves."})

    place: Number
    handle: Line = Field(max_length=200)
    evidence: Line = Field(max_length=300)


class EndClaimSent(Sent):
    """Why an account is not theirs after all."""

    model_config = example({"reason": "It is their brother’s, who has the same name."})

    reason: Line = Field(max_length=300)


class PassingSent(Sent):
    """Who takes over which roles, with their open cases and places."""

    model_config = example({"incoming": 12, "roles": ["secretary"]})

    incoming: Number
    roles: list[Role] = Field(min_length=1, max_length=len(OFFICES))


class MovingShown(Shown):
    """What goes from one person to another with their roles."""

    model_config = example({"roles": ["secretary"], "places": [], "cases": [7, 9]})

    roles: list[Role]
    places: list[int]
    cases: list[int]


class DigestSent(Sent):
    """How often one mail comes with what waits."""

    model_config = example({"digest": "weekly"})

    digest: Digest
