"""Those who have no sign-in: who reports, and who wrote the post."""

import re

from tests.journeys.mailbox import Letter
from tests.journeys.somebody import Somebody

CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")


class Reporter(Somebody):
    """Somebody who tells us of a post."""

    def report(
        self,
        org: str,
        *,
        quoted: str,
        words: str,
        kind: str = "An attack on a person",
        about_me: bool = False,
        place: str = "Somewhere else",
    ) -> str:
        """Report a post by its words, and return the receipt's code."""
        self._begin(org, kind)
        self.type("What the post says", quoted)
        return self._send(words, about_me=about_me, place=place)

    def report_offline(self, org: str, *, words: str) -> str:
        """Report something that was done to them and never posted, and return the receipt's code."""
        self._begin(org, "An attack on a person", "Something without a link")
        return self._send(words, about_me=True)

    def _begin(self, org: str, *answers: str) -> None:
        self.open(f"/o/{org}/report/")
        for answer in answers:
            self.choose(answer)
        self.press("Continue")

    def _send(self, words: str, *, about_me: bool, place: str = "Somewhere else") -> str:
        self.type("What happened?", words)
        self.choose(place)
        self.choose("Yes, it is about me" if about_me else "No, I came across it")
        if self.email:
            self.type("Your e-mail address", self.email)
        self.press("Send the report")
        self.sees_heading("We have your report")
        found = CODE.search(self.page.locator("main").inner_text())
        assert found, self.reads()
        return found[0]

    def track(self, org: str, code: str) -> None:
        """Open the report by its code."""
        self.open(f"/o/{org}/track/")
        self.type("Your 16-digit code", code)
        self.press("Open my report")


class Author(Somebody):
    """Somebody whose post was decided about; they have only their letters."""

    def open_letter(self, letter: Letter) -> None:
        """Follow the letter's link, and press its one button."""
        self.open(letter.link)
        self.press("Open my letter")

    def appeal(self, words: str) -> None:
        """Ask for a second look."""
        self.follow("Appeal")
        self.page.get_by_role("textbox").first.fill(words)
        self.press("Send my appeal")
        self.sees("We have your appeal")

    def put_to_executive(self, words: str) -> None:
        """Put the case to the Executive."""
        self.follow("Put my case to the Executive")
        self.page.get_by_role("textbox").first.fill(words)
        self.press("Send my case to the Executive")
        self.sees("Before the Executive")
