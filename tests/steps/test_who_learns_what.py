"""Nobody learns from a letter who reported, who decided, or who stood aside for what (D9, D42)."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.members.models import Person
from folkmoot.procedure.words import Answer, Outcome, ReportKind, Role
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from tests import cast

ADDITION = "I saw it from my window in Quay Street."
LINK_OF_REPORTER = "https://example.org/posts/100?shared_by=wren"
INTEREST = "She is my cousin."
OBJECTION = "I was not asked."


def everything_happens(**report):
    """Return a matter in which every letter that exists is written, with words of everybody in it."""
    people = cast.branch()
    matter = cast.reported(people, link=LINK_OF_REPORTER, quoted="My own remark: dreadful.", **report)
    add_to_report(matter.pk, words=ADDITION, by=matter.receipt.grant, at=cast.day(0, hour=11))
    declare_interest(matter.pk, interested=True, nature=INTEREST, by=people.panel[3], at=cast.day(0, hour=12))
    late = cast.day(6)
    hand_over(matter.receipt.paper.duties.get().pk, at=late)
    cast.free(matter, people.operator, people.moderator, at=late)
    decide(matter.pk, cast.a_decision(), by=people.operator, at=late)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=late)
    reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=people.moderator, at=late)
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=late)
    aside = [people.panel[3].pk]
    record_minute(matter.pk, cast.a_minute(matter, aside=aside), by=people.secretary, at=cast.day(7))
    object_to_minute(matter.pk, words=OBJECTION, by=people.panel[0], at=cast.day(7))
    record_minute(matter.pk, cast.a_minute(matter, aside=aside), by=people.secretary, at=cast.day(7))
    cast.confirm(matter, *people.panel[:3])
    return matter


def letters_to(matter, audience):
    notices = [paper for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["audience"] == audience]
    return {paper.facts["letter"]: f"{paper.words['subject']}\n{paper.words['body']}" for paper in notices}


def test_the_author_s_letters_never_tell_who_reported():
    matter = everything_happens()
    letters = letters_to(matter, Role.AUTHOR)
    assert set(letters) == {
        "statement_of_reasons",
        "appeal_received",
        "appeal_answered",
        "submission_received",
        "executive_decided",
    }
    secrets = [
        cast.REPORTER_NAME,
        "Wren",
        "shared_by",
        cast.REPORTER_ADDRESS,
        cast.REPORT_WORDS,
        "My own remark",
        ADDITION,
        matter.receipt.code,
        matter.receipt.grant.nonce,
        INTEREST,
        OBJECTION,
    ]
    for kind, text in letters.items():
        for secret in secrets:
            assert secret not in text, (kind, secret)


def test_no_party_s_letter_names_an_officer():
    matter = everything_happens()
    names = list(Person.objects.exclude(pk=matter.branch.author.pk).values_list("name", flat=True))
    letters = {**letters_to(matter, Role.AUTHOR), **letters_to(matter, Role.REPORTER)}
    for kind, text in letters.items():
        for name in names:
            assert name not in text.replace(cast.WORDS, ""), (kind, name)


def test_the_author_learns_how_many_stood_aside_and_not_who_or_why():
    text = letters_to(everything_happens(), Role.AUTHOR)["executive_decided"]
    assert "3 members of the Executive sat. 1 stood aside." in text


def test_an_address_that_nobody_has_proven_gets_no_word_of_anybody():
    matter = everything_happens()
    letters = letters_to(matter, Role.REPORTER)
    assert set(letters) == {"report_received", "reporter_news"}
    for kind, text in letters.items():
        for secret in (cast.WORDS, "crook", "Rowan", "Harbour page", cast.REASONS, matter.receipt.code, "removed"):
            assert secret not in text, (kind, secret)


def test_officers_letters_quote_nobody():
    matter = everything_happens()
    for role in (Role.SECRETARY, Role.EXECUTIVE):
        for kind, text in letters_to(matter, role).items():
            for secret in (cast.WORDS, cast.REPORTER_NAME, "Rowan", cast.SUBMISSION, INTEREST, OBJECTION):
                assert secret not in text, (kind, secret)


def test_every_notice_that_may_be_mailed_is_promised_or_is_a_task():
    matter = everything_happens()
    promised = {letter.paper_id for letter in matter.letters()}
    notices = {paper.pk for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["mailed"]}
    assert promised == notices


def test_every_letter_leaves_a_minute_after_its_step():
    for letter in everything_happens().letters():
        assert letter.next_at - letter.made_at == timedelta(seconds=60)


@pytest.mark.parametrize("outcome", [Outcome.REMOVE, Outcome.WARN])
def test_a_report_by_somebody_known_here_stays_undisclosed_too(outcome):
    people = cast.branch()
    matter = cast.decided(people, outcome=outcome)
    file_report(people.org, cast.a_report(people, email=""), by=people.target, at=cast.day(1))
    text = letters_to(matter, Role.AUTHOR)["statement_of_reasons"]
    assert people.target.name not in text
    assert "Who reported it is not disclosed" in text


def test_the_author_s_letter_carries_nothing_by_which_a_place_knows_who_copied_the_link():
    people = cast.branch()
    link = "https://example.org/share/p/17?from=wren.lacey#wren"
    told = Report(kind=ReportKind.ATTACK, words="It is not how we talk.", link=link)
    matter = cast.Matter(people, file_report(people.org, told, at=cast.day(0)))
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))
    [letter] = [paper for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["audience"] == Role.AUTHOR]
    assert "https://example.org/share/p/17" in letter.words["body"]
    assert "wren" not in letter.words["body"]
