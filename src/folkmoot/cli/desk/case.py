"""One case in a terminal: where it stands, who owes what, what happened; people's words where a reason is given."""

from collections.abc import Iterator, Sequence
from typing import Any

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.cli.desk.acting import HERE, Interest, acting, opened
from folkmoot.cli.tables import table
from folkmoot.cli.words import answer, printable, say
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.going import note_reading
from folkmoot.web.desk.timeline import Moment, timeline
from folkmoot.web.look.moments import exact, time_left

REASON_AT_LEAST = 5  # characters: what goes on the log should say something
_LOGGED = 300  # characters
_OWED = {
    Owed.REPORT: "an answer to the report",
    Owed.EMERGENCY: "an answer to an emergency",
    Owed.LEGAL: "an answer to a legal complaint",
    Owed.APPEAL: "an answer to the appeal",
    Owed.SUBMISSION: "the Executive’s decision",
    Owed.REVIEW: "an answer to a reporter who is not satisfied",
    Owed.LOOK_AFTER: "a look at what was decided alone",
}


def show(org: str | None, email: str, number: int, *, interest: Interest, why: str) -> None:
    """Show the case, and note that it was read. Raises `BadInput` or `NotPermitted`."""
    if why and len(why.strip()) < REASON_AT_LEAST:
        raise BadInput("Please say why you read people’s words: it goes on the access log.", field="words")
    request = acting(org, email)
    case = opened(request, number, interest)
    note_reading(request, f"words, {HERE}: {why.strip()}"[:_LOGGED] if why else f"case, {HERE}", case)
    papers = casework.papers_of(case)
    found = timeline(case, papers)[::-1]
    said = _words(request, case, papers) if why else None
    for line in _lines(request, case, papers):
        say(printable(line))
    say("What happened:")
    table(("When", "What"), [(exact(one.at), one.title) for one in found])
    for heading, text in _headed(said or {}):
        say(printable(f"\n{heading}:\n{text}"))
    if not why:
        say("People’s words are not shown; --words WHY shows them.")
    answer(**_facts(case, papers), timeline=[_moment(one) for one in found], words=said)


def duties_of(case: Case) -> list[dict[str, Any]]:
    """Return who owes an answer by when, the next due first; those that nobody owes any more are left out."""
    owed = Duty.objects.filter(case=case, met_at=None).order_by("due_at", "pk")
    return [
        {
            "who": one.holder,
            "owes": one.owed,
            "since": one.since,
            "due_at": one.due_at,
            "late": one.lapsed_at is not None,
        }
        for one in owed
    ]


def _lines(request: OfficerRequest, case: Case, papers: Sequence[Paper]) -> Iterator[str]:
    yield f"Case {case.pk}: {words.kinds_said(casework.kinds(papers))}, {words.place(case)}."
    held = f" {case.claimed_by.name} has it." if case.claimed_by else ""
    yield f"{words.STAGES[Stage(case.stage)]}.{held} Opened {exact(case.opened_at)}; reports: {case.reports}."
    decision = casework.decision(case, papers)
    if decision:
        codes = ", ".join(clause.code for clause in decision.codes)
        counts = "" if case.standing else " It does not count any more."
        yield f"Decided by {decision.by}: {decision.outcome}{f' ({codes})' if codes else ''}.{counts}"
    for duty in duties_of(case):
        left = time_left(duty["due_at"], request.now, duty["since"]).words
        yield f"{_who(duty['who'])}: {_OWED[duty['owes']]}, by {exact(duty['due_at'])} ({left})."


def _who(role: str) -> str:
    said = str(words.ROLES[Role(role)])
    return said[:1].upper() + said[1:]


def _facts(case: Case, papers: Sequence[Paper]) -> dict[str, Any]:
    decision = casework.decision(case, papers)
    return {
        "case": case.pk,
        "seq": case.seq,
        "stage": case.stage,
        "lane": case.lane,
        "urgent": case.urgent,
        "subject": case.subject,
        "kinds": casework.kinds(papers),
        "place": case.platform.slug if case.platform else None,
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "held_by": case.claimed_by.email if case.claimed_by else None,
        "reports": case.reports,
        "outcome": case.outcome or None,
        "standing": case.standing,
        "codes": [clause.code for clause in decision.codes] if decision else [],
        "duties": duties_of(case),
    }


def _moment(one: Moment) -> dict[str, Any]:
    return {"at": one.at, "what": one.title}


def _words(request: OfficerRequest, case: Case, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return people's words, as far as the case's page shows them to this reader."""
    post, decision = evidence.kept(case, papers), casework.decision(case, papers)
    shows_people = decides(case, request)  # D9
    plea, case_put = casework.appeal(papers), casework.submission(papers)
    return {
        "post": {
            "text": post.text,
            "author": post.author,
            "at": post.at,
            "url": post.url,
            "since_changed_to": post.since,
        },
        "reports": [
            {
                "kind": one.kind,
                "at": one.at,
                "text": one.text,
                "quoted": one.quoted,
                "link": one.link,
                "affected": one.affected,
                "name": one.name if shows_people else None,
                "email": one.email if shows_people else None,
                "added": [more.text for more in one.additions],
            }
            for one in casework.reports(papers, names=shows_people)
        ],
        "decision": {"passage": decision.passage, "reasons": decision.reasons} if decision else None,
        "appeal": plea.text if plea else None,
        "submission": case_put.text if case_put else None,
    }


def _headed(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not said:
        return
    post = said["post"]
    author = f", by {post['author']}" if post["author"] else ""
    yield f"The post{author}", post["text"] or post["url"] or "(no copy)"
    for one in said["reports"]:
        by = ", ".join(filter(None, [one["name"], one["email"]]))
        told = [one["text"], one["quoted"] and f"They copied: {one['quoted']}", one["link"], *one["added"]]
        reporter = f" by {by}" if by else ""
        yield f"Reported{reporter}: {one['kind']}", "\n".join(filter(None, told)) or "(no words)"
    if said["decision"]:
        yield "The reasons", said["decision"]["reasons"]
    for heading, key in (("The appeal", "appeal"), ("To the Executive", "submission")):
        if said[key]:
            yield heading, said[key]
