"""`folkmoot serve`: its options, before any setting is read."""

import ipaddress
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.whole_number import WholeNumber
from folkmoot.cli.words import examples
from folkmoot.config.places import data_folder, is_demo
from folkmoot.kernel.errors import NotReady

F = TypeVar("F", bound=Callable[..., Any])


def _address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(value.strip("[]")))
    except ValueError:
        raise click.BadParameter(f"{value!r} is no address such as 127.0.0.1 or 0.0.0.0.") from None


def _threads() -> int:
    """Return how many requests a web process should work on at a time.

    Python works on one; a second is of use only while the first waits for another machine's database. On the
    built-in one they would take turns in the middle of a transaction, while everybody else waits for it.
    """
    return 2 if os.environ.get("DATABASE_URL") else 1


def serving_options(command: F) -> F:
    """Give a command the options by which a server is told where and how widely to serve."""
    for option in (
        click.option(
            "--port",
            type=WholeNumber(1, 65535),
            envvar="FOLKMOOT_PORT",
            default=8000,
            show_default=True,
            show_envvar=True,
            help="The port to serve at.",
        ),
        click.option(
            "--host",
            envvar="FOLKMOOT_HOST",
            default="127.0.0.1",
            show_default=True,
            show_envvar=True,
            callback=_address,
            help="The address of this machine to listen at; 0.0.0.0 is all of them.",
        ),
        click.option(
            "--workers",
            type=WholeNumber(1, 64),
            envvar="FOLKMOOT_WORKERS",
            default=2,
            show_default=True,
            show_envvar=True,
            help="Web processes; as many as there are processors is a good number.",
        ),
        click.option(
            "--threads",
            type=WholeNumber(1, 64),
            envvar="FOLKMOOT_THREADS",
            default=_threads,
            show_default="1; on PostgreSQL 2",
            show_envvar=True,
            help="Requests that each web process works on at a time.",
        ),
    ):
        command = option(command)
    return command


@click.command(
    "serve",
    epilog=examples("serve", "serve --port 8080 --workers 4", "serve --host 0.0.0.0"),
)
@serving_options
@click.option(
    "--upgrade-without-backup",
    is_flag=True,
    envvar="FOLKMOOT_UPGRADE_WITHOUT_BACKUP",
    show_envvar=True,
    help="Let a newer version change the database without making a backup of it first.",
)
def command(host: str, port: int, workers: int, threads: int, upgrade_without_backup: bool) -> None:
    """Start the server, and keep it running until Ctrl-C.

    Makes and brings up to date what it needs in the data folder (FOLKMOOT_DATA, else var/). Before a newer version
    changes the database, it makes a backup of it, in backups/ in that folder.
    """
    folder = data_folder()
    if is_demo(folder):
        raise NotReady(
            f"{folder} holds the demo, whose people are invented. Start it with ./run demo, or give this "
            "server a folder of its own by FOLKMOOT_DATA."
        )
    # The settings read the port, for the address that letters carry.
    os.environ["FOLKMOOT_PORT"] = str(port)
    with_django("folkmoot.cli.server").serve(
        host=host, port=port, workers=workers, threads=threads, backup_first=not upgrade_without_backup
    )
