"""Parties to a case: what opens their side of it is the secret of their letter’s link, or the code of their receipt."""

import re
from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from folkmoot.api.caller import Caller
from folkmoot.api.problems import UNKNOWN, Refusal
from folkmoot.api.shapes import Shown, example
from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.kernel.errors import NotPermitted, OpensNothing
from folkmoot.outbox.links import opens, receipt_hash
from folkmoot.procedure.words import Role
from folkmoot.steps.undo import not_said_until
from folkmoot.web.access import has_ended
from folkmoot.web.limits import few_wrong
from folkmoot.web.public.side import duties_to


class Received(Shown):
    """That we have what a party sent, and until when they have an answer to it, where one is owed."""

    model_config = example({"at": "2026-11-04T10:00:00Z", "due_at": "2026-11-09T23:59:59Z"})

    at: datetime
    due_at: datetime | None


LETTER = "Folkmoot-Letter"  # the last part of the link in a letter to the author: "12.AbCd…"
RECEIPT = "Folkmoot-Receipt"  # the 16 digits that a reporter got
_LETTER = re.compile(r"([1-9][0-9]{0,17})\.([A-Za-z0-9_-]{32})")
_RECEIPT = re.compile(r"[0-9]{16}")


def party_of(request: Caller, party: Role) -> Grant:
    """Return the grant of the author, or of a reporter, that this request opens; see `_the_author`."""
    grant = _the_author(request) if party is Role.AUTHOR else _the_reporter(request)
    if request.method == "GET" and not_said_until(grant.case, at=request.now):
        raise NotPermitted(_("Somebody is writing something down in this matter. Please ask again in a minute."))
    return grant


def own_case(request: Caller, number: int) -> Case:
    """Return the case of the party's own grant; any other is not there for them."""
    if request.grant.case_id != number:
        raise Http404
    return request.grant.case


def _the_author(request: Caller) -> Grant:
    """Return the author's grant that the letter of this request opens.

    Raises a `Refusal` without a letter, `OpensNothing` for one that is not whole, and `NotPermitted` for one that
    opens nothing any more.
    """
    shown = request.headers.get(LETTER, "").strip().rstrip("/").rpartition("/")[2]
    with few_wrong(request, "link", count_limit=settings.LOOKUPS_PER_HOUR):
        grant = _of_letter(request, shown)
    if has_ended(grant, at=request.now):
        raise NotPermitted(_("This matter is closed, and its links open nothing any more."))
    return grant


def _the_reporter(request: Caller) -> Grant:
    """Return the reporter's grant that the receipt of this request opens, as `_the_author` does."""
    shown = re.sub(r"[\s.\-–—_]", "", request.headers.get(RECEIPT, ""))
    with few_wrong(request, "lookup", count_limit=settings.LOOKUPS_PER_HOUR):
        return _of_receipt(request, shown)


def received(paper: Paper) -> Received:
    """Return what is said to a party of what they sent; nothing of what else lies in the file."""
    duties = duties_to(paper)
    return Received(at=paper.at, due_at=duties[0].due_at if duties else None)


def _of_letter(request: Caller, shown: str) -> Grant:
    if not shown:
        raise Refusal(UNKNOWN, _("This needs the secret of the link in a letter, in the header Folkmoot-Letter."))
    whole = _LETTER.fullmatch(shown)
    grants = Grant.objects.within(request.org).select_related("case__org", "paper", "org").filter(party=Role.AUTHOR)
    grant = grants.filter(pk=int(whole[1])).first() if whole else None
    if whole is None or grant is None or not opens(grant, whole[2]):
        raise OpensNothing(_("This link opens nothing."))
    return grant


def _of_receipt(request: Caller, shown: str) -> Grant:
    if not shown:
        raise Refusal(UNKNOWN, _("This needs the code of a receipt, in the header Folkmoot-Receipt."))
    grants = Grant.objects.within(request.org).select_related("case__org", "paper").filter(party=Role.REPORTER)
    grant = grants.filter(code_hash=receipt_hash(shown)).first() if _RECEIPT.fullmatch(shown) else None
    if grant is None or (grant.ends_at is not None and grant.ends_at <= request.now):
        raise OpensNothing(_("We have no report with this code."))
    return grant
