"""One overlay underlines all that was noticed, and no word of the text is lost or doubled."""

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.web.desk.underlined import AROUND, LONG, Piece, Place, covers_all, underlined

PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 5)).map(lambda one: Place(*one)))


def test_places_that_overlap_are_one_line_with_a_number_where_each_ends() -> None:
    pieces = underlined("you utter fool, you", [Place(0, 14, 1), Place(10, 14, 2), Place(4, 9, 3)])
    assert pieces == [
        Piece("you ", marked=True),
        Piece("utter", marked=True, ends=(3,)),
        Piece(" ", marked=True),
        Piece("fool", marked=True, ends=(1, 2)),
        Piece(", you"),
    ]


def test_a_long_text_is_shown_around_what_was_noticed() -> None:
    text = f"{'a ' * LONG}fool{' b' * LONG}"
    start = text.index("fool")
    pieces = underlined(text, [Place(start, start + 4, 1)])
    assert [piece.text for piece in pieces if piece.marked] == ["fool"]
    assert [piece.left_out for piece in pieces] == [True, False, False, False, True]
    assert sum(len(piece.text) for piece in pieces) == 4 + 2 * AROUND


def test_what_is_about_all_of_it_is_not_underlined() -> None:
    assert covers_all(" fool \n", 1, 5)
    assert not covers_all("a fool", 2, 6)


@given(st.text(max_size=60), PLACES)
def test_whatever_the_places_the_text_stays_whole(text: str, places: list[Place]) -> None:
    pieces = underlined(text, places)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        inside = {at + offset for offset in range(len(piece.text))}
        fitting = [one for one in places if 0 <= one.start < one.end <= len(text)]
        assert piece.marked == any(inside <= set(range(one.start, one.end)) for one in fitting)
        at += len(piece.text)
