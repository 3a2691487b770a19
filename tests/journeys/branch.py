"""A branch with everybody in it, set up through the pages of a real server."""

from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.journeys.mailbox import Mailbox
from tests.journeys.officer import Officer
from tests.journeys.visitor import Author, Reporter
from tests.servers import Server

ORGANISATION = "Hartfield Branch"
EXECUTIVE = ("Dev Oake", "Edith Marsh", "Femi Stone", "Gwen Hollis")


@dataclass
class Branch:
    """The server, its mail, and those who work there; each has a browser of their own."""

    server: Server
    mailbox: Mailbox
    browser: Browser
    moderator: Officer  # the first administrator
    other_moderator: Officer
    secretary: Officer
    executive: list[Officer]
    links: dict[str, str]  # their invitations, by name

    @property
    def org(self) -> str:
        """Return the organisation's short name in addresses."""
        return self.moderator.org

    def everybody_accepts(self) -> None:
        """Let each come in by their link and add a second factor."""
        for person in (self.other_moderator, self.secretary, *self.executive):
            person.accept(self.links[person.name])

    def reporter(self) -> Reporter:
        """Return somebody who has seen a post, and leaves an address."""
        return Reporter(self.browser, self.server, self.mailbox, name="Wren Lacey", email="wren.lacey@example.org")

    def author(self, of_case: int) -> Author:
        """Return the author of the post that case is about, who has an address of their own."""
        email = f"author.{of_case}@example.org"
        return Author(self.browser, self.server, self.mailbox, name="Rowan Pike", email=email)


def found_branch(browser: Browser, server: Server, mailbox: Mailbox) -> Branch:
    """Set a started server up by the link that it printed, and invite everybody; nobody has accepted yet."""

    def somebody(name: str) -> Officer:
        return Officer(browser, server, mailbox, name=name, email=f"{name.lower().replace(' ', '.')}@example.org")

    first = somebody("Ada Fenn")
    first.set_up(server.set_up_link, organisation=ORGANISATION)
    links: dict[str, str] = {}

    def invited(name: str, role: str) -> Officer:
        person = somebody(name)
        links[name] = first.invite(name, person.email, role)
        return person

    return Branch(
        server,
        mailbox,
        browser,
        moderator=first,
        other_moderator=invited("Ben Ashe", "Moderator"),
        secretary=invited("Cora Dale", "Secretary"),
        executive=[invited(name, "Executive Committee") for name in EXECUTIVE],
        links=links,
    )
