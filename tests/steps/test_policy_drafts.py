"""Administrators work on a draft of the policy, and publish it with a day."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.current import coming_policies, current_policy, newest_policy, open_draft, policy_of, today
from folkmoot.editions.draft_pack import Problem, problems
from folkmoot.editions.held import never_held
from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.standards import find_pack
from folkmoot.steps import change_draft
from folkmoot.steps.bring_in_parent import bring_in_parent
from folkmoot.steps.change_draft import (
    Wording,
    add_clause,
    move_clause,
    retire_clause,
    shift_clause,
    take_back_clause,
    word_clause,
)
from folkmoot.steps.change_draft_front import Front, change_draft_front
from folkmoot.steps.from_when import first_day, may_keep
from folkmoot.steps.publish_draft import discard_draft, publish_draft
from folkmoot.steps.publish_policy import publish_policy
from folkmoot.steps.start_draft import start_draft, start_draft_from_pack
from tests.cast import FOUNDED, RULES, Branch, branch, refused, reported

LATER = FOUNDED + timedelta(days=1)
NEW_YEAR = date(2027, 1, 1)
SLEEP = Wording("Take your time", "Sleep on it, twice if you can.", "all", "advice")


@pytest.fixture
def people() -> Branch:
    """Return an organisation whose administrator has begun a draft."""
    found = branch()
    start_draft(found.org, by=found.administrator, at=LATER)
    return found


def draft_of(people: Branch) -> PolicyDraft:
    found = open_draft(people.org)
    assert found is not None
    return found


def clauses(people: Branch) -> dict[str, DraftClause]:
    return {one.code: one for one in draft_of(people).clauses.all()}


def word(people: Branch, code: str, wording: Wording) -> DraftClause:
    seen = clauses(people)[code].seq
    return word_clause(people.org, code, wording, seen=seen, by=people.administrator, at=LATER)


def wrong(people: Branch) -> list[Problem]:
    return problems(draft_of(people), list(clauses(people).values()))


def publish(people: Branch, *, day: date = NEW_YEAR) -> PolicyEdition:
    seen, beside = draft_of(people).seq, newest_policy(people.org).number
    return publish_draft(people.org, day=day, seen=seen, beside=beside, by=people.administrator, at=LATER)


def test_a_draft_begins_as_the_newest_edition_is_and_a_second_is_refused(people: Branch) -> None:
    draft, edition = draft_of(people), newest_policy(people.org)
    assert list(draft.clauses.values_list("code", "text")) == list(edition.clauses.values_list("code", "text"))
    assert (draft.title, wrong(people)) == (edition.title, [])
    with refused(BadInput, "A draft is open already"):
        start_draft(people.org, by=people.administrator, at=LATER)


def test_what_was_changed_is_published_with_its_day_and_on_the_record(people: Branch) -> None:
    before = newest_policy(people.org)
    word(people, "H3", SLEEP)
    edition = publish(people)
    assert (edition.number, edition.in_force_from) == (before.number + 1, NEW_YEAR)
    assert edition.clauses.get(code="H3").text == SLEEP.text
    assert Event.objects.within(people.org).filter(case=None, step="publish_policy").last().by == (  # type: ignore[union-attr]
        f"person:{people.administrator.pk}"
    )
    assert open_draft(people.org) is None


def test_an_announced_edition_holds_from_its_day_and_not_before(people: Branch) -> None:
    before = newest_policy(people.org)
    word(people, "H3", SLEEP)
    coming = publish(people)
    assert current_policy(people.org, at=LATER) == before
    assert coming_policies(people.org, at=LATER) == [coming]
    assert (policy_of(people.org, date(2026, 12, 31)), policy_of(people.org, NEW_YEAR)) == (before, coming)
    assert reported(people, post=None).case.policy == before


def test_a_later_edition_for_an_earlier_day_takes_the_place_of_one_that_was_announced(people: Branch) -> None:
    word(people, "H3", SLEEP)
    publish(people)
    start_draft(people.org, by=people.administrator, at=LATER)
    word(people, "H3", replace(SLEEP, text="Sleep on it, as long as you like."))
    sooner = publish(people, day=date(2026, 12, 1))
    assert coming_policies(people.org, at=LATER) == [sooner]
    assert policy_of(people.org, NEW_YEAR) == sooner


def test_nothing_holds_from_a_day_that_has_begun_or_from_far_away(people: Branch) -> None:
    word(people, "H3", SLEEP)
    with refused(BadInput, "tomorrow at the earliest", field="day"):
        publish(people, day=today(people.org, at=LATER))
    first = today(people.org, at=LATER) + timedelta(days=1)
    for day in (first + timedelta(days=367), date(2036, 1, 1)):
        with refused(BadInput, "more than a year", field="day"):
            publish(people, day=day)
    assert publish(people, day=first + timedelta(days=366)).in_force_from == first + timedelta(days=366)


def test_a_draft_without_a_difference_is_no_edition(people: Branch) -> None:
    with refused(BadInput, "Nothing is different"):
        publish(people)


def test_the_second_of_two_who_change_a_clause_is_told_and_the_first_ones_words_stay(people: Branch) -> None:
    seen = clauses(people)["H3"].seq
    word_clause(people.org, "H3", SLEEP, seen=seen, by=SYSTEM, at=LATER)
    other = replace(SLEEP, text="Wait a day.")
    with refused(StalePage, "Somebody else has changed this clause"):
        word_clause(people.org, "H3", other, seen=seen, by=people.administrator, at=LATER)
    assert clauses(people)["H3"].text == SLEEP.text
    # Whoever sends the very same words is not told off: nothing differs.
    assert word_clause(people.org, "H3", SLEEP, seen=seen, by=people.administrator, at=LATER).seq == seen + 1
    with refused(StalePage, "You have changed this clause in another window"):
        word_clause(people.org, "H3", other, seen=seen, by=SYSTEM, at=LATER)
    assert word_clause(people.org, "H3", other, seen=seen + 1, by=SYSTEM, at=LATER).text == other.text


def test_what_changed_after_the_differences_were_shown_is_not_published_unseen(people: Branch) -> None:
    word(people, "H3", SLEEP)
    seen, beside = draft_of(people).seq, newest_policy(people.org).number
    word(people, "H3", replace(SLEEP, title="Wait"))
    with refused(StalePage, "Please look at the differences once more"):
        publish_draft(people.org, day=NEW_YEAR, seen=seen, beside=beside, by=people.administrator, at=LATER)


def test_a_rule_without_examples_may_be_kept_but_not_published(people: Branch) -> None:
    word(people, "H3", replace(SLEEP, kind="ground"))
    assert [(one.code, one.field) for one in wrong(people)] == [("H3", "allowed"), ("H3", "not_allowed")]
    with refused(BadInput, "H3 A rule needs an example of what is allowed"):
        publish(people)


@pytest.mark.parametrize(
    ("wording", "field", "says"),
    [
        (replace(SLEEP, text=""), "text", "There is no text yet."),
        (replace(SLEEP, title=""), "title", "There is no heading yet."),
        (replace(SLEEP, text="- one\n\n- two"), "text", "A paragraph begins like a list"),
        (replace(SLEEP, restates="N1"), "restates", "these rules rest on none"),
        (
            replace(SLEEP, kind="ground", allowed="Yes.", not_allowed="Yes."),
            "not_allowed",
            "Both examples are the same",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_clause_and_field(people: Branch, wording: Wording, field: str, says: str) -> None:
    word(people, "H3", wording)
    (found,) = wrong(people)
    assert (found.code, found.field) == ("H3", field)
    assert says in found.says


def test_a_character_that_nobody_sees_is_refused(people: Branch) -> None:
    with refused(BadInput, "invisible character", field="text"):
        word(people, "H3", replace(SLEEP, text="Sleep\u202eon it."))


def test_a_clause_that_is_taken_out_leaves_its_code_for_ever(people: Branch) -> None:
    retire_clause(people.org, "H3", by=people.administrator, at=LATER)
    publish(people)
    assert newest_policy(people.org).retired == ["H3"]
    start_draft(people.org, by=people.administrator, at=LATER)
    assert add_clause(people.org, "H", by=people.administrator, at=LATER).code == "H4"


def test_a_clause_that_was_taken_out_can_be_taken_back(people: Branch) -> None:
    retire_clause(people.org, "H2", by=people.administrator, at=LATER)
    with refused(StalePage, "has taken this clause out"):
        word(people, "H2", SLEEP)
    take_back_clause(people.org, "H2", by=people.administrator, at=LATER)
    with refused(BadInput, "Nothing is different"):
        publish(people)


def test_a_clause_that_no_edition_had_goes_without_a_trace_unless_it_would_leave_a_hole(people: Branch) -> None:
    by = people.administrator
    first, second = (add_clause(people.org, "H", by=by, at=LATER).code for _ in range(2))
    assert (first, second) == ("H4", "H5")
    retire_clause(people.org, first, by=by, at=LATER)
    assert draft_of(people).retired == ["H4"]
    retire_clause(people.org, second, by=by, at=LATER)
    assert draft_of(people).retired == ["H4"]
    assert wrong(people) == []


def test_clauses_change_places_and_keep_their_codes(people: Branch) -> None:
    shift_clause(people.org, "H3", up=True, by=people.administrator, at=LATER)
    edition = publish(people)
    assert list(edition.clauses.values_list("code", flat=True)) == ["H1", "H3", "H2", "M1"]


@pytest.mark.parametrize(
    ("code", "up", "after"),
    [
        ("H1", True, ["H1", "H2", "H3"]),  # at the end it stays
        ("H1", False, ["H2", "H1", "H3"]),
        ("H2", False, ["H1", "H3", "H2"]),
        ("H3", False, ["H1", "H2", "H3"]),
    ],
)
def test_a_clause_goes_one_place_up_or_down_within_its_section(
    people: Branch, code: str, up: bool, after: list[str]
) -> None:
    shift_clause(people.org, code, up=up, by=people.administrator, at=LATER)
    found = draft_of(people).clauses.filter(code__startswith="H")
    assert list(found.order_by("order", "pk").values_list("code", flat=True)) == after


def test_there_are_as_many_clauses_as_a_policy_may_have_and_those_taken_out_do_not_count(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_draft, "MOST_CLAUSES", 4)
    retire_clause(people.org, "H1", by=people.administrator, at=LATER)
    add_clause(people.org, "H", by=people.administrator, at=LATER)
    with refused(BadInput, "These rules have 4 clauses, which is as many as there can be."):
        add_clause(people.org, "H", by=people.administrator, at=LATER)


def test_a_clause_in_another_section_has_a_new_code_and_the_old_one_is_retired(people: Branch) -> None:
    there = move_clause(people.org, "H3", prefix="M", by=people.administrator, at=LATER)
    assert (there.code, there.text) == ("M2", "Sleep on it.")
    edition = publish(people)
    assert (edition.retired, edition.clauses.last().code) == (["H3"], "M2")  # type: ignore[union-attr]


def test_sections_are_added_renamed_and_put_in_order_but_not_taken_from_under_their_clauses(people: Branch) -> None:
    draft = draft_of(people)
    front = Front(
        title="Rules",
        description="What we ask.",
        paraphrase=False,
        official_url="",
        parent=None,
        sections=(("M", "Moderation"), ("H", "Manners"), ("Q", "Questions")),
    )
    change_draft_front(people.org, front, seen=draft.front_seq, by=people.administrator, at=LATER)
    assert [one.says for one in wrong(people)] == [
        "The section “Questions” has no clauses: add one, or take the section away."
    ]
    add_clause(people.org, "Q", by=people.administrator, at=LATER)
    word(people, "Q1", SLEEP)
    assert list(publish(people).clauses.values_list("code", flat=True)) == ["M1", "H1", "H2", "H3", "Q1"]
    start_draft(people.org, by=people.administrator, at=LATER)
    twice = replace(front, sections=(*front.sections, ("H", "Harbour")))
    with refused(BadInput, "two sections whose codes begin with H", field="sections"):
        change_draft_front(people.org, twice, seen=1, by=people.administrator, at=LATER)
    with refused(BadInput, "The section H has clauses", field="sections"):
        change_draft_front(
            people.org, replace(front, sections=(("M", "M"), ("Q", "Q"))), seen=1, by=people.administrator, at=LATER
        )
    with refused(BadInput, "The section H has clauses", field="sections"):  # and so have M and Q: the first is named
        change_draft_front(
            people.org, replace(front, sections=(("Z", "Z"),)), seen=1, by=people.administrator, at=LATER
        )
    with refused(StalePage, "Somebody else"):
        change_draft_front(people.org, front, seen=7, by=people.administrator, at=LATER)


def test_a_discarded_draft_changes_nothing_and_is_on_the_record(people: Branch) -> None:
    before = newest_policy(people.org)
    word(people, "H3", SLEEP)
    with refused(StalePage, "has worked on the draft"):
        discard_draft(people.org, seen=1, by=people.administrator, at=LATER)
    discard_draft(people.org, seen=draft_of(people).seq, by=people.administrator, at=LATER)
    assert (open_draft(people.org), newest_policy(people.org)) == (None, before)
    assert Event.objects.within(people.org).filter(case=None, step="discard_policy_draft").count() == 1


def test_only_administrators_work_on_drafts(people: Branch) -> None:
    with refused(NotPermitted, "Only an administrator"):
        word_clause(people.org, "H3", SLEEP, seen=1, by=people.operator, at=LATER)
    with refused(NotPermitted, "Only an administrator"):
        publish_draft(people.org, day=NEW_YEAR, seen=1, beside=1, by=people.operator, at=LATER)
    with refused(NotPermitted, "Only an administrator"):
        start_draft(people.org, by=people.operator, at=LATER)


def test_a_draft_from_a_pack_keeps_the_packs_own_date_if_it_is_wished(tmp_path: Path) -> None:
    people = branch()
    folder = Path(shutil.copytree(RULES, tmp_path / RULES.name))
    front = folder / "pack.yaml"
    front.write_text(front.read_text().replace("2018-06-01", "2020-02-03"))
    draft = start_draft_from_pack(people.org, folder, by=people.administrator, at=LATER)
    assert draft.dated == date(2020, 2, 3)
    word(people, "H3", SLEEP)
    assert publish(people, day=date(2020, 2, 3)).in_force_from == date(2020, 2, 3)


def test_nobody_writes_rules_for_the_past_once_the_real_text_is_here(tmp_path: Path) -> None:
    people = branch()
    folder = Path(shutil.copytree(RULES, tmp_path / RULES.name))
    front = folder / "pack.yaml"
    front.write_text(front.read_text().replace("paraphrase: true", "paraphrase: false").replace("2018", "2020"))
    start_draft_from_pack(people.org, folder, by=people.administrator, at=LATER)
    word(people, "H3", SLEEP)
    real = publish(people, day=draft_of(people).dated)
    assert (real.paraphrase, real.in_force_from.year) == (False, 2020)
    front.write_text(front.read_text().replace("2020", "2021"))
    start_draft_from_pack(people.org, folder, by=people.administrator, at=LATER)
    with refused(BadInput, "tomorrow at the earliest", field="day"):
        publish(people, day=draft_of(people).dated)
    first = first_day(people.org, at=LATER)
    days = [first - timedelta(days=1), first, NEW_YEAR, None]
    assert [may_keep(people.org, own, at=LATER) for own in days] == [False, True, True, False]


def test_what_a_policy_rests_on_comes_in_by_itself_and_a_newer_one_is_noticed(tmp_path: Path) -> None:
    people = branch()
    by = people.administrator
    with refused(BadInput, "Bring that in first", field="pack"):
        start_draft_from_pack(people.org, "labour-branch-2018", by=by, at=LATER)
    statement = bring_in_parent(people.org, "labour-national-2018", by=by, at=LATER)
    draft = start_draft_from_pack(people.org, "labour-branch-2018", by=by, at=LATER)
    assert (draft.parent, wrong(people)) == (statement, [])
    word(people, "F1", replace(SLEEP, restates="N1 N99"))
    assert [one.says for one in wrong(people)] == ["What these rules rest on has no clause N99."]
    folder = Path(shutil.copytree(find_pack("labour-national-2018"), tmp_path / "labour-national-2018"))
    (folder / "clauses" / "N1.md").write_text((folder / "clauses" / "N1.md").read_text() + "\nAnd kindness.\n")
    newer = bring_in_parent(people.org, folder, by=by, at=LATER)
    assert newer.follows == statement
    with refused(BadInput, "This text is here already", field="pack"):
        bring_in_parent(people.org, folder, by=by, at=LATER)


def test_a_code_that_is_gone_does_not_come_back_as_another_clause(people: Branch, tmp_path: Path) -> None:
    retire_clause(people.org, "H3", by=people.administrator, at=LATER)
    publish(people)
    folder = Path(shutil.copytree(RULES, tmp_path / RULES.name))
    (folder / "clauses" / "H3.md").write_text(
        "---\ncode: H3\ntitle: No dogs\nscope: all\nkind: advice\n---\n\nDogs stay at home.\n"
    )
    with refused(BadInput, "H3 was “Take your time” in edition 1", field="pack"):
        publish_policy(people.org, folder, day=date(2027, 2, 1), by=people.administrator, at=LATER)


def test_an_edition_that_never_held_keeps_no_code_and_what_held_before_comes_back(
    people: Branch, tmp_path: Path
) -> None:
    retire_clause(people.org, "H3", by=people.administrator, at=LATER)
    added = add_clause(people.org, "H", by=people.administrator, at=LATER)
    word(people, added.code, Wording("No insults", "No insults, please.", "all", "advice"))
    announced = publish(people)
    before = never_held(people.org)
    folder = Path(shutil.copytree(RULES, tmp_path / RULES.name))
    (folder / "clauses" / f"{added.code}.md").write_text(
        f"---\ncode: {added.code}\ntitle: No dogs\nscope: all\nkind: advice\n---\n\nDogs stay at home.\n"
    )
    back = publish_policy(people.org, folder, day=date(2026, 12, 1), by=people.administrator, at=LATER)
    assert set(back.clauses.values_list("code", flat=True)) >= {"H3", added.code}
    assert (before, never_held(people.org)) == ({}, {announced.pk: back})
    assert coming_policies(people.org, at=LATER) == [back]
    # The same words for the same day would be the announced edition over again: that is said, not a crash.
    start_draft(people.org, by=people.administrator, at=LATER)
    retire_clause(people.org, "H3", by=people.administrator, at=LATER)
    word(people, added.code, Wording("No insults", "No insults, please.", "all", "advice"))
    with refused(BadInput, f"day of edition {announced.number} over again", field="day"):
        publish(people)


def test_an_edition_that_another_ends_after_its_day_did_hold(people: Branch) -> None:
    word(people, "H3", SLEEP)
    first = publish(people, day=date(2026, 10, 5))
    assert never_held(people.org) == {}
    publish_policy(people.org, RULES, day=date(2026, 10, 4), by=people.administrator, at=LATER)
    assert set(never_held(people.org)) == {first.pk}
    publish_policy(people.org, RULES, day=date(2026, 10, 9), by=people.administrator, at=FOUNDED + timedelta(days=7))
    assert set(never_held(people.org)) == {first.pk}
