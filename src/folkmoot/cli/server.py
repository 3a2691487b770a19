"""The server: one keeper, the web server and the worker, on one data folder and one port."""

import http.client
import logging
import os
import shutil
import signal
import time
from functools import partial
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import connections

from folkmoot.cli.backups.under_way import upgrade_is_over
from folkmoot.cli.django_ready import with_django
from folkmoot.cli.keeper import Keeper, Kept
from folkmoot.cli.loading import deliver, load_ahead
from folkmoot.cli.port import claim_port
from folkmoot.cli.webserver import serve_pages
from folkmoot.cli.words import answer, say, warn
from folkmoot.config.clock import now
from folkmoot.config.places import only_server
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import NotReady
from folkmoot.steps.set_up import setup_link

log = logging.getLogger(__name__)
TICK = 0.1  # seconds between two looks
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client's own: where the processes that it counts in add up
FIRST_ANSWER = 60.0  # seconds within which the web server has to answer for the first time
HOPELESS = 5  # deaths in a row before it ever answered: something is wrong that starting again will not mend


def serve(
    *, host: str, port: int, workers: int, threads: int, news: tuple[str, ...] = (), backup_first: bool = True
) -> None:
    """Serve until told to end; `news` is printed once the server answers.

    A database that is behind is brought up to date, after a backup of it unless `backup_first` is false. Raises
    `NotReady` when it cannot start: data in use, port taken, no backup, database unfit, web server dying.
    """
    with only_server(Path(settings.DATA), settings.FOLKMOOT_URL) as lock, claim_port(host, port) as claim:
        bring_up_to_date(first=_back_up if backup_first else _go_without)
        upgrade_is_over(Path(settings.DATA))
        os.environ[SHARED] = str(_folder_of_numbers())
        load_ahead()
        ending = _Ending()
        keeper = Keeper(tell=_tell, held=(lock, claim))
        try:
            web = keeper.add("web", partial(serve_pages, host, port, workers, threads))
            if _first_answer(web, keeper, ending, host=host, port=port):
                # Only now: the worker has time, and the first page should not wait for it.
                keeper.add("worker", deliver)
                _welcome(host, port, news)
            while not ending.asked:
                keeper.look_after()
                time.sleep(TICK)
        finally:
            keeper.end()


def _folder_of_numbers() -> Path:
    """Return a new folder in which the web processes add up what they count; the last server's counts are gone."""
    folder = Path(settings.DATA) / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def _back_up() -> None:
    # Only now: what makes backups takes a sixth of this process's memory, and is wanted once a year.
    with_django("folkmoot.cli.backups.before_upgrade").back_up_before_upgrade(at=now())


def _go_without() -> None:
    warn("This version changes the database, and no backup is made before: --upgrade-without-backup.")


class _Ending:
    """Notes that somebody asked the server to end: Ctrl-C, the system's TERM, a closed terminal."""

    def __init__(self) -> None:
        self.asked = False
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(name) != signal.SIG_IGN:  # nohup has it ignored, and is to be obeyed
                signal.signal(name, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _first_answer(web: Kept, keeper: Keeper, ending: _Ending, *, host: str, port: int) -> bool:
    """Wait for the first answer; `False` when the end was asked for before it came."""
    began = time.monotonic()
    while not ending.asked:
        if _answers(host, port):
            return True
        if web.deaths >= HOPELESS or time.monotonic() - began > FIRST_ANSWER:
            raise NotReady("The web server does not start; what it said stands above.")
        keeper.look_after()
        time.sleep(TICK / 2)
    return False


def _answers(host: str, port: int) -> bool:
    """Say whether the web server answers, and not with a fault of its own."""
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    line = http.client.HTTPConnection(reach, port, timeout=10)
    try:
        line.request("GET", "/healthz", headers={"Host": "localhost"})
        status = line.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return status < 500


def _welcome(host: str, port: int, news: tuple[str, ...]) -> None:
    at_home = settings.FOLKMOOT_URL == f"http://localhost:{port}"
    say(f"Folkmoot is at {settings.FOLKMOOT_URL}" + ("" if at_home else f" (it listens at {host}, port {port})"))
    if at_home and host not in {"127.0.0.1", "::1"}:
        warn("Only this machine is answered. Others need a name for it: set FOLKMOOT_URL (docs/settings.md).")
    if settings.FOLKMOOT_URL.startswith("https:") and not settings.TRUSTED_PROXIES:
        warn(
            "Its address begins with https, so a proxy stands in front, and all visitors seem to come from that one: "
            "they share one limit. Set FOLKMOOT_PROXIES (docs/settings.md)."
        )
    link = setup_link(at=now())
    connections.close_all()  # the keeper itself has no more business with the database
    if link:
        say(f"Nobody looks after it yet. This link makes the first administrator, and works once:\n  {link}")
    for text in news:
        say(text)
    say("Ctrl-C ends it.")
    answer(address=settings.FOLKMOOT_URL, host=host, port=port, set_up_link=link or None, news=news)


def _tell(text: str) -> None:
    log.warning(text)
