"""The mail server and the posts of the journeys."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.branch import Branch, found_branch
from tests.journeys.mailbox import Mailbox
from tests.servers import Server

PLAIN = re.compile(r"[A-Z][a-z]+( [A-Za-z']+,?){9,25}")  # nothing that one page or letter would write otherwise
OUR_WORST = (
    "Councillor Voss is a crook and a liar, and whoever votes for her is as thick as she is.",
    "Pat, you clueless fool, go back to where you came from and leave the bus plan to grown-ups.",
    "Whoever wrote that leaflet is a fat waste of space, and so is everybody who handed it out.",
    "Shut up, Kim, you stupid cow, nobody in this branch has ever wanted to hear from you.",
    "Lou is a ridiculous windbag who should be kept away from microphones, meetings and other people.",
    "Ask Noor, that dim little clerk, who cannot even read the lease that she is paid to look after.",
)


@dataclass(frozen=True)
class Posts:
    """A file of posts whose words are in the column `tweet`, and some of them to report, each there once."""

    file: Path
    worst: tuple[str, ...]


@pytest.fixture(scope="session")
def own_posts(tmp_path_factory: pytest.TempPathFactory) -> Posts:
    """Return a file of posts that the tests make themselves, like the public one: words, no authors, no dates."""
    words = [
        f"{opening} {subject} {ending}"
        for opening in ("Honestly,", "Once more:", "I have said it before:", "Good evening all.")
        for subject in ("the bus to the hospital", "the leisure centre roof", "the council's budget", "our stall")
        for ending in (
            "needs a proper answer & soon.",
            "is what members should talk about, “not this”.",
            "– well done!",
        )
    ]
    file = tmp_path_factory.mktemp("posts") / "posts.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["", "class", "tweet"])
        writer.writerows([number, 2, text] for number, text in enumerate([*words[:20], *OUR_WORST, *words[20:]]))
    return Posts(file, OUR_WORST)


@pytest.fixture(scope="session")
def public_posts(davidson_csv: Path) -> Posts:
    """Return 24,783 real tweets, and some offensive ones: plain words, no quotes or links, there once."""
    with davidson_csv.open(newline="", encoding="utf-8") as rows:
        found = [(row["tweet"], row["class"]) for row in csv.DictReader(rows)]
    known = Counter(text for text, _ in found)
    offensive = (text for text, judged in found if judged != "2" and known[text] == 1)
    return Posts(davidson_csv, tuple(filter(PLAIN.fullmatch, offensive)))


@pytest.fixture(scope="session")
def branch(
    request: pytest.FixtureRequest, browser: Browser, own_posts: Posts, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Branch]:
    """Return a branch with everybody in it: posts imported into an empty folder, then adopted by the first set-up.

    Where the public posts are, they come first; our own follow, while the server runs.
    """
    mailbox = Mailbox().open()
    server = Server(tmp_path_factory.mktemp("server"), MAIL_URL=mailbox.url, FOLKMOOT_UNDO_SECONDS="0")
    try:
        public = request.getfixturevalue("public_posts")
    except pytest.skip.Exception:
        public = own_posts
    try:
        bring_in(server, public)
        server.start()
        made = found_branch(browser, server, mailbox)
        made.everybody_accepts()
        bring_in(server, own_posts)
        yield made
    finally:
        server.stop()
        mailbox.close()


def bring_in(server: Server, posts: Posts) -> None:
    """Import the posts as somebody without a terminal does: one column named, nothing asked."""
    done = server.folkmoot("import", str(posts.file), "--map", "text=tweet")
    assert done.returncode == 0, done.stdout + done.stderr
