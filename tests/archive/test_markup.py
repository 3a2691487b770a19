"""Words out of HTML."""

import time

import pytest

from folkmoot.archive.intake.markup import words_of_html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>One</p><P>two<br/>three</p>", "One\n\ntwo\nthree"),
        ("<head><title>x</title><style>p {}</style></head><body>One\ntwo</body>", "One two"),
        ("<head><body>One", "One"),
        ("One<!-- no <b> --> two<script>if (a < b) {}</script> three", "One two three"),
        ('<a title="a > b" href=x>One</a> &amp; &lt;two&gt; 1 < 2', "One & <two> 1 < 2"),
        ("<!doctype html><ul><li>One<li>two</ul>", "One\ntwo"),
        ("One <!-- never closed", "One"),
    ],
)
def test_what_a_reader_would_see_is_kept(text: str, words: str) -> None:
    assert words_of_html(text) == words


def test_marks_that_are_never_closed_take_no_longer_than_others() -> None:
    began = time.process_time()
    for piece in (
        "<!--",
        "<a",
        "<a ",
        "<a/",
        '<a b="',
        "<![CDATA[",
        "</",
        "<?",
        "&",
        "&#",
        "<style>",
        "<head>",
        "<b x='",
    ):
        words_of_html(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 10  # the library's parser takes some minutes
