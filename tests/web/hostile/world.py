"""One branch in which every field that people can write in holds what `say` makes of it, up to the last vote."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Grant, Paper
from folkmoot.members.models import Person
from folkmoot.notices.in_force import Template, shipped
from folkmoot.procedure.words import (
    Answer,
    Ballot,
    Clarity,
    MeasureKind,
    Outcome,
    Reopening,
    ReportKind,
    Role,
    Stage,
    Subject,
)
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.attach import Upload
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.clarify import Did, clarify
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.enter_post import SeenPost, enter_post
from folkmoot.steps.extend import extend
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.name_outsider import name_outsider
from folkmoot.steps.note_contact import note_contact
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.propose import propose
from folkmoot.steps.publish_letter import publish_letter
from folkmoot.steps.put_beside import put_beside
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.standing import declared
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.vote import Motion
from folkmoot.steps.write_note import write_note
from tests.cast import FOUNDED, Branch, Matter, a_decision, a_minute, confirm, day
from tests.web.hostile.founding import Say, a_post, founded, name_at_length, rules
from tests.web.hostile.strings import STRINGS
from tests.web.public.reading import encoded

LATEST = day(23)
LETTER = "appeal_stands"


@dataclass
class World:
    """A branch with its cases, and which of them shows what."""

    say: Say
    people: Branch
    cases: dict[str, Matter]

    @property
    def grants(self) -> list[Grant]:
        """Return a grant of each party to each case, those of authors first."""
        found = Grant.objects.within(self.people.org).order_by("-party", "pk")
        return sorted(found, key=lambda grant: grant.party != Role.AUTHOR)


def world(say: Say, folder: Path) -> World:
    """Return a branch whose cases have taken their course, the last of them on `LATEST`."""
    people = founded(say, rules(say, folder))
    cases = {
        "to the end": _to_the_end(say, people),
        "waits": _waits(say, people),
        "a pattern": _a_pattern(say, people),
        "looked at twice": _looked_at_twice(say, people),
        "left": _left(say, people),
        "copied down": _copied_down(say, people),
    }
    for matter in cases.values():
        _let_them_read(matter)
    if connection.vendor == "sqlite":  # it keeps more in a column than the column was made for
        name_at_length(say, people)
    return World(say, people, cases)


def _let_them_read(matter: Matter) -> None:
    """Let those whose rooms are walked say that they have no interest, where they have not been asked."""
    people = matter.branch
    for person in (people.operator, people.secretary, people.panel[0]):
        if person is not None and declared(matter.case, person) is None and matter.case.stage != Stage.FINAL:
            declare_interest(matter.pk, interested=False, by=person, at=LATEST)


def _reported(say: Say, people: Branch, post_: Post | None, key: str, **other: Any) -> Matter:
    facts: dict[str, Any] = {
        "kind": ReportKind.ATTACK,
        "words": say.words(f"report {key}"),
        "quoted": say.words(f"quoted {key}"),
        "name": say.all(f"reporter {key}"),
        "email": f"reporter@{people.org.slug}.example",
        "post": post_,
        **other,
    }
    receipt: Receipt = file_report(people.org, Report(**facts), at=day(0))
    return Matter(people, receipt)


def _free(matter: Matter, *people: Person, at: datetime) -> None:
    for person in people:
        declare_interest(matter.pk, interested=False, by=person, at=at)


def _decision(say: Say, key: str, outcome: Outcome = Outcome.REMOVE, **other: Any) -> Any:
    facts: dict[str, Any] = {"reasons": say.words(f"reasons {key}"), "passage": say.plain(STRINGS[40]), **other}
    if outcome == Outcome.NO_BREACH:
        facts |= {"passage": "", "codes": []}
    return a_decision(outcome, **facts)


def _to_the_end(say: Say, people: Branch) -> Matter:
    """Removed with a measure, appealed, before the Executive, minuted, objected to, final, opened again."""
    secretary, moderator = people.secretary, people.moderator
    assert secretary is not None
    assert moderator is not None
    note_contact(
        people.account, address=people.author.email, source=say.line("source", 300), by=people.operator, at=FOUNDED
    )
    claim_account(
        people.account, people.author, evidence=say.line("evidence", 300), by=people.administrator, at=FOUNDED
    )
    subject = say.line("letter subject", 150).replace("{", "(").replace("}", ")")
    letter = Template(subject, _letter_body(say))
    publish_letter(people.org, LETTER, letter, by=people.administrator, at=FOUNDED)
    matter = _reported(say, people, people.post, "1", affected=True, link=say.plain("https://e.example/'\"><b onx=1>"))
    picture = Upload(say.line("file name", 110), "image/png", encoded("PNG"))
    add_to_report(matter.pk, words=say.words("addition"), files=[picture], by=matter.receipt.grant, at=day(0, 11))
    write_note(matter.pk, words=say.words("note"), by=people.operator, at=day(1))
    _free(matter, people.operator, at=day(1))
    measures = [MeasureWanted(MeasureKind.SUSPEND, day(30).date())]
    decide(matter.pk, _decision(say, "decided", measures=measures), by=people.operator, at=day(1))
    tick_task(matter.tasks()[0].pk, done=False, note=say.words("by hand"), by=people.operator, at=day(1))
    lodge_appeal(matter.pk, words=say.words("appeal"), files=[picture], by=matter.grant, at=day(2))
    _free(matter, moderator, at=day(3))
    reconsider(matter.pk, answer=Answer.STANDS, reasons=say.words("answer"), by=moderator, at=day(3))
    put_to_executive(matter.pk, words=say.words("submission"), by=matter.grant, at=day(4))
    declare_interest(matter.pk, interested=True, nature=say.words("nature"), by=people.panel[3], at=day(4))
    convene(matter.pk, Meeting(day(7, 19), say.line("where", 300)), by=secretary, at=day(5))
    aside = [people.panel[3].pk]
    record_minute(matter.pk, a_minute(matter, aside=aside, reasons=say.words("minute 1")), by=secretary, at=day(8))
    object_to_minute(matter.pk, words=say.words("objection"), by=people.panel[0], at=day(8))
    stands = a_minute(matter, aside=aside, overturned=False, reasons=say.words("minute 2"))
    record_minute(matter.pk, stands, by=secretary, at=day(9))
    confirm(matter, *people.panel[:3], at=day(10))
    vote = Motion(dict.fromkeys((person.pk for person in people.panel[:3]), Ballot.FOR), aside)
    why = Why(Reopening.NEW_EVIDENCE, say.words("why opened again"))
    reopen(matter.pk, why, motion=vote, met_on=day(20).date(), by=secretary, at=day(20))
    return matter


def _letter_body(say: Say) -> str:
    own = say.line("letter body", 400).replace("{", "(").replace("}", ")")  # braces stand for names in a letter
    return f"{shipped(LETTER).body}\n{own}\n"


def _waits(say: Say, people: Branch) -> Matter:
    """Reported by a link and by a name only, answered later than usual; nobody has decided."""
    found = a_post(say, people.org, people.place, people.account, "post 2")
    matter = _reported(say, people, found, "2", link="javascript:alert(1)", email="")
    _free(matter, people.operator, at=day(1))
    extend(matter.pk, reason=say.words("longer"), by=people.operator, at=day(1))
    outside = name_outsider(
        people.org,
        name=say.line("outsider"),
        email=f"outsider@{people.org.slug}.example",
        rhythm="daily",
        by=people.administrator,
        at=day(1),
    )
    assert outside.pk
    return matter


def _a_pattern(say: Say, people: Branch) -> Matter:
    """Reported by somebody without an address is what an account keeps doing."""
    whose = say.line("whose", 200)
    return _reported(say, people, None, "3", subject=Subject.PATTERN, account=whose, platform=people.place, email="")


def _looked_at_twice(say: Say, people: Branch) -> Matter:
    """Unclear: the author is asked and answers, our own post lies beside it, and a decision is proposed."""
    moderator = people.moderator
    assert moderator is not None
    found = a_post(say, people.org, people.place, people.account, "post 3")
    matter = _reported(say, people, found, "4")
    _free(matter, people.operator, moderator, at=day(1))
    ask_clarification(matter.pk, question=say.words("question"), by=people.operator, at=day(1))
    clarify(matter.pk, did=Did.EXPLAINED, words=say.words("clarified"), by=matter.grant, at=day(2))
    ours = Account.objects.create(
        org=people.org,
        platform=people.place,
        handle=say.line("our handle", 200),
        name=say.line("our account", 200),
        first_seen_at=FOUNDED,
        official=True,
    )
    beside = a_post(say, people.org, people.place, ours, "post 4")
    put_beside(matter.pk, beside, by=people.operator, at=day(2))
    propose(matter.pk, _decision(say, "proposed", clarity=Clarity.UNCLEAR), by=people.operator, at=day(2))
    return matter


def _left(say: Say, people: Branch) -> Matter:
    """No breach; whoever reported asks for a review."""
    found = a_post(say, people.org, people.place, people.account, "post 5")
    matter = _reported(say, people, found, "5")
    _free(matter, people.operator, at=day(1))
    decide(matter.pk, _decision(say, "left", Outcome.NO_BREACH), by=people.operator, at=day(1))
    ask_for_review(matter.pk, words=say.words("review"), by=matter.receipt.grant, at=day(2))
    assert matter.papers(Paper.Kind.REVIEW_REQUEST)
    return matter


def _copied_down(say: Say, people: Branch) -> Matter:
    """Nobody knows the post: a moderator copies it down, and its author is warned."""
    matter = _reported(say, people, None, "6", link="https://e.example/p/6", platform=people.place)
    seen = SeenPost(people.place, say.words("copied"), handle=say.line("copied handle", 200), url="javascript:alert(1)")
    enter_post(matter.pk, seen, by=people.operator, at=day(1))
    _free(matter, people.operator, at=day(1))
    decide(matter.pk, _decision(say, "warned", Outcome.WARN), by=people.operator, at=day(1))
    return matter
