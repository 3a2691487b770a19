"""A branch with fifty moderators on a server's own data: filled before the rush, and counted after it.

    python -m tests.crowd.hall fill     prints the cases, and the keys of everybody's sessions
    python -m tests.crowd.hall count    prints what each case holds, and what the audit finds

It runs as a process of its own with the server's environment. Everything is as old as it needs to be today.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.test import Client  # noqa: E402  its models load only now

from folkmoot.archive.models import Account, Platform, Post  # noqa: E402
from folkmoot.casefile.models import Case, Event, Grant, Paper  # noqa: E402
from folkmoot.casefile.record import SYSTEM  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.members.models import Organisation, Person  # noqa: E402
from folkmoot.outbox.models import Task  # noqa: E402
from folkmoot.procedure.words import Clarity, ReportKind, Role  # noqa: E402
from folkmoot.steps.add_organisation import add_organisation  # noqa: E402
from folkmoot.steps.add_place import add_place  # noqa: E402
from folkmoot.steps.decide import decide  # noqa: E402
from folkmoot.steps.declare_interest import declare_interest  # noqa: E402
from folkmoot.steps.file_report import Report, file_report  # noqa: E402
from folkmoot.steps.invite_person import invite_person  # noqa: E402
from folkmoot.steps.propose import propose  # noqa: E402
from tests import cast  # noqa: E402
from tests.crowd.crowd import DECIDERS  # noqa: E402
from tests.web.browsers import officer, party  # noqa: E402

NOW = datetime.now(UTC)
FOUNDED = NOW - timedelta(days=30)


def fill() -> dict[str, Any]:
    """Found the branch; let one case be reported, one wait for a second look, and one be decided."""
    bring_up_to_date()
    org = add_organisation(name="Crowded branch", pack=cast.RULES, by=SYSTEM, at=FOUNDED)
    place = add_place(
        org, name="Harbour page", kind=Platform.Kind.FACEBOOK_PAGE, is_public=True, url="", by=SYSTEM, at=FOUNDED
    )
    _invite(org, "Sol Verity", Role.SECRETARY)
    one_more = _invite(org, "Una Ware", Role.MODERATOR)
    deciders = [_invite(org, f"Decider Number {number}", Role.MODERATOR) for number in range(1, DECIDERS + 1)]
    reported, proposed, decided = (_reported(org, place, str(number)) for number in range(3))
    for case in (reported, proposed):
        for person in deciders:
            declare_interest(case.pk, interested=False, by=person, at=NOW)
    for case in (proposed, decided):
        declare_interest(case.pk, interested=False, by=one_more, at=NOW)
    propose(proposed.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=one_more, at=NOW)
    decide(decided.pk, cast.a_decision(), by=one_more, at=NOW)
    author = Grant.objects.get(case=decided, party=Role.AUTHOR)
    return {
        "org": org.slug,
        "reported": reported.pk,
        "proposed": proposed.pk,
        "decided": decided.pk,
        "grant": author.pk,
        "deciders": {person.name: _key(officer(person)) for person in deciders},
        "windows": [_key(party(author)), _key(party(author))],
    }


def count() -> dict[str, Any]:
    """Count what lies in each case, and verify all of the record."""
    org = Organisation.objects.get()
    return {"cases": {case.pk: _held_by(case) for case in Case.objects.all()}, "audit": cast.lay_open(org)}


def _held_by(case: Case) -> dict[str, Any]:
    letters = [paper.facts["letter"] for paper in case.papers.filter(kind=Paper.Kind.NOTICE)]
    steps = list(Event.objects.filter(case=case).values_list("step", flat=True))
    return {
        "stage": case.stage,
        "decisions": case.papers.filter(kind=Paper.Kind.DECISION).count(),
        "by": list(map(_name, case.papers.filter(kind=Paper.Kind.DECISION))),
        "appeals": case.papers.filter(kind=Paper.Kind.APPEAL).count(),
        "statements": letters.count("statement_of_reasons"),
        "grants": case.grants.filter(party=Role.AUTHOR).count(),
        "removals": case.tasks.filter(op=Task.Op.REMOVE).count(),
        "owed": case.duties.filter(met_at=None).count(),
        "decided": steps.count("decide") + steps.count("confirm_proposal"),
    }


def _name(paper: Paper) -> str:
    return Person.objects.get(pk=paper.by.removeprefix("person:")).name


def _invite(org: Organisation, name: str, role: Role) -> Person:
    email = f"{name.lower().replace(' ', '.')}@{org.slug}.example"
    return invite_person(org, name=name, email=email, roles={role}, by=SYSTEM, at=FOUNDED).person


def _reported(org: Organisation, place: Platform, number: str) -> Case:
    account = Account.objects.create(
        org=org, platform=place, handle=f"writer.{number}", name="Rowan Pike", first_seen_at=FOUNDED
    )
    post = cast.post(org, place, native_id=number, account=account, posted_at=NOW - timedelta(days=1))
    assert post.state == Post.State.PUBLISHED
    report = Report(kind=ReportKind.ATTACK, words=cast.REPORT_WORDS, post=post, email=cast.REPORTER_ADDRESS)
    return file_report(org, report, at=NOW).case


def _key(browser: Client) -> str:
    return browser.cookies["sessionid"].value


if __name__ == "__main__":
    print(json.dumps({"fill": fill, "count": count}[sys.argv[1]]()))
