"""Fills this process's database for `bench/paint`, and prints each page with the cookies that open it, as JSON.

    python -m bench.of_paint.filling

with FOLKMOOT_DATA. A branch with Folkmoot's own policy, one decided case, and a queue of more than one page.
"""

import json
import os
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from django.test import Client  # noqa: E402  it needs the settings

from bench.of_archive.changes import written  # noqa: E402  models load only now
from bench.of_archive.words import Words  # noqa: E402
from bench.of_desk.branch import sign_in  # noqa: E402
from folkmoot.archive.bulk import NewPost, store  # noqa: E402
from folkmoot.archive.models import Account, Platform, Post  # noqa: E402
from folkmoot.casefile.models import Grant  # noqa: E402
from folkmoot.casefile.record import SYSTEM  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.members.models import Organisation, Person  # noqa: E402
from folkmoot.outbox.links import letter_link  # noqa: E402
from folkmoot.procedure.words import AimedAt, Outcome, ReportKind, Role  # noqa: E402
from folkmoot.steps.add_organisation import add_organisation  # noqa: E402
from folkmoot.steps.add_place import add_place  # noqa: E402
from folkmoot.steps.decide import decide  # noqa: E402
from folkmoot.steps.declare_interest import declare_interest  # noqa: E402
from folkmoot.steps.file_report import Receipt, Report, file_report  # noqa: E402
from folkmoot.steps.finding import Decision  # noqa: E402
from folkmoot.steps.invite_person import invite_person  # noqa: E402
from folkmoot.steps.name_operator import name_operator  # noqa: E402
from folkmoot.steps.note_contact import note_contact  # noqa: E402
from folkmoot.web.access import GRANTS  # noqa: E402
from folkmoot.web.signin.sessions import SessionStore  # noqa: E402
from tests.web.public.reading import value  # noqa: E402

NOW = datetime.now(UTC)
FOUNDED = NOW - timedelta(days=90)
WAITING = 40  # cases
REASONS = "It calls a named councillor a crook and gives no fact for it. The plan itself may be called a waste."


def main() -> None:
    """Fill, and say what there is to look at."""
    bring_up_to_date()
    org = add_organisation(name="Bench branch", by=SYSTEM, at=FOUNDED)
    moderator, _second = (_invite(org, Role.MODERATOR, number) for number in range(2))
    _invite(org, Role.SECRETARY, 0)
    receipts = _reported(org, moderator)
    decided = receipts[0].case
    declare_interest(decided.pk, interested=False, by=moderator, at=NOW - timedelta(days=1))
    text = Post.objects.get(pk=decided.post_id).text
    decision = Decision(Outcome.REMOVE, REASONS, codes=["Sa"], passage=text[:40], aimed_at=AimedAt.PERSON)
    decide(decided.pk, decision, by=moderator, at=NOW - timedelta(days=1))
    declare_interest(receipts[1].case.pk, interested=False, by=moderator, at=NOW)
    author = Grant.objects.get(case=decided, party=Role.AUTHOR)
    print(json.dumps(_pages(org, author, receipts, sign_in(moderator))), flush=True)


def _pages(org: Organisation, author: Grant, receipts: list[Receipt], officer: str) -> list[dict[str, object]]:
    """Return each page: what it is, its group (of which the promise speaks), its path, and the cookies for it."""
    root = f"/o/{org.slug}"
    sides = SessionStore()
    sides[GRANTS] = [author.pk, receipts[0].grant.pk, receipts[1].grant.pk]
    sides.save()
    party = sides.session_key or ""
    notice = f"{root}/notice/{author.pk}/"
    letter = f"{root}/letter/{letter_link(author).partition('/letter/')[2]}"
    visitors = {
        "home": f"{root}/",
        "report: what happened": f"{root}/report/",
        "report: the form": f"{root}/report/?kind=attack",
        "track, with a code": f"{root}/track/",
        "rules, all of them": f"{root}/rules/",
        "rules, one clause": f"{root}/rules/Sa/",
        "privacy": f"{root}/privacy/",
        "a letter's link": letter,
        "sign-in": "/sign-in/",
    }
    parties = {
        "how a report stands": f"{root}/track/progress/{receipts[0].grant.pk}/",
        "the author's notice": notice,
        "appeal": f"{notice}appeal/",
    }
    desk = {"queue": f"{root}/desk/queue/", "case": f"{root}/desk/cases/{receipts[1].case.pk}/"}
    received = {"the receipt": f"{root}/report/received/"}
    shown = (
        ("public", visitors, {}),
        ("public", received, {"receipt": _receipt(f"{root}/report/", str(receipts[0].case.platform_id))}),
        ("public", parties, {"sessionid": party}),
        ("desk", desk, {"sessionid": officer}),
    )
    return [
        {"group": group, "what": what, "path": path, "cookies": cookies}
        for group, pages, cookies in shown
        for what, path in pages.items()
    ]


def _receipt(path: str, place: str) -> str:
    """Report something as a browser does, and return the cookie that shows its receipt."""
    browser = Client(SERVER_NAME="localhost")
    form = {"kind": "attack", "words": "She calls people names.", "affected": "no", "place": place}
    form["form_key"] = value(browser.get(path, {"kind": "attack"}), "form_key")
    answer = browser.post(path, form)
    if answer.status_code != 303:
        raise SystemExit(f"a report is answered with {answer.status_code}")
    return browser.cookies["receipt"].value


def _reported(org: Organisation, moderator: Person) -> list[Receipt]:
    place = add_place(
        org, name="Town page", kind=Platform.Kind.FACEBOOK_PAGE, is_public=True, url="", by=SYSTEM, at=FOUNDED
    )
    name_operator(place, moderator, by=SYSTEM, at=FOUNDED)
    account = Account.objects.create(org=org, platform=place, handle="rowan", name="Rowan", first_seen_at=FOUNDED)
    note_contact(account, address="rowan@example.org", source="the membership list", by=moderator, at=FOUNDED)
    words = Words(7)
    store([_post(org, place, account, written(words, words.post()), number) for number in range(WAITING)])
    posts = Post.objects.within(org).order_by("pk")
    said = "Calling somebody a crook is not how we talk to each other."
    return [
        file_report(org, Report(kind=ReportKind.ATTACK, words=said, post=post), at=NOW - timedelta(days=2))
        for post in posts
    ]


def _post(org: Organisation, place: Platform, account: Account, text: str, number: int) -> NewPost:
    at = NOW - timedelta(days=3, minutes=number)
    return NewPost(
        org_id=org.pk,
        platform_id=place.pk,
        native_id=f"n{number}",
        account_id=account.pk,
        url=f"https://www.example.org/posts/{number}",
        text=text,
        posted_at=at,
        precision=Post.Precision.EXACT.value,
        first_seen_at=at,
        state=Post.State.PUBLISHED.value,
        thread=f"n{number}",
        reply_to="",
    )


def _invite(org: Organisation, role: Role, number: int) -> Person:
    email, name = f"{role}{number}@{org.slug}.example", f"{role.capitalize()} {number + 1}"
    return invite_person(org, name=name, email=email, roles={role}, by=SYSTEM, at=FOUNDED).person


if __name__ == "__main__":
    main()
