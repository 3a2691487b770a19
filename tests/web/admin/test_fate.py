"""What became of a test letter, in plain words: one row for each thing that mail servers say."""

from datetime import timedelta

import pytest

from folkmoot.outbox.models import Dispatch
from folkmoot.web.admin.fate import Way, fate
from tests.cast import day

NOW = day(1)
WAY = Way("mail.example.org", 587, "starttls", "us@example.org", "us")
S = Dispatch.State


def letter(state: Dispatch.State, error: str = "", **other: object) -> Dispatch:
    facts: dict[str, object] = {"to": "ada@example.org", "state": state, "last_error": error, "next_at": NOW, **other}
    return Dispatch(**facts)


@pytest.mark.parametrize(
    ("error", "says", "do"),
    [
        ("mail server: [Errno 111] Connection refused", "nobody answers at port 587", "host and port in MAIL_URL"),
        ("mail server: timed out", "cannot be reached at port 587", "let mail out"),
        ("mail server: [Errno -2] Name or service not known", "no computer called mail.example.org", "MAIL_URL"),
        ("mail server: [SSL: WRONG_VERSION_NUMBER] wrong version", "does not speak at port 587", "tls="),
        ("mail server: [SSL: CERTIFICATE_VERIFY_FAILED] hostname", "certificate that is not for that name", "ask the"),
        ("mail server: STARTTLS extension not supported by server.", "(tls=starttls)", "starts it again"),
        (
            "mail server: (535, b'5.7.8 authentication failed')",
            "does not accept the name or the password",
            "%40 and %2F",
        ),
        ("sender refused: 550", "does not let this server send as us@example.org", "from="),
        ("refused: 550", "does not take mail for ada@example.org", "Check the address"),
        ("refused: 554", "refused it for good", "SPF"),
        ("refused: 451", "asks to come again later", "half an hour"),
        ("SMTPNotSupportedError", "nothing that Folkmoot knows", "its own words below"),
    ],
)
def test_what_a_mail_server_says_is_put_in_plain_words_with_what_to_do(error: str, says: str, do: str) -> None:
    lasting = error.startswith("refused: 5")
    found = fate(letter(S.GIVEN_UP if lasting else S.WAITING, error), WAY, now=NOW)
    assert says in found.says
    assert do in found.do
    assert found.raw == error
    assert found.settled
    assert ("tried again" in found.says) is not lasting


def test_a_letter_on_its_way_is_looked_at_again_and_one_that_nobody_takes_is_not() -> None:
    assert not fate(letter(S.WAITING), WAY, now=NOW).settled
    assert not fate(letter(S.SENDING), WAY, now=NOW).settled
    stuck = fate(letter(S.WAITING), WAY, now=NOW + timedelta(minutes=2))
    assert (stuck.settled, "the worker does not run" in stuck.says) == (True, True)
    alone = fate(letter(S.WAITING), None, now=NOW)
    assert (alone.settled, "MAIL_URL" in alone.do) == (True, True)


def test_a_letter_that_was_taken_or_came_back_says_so() -> None:
    taken = fate(letter(S.SENT, sent_at=NOW), WAY, now=NOW)
    assert (taken.sign, "mail.example.org took it" in taken.says, "spam" in taken.do) == ("ok", True, True)
    assert "came back" in fate(letter(S.RETURNED), WAY, now=NOW).says
