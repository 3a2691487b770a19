"""What a PDF only shows: tables by their rules, points by their dots, columns, heads of pages."""

from folkmoot.standards import Pack

from .conftest import Import
from .pdf_file import Ruled, Words, column, pdf

SONG = ["Sing as loudly as you like, but never louder than", "whoever stands beside you."]


def texts(pack: Pack) -> list[str]:
    return [clause.text for clause in pack.clauses]


def test_a_ruled_table_is_read_row_by_row(imported: Import) -> None:
    cells = [
        ("What somebody did", "What we do"),
        ("Posted an advert", "We take it down."),
        ("Was rude", "We talk to them."),
    ]
    words = [
        Words(text, 55 + 200 * across, 115 + 20 * down, bold=down == 0)
        for down, row in enumerate(cells)
        for across, text in enumerate(row)
    ]
    rules = [Ruled(50, 100 + 20 * down, 400, 1) for down in range(4)]
    rules += [Ruled(50 + 200 * across, 100, 1, 61) for across in range(3)]
    made = imported(
        pdf([[*column(["Before it."], left=50, top=80), *words, *rules, Words("After it.", 50, 190)]]), "a.pdf"
    )
    assert texts(made.draft.pack) == [
        "Before it.",
        "What somebody did: Posted an advert\n\nWhat we do: We take it down.",
        "What somebody did: Was rude\n\nWhat we do: We talk to them.",
        "After it.",
    ]


def test_dots_that_are_drawn_begin_points(imported: Import) -> None:
    words = column(["Be kind to", "your neighbours", "Be fair to", "everybody else"], left=70, top=100)
    dots = [Ruled(58, 94, 4, 4), Ruled(58, 120, 4, 4)]
    made = imported(pdf([[*words, *dots]]), "a.pdf")
    assert texts(made.draft.pack) == ["Be kind to your neighbours", "Be fair to everybody else"]
    assert [origin.printed for origin in made.draft.origins] == ["•", "•"]


def test_three_columns_are_read_one_after_the_other(imported: Import) -> None:
    parts = [
        column(
            [f"Paragraph {name} begins here and", f"goes on in column {name} until", "it ends, which is now."],
            left=50 + 180 * number,
            top=120,
            size=9,
        )
        for number, name in enumerate(["one", "two", "three"])
    ]
    words = [Words("Rules of the choir in three columns", 50, 60, 18, bold=True), *parts[1], *parts[0], *parts[2]]
    made = imported(pdf([words]), "a.pdf")
    assert made.draft.pack.title == "Rules of the choir in three columns"
    assert texts(made.draft.pack) == [
        f"Paragraph {name} begins here and goes on in column {name} until it ends, which is now."
        for name in ("one", "two", "three")
    ]
    assert "Read as 3 columns" in made.source.doubts[0].what


def test_small_words_at_the_edge_of_the_only_page_are_no_clause(imported: Import) -> None:
    words = [Words("Choir, spring edition", 50, 30, 7), *column([*SONG, "", "", "", "Listen."], left=50, top=90)]
    made = imported(pdf([[*words, Words("Page 1 of 1", 280, 815, 7)]]), "a.pdf")
    assert texts(made.draft.pack) == [" ".join(SONG), "Listen."]
    assert [one.text for one in made.source.left_out] == ["Choir, spring edition", "Page 1 of 1"]
