"""Replays an organisation's own register: its chain, its editions, who holds which role, whose account is whose."""

from collections.abc import Iterator, Sequence

from folkmoot.archive.models import Account, AccountClaim
from folkmoot.casefile.chain import chain_faults, said_by
from folkmoot.casefile.models import Event, Register
from folkmoot.editions.models import LetterEdition, PolicyEdition, ProcedureEdition
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Cover, Organisation, RoleHeld


def register_faults(org: Organisation) -> Iterator[str]:
    """Yield what does not agree between the register of `org` and the rows it tells of."""
    register = Register.objects.filter(org=org).first()
    events = list(Event.objects.within(org).filter(case=None).order_by("seq"))
    seq, head = (register.seq, register.head) if register else (0, "")
    yield from chain_faults(events, uid=f"register:{org.pk}", seq=seq, head=head)
    yield from _policy_faults(org, events)
    yield from _procedure_faults(org, events)
    yield from _letter_faults(org, events)
    yield from _role_faults(org, events)
    yield from _cover_faults(org, events)
    yield from _claim_faults(org, events)
    yield from _official_faults(org, events)


def _policy_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told = {facts["edition"]: facts["text"] for _, facts in _entries(events, "publish_policy")}
    rows = {edition.pk: edition for edition in PolicyEdition.objects.within(org)}
    for pk in sorted(set(told) | set(rows)):
        if pk not in rows:
            yield f"edition {pk} of the policy is gone"
        elif told.get(pk) != rows[pk].text_hash():
            yield f"the text of {rows[pk]} is not the one that was published"


def _procedure_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told = {facts["edition"]: facts["fingerprint"] for _, facts in _entries(events, "publish_procedure")}
    rows = {edition.pk: digest(bytes(edition.facts)) for edition in ProcedureEdition.objects.within(org)}
    if told != rows:
        yield "the procedure is not the one that was published"


def _letter_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told = {facts["edition"]: facts["text"] for _, facts in _entries(events, "publish_letter")}
    rows = {edition.pk: edition for edition in LetterEdition.objects.within(org)}
    for pk in sorted(set(told) | set(rows)):
        if pk not in rows:
            yield f"edition {pk} of a letter is gone"
        elif told.get(pk) != rows[pk].text_hash():
            yield f"the words of {rows[pk]} are not those that were published"


def _role_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told: dict[tuple[int, str], list[list[str | None]]] = {}  # who and what: [since, until] each time
    for event in events:
        facts = said_by(event.payload).get("facts", {})
        if event.step == "give_role":
            told.setdefault((facts["person"], facts["role"]), []).append([stamp(event.at), None])
        elif event.step == "end_role" and (facts["person"], facts["role"]) in told:
            told[(facts["person"], facts["role"])][-1][1] = stamp(event.at)
    rows: dict[tuple[int, str], list[list[str | None]]] = {}
    for held in RoleHeld.objects.filter(org=org).order_by("pk"):
        until = stamp(held.until) if held.until else None
        rows.setdefault((held.person_id, held.role), []).append([stamp(held.since), until])
    if told != rows:
        yield "who holds which role is not what the register says"


def _cover_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told: dict[int, list[object]] = {}  # each cover: who for whom, as what, since, until, ended
    for event in events:
        facts = said_by(event.payload).get("facts", {})
        if event.step == "set_cover":
            who = [facts["person"], facts["covering"], facts["role"]]
            told[facts["cover"]] = [*who, facts["since"], facts["until"], None]
        ended = {"end_cover": [facts.get("cover")], "end_role": facts.get("covers", [])}.get(event.step, [])
        for number in ended:
            if number in told:
                told[number][5] = stamp(event.at)
    rows = {}
    for cover in Cover.objects.within(org):
        when = [stamp(one) if one else None for one in (cover.since, cover.until, cover.ended_at)]
        rows[cover.pk] = [cover.person_id, cover.covering_id, cover.role, *when]
    if told != rows:
        yield "who covers for whom is not what the register says"


def _claim_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told: dict[str | int, list[str | int | None]] = {}  # each claim: account, person, since, until
    for event, facts in _entries(events, "claim_account"):
        told[facts["claim"]] = [facts["account"], facts["person"], stamp(event.at), None]
    for event, facts in _entries(events, "end_claim"):
        if facts["claim"] in told:
            told[facts["claim"]][3] = stamp(event.at)
    rows = {}
    for claim in AccountClaim.objects.within(org):
        until = stamp(claim.until) if claim.until else None
        rows[claim.pk] = [claim.account_id, claim.person_id, stamp(claim.added_at), until]
    if told != rows:
        yield "whose account is whose is not what the register says"


def _official_faults(org: Organisation, events: Sequence[Event]) -> Iterator[str]:
    told = {facts["account"]: facts["official"] for _, facts in _entries(events, "mark_official")}
    ours = set(Account.objects.within(org).filter(official=True).values_list("pk", flat=True))
    if {account for account, official in told.items() if official} != ours:
        yield "which accounts are the organisation's own is not what the register says"


def _entries(events: Sequence[Event], step: str) -> Iterator[tuple[Event, dict[str, str | int]]]:
    for event in events:
        if event.step == step:
            yield event, said_by(event.payload).get("facts", {})
