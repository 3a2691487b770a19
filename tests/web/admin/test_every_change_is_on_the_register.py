"""Every form of the administration is sent once: an entry on the register, by whoever sent it, came of each.

The walk reads the address table, so that a form added later fails it until somebody says here what it sends, or why
no entry comes of it.
"""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from folkmoot.archive.models import AccountClaim
from folkmoot.casefile.models import Event
from folkmoot.members.models import Cover, Outsider, Person
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.procedure.editing import CHOICES, chosen
from folkmoot.procedure.table import STANDARD, Limits
from folkmoot.web.admin.urls import urlpatterns
from tests.cast import Branch

# Only what is not yet in force, or nothing at all, changes by these: what is published of it stands on the register.
DRAFT = "a draft says itself who began it and who changed it last; nothing of it holds before it is published"
WITHOUT = {
    "letter_shown": "shows words as they would be sent, and keeps nothing",
    "procedure_renewal": "only where the table is older than the software’s: tests/web/admin/test_procedure.py",
    **dict.fromkeys(("policy_draft_started", "policy_draft_pack", "policy_draft_front"), DRAFT),
    **dict.fromkeys(("policy_draft_added", "policy_draft_clause", "policy_draft_kept", "policy_draft_shifted"), DRAFT),
    **dict.fromkeys(("policy_draft_moved", "policy_draft_retired"), DRAFT),
}
BODY = "Dear member,\n\nNobody has decided yet. You hear from us by {{ due }}.\n\n{{ link }}\n"

SHOWN_AT_ONCE = {"hooks_added": 200, "hook_renewed": 200}  # with a secret that no other page shows
Sent = tuple[str, dict[str, Any], Callable[[], dict[str, Any]], str]


def sendings(people: Branch, ada: Client) -> list[Sent]:
    """Return in their order: which form, of what, what is sent, and the step that stands on the register for it."""
    org = people.org
    place, nia, mo = {"place": people.place.pk}, {"person": _pk(people.moderator)}, {"person": people.operator.pk}
    limits = {name: str(value) for name, value in Limits().__dict__.items()}
    roles = {choice.name: sorted(chosen(STANDARD, choice) & choice.may) for choice in CHOICES}
    table = {**limits, **roles, "working_days": "no", "seen": "1", "report_days": "7", "go": "confirm"}
    facts = {"place": people.place.pk, "handle": "mo.abara", "evidence": "He told us."}
    new = {"name": "Newton Arc", "email": "newton@example.org", "roles": ["moderator"]}
    wording = {"wording": "appeal_received"}

    def newton() -> dict[str, Any]:
        return {"person": Person.objects.get(email="newton@example.org").pk}

    def draft(view: str) -> dict[str, Any]:
        form = ada.get(_url(org.slug, view)).context["form"]
        return {name: form[name].value() for name in form.fields}

    def begun(view: str, **more: Any) -> dict[str, Any]:
        ada.post(_url(org.slug, "policy_draft_started"))
        ada.post(_url(org.slug, "policy_draft_retired", code="H3"), {"seen": 1})
        return {**draft(view), **more}

    return [
        (
            "settings_organisation",
            {},
            lambda: {"name": "X", "contact": "", "zone": "Europe/London"},
            "rename_organisation",
        ),
        ("contact", {}, lambda: {"contact": "sec@example.org"}, "set_contact"),
        ("policy", {}, lambda: {"official_url": "https://example.org/p"}, "set_official_text"),
        ("people", {}, lambda: new, "invite_person"),
        ("roles", {"person": newton}, lambda: {"role": "secretary"}, "give_role"),
        ("roles_ended", {"person": newton}, lambda: {"role": "secretary"}, "end_role"),
        ("invitation", {"person": newton}, dict, "reissue_invitation"),
        ("invitation_withdrawn", {"person": newton}, dict, "withdraw_invitation"),
        (
            "cover",
            mo,
            lambda: {"covering": nia["person"], "role": "moderator", "first": "2026-11-03", "last": ""},
            "set_cover",
        ),
        ("cover_ended", mo, lambda: {"cover": Cover.objects.get().pk}, "end_cover"),
        ("accounts", mo, lambda: facts, "claim_account"),
        ("accounts_ended", {**mo, "claim": _newest(AccountClaim)}, lambda: {"reason": "No."}, "end_claim"),
        ("places", {}, lambda: {"name": "List", "kind": "other", "audience": "public", "url": ""}, "add_place"),
        ("place", place, lambda: {"name": "Page", "kind": "other", "audience": "closed", "url": ""}, "change_place"),
        ("operators", place, lambda: nia, "name_operator"),
        ("operators_ended", place, lambda: nia, "end_operator"),
        ("passing", mo, lambda: {"incoming": nia["person"], "roles": ["moderator"], "go": "confirm"}, "pass_cases"),
        ("letter", wording, lambda: {"subject": "Here", "body": BODY, "seen": 0, "go": "publish"}, "publish_letter"),
        ("letter_back", wording, dict, "publish_letter"),
        ("procedure_change", {}, lambda: table, "publish_procedure"),
        ("policy_parent", {}, lambda: {"pack": "labour-national-2018"}, "publish_policy"),
        ("policy_draft_discard", {}, lambda: begun("policy_draft_discard"), "discard_policy_draft"),
        (
            "policy_draft_check",
            {},
            lambda: begun("policy_draft_check", day="2027-01-01", go="publish"),
            "publish_policy",
        ),
        ("outsiders", {}, lambda: {"name": "Ivy", "email": "ivy@example.org", "rhythm": "daily"}, "name_outsider"),
        ("outsiders_ended", {"outsider": _newest(Outsider)}, dict, "end_outsider"),
        ("hooks_added", {}, lambda: {"url": "https://hooks.example.org/", "kinds": ["case.final"]}, "add_hook"),
        ("hook_call_again", {"hook": _newest(Hook), "call": _newest(HookCall)}, dict, "call_again"),
        ("hook_renewed", {"hook": _newest(Hook)}, dict, "renew_hook_secret"),
        ("hook_ended", {"hook": _newest(Hook)}, dict, "end_hook"),
        ("mail_letters", {}, dict, "send_test_letter"),
        ("audit_checks", {}, lambda: {"after": 0}, "note_check"),
        (
            "guide_organisation",
            {},
            lambda: {"name": "Y", "contact": "", "zone": "Europe/London"},
            "rename_organisation",
        ),
        ("guide_places", {}, lambda: {"name": "Wall", "kind": "other", "audience": "public", "url": ""}, "add_place"),
        ("guide_people", {}, lambda: {**new, "email": "n@example.org"}, "invite_person"),
        ("guide_policy", {}, lambda: {"official_url": ""}, "settle_part"),
        ("guide_skipped", {}, lambda: {"part": "mail"}, "settle_part"),
        ("guide_end", {}, dict, "end_set_up"),
    ]


def test_each_form_that_changes_something_leaves_an_entry_by_whoever_sent_it(people: Branch, ada: Client) -> None:
    me, faults = f"person:{people.administrator.pk}", []
    for view, named, sends, step in sendings(people, ada):
        data = sends()
        found = {name: value() if callable(value) else value for name, value in named.items()}
        found = {name: value[name] if isinstance(value, dict) else value for name, value in found.items()}
        before = _last(people)
        answer = ada.post(_url(people.org.slug, view, **found), data)
        entries = Event.objects.within(people.org).filter(case=None, seq__gt=before)
        told = [(event.step, event.by) for event in entries.order_by("seq")]
        if (
            answer.status_code != SHOWN_AT_ONCE.get(view, 303)
            or (step, me) not in told
            or {by for _step, by in told} != {me}
        ):
            faults.append(f"{view}: {answer.status_code}, {told}")
    assert faults == []


def test_every_form_is_sent_or_said_to_leave_no_entry(people: Branch, ada: Client) -> None:
    values = {
        "person": 1,
        "place": 1,
        "claim": 1,
        "outsider": 1,
        "hook": 1,
        "call": 1,
        "case": 1,
        "edition": 1,
        "code": "H1",
    }
    values |= {"wording": "appeal_received"}  # type: ignore[dict-item]
    takes = set()
    for pattern in urlpatterns:
        named = {name: values[name] for name in pattern.pattern.converters if name in values}
        answer = ada.generic("DELETE", _url(people.org.slug, str(pattern.name), **named))
        assert answer.status_code == 405, pattern.name
        takes |= {pattern.name} if "POST" in answer["Allow"] else set()
    sent = {view for view, *_rest in sendings(people, ada)}
    assert takes - sent - WITHOUT.keys() == set()
    assert (sent | WITHOUT.keys()) - takes == set()


def _last(people: Branch) -> int:
    return Event.objects.within(people.org).filter(case=None).order_by("-seq").values_list("seq", flat=True)[0]


def _newest(model: Any) -> Callable[[], int]:
    return lambda: int(model.objects.latest("pk").pk)


def _pk(person: Person | None) -> int:
    assert person is not None
    return person.pk


def _url(org: str, view: str, **named: Any) -> str:
    return reverse(f"administration:{view}", kwargs={"org": org, **named})
