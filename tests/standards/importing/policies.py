"""Three policies of societies that do not exist, each in another shape, with what must become of them."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from .pdf_file import Words, column, pdf

NUMBERED = """\
FERNHILL ALLOTMENT SOCIETY
Online conduct policy

Adopted on 14 March 2023

Contents
1 Purpose .......... 1
2 Conduct .......... 1
3 Complaints ....... 2

1 Purpose

1.1 The Society runs a mailing list and two chat groups, so that plot holders
can share seeds, tools and well-founded worries about the weather.

1.2 This policy says how members treat one another there.

2 Conduct

2.1 Speech

2.1.1 Members may criticise the committee as strongly as they like.

2.1.2 Members must not:
(a) insult a member for who they are;
(b) publish where somebody lives
without that person's leave;
(c) pretend to be somebody else.

2.1.3 Sharing a post counts as saying it.

2.2 Photographs

2.2.1 Ask before you post a picture of another member's plot.

2.2.2 Never post pictures of children.

3 Complaints

3.1 Write to the secretary within 28 days.

3.2 Two members of the committee, who had no part in the matter, look at it.

Their answer comes in writing.

3.3 The general meeting hears an appeal.
"""

NUMBERED_TEXTS = {
    "P1": "The Society runs a mailing list and two chat groups, so that plot holders can share seeds, tools and "
    "well-founded worries about the weather.",
    "P2": "This policy says how members treat one another there.",
    "S1": "Members may criticise the committee as strongly as they like.",
    "S2": "Members must not:",
    "S3": "Sharing a post counts as saying it.",
    "SBa": "insult a member for who they are;",
    "SBb": "publish where somebody lives without that person's leave;",
    "SBc": "pretend to be somebody else.",
    "PH1": "Ask before you post a picture of another member's plot.",
    "PH2": "Never post pictures of children.",
    "C1": "Write to the secretary within 28 days.",
    "C2": "Two members of the committee, who had no part in the matter, look at it.\n\nTheir answer comes in writing.",
    "C3": "The general meeting hears an appeal.",
}


def word_with_tables() -> bytes:
    """Return a Word file: a title, headings, Word's own numbering, two tables, a header and a page number."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Orchard Street Tenants · confidential draft 7"
    document.add_heading("Tenants’ group: house rules online", 0)
    document.add_paragraph("In force from 1 September 2024.")
    document.add_heading("What we are here for", 1)
    document.add_paragraph("The group is for news about the building, and for grumbling about the lift.")
    document.add_heading("House rules", 1)
    document.add_paragraph("These rules hold in the group and on the notice board:")
    document.add_paragraph("Speak to people as you would on the stairs.", style="List Number")
    document.add_paragraph("Do not post who is behind with the rent.", style="List Number")
    paragraph = document.add_paragraph(style="List Number")
    paragraph.add_run("No adverts.").bold = True
    paragraph.add_run(" A lost cat is not an advert.")
    document.add_heading("What happens when", 1)
    _table(
        document,
        ("What somebody did", "What we do", "Who decides"),
        ("Posted an advert", "We take it down and say so.", "Any caretaker of the group"),
        ("Insulted a neighbour", "We take it down, and talk to both.", "Two caretakers"),
        ("Threatened a neighbour", "We take it down and help to tell the police.", "The tenants’ meeting"),
    )
    document.add_heading("Appeals", 1)
    _table(
        document,
        ("No.", "Step"),
        ("1", "Write to the tenants’ meeting within two weeks."),
        ("2", "The meeting hears you, and votes."),
    )
    raw = BytesIO()
    document.save(raw)
    return raw.getvalue()


WORD_TEXTS = {
    "T1": "In force from 1 September 2024.",
    "H1": "The group is for news about the building, and for grumbling about the lift.",
    "HR0": "These rules hold in the group and on the notice board:",
    "HR1": "Speak to people as you would on the stairs.",
    "HR2": "Do not post who is behind with the rent.",
    "HR3": "No adverts. A lost cat is not an advert.",
    "HA1": "What somebody did: Posted an advert\n\nWhat we do: We take it down and say so.\n\n"
    "Who decides: Any caretaker of the group",
    "HA2": "What somebody did: Insulted a neighbour\n\nWhat we do: We take it down, and talk to both.\n\n"
    "Who decides: Two caretakers",
    "HA3": "What somebody did: Threatened a neighbour\n\n"
    "What we do: We take it down and help to tell the police.\n\nWho decides: The tenants’ meeting",
    "A1": "Step: Write to the tenants’ meeting within two weeks.",
    "A2": "Step: The meeting hears you, and votes.",
}


def _table(document: WordDocument, *rows: tuple[str, ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def two_columns() -> bytes:
    """Return a PDF of two pages in two columns, with a title across, page heads, page numbers and divided words."""
    head = [Words("River Rowing Club · Social media policy", 60, 40, 8)]
    first = [
        Words("River Rowing Club: social media policy", 60, 80, 18, bold=True),
        *column(
            [
                "**1. Welcome",
                "",
                "We row on the river and talk about it",
                "online. Newcomers ask things that",
                "everybody else knows: answer them.",
                "",
                "Boasting about times is part of the",
                "sport. Mocking those of others is no",
                "part of it, on the water or off it.",
                "",
                "**2. What we ask",
                "",
                "• Give credit for pictures.",
                "• Say what you think of a decision of",
                "  the captain, not of the captain’s",
                "  face.",
            ],
            left=60,
            top=120,
        ),
        *column(
            [
                "• Never write where juniors train",
                "  or when they travel, since any-",
                "  body may read it.",
                "• Leave moderating to the modera-",
                "  tors.",
                "",
                "**3. Moderators",
                "",
                "a. Moderators hide what breaks these",
                "rules and tell whoever wrote it why.",
                "b. Whoever disagrees writes to the",
                "committee, which answers within a",
            ],
            left=320,
            top=120,
        ),
        Words("1", 297, 810, 8),
    ]
    second = [
        *column(["fortnight and whose word is final."], left=60, top=80),
        *column(["c. Moderators are named every spring."], left=60, top=100),
        Words("2", 297, 810, 8),
    ]
    return pdf([[*head, *first], [*head, *second]])


PDF_TEXTS = {
    "W1": "We row on the river and talk about it online. Newcomers ask things that everybody else knows: answer them.",
    "W2": "Boasting about times is part of the sport. Mocking those of others is no part of it, on the water or off "
    "it.",
    "A1": "Give credit for pictures.",
    "A2": "Say what you think of a decision of the captain, not of the captain’s face.",
    "A3": "Never write where juniors train or when they travel, since anybody may read it.",
    "A4": "Leave moderating to the moderators.",
    "Ma": "Moderators hide what breaks these rules and tell whoever wrote it why.",
    "Mb": "Whoever disagrees writes to the committee, which answers within a fortnight and whose word is final.",
    "Mc": "Moderators are named every spring.",
}
