"""Whatever is sent, the answer is one that the document names, in the shape that it gives, and never a fault of ours.

Schemathesis makes requests from the document, right ones and wrong ones, against the real application.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from folkmoot.api.document import SECRETS
from folkmoot.api.once import HEADER
from folkmoot.api.parties import LETTER, RECEIPT
from folkmoot.casefile.record import SYSTEM
from folkmoot.kernel.tokens import link_token
from folkmoot.members.models import Person
from folkmoot.procedure.words import OFFICES
from folkmoot.steps.give_role import give_role
from tests.api.programs import token_of
from tests.cast import Matter, appealed, branch, day, post, reported
from tests.web.browsers import move_clock
from tests.web.test_strangers import objects_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@schemathesis.serializer("application/x-ndjson")
def _lines(context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Let a request not close the connection whose transaction holds the test's data, as for Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def matter(db: None, monkeypatch: pytest.MonkeyPatch) -> Matter:
    move_clock(monkeypatch, day(2))
    people = branch()
    reported(people, post=post(people.org, people.place, native_id="other", text="Another post."))
    return appealed(people)


@pytest.mark.parametrize("mode", MODES)
def test_a_few_of_whatever_can_be_sent(matter: Matter, settings: Any, mode: GenerationMode) -> None:
    send_to_every_operation(matter, settings, mode, examples=1)


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
def test_very_many_of_whatever_can_be_sent(matter: Matter, settings: Any, mode: GenerationMode) -> None:
    send_to_every_operation(matter, settings, mode, examples=60)


def send_to_every_operation(matter: Matter, of_django: Any, mode: GenerationMode, *, examples: int) -> None:
    """Send `examples` requests to each operation, most of them about things that there are."""
    of_django.API_CALLS_PER_HOUR = of_django.API_VISITS_PER_HOUR = 10**6
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    opens = secrets_of(matter)
    known = {**objects_of(matter), "case": matter.pk, "file": 1, "letter": 1, "measure": 1, "cover": 1, "review": 1}
    asked, faults, met = 0, list[str](), Counter[int]()
    for result in schema.get_all_operations():
        operation = result.ok()
        named = {one.name for one in operation.path_parameters} & set(known)
        path = {"org": matter.branch.org.slug, **{name: known[name] for name in named}}
        schemes = [scheme for one in operation.definition.raw.get("security", []) for scheme in one]
        headers = {name: value for scheme in schemes for name, value in opens[scheme].items()}

        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=examples == 1,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(mode, path_parameters=path, headers=headers))
        def sent(case: Case[Any]) -> None:
            nonlocal asked
            case.headers.setdefault(HEADER, f"key-{asked:06}")
            case.headers["Accept-Encoding"] = "identity"  # without a network between, nobody would unpack it
            response = case.call()
            asked += 1
            met[response.status_code // 100] += 1
            try:
                case.validate_response(response, checks=CHECKS)
            except BaseException as fault:  # noqa: BLE001
                faults.append(f"{case.operation.label}: {response.status_code} {fault!s:.600}")

        with suppress(Unsatisfiable):  # nothing wrong can be sent where all there is is an address
            sent()
    assert not faults, "\n\n".join(faults[:20])
    assert asked > 80
    assert met[2] > 20 if mode is GenerationMode.POSITIVE else met[4] > asked // 2, met


def secrets_of(matter: Matter) -> dict[str, dict[str, str]]:
    """Return the headers that open what a security scheme of the document names."""
    holder = Person.objects.get(pk=matter.branch.operator.pk)
    for role in set(OFFICES) - holder.offices(at=day(2)):
        give_role(holder, role, by=SYSTEM, at=day(1))
    grant = matter.grant
    assert set(SECRETS.values()) == {"letter", "receipt"}
    token = link_token(django_settings.FOLKMOOT_KEY, "letter", grant.nonce)
    return {
        "token": {"Authorization": f"Bearer {token_of(holder)}"},
        "letter": {LETTER: f"{grant.pk}.{token}"},
        "receipt": {RECEIPT: matter.receipt.code},
    }
