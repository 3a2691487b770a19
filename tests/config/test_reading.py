"""Single settings from the environment."""

import pytest

from folkmoot.config.reading import number, postgresql, web_address
from folkmoot.kernel.errors import NotReady


@pytest.mark.parametrize(("text", "meant"), [("", 7), (" ", 7), ("0", 0), ("12", 12), (" 12 ", 12)])
def test_a_number_is_read_and_empty_means_the_default(text: str, meant: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLKMOOT_SOMETHING", text)
    assert number("FOLKMOOT_SOMETHING", 7) == meant


@pytest.mark.parametrize("text", ["-1", "1.5", "1e3", "١٢", "0x10", "ten", "1_000"])
def test_what_is_no_number_is_refused_by_name(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLKMOOT_SOMETHING", text)
    with pytest.raises(NotReady, match="FOLKMOOT_SOMETHING"):
        number("FOLKMOOT_SOMETHING", 7)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "http://localhost:8000"),
        ("https://folkmoot.example.org/", "https://folkmoot.example.org"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ],
)
def test_the_address_is_kept_without_its_last_slash(text: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLKMOOT_URL", text)
    assert web_address("http://localhost:8000") == meant


@pytest.mark.parametrize(
    "text",
    [
        "folkmoot.example.org",
        "ftp://folkmoot.example.org",
        "https://",
        "https://example.org/folkmoot",
        "https://name:secret@example.org",
        "https://example.org?x=1",
        "https://example.org:port",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLKMOOT_URL", text)
    with pytest.raises(NotReady, match="FOLKMOOT_URL"):
        web_address("http://localhost:8000")


def test_postgresql_is_taken_and_nothing_else() -> None:
    found = postgresql("postgres://ann:s3cret@db.example.org:5433/folkmoot")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", 5433, "folkmoot")
    for url in ("sqlite:///x", "mysql://ann:s3cret@db/folkmoot", "postgres://ann:s3cret@[::1/x", "nonsense"):
        with pytest.raises(NotReady, match="PostgreSQL") as refusal:
            postgresql(url)
        assert "s3cret" not in str(refusal.value)
