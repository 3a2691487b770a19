"""One root stands for all facts: it moves with any of them, and the order in which they came is nothing to it."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.merkle import MerkleTree

FACTS = st.dictionaries(st.text(max_size=8), st.integers(0, 9), max_size=40)


def root(facts: dict[str, int]) -> str:
    tree = MerkleTree()
    for key, fact in facts.items():
        tree.put(key, fact)
    return tree.root()


def by_hand(facts: dict[str, int]) -> str:
    """Return the root as the description of the tree has it, without remembering anything."""
    leaves = {}
    for key, fact in facts.items():
        bits = f"{int(hashlib.sha256(key.encode()).hexdigest(), 16):0256b}"
        said = f'{{"leaf":[{json.dumps(key, ensure_ascii=False)},{fact}]}}'
        leaves[bits] = hashlib.sha256(b"\x00" + said.encode()).digest()
    return _part(leaves, 0).hex()


def _part(leaves: dict[str, bytes], depth: int) -> bytes:
    if len(leaves) < 2:
        return next(iter(leaves.values()), hashlib.sha256(b"").digest())
    halves = [{bits: leaf for bits, leaf in leaves.items() if bits[depth] == side} for side in "01"]
    return hashlib.sha256(b"\x01" + _part(halves[0], depth + 1) + _part(halves[1], depth + 1)).digest()


@given(FACTS)
def test_the_root_is_the_one_that_the_description_gives(facts):
    assert root(facts) == by_hand(facts)


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_came_does_not_matter(facts, chance):
    shuffled = list(facts.items())
    chance.shuffle(shuffled)
    assert root(dict(shuffled)) == root(facts)


@given(FACTS, FACTS)
def test_a_tree_that_was_changed_step_by_step_is_the_one_that_was_made_at_once(before, after):
    tree = MerkleTree()
    for facts in (before, after):
        for key, fact in facts.items():
            tree.put(key, fact)
            tree.root()
    assert tree.root() == root({**before, **after})
    tree.clear()
    assert (len(tree), tree.root()) == (0, root({}))


@given(FACTS.filter(bool), st.data())
def test_any_other_fact_is_another_root(facts, data):
    key = data.draw(st.sampled_from(sorted(facts)))
    assert root({**facts, key: facts[key] + 1}) != root(facts)
    assert root({other: fact for other, fact in facts.items() if other != key}) != root(facts)
