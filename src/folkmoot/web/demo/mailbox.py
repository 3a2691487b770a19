"""The mailbox: every letter of the demo as it reaches people, with links that work."""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.archive.models import Contact
from folkmoot.casefile.models import Grant, Paper
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.links import resolve
from folkmoot.outbox.marks import fill
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.web.access import OrgRequest
from folkmoot.web.demo.pages import demo_page
from folkmoot.web.demo.sides import Party, author_party, reporter_party

ON_A_PAGE = 25


@dataclass(frozen=True)
class Box:
    """One address, whose it is, and how many letters it got."""

    address: str
    name: str
    letters: int


@require_safe
@demo_page
def mailbox(request: OrgRequest) -> HttpResponse:
    """List the letters, the newest first; `?to=` shows those to one address."""
    boxes = _boxes(request.org)
    address = request.GET.get("to", "")
    chosen = next((box for box in boxes if box.address == address), None)
    if address and chosen is None:
        raise Http404
    letters = Dispatch.objects.select_related("case").order_by("-made_at", "-pk")
    if chosen:
        letters = letters.filter(to=chosen.address)
    page = Paginator(letters, ON_A_PAGE).get_page(request.GET.get("page"))
    names = {box.address: box.name for box in boxes}
    context = {
        "boxes": boxes,
        "chosen": chosen,
        "page_obj": page,
        "letters": [(letter, names.get(letter.to, letter.to)) for letter in page],
    }
    return render(request, "demo/mailbox.html", context)


@require_safe
@demo_page
def letter(request: OrgRequest, dispatch: int) -> HttpResponse:
    """Show one letter as it arrives, and offer to step into the place of whom it is for."""
    found = Dispatch.objects.select_related("case", "paper").filter(pk=dispatch).first()
    if found is None:
        raise Http404
    named: list[tuple[str, int]] = []

    def put_in(purpose: str, subject: int) -> str:
        named.append((purpose, subject))
        return resolve(purpose, subject)

    words = found.paper.words["body"] if found.paper else found.body
    text = fill(words, found.marker, put_in)
    name = next((box.name for box in _boxes(request.org) if box.address == found.to), found.to)
    context = {
        "letter": found,
        "name": name,
        "text": text,
        "officer": Person.objects.within(request.org).filter(email=found.to).exclude(user=None).first(),
        "to": _first_path(text),
        "party": _party(found, named),
    }
    return render(request, "demo/letter.html", context)


def _boxes(org: Organisation) -> list[Box]:
    names = _names(org)
    counted = Dispatch.objects.values("to").annotate(letters=Count("pk")).order_by("to")
    boxes = [Box(row["to"], names.get(row["to"], row["to"]), row["letters"]) for row in counted]
    return sorted(boxes, key=lambda box: box.name.casefold())


def _names(org: Organisation) -> dict[str, str]:
    names: dict[str, str] = {}
    for report in Paper.objects.within(org).filter(kind=Paper.Kind.REPORT).prefetch_related("texts"):
        said = report.words
        if "name" in said and "email" in said:
            names[said["email"]] = said["name"]
    for contact in Contact.objects.within(org).select_related("account"):
        names[contact.address] = str(contact.account)
    names.update(Person.objects.within(org).values_list("email", "name"))
    return names


def _party(letter: Dispatch, named: list[tuple[str, int]]) -> Party | None:
    """Return the author or reporter whom the letter is for, if it is for one."""
    for purpose, subject in named:
        if purpose == "letter":
            return author_party(Grant.objects.select_related("org", "case__post__account").get(pk=subject))
    if letter.case is None or letter.paper is None or letter.paper.facts["audience"] != Role.REPORTER:
        return None
    grants = Grant.objects.filter(case=letter.case, party=Role.REPORTER).select_related("org", "case", "paper")
    return next((reporter_party(grant) for grant in grants if grant.paper.words.get("email") == letter.to), None)


def _first_path(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/o/\S+)", text)
    return found[1] if found else ""
