"""Facts become the same bytes everywhere, and a text is proven by its salted commitment."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.canonical import canonical_bytes, commitment, digest, new_salt

FACTS = st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))


def encodable(value):
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


@given(FACTS.filter(encodable))
def test_the_order_in_which_facts_were_written_leaves_no_trace(facts):
    backwards = dict(reversed(list(facts.items())))
    assert canonical_bytes(facts) == canonical_bytes(backwards)
    assert json.loads(canonical_bytes(facts)) == facts


def test_the_bytes_are_plain_json_without_spaces():
    assert canonical_bytes({"b": [1, None], "a": "£"}) == '{"a":"£","b":[1,null]}'.encode()


def test_numbers_that_no_json_reader_knows_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        canonical_bytes({"a": float("nan")})


def test_the_digest_is_sha_256():
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_commitment_holds_for_its_text_and_salt_only():
    salt = new_salt()
    assert len(salt) == 16
    assert commitment(salt, "words") == commitment(salt, "words")
    assert commitment(salt, "words") != commitment(salt, "other words")
    assert commitment(salt, "words") != commitment(new_salt(), "words")
