"""Links and codes are put into a frozen letter at sending, at its own marks only."""

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outbox.marks import fill, new_marker, place


def shown(purpose, subject):
    return f"<{purpose} {subject}>"


def test_a_mark_becomes_what_it_stands_for():
    marker = new_marker()
    text = f"Open {place(marker, 'letter', 12)} or type {place(marker, 'code', 7)}."
    assert fill(text, marker, shown) == "Open <letter 12> or type <code 7>."


@given(st.text())
def test_words_that_people_wrote_are_never_filled_in(words):
    marker = new_marker()
    mark = place(marker, "letter", 1)
    assert fill(f"{words}\n{mark}", marker, shown) == f"{words}\n<letter 1>"


def test_a_mark_of_another_letter_stays_as_it_is():
    mine, theirs = new_marker(), new_marker()
    assert fill(place(theirs, "letter", 1), mine, shown) == place(theirs, "letter", 1)


def test_markers_do_not_repeat():
    assert len({new_marker() for _ in range(1000)}) == 1000
