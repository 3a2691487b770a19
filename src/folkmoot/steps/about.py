"""What a report is about (Ma, F1): a post, a conversation, what an account keeps doing, or something offline."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from folkmoot.archive.find import post_meant
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.casefile.models import Case
from folkmoot.casefile.record import locked
from folkmoot.kernel.text import single_line
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Stage, Subject

if TYPE_CHECKING:
    from folkmoot.steps.file_report import Report


@dataclass(frozen=True)
class About:
    """One matter, as far as it is known. A conversation is known by the native id of its first post."""

    subject: Subject
    platform: Platform | None = None
    post: Post | None = None
    account: Account | None = None
    thread: str = ""


def about(org: Organisation, report: "Report") -> About:
    """Return what `report` is about, found by its link, by the post's words or by the account's name."""
    match report.subject:
        case Subject.OFFLINE:
            return About(Subject.OFFLINE, report.platform)
        case Subject.PATTERN:
            account = _account_meant(org, report)
            return About(Subject.PATTERN, account.platform if account else report.platform, account=account)
    post = report.post or post_meant(org, link=report.link, words=report.quoted)
    platform = post.platform if post else report.platform
    if report.subject is Subject.THREAD:
        return About(Subject.THREAD, platform, thread=first_of_thread(post) if post else "")
    return About(Subject.POST, platform, post=post)


def open_case_about(matter: About) -> Case | None:
    """Return the open case about the same matter, locked, or `None`: later reports join it.

    Something offline is a matter of its own each time, and so is what nobody can tell from another yet.
    """
    found = Case.objects.filter(same_matter(matter)).exclude(stage=Stage.FINAL).first() if is_known(matter) else None
    case = locked(found.pk) if found else None
    return case if case and case.stage != Stage.FINAL else None  # it may have ended while this waited for the lock


def is_known(matter: About) -> bool:
    """Say whether it is known which post, conversation or account is meant."""
    return bool(matter.post or matter.account or (matter.thread and matter.platform))


def same_matter(matter: About) -> Q:
    """Return what is true of cases about the same; only where it is known what is meant."""
    match matter.subject:
        case Subject.THREAD:
            return Q(subject=Subject.THREAD, platform=matter.platform, thread=matter.thread)
        case Subject.PATTERN:
            return Q(subject=Subject.PATTERN, account=matter.account)
    return Q(post=matter.post)


def first_of_thread(post: Post) -> str:
    """Return the native id of the first post of the conversation in which `post` stands."""
    return post.thread or post.native_id


def _account_meant(org: Organisation, report: "Report") -> Account | None:
    """Return the one account of this name at the place, or the one that wrote the post that the link leads to."""
    name = single_line(report.account).removeprefix("@")
    if name and report.platform:
        called = Q(handle__iexact=name) | Q(handle__iexact=f"@{name}") | Q(name__iexact=name)
        found = list(Account.objects.within(org).filter(called, platform=report.platform)[:2])
        if len(found) == 1:
            return found[0]
    post = report.post or post_meant(org, link=report.link, words=report.quoted)
    return post.account if post else None
