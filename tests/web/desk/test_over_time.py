"""What is seen over time stands beside the case and in the account's history, with the posts, and decides nothing."""

import re
from datetime import timedelta

import pytest

from folkmoot.archive.models import Account
from folkmoot.casefile.models import Case, Reading
from folkmoot.procedure.words import ReportKind, Subject
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.seal import seal
from tests.archive.scenes import Scene, days
from tests.cast import Branch, Matter, day
from tests.web.browsers import officer
from tests.web.desk.pages import Desk, said


class Pestering:
    """Pip names Rosa on four days and gets no answer; the last of it is reported."""

    def __init__(self, people: Branch) -> None:
        scene = Scene(people)
        self.pip, self.rosa = scene.person("pip"), scene.person("rosa")
        self.posts = [
            scene.post(self.pip, f"And where were you on day {number}, @rosa?", at - timedelta(days=10))
            for number, at in enumerate(days(4, each=3))
        ]
        told = Report(kind=ReportKind.ATTACK, words="It does not stop.", post=self.posts[-1], platform=scene.place)
        self.matter = Matter(people, file_report(people.org, told, at=day(0)))
        self.path = f"cases/{self.matter.pk}/over-time/"


@pytest.fixture
def pestering(people: Branch) -> Pestering:
    return Pestering(people)


def test_it_is_asked_for_by_the_case_page_and_says_what_was_counted(people: Branch, pestering: Pestering) -> None:
    desk = Desk(people.operator).free(pestering.matter)
    case = desk.get(f"cases/{pestering.matter.pk}/").content.decode()
    part = re.findall(r'hx-get="([^"]*over-time/\?part)" hx-trigger="load"', case)
    assert len(part) == 1
    assert case.index("It does not stop.") < case.index("over-time-title")
    answer = officer(people.operator).get(part[0])
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    words = said(answer)  # type: ignore[arg-type]
    assert "answered, quoted or named the same person 12 times on 4 days, and got no answer from them." in words
    assert "The first is of 23 October 2026, the last of 26 October 2026." in words
    assert "by pip towards rosa" in words
    assert "people decide" in words
    assert answer.content.decode().count("<circle") == 12
    assert "23 October 2026 3" in words  # the same as a table
    links = re.findall(r'href="[^"]*/desk/posts/(\d+)/report/"', answer.content.decode())
    assert [int(one) for one in links] == [post.pk for post in pestering.posts]


def test_without_a_script_it_is_a_page_and_the_look_is_noted(people: Branch, pestering: Pestering) -> None:
    desk = Desk(people.operator).free(pestering.matter)
    assert "12 times on 4 days" in desk.read(pestering.path)
    desk.read(f"{pestering.path}?part")
    assert list(Reading.objects.filter(what="over time").values_list("case", flat=True)) == [pestering.matter.pk]


def test_where_nothing_is_seen_it_says_so(people: Branch) -> None:
    told = Report(kind=ReportKind.ATTACK, words="Rude.", post=people.post, platform=people.place)
    matter = Matter(people, file_report(people.org, told, at=day(0)))
    page = Desk(people.operator).free(matter).read(f"cases/{matter.pk}/over-time/")
    assert "The archive shows no pile-on, no repeated contact" in page


def test_who_has_a_part_in_it_or_does_not_decide_gets_nothing(people: Branch, pestering: Pestering) -> None:
    assert people.secretary is not None
    assert Desk(people.operator).get(pestering.path).status_code == 404  # not asked yet about an interest
    desk = Desk(people.secretary)
    desk.post(f"cases/{pestering.matter.pk}/interest/", interested="no")
    assert desk.get(pestering.path).status_code == 404


def test_of_what_is_sealed_nothing_is_counted(people: Branch, pestering: Pestering) -> None:
    desk = Desk(people.operator).free(pestering.matter)
    seal(pestering.matter.pk, by=people.operator, at=day(1))
    assert desk.get(pestering.path).status_code == 404
    desk.post(f"accounts/{pestering.pip.pk}/history/", reason="A rule speaks of pestering")
    assert "11 times on 4 days" in desk.read(f"accounts/{pestering.pip.pk}/history/")


def test_it_stands_in_the_history_and_leads_to_a_case_about_the_pattern(people: Branch, pestering: Pestering) -> None:
    desk = Desk(people.operator)
    desk.post(f"accounts/{pestering.pip.pk}/history/", reason="A rule speaks of pestering")
    page = desk.get(f"accounts/{pestering.pip.pk}/history/").content.decode()
    assert "12 times on 4 days" in page
    (link,) = re.findall(r'<a class="lone" href="[^"]*/desk/([^"]*)">Open a case about the pattern', page)
    form = desk.get(link).content.decode()
    assert re.search(r'<input[^>]*name="about"[^>]*value="pattern"[^>]*checked', form)
    sent = {"kind": "attack", "about": "pattern", "words": "It does not stop.", "seen": 0, "form_key": "4" * 32}
    assert desk.post(link, **sent).status_code == 303
    case = Case.objects.latest("pk")
    assert (case.subject, case.account, case.post) == (Subject.PATTERN, pestering.pip, None)


def test_a_case_about_a_pattern_shows_it_of_the_account(people: Branch, pestering: Pestering) -> None:
    told = Report(
        kind=ReportKind.ATTACK,
        words="It goes on.",
        subject=Subject.PATTERN,
        account="pip",
        platform=Account.objects.get(pk=pestering.pip.pk).platform,
    )
    matter = Matter(people, file_report(people.org, told, at=day(0)))
    assert Case.objects.get(pk=matter.pk).account_id == pestering.pip.pk
    assert "12 times on 4 days" in Desk(people.operator).free(matter).read(f"cases/{matter.pk}/over-time/")
