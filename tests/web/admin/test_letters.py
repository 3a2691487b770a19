"""The letters' pages: the list, words that are tried and published, what was changed when."""

import html
import re

from django.test import Client

from folkmoot.editions.models import LetterEdition
from folkmoot.notices.in_force import shipped
from folkmoot.notices.kinds import KINDS
from tests.cast import Branch, branch, outsider
from tests.web.browsers import officer

KEY = "appeal_received"
BODY = "Dear member,\n\nNobody has decided yet. You hear from us by {{ due }}.\n\n{{ link }}\n"


def url(people: Branch, rest: str = f"{KEY}/") -> str:
    return f"/o/{people.org.slug}/admin/letters/{rest}"


def words(**other: object) -> dict[str, object]:
    return {"subject": "Your appeal is here", "body": BODY, "seen": 0, "go": "publish", **other}


def text(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def test_the_list_names_every_letter_and_who_gets_it_when(people: Branch, ada: Client) -> None:
    page = text(ada.get(url(people, "")))
    for kind in KINDS.values():
        assert kind.title in page
        assert kind.gets in page
    assert "Your own words" not in page
    ada.post(url(people), words())
    assert text(ada.get(url(people, ""))).count("Your own words") == 1


def test_every_letter_is_shown_as_it_would_be_sent(people: Branch, ada: Client) -> None:
    for key in KINDS:
        page = text(ada.get(url(people, f"{key}/")))
        assert shipped(key).body.partition("\n")[0] in page
        assert "It says all that it must." in page
        assert "Easy to read." in page
        [letter] = re.findall(r'<article class="letter.*?</article>', page, re.DOTALL)
        assert people.org.name in letter


def test_words_are_tried_without_being_kept(people: Branch, ada: Client) -> None:
    for page in (ada.post(url(people), words(go="see")), ada.post(url(people, f"{KEY}/shown/"), words())):
        assert page.status_code == 200
        assert "<p>Dear member,</p>" in page.content.decode()
        assert "You hear from us by Monday 9 November 2026." in text(page)
    assert not LetterEdition.objects.exists()


def test_the_preview_names_what_is_lost_before_anybody_publishes(people: Branch, ada: Client) -> None:
    page = text(ada.post(url(people, f"{KEY}/shown/"), words(body="Thanks.\n\n{{ link }}")))
    assert "This letter must say that nobody has decided yet." in page
    assert "<p>Thanks.</p>" in page
    unreadable = text(ada.post(url(people, f"{KEY}/shown/"), words(body="{% if x")))
    assert "Line 1: " in unreadable
    assert "cannot be shown" in unreadable


def test_long_words_and_sentences_are_said_to_be_hard(people: Branch, ada: Client) -> None:
    hard = "Notwithstanding the aforementioned considerations regarding organisational communication, " * 3
    assert "Hard to read" in text(ada.post(url(people, f"{KEY}/shown/"), words(body=f"{hard}.\n\n{BODY}")))


def test_the_preview_can_be_of_another_case(people: Branch, ada: Client) -> None:
    template = shipped("statement_remove")
    typed = words(subject=template.subject, body=template.body)
    one = text(ada.post(url(people, "statement_remove/shown/"), {**typed, "so": [], "group_0": "policy"}))
    assert "We hold no copy of it." in one
    assert "aimed at a policy, a body or a belief, not at a person" in one
    assert "would have stood aside" not in one
    typed |= {"so": ["text", "necessity"], "group_0": "person"}
    other = text(ada.post(url(people, "statement_remove/shown/"), typed))
    assert "Councillor Voss is a crook and always was." in other
    assert "aimed at a person, not at a policy" in other
    assert "would have stood aside" in other


def test_published_words_are_an_edition_with_a_history(people: Branch, ada: Client) -> None:
    answer = ada.post(url(people), words(), follow=True)
    assert answer.redirect_chain == [(url(people), 303)]
    assert "Published." in text(answer)
    ada.post(url(people), words(seen=1, body=BODY.replace("Dear member", "Dear friend")))
    page = text(ada.get(url(people)))
    assert "Edition 2" in page
    assert "Edition 1" in page
    assert "Ada Quill" in page
    changed = ada.get(url(people, f"{KEY}/editions/2/")).content.decode()
    assert re.search(r"<del>.*?member,</del> <ins>.*?friend,</ins>", changed)
    assert "Beside the words that come with Folkmoot." in text(ada.get(url(people, f"{KEY}/editions/1/")))


def test_everything_that_is_lost_is_named_at_once_and_what_was_typed_stays(people: Branch, ada: Client) -> None:
    template = shipped("statement_remove")
    body = template.body.replace("{{ reasons }}", "").replace("This is not a disciplinary matter.", "")
    answer = ada.post(url(people, "statement_remove/"), words(subject=template.subject, body=f"{body}\nMy own line."))
    page = text(answer)
    assert answer.status_code == 422
    assert "This letter must say the reasons. Write {{ reasons }} where it should stand." in page
    assert "This letter must say that this is not a disciplinary matter." in page
    assert "My own line." in page
    assert not LetterEdition.objects.exists()


def test_who_comes_second_sees_it_and_can_publish_then(people: Branch, ada: Client) -> None:
    ada.post(url(people), words())
    mine = words(subject="Mine")
    refused = ada.post(url(people), mine)
    assert refused.status_code == 422
    assert "another edition of this letter" in text(refused)
    assert 'name="seen" value="1"' in refused.content.decode()
    assert ada.post(url(people), {**mine, "seen": 1}).status_code == 303


def test_one_can_go_back_to_the_first_words(people: Branch, ada: Client) -> None:
    assert ada.post(url(people, f"{KEY}/first-words/")).status_code == 422
    ada.post(url(people), words())
    answer = ada.post(url(people, f"{KEY}/first-words/"), follow=True)
    assert "has its first words again" in text(answer)
    assert "the words that come with Folkmoot" in text(answer)
    assert "back to the first words" in text(answer)
    assert ada.get(url(people, f"{KEY}/editions/2/")).status_code == 200


def test_markup_in_a_letter_is_only_text(people: Branch, ada: Client) -> None:
    page = ada.post(url(people, f"{KEY}/shown/"), words(body=f"<script>alert(1)</script>\n\n{BODY}")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_only_an_administrator_words_letters(people: Branch, ada: Client) -> None:
    ada.post(url(people), words())
    for browser in (officer(people.operator), officer(outsider())):
        for rest in ("", f"{KEY}/", f"{KEY}/editions/1/"):
            assert browser.get(url(people, rest)).status_code == 404
        for rest in (f"{KEY}/", f"{KEY}/shown/", f"{KEY}/first-words/"):
            assert browser.post(url(people, rest), words(seen=1)).status_code == 404
    assert LetterEdition.objects.count() == 1


def test_what_is_not_there_is_not_found(people: Branch, ada: Client) -> None:
    other = branch("Elsewhere")
    for rest in ("love_letter/", f"{KEY}/editions/1/"):
        assert ada.get(url(people, rest)).status_code == 404
    assert ada.get(url(other)).status_code == 404
