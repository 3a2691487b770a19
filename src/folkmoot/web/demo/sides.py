"""A case has sides: who works on it, who wrote the post, who reported it. Each can be stepped into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from folkmoot.casefile.models import Case, Duty, Grant
from folkmoot.members.models import Person
from folkmoot.outbox.links import receipt_code
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import OFFICES, Role, Stage, Step
from folkmoot.steps.make_final import confirmed, minute_of
from folkmoot.steps.reviews import open_reviews
from folkmoot.steps.standing import decided_by, free_for, free_to_reconsider, involvement
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.demo.story import Somebody, story

WORKING = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)


@dataclass(frozen=True)
class Officer:
    """Somebody who works on cases, and where they land when they open this one."""

    person: Person
    role: str
    to: str  # path
    note: str  # what they have to do with the case; may be empty
    barred: bool


@dataclass(frozen=True)
class Party:
    """The author or a reporter, by what they hold."""

    grant: Grant
    name: str
    about: str
    code: str  # a reporter's receipt; empty for authors
    letters: Sequence[Dispatch]


def officers_side(case: Case, *, at: datetime) -> list[Officer]:
    """Return all who work on cases, with what each has to do with this one."""
    people = Person.objects.within(case.org).exclude(roles=None).select_related("org").order_by("pk")
    return [
        _officer(case, person, role, at=at)
        for person in people
        if (role := next((role for role in WORKING if person.holds(role, at=at)), None))
    ]


def whose_turn(case: Case, officers: Sequence[Officer], *, at: datetime) -> Officer | None:
    """Return who could do the next thing, the likeliest one; `None` when that is up to the author, or to nobody."""
    by_person = {officer.person.pk: officer for officer in officers}
    match Stage(case.stage):
        case Stage.RECEIVED:
            owed = set(Duty.objects.filter(case=case, met_at=None).values_list("holder", flat=True))
            if case.claimed_by_id and Role.SECRETARY not in owed:
                return by_person.get(case.claimed_by_id)
            last = next(role for role in reversed(WORKING) if role in owed or role is Role.MODERATOR)
            wanted = [pk for pk, officer in by_person.items() if officer.person.holds(last, at=at)]
        case Stage.SECOND_LOOK:
            wanted = [person.pk for person in free_for(case, Step.CONFIRM_PROPOSAL, at=at)]
        case Stage.APPEALED:
            wanted = [person.pk for person in free_to_reconsider(case, at=at)]
        case Stage.DECIDED | Stage.RECONSIDERED if open_reviews(case):
            wanted = [pk for pk, officer in by_person.items() if officer.person.holds(Role.SECRETARY, at=at)]
        case Stage.DECIDED | Stage.RECONSIDERED if case.tasks.filter(state="open").exists():
            wanted = [pk for pk, officer in by_person.items() if officer.person.holds(Role.MODERATOR, at=at)]
        case Stage.BEFORE_EXECUTIVE:
            wanted = [pk for pk, officer in by_person.items() if officer.person.holds(Role.SECRETARY, at=at)]
        case Stage.MINUTED:
            minute = minute_of(case)
            wanted = sorted({int(pk) for pk in minute.facts["votes"]} - confirmed(minute)) if minute else []
        case _:
            wanted = []
    return next((by_person[pk] for pk in wanted if pk in by_person and not by_person[pk].barred), None)


def authors_side(case: Case) -> list[Party]:
    """Return the author with what their newest letter opens; nobody before there is a letter."""
    grant = Grant.objects.filter(case=case, party=Role.AUTHOR).select_related("org", "case").order_by("-pk").first()
    return [author_party(grant)] if grant else []


def reporters_side(case: Case) -> list[Party]:
    """Return those who reported, each with their receipt; whoever noticed it at the desk is none of them."""
    grants = Grant.objects.filter(case=case, party=Role.REPORTER).select_related("org", "case", "paper").order_by("pk")
    return [reporter_party(grant) for grant in grants if not grant.paper.facts.get("noticed")]


def author_party(grant: Grant) -> Party:
    """Return the author who holds `grant`."""
    account = grant.case.post.account if grant.case.post else None
    contact = account.contacts.order_by("-added_at", "-pk").first() if account else None
    letters = Dispatch.objects.filter(case=grant.case, paper__isnull=False, to=contact.address) if contact else []
    return Party(
        grant=grant,
        name=str(account) if account else "The author",
        about=_about(str(account)) if account else "",
        code="",
        letters=list(letters),
    )


def reporter_party(grant: Grant) -> Party:
    """Return the reporter who holds `grant`."""
    said = grant.paper.words
    letters = Dispatch.objects.filter(case=grant.case, to=said["email"]) if said.get("email") else []
    return Party(
        grant=grant,
        name=said.get("name") or "Somebody who left no name",
        about=_about(said.get("name", "")),
        code=receipt_code(grant.nonce),
        letters=list(letters),
    )


def party_path(grant: Grant) -> str:
    """Return the path at which a party sees their side of the case."""
    page = "public:notice" if grant.party == Role.AUTHOR else "public:progress"
    return reverse(page, kwargs={"org": grant.org.slug, "grant": grant.pk})


def roles_said(person: Person, *, at: datetime) -> str:
    """Return somebody's offices in words, "Moderator, Secretary"."""
    held = person.offices(at=at)
    return ", ".join(str(ROLE_WORDS[role]) for role in OFFICES if role in held)


def told_of(person: Person) -> Somebody | None:
    """Return what the story says of `person`; `None` for somebody added since."""
    return next((somebody for somebody in story().people if somebody.email == person.email), None)


def _officer(case: Case, person: Person, role: Role, *, at: datetime) -> Officer:
    barred = bool(involvement(case, person))
    return Officer(
        person=person,
        role=roles_said(person, at=at),
        to=_path(case, role),
        note="Has to stand aside in this case." if barred else _part_played(case, person),
        barred=barred,
    )


def _path(case: Case, role: Role) -> str:
    before_panel = case.stage in {Stage.BEFORE_EXECUTIVE, Stage.MINUTED, Stage.FINAL}
    room = "panel" if before_panel and role is not Role.MODERATOR else "desk"
    return f"/o/{case.org.slug}/{room}/cases/{case.pk}/"


def _part_played(case: Case, person: Person) -> str:
    if case.claimed_by_id == person.pk:
        return "Has taken this case."
    if decided_by(case, person):
        return "Has decided in this case already."
    minute = minute_of(case)
    if minute and str(person.pk) in minute.facts["votes"]:
        return "Sat on it, and has confirmed the minute." if person.pk in confirmed(minute) else "Sat on it."
    return ""


def _about(name: str) -> str:
    return next((somebody.about for somebody in story().people if somebody.name == name), "")
