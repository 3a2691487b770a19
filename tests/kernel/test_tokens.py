"""Links, receipts and codes are computed under the server's key and stored nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.tokens import digits, keyed_hash, link_token, new_nonce, same

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@given(st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_a_receipt_is_sixteen_digits_and_the_same_each_time(nonce):
    code = digits(KEY, "receipt", nonce, length=16)
    assert len(code) == 16
    assert code.isascii()
    assert code.isdigit()
    assert code == digits(KEY, "receipt", nonce, length=16)


def test_without_the_key_nothing_opens():
    nonce = new_nonce()
    assert link_token(KEY, "letter", nonce) != link_token(OTHER_KEY, "letter", nonce)
    assert digits(KEY, "receipt", nonce, length=16) != digits(OTHER_KEY, "receipt", nonce, length=16)
    assert keyed_hash(KEY, "receipt", "1" * 16) != keyed_hash(OTHER_KEY, "receipt", "1" * 16)


def test_a_token_for_one_purpose_is_none_for_another():
    nonce = new_nonce()
    tokens = {link_token(KEY, purpose, nonce) for purpose in ("letter", "invitation", "set_up", "sign_in")}
    assert len(tokens) == 4
    assert all(len(token) == 32 for token in tokens)


def test_nonces_do_not_repeat():
    assert len({new_nonce() for _ in range(1000)}) == 1000


def test_secrets_are_compared_whole():
    assert same("abc", "abc")
    assert not same("abc", "abd")
    assert not same("abc", "ab")
