"""What cannot be imported is refused with a sentence, and nothing is written."""

import random
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.importing import bounded, import_policy
from folkmoot.standards.importing.draft import Draft, draft_of
from folkmoot.standards.importing.readers.word_xml import W
from folkmoot.standards.importing.recognising import MOST_BYTES, read_bytes

from .conftest import refusal
from .pdf_file import Words, pdf
from .policies import two_columns, word_with_tables

TODAY = date(2026, 1, 1)
LOCKED = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\n"
    b"endobj\n3 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O ("
    + b"o" * 32
    + b") /U ("
    + b"u" * 32
    + b") >>\nendobj\n"
    b"trailer\n<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [(a) (b)] >>\nstartxref\n0\n%%EOF\n"
)


def archive(**files: str | bytes) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", b"*** --- ***", "no words"),
        ("a.txt", b"One line and no more.", "only one paragraph here and no structure"),
        ("a.txt", bytes(range(256)) * 8, "is no text"),
        ("a.txt", b"word " * 500_000, "MB of text"),
        ("a.txt", b"A line.\n\n" * 600, "600 clauses; a policy has 500"),
        ("a.txt", b"A line.\n\n" * 3000, "3,000 paragraphs"),
        ("a.txt", b"One.\n\n" + b"word " * 5000, "At line 3 is a paragraph of 24,999 characters"),
        ("a.pdf", b"Not a PDF at all.", "is named .pdf but is no such file"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "This PDF is damaged"),
        ("a.pdf", two_columns()[:900], "PDF"),
        ("a.pdf", LOCKED, "locked with a password"),
        ("a.pdf", pdf([[Words(" ", 50, 50)]]), "only pictures of pages"),
        ("a.docx", b"Not a Word file.", "is named .docx but is no such file"),
        ("a.docx", word_with_tables()[:2000], "damaged"),
        ("a.docx", archive(content_xml="<x/>"), "is not a Word file"),
        ("a.docx", archive(word__document_xml="<x>"), "damaged or locked"),
        ("a.docx", archive(word__document_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "damaged or locked"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file, or one locked"),
        ("a.rtf", b"{\\rtf1 hello}", "rich text"),
        ("a.html", b"<div>" * 1000, "inside one another"),
        ("a.html", b"<script>var words</script>", "no words"),
    ],
)
def test_each_bad_file_is_named_for_what_it_is(name: str, raw: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(BadInput) as refusal:
        import_policy(tmp_path / name, tmp_path / "pack", today=TODAY)
    assert said in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir()] == [name]


_ENTITY = '<!DOCTYPE x [<!ENTITY a "' + "lol " * 1000 + '">]>'
_GROWS = (
    f'<?xml version="1.0" encoding="utf-16"?>{_ENTITY}<w:document xmlns:w="{W[1:-1]}"><w:body>&a;</w:body></w:document>'
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_makes_a_word_file_grow_is_refused_in_whatever_letters_it_is_written(
    encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(archive(word__document_xml=_GROWS.encode(encoding)))
    with pytest.raises(BadInput, match="damaged or locked"):
        import_policy(tmp_path / "a.docx", tmp_path / "pack", today=TODAY)


def test_many_parts_of_a_word_file_together_are_too_large_as_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("folkmoot.standards.importing.readers.word_xml._MOST_BYTES", 100_000)
    heads = {
        f"word__header{number}_xml": f'<w:hdr xmlns:w="{W[1:-1]}">{"<w:p/>" * 5000}</w:hdr>' for number in range(4)
    }
    body = f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p><w:r><w:t>Be kind.</w:t></w:r></w:p></w:body></w:document>'
    (tmp_path / "a.docx").write_bytes(archive(word__document_xml=body, **heads))
    with pytest.raises(BadInput, match="far too large for a policy"):
        import_policy(tmp_path / "a.docx", tmp_path / "pack", today=TODAY)


TOO_MUCH = "more time or memory to read than any policy should"


def test_a_file_that_takes_too_long_is_given_up_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST_SECONDS", 1)
    (tmp_path / "a.md").write_text("[" * 1_000_000)
    with pytest.raises(BadInput, match=TOO_MUCH):
        import_policy(tmp_path / "a.md", tmp_path / "pack", today=TODAY)
    assert not (tmp_path / "pack").exists()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is bounded where the system tells its use")
def test_what_takes_too_much_memory_is_given_up_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_MEMORY", 100_000_000)
    assert bounded.apart(lambda: len(bytes(10_000_000))) == 10_000_000
    with pytest.raises(BadInput, match=TOO_MUCH):
        bounded.apart(lambda: len(bytes(500_000_000)))


def test_one_long_paragraph_of_plain_text_is_read_line_by_line() -> None:
    began = process_time()
    found = read_bytes(b"and some words on a line that is nearly as full with a door-\n" * 30_000, "a.txt")
    assert process_time() - began < 10  # seconds of work; looking at all lines again for each took minutes
    assert "with a door-and some words on" in found.blocks[0].text


def test_what_is_no_file_and_what_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        import_policy(tmp_path, tmp_path / "pack", today=TODAY)
    with pytest.raises(BadInput, match="There is no file"):
        import_policy(tmp_path / "none.txt", tmp_path / "pack", today=TODAY)
    with (tmp_path / "giant.pdf").open("wb") as giant:
        giant.truncate(MOST_BYTES + 1)
    with pytest.raises(BadInput, match="larger than 30 MB"):
        import_policy(tmp_path / "giant.pdf", tmp_path / "pack", today=TODAY)


@pytest.mark.parametrize(("name", "raw"), [("a.pdf", two_columns()), ("a.docx", word_with_tables())])
def test_a_file_damaged_on_its_way_is_read_or_refused_with_a_sentence(name: str, raw: bytes) -> None:
    dice = random.Random(5)
    outcomes = set()
    for _ in range(60):
        damaged = bytearray(raw)
        for _ in range(dice.choice([1, 4, 40])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        said = refusal(lambda raw=bytes(damaged): drafted(raw, name))
        assert not said or said.endswith((".", "?"))
        outcomes.add("refused" if said else "read")
    assert outcomes == {"read", "refused"}


def drafted(raw: bytes, name: str) -> Draft:
    return draft_of(read_bytes(raw, name), name="x", lang="en-GB", since=None, today=TODAY)
