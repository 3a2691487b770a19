"""The two packs that come with the software are whole, of the right kinds, and fit to be read."""

import re
from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from folkmoot.standards import (
    Clause,
    Kind,
    Pack,
    Scope,
    UnknownPack,
    check_pack,
    find_pack,
    fingerprint,
    installed_packs,
    load_pack,
)

NATIONAL, BRANCH = "labour-national-2018", "labour-branch-2018"


def numbered(prefix: str, last: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(1, last + 1)]


def lettered(prefix: str) -> list[str]:
    return [f"{prefix}{letter}" for letter in "abcdefgh"]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(find_pack(NATIONAL))


@pytest.fixture(scope="module")
def branch() -> Pack:
    return load_pack(find_pack(BRANCH))


@pytest.fixture(params=[NATIONAL, BRANCH])
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(find_pack(request.param))


def test_both_packs_are_installed_and_without_fault() -> None:
    assert {NATIONAL, BRANCH} <= set(installed_packs())
    assert [str(fault) for name in installed_packs() for fault in check_pack(find_pack(name))] == []


def test_an_unknown_pack_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownPack, match=BRANCH):
        find_pack("../packs")


def test_the_branch_pack_has_its_52_clauses_in_the_order_of_the_policy(branch: Pack) -> None:
    expected = [*numbered("F", 10), *numbered("P", 10), "I1", "I2", *numbered("R", 13), "S0"]
    expected += [*lettered("S"), *lettered("M")]
    assert list(branch.codes) == expected
    assert len(branch.codes) == 52


def test_the_national_pack_has_its_25_clauses_in_order(national: Pack) -> None:
    assert list(national.codes) == [*numbered("N", 15), *numbered("P", 10)]
    assert len(national.codes) == 25


def test_the_branch_pack_has_exactly_these_grounds(branch: Pack) -> None:
    grounds = "F2 F5 F6 F7 F10 R2 R3 R4 R5 R6 R8 R9 R11 Sa Sb Sc Sd Se Sf Mh"
    assert [clause.code for clause in branch.grounds] == grounds.split()


def test_the_other_branch_clauses_are_advice_principle_or_procedure(branch: Pack) -> None:
    def of(kind: Kind) -> list[str]:
        return [clause.code for clause in branch.clauses if clause.kind is kind]

    assert of(Kind.ADVICE) == ["F4", "R1", "R7", "R10", "R12", "R13", "Sg"]
    assert of(Kind.PRINCIPLE) == ["F1", "F9", *numbered("P", 10), "I1", "I2", "S0"]
    assert of(Kind.PROCEDURE) == ["F3", "F8", "Sh", "Ma", "Mb", "Mc", "Md", "Me", "Mf", "Mg"]


def test_the_national_clauses_have_the_kinds_of_those_that_restate_them(national: Pack, branch: Pack) -> None:
    for clause in branch.clauses:
        for code in clause.parents:
            if code == "N9":  # F5 has two halves: the one on scornful labels is advice and never a ground
                assert national.clause(code).kind is Kind.ADVICE
            else:
                assert national.clause(code).kind is clause.kind, f"{clause.code} restates {code}"


def test_every_national_clause_is_restated_once_by_the_branch(national: Pack, branch: Pack) -> None:
    restated = [code for clause in branch.clauses for code in clause.parents]
    assert sorted(restated) == sorted(national.codes)
    assert branch.parent == national.name
    assert national.parent is None


def test_what_the_branch_restates_it_says_in_the_same_words(national: Pack, branch: Pack) -> None:
    for clause in branch.clauses:
        if clause.parents:
            assert clause.text == "\n\n".join(national.clause(code).text for code in clause.parents)


def test_standards_are_meant_for_public_platforms_and_all_else_for_every_platform(branch: Pack) -> None:
    for clause in branch.clauses:
        expected = Scope.PUBLIC if clause.code.startswith("S") else Scope.ALL
        assert clause.scope is expected, clause.code


def test_clauses_that_are_grounds_in_part_say_which_part(national: Pack, branch: Pack) -> None:
    assert [clause.code for clause in branch.clauses if clause.limited_to] == ["F5", "Mh"]
    assert [clause.code for clause in national.clauses if clause.limited_to] == ["N8"]
    assert "personal abuse" in branch.clause("F5").limited_to.lower()
    assert re.search("spam.*inaccura", branch.clause("Mh").limited_to.lower())


def test_person_or_policy_is_asked_of_attacks_and_not_of_copyright_or_spam(branch: Pack) -> None:
    asked = {clause.code for clause in branch.clauses if clause.aimed_at}
    assert {"F2", "F5", "R11", "Sa", "Sd"} <= asked
    assert not {"Se", "Sf", "Mh", "R9"} & asked


def test_every_ground_shows_both_sides_of_the_line_and_no_other_clause_does(pack: Pack) -> None:
    for clause in pack.clauses:
        assert bool(clause.allowed) is bool(clause.not_allowed) is clause.is_ground, clause.code


def test_no_example_is_used_twice() -> None:
    packs = [load_pack(find_pack(name)) for name in (NATIONAL, BRANCH)]
    examples = [text for pack in packs for clause in pack.grounds for text in (clause.allowed, clause.not_allowed)]
    assert len(examples) == len(set(examples)) == 2 * (20 + 6)


def test_the_packs_are_labelled_as_summaries_in_force_since_june_2018(national: Pack, branch: Pack) -> None:
    for pack in (national, branch):
        assert pack.paraphrase
        assert pack.lang == "en-GB"
        assert pack.in_force_from == date(2018, 6, 1)
    assert national.official_url == "https://labour.org.uk"
    assert branch.official_url is None


def test_conditions_of_the_policy_are_in_the_text(branch: Pack) -> None:
    # Each of these words carries a condition or a limit that a summary could lose.
    said = {
        "F2": ["age", "disability", "race", "religion", "gender", "gender identity", "sexual orientation"],
        "F6": ["in order to abuse"],
        "F7": ["unwelcome", "unless"],
        "F8": ["even if"],
        "F9": ["party", "website or platform", "police"],
        "I2": ["every one", "mainly", "not for those alone"],
        "Sb": ["on purpose or not"],
        "Sc": ["think about removing", "extremely"],
        "Sd": ["could be taken", "disability", "age", "race", "religion", "gender", "sexual orientation"],
        "Sh": ["operator", "five days", "no answer", "not happy", "Secretary", "Executive"],
        "Mb": ["only a part"],
        "Mc": ["cautious", "too hard"],
        "Md": ["later", "quote", "clearly refer"],
        "Me": ["any reason", "in writing", "why"],
        "Mf": ["information", "clearer", "accepts", "rejects"],
        "Mg": ["in writing", "final"],
        "Mh": ["inaccurate", "inappropriate", "suspicious", "dodgy", "spam", "in good time"],
    }
    for code, words in said.items():
        for word in words:
            assert word in branch.clause(code).text, f"{code} does not say “{word}”"


def test_sentences_are_short(pack: Pack) -> None:
    lengths = []
    for clause in pack.clauses:
        for sentence in sentences(clause.text):
            lengths.append(len(sentence.split()))
            assert lengths[-1] <= 25, f"{clause.code}: {sentence}"
    assert sum(lengths) / len(lengths) <= 17


def test_words_are_plain_enough_for_a_reader_of_12_to_14(pack: Pack) -> None:
    text = " ".join(clause.text for clause in pack.clauses)
    words = re.findall(r"[A-Za-z’-]+", text)
    syllables = sum(map(syllables_in, words))
    per_sentence = len(words) / len(sentences(text))
    reading_ease = 206.835 - 1.015 * per_sentence - 84.6 * syllables / len(words)
    assert reading_ease >= 65, reading_ease


def test_titles_fit_on_one_line_and_differ(pack: Pack) -> None:
    titles = [clause.title for clause in pack.clauses]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 50


def test_nothing_in_a_loaded_pack_can_be_changed(branch: Pack) -> None:
    before = fingerprint(branch)
    clause = branch.clause("Sa")
    for owner in (branch, clause, branch.headings[0]):
        for field in fields(owner):
            with pytest.raises(FrozenInstanceError):
                setattr(owner, field.name, "changed")
    assert isinstance(branch.clauses, tuple)
    assert isinstance(branch.headings, tuple)
    assert isinstance(clause.parents, tuple)
    assert hash(branch) == hash(load_pack(find_pack(BRANCH)))
    assert fingerprint(branch) == before


def test_a_clause_is_found_by_its_code_or_refused(branch: Pack) -> None:
    assert isinstance(branch.clause("S0"), Clause)
    with pytest.raises(KeyError, match="no clause Sz"):
        branch.clause("Sz")


def test_sections_together_hold_every_clause_once(pack: Pack) -> None:
    gathered = [clause for heading in pack.headings for clause in pack.under(heading)]
    assert gathered == list(pack.clauses)


def test_the_executive_is_explained_where_readers_meet_it_first(branch: Pack) -> None:
    first = next(clause for clause in branch.clauses if "Executive" in clause.text)
    assert "Executive Committee (the Executive)" in first.text


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])[”’]?\s+", text) if part]


def syllables_in(word: str) -> int:
    """A rough count, good enough for an average over a thousand words."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    if letters.endswith("e") and not letters.endswith("le"):
        count -= 1
    if re.search(r"[^td]ed$", letters):
        count -= 1
    return max(count, 1)
