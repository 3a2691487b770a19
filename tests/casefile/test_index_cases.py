"""Cases are found by what was reported, decided and answered in them, and not at all once they are sealed."""

import pytest
from django.db import connection

from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.indexes import index_on
from folkmoot.archive.words import query
from folkmoot.casefile import index_cases
from folkmoot.casefile.index_cases import bring_up_to_date, clause_mark, find_cases
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.seal import seal
from tests.cast import Matter, appealed, branch, day


@pytest.fixture
def matter(db: None) -> Matter:
    return appealed(branch())


def found(matter: Matter, typed: str, **other: object) -> bool:
    wanted = Wanted(matter.branch.org.pk, query(typed).phrases, **other)  # type: ignore[arg-type]
    return matter.pk in [number_of(key) for key in find_cases(wanted, most=9)]


def test_a_case_is_found_by_all_that_was_said_in_it_together(matter: Matter) -> None:
    assert found(matter, '"Voss is a crook"')  # the post
    assert found(matter, "how we talk")  # the report
    assert found(matter, "gives no fact")  # the reasons
    assert found(matter, "meant the plan")  # the appeal
    assert found(matter, "crook fact meant", marks=((clause_mark("H1"),),))
    assert not found(matter, "crook", marks=((clause_mark("H2"),),))


def test_nobodys_name_or_address_finds_it(matter: Matter) -> None:
    assert not found(matter, "Wren")
    assert not found(matter, "wren.lacey@example.org")


def test_filled_from_nothing_it_holds_the_same(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_on(connection, index_cases.NAME)
    before = index.words_kept()
    index.empty()
    bring_up_to_date("default")
    assert found(matter, "gives no fact meant")
    assert index.words_kept() == before


def test_what_is_sealed_leaves_no_word_and_destroying_brings_none_back(matter: Matter) -> None:
    by = matter.branch.operator
    seal(matter.pk, by=by, at=day(9))
    assert not found(matter, "crook")
    destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=by, at=day(10))
    assert not {"crook", "talk", "fact", "meant"} & index_on(connection, index_cases.NAME).words_kept()
