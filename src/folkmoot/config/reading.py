"""Reads single settings from the environment; what cannot be read is said in a sentence that names it."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from folkmoot.kernel.errors import NotReady

SECRETS = ("DATABASE_URL", "MAIL_URL", "FOLKMOOT_IMAP", "FOLKMOOT_METRICS_TOKEN")


def number(name: str, default: int) -> int:
    """Return the whole number, 0 or more, in the variable `name`; `default` when it is unset or empty."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise NotReady(f"{name} must be a whole number, such as {default}; it is {text!r}.")
    return int(text)


def take_secrets_from_files() -> None:
    """Let what holds a password be read from a file: NAME_FILE names it, and its first line becomes NAME.

    Raises `NotReady` where there is no such file, or both are set; the sentence never repeats what is in it.
    """
    for name in SECRETS:
        file = os.environ.pop(f"{name}_FILE", "")
        if not file:
            continue
        if os.environ.get(name):
            raise NotReady(f"{name} and {name}_FILE are both set. Leave one of them out.")
        try:
            lines = Path(file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise NotReady(f"{name}_FILE names {file}, which cannot be read: {type(error).__name__}.") from None
        os.environ[name] = lines[0].strip() if lines else ""


def web_address(default: str) -> str:
    """Return `FOLKMOOT_URL` without its last slash: the address that people type and letters carry."""
    text = os.environ.get("FOLKMOOT_URL", "").strip().rstrip("/")
    if not text:
        return default
    try:
        parts = urlsplit(text)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise NotReady(
            f"FOLKMOOT_URL must be an address such as https://folkmoot.example.org, without a path; it is {text!r}."
        )
    return text


def postgresql(url: str) -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL database at `url`.

    Raises `NotReady` when it is none; the sentence never repeats the password.
    """
    refusal = NotReady(
        "DATABASE_URL must name a PostgreSQL database, such as postgres://name:password@localhost/folkmoot. "
        "Leave it out to use the built-in database in the data folder."
    )
    try:
        if urlsplit(url).scheme not in {"postgres", "postgresql", "pgsql"}:
            raise refusal
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError:
        raise refusal from None
    # A page asks some sixty short questions, and PostgreSQL took longer to plan each than to answer it.
    found["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 3, **found.get("OPTIONS", {})}
    return found
