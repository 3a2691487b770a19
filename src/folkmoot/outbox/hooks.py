"""What other programs are told, by the Standard Webhooks specification: that something happened, never what or of whom.

A call names its kind, the case's number and the event's place in it. Whoever wants to know more asks the API, with a
token, and is shown what that token's owner may see.
"""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection

from folkmoot.casefile.models import Case, Event
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.times import stamp
from folkmoot.kernel.tokens import signing_secret
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.procedure.words import Stage, Step

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

    Of a sealed case nothing is told.
    """
    if case.sealed:
        return
    kind = _kind_of(case, Step(event.step))
    with connection.cursor() as cursor:  # for every step: what there is to put together is put together once
        cursor.execute("SELECT id, kinds FROM outbox_hook WHERE org_id = %s AND ended_at IS NULL", [case.org_id])
        wanting = [number for number, kinds in cursor.fetchall() if kind in kinds.split()]
    if not wanting:
        return
    told: dict[str, str | int] = {"organisation": case.org.slug, "case": case.pk, "event": event.seq}
    HookCall.objects.bulk_create(_call(case.org, number, kind, told, case=case, at=event.at) for number in wanting)


def promise_test(hook: Hook, *, at: datetime) -> HookCall:
    """Promise a call that tells of nothing, so that whoever added the hook sees whether it arrives."""
    call = _call(hook.org, hook.pk, TEST, {"organisation": hook.org.slug}, at=at)
    call.save()
    return call


def secret_of(hook: Hook) -> str:
    """Return what the hook's calls are signed with, as the specification writes it: `whsec_…`."""
    return f"whsec_{base64.b64encode(_secret(hook)).decode()}"


def headers_of(call: HookCall, *, at: datetime) -> dict[str, str]:
    """Return the headers with which `call` is sent at `at`: its number, the time, and the signature of all three."""
    time = str(int(at.timestamp()))
    signed = hmac.new(_secret(call.hook), f"{call.number}.{time}.{call.body}".encode(), hashlib.sha256).digest()
    return {
        "webhook-id": call.number,
        "webhook-timestamp": time,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
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
    body = json.dumps({"type": kind, "timestamp": stamp(at), "data": told}, separators=(",", ":"))
    number = f"msg_{secrets.token_hex(16)}"
    return HookCall(org=org, hook_id=hook, case=case, number=number, kind=kind, body=body, made_at=at, next_at=at)


def _secret(hook: Hook) -> bytes:
    return signing_secret(settings.FOLKMOOT_KEY, "hook", f"{hook.org_id}:{hook.nonce}")
