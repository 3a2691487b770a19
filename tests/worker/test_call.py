"""Other programs are told of each event once it is on record, signed, and nobody inside our networks is reached."""

import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, pairwise
from typing import Any

import pytest
from django.db import transaction
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from folkmoot.members.models import Organisation
from folkmoot.outbox.hooks import KINDS, TEST, secret_of
from folkmoot.outbox.models import Dispatch, Hook, HookCall
from folkmoot.steps.add_hook import add_hook
from folkmoot.steps.call_again import call_again
from folkmoot.steps.decide import decide
from folkmoot.steps.end_hook import end_hook
from folkmoot.steps.renew_hook_secret import renew_hook_secret
from folkmoot.steps.seal import seal
from folkmoot.steps.undo import undo
from folkmoot.worker import calling, reach
from folkmoot.worker.call import call_hooks
from tests import cast
from tests.cast import Branch, branch, day

pytestmark = pytest.mark.django_db


class Program:
    """Another program: what it was told, and what it answers; `slow` seconds before it does."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.answer = 204
        self.slow = 0.0
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told.told.append(({name.lower(): value for name, value in self.headers.items()}, body))
                time.sleep(told.slow)
                self.send_response(told.answer)
                if 300 <= told.answer < 400:
                    self.send_header("Location", told.url + "elsewhere")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_port}/told/"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()
        self._server.server_close()

    def heard(self) -> list[str]:
        """Return the kinds of what it was told."""
        return [json.loads(body)["type"] for _, body in self.told]


@pytest.fixture
def program(settings: Any) -> Iterator[Program]:
    settings.HOOKS_PRIVATE = True
    found = Program()
    yield found
    found.close()


@pytest.fixture
def people() -> Branch:
    return branch()


def told_of(people: Branch, url: str, *kinds: str, at: datetime | None = None) -> Hook:
    return add_hook(people.org, url=url, kinds=kinds or KINDS, by=people.administrator, at=at or day(0, 8)).hook


def rounds(*, at: datetime) -> int:
    """Let the worker go round until nothing is due."""
    made = 0
    while now := call_hooks(at=at):
        made += now
    return made


def test_each_event_is_told_in_its_order_with_a_signature_that_the_reference_library_takes(
    people: Branch, program: Program
) -> None:
    hook = told_of(people, program.url)
    matter = cast.decided(people)
    assert rounds(at=day(1, 11)) == HookCall.objects.count()
    kinds = program.heard()
    assert kinds[0] == TEST
    assert kinds.index("case.reported") < kinds.index("case.decided")
    # The library compares the time with its own clock: let it stand where ours does.
    reader = Webhook(secret_of(hook))
    for headers, body in program.told:
        signed = {**headers, "webhook-timestamp": headers["webhook-timestamp"]}
        told = _verified(reader, body, signed)
        assert set(told) == {"type", "timestamp", "data"}
        assert told["data"] == {"organisation": people.org.slug} or set(told["data"]) == {
            "organisation",
            "case",
            "event",
        }
    events = [json.loads(body)["data"].get("event") for _, body in program.told[1:]]
    assert events == sorted(events)
    text = b" ".join(body for _, body in program.told).decode()
    for hidden in (cast.WORDS, cast.REASONS, cast.REPORTER_NAME, cast.AUTHOR_ADDRESS, "Mo Abara", "Rowan"):
        assert hidden not in text
    headers, body = program.told[-1]
    with pytest.raises(WebhookVerificationError):
        _verified(reader, body.replace(b"case", b"face"), headers)
    with pytest.raises(WebhookVerificationError):
        _verified(Webhook(f"whsec_{'A' * 44}"), body, headers)
    assert matter.case.pk == json.loads(body)["data"]["case"]


def _verified(reader: Webhook, body: bytes, headers: dict[str, str]) -> Any:
    sent = datetime.fromtimestamp(int(headers["webhook-timestamp"]), tz=day(0).tzinfo)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standardwebhooks.webhooks.datetime", _At(sent))
        return reader.verify(body.decode(), headers)


class _At:
    """Stands in for `datetime` in the library: its now is the moment of sending."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self, tz: Any = None) -> datetime:
        return self._moment

    def fromtimestamp(self, seconds: float, tz: Any = None) -> datetime:
        return datetime.fromtimestamp(seconds, tz=tz)


def test_a_call_is_promised_with_its_event_or_not_at_all(people: Branch, program: Program) -> None:
    told_of(people, program.url, "case.reported")
    with transaction.atomic():
        cast.reported(people)
        assert HookCall.objects.filter(kind="case.reported").count() == 1
        transaction.set_rollback(True)
    assert not HookCall.objects.filter(kind="case.reported").exists()
    cast.decided(people)
    rounds(at=day(1, 11))
    assert program.heard() == [TEST, "case.reported"], "what it did not ask for is not told"


def test_another_organisations_cases_and_sealed_ones_are_not_told(people: Branch, program: Program) -> None:
    told_of(people, program.url)
    cast.reported(branch("Another branch"))
    sealed = cast.reported(people)
    before = HookCall.objects.count()
    seal(sealed.pk, by=people.operator, at=day(1))
    assert HookCall.objects.count() == before == 2


def test_a_decision_is_told_once_its_minute_is_over_and_never_where_it_was_taken_back(
    people: Branch, program: Program
) -> None:
    told_of(people, program.url, "case.decided", "case.taken_back")
    matter = cast.decided(people)
    rounds(at=day(1) + timedelta(seconds=59))
    assert program.heard() == [TEST]
    undo(matter.pk, by=people.operator, at=day(1) + timedelta(seconds=59))
    rounds(at=day(1, 12))
    assert program.heard() == [TEST, "case.taken_back"]
    decide(matter.pk, cast.a_decision(), by=people.operator, at=day(2))
    rounds(at=day(2) + timedelta(seconds=60))
    assert program.heard() == [TEST, "case.taken_back", "case.decided"]


def test_dead_programs_of_one_organisation_do_not_keep_anothers_waiting(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = branch("Another branch")
    dead = {told_of(people, f"https://dead.example.org/{number}", at=day(0, 8)).pk for number in range(6)}
    for one in range(3):
        there = cast.post(people.org, people.place, native_id=f"more-{one}", text=f"Post {one} of many.")
        cast.reported(people, post=there)
    [sound] = [told_of(other, "https://sound.example.org/", at=day(0, 9)).pk]
    cast.reported(other)
    called: list[list[int]] = []

    def answers(calls: Any, *, at: datetime) -> list[tuple[int | None, str]]:
        called.append([call.hook_id for call in calls])
        return [(204, "") if call.hook_id == sound else (None, "too slow") for call in calls]

    monkeypatch.setattr(calling, "answers", answers)
    rounds(at=day(1))
    assert sound in called[0], "whose calls were promised last is not called last"
    assert [numbers.count(sound) for numbers in called] == [1, 1], "and all that waits for it goes at once"
    assert all(Counter(chain(*called))[one] == 1 for one in dead), "a dead one rests, however much waits for it"
    called.clear()
    rounds(at=day(1) + timedelta(minutes=1))
    assert [len(numbers) for numbers in called] == [1] * 6, "and then keeps a place that is one of several"


def test_a_program_that_took_nothing_last_time_gets_less_time(
    people: Branch, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = told_of(people, program.url)
    Hook.objects.filter(pk=hook.pk).update(failures=1, rests_until=day(0, 8))
    monkeypatch.setattr(calling, "SHORTER", 0.2)
    program.slow = 1.0
    began = time.monotonic()
    call_hooks(at=day(0, 9))
    assert time.monotonic() - began < 0.9


def test_after_its_secret_was_renewed_calls_are_signed_with_both_for_a_day(people: Branch, program: Program) -> None:
    hook = told_of(people, program.url, "case.reported")
    old = secret_of(hook)
    new = renew_hook_secret(people.org, hook.pk, by=people.administrator, at=day(0, 9)).secret
    assert old != new
    rounds(at=day(0, 9))
    cast.reported(people, at=day(1, 9))
    rounds(at=day(1, 9))
    (headers, body), (later, body_later) = program.told
    for secret in (old, new):
        _verified(Webhook(secret), body, headers)
    _verified(Webhook(new), body_later, later)
    with pytest.raises(WebhookVerificationError):
        _verified(Webhook(old), body_later, later)
    assert cast.lay_open(people.org) == []


def test_what_is_not_taken_is_tried_again_under_its_number_and_given_up_after_three_days(
    people: Branch, program: Program
) -> None:
    hook = told_of(people, program.url, "case.reported")
    program.answer = 503
    moment, tried = day(0, 8), list[datetime]()
    while waiting := HookCall.objects.filter(state=HookCall.State.WAITING).first():
        moment = waiting.next_at
        assert call_hooks(at=moment - timedelta(seconds=1)) == 0
        assert call_hooks(at=moment) == 1
        tried.append(moment)
        assert moment < day(5)
    assert 12 < len(tried) < 25
    assert [late - early for early, late in pairwise(tried)][:3] == [timedelta(minutes=n) for n in (1, 2, 5)]
    assert len({headers["webhook-id"] for headers, _ in program.told}) == 1
    assert tried[-1] - tried[0] >= timedelta(hours=72)
    hook.refresh_from_db()
    assert (hook.ending, hook.ended_at) == ("silent", tried[-1])
    [notice] = Dispatch.objects.filter(kind="hook_ended")
    assert notice.to == people.administrator.email
    assert program.url in notice.body
    cast.reported(people, at=moment)
    assert call_hooks(at=moment) == 0


def test_one_call_that_is_never_taken_does_not_end_a_program_that_takes_others(
    people: Branch, program: Program
) -> None:
    hook = told_of(people, program.url, "case.reported")
    test = HookCall.objects.get()
    program.answer = 500
    call_hooks(at=day(0, 9))
    HookCall.objects.filter(pk=test.pk).update(next_at=day(3, 9))
    program.answer = 200
    cast.reported(people, at=day(2))
    call_hooks(at=day(2))
    program.answer = 500
    call_hooks(at=day(3, 9))
    test.refresh_from_db()
    hook.refresh_from_db()
    assert (test.state, test.last_answer, hook.ended_at) == (HookCall.State.GIVEN_UP, "500", None)


def test_a_program_that_is_gone_for_good_is_told_nothing_any_more_at_once(people: Branch, program: Program) -> None:
    hook = told_of(people, program.url)
    program.answer = 410
    call_hooks(at=day(0, 9))
    hook.refresh_from_db()
    assert hook.ending == "gone"


def test_a_redirect_is_not_followed(people: Branch, program: Program) -> None:
    told_of(people, program.url)
    program.answer = 307
    call_hooks(at=day(0, 9))
    assert len(program.told) == 1
    assert HookCall.objects.get().last_answer == "307"


def test_a_program_that_is_slow_keeps_the_worker_no_longer_than_its_limit(
    people: Branch, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of(people, program.url)
    monkeypatch.setattr(calling, "LONGEST", 0.3)
    program.slow = 2.0
    began = time.monotonic()
    call_hooks(at=day(0, 9))
    assert time.monotonic() - began < 1.5
    assert HookCall.objects.get().last_answer == "too slow"


def test_what_arrived_can_be_sent_again_and_what_was_taken_out_cannot(people: Branch, program: Program) -> None:
    hook = told_of(people, program.url)
    call_hooks(at=day(0, 9))
    one = HookCall.objects.get()
    call_again(people.org, one.pk, by=people.administrator, at=day(1))
    call_hooks(at=day(1))
    [first, second] = program.told
    assert first[1] == second[1]
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    call_again(people.org, one.pk, by=people.administrator, at=day(1))
    end_hook(people.org, hook.pk, by=people.administrator, at=day(1))
    assert call_hooks(at=day(1)) == 0


@pytest.mark.parametrize(
    "leads_to",
    [
        *("127.0.0.1", "10.0.0.7", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *("::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    ],
)
def test_a_name_that_leads_into_our_networks_is_not_called(
    leads_to: str, people: Branch, program: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOOKS_PRIVATE = False
    add_hook(people.org, url="https://hooks.example.org/", kinds=KINDS, by=people.administrator, at=day(0, 8))

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        public = (2, 1, 6, "", ("93.184.216.34", port))
        return [public, (10 if ":" in leads_to else 2, 1, 6, "", (leads_to, port))]

    monkeypatch.setattr(reach.socket, "getaddrinfo", look_up)
    call_hooks(at=day(0, 9))
    assert HookCall.objects.get().last_answer == "not a public address"
    assert not program.told


def test_the_connection_goes_to_the_address_that_was_looked_at(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere at its second look-up leads nowhere: there is none."""
    asked: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(reach.socket, "getaddrinfo", look_up)
    url = program.url.replace("localhost", "rebinds.example.org")
    with reach.new_client() as client:
        assert reach.post(client, reach.Posting(url, {}, b"{}", private=True)) == 204
    assert [host for host in asked if host != "127.0.0.1"] == ["rebinds.example.org"]
    assert program.told[0][0]["host"] == url.split("/")[2]


def test_a_certificate_has_to_be_trusted(program: Program) -> None:
    with reach.new_client() as client, pytest.raises(reach.Unreachable):
        reach.post(client, reach.Posting(program.url.replace("http:", "https:"), {}, b"{}", private=True))
    assert ssl.create_default_context().check_hostname


def test_the_secret_of_each_program_is_its_own(people: Branch, program: Program) -> None:
    one, two = told_of(people, program.url), told_of(people, program.url + "two/")
    assert secret_of(one) != secret_of(two)
    assert secret_of(one).startswith("whsec_")
    assert all(secret_of(one)[6:20] not in str(value) for value in vars(Hook.objects.get(pk=one.pk)).values())
    assert Organisation.objects.count() == 1
