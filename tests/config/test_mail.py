"""Where letters leave and come back is read from two URLs; what is wrong with one is said without its password."""

import pytest

from folkmoot.config.mail import Mailbox, MailServer, mail_server, mailbox
from folkmoot.kernel.errors import NotReady


def test_without_a_url_there_is_neither() -> None:
    assert (mail_server(" "), mailbox("")) == (None, None)


def test_a_mail_server_is_read() -> None:
    url = "smtp://us%40example.org:a%3Ab@mail.example.org?tls=starttls&from=we@example.org"
    assert mail_server(url) == MailServer(
        "mail.example.org", 587, "us@example.org", "a:b", "starttls", "we@example.org"
    )


@pytest.mark.parametrize(
    ("url", "port", "tls", "folder"),
    [
        ("imaps://us:pw@mail.example.org", 993, "tls", "INBOX"),
        ("imaps://us:pw@mail.example.org:1993/Came%20back", 1993, "tls", "Came back"),
        ("imap://us:pw@mail.example.org/INBOX", 143, "starttls", "INBOX"),
        ("imap://us:pw@mail.example.org/INBOX?tls=none", 143, "none", "INBOX"),
    ],
)
def test_a_mailbox_is_read_and_a_password_travels_in_clear_only_when_somebody_says_so(
    url: str, port: int, tls: str, folder: str
) -> None:
    assert mailbox(url) == Mailbox("mail.example.org", port, "us", "pw", tls, folder)


def test_the_name_of_a_mailbox_holds_no_password() -> None:
    box = mailbox("imaps://us:pw@mail.example.org/INBOX")
    assert box is not None
    assert box.label == "us@mail.example.org:993/INBOX"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://us:secret@mail.example.org", "should look like imaps://"),
        ("imaps://us:secret@mail.example.org:many", "port is not a number"),
        ("imaps://us:secret@mail.example.org?tls=maybe", "tls must be"),
        ("imaps://mail.example.org", "whose mailbox"),
        ("imaps://us:secret@", "should look like"),
    ],
)
def test_what_cannot_be_read_is_said_without_the_password(url: str, says: str) -> None:
    with pytest.raises(NotReady) as said:
        mailbox(url)
    assert says in str(said.value)
    assert "secret" not in str(said.value)
