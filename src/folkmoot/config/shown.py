"""What may be shown of the server's settings: what each is, what holds now, and where that comes from. No secret.

Only what is in this table is shown; of addresses with passwords only host, port and name are put together anew.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later


@dataclass(frozen=True)
class ServerSetting:
    """One variable of the environment: its name, what it says, what holds, and whether it was set."""

    name: str
    what: Any
    value: str
    is_set: bool


def server_settings() -> list[ServerSetting]:
    """Return all settings of the server that may be shown, in the order of docs/settings.md."""
    return [ServerSetting(name, what, value(), _is_set(name)) for name, what, value in _TABLE]


def _is_set(name: str) -> bool:
    return any(os.environ.get(one, "").strip() for one in (name, f"{name}_FILE"))


def _database() -> str:
    known = settings.DATABASES["default"]
    if "postgresql" not in known["ENGINE"]:
        return _("the built-in one, in the data folder")
    return f"PostgreSQL, {known['NAME']} @ {known.get('HOST') or 'localhost'}:{known.get('PORT') or 5432}"


def _mail() -> str:
    server = settings.MAIL
    return f"{server.host}:{server.port} (tls={server.tls}, from={server.sender})" if server else _("none")


def _environ(name: str, default: str) -> Callable[[], str]:
    return lambda: os.environ.get(name, "").strip() or default


def _of(name: str) -> Callable[[], str]:
    return lambda: str(getattr(settings, name)) or _("none")


_TABLE: tuple[tuple[str, Any, Callable[[], str]], ...] = (
    ("FOLKMOOT_DATA", later("The folder for the database and the keys"), _of("DATA")),
    ("FOLKMOOT_PORT", later("The port at which it listens"), _of("FOLKMOOT_PORT")),
    ("FOLKMOOT_HOST", later("The address of the machine at which it listens"), _environ("FOLKMOOT_HOST", "127.0.0.1")),
    ("FOLKMOOT_URL", later("The address that people type and letters carry"), _of("FOLKMOOT_URL")),
    ("FOLKMOOT_SOURCE_URL", later("Where the source of this version is offered"), _of("SOURCE_URL")),
    ("FOLKMOOT_PROXIES", later("How many proxies of yours stand in front"), _of("TRUSTED_PROXIES")),
    ("DATABASE_URL", later("Which database it uses"), _database),
    ("FOLKMOOT_CHECKPOINTS", later("The folder for signed checkpoints"), _of("CHECKPOINTS")),
    ("MAIL_URL", later("Where letters are handed over"), _mail),
    (
        "FOLKMOOT_IMAP",
        later("The mailbox to which letters come back"),
        lambda: settings.MAILBOX.label if settings.MAILBOX else _("none"),
    ),
    (
        "FOLKMOOT_UPGRADE_WITHOUT_BACKUP",
        later("Whether a newer version may change the database without a backup"),
        _environ("FOLKMOOT_UPGRADE_WITHOUT_BACKUP", "0"),
    ),
    ("FOLKMOOT_LOG", later("How the log is written"), _of("LOG")),
    (
        "FOLKMOOT_LOG_REQUESTS",
        later("Whether each request gets a line in the log"),
        _of("LOG_REQUESTS"),
    ),
    (
        "FOLKMOOT_METRICS_TOKEN",
        later("Who may read the numbers from elsewhere"),
        lambda: _("whoever has the token") if settings.METRICS_TOKEN else _("nobody"),
    ),
    (
        "FOLKMOOT_HOOKS_PRIVATE",
        later("Whether programs in your own networks may be told of cases"),
        lambda: str(int(settings.HOOKS_PRIVATE)),
    ),
    (
        "FOLKMOOT_TRIAGE",
        later("Whether new posts and reports are looked over for what may be wrong"),
        lambda: str(int(settings.TRIAGE)),
    ),
    ("FOLKMOOT_WORKERS", later("Web processes"), _environ("FOLKMOOT_WORKERS", "2")),
    ("FOLKMOOT_THREADS", later("Requests that each works on at a time"), _environ("FOLKMOOT_THREADS", "1")),
    ("FOLKMOOT_UNDO_SECONDS", later("Seconds that a letter waits before it leaves"), _of("UNDO_SECONDS")),
    ("FOLKMOOT_REPORTS_PER_HOUR", later("Reports in an hour from one unknown source"), _of("REPORTS_PER_HOUR")),
    (
        "FOLKMOOT_UPLOAD_BYTES_PER_HOUR",
        later("Bytes of uploads in an hour from one such source"),
        _of("UPLOAD_BYTES_PER_HOUR"),
    ),
    ("FOLKMOOT_LOOKUPS_PER_HOUR", later("Receipt codes that one source may try in an hour"), _of("LOOKUPS_PER_HOUR")),
    (
        "FOLKMOOT_DRAFT_CHECKS_PER_HOUR",
        later("Checks of drafts in an hour from one unknown source"),
        _of("DRAFT_CHECKS_PER_HOUR"),
    ),
    ("FOLKMOOT_API_CALLS_PER_HOUR", later("Calls by programs in an hour with one token"), _of("API_CALLS_PER_HOUR")),
    (
        "FOLKMOOT_API_VISITS_PER_HOUR",
        later("Calls by programs in an hour from one source without a token"),
        _of("API_VISITS_PER_HOUR"),
    ),
)
