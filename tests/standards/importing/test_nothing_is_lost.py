"""Whatever somebody gives: a sound pack with every word in it, or a sentence that says why not."""

import re
import tempfile
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.kernel.errors import BadInput
from folkmoot.standards import check_pack, load_pack
from folkmoot.standards.importing import import_policy
from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.draft import Draft, draft_of
from folkmoot.standards.importing.readers.markdown import read_markdown
from folkmoot.standards.importing.readers.plain import read_plain
from folkmoot.standards.importing.readers.web_page import read_web_page
from folkmoot.standards.importing.recognising import read_bytes

from .conftest import refusal

TODAY = date(2026, 1, 1)
WORDS = st.sampled_from(re.split("[|]", "Be|kind|to|others;|We|never|share|names.|Members|MUST|not:|Why?|café|ﬁne|12"))
LABELS = st.sampled_from(
    re.split("_", "___1. _2. _3) _a. _(b) _c) _i. _ii) _iv. _1.1 _1.2 _2.1.1 _• _- _* _# _## _A. _B. _Rule 1: _§ 3 ")
    + re.split("_", "Article 2 _> _**_| _    _3 _- 1. _• a. _J. _1. 2. _o ")
)
LINES = st.builds(lambda label, words: label + " ".join(words), LABELS, st.lists(WORDS, max_size=12))
POLICIES = st.lists(LINES, max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n"]).map(lambda end: end.join(lines))
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(POLICIES | st.text(max_size=300))
@example("- a\n\n\n- - b\n  1. c\n")
@example("1. x\n" * 40)
@example("# a\n" * 5 + "b\n\nc")
@example("J. Smith\n\nK. Smith\n\ntext that goes on.")
def test_every_word_of_plain_text_is_in_the_pack_or_the_report(text: str) -> None:
    source = read_plain(text)
    draft = draft_or_none(source)
    if draft:
        kept = words_of(*texts_of(draft), *(one.text for one in source.left_out))
        assert not words_of(text) - kept


@settings(max_examples=80, deadline=None)
@given(POLICIES)
@example("| a | b |\n|---|---|\n| c | d |\n\n| e |\n|---|\n\nf")
@example("1. Be kind\n   - really\n2. Be fair\n\n   Fairness is hard.")
def test_every_paragraph_of_markdown_is_in_the_pack_or_the_report(text: str) -> None:
    source = read_markdown(text)
    draft = draft_or_none(source)
    if draft:
        kept = words_of(*texts_of(draft), *(one.text for one in source.left_out), *map(" ".join, source.links))
        lost = words_of(re.sub(r"(?m)^[\W_]*([0-9]{1,9}[.)]\s*)*", "", text)) - kept
        assert not {word for word in lost if not re.fullmatch(r"[0-9]+", word)}


TAGS = st.sampled_from(re.findall(r"<.*?>", "<p><li></li><ol></ol><ul><table><tr><td></td><h2></h2><br><nav></nav>"))


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGS | WORDS))
def test_every_word_of_a_web_page_is_in_the_pack_or_the_report(parts: list[str]) -> None:
    source = read_web_page(" ".join(parts))
    draft = draft_or_none(source)
    if draft:
        kept = words_of(*texts_of(draft), *(one.text for one in source.left_out))
        assert not words_of(re.sub(r"<[^>]*>", " ", " ".join(parts))) - kept


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(POLICIES | st.text(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html"]))
@example("# - x\n\n## > y\n\n# 1. z\n\n- # q\n\n> > r\n\n# 2) w", "a.txt")
@example("null\n\n~\n\n'\": {[&*!|>%@`\n\nyes", "a.txt")
def test_what_is_written_is_a_sound_pack(text: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / name, Path(folder) / "out"
        file.write_bytes(text.encode())
        said = refusal(lambda: import_policy(file, out, today=TODAY))
        if said:
            assert re.search("empty|no words|only one paragraph|no text", said), said
            assert not out.exists()
            return
        assert check_pack(out) == []
        assert load_pack(out).clauses


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.pdf", "a.docx", "a.html", "a"]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>"]),
)
def test_any_bytes_are_read_or_refused_with_a_sentence(raw: bytes, name: str, start: bytes) -> None:
    said = refusal(lambda: draft_of(read_bytes(start + raw, name), name="x", lang="en-GB", since=None, today=TODAY))
    assert not said or said.endswith((".", "?"))


def draft_or_none(source: Source) -> Draft | None:
    try:
        return draft_of(source, name="x", lang="en-GB", since=None, today=TODAY)
    except BadInput:
        return None


def texts_of(draft: Draft) -> list[str]:
    texts = [draft.pack.title, *(f"{heading.title} {heading.under}" for heading in draft.pack.headings)]
    texts += [clause.text for clause in draft.pack.clauses]
    return texts + [origin.printed for origin in draft.origins] + list(draft.labels.values())


def words_of(*texts: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", " ".join(texts))
    plain = "".join(char for char in plain if char.isalnum() or char.isspace())
    return Counter(plain.split())
