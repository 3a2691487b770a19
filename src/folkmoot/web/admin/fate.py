"""What became of a letter, in plain words, and what to do where it was refused. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from folkmoot.outbox.models import Dispatch
from folkmoot.web.look.moments import relative

TAKEN_WITHIN = timedelta(seconds=45)  # after it is due: the worker goes round every second


@dataclass(frozen=True)
class Way:
    """Where letters are handed over: what the pages may show of it. The password is not among it."""

    host: str
    port: int
    tls: str
    sender: str
    name: str


@dataclass(frozen=True)
class Fate:
    """How a letter stands: `sign` is the look's kind of status; `settled` once nothing more is to come at once.

    `raw` is what the mail server said, in its own words.
    """

    sign: str
    word: str
    says: str
    do: str = ""
    raw: str = ""
    settled: bool = True


def fate(letter: Dispatch, way: Way | None, *, now: datetime) -> Fate:
    """Return what became of `letter`; `way` is `None` where no mail server is set."""
    state = Dispatch.State(letter.state)
    if state is Dispatch.State.SENT:
        return _sent(letter, way, now=now)
    if state is Dispatch.State.RETURNED:
        says = _("It came back: the address does not take mail, or not from here.")
        return Fate("overdue", _("Came back"), says, _("Look at what the mail server of that address said."))
    if letter.last_error:
        return _refused(letter, way, given_up=state is Dispatch.State.GIVEN_UP, now=now)
    if way is None:
        says = _("It waits: no mail server is set, so nothing leaves.")
        return Fate("overdue", _("Waits"), says, _("Whoever runs this server sets MAIL_URL, and starts it again."))
    if now - letter.next_at > TAKEN_WITHIN:
        says = _("Nobody has taken it from the outbox: the worker does not run, or hangs.")
        return Fate("overdue", _("Waits"), says, _("Look at what ./run has printed, and start it again."))
    says = _("It is on its way to %(host)s.") % {"host": way.host}
    return Fate("neutral", _("On its way"), says, settled=False)


def reason(error: str, way: Way, *, to: str) -> tuple[str, str]:
    """Return what `error`, as the worker notes it, means, and what to do about it."""
    at_port = {"host": way.host, "port": way.port, "sender": way.sender, "to": to, "tls": way.tls}
    for pattern, says, do in _reasons():
        if re.search(pattern, error, re.IGNORECASE):
            return says % at_port, do % at_port
    says = _("%(host)s did not take it, and what it said is nothing that Folkmoot knows.")
    return says % at_port, _("Ask whoever looks after that mail server, and tell them its own words below.")


def _sent(letter: Dispatch, way: Way | None, *, now: datetime) -> Fate:
    taken = {"host": way.host if way else _("the mail server"), "when": relative(letter.sent_at or now, now)}
    says = _("%(host)s took it %(when)s. Now look into your mail.") % taken
    do = _(
        "If it is not there in five minutes, look under spam. Still nothing? Then that server dropped it: "
        "ask whoever looks after it whether it may send mail in the name of your address."
    )
    return Fate("ok", _("Taken"), says, do)


def _refused(letter: Dispatch, way: Way | None, *, given_up: bool, now: datetime) -> Fate:
    if way is None:
        says, do = _("It was not taken, and no mail server is set any more."), ""
    else:
        says, do = reason(letter.last_error, way, to=letter.to)
    if given_up:
        return Fate("overdue", _("Refused"), says, do, letter.last_error)
    again = _("It is tried again %(when)s by itself.") % {"when": relative(max(letter.next_at, now), now)}
    return Fate("soon", _("Not taken yet"), f"{says} {again}", do, letter.last_error)


def _reasons() -> tuple[tuple[str, str, str], ...]:
    in_url = _("Whoever runs this server looks at the host and port in MAIL_URL, and starts it again.")
    in_tls = _("Whoever runs this server tries another tls= in MAIL_URL (none, starttls or tls), and starts it again.")
    return (
        (
            r"CERTIFICATE_VERIFY_FAILED",
            _("%(host)s shows a certificate that is not for that name, or has ended."),
            _("Use the name in MAIL_URL that its certificate is for; ask the provider which."),
        ),
        (
            r"WRONG_VERSION|SSL|STARTTLS|unexpectedly closed",
            _("%(host)s does not speak at port %(port)s as MAIL_URL says (tls=%(tls)s)."),
            in_tls,
        ),
        (
            r"\b53[0458]\b|authentication|auth extension",
            _("%(host)s does not accept the name or the password in MAIL_URL."),
            _("Check both; in a web address, signs such as @ and / in a password are written %%40 and %%2F."),
        ),
        (r"Connection refused", _("At %(host)s, nobody answers at port %(port)s."), in_url),
        (
            r"timed? ?out|unreachable|No route",
            _("%(host)s cannot be reached at port %(port)s. A firewall or this server’s provider may bar it."),
            _("Try port 587, or ask the provider to let mail out."),
        ),
        (
            r"getaddrinfo|Name or service|name resolution|Errno -\d",
            _("There is no computer called %(host)s, or names cannot be looked up from here."),
            in_url,
        ),
        (
            r"sender refused",
            _("%(host)s does not let this server send as %(sender)s."),
            _("Say an address that it may send as: from= in MAIL_URL."),
        ),
        (
            r"refused: 55[0-3]",
            _("%(host)s does not take mail for %(to)s."),
            _("Check the address. If it is right, the mail server wants a name and password, or does not relay."),
        ),
        (
            r"refused: 5",
            _("%(host)s refused it for good."),
            _("Often it takes it for spam: ask the provider what it needs (SPF and DKIM are the usual answer)."),
        ),
        (
            r"refused: 4",
            _("%(host)s asks to come again later; many do so with whom they do not know."),
            _("Wait for half an hour, and look again."),
        ),
    )
