"""A letter leaves in two forms, made from the same frozen words; no mail fetches anything."""

import pytest

from folkmoot.worker.deliver import deliver
from tests import cast


@pytest.fixture
def letter(relay):
    cast.decided()
    deliver(at=cast.day(1, 11), server=relay.server)
    [message] = relay.to(cast.AUTHOR_ADDRESS)
    return message


def test_a_letter_is_text_and_html_of_the_same_words(letter) -> None:
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    text = letter.get_body(("plain",)).get_content()
    page = letter.get_body(("html",)).get_content()
    assert cast.PASSAGE in text
    assert f">{cast.PASSAGE}</blockquote>" in page
    assert "This is not a disciplinary matter." in text
    assert "This is not a disciplinary matter." in page


def test_the_link_opens_from_both(letter) -> None:
    text = letter.get_body(("plain",)).get_content()
    page = letter.get_body(("html",)).get_content()
    link = next(line for line in text.splitlines() if "/letter/" in line)
    assert f'<a href="{link}" rel="noreferrer">{link}</a>' in page
    assert "[[" not in text + page


def test_nothing_in_it_is_fetched_from_anywhere(letter) -> None:
    page = letter.get_body(("html",)).get_content()
    for part in ("<img", "<link", "<script", "<style", "<iframe", "src=", "url(", "@import", "background"):
        assert part not in page
