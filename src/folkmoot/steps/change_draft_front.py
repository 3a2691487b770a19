"""Administrators change what the draft of the policy is called, what it rests on, and its sections."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor
from folkmoot.editions.models import PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput, StalePage
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards.codes import is_prefix, prefix_of
from folkmoot.steps.change_draft import locked_draft, require_visible, touch
from folkmoot.steps.office import require_office


@dataclass(frozen=True, slots=True)
class Front:
    """What a draft says as a whole. `sections` are pairs (prefix, title) in the order in which they are read."""

    title: str
    description: str
    paraphrase: bool
    official_url: str
    parent: PolicyEdition | None
    sections: tuple[tuple[str, str], ...]


@transaction.atomic
def change_draft_front(org: Organisation, front: Front, *, seen: int, by: Actor, at: datetime) -> PolicyDraft:
    """Change the title, what the policy rests on, and the sections.

    `seen` is the draft's `front_seq` on the page: raises `StalePage` when somebody has changed it since. Raises
    `BadInput` (field "sections" or that of `Front`), as when a section that has clauses is left out.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    draft = locked_draft(org)
    if draft.front_seq != seen:
        raise StalePage(gettext("Somebody else has changed this since you opened the page. Please look at it again."))
    if front.parent is not None and (front.parent.org_id != org.pk or not front.parent.is_parent):
        raise BadInput(gettext("The rules cannot rest on this."), field="parent")
    _require_sections(draft, front)
    for name in ("title", "description", "official_url"):
        setattr(draft, name, require_visible(getattr(front, name), name))
    draft.paraphrase, draft.parent = front.paraphrase, front.parent
    under = {one["prefix"]: one for one in draft.sections}
    draft.sections = [{**under.get(prefix, {}), "prefix": prefix, "title": title} for prefix, title in front.sections]
    draft.front_seq += 1
    touch(draft, by=by, at=at)
    return draft


def _require_sections(draft: PolicyDraft, front: Front) -> None:
    prefixes = [prefix for prefix, _title in front.sections]
    for prefix, title in front.sections:
        if not is_prefix(prefix):
            raise BadInput(
                gettext("“%(prefix)s” cannot begin a code: one to three capital letters can.") % {"prefix": prefix},
                field="sections",
            )
        if not title:
            raise BadInput(gettext("The section %(prefix)s has no title.") % {"prefix": prefix}, field="sections")
        require_visible(title, "sections")
    twice = next((one for one in prefixes if prefixes.count(one) > 1), None)
    if twice:
        raise BadInput(
            gettext("There are two sections whose codes begin with %(twice)s.") % {"twice": twice}, field="sections"
        )
    used = {prefix_of(code) for code in draft.clauses.filter(is_gone=False).values_list("code", flat=True)}
    left = sorted(used - set(prefixes))
    if left:
        raise BadInput(
            gettext("The section %(left)s has clauses: move them or take them out, then take the section away.")
            % {"left": left[0]},
            field="sections",
        )
