"""An administrator makes the draft an edition, with the day from which it holds, or discards it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.editions.as_packs import pack_of
from folkmoot.editions.current import newest_policy
from folkmoot.editions.draft_pack import pack_of_draft, problems
from folkmoot.editions.models import PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput, StalePage
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards import Pack, fingerprint
from folkmoot.standards.changes import Changes, compare
from folkmoot.steps.change_draft import locked_draft
from folkmoot.steps.from_when import require_day
from folkmoot.steps.loading import last_number, load_edition, require_codes_free
from folkmoot.steps.office import require_office


@transaction.atomic
def publish_draft(org: Organisation, *, day: date, seen: int, beside: int, by: Actor, at: datetime) -> PolicyEdition:
    """Make the open draft an edition that holds from `day`, in the organisation's zone, and return it.

    `seen` is the draft's `seq` and `beside` the number of the newest edition on the page that showed the differences:
    raises `StalePage` when either has moved on. Raises `BadInput`: field "day" when the day has begun already (a post
    is judged by the rules of its day) or is too far off; otherwise when something must be put right first, or when
    nothing differs. A draft begun from a pack may keep the pack's own date.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # editions are numbered one at a time
    draft = locked_draft(org)
    newest = newest_policy(org)
    if draft.seq != seen or newest.number != beside:
        raise StalePage(
            gettext("Something has changed since you opened this page. Please look at the differences once more.")
        )
    clauses = list(draft.clauses.all())
    wrong = problems(draft, clauses)
    if wrong:
        raise BadInput(f"{wrong[0].code} {wrong[0].says}".strip())
    require_day(org, day, own=draft.own_date, at=at)
    pack = pack_of_draft(draft, clauses, day=day)
    if says_nothing_new(draft, newest, compare(pack_of(newest), pack)):
        raise BadInput(gettext("Nothing is different from the newest edition."))
    _require_new(org, pack)
    require_codes_free(org, pack, at=at)
    edition = load_edition(org, pack, number=last_number(org) + 1, parent=draft.parent, by=by, at=at)
    draft.state, draft.edition = PolicyDraft.State.PUBLISHED, edition
    draft.save()
    return edition


@transaction.atomic
def discard_draft(org: Organisation, *, seen: int, by: Actor, at: datetime) -> None:
    """Give the open draft up; what is in force stays. Raises `StalePage` when somebody has worked on it since."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    draft = locked_draft(org)
    if draft.seq != seen:
        raise StalePage(
            gettext("Somebody has worked on the draft since you opened this page. Please look at it once more.")
        )
    draft.state = PolicyDraft.State.DISCARDED
    draft.save()
    enter_register(org, "discard_policy_draft", by=by, at=at, facts={"draft": draft.pk})


def says_nothing_new(draft: PolicyDraft, newest: PolicyEdition, changes: Changes) -> bool:
    """Say whether the draft is the newest edition over again, resting on the same edition of its statement."""
    return changes.is_nothing and draft.parent_id == newest.parent_id


def _require_new(org: Organisation, pack: Pack) -> None:
    known = PolicyEdition.objects.within(org).filter(fingerprint=fingerprint(pack)).first()
    if known is not None:
        raise BadInput(
            gettext("These are the words and the day of edition %(number)s over again. Please choose another day.")
            % {"number": known.number},
            field="day",
        )
