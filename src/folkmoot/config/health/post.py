"""Mail: whether letters leave, and whether somebody reads those that come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.config.health.light import Light, Sign
from folkmoot.outbox.models import Attempt, Dispatch, Inbox
from folkmoot.web.look.moments import duration, relative

LATE = timedelta(minutes=10)  # by so much a letter may leave later than it should
UNREAD = timedelta(hours=1)  # the mailbox is looked into every five minutes
_ON_ITS_WAY = (Dispatch.State.WAITING, Dispatch.State.SENDING)


@dataclass(frozen=True)
class Post:
    """How letters leave."""

    now: datetime
    is_set: bool
    late: int  # letters that should have left by now, or were tried in vain
    oldest: datetime | None  # when the oldest of them was written
    error: str  # why the newest of them did not
    last_sent: datetime | None


@dataclass(frozen=True)
class Returns:
    """How what comes back is read."""

    now: datetime
    is_set: bool
    read_at: datetime | None
    error: str


def look_at_post(letters: QuerySet[Dispatch], tries: QuerySet[Attempt], *, at: datetime) -> Post:
    """Return how `letters` leave at `at`; `tries` are those of sending them."""
    late = letters.filter(Q(next_at__lt=at - LATE) | Q(tries__gt=0), state__in=_ON_ITS_WAY)
    error = late.exclude(last_error="").order_by("-pk").values_list("last_error", flat=True).first()
    return Post(
        now=at,
        is_set=settings.MAIL is not None,
        late=late.count(),
        oldest=late.order_by("made_at").values_list("made_at", flat=True).first(),
        error=error or "",
        last_sent=tries.filter(outcome="sent").order_by("-pk").values_list("at", flat=True).first(),
    )


def say_post(post: Post) -> Light:
    """Say whether letters leave."""
    title = _("Mail")
    if settings.DEMO:
        return Light("mail", Sign.NOTE, title, _("This is the demo: every letter lies in its mailbox page."))
    if not post.is_set:
        says = _("No mail server is set: letters wait in the outbox, and authors’ letters are handed over by hand.")
        # reports can be taken and answered all the same: a way round is there, and nothing is broken
        return Light("mail", Sign.SOON, title, says, _("Whoever runs this server sets MAIL_URL, and starts it again."))
    waiting = ngettext("%(n)s letter waits", "%(n)s letters wait", post.late) % {"n": post.late}
    if post.late and post.oldest:
        since = duration((post.now - post.oldest).total_seconds())
        why = f" {_('The last try said: %(error)s.') % {'error': post.error}}" if post.error else ""
        says = _("%(letters)s and should have left; the oldest was written %(span)s ago.")
        do = _("Send yourself a test letter: its page says what is wrong in plain words.")
        return Light("mail", Sign.BAD, title, f"{says % {'letters': waiting, 'span': since}}{why}", do, "mail")
    if post.last_sent is None:
        says = _("A mail server is set, and no letter has left yet.")
        return Light("mail", Sign.NOTE, title, says, _("Send yourself a test letter."), "mail")
    says = _("No letter is late. The last one left %(when)s.") % {"when": relative(post.last_sent, post.now)}
    return Light("mail", Sign.OK, title, says)


def look_at_returns(*, at: datetime) -> Returns:
    """Return how the mailbox was read to which letters come back."""
    if settings.MAILBOX is None:
        return Returns(at, is_set=False, read_at=None, error="")
    inbox = Inbox.objects.filter(name=settings.MAILBOX.label[:300]).first()
    return Returns(at, is_set=True, read_at=inbox.read_at if inbox else None, error=inbox.error if inbox else "")


def say_returns(returns: Returns) -> Light:
    """Say whether letters that come back are noticed."""
    title, do = _("Letters that come back"), _("Whoever runs this server looks at FOLKMOOT_IMAP (docs/settings.md).")
    if not returns.is_set:
        says = _("No mailbox is read for them: somebody says at the desk when a letter came back.")
        return Light("mailbox", Sign.NOTE, title, says, do)
    if returns.error:
        says = _("Their mailbox cannot be read: %(error)s.") % {"error": returns.error}
        return Light("mailbox", Sign.BAD, title, says, do)
    if returns.read_at is None:
        return Light("mailbox", Sign.SOON, title, _("Their mailbox has not been read yet."), do)
    when = {"when": relative(returns.read_at, returns.now)}
    if returns.now - returns.read_at > UNREAD:
        return Light("mailbox", Sign.BAD, title, _("Their mailbox was last read %(when)s.") % when, do)
    return Light("mailbox", Sign.OK, title, _("Their mailbox was read %(when)s.") % when)
