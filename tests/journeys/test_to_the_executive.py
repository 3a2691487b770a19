"""From an imported post to the Executive's final word, through the pages and by real letters."""

import re

import pytest

from folkmoot.standards import find_pack, load_pack
from folkmoot.steps.add_organisation import DEFAULT_PACK
from tests.journeys.branch import Branch
from tests.journeys.conftest import Posts
from tests.journeys.officer import REASONS
from tests.journeys.visitor import Author

pytestmark = pytest.mark.journey

CODES = ("Sa", "R2")
APPEAL = "I meant what she did, not her. Please read it again."
VOTES = {"stands": "The decision stands", "overturned": "The decision is overturned"}
SUBMISSION = "Two members told me that they did not read it as an attack."
MINUTE = "The Executive weighed the words in their conversation."


@pytest.fixture
def insult(request: pytest.FixtureRequest, own_posts: Posts) -> str:
    """Return the words of an offensive post: of a real one where the public posts are."""
    try:
        found: Posts = request.getfixturevalue("public_posts")
    except pytest.skip.Exception:
        found = own_posts
    return found.worst[0]


def test_a_post_that_was_taken_down_comes_back_when_the_executive_overturns(branch: Branch, insult: str) -> None:
    case, author = decided(branch, insult)
    rejected(branch, case, author)
    before_the_executive(branch, case, author, stands=1, overturned=2)

    letter = branch.mailbox.wait_for(author.email, "The Executive's decision: overturned")
    assert MINUTE in letter.text
    author.open_letter(letter)
    author.sees_heading("The matter ended in your favour")
    branch.moderator.does_by_hand(case, "Put a post back", "It is back")
    is_closed(branch, case)


@pytest.mark.soak
def test_a_post_stays_down_when_the_executive_lets_the_decision_stand(branch: Branch, own_posts: Posts) -> None:
    case, author = decided(branch, own_posts.worst[1])
    rejected(branch, case, author)
    before_the_executive(branch, case, author, stands=2, overturned=1)

    author.open_letter(branch.mailbox.wait_for(author.email, "The Executive's decision: it stands"))
    author.sees_heading("The Executive has decided: the decision stands")
    branch.moderator.open(f"/o/{branch.org}/desk/tasks/")
    todo = branch.moderator.page.locator("section", has=branch.moderator.page.get_by_role("heading", name="To do"))
    assert f"Case {case}" not in todo.inner_text()
    is_closed(branch, case)


def decided(branch: Branch, text: str) -> tuple[int, Author]:
    """Report the post with these words, decide that it comes down, and take it down; the author gets the reasons."""
    branch.moderator.finds_post(text)
    reporter = branch.reporter()
    what = f"This is no way to talk to anybody, and certainly not about {text.split()[-1]}"
    code = reporter.report(branch.org, quoted=text, words=what)
    reporter.track(branch.org, code)
    reporter.sees_heading("Nobody has decided yet")

    moderator = branch.moderator
    case = moderator.newest_case(text)
    moderator.take(case)
    author = branch.author(case)
    moderator.name_author(case, handle=f"@rowan{case}", address=author.email)
    passage = " ".join(text.split()[1:5])
    shown = moderator.decide_to_remove(case, passage=passage, codes=CODES)
    moderator.does_by_hand(case, "Remove a post", "It is removed")

    letter = branch.mailbox.wait_for(author.email, "is being taken down")
    for said in (text, passage, REASONS, *clause_texts()):
        assert flat(said) in flat(letter.text)
    assert flat(REASONS) in flat(shown)
    assert f"/o/{branch.org}/letter/" in letter.link
    branch.mailbox.wait_for(reporter.email, "There is news")
    reporter.track(branch.org, code)
    reporter.sees_heading("We found a breach of the rules")

    author.open_letter(letter)
    author.sees_heading("We decided to take down your post")
    author.sees(REASONS)
    assert author.page.locator("mark").first.inner_text() == passage
    return case, author


def rejected(branch: Branch, case: int, author: Author) -> None:
    """Let the author appeal, and another moderator answer that the decision stands."""
    author.appeal(APPEAL)
    branch.mailbox.wait_for(author.email, "We have your appeal")
    branch.other_moderator.open_case(case)
    branch.other_moderator.sees(APPEAL)
    branch.other_moderator.answer_appeal(case, reasons="It names her, and says nothing of what she did.")
    letter = branch.mailbox.wait_for(author.email, "Your appeal: the decision stands")
    author.open_letter(letter)


def before_the_executive(branch: Branch, case: int, author: Author, *, stands: int, overturned: int) -> None:
    """Put the case to the Executive; the Secretary writes the minute, and those who sat confirm it by their mails."""
    author.put_to_executive(SUBMISSION)
    branch.mailbox.wait_for(author.email, "Your case is before the Executive")
    to_convene = branch.mailbox.wait_for(branch.secretary.email, f"Case {case} has been put to the Executive")
    *sat, aside = branch.executive
    votes = dict(zip([person.name for person in sat], ["stands"] * stands + ["overturned"] * overturned, strict=True))
    branch.secretary.record_minute(to_convene.link, votes=votes, aside=aside.name, reasons=MINUTE)
    for person in sat:
        to_confirm = branch.mailbox.wait_for(person.email, f"confirm the record of case {case}")
        vote = VOTES[votes[person.name]]
        assert f"Your vote is recorded as: {vote}".lower() in flat(to_confirm.text).lower()
        person.confirm_minute(to_confirm.link, vote=vote)
    assert branch.mailbox.to(aside.email, f"confirm the record of case {case}") == []


def is_closed(branch: Branch, case: int) -> None:
    """See that the case is final and locked, and that the whole record is as it was written."""
    branch.moderator.open_case(case)
    branch.moderator.sees_heading("This case is final")
    for step in ("decision", "reconsideration", "author"):
        branch.moderator.open(f"/o/{branch.org}/desk/cases/{case}/{step}/")
        assert branch.moderator.page.locator("textarea").count() == 0, branch.moderator.reads()
    verified = branch.server.folkmoot("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def clause_texts() -> list[str]:
    """Return what the clauses say that the decision cites."""
    clauses = {clause.code: clause.text for clause in load_pack(find_pack(DEFAULT_PACK)).clauses}
    return [clauses[code] for code in CODES]


def flat(text: str) -> str:
    """Return `text` on one line: a letter breaks its lines where it likes."""
    return re.sub(r"\s+", " ", text)
