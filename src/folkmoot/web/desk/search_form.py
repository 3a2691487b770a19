"""What is looked for: words, who wrote, where, from when until when, and under which rule it was decided."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.find import Called, accounts_called
from folkmoot.archive.index import Wanted, key_of
from folkmoot.archive.index_posts import account_marks, place_marks
from folkmoot.archive.models import Account, Platform
from folkmoot.archive.words import Query, query
from folkmoot.casefile.index_cases import clause_mark
from folkmoot.editions.models import Clause
from folkmoot.members.models import Organisation
from folkmoot.web.forms import Line, PlainForm

WORDS_LIMIT = 200
POSTS, CASES = "posts", "cases"
_FIRST_DAY, _LAST_DAY = date(2, 1, 1), date(9998, 12, 31)  # in every zone there is a time for them


class SearchForm(PlainForm):
    """The fields of a search; all may be empty, and then the newest are shown."""

    q = Line(
        limit=WORDS_LIMIT,
        required=False,
        label=later("Words, or a “phrase in quotes”"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    who = Line(limit=WORDS_LIMIT, required=False, label=later("Who wrote it"))
    place = forms.ModelChoiceField(
        Platform.objects.none(), required=False, label=later("Where"), empty_label=later("Every place")
    )
    since = forms.DateField(required=False, label=later("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label=later("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    clause = forms.ChoiceField(required=False, label=later("Decided under"))

    def __init__(self, *args: object, org: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.org = org
        place, clause = self.fields["place"], self.fields["clause"]
        if isinstance(place, forms.ModelChoiceField):
            place.queryset = Platform.objects.within(org).order_by("name")
            place.error_messages["invalid_choice"] = _("This place is not one of ours.")
        if isinstance(clause, forms.ChoiceField):
            grounds = Clause.objects.within(org).filter(kind="ground").order_by("edition__number", "order")
            titles = dict(grounds.values_list("code", "title"))  # of each code the newest
            clause.choices = [("", _("Any rule, or none")), *((code, f"{code} · {titles[code]}") for code in titles)]
            clause.error_messages["invalid_choice"] = _("None of our rules has this code.")
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = _("Please give a day, such as 2026-11-27, or leave it empty.")

    def clean_q(self) -> str:
        """Refuse what no post could be found by."""
        typed: str = self.cleaned_data["q"]
        if typed and not query(typed):
            raise forms.ValidationError(_("Please type a word with letters or digits: signs alone cannot be found."))
        return typed

    def clean(self) -> dict[str, object]:
        """Refuse days that are the wrong way round, and a name that nobody has."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day comes before the first. Please change one of them."))
        if given.get("who") and not self.accounts:
            self.add_error("who", _("Nobody whose posts are here is called so. Part of a name is enough."))
        return given

    @cached_property
    def asked(self) -> Query:
        """The words that were typed; nothing where they cannot be looked for."""
        return query(self.cleaned_data.get("q", "")) if self.is_bound and self.is_valid() else Query(())

    @cached_property
    def called(self) -> Called:
        """Who is called as was typed, and whether there are more."""
        who = self.cleaned_data.get("who")
        return accounts_called(self.org, who) if who else Called([], more=False)

    @property
    def accounts(self) -> list[Account]:
        """The accounts that are called as was typed."""
        return self.called.accounts

    @property
    def narrows(self) -> bool:
        """Whether anything at all is looked for."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def narrows_more(self) -> bool:
        """Whether anything but words was given, right or wrong: then those fields stand open."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    @property
    def code(self) -> str:
        """The rule that is asked for, or nothing."""
        return str(self.cleaned_data.get("clause") or "")

    def wanted_posts(self) -> Wanted:
        """Return what posts are looked for; the rule has to be asked of their cases."""
        given = self.cleaned_data
        marks = []
        if given["who"]:
            marks.append(account_marks([one.pk for one in self.accounts]))
        if given["place"]:
            marks.append(place_marks([given["place"].pk]))
        return Wanted(self.org.pk, self.asked.phrases, tuple(marks), *self._bounds())

    def wanted_cases(self) -> Wanted:
        """Return what cases are looked for, but not by whom; where has to be asked of the cases themselves."""
        marks = ((clause_mark(self.code),),) if self.code else ()
        return Wanted(self.org.pk, self.asked.phrases, marks, *self._bounds())

    def _bounds(self) -> tuple[int, int]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        first = key_of(self._begins(since), 0) if since else -(2**63)
        return first, key_of(self._begins(until, 1), 0) - 1 if until else 2**63 - 1

    def _begins(self, day: date, later: int = 0) -> datetime:
        """Return when a day begins here, or one `later`; those at both ends of the calendar count as years before."""
        day = min(max(day, _FIRST_DAY), _LAST_DAY) + timedelta(days=later)
        return datetime.combine(day, time(), tzinfo=ZoneInfo(self.org.zone))
