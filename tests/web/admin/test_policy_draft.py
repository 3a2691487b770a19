"""The policy is changed in a draft: begun, worded, looked at, published with its day; members read what changes."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.current import newest_policy, open_draft
from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.standards import find_pack
from folkmoot.steps.bring_in_parent import bring_in_parent
from folkmoot.steps.change_draft import Wording, word_clause
from folkmoot.steps.publish_policy import publish_policy
from folkmoot.steps.withdraw_report import withdraw_report
from tests.cast import FOUNDED, RULES, Branch, day, free, post, reported
from tests.web.browsers import move_clock, officer

SLEEP = {"title": "Take your time", "text": "Sleep on it, twice if you can.", "kind": "advice", "scope": "all"}


def url(people: Branch, rest: str = "") -> str:
    return f"/o/{people.org.slug}/admin/policy/{rest}"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(browser: Client, address: str) -> str:
    return words(browser.get(address).content.decode())


def row(people: Branch, code: str) -> DraftClause:
    draft = open_draft(people.org)
    assert draft is not None
    return draft.clauses.get(code=code)


def sent(people: Branch, ada: Client, code: str, rest: str = "", **typed: object) -> Any:
    seen = typed.pop("seen", row(people, code).seq)
    return ada.post(url(people, f"draft/clauses/{code}/{rest}"), {**SLEEP, **typed, "seen": seen})


@pytest.fixture
def begun(people: Branch, ada: Client) -> Branch:
    """Return the branch with a draft that its administrator has begun."""
    assert ada.post(url(people, "draft/started/")).status_code == 303
    return people


# Each line stands for ten of the line before: read as YAML means it, this takes longer than anybody lives.
BOMB = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 10)}]}}\n" for n in range(1, 20))


def publish(people: Branch, ada: Client, on: str = "2027-01-01", **other: object) -> Any:
    form = ada.get(url(people, "draft/changes/")).context["form"]
    typed = {"seen": form["seen"].value(), "beside": form["beside"].value(), "day": on, "go": "publish", **other}
    return ada.post(url(people, "draft/changes/"), typed, follow=True)


def zipped(files: dict[str, str], how: int = zipfile.ZIP_STORED) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return SimpleUploadedFile("rules.zip", packed.getvalue(), "application/zip")


def pack_files(folder: Path, inside: str = "") -> dict[str, str]:
    return {
        f"{inside}{path.relative_to(folder).as_posix()}": path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_from_a_first_look_to_members_who_read_what_changes_and_from_when(
    people: Branch, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Begin a draft from these rules" in page(ada, url(people))
    ada.post(url(people, "draft/started/"))
    assert sent(people, ada, "H3", text="Sleep on it, twice if you can.").status_code == 303
    made = ada.post(url(people, "draft/clauses/"), {"section": "H"})
    assert made.headers["Location"] == url(people, "draft/clauses/H4/")
    sent(people, ada, "H4", title="Say sorry", text="Whoever was wrong says so.")
    ada.post(url(people, "draft/clauses/H2/retired/"))
    overview = page(ada, url(people, "draft/"))
    assert "3 clauses differ from edition 1." in overview
    assert "H4 Say sorry New" in overview
    assert "H2" in overview
    assert "Taken out" in overview
    assert "Say sorry" in page(ada, url(people, "draft/preview/"))
    assert "Say sorry" not in page(Client(), f"/o/{people.org.slug}/rules/"), "nobody else sees a draft"
    before = ada.get(url(people, "draft/changes/")).content.decode()
    assert "<ins><span" in before
    assert "put in: </span>" in before
    done = publish(people, ada)
    assert "Published. It holds from 1 January 2027; until then your public page announces it." in words(
        done.content.decode()
    )
    assert "edition 2 Announced" in words(done.content.decode())

    public = f"/o/{people.org.slug}/rules/"
    now = page(Client(), public)
    assert "These rules change on 1 January 2027 Read what changes" in now
    assert "Say sorry" not in now
    change = page(Client(), f"{public}editions/2/changes/")
    assert "What changes on 1 January 2027" in change
    assert "Until 1 January 2027 the ones before hold" in change
    assert "1 new 1 reworded 1 gone 2 the same" in change
    assert "These rules hold from 1 January 2027." in page(Client(), f"{public}editions/2/")
    assert "These words hold from 1 January 2027. In force now: H3 Take your time" in page(
        Client(), f"{public}editions/2/H3/"
    )
    move_clock(monkeypatch, day(61))  # 2 January
    then = page(Client(), public)
    assert "Say sorry" in then
    assert "These rules change" not in then
    assert "In force from 1 January 2027. Posts written before that day" in page(
        Client(), f"{public}editions/2/changes/"
    )
    assert "This clause is gone" in page(Client(), f"{public}H2/"), "a retired code stays readable"


def test_what_is_typed_is_kept_as_it_is_typed_and_shown_as_members_would_read_it(begun: Branch, ada: Client) -> None:
    answer = sent(begun, ada, "H3", "kept/", kind="ground")
    beside = words(answer.content.decode())
    assert "Kept in the draft" in beside
    assert "A rule needs an example of what is allowed: write one." in beside
    assert "Sleep on it, twice if you can." in beside
    assert row(begun, "H3").kind == "ground"
    assert f'name="seen" value="{row(begun, "H3").seq}"' in answer.content.decode()


def test_two_windows_of_one_person_are_two_pages_and_each_goes_on_after_what_it_kept(
    begun: Branch, ada: Client
) -> None:
    opened = row(begun, "H3").seq
    first = sent(begun, ada, "H3", "kept/", seen=opened, text="Sleep").content.decode()
    seen = re.findall(r'name="seen" value="(\d+)"', first)
    assert sent(begun, ada, "H3", "kept/", seen=seen[0], text="Sleep on it.").status_code == 200
    answer = sent(begun, ada, "H3", "kept/", seen=opened, text="Wait until tomorrow.")
    assert answer.status_code == 422
    assert "You have changed this clause meanwhile, in another window" in answer.content.decode()
    assert row(begun, "H3").text == "Sleep on it."


def test_of_two_administrators_the_second_sees_the_firsts_words_beside_their_own(begun: Branch, ada: Client) -> None:
    seen = row(begun, "H3").seq
    theirs = Wording("Take your time", "Wait until tomorrow.", "all", "advice")
    word_clause(begun.org, "H3", theirs, seen=seen, by=SYSTEM, at=day(1))
    for rest in ("kept/", ""):
        answer = sent(begun, ada, "H3", rest, seen=seen)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "has changed this clause meanwhile" in html
        assert "Wait until tomorrow." in html
    assert "Sleep on it, twice if you can." in html, "what was typed stays in the form"
    assert row(begun, "H3").text == "Wait until tomorrow."
    # The page has shown theirs: the button, pressed again, puts the two together as the form has them.
    assert sent(begun, ada, "H3", seen=row(begun, "H3").seq).status_code == 303
    assert row(begun, "H3").text == SLEEP["text"]


def test_what_must_be_put_right_stands_in_the_way_of_publishing(begun: Branch, ada: Client) -> None:
    sent(begun, ada, "H3", kind="ground")
    change = page(ada, url(begun, "draft/changes/"))
    assert "H3 : A rule needs an example of what is not allowed: write one." in change
    assert "Publish this edition" not in change
    overview = page(ada, url(begun, "draft/"))
    assert "To put right" in overview


@pytest.mark.parametrize(
    ("on", "says"),
    [("2026-11-03", "tomorrow at the earliest"), ("2036-01-01", "more than a year"), ("soon", "year-month-day")],
)
def test_a_day_that_cannot_be_is_said(begun: Branch, ada: Client, on: str, says: str) -> None:
    sent(begun, ada, "H3")
    answer = publish(begun, ada, on)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert newest_policy(begun.org).number == 1


def test_what_changed_since_the_differences_were_shown_is_shown_first(begun: Branch, ada: Client) -> None:
    sent(begun, ada, "H3")
    answer = publish(begun, ada, seen="1")
    assert answer.status_code == 422
    assert "Please look at the differences once more." in answer.content.decode()
    assert newest_policy(begun.org).number == 1


def test_a_clause_is_moved_taken_out_and_taken_back(begun: Branch, ada: Client) -> None:
    ada.post(url(begun, "draft/clauses/H3/shifted/"), {"go": "up"})
    assert row(begun, "H3").order == 2
    there = ada.post(url(begun, "draft/clauses/H1/moved/"), {"section": "M"}, follow=True)
    assert "H1 is M2 now." in words(there.content.decode())
    change = page(ada, url(begun, "draft/changes/"))
    assert "It was H1 before; that code is not used again." in change
    assert "It stands in another place among the clauses of its section." in change
    assert "Take it back into the draft" in page(ada, url(begun, "draft/clauses/H1/"))
    ada.post(url(begun, "draft/clauses/H1/retired/"))
    assert not row(begun, "H1").is_gone
    refused = ada.post(url(begun, "draft/clauses/M2/moved/"), {"section": "Z"})
    assert refused.status_code == 422


def test_sections_are_lines_of_letters_and_title(begun: Branch, ada: Client) -> None:
    form = ada.get(url(begun, "draft/front/")).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"paraphrase": "on"}
    answer = ada.post(url(begun, "draft/front/"), {**typed, "sections": "H\nM: Moderation"})
    assert answer.status_code == 422
    assert "“H” is not letters, a colon, and a title" in answer.content.decode()
    answer = ada.post(
        url(begun, "draft/front/"), {**typed, "sections": "M: How we moderate\nh – Manners\nQ: Questions"}
    )
    assert answer.status_code == 303
    draft = open_draft(begun.org)
    assert draft is not None
    assert [one["prefix"] for one in draft.sections] == ["M", "H", "Q"]
    assert "The section “Questions” has no clauses" in page(ada, url(begun, "draft/"))


def test_a_draft_is_discarded_after_a_look_at_what_would_be_lost(begun: Branch, ada: Client) -> None:
    sent(begun, ada, "H3")
    look = ada.get(url(begun, "draft/discarded/"))
    assert "twice if you can." in look.content.decode()
    stale = ada.post(url(begun, "draft/discarded/"), {"seen": "1"})
    assert stale.status_code == 422
    ada.post(url(begun, "draft/discarded/"), {"seen": stale.context["form"]["seen"].value()})
    assert open_draft(begun.org) is None
    assert "Begin a draft" in page(ada, url(begun))


def test_a_policy_as_a_word_file_becomes_a_draft_and_says_what_was_guessed(people: Branch, ada: Client) -> None:
    text = Document()
    text.add_heading("Conduct", 1)
    text.add_paragraph("No personal attacks.", style="List Number")
    text.add_paragraph("Nobody may pass on what was said in private.", style="List Number")
    kept = io.BytesIO()
    text.save(kept)
    sent = SimpleUploadedFile("../Our rules.DOCX", kept.getvalue())
    answer = ada.post(url(people, "draft/pack/"), {"pack": "sent", "file": sent})
    assert answer.status_code == 200, answer.content
    assert "What became of your text" in answer.content.decode()
    draft = PolicyDraft.objects.get()
    assert "No personal attacks." in [clause.text.strip() for clause in draft.clauses.all()]


def test_a_file_that_only_calls_itself_a_policy_is_refused_in_words(people: Branch, ada: Client) -> None:
    unfolds = io.BytesIO()
    with zipfile.ZipFile(unfolds, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<" + b" " * 21_000_000)
    sent = SimpleUploadedFile("rules.docx", unfolds.getvalue())
    answer = ada.post(url(people, "draft/pack/"), {"pack": "sent", "file": sent})
    assert (answer.status_code, PolicyDraft.objects.count()) == (422, 0)
    large = SimpleUploadedFile("rules.pdf", b"%PDF-" + b" " * 5_000_001)
    answer = ada.post(url(people, "draft/pack/"), {"pack": "sent", "file": large})
    assert "larger than 5 MB" in answer.content.decode()


def test_a_zip_file_of_a_pack_becomes_a_draft_that_keeps_its_date(people: Branch, ada: Client) -> None:
    files = pack_files(RULES, "harbour/")
    files["harbour/pack.yaml"] = files["harbour/pack.yaml"].replace("2018-06-01", "2020-02-03")
    files["harbour/clauses/H3.md"] += "\nTwice.\n"
    files["harbour/report.txt"] = "What to check by hand."
    answer = ada.post(url(people, "draft/pack/"), {"pack": "sent", "file": zipped(files)})
    assert answer.status_code == 303
    assert row(people, "H3").text == "Sleep on it.\n\nTwice."
    publish(people, ada, "2020-02-03")
    assert newest_policy(people.org).in_force_from.isoformat() == "2020-02-03"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"notes.txt": "no pack"}, "There is no pack.yaml in this file."),
        ({**pack_files(RULES), "clauses/H2.md": "nothing"}, "clauses/H2.md:1:"),
        ({"../pack.yaml": "name: x", "../../clauses/A1.md": ""}, "There are mistakes in this pack."),
        ({"pack.yaml": BOMB}, "pack.yaml:2:"),
    ],
)
def test_a_pack_that_cannot_be_taken_is_told_by_file_and_line(
    people: Branch, ada: Client, files: dict[str, str], says: str
) -> None:
    answer = ada.post(url(people, "draft/pack/"), {"pack": "sent", "file": zipped(files)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert open_draft(people.org) is None


def test_what_is_no_zip_file_is_said(people: Branch, ada: Client) -> None:
    damaged = bytearray(zipped(pack_files(RULES), zipfile.ZIP_DEFLATED).read())
    begins = damaged.index(b"pack.yaml") + len("pack.yaml")
    damaged[begins : begins + 30] = b"\xff" * 30
    for content in (b"hello", b"PK\x03\x04" + bytes(40), bytes(damaged)):
        file = SimpleUploadedFile("rules.zip", content)
        answer = ada.post(url(people, "draft/pack/"), {"pack": "sent", "file": file})
        assert "This is not a ZIP file that we can open." in answer.content.decode()
    assert "Please choose the file." in ada.post(url(people, "draft/pack/"), {"pack": "sent"}).content.decode()


def test_a_statement_that_has_changed_is_to_be_looked_at_and_clauses_say_whose_they_are(
    people: Branch, ada: Client
) -> None:
    publish_policy(people.org, "labour-branch-2018", by=SYSTEM, at=FOUNDED)
    assert "has changed: look at it" not in page(ada, url(people))
    files = pack_files(find_pack("labour-national-2018"))
    files["clauses/N1.md"] += "\nAnd kindness, every day.\n"
    files["pack.yaml"] = files["pack.yaml"].replace("2018-06-01", "2026-09-01")
    parent = PolicyEdition.objects.within(people.org).get(is_parent=True)
    answer = ada.post(
        url(people, "statement/"), {"pack": "sent", "file": zipped(files), "follows": str(parent.number)}, follow=True
    )
    told = words(answer.content.decode())
    assert "National statement on social media ” has changed: look at it" in told
    newer = PolicyEdition.objects.within(people.org).get(follows=parent)
    change = page(Client(), f"/o/{people.org.slug}/rules/editions/{newer.number}/changes/?from={parent.number}")
    assert "And kindness, every day." in change
    rules = page(Client(), f"/o/{people.org.slug}/rules/")
    assert "It has changed since: there is a newer one, from 1 September 2026" in rules
    assert "Principle · From “National statement on social media”" in rules
    assert "Rule · Our own" in rules
    ada.post(url(people, "draft/started/"))
    form = ada.get(url(people, "draft/front/")).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"parent": str(newer.number)}
    ada.post(url(people, "draft/front/"), typed)
    assert "And kindness, every day." in page(ada, url(people, "draft/clauses/F1/"))
    publish(people, ada)
    assert newest_policy(people.org).parent == newer


def test_a_statement_is_brought_in_once(people: Branch, ada: Client) -> None:
    bring_in_parent(people.org, "labour-national-2018", by=SYSTEM, at=FOUNDED)
    answer = ada.post(url(people, "statement/"), {"pack": "labour-national-2018"})
    assert answer.status_code == 422
    assert "This text is here already" in answer.content.decode()


def test_nobody_but_an_administrator_sees_a_draft(begun: Branch) -> None:
    browser = officer(begun.operator)
    for rest in ("draft/", "draft/front/", "draft/preview/", "draft/changes/", "draft/clauses/H3/", "statement/"):
        assert browser.get(url(begun, rest)).status_code == 404
    assert browser.post(url(begun, "draft/clauses/H3/kept/"), SLEEP).status_code == 404


def test_an_announced_edition_whose_place_is_taken_is_told_of_before_and_marked_everywhere_after(
    begun: Branch, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(begun, ada, "H3")
    publish(begun, ada)
    ada.post(url(begun, "draft/started/"))
    sent(begun, ada, "H3", text="Wait for a week.")
    before = page(ada, url(begun, "draft/changes/"))
    assert (
        "This takes the place of edition 2, announced for 1 January 2027, which then never comes into force." in before
    )
    told = words(publish(begun, ada, "2026-12-01").content.decode())
    assert "Edition 2 never comes into force: this one took its place." in told
    public = f"/o/{begun.org.slug}/rules/"
    never = "ever came into force: edition 3 took its place"
    for moment in (day(1), day(90)):  # before the day that was announced, and long after it
        move_clock(monkeypatch, moment)
        assert f"announced for 1 January 2027; n{never}" in page(ada, url(begun))
        listed = page(Client(), f"{public}editions/")
        assert f"edition 2 Never in force Announced for 1 January 2027. N{never}." in listed
        edition = page(Client(), f"{public}editions/2/")
        assert f"It n{never}." in edition
        assert "In force from" not in edition
        change = page(Client(), f"{public}editions/2/changes/")
        assert "What edition 2 would have changed" in change
        assert f"N{never}." in change
        assert "edition 2 , never in force" in change
        assert f"announced for 1 January 2027. It n{never}." in page(Client(), f"{public}editions/2/H3/")
        later = page(Client(), f"{public}editions/3/changes/")
        assert "edition 1 , from 1 June 2018" in later, "beside what members had, not what they never had"


def test_rules_under_which_no_post_can_be_restricted_are_called_so_on_every_page(
    begun: Branch, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("H1", "H2"):
        sent(begun, ada, code)
    warned = "No post could be taken down under these rules"
    assert warned in page(ada, url(begun, "draft/"))
    assert warned in page(ada, url(begun, "draft/changes/"))
    publish(begun, ada)
    assert "Under these rules no post can be restricted" not in page(ada, url(begun))
    move_clock(monkeypatch, day(90))
    assert "Under these rules no post can be restricted" in page(ada, url(begun))
    rules = page(Client(), f"/o/{begun.org.slug}/rules/")
    assert "No paragraph here is marked Rule, so no post can be taken down under these rules." in rules
    assert "With examples of both" not in rules
    written = post(begun.org, begun.place, native_id="500", posted_at=day(80))
    matter = reported(begun, post=written, at=day(81))
    free(matter, begun.operator, at=day(81))
    form = officer(begun.operator).get(f"/o/{begun.org.slug}/desk/cases/{matter.case.pk}/decision/").content.decode()
    assert "Under the rules of this case no post can be restricted" in form
    assert f"Administrators can change the rules, for posts of a later day: {begun.administrator.name}" in words(form)
    assert 'value="remove"' not in form
    assert 'value="no_breach"' in form


def test_a_code_of_another_clause_is_told_of_before_publishing(
    begun: Branch, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.post(url(begun, "draft/clauses/H3/retired/"))
    publish(begun, ada, "2026-11-05")
    move_clock(monkeypatch, day(10))
    files = pack_files(RULES, "harbour/")
    files["harbour/pack.yaml"] = files["harbour/pack.yaml"].replace("2018-06-01", "2027-02-01")
    files["harbour/clauses/H3.md"] = (
        "---\ncode: H3\ntitle: No dogs\nscope: all\nkind: advice\n---\n\nDogs stay at home.\n"
    )
    assert ada.post(url(begun, "draft/pack/"), {"pack": "sent", "file": zipped(files)}).status_code == 303
    for rest in ("draft/", "draft/changes/", "draft/clauses/H3/"):
        assert "The code H3 was “Take your time” in edition 1" in page(ada, url(begun, rest))
    assert "Publish this edition" not in page(ada, url(begun, "draft/changes/"))


def test_beside_the_form_it_says_what_changes_in_a_clause_besides_its_words(begun: Branch, ada: Client) -> None:
    text = row(begun, "H3").text
    answer = sent(begun, ada, "H3", "kept/", text=text, kind="ground", allowed="Yes.", not_allowed="No.")
    told = words(answer.content.decode())
    assert "The text stays as it is. It is a rule now; it was advice." in told
    assert "From then on a post can be taken down for breaking it." in told
    unsound = sent(begun, ada, "H3", "kept/", kind="ground").content.decode()
    assert 'id="to-put-right" hx-swap-oob="true"' in unsound
    assert "write one." in unsound.partition("</div>")[0], "it comes first, for those who write on a telephone"


def test_cases_whose_every_report_was_withdrawn_are_not_counted_as_open(begun: Branch, ada: Client) -> None:
    sent(begun, ada, "H3")
    reported(begun)
    other = reported(begun, post=None)
    assert "2 open cases keep their rules." in page(ada, url(begun, "draft/changes/"))
    withdraw_report(other.case.pk, by=other.receipt.grant, at=day(1))
    assert "1 open case keeps its rules." in page(ada, url(begun, "draft/changes/"))
