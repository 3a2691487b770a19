"""The audit finds papers, texts and files that are not those that were filed."""

import pytest

from folkmoot.casefile.models import Attachment, Paper, PaperText, Redaction
from folkmoot.casefile.record import SYSTEM, advance, locked, open_case
from folkmoot.kernel.canonical import canonical_bytes, digest, new_salt
from folkmoot.procedure.words import Lane, Role, Step
from folkmoot.steps.attach import Upload
from tests import cast
from tests.tampering import findings, guards_down


@pytest.mark.parametrize("kind", [Paper.Kind.DECISION, Paper.Kind.REPORT, Paper.Kind.MINUTE, Paper.Kind.NOTICE])
def test_an_edited_text_of_a_paper_is_found(matter, kind):
    text = matter.papers(kind)[0].texts.order_by("field").first()
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(text=f"{text.text} And more.")
    assert findings(matter, f"the {text.field} of paper {text.paper.number} was edited") == [
        f"case {matter.pk}: the {text.field} of paper {text.paper.number} was edited"
    ]


def test_a_text_edited_together_with_its_salt_is_found(matter):
    text = matter.papers(Paper.Kind.DECISION)[0].texts.get(field="reasons")
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(text="Other reasons.", salt=new_salt())
    findings(matter, "the reasons of paper")


def test_the_edited_body_of_a_paper_is_found(matter):
    paper = matter.papers(Paper.Kind.MINUTE)[0]
    body = bytes(paper.body).replace(b'"answer":"overturned"', b'"answer":"stands"')
    assert body != bytes(paper.body)
    with guards_down():
        Paper.objects.filter(pk=paper.pk).update(body=body)
    findings(matter, f"paper {paper.number} was edited")
    with guards_down():
        Paper.objects.filter(pk=paper.pk).update(hash=digest(body))
    findings(matter, f"tells of paper {paper.number}, which is gone or another")


@pytest.mark.parametrize(
    "change", [{"by": "person:1"}, {"kind": "reconsideration"}, {"at": cast.day(30)}, {"answers": None}]
)
def test_a_paper_whose_columns_were_changed_is_found(matter, change):
    paper = matter.papers(Paper.Kind.MINUTE)[0]
    with guards_down():
        Paper.objects.filter(pk=paper.pk).update(**change)
    findings(matter, f"paper {paper.number} says something else in its columns")


def test_a_paper_put_in_without_an_event_is_found(matter):
    case = matter.case
    number = case.papers.count() + 1
    body = canonical_bytes(
        {"case": case.uid, "number": number, "kind": "decision", "by": "person:1", "at": "", "facts": {}, "texts": {}}
    )
    Paper.objects.create(
        org=case.org,
        case=case,
        number=number,
        kind="decision",
        by="person:1",
        at=cast.day(1),
        body=body,
        hash=digest(body),
    )
    findings(matter, f"paper {number} was put in without an event")


def test_a_text_that_is_gone_or_was_added_is_found(matter):
    text = matter.papers(Paper.Kind.REPORT)[0].texts.get(field="words")
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(field="other")
    findings(matter, "has lost or gained a text")


def test_a_text_blanked_without_a_redaction_is_found(matter):
    text = matter.papers(Paper.Kind.REPORT)[0].texts.get(field="name")
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(text="", salt=b"")
    findings(matter, "the name of paper 1 was edited")


def test_a_text_blanked_with_a_redaction_that_only_the_database_knows_is_found(matter):
    # The guards let this pass, so whoever has the database in their hands can do it without taking them down.
    text = matter.papers(Paper.Kind.APPEAL)[0].texts.get(field="words")
    Redaction.objects.create(org=text.org, papertext=text, reason="asked for", by="person:1", at=cast.day(9))
    PaperText.objects.filter(pk=text.pk).update(text="", salt=b"")
    findings(matter, f"the words of paper {text.paper.number} was erased, and no event tells of it")


def test_a_text_blanked_with_its_redaction_and_an_event_is_as_it_should_be(matter):
    text = matter.papers(Paper.Kind.REPORT)[0].texts.get(field="name")
    Redaction.objects.create(org=text.org, papertext=text, reason="asked for", by="person:1", at=cast.day(9))
    PaperText.objects.filter(pk=text.pk).update(text="", salt=b"")
    told = {"redacted": [[text.paper.number, text.field]]}
    advance(locked(matter.pk), Step.RECORD_DELIVERY, by=SYSTEM, role=Role.SYSTEM, at=cast.day(9), facts=told)
    assert cast.lay_open(matter.branch.org) == []


def test_a_case_that_nothing_tells_of_is_found(matter):
    case = matter.case
    put_in = open_case(
        case.org,
        at=cast.day(9),
        platform=None,
        post=None,
        link="",
        lane=Lane.ORDINARY,
        policy=case.policy,
        procedure_edition=case.procedure_edition,
    )
    [line] = cast.lay_open(case.org)
    assert line.startswith(f"case {put_in.pk}: it has no event")


@pytest.fixture
def with_file(db):
    """Return a reported case whose report came with a picture."""
    return cast.reported(files=[Upload("screen.png", "image/png", b"the picture")])


def test_a_changed_file_is_found(with_file):
    with guards_down():
        Attachment.objects.update(content=b"another picture", hash=digest(b"another picture"))
    findings(with_file, "the files of paper 1 are not those that came with it")


def test_a_file_that_is_gone_is_found(with_file):
    with guards_down():
        Attachment.objects.all().delete()
    findings(with_file, "the files of paper 1 are not those that came with it")


def test_a_file_that_was_added_is_found(with_file):
    paper = with_file.papers(Paper.Kind.REPORT)[0]
    Attachment.objects.create(
        org=paper.org, paper=paper, number=2, name="b", media_type="image/png", content=b"b", hash=digest(b"b")
    )
    findings(with_file, "the files of paper 1 are not those that came with it")
