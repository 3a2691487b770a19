"""Forms of the administration: people, places, the policy, and the first questions of all."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.archive.models import Platform
from folkmoot.members.models import Person
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.standards import Pack, find_pack, installed_packs, load_pack
from folkmoot.steps.add_organisation import DEFAULT_PACK
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.forms import NAME_LIMIT, Address, Line, PlainForm
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

ROLE_HINTS = {
    Role.ADMINISTRATOR: _("Looks after people, places and the policy. Does not read cases."),
    Role.MODERATOR: _("Answers reports and decides, citing the policy; looks again when an author appeals."),
    Role.SECRETARY: _("Is added when no answer came in time, and writes the Executive’s minutes."),
    Role.EXECUTIVE: _("Sits on panels and votes. The Executive’s word is final."),
}
_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Please choose one of those that are shown."))
_KIND_NEEDED = _("Please choose what kind of place it is.")


class SetUpForm(PlainForm):
    """The three questions of a new server: which organisation, who are you, which policy."""

    organisation_name = Line(
        limit=NAME_LIMIT,
        label=_("What is your organisation called?"),
        error_messages={"required": _("Please write what your organisation is called.")},
        help_text=_("As members know it, for example Hartfield Branch."),
    )
    person_name = Line(limit=NAME_LIMIT, label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = Address(label=_("Your e-mail address"), help_text=_("You sign in with it. Only administrators see it."))
    pack = forms.ChoiceField(label=_("Which policy do you begin with?"))
    official_url = Line(
        limit=500,
        required=False,
        label=_("Where is the official text of your own policy?"),
        help_text=_("A web address. Letters then link to it. You can add it later."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        packs = {name: _pack(name) for name in installed_packs()}
        first = sorted(packs, key=lambda name: (name != DEFAULT_PACK, packs[name].title))
        field = cast(forms.ChoiceField, self.fields["pack"])
        field.widget = ChoiceCards(hints={name: packs[name].description for name in packs})
        field.choices = [(name, packs[name].title) for name in first]
        field.initial = DEFAULT_PACK


class InviteForm(PlainForm):
    """Somebody new, with what they are to do."""

    name = Line(limit=NAME_LIMIT, label=_("Their name"))
    email = Address(label=_("Their e-mail address"), help_text=_("They sign in with it."))
    roles = forms.MultipleChoiceField(
        label=_("What will they do?"),
        choices=[(role.value, ROLE_WORDS[role]) for role in OFFICES],
        widget=CheckCards(hints={role.value: str(hint) for role, hint in ROLE_HINTS.items()}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose at least one role.")),
    )
    mail = forms.BooleanField(required=False, initial=True, label=_("Send them the invitation by e-mail as well"))

    def __init__(self, *args: Any, can_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_mail:
            del self.fields["mail"]


class RoleForm(PlainForm):
    """One role, to be given or ended."""

    role = forms.ChoiceField(label=_("Another role"), choices=[(role.value, ROLE_WORDS[role]) for role in OFFICES])

    def only(self, roles: Iterable[Role]) -> "RoleForm":
        """Offer only `roles`."""
        field = cast(forms.ChoiceField, self.fields["role"])
        field.choices = [(role.value, ROLE_WORDS[role]) for role in OFFICES if role in set(roles)]
        return self


class ClaimForm(PlainForm):
    """Whose account it is, and how that is known."""

    place = forms.ModelChoiceField(
        queryset=Platform.objects.none(), label=_("At which place?"), empty_label=None, error_messages=_CHOOSE
    )
    handle = Line(
        limit=200,
        label=_("What is the account called there?"),
        help_text=_("As it stands beside its posts."),
        error_messages={"required": _("Please write what the account is called.")},
    )
    evidence = Line(
        limit=300,
        label=_("How do you know?"),
        help_text=_("For example: they told us themselves."),
        error_messages={"required": _("Please write how you know that it is theirs.")},
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Platform]", self.fields["place"]).queryset = places


class EndClaimForm(PlainForm):
    """Why an account is not somebody's after all."""

    reason = Line(
        limit=300,
        label=_("Why is it not theirs?"),
        error_messages={"required": _("Please write why it is not theirs.")},
    )

    def __init__(self, *args: Any, claim: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"claim-{claim}-%s", **kwargs)
        self.claim = claim


class PlaceForm(PlainForm):
    """A place where people write."""

    name = Line(
        limit=NAME_LIMIT,
        label=_("What is it called?"),
        error_messages={"required": _("Please write what the place is called.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of place is it?"),
        choices=[("", _("Please choose")), *Platform.Kind.choices],
        error_messages={"required": _KIND_NEEDED, "invalid_choice": _KIND_NEEDED},
    )
    audience = forms.ChoiceField(
        label=_("Who can read it?"),
        choices=[("public", _("Everybody")), ("closed", _("Only members"))],
        error_messages={"required": _("Please say who can read it.")},
        widget=ChoiceCards(
            hints={
                "public": str(_("The standards of the policy are meant mainly for such places.")),
                "closed": str(_("The rules of engagement hold here too.")),
            }
        ),
    )
    url = Line(
        limit=500,
        required=False,
        label=_("Its web address"),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )


class OperatorForm(PlainForm):
    """Who looks after a place."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=_("A moderator"), empty_label=None, error_messages=_CHOOSE
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["person"]).queryset = people


class OfficialTextForm(PlainForm):
    """Where the official text stands."""

    official_url = Line(
        limit=500,
        required=False,
        label=_("Its web address"),
        help_text=_("Every letter that cites a summary links to it."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )


class ContactForm(PlainForm):
    """Where people can write to the Secretary."""

    contact = Line(
        limit=254,
        required=False,
        label=_("How can people reach your Secretary?"),
        help_text=_("An e-mail address or a postal address. Public pages and letters show it."),
    )


@cache
def _pack(name: str) -> Pack:
    return load_pack(find_pack(name))
