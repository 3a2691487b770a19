"""Posts that were judged are judged once more, by the model that there is now; until then what was kept stays."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from folkmoot.archive.to_assess import note_to_assess_afresh
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def assess_afresh(org: Organisation, posts: Iterable[tuple[int, int]], *, by: Actor, at: datetime) -> int:
    """Put posts of `org`, each as place and number, on the list of those to be judged; return of how many."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    many = note_to_assess_afresh((org.pk, place, post) for place, post in posts)
    if many:
        enter_register(org, "assess_afresh", by=by, at=at, facts={"posts": many})
    return many
