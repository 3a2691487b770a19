"""`folkmoot demo`: an invented branch in a data folder of its own, to try everything in."""

import os
from pathlib import Path

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.serve import serving_options
from folkmoot.cli.words import answer, examples, say, warn
from folkmoot.config.places import DEMO_MARK, PROJECT, data_folder, is_demo
from folkmoot.kernel.errors import NotReady

# The demo writes to nobody real: neither a real database nor a real mail server.
LEFT_OUT = ("DATABASE_URL", "MAIL_URL")


@click.command("demo", epilog=examples("demo", "demo --port 8080", "demo --no-serve"))
@serving_options
@click.option("--no-serve", is_flag=True, help="Only fill the folder; do not start the server.")
def command(host: str, port: int, workers: int, threads: int, no_serve: bool) -> None:
    """Fill a demo with a fictional branch, and start it.

    Its data are in FOLKMOOT_DATA when that is set, else in var/demo; a folder with real data is refused.
    """
    folder = demo_folder()
    for name in LEFT_OUT:
        if os.environ.pop(name, None):
            warn(f"{name} is left out: the demo keeps to its own folder, and mails nobody.")
    os.environ["FOLKMOOT_PORT"] = str(port)
    os.environ["DJANGO_SETTINGS_MODULE"] = "folkmoot.config.settings_demo"
    filling = with_django("folkmoot.cli.filling")
    filling.fill(folder)
    news: list[str] = filling.where_things_stand()
    if no_serve:
        for text in news:
            say(text)
        answer(folder=folder, news=news)
    else:
        with_django("folkmoot.cli.server").serve(
            host=host, port=port, workers=workers, threads=threads, news=tuple(news)
        )


def demo_folder() -> Path:
    """Return the demo's data folder, marked as such; raises `NotReady` when it holds real data."""
    if not os.environ.get("FOLKMOOT_DATA"):
        os.environ["FOLKMOOT_DATA"] = str(PROJECT / "var" / "demo")
    folder = data_folder()
    if not is_demo(folder):
        if (folder / "keys").exists() or (folder / "folkmoot.sqlite3").exists():
            raise NotReady(
                f"{folder} holds real data, and the demo would mix invented people into them. "
                "Give the demo a folder of its own by FOLKMOOT_DATA, or leave that out."
            )
        (folder / DEMO_MARK).write_text("Everybody in this folder is invented: it holds Folkmoot's demo.\n")
    return folder
