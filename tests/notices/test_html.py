"""The letter as HTML: the same words, nothing fetched, nothing to press in what people wrote."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.notices.html import as_html

TEXT = """Hello <Petra>,

WHY

It is a bad post. See https://moot.example/o/a/?b=1&c=2.

> Look at https://evil.example/ <img src=x>
>
> WHY

- one
- two https://moot.example/

Read it here:
https://moot.example/o/harbour/letter/7.token/
"""
ALLOWED = {"html", "head", "meta", "title", "body", "p", "h2", "blockquote", "br", "ul", "li", "a"}


class Tags(HTMLParser):
    """Collects tags, their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_paragraphs_quotations_lists_and_links() -> None:
    page = as_html("A & B", TEXT)
    assert "<title>A &amp; B</title>" in page
    assert "Hello &lt;Petra&gt;," in page
    assert re.search(r"<h2[^>]*>Why</h2>", page)
    assert '<a href="https://moot.example/o/a/?b=1&amp;c=2" rel="noreferrer">' in page
    quoted = r"<blockquote[^>]*>Look at https://evil.example/ &lt;img src=x&gt;<br>\n<br>\nWHY</blockquote>"
    assert re.search(quoted, page)
    assert '<ul><li>one</li><li>two <a href="https://moot.example/"' in page
    assert '<a href="https://moot.example/o/harbour/letter/7.token/"' in page


def test_no_address_inside_a_quotation_can_be_pressed() -> None:
    assert [tag[1]["href"] for tag in Tags(as_html("x", TEXT)).tags if tag[0] == "a" and "evil" in str(tag[1])] == []


@given(st.text(), st.text())
def test_whatever_anybody_writes_is_only_text(subject: str, words: str) -> None:
    found = Tags(as_html(subject, words))
    for tag, facts in found.tags:
        assert tag in ALLOWED
        assert set(facts) <= {"charset", "style", "dir", "href", "rel"}
        assert "url(" not in str(facts.get("style"))
        assert str(facts.get("href", "https://")).startswith(("https://", "http://"))


@given(st.lists(st.text(alphabet="ab<&>\"' .", min_size=1, max_size=20)))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = "".join(re.sub(r"^(> ?|- )", "", line) for line in text.split("\n"))
    body = Tags(as_html("", text)).text
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", kept)
