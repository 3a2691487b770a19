"""The same write by many at the same moment, each on a connection of its own: it is done once."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from folkmoot.casefile.models import Paper
from folkmoot.members.models import Repeatable
from tests.api.programs import Program
from tests.cast import branch
from tests.steps.test_two_appeals_at_once import guards_again as guards_again
from tests.steps.test_two_appeals_at_once import on_their_own as on_their_own

MANY = 5
KEY = "6f0b5a3e-9d0e-4b7a-8c54-1f5f4f3b2a19"
SAID = {"kind": "attack", "words": "She calls him a crook.", "link": "https://example.org/posts/100"}


@pytest.mark.usefixtures("on_their_own")
def test_of_many_at_once_under_one_key_one_is_done() -> None:
    people = branch()
    answers, gate = list[Any](), threading.Barrier(MANY)

    def report() -> None:
        try:
            gate.wait(timeout=10)
            answers.append(Program(people.org).post("/reports", SAID, key=KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=report) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    met = Counter(answer.status_code for answer in answers)
    assert set(met) <= {201, 409}
    assert met[201] >= 1
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert Paper.objects.filter(kind=Paper.Kind.REPORT).count() == 1
    assert Repeatable.objects.get().status == 201
