"""One live appeal for a decision and a stage (D39), also when two browsers send theirs in the same moment."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from folkmoot.casefile.guards import guards, install_guards
from folkmoot.casefile.models import Duty, Paper
from folkmoot.kernel.errors import FolkmootError
from folkmoot.procedure.words import Stage
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.put_to_executive import put_to_executive
from tests import cast


def at_once(*steps: Callable[[], Paper]) -> tuple[list[Paper], list[FolkmootError]]:
    """Take steps at the same moment, each on a connection of its own; return what was filed and what was refused."""
    filed: list[Paper] = []
    refused: list[FolkmootError] = []
    gate = threading.Barrier(len(steps))

    def take(step: Callable[[], Paper]) -> None:
        try:
            gate.wait(timeout=10)
            filed.append(step())
        except FolkmootError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return filed, refused


@pytest.fixture(scope="module")
def guards_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put the guards of the record back, after the rows of the tests are gone."""
    yield
    with django_db_blocker.unblock():
        install_guards(connection)


@pytest.fixture
def on_their_own(guards_again: None, transactional_db: None) -> Iterator[None]:
    """Let connections see each other's rows, and let those rows be taken away afterwards, which the guards refuse."""
    yield
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {guard.name}{on}")


@pytest.mark.usefixtures("on_their_own")
@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.RECONSIDERED])
def test_of_two_sent_at_once_one_is_filed_and_the_other_refused_in_words(stage: Stage) -> None:
    matter = cast.decided() if stage is Stage.DECIDED else cast.reconsidered()
    step = lodge_appeal if stage is Stage.DECIDED else put_to_executive
    grant, at = matter.grant, cast.day(4)
    filed, refused = at_once(
        *(
            lambda words=words: step(matter.pk, words=words, by=grant, at=at)  # type: ignore[misc]
            for words in ("One window.", "Another window.")
        )
    )
    assert (len(filed), len(refused)) == (1, 1)
    assert "cannot be done while" in str(refused[0]) or "already" in str(refused[0])
    kind = Paper.Kind.APPEAL if stage is Stage.DECIDED else Paper.Kind.SUBMISSION
    assert len(matter.papers(kind)) == 1
    assert Duty.objects.filter(paper=filed[0]).count() == 1
    assert cast.lay_open(matter.branch.org) == []
