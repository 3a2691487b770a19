"""What other programs are told, by the Standard Webhooks specification: that something happened, never what or of whom.

A call names its kind, the case's number and the event's place in it. Whoever wants to know more asks the API, with a
token, and is shown what that token's owner may see.
"""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection

from folkmoot.casefile.models import Case, Event
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.times import stamp
from folkmoot.kernel.tokens import signing_secret
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.procedure.words import CAN_BE_UNDONE, Lane, Stage, Step

TEST: Final = "folkmoot.test"  # promised when a hook is added, and to none but that one
_ANYTHING: Final = "case.changed"
_KINDS: Final = {
    Step.FILE_REPORT: "case.reported",
    Step.DECIDE: "case.decided",
    Step.CONFIRM_PROPOSAL: "case.decided",
    Step.DECIDE_AS_PANEL: "case.decided",
    Step.UNDO: "case.taken_back",
    Step.LODGE_APPEAL: "case.appealed",
    Step.RECONSIDER: "case.reconsidered",
    Step.PUT_TO_EXECUTIVE: "case.put_to_executive",
    Step.RECORD_MINUTE: "case.minuted",
    Step.HAND_OVER: "case.handed_over",
    Step.REOPEN: "case.reopened",
}
_MAY_END: Final = frozenset({Step.MAKE_FINAL, Step.CONFIRM_MINUTE})
_FINAL: Final = "case.final"
KINDS: Final = tuple(dict.fromkeys((*_KINDS.values(), _FINAL, _ANYTHING)))


def promise_calls(case: Case, event: Event) -> None:
    """Promise a call to each hook that wants to hear of `event`; in the transaction that wrote it.

    Of a sealed case nothing is told. What can still be taken back is told once its minute is over, as letters are.
    """
    if case.sealed:
        return
    kind = _kind_of(case, Step(event.step))
    with connection.cursor() as cursor:  # for every step: what there is to put together is put together once
        cursor.execute("SELECT id, kinds FROM outbox_hook WHERE org_id = %s AND ended_at IS NULL", [case.org_id])
        wanting = [number for number, kinds in cursor.fetchall() if kind in kinds.split()]
    if not wanting:
        return
    calls = [_call(case.org, number, kind, _told(case, event), case=case, at=event.at) for number in wanting]
    if event.step in CAN_BE_UNDONE and case.lane != Lane.EMERGENCY:
        for call in calls:
            call.next_at = event.at + timedelta(seconds=settings.UNDO_SECONDS)
    HookCall.objects.bulk_create(calls)


def never_told(case: Case, event: Event) -> None:
    """Drop what was promised of `event`, which was taken back before any of it could leave; in that transaction."""
    HookCall.objects.filter(
        case=case, state=HookCall.State.WAITING, tries=0, body__endswith=f"{_data(_told(case, event))}}}"
    ).delete()


def promise_test(hook: Hook, *, at: datetime) -> HookCall:
    """Promise a call that tells of nothing, so that whoever added the hook sees whether it arrives."""
    call = _call(hook.org, hook.pk, TEST, {"organisation": hook.org.slug}, at=at)
    call.save()
    return call


def secret_of(hook: Hook) -> str:
    """Return what the hook's calls are signed with, as the specification writes it: `whsec_…`."""
    return f"whsec_{base64.b64encode(_secret(hook, hook.nonce)).decode()}"


def headers_of(call: HookCall, *, at: datetime) -> dict[str, str]:
    """Return the headers with which `call` is sent at `at`: its number, the time, and the signature of all three.

    For a day after its secret was renewed it is signed with the one before as well, as the specification has it.
    """
    hook, time = call.hook, str(int(at.timestamp()))
    both = hook.both_until is not None and at < hook.both_until
    nonces = [hook.nonce, hook.nonce_before] if both else [hook.nonce]
    return {
        "webhook-id": call.number,
        "webhook-timestamp": time,
        "webhook-signature": " ".join(_signature(call, time, _secret(hook, nonce)) for nonce in nonces),
    }


def hook_mark(hook: Hook) -> str:
    """Return the hash by which the register knows a hook's address; its nonce is the salt."""
    return digest(canonical_bytes({"url": hook.url, "nonce": hook.nonce}))


def _kind_of(case: Case, step: Step) -> str:
    if step in _MAY_END and case.stage == Stage.FINAL:
        return _FINAL
    return _KINDS.get(step, _ANYTHING)


def _call(
    org: Organisation, hook: int, kind: str, told: dict[str, str | int], *, at: datetime, case: Case | None = None
) -> HookCall:
    body = _data({"type": kind, "timestamp": stamp(at), "data": told})
    number = f"msg_{secrets.token_hex(16)}"
    return HookCall(org=org, hook_id=hook, case=case, number=number, kind=kind, body=body, made_at=at, next_at=at)


def _told(case: Case, event: Event) -> dict[str, str | int]:
    return {"organisation": case.org.slug, "case": case.pk, "event": event.seq}


def _data(said: dict[str, Any]) -> str:
    return json.dumps(said, separators=(",", ":"))


def _signature(call: HookCall, time: str, secret: bytes) -> str:
    signed = hmac.new(secret, f"{call.number}.{time}.{call.body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def _secret(hook: Hook, nonce: str) -> bytes:
    return signing_secret(settings.FOLKMOOT_KEY, "hook", f"{hook.org_id}:{nonce}")
