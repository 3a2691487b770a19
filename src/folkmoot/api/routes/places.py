"""Places: where members write, who looks after them, and which accounts speak for the organisation itself."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Sent, Shown, example
from folkmoot.archive.models import Account, Operator, Platform
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person, Scope
from folkmoot.procedure.words import Role
from folkmoot.steps.add_place import add_place
from folkmoot.steps.change_place import change_place
from folkmoot.steps.end_operator import end_operator
from folkmoot.steps.mark_official import mark_handle_official, unmark_official
from folkmoot.steps.name_operator import name_operator

router = Routes("Places")
ADMINISTRATORS = (Role.ADMINISTRATOR,)
WHO_MARKS = (Role.ADMINISTRATOR, Role.MODERATOR)
_PLACE = {"name": "Harbour page", "kind": "facebook_page", "is_public": True, "url": "https://example.org/harbour"}


class PlaceNamed(Shown):
    """A place where members write."""

    model_config = example({"number": 3, "slug": "harbour-page", "name": "Harbour page"})

    number: int
    slug: str
    name: str


class Places(Shown):
    """Every place, by name."""

    model_config = example({"places": [{"number": 3, "slug": "harbour-page", "name": "Harbour page"}]})

    places: list[PlaceNamed]


class PlaceSent(Sent):
    """A place where members and visitors write."""

    model_config = example(_PLACE)

    name: Line = Field(max_length=120)
    kind: Platform.Kind
    is_public: bool = Field(description="Whether everybody can read it, or only members")
    url: Line = Field("", max_length=500, description="Its web address")


class PlaceKept(Shown):
    """A place, and who looks after it."""

    model_config = example({"number": 1, **_PLACE, "operators": [5]})

    number: int
    name: str
    kind: Platform.Kind
    is_public: bool
    url: str
    operators: list[int] = Field(description="The numbers of the people who look after it")


class OperatorSent(Sent):
    """Who looks after a place."""

    model_config = example({"person": 5})

    person: Number = Field(description="A moderator")


class AccountSent(Sent):
    """An account, by its place and its name there."""

    model_config = example({"place": 1, "handle": "harbour.branch"})

    place: Number
    handle: Line = Field(max_length=200, description="As it stands beside its posts")


class OwnAccount(Shown):
    """An account that speaks for the organisation, or does so no more."""

    model_config = example({"number": 8, "place": 1, "handle": "harbour.branch", "name": "", "ours": True})

    number: int
    place: int
    handle: str
    name: str
    ours: bool


class OwnAccounts(Shown):
    """The accounts that speak for the organisation."""

    model_config = example({"accounts": []})

    accounts: list[OwnAccount]


@router.reads("/places", scope=None, returns=Places)
def places(request: Caller) -> Places:
    """The places where members write, and about which reports can be made."""
    found = Platform.objects.within(request.org).order_by("name", "pk")
    return Places(places=[PlaceNamed(number=one.pk, slug=one.slug, name=one.name) for one in found])


@router.writes("/places", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=PlaceKept, status=201)
def adding(request: Caller, said: PlaceSent) -> PlaceKept:
    """Add a place."""
    return _shown(add_place(request.org, **_given(said), by=request.person, at=request.now))


@router.reads("/places/{int:place}", offices=ADMINISTRATORS, returns=PlaceKept)
def place(request: Caller, place: Number) -> PlaceKept:
    """One place, and who looks after it."""
    return _shown(_the_place(request, place))


@router.writes("/places/{int:place}", method="PUT", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=PlaceKept)
def changing(request: Caller, place: Number, said: PlaceSent) -> PlaceKept:
    """Put right what is known of a place; its short name in addresses stays."""
    found = _the_place(request, place)
    return _shown(change_place(found, **_given(said), by=request.person, at=request.now))


@router.writes(
    "/places/{int:place}/operators", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=PlaceKept, status=201
)
def naming(request: Caller, place: Number, said: OperatorSent) -> PlaceKept:
    """Name a moderator who looks after a place."""
    found = _the_place(request, place)
    name_operator(found, _the_person(request, said.person), by=request.person, at=request.now)
    return _shown(found)


@router.writes(
    "/places/{int:place}/operators/{int:person}",
    method="DELETE",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=PlaceKept,
)
def ending(request: Caller, place: Number, person: Number) -> PlaceKept:
    """Let somebody look after a place no longer."""
    found = _the_place(request, place)
    end_operator(found, _the_person(request, person), by=request.person, at=request.now)
    return _shown(found)


@router.reads("/own-accounts", offices=WHO_MARKS, returns=OwnAccounts)
def own_accounts(request: Caller) -> OwnAccounts:
    """The accounts that speak for the organisation: only their posts are corrected, or put beside another."""
    found = Account.objects.within(request.org).filter(official=True).order_by("pk")
    return OwnAccounts(accounts=[_account(one) for one in found])


@router.writes("/own-accounts", scope=Scope.DESK, offices=WHO_MARKS, returns=OwnAccount, status=201)
def marking(request: Caller, said: AccountSent) -> OwnAccount:
    """Mark an account as our own, also before it was ever seen to write."""
    found = Platform.objects.within(request.org).select_related("org").filter(pk=said.place).first()
    if found is None:
        raise BadInput(gettext("There is no place with this number."), field="place")
    return _account(mark_handle_official(found, said.handle, by=request.person, at=request.now))


@router.writes("/own-accounts/{int:account}", method="DELETE", scope=Scope.DESK, offices=WHO_MARKS, returns=OwnAccount)
def unmarking(request: Caller, account: Number) -> OwnAccount:
    """Say that an account does not speak for the organisation any more."""
    found = Account.objects.within(request.org).select_related("org").filter(pk=account).first()
    if found is None:
        raise Http404
    return _account(unmark_official(found, by=request.person, at=request.now))


def _the_place(request: Caller, number: int) -> Platform:
    found = Platform.objects.within(request.org).select_related("org").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _the_person(request: Caller, number: int) -> Person:
    found = Person.objects.within(request.org).select_related("org").filter(pk=number).first()
    if found is None:
        raise BadInput(gettext("There is nobody with this number."), field="person")
    return found


def _given(said: PlaceSent) -> dict[str, Any]:
    return said.model_dump()


def _shown(one: Platform) -> PlaceKept:
    rows = Operator.objects.filter(platform=one, until=None).order_by("person")
    return PlaceKept(
        number=one.pk,
        name=one.name,
        kind=Platform.Kind(one.kind),
        is_public=one.is_public,
        url=one.url,
        operators=list(rows.values_list("person", flat=True)),
    )


def _account(one: Account) -> OwnAccount:
    return OwnAccount(number=one.pk, place=one.platform_id, handle=one.handle or "", name=one.name, ours=one.official)
