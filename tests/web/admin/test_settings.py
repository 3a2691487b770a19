"""Settings: what each does, who changed it last, and those of the server only to be read."""

import re
from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.models import Event
from folkmoot.casefile.settings_mark import setting_names
from folkmoot.config.mail import mail_server
from folkmoot.config.shown import server_settings
from folkmoot.members.models import Organisation
from tests.cast import Branch
from tests.places import PROJECT

NOT_CHOSEN = {"created_at", "is_local"}  # what nobody sets: when it began, and that it waits for its set-up


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/settings/{rest}"


def test_every_setting_of_an_organisation_is_shown_with_who_changed_it_last(people: Branch, ada: Client) -> None:
    facts = {"name": "Harbour Labour", "contact": "sec@example.org", "zone": "Europe/Dublin"}
    assert ada.post(url(people, "organisation/"), facts)["Location"] == url(people)
    page = ada.get(url(people)).content.decode()
    for name in setting_names():
        assert (f'id="setting-{name}"' in page) is (name not in NOT_CHOSEN)
    zone = page[page.index('id="setting-zone"') :]
    assert re.search(r"Europe/Dublin.*?changed last by <bdi>Ada Quill</bdi>", zone, re.DOTALL)
    contact = page[page.index('id="setting-official_url"') :]
    assert "nothing said" in contact[:400]
    for limit in ("report_days", "working_days", "nation", "quorum"):
        assert f'id="setting-{limit}"' in page
    assert "Bank holidays are those of England" in page


def test_each_change_is_a_step_and_what_stays_is_none(people: Branch, ada: Client) -> None:
    def steps() -> list[str]:
        return list(Event.objects.within(people.org).filter(case=None).order_by("seq").values_list("step", flat=True))

    before = len(steps())
    same = {"name": "Harbour branch", "contact": "", "zone": "Europe/London"}
    ada.post(url(people, "organisation/"), same)
    assert len(steps()) == before
    ada.post(url(people, "organisation/"), {**same, "name": "Harbour", "zone": "Asia/Tokyo"})
    assert steps()[before:] == ["rename_organisation", "set_zone"]
    assert Event.objects.within(people.org).get(step="set_zone").facts == {"from": "Europe/London", "to": "Asia/Tokyo"}
    assert Organisation.objects.get(pk=people.org.pk).slug == "harbour-branch"


def test_which_posts_the_software_looks_over_is_chosen_and_says_so(people: Branch, ada: Client) -> None:
    assert "Posts of every place" in ada.get(url(people)).content.decode()
    same = {"name": "Harbour branch", "contact": "", "zone": "Europe/London"}
    ada.post(url(people, "organisation/"), {**same, "triage": "reported"})
    assert Organisation.objects.get(pk=people.org.pk).triage == "reported"
    event = Event.objects.within(people.org).get(step="set_triage")
    assert event.facts == {"from": "every", "to": "reported"}
    page = ada.get(url(people)).content.decode()
    here = page[page.index('id="setting-triage"') :]
    assert re.search(r"Only what is reported.*?changed last by <bdi>Ada Quill</bdi>", here, re.DOTALL)


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("zone", "Mars/Olympus"), ("name", "a\0b")])
def test_what_cannot_be_kept_is_said(field: str, value: str, people: Branch, ada: Client) -> None:
    facts = {"name": "Harbour", "contact": "x", "zone": "Europe/London", field: value}
    assert ada.post(url(people, "organisation/"), facts).status_code == 422
    assert Organisation.objects.get(pk=people.org.pk).name == "Harbour branch"


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_settings_of_the_server_are_shown_without_a_password(people: Branch, ada: Client, settings: Any) -> None:
    settings.MAIL = mail_server("smtp://us:open-sesame@mail.example.org:587?tls=starttls")
    settings.METRICS_TOKEN = "token-of-ours"
    settings.DATABASES = {
        "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "moot", "HOST": "db.example", "PASSWORD": "pw-x"}
    }
    page = ada.get(url(people)).content.decode()
    assert "mail.example.org:587 (tls=starttls" in page
    assert "PostgreSQL, moot @ db.example:5432" in page
    for secret in ("open-sesame", "token-of-ours", "pw-x", settings.SECRET_KEY):
        assert secret not in page


def test_every_setting_of_the_server_that_the_document_names_is_shown() -> None:
    text = (PROJECT / "docs" / "settings.md").read_text().split("## For rehearsals")[0]
    named = re.findall(r"^\| `(FOLKMOOT_[A-Z_]+|DATABASE_URL|MAIL_URL)` \|", text, re.MULTILINE)
    assert named == [one.name for one in server_settings()]
