"""Those who work on cases: set-up, people, the second factor, deciding, answering, doing by hand."""

import re

from tests.journeys.somebody import Somebody
from tests.web.browsers import app_code

REASONS = "It calls a person names instead of arguing with what they said."


class Officer(Somebody):
    """Somebody with a sign-in; `org` is the short name of the organisation in addresses, known after set-up."""

    org = ""

    def set_up(self, link: str, *, organisation: str) -> None:
        """Answer the first three questions, and add a second factor."""
        self.open(link)
        self.type("What is your organisation called?", organisation)
        self.type("Your name", self.name)
        self.type("Your e-mail address", self.email)
        self.press("Set it up and sign me in")
        self.add_app()

    def accept(self, link: str) -> None:
        """Accept an invitation, and add a second factor."""
        self.open(link)
        self.press("Accept and sign in")
        self.add_app()

    def add_app(self) -> None:
        """Add an authenticator app as the second factor, and go on to the desk or to the guide."""
        self.follow("Add an app")
        self.page.get_by_text("I cannot scan it").click()
        secret = self.page.locator(".key-text").inner_text().strip()
        self.type("The code that the app shows now", app_code(secret))
        self.press("Add this app")
        self.follow("I have kept them: go on")
        self.page.wait_for_url(re.compile("/(desk|admin/guide)/"))
        self.org = self.page.url.split("/o/")[1].split("/")[0]

    def invite(self, name: str, email: str, *roles: str) -> str:
        """Invite somebody, and return their link as it is shown to be copied."""
        self.open(f"/o/{self.org}/admin/people/")
        self.type("Their name", name)
        self.type("Their e-mail address", email)
        for role in roles:
            self.choose(role)
        self.press("Invite them")
        return self.page.get_by_label("Invitation link").input_value()

    def finds_post(self, text: str) -> None:
        """Search the posts for these words, and see the one that has them."""
        self.open(f"/o/{self.org}/desk/posts/")
        self.type("Words or a name", text)
        self.press("Search")
        self.sees(text)

    def open_case(self, case: int) -> None:
        """Open a case; where it is asked, declare no interest."""
        self.open_fairly(f"/o/{self.org}/desk/cases/{case}/")

    def open_fairly(self, address: str) -> None:
        """Open a page about a case; where it is asked first, declare no interest, and open it again."""
        self.open(address)
        fair = self.page.get_by_role("button", name="No, I can look at it fairly")
        if fair.count():
            self.click(fair)
            self.page.wait_for_url("**/cases/**")
            self.open(address)

    def newest_case(self, words: str) -> int:
        """Find the case whose reports have `words` by the queue's search, and return its number."""
        self.open(f"/o/{self.org}/desk/queue/")
        self.type("Search the cases", words)
        self.press("Search")
        found = re.findall(r"\bCase (\d+)\b", self.page.locator("main").inner_text())
        assert len(set(found)) == 1, self.reads()
        return int(found[0])

    def take(self, case: int) -> None:
        """Open the case and take it."""
        self.open_case(case)
        self.press("Take it")

    def name_author(self, case: int, *, handle: str, address: str) -> None:
        """Write down who wrote the post and where they can be reached."""
        self.open(f"/o/{self.org}/desk/cases/{case}/author/")
        self.type("Their name at that place", handle)
        self.type("Their e-mail address", address)
        self.type("How do you know?", "They wrote to the branch from it.")
        self.press("Write it down")

    def decide_to_remove(self, case: int, *, passage: str, codes: tuple[str, ...]) -> str:
        """Decide that the post comes down, and return the letter as it was shown before it was sent."""
        self.open(f"/o/{self.org}/desk/cases/{case}/decision/")
        self.choose("Remove")
        self.type("The words this is about", passage)
        for code in codes:
            self.choose(f"{code} ·")
        self.choose("A person, or people")
        self.choose("Clear")
        self.type("Your reasons", REASONS)
        self.press("Check before it is sent")
        self.sees_heading("The letter, as it will be sent")
        shown = self.page.locator("main").inner_text()
        self.press("Remove and tell the author")
        self.page.wait_for_url(f"**/cases/{case}/")
        return shown

    def answer_appeal(self, case: int, *, reasons: str) -> None:
        """Answer that the decision stands."""
        self.take(case)
        self.open(f"/o/{self.org}/desk/cases/{case}/reconsideration/")
        self.choose("The decision stands")
        self.type("Your reasons", reasons)
        self.press("Check before it is sent")
        self.press("Let it stand and tell the author")
        self.page.wait_for_url(f"**/cases/{case}/")

    def does_by_hand(self, case: int, title: str, done: str) -> None:
        """Open the task of this case with this title among those to do, and say that it is done."""
        self.open_task(case, title)
        self.press(done)

    def open_task(self, case: int, title: str) -> None:
        """Open the task of this case with this title among those to do."""
        self.open(f"/o/{self.org}/desk/tasks/")
        rows = self.page.get_by_role("listitem").filter(has_text=re.compile(rf"Case {case}(?!\d)"))
        self.click(rows.get_by_role("link", name=title))

    def record_minute(self, link: str, *, votes: dict[str, str], aside: str, reasons: str) -> None:
        """Write down what the Executive voted: of each who sat "stands" or "overturned"."""
        self.open_fairly(link)
        self.follow(re.compile("Write the minute|Open the bundle"))
        if "/minute/" not in self.page.url:
            self.follow("Write the minute of the meeting")
        answers = {"stands": "Sat: it stands", "overturned": "Sat: overturned"}
        for name, vote in votes.items():
            self.page.get_by_role("group", name=name).get_by_label(answers[vote]).check()
        self.page.get_by_role("group", name=aside).get_by_label("Stood aside").check()
        self.type("The Executive’s reasons", reasons)
        self.press("Check the minute")
        self.sees(reasons)
        self.press("Record the minute")
        self.sees("The minute is on the record")

    def confirm_minute(self, link: str, *, vote: str) -> None:
        """Read the minute by the mailed link, and confirm that one's own vote was `vote`."""
        self.open_fairly(link)
        self.sees_heading("Is this minute right?")
        self.sees(vote)
        self.press("It is right: confirm my vote")
        self.sees(re.compile("You have confirmed|the decision is final"))
