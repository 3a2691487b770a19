"""Who may act on a case, and in what capacity. Nobody acts on a matter of their own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.archive.models import AccountClaim, Contact
from folkmoot.casefile.models import Case, Duty, Event, Paper, PaperText
from folkmoot.casefile.papers import newest_in_force, of_case
from folkmoot.casefile.record import label, procedure_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import Lane, Role, Stage, Step
from folkmoot.steps.many import DECIDING, Standings
from folkmoot.steps.reviews import accuses, is_accused, open_reviews, sent_back

DECIDERS = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)
_FRESH = (Step.DECIDE, Step.PROPOSE, Step.CONFIRM_PROPOSAL)  # Sh: after a review, by who had no part in it
_WAITED_FOR = (Step.DECIDE, Step.DECLINE_PROPOSAL, Step.RECONSIDER)
_ANSWERING = (*DECIDING, Step.CLAIM, Step.EXTEND, Step.ANSWER_REPORT, Step.LOOK_AGAIN)


def involvement(case: Case, person: Person) -> str:
    """Return why `person` is a party to the case or has said so, as a sentence; empty when they are not."""
    return _involvement(case, person, _own_papers(case, person))


def _involvement(case: Case, person: Person, own: Sequence[Paper]) -> str:
    if wrote_it(case, person):
        return "The post was written from an account of yours, so somebody else has to act."
    # Ma: to notice something is no interest and bars nobody.
    if any(one.kind == Paper.Kind.REPORT and not one.facts.get("noticed") for one in own):
        return "You reported this, so somebody else has to act."
    if address_typed(case, person) and not disowned(case, person):
        return "The report came from your address, so somebody else has to act."
    if _declared(own) is True:
        return "You have said that you have an interest in this matter, so somebody else has to act."
    return ""


def wrote_it(case: Case, person: Person) -> bool:
    """Say whether the account is known to be the person's: by a claim, or by its newest e-mail address.

    A claim is firm. An address was typed by some moderator, so the person can say that the account is not theirs.
    """
    return claimed(case, person) or (address_written(case, person) and not disowned_account(case, person))


def claimed(case: Case, person: Person) -> bool:
    """Say whether it is written down that the account is the person's."""
    return bool(_claims(case.org_id, person, accounts(case)))


def address_written(case: Case, person: Person) -> bool:
    """Say whether the newest address written down for the author is the person's: older ones were put right."""
    for account in accounts(case):
        newest = _newest_address(case.org_id, account)
        if newest and newest[0].casefold() == person.email.casefold():
            return True
    return False


def accounts(case: Case) -> set[int]:
    """Return the numbers of the accounts that the case is about: who wrote the post, whose pattern it is."""
    of_post = case.post.account_id if case.post else None
    return {number for number in (of_post, case.account_id) if number is not None}


def disowned_account(case: Case, person: Person) -> bool:
    """Say whether the person has said on the record that the author's account is not theirs."""
    said = case.papers.filter(kind=Paper.Kind.INTEREST, by=label(person))
    return any(paper.facts.get("disowned_account") for paper in said)


def disowned_addresses(case: Case) -> set[str]:
    """Return the addresses, folded, of those who have said that the author's account is not theirs."""
    said = case.papers.filter(kind=Paper.Kind.INTEREST)
    people = {int(one.by.removeprefix("person:")) for one in said if one.facts.get("disowned_account")}
    emails = Person.objects.within(case.org).filter(pk__in=people).values_list("email", flat=True)
    return {email.casefold() for email in emails}


def declared(case: Case, person: Person) -> bool | None:
    """Return whether `person` declared an interest (True), declared none (False), or was not asked yet (None)."""
    return _declared(_own_papers(case, person))


def address_typed(case: Case, person: Person) -> bool:
    """Say whether a report of the case gives the person's address; anybody may have typed it there."""
    return person.email.casefold() in {address.casefold() for address in _typed(case)}


def disowned(case: Case, person: Person) -> bool:
    """Say whether the person has said on the record that such a report is not theirs."""
    said = case.papers.filter(kind=Paper.Kind.INTEREST, by=label(person))
    return any(paper.facts.get("disowned") for paper in said)


def require_uninvolved(case: Case, person: Person) -> None:
    """Raise `NotPermitted` when `person` is a party or has an interest."""
    why = involvement(case, person)
    if why:
        raise NotPermitted(why)


def capacity(case: Case, person: Person, step: Step, *, at: datetime, necessity: str = "") -> Role:
    """Return the role in which `person` may take `step` now, or raise `NotPermitted` with the reason.

    The Secretary and members of the Executive may answer once they have been added (Sh). Deciding asks
    for the person's own word that they have no interest. Where nobody is left who may, whoever holds a fitting
    role acts by necessity, with a written reason (see `Standing.by_necessity`).
    """
    return Standing(case, person, at=at).capacity(step, necessity=necessity)


def why_not(case: Case, person: Person, step: Step, *, at: datetime) -> str:
    """Return why `person` should not take `step` in this case, as a sentence; empty when nothing is against it."""
    return Standing(case, person, at=at).why_not(step)


def by_necessity(case: Case, person: Person, step: Step, *, at: datetime) -> bool:
    """Say as `Standing.by_necessity`."""
    return Standing(case, person, at=at).by_necessity(step)


class Standing:
    """How a person stands in a case as it is now, each thing looked up once: a page asks of a dozen steps.

    A step has its own, made under the case's lock.
    """

    def __init__(self, case: Case, person: Person, *, at: datetime) -> None:
        self.case, self.person, self.at = case, person, at

    @cached_property
    def offices(self) -> frozenset[Role]:
        """The roles that the person holds."""
        return self.person.offices(at=self.at)

    @cached_property
    def declared(self) -> bool | None:
        """See `declared`."""
        return _declared(self._own)

    @cached_property
    def involvement(self) -> str:
        """See `involvement`."""
        return _involvement(self.case, self.person, self._own)

    @cached_property
    def is_accused(self) -> bool:
        """See `reviews.is_accused`."""
        return is_accused(self.case, self.person)

    @cached_property
    def decided(self) -> bool:
        """See `decided_by`."""
        return decided_by(self.case, self.person)

    @cached_property
    def others_reconsider(self) -> bool:
        """Whether a moderator is free to look at the appeal who has not decided."""
        return bool(free_to_reconsider(self.case, at=self.at))

    @cached_property
    def sent_back(self) -> Paper | None:
        """See `reviews.sent_back`."""
        return sent_back(self.case)

    @cached_property
    def in_turn(self) -> list[Role]:
        """The roles that may act in the case by now."""
        return list(_in_turn(self.case))

    @cached_property
    def _own(self) -> list[Paper]:
        return _own_papers(self.case, self.person)

    def capacity(self, step: Step, *, necessity: str = "") -> Role:
        """See `capacity`."""
        if self.person.org_id != self.case.org_id:
            raise NotPermitted(gettext("This case belongs to another organisation."))
        may = [role for role in self.in_turn if role in self.offices]
        if not may:
            raise NotPermitted(gettext("Only the moderators, and those who have been added to this case, may do this."))
        table = procedure_of(self.case)
        stage = Stage(self.case.stage)
        fitting = [role for role in may if table.allows(stage, step, role)]
        why = self.why_not(step)
        if why and not (fitting and necessity and self.by_necessity(step)):
            raise NotPermitted(why)
        if not fitting:
            table.way(stage, step, may[0])  # raises, with the table's own words
        if step in DECIDING and not why and self.declared is None:
            raise NotPermitted(gettext("Please say first whether you have an interest in this matter."))
        return fitting[0]

    def why_not(self, step: Step) -> str:
        """See `why_not`."""
        return self.involvement or self.barred(step)

    def barred(self, step: Step) -> str:
        """Return what is against an uninvolved person's taking `step`, as a sentence."""
        case, person = self.case, self.person
        if step is Step.RECONSIDER and self.decided and self.others_reconsider:
            return "You made the first decision. Another moderator is free to look at the appeal."
        if step is Step.CONFIRM_PROPOSAL and proposed_by(case, person):
            return "You proposed this yourself, so somebody else looks at it first."
        if step is Step.LOOK_AFTERWARDS and self.decided:
            return "You had a say in this decision, so somebody else looks at it afterwards."
        if step in _ANSWERING and self.is_accused:
            return "A reporter says that this is about how you dealt with it, so somebody else has to act."
        review = self.sent_back if step in _FRESH else None
        if review:
            if decided_by(case, person, until=review):
                return gettext(
                    "You had a part in what was decided before. It is decided afresh by somebody who had none."
                )
            if not free_to_decide_afresh(case, at=self.at):
                return gettext(
                    "No moderator is left who had no part in this, so members of the Executive decide, as a panel."
                )
        return ""

    def by_necessity(self, step: Step) -> bool:
        """Say whether only necessity lets them take `step`: something is against it, and nobody else is free.

        Nobody is free when that goes for all who could ever be added as well. Whoever wrote the post never acts on it.
        """
        case, at = self.case, self.at
        if not self.why_not(step) or wrote_it(case, self.person):
            return False
        if step in _FRESH and self.sent_back and not free_to_decide_afresh(case, at=at) and _executive(case, at=at):
            return False  # Sh: then members of the Executive decide, as a panel
        return not anybody_free(case, step, at=at)


def free_among(case: Case, people: Iterable[Person], step: Step, *, at: datetime) -> list[Person]:
    """Return those of `people` against whom nothing speaks in `step`: `why_not` for many of them."""
    people = uninvolved(case, people)
    known, reviews = Standings([case], people), open_reviews(case)
    first = Standing(case, people[0], at=at) if people else None
    free = []
    for person in people:
        standing = Standing(case, person, at=at)
        standing.decided = known.decided(case, person)
        standing.is_accused = any(accuses(review, person) for review in reviews)
        if first and step is Step.RECONSIDER:  # the same for everybody
            standing.others_reconsider = first.others_reconsider
        if not standing.barred(step):
            free.append(person)
    return free


def uninvolved(case: Case, people: Iterable[Person]) -> list[Person]:
    """Return those of `people` against whom `involvement` has nothing to say, in as many queries as for one."""
    people = list(people)
    known = Standings([case], people)
    return [person for person in people if not known.is_involved(case, person)]


def needed(case: Case, person: Person, *, at: datetime) -> bool:
    """Say whether the case waits for an answer that `person` may give by necessity only: then it opens to them."""
    table, stage, standing = procedure_of(case), Stage(case.stage), Standing(case, person, at=at)
    may = [role for role in standing.in_turn if role in standing.offices]
    return any(
        standing.by_necessity(step) for step in _WAITED_FOR if any(table.allows(stage, step, role) for role in may)
    )


def anybody_free(case: Case, step: Step, *, at: datetime) -> bool:
    """Say whether somebody could take `step`, now or once they are added, against whom nothing speaks."""
    table, stage = procedure_of(case), Stage(case.stage)
    roles = [role for role in DECIDERS if table.allows(stage, step, role)]
    people = {person.pk: person for role in roles for person in Person.objects.holding(case.org, role, at=at)}
    return bool(free_among(case, people.values(), step, at=at))


def free_for(case: Case, step: Step, *, at: datetime) -> list[Person]:
    """Return those who could take `step` now in a role of theirs, and against whom nothing speaks."""
    table, stage = procedure_of(case), Stage(case.stage)
    found: dict[int, Person] = {}
    for role in _in_turn(case):
        if table.allows(stage, step, role):
            found |= {person.pk: person for person in Person.objects.holding(case.org, role, at=at)}
    return free_among(case, found.values(), step, at=at)


def proposed_by(case: Case, person: Person) -> bool:
    """Say whether the proposal that waits for a second look is the person's own (Mc)."""
    proposal = newest_in_force(case, Paper.Kind.PROPOSAL)
    return case.stage == Stage.SECOND_LOOK and proposal is not None and proposal.by == label(person)


def decided_by(case: Case, person: Person, *, until: Paper | None = None) -> bool:
    """Say whether `person` had a say in this case before: alone, by a second look, or on a panel that decided.

    `until`: only what came before that paper, or with it, counts.
    """
    taken = [one for one in _had_a_say(case, label(person)) if not until or _is_by_then(one, until)]
    # whoever only wrote down a vote of the Executive that sent it back has not said what they find
    if any(event.step != Step.SEND_BACK or not (event.paper and event.paper.facts.get("votes")) for event in taken):
        return True
    return any(str(person.pk) in event.paper.facts["votes"] for event in _panels(case) if event.paper)


def free_to_decide_afresh(case: Case, *, at: datetime) -> list[Person]:
    """Return the moderators who had no part in what was decided before, and are not involved (Sh)."""
    moderators, review = Person.objects.holding(case.org, Role.MODERATOR, at=at), sent_back(case)
    free = [person for person in uninvolved(case, moderators) if not decided_by(case, person, until=review)]
    return [person for person in free if not is_accused(case, person)]


def free_to_reconsider(case: Case, *, at: datetime) -> list[Person]:
    """Return the moderators who have not decided in this case and are not involved (Mf)."""
    return _free_of_a_say(case, Person.objects.holding(case.org, Role.MODERATOR, at=at))


def able_to_sit(case: Case, *, at: datetime) -> list[Person]:
    """Return the members of the Executive who may vote: not involved, and not a decider before (D31)."""
    members = Person.objects.holding(case.org, Role.EXECUTIVE, at=at).order_by("name")
    return _free_of_a_say(case, members)


def _executive(case: Case, *, at: datetime) -> list[Person]:
    members = Person.objects.holding(case.org, Role.EXECUTIVE, at=at)
    return [person for person in members if not wrote_it(case, person)]


def _in_turn(case: Case) -> Iterable[Role]:
    added = set(_added(case))
    yield Role.MODERATOR
    for role in (Role.SECRETARY, Role.EXECUTIVE):
        # D10: in an emergency the Secretary waits for nobody
        if role in added or (role is Role.SECRETARY and case.lane == Lane.EMERGENCY):
            yield role


def _free_of_a_say(case: Case, people: Iterable[Person]) -> list[Person]:
    """Return those of `people` who are not involved and have had no say, in as many queries as for one."""
    people = list(people)
    known = Standings([case], people)
    return [one for one in people if not known.is_involved(case, one) and not known.decided(case, one)]


def _own_papers(case: Case, person: Person) -> list[Paper]:
    """Return what the person has filed as somebody who may be part of it: reports, and what they said of interests."""
    return of_case(case, _papers_by(case, label(person)))


def _declared(own: Sequence[Paper]) -> bool | None:
    said = [one.facts for one in own if one.kind == Paper.Kind.INTEREST]
    answers = [bool(facts["interested"]) for facts in said if "interested" in facts]
    return any(answers) if answers else None


def _is_by_then(event: Event, until: Paper) -> bool:
    return event.paper is not None and event.paper.number <= until.number


@prepared
def _claims(org: int, person: Person, accounts: set[int]) -> QuerySet[AccountClaim, int]:
    claims = AccountClaim.objects.filter(org=org, person=person, until=None)
    return claims.filter(account__pk__in=accounts).values_list("pk", flat=True)[:1]


@prepared
def _newest_address(org: int, account: int) -> QuerySet[Contact, str]:
    known = Contact.objects.filter(org=org, account=account).order_by("-added_at", "-pk")
    return known.values_list("address", flat=True)[:1]


@prepared
def _typed(case: Case) -> QuerySet[PaperText, str]:
    texts = PaperText.objects.filter(paper__case=case, paper__kind=Paper.Kind.REPORT, field="email")
    return texts.values_list("text", flat=True)


@prepared
def _papers_by(case: Case, by: str) -> QuerySet[Paper]:
    kinds = [Paper.Kind.INTEREST, Paper.Kind.REPORT]
    return Paper.objects.filter(case=case, by=by, kind__in=kinds).order_by("number")


@prepared
def _added(case: Case) -> QuerySet[Duty, str]:
    return Duty.objects.filter(case=case, met_at=None).values_list("holder", flat=True)


@prepared
def _had_a_say(case: Case, by: str) -> QuerySet[Event]:
    own = Event.objects.filter(case=case, step__in=DECIDING, by=by)
    return own.exclude(paper__answered_by__kind=Paper.Kind.UNDO).select_related("paper")


@prepared
def _panels(case: Case) -> QuerySet[Event]:
    return Event.objects.filter(case=case, step=Step.DECIDE_AS_PANEL).select_related("paper")
