"""How people stand to many cases at once: `steps.standing`, in queries that do not grow in number with the cases."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import QuerySet
from django.db.models.functions import Upper

from folkmoot.archive.models import AccountClaim, Contact
from folkmoot.casefile.models import Case, Event, Paper, PaperText
from folkmoot.casefile.record import label
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import Step

# Whoever took one of these has had a say in the matter, and has said first that they have no interest in it.
DECIDING = (
    Step.DECIDE,
    Step.PROPOSE,
    Step.CONFIRM_PROPOSAL,
    Step.DECLINE_PROPOSAL,
    Step.LOOK_AFTERWARDS,
    Step.RECONSIDER,
    Step.SEND_BACK,
)
Key = tuple[int, int]  # the numbers of a case and a person


class Standings:
    """What stands of each of `people` in each of `cases`; the cases have their posts with them."""

    def __init__(self, cases: Collection[Case], people: Collection[Person]) -> None:
        self._cases, self._people = list(cases), list(people)
        self._numbers = [case.pk for case in self._cases]
        self._by_label = {label(person): person.pk for person in self._people}
        self._declared: dict[Key, bool] = {}
        self._disowned: set[Key] = set()
        self._disowned_account: set[Key] = set()
        self._read_interests()
        self._wrote = self._claimed() | (self._addressed() - self._disowned_account)
        self._reported = self._own_reports() | (self._typed() - self._disowned)
        self._had_a_say: set[Key] | None = None

    def declared(self, case: Case, person: Person) -> bool | None:
        """Return as `standing.declared`."""
        return self._declared.get((case.pk, person.pk))

    def wrote(self, case: Case, person: Person) -> bool:
        """Say as `standing.wrote_it`."""
        return (case.pk, person.pk) in self._wrote

    def is_party(self, case: Case, person: Person) -> bool:
        """Say whether the person wrote it or reported it."""
        return self.wrote(case, person) or (case.pk, person.pk) in self._reported

    def is_involved(self, case: Case, person: Person) -> bool:
        """Say whether `standing.involvement` has something to say."""
        return self.is_party(case, person) or self.declared(case, person) is True

    def decided(self, case: Case, person: Person) -> bool:
        """Say as `standing.decided_by`."""
        if self._had_a_say is None:
            self._had_a_say = self._decisions()
        return (case.pk, person.pk) in self._had_a_say

    def _read_interests(self) -> None:
        for paper in _filed(self._numbers, Paper.Kind.INTEREST, self._by_label):
            key, facts = (paper.case_id, self._by_label[paper.by]), paper.facts
            if "interested" in facts:
                self._declared[key] = self._declared.get(key, False) or bool(facts["interested"])
            if facts.get("disowned"):
                self._disowned.add(key)
            if facts.get("disowned_account"):
                self._disowned_account.add(key)

    def _own_reports(self) -> set[Key]:
        own = _filed(self._numbers, Paper.Kind.REPORT, self._by_label)
        # Ma: to notice something is no interest
        return {(one.case_id, self._by_label[one.by]) for one in own if not one.facts.get("noticed")}

    def _typed(self) -> set[Key]:
        return {(case, person) for case, address in _addresses(self._numbers) for person in self._at(address)}

    def _claimed(self) -> set[Key]:
        claims = _claims(self._accounts(), [person.pk for person in self._people])
        return {(case, person) for account, person in claims for case in self._of(account)}

    def _addressed(self) -> set[Key]:
        newest = dict(_contacts(self._accounts()))  # older ones were put right
        return {
            (case, person)
            for account, address in newest.items()
            for person in self._at(address)
            for case in self._of(account)
        }

    def _decisions(self) -> set[Key]:
        """Return who had a say; only who is asked for it pays these two queries."""
        steps = [*DECIDING, Step.DECIDE_AS_PANEL]
        events, undone = _taken(self._numbers, steps), set(_undone(self._numbers))
        found: set[Key] = set()
        for event in events:
            votes = (event.paper.facts.get("votes") or {}) if event.paper else {}
            case = event.case_id or 0
            if event.step == Step.DECIDE_AS_PANEL:
                found |= {(case, person.pk) for person in self._people if str(person.pk) in votes}
                continue
            # whoever only wrote down a vote of the Executive that sent it back has not said what they find
            counts = event.paper_id not in undone and (event.step != Step.SEND_BACK or not votes)
            if counts and event.by in self._by_label:
                found.add((case, self._by_label[event.by]))
        return found

    def _accounts(self) -> set[int]:
        return {account for case in self._cases for account in _about(case)}

    def _of(self, account: int) -> Iterable[int]:
        return (case.pk for case in self._cases if account in _about(case))

    def _at(self, address: str) -> Iterable[int]:
        return (person.pk for person in self._people if person.email.casefold() == address.casefold())


def written_by(org: Organisation, person: Person) -> set[int]:
    """Return the numbers of the cases about posts that are known to be the person's own."""
    accounts = accounts_of(org, person)
    if not accounts:  # as of nearly everybody: nobody goes through the cases then
        return set()
    cases = Case.objects.within(org).select_related("post")
    found = {case.pk: case for case in cases.filter(post__account__in=accounts)}
    found |= {case.pk: case for case in cases.filter(account__in=accounts)}
    standings = Standings(found.values(), [person])
    return {case.pk for case in found.values() if standings.wrote(case, person)}


def accounts_of(org: Organisation, person: Person) -> set[int]:
    """Return the numbers of the accounts that are known to be the person's: by a claim, or by the newest address."""
    own = person.email.casefold()
    newest = dict(_reached(org, person.email))
    return {*_claimed_by(org, person), *(account for account, address in newest.items() if address.casefold() == own)}


def _about(case: Case) -> set[int]:
    of_post = case.post.account_id if case.post else None
    return {number for number in (of_post, case.account_id) if number is not None}


@prepared
def _filed(cases: Sequence[int], kind: Paper.Kind, by: Collection[str]) -> QuerySet[Paper]:
    found = Paper.objects.filter(case__pk__in=cases, kind=kind, by__in=by)
    return found.only("case_id", "by", "body").order_by()


@prepared
def _addresses(cases: Sequence[int]) -> QuerySet[PaperText, tuple[int, str]]:
    typed = PaperText.objects.filter(paper__case__pk__in=cases, paper__kind=Paper.Kind.REPORT, field="email")
    return typed.values_list("paper__case", "text")


@prepared
def _claims(accounts: Collection[int], people: Collection[int]) -> QuerySet[AccountClaim, tuple[int, int]]:
    claims = AccountClaim.objects.filter(account__pk__in=accounts, person__pk__in=people, until=None)
    return claims.values_list("account", "person")


@prepared
def _contacts(accounts: Collection[int]) -> QuerySet[Contact, tuple[int, str]]:
    known = Contact.objects.filter(account__pk__in=accounts).order_by("added_at", "pk")
    return known.values_list("account", "address")


@prepared
def _taken(cases: Sequence[int], steps: Sequence[Step]) -> QuerySet[Event]:
    return Event.objects.filter(case__pk__in=cases, step__in=steps).select_related("paper")


@prepared
def _undone(cases: Sequence[int]) -> QuerySet[Paper, int | None]:
    undone = Paper.objects.filter(case__pk__in=cases, kind=Paper.Kind.UNDO)
    return undone.order_by().values_list("answers", flat=True)


@prepared
def _claimed_by(org: Organisation, person: Person) -> QuerySet[AccountClaim, int]:
    return AccountClaim.objects.within(org).filter(person=person, until=None).values_list("account", flat=True)


@prepared
def _reached(org: Organisation, email: str) -> QuerySet[Contact, tuple[int, str]]:
    """Return all addresses, the oldest first, of the accounts of which one is `email`."""
    written = Contact.objects.within(org).alias(folded=Upper("address"))  # as the index has them
    reached = written.filter(folded=Upper(email)).values("account")
    return Contact.objects.filter(account__in=reached).order_by("added_at", "pk").values_list("account", "address")
