"""The words of all cases, by which they are found: what was reported and why, what was decided, what was answered.

Names, addresses, notes and interests are not among them. One text for each case, by the time it was opened: put in
anew with each paper that has words to find. What is sealed is taken out at once (DP20).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import DEFAULT_DB_ALIAS, connection, connections

from folkmoot.archive.index import Entry, Index, Wanted, key_of
from folkmoot.archive.indexes import has_any, index_on, is_current, make_anew, writing_on
from folkmoot.archive.words import indexed
from folkmoot.casefile.models import Case, Paper, PaperText

NAME = "casefile_words"
FOUND_BY = {
    Paper.Kind.SNAPSHOT: ("text",),
    Paper.Kind.REPORT: ("words", "quoted"),
    Paper.Kind.DECISION: ("reasons", "correction"),
    Paper.Kind.APPEAL: ("words",),
    Paper.Kind.RECONSIDERATION: ("reasons",),
    Paper.Kind.SUBMISSION: ("words",),
    Paper.Kind.MINUTE: ("reasons",),
}
"""The papers whose words are found, and by which of their texts."""
_BATCH = 1000


def note_paper(case: Case, paper: Paper, texts: Mapping[str, str]) -> None:
    """Let the case be found by a paper just filed, with its `texts`; one that seals it takes everything out."""
    if paper.kind == Paper.Kind.SEAL:
        forget_case(case)
    elif paper.kind in FOUND_BY and not case.sealed:
        if paper.number == 1:  # a new case: nothing of it is in the index, and there is nothing else to read
            index_on(connection, NAME).enter([_first_entry(case, paper, texts)])
        else:
            forget_case(case)
            index_on(connection, NAME).enter(_entries([case.pk]))


def forget_case(case: Case) -> None:
    """Let nothing of the case be found."""
    index_on(connection, NAME).forget([(case.org_id, key_of(case.opened_at, case.pk))])


def find_cases(wanted: Wanted, *, most: int) -> list[int]:
    """Return the keys of cases, those opened last first; `number_of` a key is the case's."""
    return index_on(connection, NAME).find(wanted, most=most)


def clause_mark(code: str) -> str:
    """Return what cases are marked with in which a decision, whatever became of it, cited the clause."""
    return f"_g{code.encode().hex()}"


def bring_up_to_date(using: str) -> None:
    """Make the index where there is none, or none that fits, out of all cases."""
    if not is_up_to_date(using):
        make_anew(connections[using], NAME, lambda index: _fill(index, using))


def is_up_to_date(using: str) -> bool:
    """Say whether there is an index that fits, and cases in it if there are any that can be found."""
    database = connections[using]
    open_ones = Case.objects.using(using).filter(sealed=False)
    return is_current(database, NAME) and has_any(database, NAME) == open_ones.exists()


def _fill(index: Index, using: str) -> None:
    last = 0
    while True:
        later = Case.objects.using(using).filter(pk__gt=last).order_by("pk")
        numbers = list(later.values_list("pk", flat=True)[:_BATCH])
        if not numbers:
            return
        index.enter(_entries(numbers, using))
        last = numbers[-1]


def _first_entry(case: Case, paper: Paper, texts: Mapping[str, str]) -> Entry:
    said = [text for field, text in texts.items() if field in FOUND_BY[Paper.Kind(paper.kind)]]
    words = indexed(list(dict.fromkeys(said)))
    return Entry(case.org_id, key_of(case.opened_at, case.pk), writing_on(connection)(words))


def _entries(numbers: Collection[int], using: str = DEFAULT_DB_ALIAS) -> list[Entry]:
    texts: dict[int, list[str]] = defaultdict(list)
    kept = PaperText.objects.using(using).filter(paper__case__in=numbers, paper__kind__in=list(FOUND_BY)).order_by("pk")
    for case, kind, field, text in kept.values_list("paper__case", "paper__kind", "field", "text"):
        if field in FOUND_BY[Paper.Kind(kind)] and text not in texts[case]:
            texts[case].append(text)
    codes: dict[int, set[str]] = defaultdict(set)
    for paper in Paper.objects.using(using).filter(case__in=numbers, kind=Paper.Kind.DECISION):
        codes[paper.case_id] |= set(paper.facts.get("codes") or ())
    cases = Case.objects.using(using).filter(pk__in=numbers, sealed=False).values_list("pk", "org", "opened_at")
    writing, entries = writing_on(connections[using]), list[Entry]()
    for number, org, at in cases:
        marks = tuple(clause_mark(code) for code in sorted(codes[number]))
        entries.append(Entry(org, key_of(at, number), writing(indexed(texts[number])), marks))
    return entries
