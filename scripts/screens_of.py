"""What `screens.py` takes pictures of: each function leads a browser to a page, as a person would get there."""

from collections.abc import Callable

from playwright.sync_api import Page
from screens_moves import as_officer, open_sides, press, step_in, work_on
from screens_of_cascade import conversation, found, goes_with, goes_with_check, history
from screens_of_policy import policy_changes, policy_diff, policy_draft, policy_editor
from screens_of_triage import back_test, draft_check, draft_fine, hints, house_style, over_time, worth_a_look


def demo_start(page: Page) -> None:
    """The demo's first page."""
    page.goto("/demo/")


def demo_roles(page: Page) -> None:
    """Whose place can be taken."""
    page.goto("/demo/roles/")


def demo_case(page: Page) -> None:
    """One case from all sides."""
    open_sides(page, "You all know who I mean")


def mailbox(page: Page) -> None:
    """Everybody's letters."""
    page.goto("/demo/mailbox/")


def letter(page: Page) -> None:
    """A statement of reasons, as its author gets it."""
    open_sides(page, "A fair point about parking")
    press(page.get_by_role("link", name="letter 1"))


def rules(page: Page) -> None:
    """The rules."""
    page.goto("/o/wexmoor/rules/")


def clause(page: Page) -> None:
    """One rule, with examples."""
    page.goto("/o/wexmoor/rules/R11/")


def report_kind(page: Page) -> None:
    """What a report is about."""
    page.goto("/o/wexmoor/report/")


def report(page: Page) -> None:
    """A report being written."""
    page.goto("/o/wexmoor/report/?kind=attack")
    page.get_by_label("Link to the post", exact=False).fill(
        "https://pages.commonsquare.example/wexmoor-and-the-fells/posts/70?comment=9"
    )
    page.get_by_label("What happened?", exact=False).fill(
        "He has a point about parking, and then he goes for Pat. She is 68 and reads all of it."
    )
    page.get_by_text("No, I came across it").click()


def received(page: Page) -> None:
    """The receipt."""
    report(page)
    press(page.get_by_role("button", name="Send the report"))


def track(page: Page) -> None:
    """How a report stands that nobody answered in time."""
    step_in(page, "A stranger who will not stop asking", "Noor Hadleigh")


def notice(page: Page) -> None:
    """The author's page about a removed post."""
    step_in(page, "A fair point about parking", "Brian Oxcombe")


def appeal(page: Page) -> None:
    """An appeal being written."""
    notice(page)
    press(page.get_by_role("link", name="Appeal").first)
    page.get_by_role("textbox").first.fill(
        "Nobody told me which part it was until now. I’d say the same about a man who sold off eleven spaces. "
        "I’ll take out the line about Pat, but the rest was fair and I want it back."
    )


def home(page: Page) -> None:
    """What waits for a moderator."""
    as_officer(page, "Gwen Astell")


def queue(page: Page) -> None:
    """The queue."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/queue/")


def interest(page: Page) -> None:
    """The question before a case opens."""
    step_in(page, "A councillor quoted as far as it suits", "Gwen Astell")


def case(page: Page) -> None:
    """A case that waits for its decision."""
    work_on(page, "A comment that quotes a removed one", "Gwen Astell")


def decision(page: Page) -> None:
    """A decision being written, with its letter beside it."""
    case(page)
    page.goto(page.url + "decision/")
    page.get_by_label("Remove", exact=False).first.check()
    page.locator("[name=passage]").fill("you're a clueless old fool, Pat, go back to your allotment")
    for code in ("Sa", "R11"):
        page.locator(f"[name=codes][value={code}]").check()
    page.locator("[name=aimed_at][value=person]").check()
    page.locator("[name=clarity][value=unclear]").check()
    page.locator("[name=reasons]").fill(
        "You did not write these words, somebody else did, and they were taken down. Quoting them with applause puts "
        "them in front of Pat again, and of everybody else. You are welcome to say that removing the comment was wrong."
    )
    page.wait_for_timeout(2000)  # the letter is fetched half a second after the last word


def decided(page: Page) -> None:
    """A case that was decided, with what happened in it."""
    work_on(page, "You all know who I mean", "Marcus Obiora-Hay")


def tasks(page: Page) -> None:
    """What has to be done by hand."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/tasks/")


def task(page: Page) -> None:
    """One thing to do by hand."""
    tasks(page)
    press(page.locator("main a[href*='/desk/tasks/']").first)


def panel(page: Page) -> None:
    """What lies before the Executive."""
    as_officer(page, "Rashid Coverlake")
    page.goto("/o/wexmoor/panel/")


def bundle(page: Page) -> None:
    """The bundle that the Executive reads."""
    work_on(page, "An argument about moderation", "Rashid Coverlake")


def minute(page: Page) -> None:
    """The minute of a meeting."""
    work_on(page, "An argument about moderation", "Hilary Sandwath")
    press(page.get_by_role("link", name="minute").first)


def people(page: Page) -> None:
    """Who does what."""
    as_officer(page, "Dilys Marrable")
    page.goto("/o/wexmoor/admin/people/")


def places(page: Page) -> None:
    """Where people write."""
    as_officer(page, "Dilys Marrable")
    page.goto("/o/wexmoor/admin/places/")


# What people need first, first: the first rows of what each page is for.
MAIN = (
    "report",
    "track",
    "notice",
    "appeal",
    "rules",
    "draft-check",
    "draft-fine",
    "house-style",
    "queue",
    "case",
    "hints",
    "over-time",
    "worth-a-look",
    "decision",
    "goes-with",
    "task",
    "back-test",
)
BEGINS = {"hints": "#noticed-title"}  # pictures that do not begin at the top of their page
GUIDES = ("panel", "bundle", "people", "policy-draft")  # which the guides show beside those

# In this order: the last ones change what the first ones show.
PICTURES: dict[str, Callable[[Page], None]] = {
    "demo": demo_start,
    "demo-case": demo_case,
    "roles": demo_roles,
    "mailbox": mailbox,
    "letter": letter,
    "rules": rules,
    "clause": clause,
    "draft-check": draft_check,
    "draft-fine": draft_fine,
    "house-style": house_style,
    "report-kind": report_kind,
    "report": report,
    "track": track,
    "notice": notice,
    "appeal": appeal,
    "home": home,
    "queue": queue,
    "tasks": tasks,
    "task": task,
    "panel": panel,
    "people": people,
    "places": places,
    "interest": interest,
    "worth-a-look": worth_a_look,
    "back-test": back_test,
    "case": case,
    "hints": hints,
    "over-time": over_time,
    "decision": decision,
    "decided": decided,
    "conversation": conversation,
    "goes-with": goes_with,
    "goes-with-check": goes_with_check,
    "search": found,
    "history": history,
    "bundle": bundle,
    "minute": minute,
    "received": received,
    "policy-editor": policy_editor,
    "policy-draft": policy_draft,
    "policy-changes": policy_changes,
    "policy-diff": policy_diff,
}
