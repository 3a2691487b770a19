"""Who may have reported the post: people so different that any trace of them would make a difference."""

from datetime import datetime
from typing import Any, Protocol

from folkmoot.casefile.models import Grant
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.attach import Upload
from folkmoot.steps.file_report import Receipt, Report, file_report
from tests.cast import Branch, day
from tests.web.public.reading import encoded

LINK = "https://elsewhere.example/groups/harbour/posts/4711"


class Reporters(Protocol):
    """Reports a post in a way of their own; `only_link` where nobody knows the post, and there is but a link to it."""

    def __call__(self, people: Branch, kind: ReportKind, *, only_link: bool = False) -> Receipt: ...


def a_stranger(people: Branch, kind: ReportKind, *, only_link: bool = False) -> Receipt:
    """One visitor with a name, an address, a tell-tale link, a turn of phrase and a picture, in the small hours."""
    report = Report(
        kind=kind,
        words="He allways does this!!! grrr, ask anybody in Quay Street.",
        post=None if only_link else people.post,
        link=f"{LINK}?shared_by=wren.lacey&fbclid=IwAR0wren#wren",
        quoted=f"{people.post.text} -- my own remark: dreadful",
        name="Wren Lacey",
        email="wren.lacey@example.org",
    )
    receipt = file_report(people.org, report, at=day(0, 3, 17))
    picture = Upload("wrens-phone.jpg", "image/jpeg", encoded("JPEG", size=(33, 21)))
    _add(receipt.grant, "And here is what I saw from my window.", [picture], at=day(0, 3, 41))
    return receipt


def a_member(people: Branch, kind: ReportKind, *, only_link: bool = False) -> Receipt:
    """Somebody known here, whom the post is about, signed in, five days before."""
    where: dict[str, Any] = {"link": f"{LINK}?utm_source=whatsapp"} if only_link else {"post": people.post}
    report = Report(kind=_KINDS[kind][0], words="I am frightened.", affected=True, **where)
    return file_report(people.org, report, by=people.target, at=day(-5, 18, 5))


def three_of_them(people: Branch, kind: ReportKind, *, only_link: bool = False) -> Receipt:
    """Three visitors one after the other, with other kinds, one of them by the link only."""
    told: list[dict[str, Any]] = [
        {"words": "First.", "email": "osprey@example.org", "kind": kind},
        {"words": "Second, and I know four more who think so.", "kind": _KINDS[kind][1], "name": "Osgood Heron"},
        {"words": "", "kind": _KINDS[kind][0], "link": f"{LINK}?from=plover", "email": "plover@example.org"},
    ]
    if only_link:  # each link is a case of its own
        told = [{**told[1], "link": f"{LINK}?mibextid=osgood"}]
    post = None if only_link else people.post
    made = [
        file_report(people.org, Report(post=post, **one), at=day(-1, 22, number)) for number, one in enumerate(told)
    ]
    return made[0]


EVERYBODY: dict[str, Reporters] = {"a stranger": a_stranger, "a member": a_member, "three of them": three_of_them}

_KINDS = {
    ReportKind.ATTACK: (ReportKind.HATE, ReportKind.INACCURATE),
    ReportKind.THREAT: (ReportKind.INTIMATE_IMAGE, ReportKind.PRIVATE_INFORMATION),
    ReportKind.LEGAL: (ReportKind.COPYRIGHT, ReportKind.ATTACK),
    ReportKind.SPAM: (ReportKind.SPAM, ReportKind.SPAM),
}


def _add(grant: Grant, words: str, files: list[Upload], *, at: datetime) -> None:
    add_to_report(grant.case_id, words=words, files=files, by=grant, at=at)
