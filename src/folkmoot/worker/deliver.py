"""Keeps the outbox's promises: leases letters that are due, hands them to the mail server, notes what came of it."""

import logging
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from folkmoot.config.mail import MailServer
from folkmoot.notices.html import as_html
from folkmoot.outbox.due import ON_ITS_WAY, letters_due
from folkmoot.outbox.links import resolve
from folkmoot.outbox.marks import fill
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Role
from folkmoot.steps.record_delivery import record_failure, record_no_mail, record_sent

LEASE = timedelta(minutes=2)
BATCH = 20
log = logging.getLogger(__name__)


def deliver(*, at: datetime, server: MailServer | None, ending: Callable[[], bool] = lambda: False) -> int:
    """Send the letters that are due at `at`; return how many were tried.

    Without a server they wait, and somebody is asked to hand the authors' letters over. Letters of one case to one
    address leave in their order: a later one waits until the earlier has left, or was given up. Once it is `ending`
    the letter in hand is finished, and those behind it are put back for whoever comes next.
    """
    if server is None:
        return _ask_by_hand(at)
    if not letters_due(at=at).exists():  # an idle round takes no lock
        return 0
    leased = _lease(at)
    if not leased:
        return 0
    try:
        relay = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        for dispatch in leased:
            record_failure(dispatch.pk, error=f"mail server: {error}", lasting=False, at=at)
        return len(leased)
    tried = 0
    try:
        while tried < len(leased) and not ending():
            _hand_over(relay, leased[tried], server, at=at)
            tried += 1
        _put_back(leased[tried:])
    finally:
        _part(relay)
    return tried


def compose(dispatch: Dispatch, *, sender: str) -> EmailMessage:
    """Return the mail with its links and codes put in; the Message-ID is the same at every try."""
    message = EmailMessage(policy=SMTP)
    words = dispatch.paper.words["body"] if dispatch.paper else dispatch.body
    message["From"] = sender
    message["To"] = on_the_wire(dispatch.to)
    message["Subject"] = dispatch.subject
    message["Message-ID"] = dispatch.message_id
    message["Date"] = dispatch.made_at
    message["Auto-Submitted"] = "auto-generated"
    text = fill(words, dispatch.marker, resolve)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(as_html(dispatch.subject, text), subtype="html", cte="quoted-printable")
    return message


def on_the_wire(address: str) -> str:
    """Return an address as mail servers know it: a domain in another alphabet has a name in ASCII."""
    name, _at, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}"


@transaction.atomic
def _lease(at: datetime) -> list[Dispatch]:
    due = letters_due(at=at).select_related("paper").order_by("next_at", "pk")
    due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",))
    leased = list(due[:BATCH])
    Dispatch.objects.filter(pk__in=[dispatch.pk for dispatch in leased]).update(
        state=Dispatch.State.SENDING, lease_until=at + LEASE
    )
    return leased


def _put_back(dispatches: Sequence[Dispatch]) -> None:
    mine = Dispatch.objects.filter(pk__in=[dispatch.pk for dispatch in dispatches], state=Dispatch.State.SENDING)
    mine.update(state=Dispatch.State.WAITING, lease_until=None)


def _ask_by_hand(at: datetime) -> int:
    asked = Task.objects.filter(paper=OuterRef("paper"), op=Task.Op.HAND_OVER_NOTICE, made_at__gte=OuterRef("made_at"))
    waiting = Dispatch.objects.filter(next_at__lte=at, state__in=ON_ITS_WAY, audience=Role.AUTHOR)
    numbers = waiting.exclude(Exists(asked)).order_by("next_at", "pk").values_list("pk", flat=True)
    return sum(record_no_mail(number, at=at) for number in numbers[:BATCH])


def _hand_over(relay: smtplib.SMTP, dispatch: Dispatch, server: MailServer, *, at: datetime) -> None:
    try:
        # not send_message(): it writes ">From" where a line of somebody's words begins with "From"
        mail = compose(dispatch, sender=server.sender).as_bytes()
        relay.sendmail(server.sender, [on_the_wire(dispatch.to)], mail)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        record_failure(dispatch.pk, error=f"refused: {code}", lasting=500 <= code < 600, at=at)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError) as error:
        # The relay does not take mail from us at all: that is for the administrator to mend, no letter's end.
        record_failure(dispatch.pk, error=f"sender refused: {error.smtp_code}", lasting=False, at=at)
    except smtplib.SMTPResponseException as error:
        record_failure(dispatch.pk, error=f"refused: {error.smtp_code}", lasting=500 <= error.smtp_code < 600, at=at)
    except (OSError, smtplib.SMTPException) as error:
        record_failure(dispatch.pk, error=type(error).__name__, lasting=False, at=at)
    except Exception as error:  # one letter that cannot be composed must not stop the others
        log.exception("letter %s could not be composed", dispatch.pk)
        record_failure(dispatch.pk, error=type(error).__name__, lasting=False, at=at)
    else:
        record_sent(dispatch.pk, at=at)


def _part(relay: smtplib.SMTP) -> None:
    with suppress(OSError, smtplib.SMTPException):  # whatever it answers, each letter's fate is written down
        relay.quit()
    relay.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    relay: smtplib.SMTP
    if server.tls == "tls":
        relay = smtplib.SMTP_SSL(server.host, server.port, timeout=20, context=context)
    else:
        relay = smtplib.SMTP(server.host, server.port, timeout=20)
        if server.tls == "starttls":
            relay.starttls(context=context)
    if server.name:
        relay.login(server.name, server.password)
    return relay
