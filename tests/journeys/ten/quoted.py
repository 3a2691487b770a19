"""What a server's log quotes of those who took part: names, addresses, words, links and codes. It should be nothing.

    python -m tests.journeys.ten.quoted

prints, on a server's data, all that people are called and wrote.
"""

import json
import re
from typing import Any

from tests.journeys.mailbox import LINK, Mailbox
from tests.servers import Server

CODE = re.compile(r"\b(?:\d{4}[ -]?){3}\d{4}\b")
SHORTEST = 5  # letters: a shorter word is in every log


def quoted(server: Server, mailbox: Mailbox) -> list[str]:
    """Return what the log of the web processes, the worker and the keeper quotes."""
    lines = [json.loads(line) for line in server.said.splitlines() if line.startswith("{")]
    routes = {line.get("route") for line in lines}
    assert routes - {None}, "requests are in the log"  # since the last start: the clock is moved by one
    assert any(line["logger"] == "folkmoot.worker.loop" for line in lines), "and what the worker did"
    written = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    people: list[str] = json.loads(server.python("tests.journeys.ten.quoted"))
    letters = "\n".join(letter.text for letter in mailbox.letters)
    codes = {re.sub(r"\D", "", code) for code in CODE.findall(letters)} | set(CODE.findall(letters))
    secrets = {part for link in LINK.findall(letters) for part in link.split("/") if len(part) > 20}
    assert people
    assert secrets
    return sorted(one for one in {*people, *codes, *secrets} if len(one) >= SHORTEST and one in written)


def _print_all() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from folkmoot.archive.models import Account, Contact, Post  # noqa: PLC0415  models load only now
    from folkmoot.casefile.models import PaperText  # noqa: PLC0415
    from folkmoot.members.models import Organisation, Person  # noqa: PLC0415
    from folkmoot.outbox.models import Dispatch  # noqa: PLC0415

    columns: dict[Any, tuple[str, ...]] = {
        Person: ("name", "email"),
        Account: ("name", "handle"),
        Contact: ("address",),
        Organisation: ("name", "slug"),
        Dispatch: ("to",),
        Post: ("text",),
        PaperText: ("text",),
    }
    rows = (model._default_manager.values_list(*names) for model, names in columns.items())
    found = {text[:60] for row in rows for texts in row for text in texts if text}
    print(json.dumps(sorted(found)))


if __name__ == "__main__":
    _print_all()
