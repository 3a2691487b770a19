"""Fills the demo's folder, once and whole."""

from pathlib import Path
from types import ModuleType

from django.db import connections

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import say
from folkmoot.config.clock import now
from folkmoot.config.places import only_server
from folkmoot.config.readiness import bring_up_to_date

FILLED = "demo-is-filled.txt"


def fill(folder: Path) -> None:
    """Fill the demo unless it is; what an interrupted filling left is thrown away first."""
    with only_server(folder, "filling the demo"):
        done = folder / FILLED
        if not done.exists():
            for left in folder.glob("folkmoot.sqlite3*"):
                left.unlink()
            say("Filling the demo; this takes a little while, once.")
            bring_up_to_date()
            _loader().fill(at=now(), report=say)
            done.write_text("The demo was filled. Delete this folder to have it filled afresh.\n")
        else:
            bring_up_to_date()
    connections.close_all()


def where_things_stand() -> list[str]:
    """Return what is printed about the filled demo: where the cases stand, and three links to start with."""
    news: list[str] = _loader().where_things_stand()
    return news


def _loader() -> ModuleType:
    return with_django("folkmoot.web.demo.load")
