"""An administrator sends a letter to themselves, to see whether mail leaves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import TooMuch
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import promise_mail
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office

KIND = "test_letter"
MOST = 12  # in an hour: whoever mends something tries again, and nobody's mailbox is flooded


@transaction.atomic
def send_test_letter(org: Organisation, *, by: Person, at: datetime) -> Dispatch:
    """Promise a letter to `by` themselves; it leaves as every other does. Raises `TooMuch` after a dozen in an hour."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    lately = Dispatch.objects.within(org).filter(kind=KIND, made_at__gt=at - timedelta(hours=1))
    if lately.count() >= MOST:
        raise TooMuch(
            gettext("%(most)s test letters were sent in the last hour. Please wait a while.") % {"most": MOST}
        )
    letter = promise_mail(
        org=org,
        kind=KIND,
        to=by.email,
        subject=f"A test letter from {org.name}",
        body=(
            f"Dear {by.name},\n\nyou asked Folkmoot for a test letter, and here it is: letters of {org.name} reach "
            "you.\n\nThere is nothing to do. If you did not ask for it, another administrator may have used your "
            "sign-in: please tell whoever runs the server.\n"
        ),
        marker=new_marker(),
        at=at,
    )
    enter_register(org, "send_test_letter", by=by, at=at, facts={"letter": letter.pk, "person": by.pk})
    return letter
