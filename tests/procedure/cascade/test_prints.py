"""Fingerprints: few, the same everywhere, and shared by whatever has a passage in common."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from bench.of_archive.words import COMMON, LOCAL
from folkmoot.procedure.cascade.prints import asked, bare_link, id_mark, kept, link_mark, marks, own_ids

TEXT = "The harbour plan is a waste, and councillor Voss knows it: nobody asked the fishermen about their moorings."
RARE = st.sampled_from(LOCAL)
ANY = st.sampled_from([*LOCAL, *COMMON])


def test_fingerprints_are_the_same_in_another_process_with_other_seeds() -> None:
    code = f"from folkmoot.procedure.cascade.prints import kept; print(sorted(kept({TEXT!r})))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": "src", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{sorted(kept(TEXT))}\n"}


def test_a_post_of_a_hundred_characters_keeps_a_handful() -> None:
    assert 4 <= len(kept(TEXT)) <= 8
    assert all(-(2**31) <= hashed < 2**31 for hashed in kept(TEXT))


def test_what_anybody_says_has_no_fingerprints() -> None:
    assert kept("Good morning all!") == set()
    assert kept("I do not know what you want me to do about it now") == set()


@given(st.lists(ANY, max_size=40), st.lists(RARE, min_size=6, max_size=20), st.lists(ANY, max_size=40))
def test_a_passage_of_six_rare_words_is_found_wherever_it_stands(
    before: list[str], passage: list[str], after: list[str]
) -> None:
    post = " ".join([*before, *passage, *after])
    assert kept(post) & set(asked(" ".join(passage)))


@given(st.text(max_size=300))
def test_what_a_text_keeps_of_its_words_it_also_asks_for(text: str) -> None:
    assert kept(text) <= set(asked(text)) | marks(text)


def test_a_link_is_the_same_however_it_is_given() -> None:
    given = [
        "https://www.place.org/p/123456?utm_source=x&fbclid=3",
        "http://m.place.org/p/123456/",
        "place.org/p/123456",
    ]
    assert {bare_link(link) for link in given} == {"place.org/p/123456"}
    assert link_mark(given[2]) in marks(f"Look at {given[0]}.")


def test_a_post_is_known_by_its_number_in_a_link_or_in_the_text() -> None:
    assert id_mark("1234567") in marks("See https://place.org/x/status/1234567?s=20")
    assert id_mark("a.b@list.org") in marks("In <a.b@list.org> somebody wrote")
    assert own_ids("1234567890123") == {"1234567890123"}
    assert own_ids("at://did:plc:xyz/app.post/3kq2abcdef") == {"3kq2abcdef"}


def test_years_prices_and_row_numbers_name_no_post() -> None:
    assert own_ids("2024") == own_ids("posts.csv:17") == set()
    assert marks("In 2024 it cost 12,000 pounds") == set()
