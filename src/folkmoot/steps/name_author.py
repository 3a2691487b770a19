"""A moderator says who wrote the post, or where its author can be reached, and how they know."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.archive.index_posts import note_changed
from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.outbox.promise import call_off, promise_again, supersede
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.note_contact import keep_contact
from folkmoot.steps.standing import require_uninvolved
from folkmoot.steps.tell import author_address, author_contact

_LIVE = (Dispatch.State.WAITING, Dispatch.State.SENDING, Dispatch.State.SENT)


@transaction.atomic
def name_author(case_id: int, *, handle: str = "", address: str = "", source: str, by: Person, at: datetime) -> Paper:
    """File what is known. Letters that waited for an address, or could not be served, are promised to it now.

    Also after the end: it moves nothing, and what was promised is still kept.
    """
    case = locked(case_id)
    role = _capacity(case, by, at=at)
    if case.post is None and case.account is None:
        raise NotPermitted(gettext("Please say first which post this is about."))
    if case.account and handle:
        raise BadInput(gettext("It is known whose account this is about: give an address only."), field="handle")
    if not (handle or address):
        raise BadInput(gettext("Please give a name at that place, or an e-mail address."), field="address")
    if address:
        _require_address(address)
    if not source:
        raise BadInput(gettext("Please write how you know this: the record keeps it."), field="source")
    account, another = (case.account, False) if case.account else _who_wrote(case, handle, at=at)
    paper = file_paper(
        case,
        Paper.Kind.AUTHOR,
        by=by,
        at=at,
        facts={"account": account.pk, "handle": bool(handle), "address": bool(address)},
        texts={"handle": handle, "address": address, "source": source},
    )
    if address:
        keep_contact(case, account, address=address, source=source, by=by, at=at)
    if address or (another and author_address(case)):
        _send_what_waits(case, address or author_address(case), at=at)
    advance(case, Step.NAME_AUTHOR, by=by, role=role, at=at, papers=[paper])
    return paper


def _who_wrote(case: Case, handle: str, *, at: datetime) -> tuple[Account, bool]:
    """Return the account of the case's post, and whether it is another than before: then the post is given it."""
    posts = Post.objects.select_for_update(of=("self",), no_key=True).select_related("account", "platform")
    post = case.post = posts.get(pk=case.post_id or 0)  # an import may be filling it in at this moment
    account = post.account or Account.objects.create(org=case.org, platform=post.platform, first_seen_at=at)
    before = author_contact(case)
    if handle and account.handle != handle:
        account = _with_handle(case, account, handle, at=at)
    if post.account_id == account.pk:
        return account, False
    post.account = account
    post.save(update_fields=["account"])
    note_changed({post.pk: post.posted_at})
    if before and not author_contact(case):  # the address was given for whoever wrote this post
        keep_contact(
            case,
            account,
            address=before.address,
            source=before.source,
            by=before.added_by,
            at=before.added_at,
        )
    return account, True


def _capacity(case: Case, by: Person, *, at: datetime) -> Role:
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    require_uninvolved(case, by)
    for role in (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE):
        if by.holds(role, at=at):
            return role
    raise NotPermitted(gettext("Only the moderators may do this."))


def _require_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput(gettext("That does not look like an e-mail address."), field="address") from None


def _with_handle(case: Case, account: Account, handle: str, *, at: datetime) -> Account:
    if account.handle is not None:
        raise BadInput(
            gettext("The post is already known to be by %(handle)s.") % {"handle": account.handle}, field="handle"
        )
    known = Account.objects.filter(platform=account.platform, handle=handle).first()
    if known:
        return known
    account.handle = handle
    account.save(update_fields=["handle"])
    return account


def _send_what_waits(case: Case, address: str, *, at: datetime) -> None:
    to_hand_over = case.tasks.filter(op=Task.Op.HAND_OVER_NOTICE).select_related("paper").order_by("pk")
    waiting = to_hand_over.filter(state=Task.State.OPEN)
    notices = [task.paper for task in waiting] + _not_served(case, to_hand_over)
    call_off(case, Dispatch.objects.filter(paper__in=notices))  # it goes to the newer address instead
    kept = {paper.pk: paper for paper in notices if paper.words["body"]}  # of what was destroyed no letter is left
    for notice in kept.values():
        promise_again(case, notice, to=address, at=at)
    supersede(case, waiting, at=at)


def _not_served(case: Case, to_hand_over: QuerySet[Task]) -> list[Paper]:
    """Return the letters that nobody could hand over, and that are neither served nor on their way since (D28)."""
    served = to_hand_over.filter(state=Task.State.DONE).values("paper")
    live = case.dispatches.filter(state__in=_LIVE, paper__isnull=False).values("paper")
    tasks = to_hand_over.filter(state=Task.State.CANNOT)
    return [task.paper for task in tasks.exclude(paper__in=served).exclude(paper__in=live)]
