"""Replays what the register says of settings, places, who looks after them, tokens, and who outside gets checkpoints;
and what case files and register say of where authors can be reached.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from folkmoot.archive.marks import contact_mark, place_mark
from folkmoot.archive.models import Contact, Operator, Platform
from folkmoot.casefile.chain import said_by
from folkmoot.casefile.models import Event, Paper, Register
from folkmoot.casefile.settings_mark import settings_mark
from folkmoot.kernel.times import stamp
from folkmoot.members.models import ApiToken, Organisation, Outsider
from folkmoot.members.outsiders import outsider_mark


def office_faults(org: Organisation) -> Iterator[str]:
    """Yield what does not agree between the register of `org` and the rows it tells of."""
    events = list(Event.objects.within(org).filter(case=None).order_by("seq"))
    said = [said_by(event.payload) for event in events]
    facts = [(event, one.get("facts", {})) for event, one in zip(events, said, strict=True)]
    yield from _settings_faults(org, [one["settings"] for one in said if "settings" in one])
    yield from _place_faults(org, facts)
    yield from _operator_faults(org, facts)
    yield from _outsider_faults(org, facts)
    yield from _contact_faults(org, facts)
    yield from _token_faults(org, facts)


_Entries = Sequence[tuple[Event, dict[str, Any]]]


def _settings_faults(org: Organisation, told: Sequence[tuple[list[str], str]]) -> Iterator[str]:
    register = Register.objects.within(org).first()
    if not told or register is None:
        return  # a register of before settings stood in it, or one whose loss is told already
    names, mark = told[-1]
    if settings_mark(org.pk, names, bytes(register.salt)) != mark:
        yield "the organisation's settings are not those that the last entry left"


def _place_faults(org: Organisation, entries: _Entries) -> Iterator[str]:
    told: dict[int, dict[str, Any]] = {}
    for event, facts in entries:
        if event.step in ("add_place", "change_place"):
            told[facts["place"]] = facts
    rows = {place.pk: place for place in Platform.objects.within(org)}
    for pk in sorted(told.keys() | rows.keys()):
        if pk not in rows:
            yield f"place {pk} is gone"
        elif pk not in told:
            yield f"place {pk} was added without an entry"
        elif (told[pk]["kind"], told[pk]["public"]) != (rows[pk].kind, rows[pk].is_public):
            yield f"place {pk} is not of the kind, or not as open, as the register says"
        elif told[pk].get("mark", place_mark(rows[pk])) != place_mark(rows[pk]):
            yield f"place {pk} is called, or is found, otherwise than the register says"


def _operator_faults(org: Organisation, entries: _Entries) -> Iterator[str]:
    told: dict[tuple[int, int], list[list[str | None]]] = {}  # place and person: [since, until] each time
    for event, facts in entries:
        if event.step == "name_operator":
            told.setdefault((facts["place"], facts["person"]), []).append([stamp(event.at), None])
        elif event.step in ("end_operator", "end_role"):
            for place in [facts["place"]] if "place" in facts else facts["places"]:
                if told.get((place, facts["person"])):
                    told[(place, facts["person"])][-1][1] = stamp(event.at)
    rows: dict[tuple[int, int], list[list[str | None]]] = {}
    for row in Operator.objects.within(org).order_by("pk"):
        until = stamp(row.until) if row.until else None
        rows.setdefault((row.platform_id, row.person_id), []).append([stamp(row.since), until])
    if told != rows:
        yield "who looks after which place is not what the register says"


def _outsider_faults(org: Organisation, entries: _Entries) -> Iterator[str]:
    told: dict[int, list[str | None]] = {}  # [mark, since, until]
    for event, facts in entries:
        if event.step == "name_outsider":
            told[facts["outsider"]] = [facts["mark"], stamp(event.at), None]
        elif event.step == "end_outsider" and facts["outsider"] in told:
            told[facts["outsider"]][2] = stamp(event.at)
    rows = {
        one.pk: [outsider_mark(one), stamp(one.since), stamp(one.until) if one.until else None]
        for one in Outsider.objects.within(org)
    }
    if told != rows:
        yield "who outside gets checkpoints is not what the register says"


def _contact_faults(org: Organisation, entries: _Entries) -> Iterator[str]:
    told = {facts["contact"]: facts["mark"] for event, facts in entries if event.step == "note_contact"}
    named = Event.objects.within(org).filter(step="name_author").exclude(case=None).values_list("payload", flat=True)
    for payload in named.iterator():
        told |= dict(said_by(payload).get("facts", {}).get("promised", {}).get("contacts", []))
    for contact in Contact.objects.within(org).order_by("pk"):
        mark = told.pop(contact.pk, None)
        if mark is None and not contact.salt:  # of before: then the paper that gave the address tells of it
            by, when = f"person:{contact.added_by_id}", contact.added_at
            papers = Paper.objects.within(org).filter(kind=Paper.Kind.AUTHOR, by=by, at=when)
            if not any(paper.words.get("address") == contact.address for paper in papers):
                yield f"the address {contact.pk} of an author was put in without an entry"
        elif mark != contact_mark(contact):
            yield f"the address {contact.pk} of an author is not the one that was written down"
    for pk in told:
        yield f"the address {pk} of an author is gone"


def _token_faults(org: Organisation, entries: _Entries) -> Iterator[str]:
    told: dict[int, list[Any]] = {}  # [owner, scopes, hash, since, until, revoked]
    for event, facts in entries:
        if event.step == "issue_token":
            what = [facts["owner"], facts["scopes"], facts["hash"]]
            told[facts["token"]] = [*what, stamp(event.at), facts["until"], None]
        elif event.step == "revoke_token" and facts["token"] in told:
            told[facts["token"]][5] = stamp(event.at)
    rows = {}
    for one in ApiToken.objects.within(org):
        when = [stamp(at) if at else None for at in (one.since, one.until, one.revoked_at)]
        rows[one.pk] = [one.owner_id, one.scopes, one.hash, *when]
    if told != rows:
        yield "who holds which token for programs is not what the register says"
