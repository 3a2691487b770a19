"""What Word keeps apart from the words: numbers, changes, notes, boxes, contents."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from folkmoot.standards import Pack

from .conftest import Import

LEVELS = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")]


def saved(document: WordDocument) -> bytes:
    raw = BytesIO()
    document.save(raw)
    return raw.getvalue()


def xml(form: str, **values: object) -> Any:
    return parse_xml(form.format(ns=nsdecls("w"), **values))


@pytest.fixture
def document() -> WordDocument:
    """Return a document that can number its paragraphs 1., 1.1, (a), as lawyers do."""
    made = Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(LEVELS)
    )
    numbering = made.part.numbering_part.element
    numbering.insert(0, xml(f'<w:abstractNum {{ns}} w:abstractNumId="99">{levels}</w:abstractNum>'))
    numbering.append(xml('<w:num {ns} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    return made


def point(document: WordDocument, text: str, depth: int, *, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    look = '<w:numPr {ns}><w:ilvl w:val="{depth}"/><w:numId w:val="99"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(xml(look, depth=depth))
    return paragraph


def texts(pack: Pack) -> dict[str, str]:
    return {clause.code: clause.text for clause in pack.clauses}


def test_numbers_that_word_counts_itself_become_codes(document: WordDocument, imported: Import) -> None:
    point(document, "Purpose", 0, bold=True)
    point(document, "We talk.", 1)
    point(document, "We listen.", 1)
    point(document, "Conduct", 0, bold=True)
    point(document, "Members must not:", 1)
    point(document, "shout;", 2)
    point(document, "whisper.", 2)
    point(document, "Members may sing.", 1)
    made = imported(saved(document), "policy.docx")
    assert texts(made.draft.pack) == {
        "P1": "We talk.",
        "P2": "We listen.",
        "C1": "Members must not:",
        "C2": "Members may sing.",
        "CAa": "shout;",
        "CAb": "whisper.",
    }
    assert {one.code: one.printed for one in made.draft.origins}["C2"] == "2.2"


def test_tracked_changes_are_taken_as_accepted_and_said(document: WordDocument, imported: Import) -> None:
    document.add_paragraph("Nobody shouts.")
    changed = document.add_paragraph("Members may sing")
    changed._p.append(
        xml('<w:ins {ns} w:id="1" w:author="a"><w:r><w:t xml:space="preserve"> softly.</w:t></w:r></w:ins>')
    )
    changed._p.append(xml('<w:del {ns} w:id="2" w:author="a"><w:r><w:delText>loudly</w:delText></w:r></w:del>'))
    made = imported(saved(document), "policy.docx")
    assert made.draft.pack.clauses[1].text == "Members may sing softly."
    assert [one.text for one in made.source.left_out] == ["loudly"]
    assert "tracked changes" in made.source.doubts[0].what


def test_boxes_fields_and_controls_are_read_and_contents_left_out(document: WordDocument, imported: Import) -> None:
    body = document.element.body
    inside = "<w:sdtContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:sdtContent>"
    control = f"<w:sdt {{ns}}><w:sdtPr>{{look}}</w:sdtPr>{inside}</w:sdt>"
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body.insert(0, xml(control, look=contents, text="Rules 1"))
    body.insert(1, xml(control, look="", text="Filled in by hand."))
    framed = document.add_paragraph("Beside a box.")
    box = "<w:r {ns}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    framed._p.append(xml(box))
    table = document.add_table(rows=1, cols=1)  # a frame around text
    table.rows[0].cells[0].text = "In a frame."
    made = imported(saved(document), "policy.docx")
    assert list(texts(made.draft.pack).values()) == ["Filled in by hand.", "Beside a box.", "In a box.", "In a frame."]
    assert [one.text for one in made.source.left_out] == ["Rules 1"]


def test_hidden_words_are_left_out_and_said(document: WordDocument, imported: Import) -> None:
    document.add_paragraph("Seen by all.")
    document.add_paragraph("And this.").add_run(" Not this.").font.hidden = True
    made = imported(saved(document), "policy.docx")
    assert list(texts(made.draft.pack).values()) == ["Seen by all.", "And this."]
    assert made.source.left_out[0].text == "Not this."


def test_a_footnote_stays_with_its_paragraph_and_comments_are_left_out(
    document: WordDocument, imported: Import
) -> None:
    document.add_paragraph("Be kind.")
    noted = document.add_paragraph("Share no names")
    noted._p.append(xml('<w:r {ns}><w:footnoteReference w:id="2"/></w:r>'))
    noted.add_run(".")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Nor addresses.</w:t></w:r></w:p></w:footnote>'
    comment = '<w:comment w:id="0"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>'
    raw = BytesIO(saved(document))
    with zipfile.ZipFile(raw, "a") as archive:
        archive.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>")
        archive.writestr("word/comments.xml", f"<w:comments {nsdecls('w')}>{comment}</w:comments>")
    made = imported(raw.getvalue(), "policy.docx")
    assert list(texts(made.draft.pack).values()) == ["Be kind.", "Share no names.\n\nNote: Nor addresses."]
    assert [one.text for one in made.source.left_out] == ["Really?"]
