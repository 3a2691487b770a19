"""What differs between two packs, and between two texts."""

from dataclasses import replace
from random import Random
from time import process_time

from folkmoot.standards import Clause, Heading, Kind, Pack, Scope, load_pack
from folkmoot.standards.changes import Stretch, What, compare, reworded

from .conftest import Workbench

BINS = "Bins are put out on Monday evening and brought in again by Tuesday noon."
DOGS = "Dogs are kept on a lead in the hall, and their owners clean up after them."
KEYS = "Whoever borrows the key of the hall writes their name into the book by the door."


def clause(code: str, text: str, title: str = "A rule") -> Clause:
    return Clause(code, title, text, Scope.ALL, Kind.ADVICE)


def pack(bench: Workbench, *clauses: Clause) -> Pack:
    return replace(load_pack(bench.folder), clauses=clauses)


def told(before: Pack, after: Pack) -> list[tuple[str, str | None, str | None]]:
    changes = compare(before, after).clauses
    return [(one.what.value, one.before and one.before.code, one.after and one.after.code) for one in changes]


def test_each_clause_is_new_gone_reworded_or_the_same(bench: Workbench) -> None:
    before = pack(bench, clause("A1", BINS), clause("A2", DOGS), clause("A3", KEYS))
    after = pack(
        bench, clause("A1", BINS), clause("A3", KEYS.replace("book", "list")), clause("A4", "No smoking here.")
    )
    assert told(before, after) == [
        ("same", "A1", "A1"),
        ("gone", "A2", None),
        ("reworded", "A3", "A3"),
        ("new", None, "A4"),
    ]
    assert compare(before, after).of(What.REWORDED)[0].fields == ("text",)


def test_a_clause_under_another_code_is_the_same_one_even_a_little_reworded(bench: Workbench) -> None:
    before = pack(bench, clause("A1", BINS), clause("A2", DOGS), clause("A3", KEYS))
    after = pack(bench, clause("A1", "No smoking."), clause("A2", BINS), clause("A3", DOGS.replace("lead", "leash")))
    assert told(before, after) == [
        ("new", None, "A1"),
        ("moved", "A1", "A2"),
        ("reworded", "A2", "A3"),
        ("gone", "A3", None),
    ]


def test_what_overtook_others_has_moved_and_the_others_have_not(bench: Workbench) -> None:
    first, second, third = clause("A1", BINS), clause("A2", DOGS), clause("A3", KEYS)
    changes = compare(pack(bench, first, second, third), pack(bench, third, first, second))
    assert [one.clause.code for one in changes.of(What.MOVED)] == ["A3"]


def test_headings_and_the_front_are_compared_too(bench: Workbench) -> None:
    before = load_pack(bench.folder)
    renamed = Heading("B", "How it is done")
    after = replace(before, title="Rules", headings=(before.headings[0], renamed), retired=("A3",))
    changes = compare(before, after)
    assert (changes.front, changes.headings) == (("title",), ((before.headings[1], renamed),))
    assert (changes.has_words, changes.changed) == (True, ())


def test_words_are_marked_where_they_differ() -> None:
    found = reworded("Keep dogs on a lead.\n\nIn the hall.", "Keep all dogs on a leash.\n\nIn the hall.")
    assert found == (
        Stretch("Keep "),
        Stretch("all", is_in=True),
        Stretch(" "),
        Stretch("dogs on a "),
        Stretch("lead.", is_out=True),
        Stretch(" "),
        Stretch("leash.", is_in=True),
        Stretch("\n\nIn the hall."),
    )


def test_a_word_or_two_between_changes_are_marked_with_them() -> None:
    found = reworded(f"{BINS} Keep one dog on every lead.", f"{BINS} Keep two cats on any lead.")
    assert [one.words for one in found if one.is_out] == ["one dog on every"]


def test_texts_with_little_in_common_are_shown_one_after_the_other() -> None:
    out, _space, put = reworded(BINS, "No smoking.")
    assert (out, put) == (Stretch(BINS, is_out=True), Stretch("No smoking.", is_in=True))


def test_no_mark_goes_over_the_end_of_a_paragraph() -> None:
    found = reworded(BINS, f"{BINS}\n\n{DOGS}\n\n{KEYS}")
    assert [one.words for one in found if one.is_in] == [DOGS, KEYS]
    assert not any("\n" in one.words for one in found if one.is_in or one.is_out)


def test_two_long_packs_without_anything_in_common_are_compared_soon_and_only_once(bench: Workbench) -> None:
    def long(prefix: str, seed: int) -> Pack:
        pick = Random(seed)
        words = [f"w{number}" for number in range(3000)]
        return pack(
            bench, *(clause(f"{prefix}{number}", " ".join(pick.choices(words, k=150))) for number in range(500))
        )

    began = process_time()
    changes = compare(long("A", 1), long("B", 2))
    assert process_time() - began < 5  # seconds of work; with each text taken apart for each pair it was 17
    assert {one.what for one in changes.clauses} == {What.NEW, What.GONE}
    assert compare(long("A", 1), long("B", 2)) is changes
