"""What is gathered from: nothing at all, a branch on its first day, and one with everything in it, at full length."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from folkmoot.archive.back_tests import keep_result
from folkmoot.archive.models import Post
from folkmoot.casefile.record import SYSTEM
from folkmoot.detectors.comparing import Comparison, Side
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Moved
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch, Hook, Task
from folkmoot.pinboard.looking import note_looking
from folkmoot.pinboard.wrong_hints import call_wrong
from folkmoot.procedure.words import OFFICES, ReportKind, Role
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.assess import Made, assess_posts
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.set_up import setup_link
from folkmoot.steps.start_draft import start_draft
from folkmoot.web import errors
from tests.cast import Branch, Matter, a_decision, free
from tests.judged import judgement
from tests.web.browsers import officer, party
from tests.web.desk.pages import typed
from tests.web.hostile.founding import Say, a_post
from tests.web.hostile.strings import STRINGS
from tests.web.hostile.world import LATEST, LETTER, World
from tests.web.public.reading import value
from tests.web.states.gather import EMPTY, FULL, REFUSED, Gathering, Shown
from tests.web.states.signing_in import account, signing_in
from tests.web.test_strangers import objects_of

_LINE = "The harbour plan is a waste, and whoever voted for it should say why; "
_OTHER_WAY = "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}\N{HEBREW LETTER FINAL MEM} (1)"
MANY = 45  # cases that only wait: more than two pages of the queue


class AtLength(Say):
    """What people write at length: a long word, a name that goes on, several lines, and what runs the other way."""

    def words(self, key: str) -> str:
        """Return a few lines, one of them of the strings that a decision marks as the passage."""
        return self._keep(key, f"{key}: {_LINE}\n{STRINGS[40]}\n\n{'x' * 90}\n{_OTHER_WAY}")

    def line(self, key: str, most: int = 120) -> str:
        """Return as much as goes into one line."""
        return self._keep(key, f"{key} {_LINE} {'y' * 60} {_LINE * 3}"[:most].strip())

    def all(self, key: str) -> str:
        """Return more than any form would take for a name."""
        return self._keep(key, f"{key} {'z' * 70} {_LINE * 2}")


def before_anything(found: Gathering) -> None:
    """Look at a server on which there is nothing yet, and at its first page of all."""
    found.take(EMPTY, "visitor", Client(), "/")
    link = setup_link(at=LATEST)
    assert link is not None
    found.take(EMPTY, "visitor", Client(), "/" + link.split("/", 3)[3])


def first_day(found: Gathering) -> None:
    """Look at a branch in which there is only whoever runs it, in every office."""
    org = add_organisation(name="Nothing yet", by=SYSTEM, at=LATEST)
    one = invite_person(org, name="Ann Moss", email="ann@example.org", roles=set(OFFICES), by=SYSTEM, at=LATEST)
    person = one.person
    found.walk(EMPTY, "visitor", Client(), org.slug, {})
    found.walk(EMPTY, "everybody", officer(person), org.slug, {"person": [person.pk], "edition": [1]})
    alone = officer(
        invite_person(org, name="B", email="b@example.org", roles={Role.MODERATOR}, by=SYSTEM, at=LATEST).person,
        second_factor=False,
    )
    found.take(EMPTY, "new moderator", alone, "/account/second-factor/")
    found.take(EMPTY, "new moderator", alone, "/account/app/add/")


def everything(found: Gathering, full: World) -> None:
    """Look at a branch with everything in it, as everybody who can."""
    people = full.people
    _busy(full)
    objects = _objects(full)
    org = people.org.slug
    found.walk(FULL, "visitor", Client(), org, objects)
    sides = party(*full.grants[:30])
    found.walk(FULL, "parties", sides, org, objects)
    for who in ("operator", "moderator", "secretary", "panel 0", "administrator"):
        client = officer(people.people[who])
        found.walk(FULL, who, client, org, objects)
    account(found, people)
    signing_in(found, people)
    _receipt(found, people)


def moments(found: Gathering, full: World) -> None:
    """Look at what is there for a moment only: a decision that can be undone, two people at one case."""
    people = full.people
    moderator = people.moderator
    assert moderator is not None
    matter = _waiting(full, "moment")
    free(matter, people.operator, moderator, at=LATEST)
    claim(matter.pk, by=moderator, at=LATEST)
    note_looking(matter.case, by=moderator, at=LATEST)
    root = f"/o/{people.org.slug}/desk"
    mine = officer(people.operator)
    _keep(found, "desk:case", "somebody else has it", mine, f"{root}/cases/{matter.pk}/")
    _keep(found, "desk:queue", "somebody looks", mine, f"{root}/queue/")
    path = f"{root}/cases/{matter.pk}/decision/"
    stale = mine.post(path, {**typed(matter, passage=full.say.plain(STRINGS[40])), "seen": "1"})
    assert stale.status_code in {409, 422}, stale.status_code
    found.keep(Shown("desk:decision", "stale", "operator", path, stale.content.decode(), mine))
    decide(
        matter.pk,
        a_decision(passage=full.say.plain(STRINGS[40]), reasons=full.say.words("just now")),
        by=moderator,
        at=LATEST,
    )
    _keep(found, "desk:case", "undo", officer(moderator), f"{root}/cases/{matter.pk}/")
    ada, hook = officer(people.administrator), Hook.objects.get(org=people.org)
    path = f"/o/{people.org.slug}/admin/other-programs/{hook.pk}/renewed/"
    html = ada.post(path).content.decode()
    found.keep(Shown("administration:hook_renewed", "secret shown", "administrator", path, html, ada))


def refusals(found: Gathering) -> None:
    """Look at the pages that say no, each as its handler makes it."""
    asked = RequestFactory().get("/x/")
    pages: dict[str, HttpResponse] = {
        "400": errors.bad_request(asked, None),
        "403": errors.forbidden(asked, Exception()),
        "404": errors.not_found(asked, Exception()),
        "413": errors.too_large(asked),
        "429": errors.too_many(asked),
        "500": _failed(asked),
    }
    for name, answer in pages.items():
        found.keep(Shown(f"refused {name}", REFUSED, "visitor", "/x/", answer.content.decode(), Client()))
    checked = Client(enforce_csrf_checks=True)
    typed = {"words": "What I had typed."}
    expired = checked.post("/sign-in/", typed, headers={"origin": "http://testserver"})
    assert expired.status_code == 403
    found.keep(Shown("form expired", REFUSED, "visitor", "/sign-in/", expired.content.decode(), checked))
    for path in ("/invitation/1.x/", "/sign-in/link/1.x/", "/setup/x/"):
        answer = Client().get(path)
        found.keep(Shown(f"refused {path}", REFUSED, "visitor", path, answer.content.decode(), Client()))


def _failed(asked: object) -> HttpResponse:
    asked.resolver_match = None  # type: ignore[attr-defined]
    return errors.server_error(asked)  # type: ignore[arg-type]


def _keep(found: Gathering, view: str, state: str, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    found.keep(Shown(view, state, "officer", path, answer.content.decode(), client))


def _busy(full: World) -> None:
    """Let many cases wait, and each kind of thing be there that an address can name."""
    for number in range(MANY):
        _waiting(full, f"row {number}")
    start_draft(full.people.org, by=full.people.administrator, at=LATEST)
    for signal in (Signal.THREAT, Signal.INSULT):
        post = a_post(full.say, full.people.org, full.people.place, full.people.account, f"noticed {signal}")
        noticed = Finding(signal, "Sc", 0.9, 0, 5, "It may be a threat of harm to a person.")
        assess_posts({post.pk: Made(post.text, judgement(noticed, score=0.9))}, at=LATEST)
    _tried_again(full, _noticed(full))


def _noticed(full: World) -> list[Post]:
    """Let something have been noticed in the posts of all cases, in every way that their pages can say it."""
    posts = {matter.case.post_id: matter.case.post for matter in full.cases.values()}
    found = [post for post in posts.values() if post is not None and len(post.text) > 20]
    for number, post in enumerate(found):
        findings = [
            Finding(signal, "R2", score, place, place + 9, full.say.line(f"why {signal}"))
            for place, (signal, score) in enumerate([(Signal.THREAT, 0.9), (Signal.INSULT, 0.7), (Signal.EVASION, 0.2)])
        ]
        moved = (Moved(0, 5, 1.5), Moved(6, 9, -0.25))
        parts = {"windows": 40, "read": 16, "without": ("transformer",)} if number % 2 else {}
        made = judgement(*findings, score=0.9, at_policy=number % 3 / 2, moved=moved, **parts)
        assess_posts({post.pk: Made(post.text, made)}, at=LATEST)
        call_wrong(post, Signal.INSULT, model=made.model, by=full.people.operator, at=LATEST)
    return found


def _tried_again(full: World, posts: list[Post]) -> None:
    """Let another text check have been tried on these posts."""
    compared = Comparison()
    clean = Side(flag=False, score=0.1, lane="ordinary", signals=frozenset())
    rude = Side(flag=True, score=0.7, lane="ordinary", signals=frozenset({"insult"}), places=((0, 5),))
    grave = Side(flag=True, score=0.9, lane="emergency", signals=frozenset({"threat"}), places=((2, 9),))
    ways = [(clean, rude), (rude, clean), (rude, grave), (None, grave), (rude, rude)]
    for number, post in enumerate(posts):
        before, after = ways[number % len(ways)]
        how = ("removed", "protected", "left", "answered")[number % 4]
        compared.take(post.pk, before, after, decided=how, wrong=["insult"])
    chosen = {"place": full.people.place.slug, "since": None, "sample": 500}
    told = {"organisation": full.people.org.slug, "at": LATEST.isoformat(), "chosen": chosen, "lists": ["threats"]}
    models = {"model": "2 new", "kept_models": {"1 test": len(posts)}}
    keep_result(Path(settings.DATA), full.people.org, {**told, **models, **compared.as_json()})


def _waiting(full: World, key: str) -> Matter:
    people = full.people
    post = a_post(full.say, people.org, people.place, people.account, key)
    words = full.say.words(f"report {key}")
    kinds = list(ReportKind)
    report = Report(kind=kinds[len(key) % len(kinds)], words=words, post=post)
    return Matter(people, file_report(people.org, report, at=LATEST))


def _objects(full: World) -> dict[str, list[object]]:
    org = full.people.org
    one = objects_of(full.cases["to the end"])

    def all_of(model: type, **narrow: object) -> list[object]:
        return list(model.objects.filter(org=org, **narrow).order_by("pk").values_list("pk", flat=True)[:12])  # type: ignore[attr-defined]

    return {
        **{name: [value] for name, value in one.items()},
        "case": [matter.pk for matter in full.cases.values()],
        "grant": [grant.pk for grant in full.grants[:30]],
        "task": all_of(Task),
        "person": all_of(Person),
        "post": all_of(Post),
        "dispatch": all_of(Dispatch)[:4],
        "report": [1, 2, 3],
        "review": list(range(1, 9)),
        "wording": ["appeal_received", LETTER],
    }


def _receipt(found: Gathering, people: Branch) -> None:
    reporter = Client()
    path = f"/o/{people.org.slug}/report/"
    page = reporter.get(path, {"kind": "attack"})
    answers = {
        "kind": "attack",
        "form_key": value(page, "form_key"),
        "words": "She calls people names.",
        "affected": "no",
    }
    assert reporter.post(path, {**answers, "place": str(people.place.pk)}).status_code == 303
    answer = reporter.get(f"{path}received/")
    found.keep(Shown("public:received", FULL, "visitor", f"{path}received/", answer.content.decode(), reporter))
