"""The one clear next step of a case, for whoever is looking."""

from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import QuerySet, Value
from django.db.models import When as If
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.casefile.models import Case, Duty
from folkmoot.casefile.papers import decision_in_force
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Organisation
from folkmoot.members.prepared import prepared
from folkmoot.outbox.models import Task
from folkmoot.outbox.to_do import to_do
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import APPEALABLE, Role, Stage, Step
from folkmoot.steps.decide_as_panel import no_panel
from folkmoot.steps.make_final import confirmed, minute_of
from folkmoot.steps.reporting import anybody_reports, reports_since
from folkmoot.steps.reviews import open_reviews
from folkmoot.steps.standing import proposed_by
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.by_hand import WAITS
from folkmoot.web.desk.going import address, standing_in


@dataclass(frozen=True)
class Next:
    """What to do now. `link` is followed, `post` is sent; `quiet` is a second thing that can be done by POST."""

    title: str
    text: str = ""
    link: str = ""
    post: str = ""
    button: str = ""
    quiet: str = ""
    quiet_button: str = ""


def next_step(request: OfficerRequest, case: Case, *, hanging: int = 0) -> Next:
    """Return what this reader can do next, or what the case waits for.

    `hanging`: so many posts may have to go with this one, and nobody has said yet.
    """
    match Stage(case.stage):
        case Stage.RECEIVED:
            return _as_panel(request, case) or _to_answer(request, case, Step.DECIDE)
        case Stage.SECOND_LOOK:
            return _second_look(request, case)
        case Stage.DECIDED if owes_a_look(case) and not refusal(case, request, Step.LOOK_AFTERWARDS):
            return _look_afterwards(request, case)
        case Stage.APPEALED:
            return _to_answer(request, case, Step.RECONSIDER)
        case Stage.BEFORE_EXECUTIVE:
            return _before_executive(request, case)
        case Stage.MINUTED:
            return _minuted(request, case)
    return (
        _by_hand(request, case)
        or _of_reporters(request, case)
        or _what_goes_with_it(request, case, hanging)
        or _settling(case)
    )


def in_turn(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return tasks in the order in which they should be done: what everybody can see comes before letters."""
    letters_last = When(If(op=Task.Op.HAND_OVER_NOTICE, then=Value(1)), default=Value(0))
    return tasks.order_by(letters_last, "made_at", "pk")


def refusal(case: Case, request: OfficerRequest, step: Step) -> str:
    """Return why this reader may not take `step` now, as a sentence; empty when they may."""
    try:
        standing_in(case, request).capacity(step)
    except NotPermitted as error:
        return str(error)
    return ""


def _to_answer(request: OfficerRequest, case: Case, step: Step) -> Next:
    deciding = step is Step.DECIDE
    if standing_in(case, request).by_necessity(step):
        return Next(
            _("Nobody else is free to answer"),
            _("You act by necessity: you write down why, and the parties are told that the rule was used."),
            link=address(request, "decision" if deciding else "reconsideration", case=case.pk),
            button=_("Decide") if deciding else _("Answer the appeal"),
        )
    why = refusal(case, request, step)
    if why:
        return Next(_("A moderator decides") if deciding else _("A moderator looks at the appeal"), why)
    page = address(request, "decision" if deciding else "reconsideration", case=case.pk)
    back = address(request, "release", case=case.pk)
    if case.claimed_by_id == request.person.pk:
        return Next(
            _("Decide") if deciding else _("Answer the appeal"),
            _("You have this case.") if deciding else _("You have this case. Does the decision stand?"),
            link=page,
            button=_("Decide") if deciding else _("Answer the appeal"),
            quiet=back,
            quiet_button=_("Put it back in the queue"),
        )
    if case.claimed_by:
        return Next(
            _("%(name)s has this case") % {"name": case.claimed_by.name},
            _("If they cannot answer in time, put it back in the queue and take it."),
            quiet=back,
            quiet_button=_("Put it back in the queue"),
        )
    withdrawn = deciding and not anybody_reports(case)
    return Next(
        _("Take this case"),
        _("The report was withdrawn, so nobody waits for an answer. What breaks the rules still does: please decide.")
        if withdrawn
        else _("Then the others see that you have it. The time to answer runs on."),
        post=address(request, "claim", case=case.pk),
        button=_("Take it"),
    )


def _second_look(request: OfficerRequest, case: Case) -> Next:
    if proposed_by(case, request.person):
        return Next(
            _("Somebody else looks first"),
            _("You proposed this. Whoever is free has been asked; nothing happens to the post before."),
            link=address(request, "second_look", case=case.pk),
            button=_("See it again, or take it back"),
        )
    if standing_in(case, request).by_necessity(Step.DECLINE_PROPOSAL):
        return Next(
            _("Nobody else is left to look at it"),
            _("You may send it back by necessity, with the reason; then it can be decided."),
            link=address(request, "second_look", case=case.pk),
            button=_("See what is proposed"),
        )
    why = refusal(case, request, Step.DECLINE_PROPOSAL)
    if why:
        return Next(_("A second look is awaited"), why)
    return Next(
        _("Take a second look"),
        _("Somebody found this unclear and would like another pair of eyes before anything happens."),
        link=address(request, "second_look", case=case.pk),
        button=_("Look at what is proposed"),
    )


def _look_afterwards(request: OfficerRequest, case: Case) -> Next:
    return Next(
        _("Look at it afterwards"),
        _("One moderator decided this alone and found it unclear. If you find otherwise, what was done is undone."),
        link=address(request, "afterwards", case=case.pk),
        button=_("Look at it"),
    )


def owes_a_look(case: Case) -> bool:
    """Say whether somebody still has to look afterwards at what was decided alone (Mc)."""
    return bool(_looks(case))


def _as_panel(request: OfficerRequest, case: Case) -> Next | None:
    if not request.offices & {Role.SECRETARY, Role.EXECUTIVE} or no_panel(case, at=request.now):
        return None
    return Next(
        _("The Executive decides afresh"),
        _("A review sent it back, and no moderator is left who had no part in it. So members decide, by a vote."),
        link=f"/o/{request.org.slug}/panel/cases/{case.pk}/decision/",
        button=_("Write the decision down"),
    )


def _of_reporters(request: OfficerRequest, case: Case) -> Next | None:
    """Return what somebody who reported waits for, once the case is decided (Sh)."""
    asked = open_reviews(case)
    if asked and request.offices & {Role.SECRETARY, Role.EXECUTIVE}:
        return Next(
            _("A reporter is not satisfied"),
            _("Their words are for the Secretary and the Executive, as they are."),
            link=f"/o/{request.org.slug}/panel/cases/{case.pk}/reviews/{asked[0].number}/",
            button=_("Read what they write"),
        )
    if asked:
        return Next(
            _("A reporter is not satisfied"), _("The Secretary and the Executive answer. Nothing is final until then.")
        )
    later = reports_since(case) if case.stage != Stage.FINAL else []
    if not later or refusal(case, request, Step.ANSWER_REPORT):
        return None
    return Next(
        _("It was reported again"),
        _("Answer whoever reported it since. If they say something new, take the case up again instead."),
        link=address(request, "answer", case=case.pk, report=later[0].number),
        button=_("Answer them"),
    )


def _what_goes_with_it(request: OfficerRequest, case: Case, hanging: int) -> Next | None:
    if not hanging:
        return None
    said = ngettext("%(n)d post hangs together with this one", "%(n)d posts hang together with this one", hanging) % {
        "n": hanging
    }
    return Next(
        said,
        _("It repeats words, quotes or refers to what was taken down. Say of each whether it goes too."),
        link=address(request, "with_it", case=case.pk),
        button=_("See what goes with it"),
    )


def _before_executive(request: OfficerRequest, case: Case) -> Next:
    text = _("The author has put the case to the Executive in writing. Its decision is final.")
    if not request.offices & {Role.SECRETARY, Role.EXECUTIVE}:
        return Next(_("The Executive decides"), text)
    return Next(
        _("Bring it before the Executive"),
        text,
        link=f"/o/{request.org.slug}/panel/cases/{case.pk}/",
        button=_("Open the bundle"),
    )


def _minuted(request: OfficerRequest, case: Case) -> Next:
    minute = minute_of(case)
    sat = minute is not None and str(request.person.pk) in minute.facts["votes"]
    if minute and sat and request.person.pk not in confirmed(minute):
        return Next(
            _("Confirm the minute"),
            _("You are recorded as having sat. Please read the record, then confirm it or object."),
            link=f"/o/{request.org.slug}/panel/cases/{case.pk}/confirmation/",
            button=_("Read the minute"),
        )
    return Next(
        _("The minute is being confirmed"),
        _("It is final when all who sat have confirmed, or the time to object ends."),
    )


def _by_hand(request: OfficerRequest, case: Case) -> Next | None:
    task = next(iter(_asked(case.org, case)), None)
    if task is None:
        return None
    return Next(
        _("Now by hand"),
        str(WAITS[Task.Op(task.op)]),
        link=address(request, "task", task=task.pk),
        button=_("Open the task"),
    )


def _settling(case: Case) -> Next:
    if case.stage == Stage.FINAL:
        return Next(_("This case is final"), _("The decision cannot be changed any more. It stays on the record."))
    if not case.standing:
        return Next(_("Overturned"), _("There is nothing left to do. The case becomes final by itself."))
    if case.stage == Stage.DECIDED:
        decision = decision_in_force(case)
        if decision and decision.facts["outcome"] not in APPEALABLE:
            return Next(_("Nothing to do now"), _("Nothing is held against a post. It becomes final by itself."))
        return Next(
            _("Nothing to do now"), _("The author may appeal. If they do not in time, it becomes final by itself.")
        )
    return Next(
        _("Nothing to do now"),
        _("The author may go to the Executive. If they do not in time, it becomes final by itself."),
    )


@prepared
def _looks(case: Case) -> QuerySet[Duty, int]:
    return Duty.objects.filter(case=case, owed=Owed.LOOK_AFTER, met_at=None).values_list("pk", flat=True)[:1]


@prepared
def _asked(org: Organisation, case: Case) -> QuerySet[Task]:
    return in_turn(to_do(org).filter(case=case))[:1]
