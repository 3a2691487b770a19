"""A worker and somebody who takes their decision back, at the same moment, on an empty database of their own.

    python -m tests.worker.racing     with DJANGO_SETTINGS_MODULE=tests.settings

It prints one line of JSON for each round: who came first, whether it was taken back, and what left by mail.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Thread

import django

django.setup()

from django.core.management import call_command  # noqa: E402  its models load only now
from django.db import connections  # noqa: E402

from folkmoot.kernel.errors import NotPermitted  # noqa: E402
from folkmoot.steps.record_delivery import record_sent  # noqa: E402
from folkmoot.steps.undo import undo  # noqa: E402
from folkmoot.worker.deliver import deliver  # noqa: E402
from tests import cast  # noqa: E402
from tests.worker.conftest import Relay  # noqa: E402

ROUNDS = ("undo", "both", "worker", "both") * 3
HEAD_START = 0.2  # seconds


@dataclass
class Round:
    """One decision, a minute old, with a mail server that takes its letters."""

    number: int
    relay: Relay = field(default_factory=Relay)
    taken_back: bool = False

    def __post_init__(self) -> None:
        """Let the decision be there, and let the letters of before have left."""
        self.matter = cast.decided(cast.branch(f"Branch {self.number}"))
        for letter in self.matter.letters():
            if letter.kind == "report_received":
                record_sent(letter.pk, at=cast.day(1) + timedelta(seconds=30))
        self.relay.start()

    def undo(self) -> None:
        """Take it back in the last moment."""
        try:
            undo(self.matter.pk, by=self.matter.branch.operator, at=cast.day(1) + timedelta(seconds=59.9))
            self.taken_back = True
        except NotPermitted:
            pass

    def deliver(self) -> None:
        """Send what is due."""
        deliver(at=cast.day(1) + timedelta(seconds=60), server=self.relay.server)

    def outcome(self) -> dict[str, object]:
        """Return what came of it."""
        self.relay.stop()
        about = [letter for letter in self.matter.letters() if letter.kind != "report_received"]
        return {
            "taken_back": self.taken_back,
            "stage": self.matter.case.stage,
            "left": sorted(to for to, _ in self.relay.taken),
            "promised": sorted(letter.to for letter in about),
            "states": sorted({str(letter.state) for letter in about}),
            "audit": cast.lay_open(self.matter.branch.org),
        }


def main() -> None:
    """Play the rounds."""
    call_command("migrate", verbosity=0)
    for number, first in enumerate(ROUNDS):
        played = Round(number)
        threads = [
            Thread(target=_after, args=(HEAD_START if first == "worker" else 0, played.undo)),
            Thread(target=_after, args=(HEAD_START if first == "undo" else 0, played.deliver)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(json.dumps({"first": first, **played.outcome()}), flush=True)
    connections.close_all()


def _after(pause: float, act: Callable[[], None]) -> None:
    time.sleep(pause)
    try:
        act()
    finally:
        connections.close_all()


if __name__ == "__main__":
    main()
