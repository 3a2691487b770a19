"""What the register says, in plain sentences: one for each step that can stand on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Event
from folkmoot.members.models import Organisation, Outsider, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.settle_part import Part
from folkmoot.web.admin.guide import TITLES
from folkmoot.web.context import ROLE_WORDS

Facts = Mapping[str, Any]

GROUPS = {
    "people": later("People and roles"),
    "places": later("Places and posts"),
    "rules": later("Policy, procedure, letters"),
    "settings": later("Settings"),
    "access": later("Signing in, and programs"),
    "record": later("The record"),
}


@dataclass
class Names:
    """The names behind the numbers in some events; whoever is gone is said to be."""

    people: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    outsiders: dict[int, str] = field(default_factory=dict)

    def person(self, facts: Facts, name: str = "person") -> str:
        """Return who `facts` names."""
        return self.people.get(facts.get(name, 0)) or _("somebody")

    def place(self, facts: Facts) -> str:
        """Return which place `facts` names."""
        return self.places.get(facts.get("place", 0)) or _("a place")

    def outsider(self, facts: Facts) -> str:
        """Return who outside `facts` names."""
        return self.outsiders.get(facts.get("outsider", 0)) or _("somebody outside")


Saying = Callable[[Facts, Names], str]


def names_in(org: Organisation, events: Iterable[Event]) -> Names:
    """Return the names that the sentences of `events` need, in three queries."""
    told = [event.facts for event in events]
    people = {facts[key] for facts in told for key in _PEOPLE if isinstance(facts.get(key), int)}
    places = {facts["place"] for facts in told if isinstance(facts.get("place"), int)}
    outsiders = {facts["outsider"] for facts in told if isinstance(facts.get("outsider"), int)}
    return Names(
        dict(Person.objects.within(org).filter(pk__in=people).values_list("pk", "name")),
        dict(Platform.objects.within(org).filter(pk__in=places).values_list("pk", "name")),
        dict(Outsider.objects.within(org).filter(pk__in=outsiders).values_list("pk", "name")),
    )


def said(event: Event, names: Names) -> str:
    """Return what an event of the register says, in a sentence without its subject."""
    known = SAYINGS.get(event.step)
    return known[1](event.facts, names) if known else event.step.replace("_", " ")


def steps_of(group: str) -> list[str]:
    """Return the steps that belong to a group."""
    return [step for step, (its, _saying) in SAYINGS.items() if its == group]


_PEOPLE = ("person", "covering", "from", "to", "owner")


def _role(facts: Facts) -> str:
    role = facts.get("role", "")
    return str(ROLE_WORDS[Role(role)]) if role in set(Role) and Role(role) in ROLE_WORDS else role


def _of_person(sentence: Callable[[], str]) -> Saying:
    return lambda facts, names: sentence() % {"person": names.person(facts), "role": _role(facts)}


def _of_place(sentence: Callable[[], str]) -> Saying:
    return lambda facts, names: sentence() % {"place": names.place(facts), "person": names.person(facts)}


def _of_outsider(sentence: Callable[[], str]) -> Saying:
    return lambda facts, names: sentence() % {"outsider": names.outsider(facts)}


def _plain(sentence: Callable[[], str]) -> Saying:
    return lambda facts, _names: sentence() % dict(facts)


def _covered(facts: Facts, names: Names) -> str:
    who = {"person": names.person(facts), "covering": names.person(facts, "covering"), "role": _role(facts)}
    return _("let %(covering)s cover for %(person)s: %(role)s") % who


def _passed(facts: Facts, names: Names) -> str:
    who = {"outgoing": names.person(facts, "from"), "incoming": names.person(facts, "to")}
    return _("passed what %(outgoing)s held on to %(incoming)s") % who


def _policy(facts: Facts, _names: Names) -> str:
    if facts.get("parent"):
        return _("brought in a statement that the rules rest on (edition %(number)s)") % facts
    return _("published edition %(number)s of the policy") % facts


def _checked(facts: Facts, _names: Names) -> str:
    """Return what a look found, and not of how many cases: an author could count theirs (D9)."""
    if facts["faults"]:
        told = ngettext(
            "verified the record: %(faults)s fault", "verified the record: %(faults)s faults", facts["faults"]
        )
        return told % facts
    return _("verified the record: all that was looked at is as it was written")


def _official(facts: Facts, _names: Names) -> str:
    return _("said that an account is our own") if facts["official"] else _("said that an account is not our own")


def _settled(facts: Facts, _names: Names) -> str:
    part = {"part": TITLES[Part(facts["part"])]}
    if facts["how"] == "done":
        return _("said that this part of setting up is done: %(part)s") % part
    return _("left this part of setting up for later: %(part)s") % part


def _digest(facts: Facts, names: Names) -> str:
    return _("chose how often to get the morning mail: %(digest)s") % facts


SAYINGS: dict[str, tuple[str, Saying]] = {
    "add_organisation": ("settings", _plain(lambda: _("added the organisation"))),
    "set_up": ("settings", _plain(lambda: _("set the organisation up"))),
    "settle_part": ("settings", _settled),
    "end_set_up": ("settings", _plain(lambda: _("said that setting up is over"))),
    "rename_organisation": ("settings", _plain(lambda: _("changed what the organisation is called"))),
    "set_zone": ("settings", _plain(lambda: _("moved the time zone from %(from)s to %(to)s"))),
    "assess_afresh": ("settings", _plain(lambda: _("let posts be judged afresh by the text check"))),
    "set_triage": ("settings", _plain(lambda: _("changed which posts the software looks over by itself"))),
    "set_contact": ("settings", _plain(lambda: _("changed how people reach the Secretary"))),
    "set_official_text": ("settings", _plain(lambda: _("changed where the official text is"))),
    "set_digest": ("settings", _digest),
    "send_test_letter": ("settings", _plain(lambda: _("sent themselves a test letter"))),
    "invite_person": ("people", _of_person(lambda: _("invited %(person)s"))),
    "reissue_invitation": ("people", _of_person(lambda: _("made a new invitation for %(person)s"))),
    "withdraw_invitation": ("people", _of_person(lambda: _("withdrew the invitation of %(person)s"))),
    "give_role": ("people", _of_person(lambda: _("gave %(person)s a role: %(role)s"))),
    "end_role": ("people", _of_person(lambda: _("ended a role of %(person)s: %(role)s"))),
    "set_cover": ("people", _covered),
    "end_cover": ("people", _plain(lambda: _("ended a cover"))),
    "pass_cases": ("people", _passed),
    "claim_account": ("people", _of_person(lambda: _("wrote down that an account is %(person)s’s"))),
    "end_claim": ("people", _plain(lambda: _("said that an account is not whose it was said to be"))),
    "mark_official": ("places", _official),
    "note_contact": ("places", _plain(lambda: _("wrote down where the author of an account can be reached"))),
    "add_place": ("places", _of_place(lambda: _("added the place “%(place)s”"))),
    "change_place": ("places", _of_place(lambda: _("changed what is known of “%(place)s”"))),
    "name_operator": ("places", _of_place(lambda: _("let %(person)s look after “%(place)s”"))),
    "end_operator": ("places", _of_place(lambda: _("%(person)s does not look after “%(place)s” any more"))),
    "record_posts": ("places", _of_place(lambda: _("brought posts in from “%(place)s”"))),
    "publish_policy": ("rules", _policy),
    "discard_policy_draft": ("rules", _plain(lambda: _("discarded a draft of the policy"))),
    "publish_procedure": ("rules", _plain(lambda: _("published edition %(number)s of the procedure"))),
    "publish_letter": ("rules", _plain(lambda: _("published edition %(number)s of the letter “%(letter)s”"))),
    "redeem_invitation": ("access", _plain(lambda: _("accepted their invitation"))),
    "make_sign_in_link": ("access", _of_person(lambda: _("made a link that signs %(person)s in"))),
    "redeem_sign_in": ("access", _plain(lambda: _("signed in by a link from the server’s console"))),
    "remove_second_factor": ("access", _of_person(lambda: _("removed the second factor of %(person)s"))),
    "issue_token": ("access", _plain(lambda: _("made a token for a program"))),
    "revoke_token": ("access", _plain(lambda: _("revoked a token"))),
    "add_hook": ("access", _plain(lambda: _("let another program be told of cases"))),
    "renew_hook_secret": ("access", _plain(lambda: _("gave another program a new secret"))),
    "end_hook": ("access", _plain(lambda: _("let another program be told of nothing any more"))),
    "call_again": ("access", _plain(lambda: _("let another program be told once more of something"))),
    "name_outsider": ("record", _of_outsider(lambda: _("let %(outsider)s keep checkpoints"))),
    "end_outsider": ("record", _of_outsider(lambda: _("sends %(outsider)s no more checkpoints"))),
    "note_check": ("record", _checked),
    "declare_restored": ("record", _plain(lambda: _("declared that the database was brought back from a backup"))),
}
