"""What was copied goes with a removed post by a moderator's word, and is back when the decision does not hold."""

import csv
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.journeys.branch import Branch
from tests.journeys.conftest import Posts, bring_in

pytestmark = pytest.mark.journey

PASSED_ON = re.compile(r"RT @\w+: (.+)", re.DOTALL)
OURS = "Councillor Voss sold the swimming pool to her cousin and laughs at everybody who ever swam there"
APPEAL = "I asked a question, and accused nobody. Please read it again."
OVERTURNED = "It is sharp, and it is about the sale of the pool, which may be spoken of sharply."


@dataclass(frozen=True)
class Copied:
    """A post, and how many at least pass it on: those that are "RT @somebody:" and its words."""

    text: str
    times: int


@pytest.fixture(scope="module")
def own_copied(branch: Branch, tmp_path_factory: pytest.TempPathFactory) -> Copied:
    """Bring in a post of our own with two that pass it on, and one that condemns it; skip where real ones are."""
    if (SHARED / "data" / "davidson" / "labeled_data.csv").is_file():
        pytest.skip("the real tweets are here: the same journey is made with those")
    file = tmp_path_factory.mktemp("copied") / "copied.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["", "class", "tweet"])
        condemns = f"This is disgusting and wrong, nobody should say “{OURS}” of anybody."
        texts = [OURS, f"RT @pat: {OURS}", f"RT @kim: {OURS} Pass it on!", condemns]
        writer.writerows([number, 2, text] for number, text in enumerate(texts))
    bring_in(branch.server, Posts(file, ()))
    return Copied(OURS, 2)


@pytest.fixture(scope="module")
def public_copied(branch: Branch, davidson_csv: Path) -> Copied:
    """Return the real tweet of seven words or more that was passed on most often, as it is."""
    with davidson_csv.open(newline="", encoding="utf-8") as rows:
        texts = [row["tweet"] for row in csv.DictReader(rows)]
    told: dict[str, int] = defaultdict(int)
    for text in texts:
        if found := PASSED_ON.fullmatch(text):
            told[found[1].strip()] += 1
    text = max((text for text in texts if len(text.split()) >= 7), key=lambda text: told.get(text, 0))
    assert told[text] > 1
    return Copied(text, told[text])


def test_copies_go_with_a_removed_post_and_are_back_when_it_is_overturned(branch: Branch, own_copied: Copied) -> None:
    falls_and_comes_back(branch, own_copied)
    branch.moderator.sees("It stays")  # what condemns it was left


@pytest.mark.data
def test_copies_of_a_real_tweet_go_with_it_and_are_back_when_it_is_overturned(
    branch: Branch, public_copied: Copied
) -> None:
    falls_and_comes_back(branch, public_copied)


def falls_and_comes_back(branch: Branch, copied: Copied) -> None:
    """Take the post down with those that pass it on; overturn it: all are back, and everybody was told each time."""
    case = taken_down(branch, copied)
    copies = taken_along(branch, case, copied)
    addresses = [named(branch, child) for child in copies]
    for address in addresses:
        letter = branch.mailbox.wait_for(address, "is being taken down")
        assert "Another post was taken down." in letter.text
        assert f"author.{case}" not in letter.text
    overturned(branch, case)
    for child, address in zip(copies, addresses, strict=True):
        letter = branch.mailbox.wait_for(address, "we have changed our mind")
        author = branch.author(child)
        author.open_letter(letter)
        author.sees_heading("Your post comes back")
    branch.moderator.does_by_hand(case, "Put a post back", "It is back")
    branch.moderator.open(f"/o/{branch.org}/desk/cases/{copies[0]}/")
    branch.moderator.sees("That decision does not hold any more, so this post was asked to be put back too.")
    verified = branch.server.folkmoot("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    branch.moderator.open(f"/o/{branch.org}/desk/cases/{case}/with-it/")


def taken_down(branch: Branch, copied: Copied) -> int:
    """Report the post, enter its author's address, and take it down; return its case."""
    branch.reporter().report(
        branch.org, quoted=copied.text, words="Everybody passes this on, and it is no way to talk."
    )
    moderator = branch.moderator
    case = moderator.newest_case(copied.text)
    moderator.take(case)
    moderator.name_author(case, handle=f"@rowan{case}", address=branch.author(case).email)
    moderator.decide_to_remove(case, passage=" ".join(copied.text.split()[:5]), codes=("Sa",))
    moderator.does_by_hand(case, "Remove a post", "It is removed")
    return case


def taken_along(branch: Branch, case: int, copied: Copied) -> list[int]:
    """Tick all that pass it on, check them and let them go; return their cases."""
    moderator = branch.moderator
    deadline = time.monotonic() + 30
    moderator.open_case(case)
    while "It is still being looked for" in moderator.reads():  # the worker looks
        assert time.monotonic() < deadline, moderator.reads()
        moderator.open_case(case)
    moderator.sees_heading(re.compile("hangs? together with this one"))
    moderator.follow("See what goes with it")
    moderator.sees("Order unknown")  # the file has no dates
    every = moderator.page.get_by_role("button", name=re.compile(r"All \d+ go: Passed on"))
    times = int(re.findall(r"\d+", every.get_attribute("aria-label") or "0")[0])
    assert times >= copied.times
    moderator.click(every)
    moderator.sees("Please look at each of them")
    moderator.press("Check what you chose")
    moderator.sees_heading("Check before it is sent")
    moderator.page.get_by_role("checkbox", name=re.compile("I have no part in any of these posts")).check()
    moderator.press(f"Let {times} posts go, and tell each author")
    moderator.sees(f"{times} posts go with it, and each author is told.")
    moderator.open(f"/o/{branch.org}/desk/cases/{case}/with-it/")
    found = re.findall(r"It went with this one: case (\d+)", moderator.page.locator("main").inner_text())
    assert len(found) == times, moderator.reads()
    return [int(number) for number in found]


def named(branch: Branch, case: int) -> str:
    """Enter an address for whoever wrote the post that case is about, and return it."""
    address = branch.author(case).email
    branch.moderator.name_author(case, handle=f"@copier{case}", address=address)
    return address


def overturned(branch: Branch, case: int) -> None:
    """Let the author of the removed post appeal, and another moderator overturn the decision."""
    author, other = branch.author(case), branch.other_moderator
    author.open_letter(branch.mailbox.wait_for(author.email, "is being taken down"))
    author.appeal(APPEAL)
    other.take(case)
    other.open(f"/o/{branch.org}/desk/cases/{case}/reconsideration/")
    other.choose("The decision is overturned")
    other.type("Your reasons", OVERTURNED)
    other.press("Check before it is sent")
    other.press("Overturn and tell the author")
    branch.mailbox.wait_for(author.email, "Your appeal: the decision is overturned")
