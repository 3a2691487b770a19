"""The branch before anything has happened in it: its rules, its people, its place, and what is typed of each."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from folkmoot.archive.models import Account, Platform, Post
from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import Organisation, Outsider, Person
from folkmoot.procedure.words import (
    Role,
)
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.add_place import add_place
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.set_contact import set_contact
from tests.cast import FOUNDED, RULES, Branch, post
from tests.web.hostile.strings import STRINGS, some, twin


@dataclass
class Say:
    """What is written in each field: the strings, or what is as long and does nothing."""

    hostile: bool
    said: dict[str, str] = field(default_factory=dict)

    def words(self, key: str) -> str:
        """Return all of the strings, a line each."""
        return self._keep(key, "\n".join((f"{key}:", *STRINGS)))

    def line(self, key: str, most: int = 120) -> str:
        """Return as many of them as go into one line of `most` characters."""
        return self._keep(key, some(key, most))

    def all(self, key: str) -> str:
        """Return all of them on one line: for what has no limit, or one that only forms know."""
        return self._keep(key, f"{key}: {' '.join(STRINGS)}")

    def plain(self, text: str) -> str:
        """Return `text`, or what is as long and does nothing."""
        return text if self.hostile else twin(text)

    def _keep(self, key: str, text: str) -> str:
        self.said[key] = self.plain(text)
        return self.said[key]


def rules(say: Say, folder: Path) -> Path:
    """Write a pack of rules: its front, its headings and its clauses."""
    pack = folder / RULES.name
    (pack / "clauses").mkdir(parents=True)
    front = {
        "name": RULES.name,
        "title": say.line("rules title"),
        "description": say.line("rules description", 500),
        "lang": "en-GB",
        "in_force_from": "2018-06-01",
        "parent": None,
        "paraphrase": True,
        "official_url": "https://example.org/harbour-rules",
        "headings": [{"prefix": "H", "title": say.line("heading", 90)}],
    }
    # what is JSON is YAML; a date stands without quotation marks
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items())
    (pack / "pack.yaml").write_text("\n".join(lines).replace('"2018-06-01"', "2018-06-01") + "\n")
    for number in (1, 2):
        texts = {"title": 90, "allowed": 200, "not_allowed": 200}
        said = {
            name: json.dumps(say.line(f"{name} {number}", most), ensure_ascii=False) for name, most in texts.items()
        }
        head = [f"code: H{number}", "scope: all", "kind: ground", f"aimed_at: {'true' if number == 1 else 'false'}"]
        head += [f"{name}: {value}" for name, value in said.items()]
        body = say.line(f"clause {number}", 3000)
        (pack / "clauses" / f"H{number}.md").write_text("\n".join(["---", *head, "---", "", body, ""]))
    return pack


def founded(say: Say, pack: Path) -> Branch:
    name = "Hostile" if say.hostile else "Quiet"
    org = add_organisation(name=f"{name} {say.line('organisation', 100)}", pack=pack, by=SYSTEM, at=FOUNDED)
    set_contact(org, contact=say.line("contact", 250), by=SYSTEM, at=FOUNDED)
    held = {
        "administrator": Role.ADMINISTRATOR,
        "operator": Role.MODERATOR,
        "moderator": Role.MODERATOR,
        "secretary": Role.SECRETARY,
        **{f"panel {number}": Role.EXECUTIVE for number in range(4)},
    }
    found: dict[str, Person] = {}
    for who, role in held.items():
        email = f"{who.replace(' ', '')}@{org.slug}.example"
        made = invite_person(org, name=say.line(who), email=email, roles={role}, by=SYSTEM, at=FOUNDED)
        found[who] = made.person
    place = add_place(
        org, name=say.line("place"), kind=Platform.Kind.FACEBOOK_PAGE, is_public=True, url="", by=SYSTEM, at=FOUNDED
    )
    name_operator(place, found["operator"], by=SYSTEM, at=FOUNDED)
    account = Account.objects.create(
        org=org, platform=place, handle=say.line("handle", 200), name=say.line("account", 200), first_seen_at=FOUNDED
    )
    author, target = (
        Person.objects.create(org=org, name=say.line(who), email=f"{who}@{org.slug}.example", created_at=FOUNDED)
        for who in ("author", "target")
    )
    return Branch(
        org=Organisation.objects.get(pk=org.pk),
        place=place,
        administrator=found["administrator"],
        operator=found["operator"],
        moderator=found["moderator"],
        secretary=found["secretary"],
        panel=[found[f"panel {number}"] for number in range(4)],
        author=author,
        target=target,
        account=account,
        post=a_post(say, org, place, account, "post 1"),
        people=found,
    )


def a_post(say: Say, org: Organisation, place: Platform, account: Account, key: str) -> Post:
    made = post(org, place, account=account, text=say.words(key), native_id=f"n-{key}-{org.pk}")
    url = say.plain("https://e.example/\"'><script>alert(1)</script>") if key == "post 1" else "javascript:alert(1)"
    Post.objects.filter(pk=made.pk).update(url=url, attachments=say.all(f"attached to {key}"))
    made.refresh_from_db()
    return made


def name_at_length(say: Say, people: Branch) -> None:
    """Let every name hold all of the strings, past the limits of forms."""
    Organisation.objects.filter(pk=people.org.pk).update(
        name=say.all("organisation at length"), contact=say.all("contact at length")
    )
    Platform.objects.filter(pk=people.place.pk).update(name=say.all("place at length"))
    for number, account in enumerate(Account.objects.within(people.org).order_by("pk")):
        Account.objects.filter(pk=account.pk).update(
            name=say.all(f"account {number} at length"), handle=say.all(f"handle {number} at length")
        )
    for who, person in {**people.people, "author": people.author}.items():
        Person.objects.filter(pk=person.pk).update(name=say.all(f"{who} at length"))
    Outsider.objects.filter(org=people.org).update(name=say.all("outsider at length"))
