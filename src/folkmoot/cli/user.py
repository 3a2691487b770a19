"""`folkmoot user`: for those who cannot get in by themselves."""

import click

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.words import say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.outbox.links import one_time_link
from folkmoot.steps.make_sign_in_link import GOOD_FOR_DAYS, make_sign_in_link
from folkmoot.steps.remove_second_factor import remove_second_factor


@click.group("user")
def command() -> None:
    """People who sign in."""


@command.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Make a link that signs the person with the address EMAIL in once.

    For servers without mail, and for the day when mail does not arrive. Their second factor is asked for as ever.
    """
    bring_up_to_date()
    made = make_sign_in_link(email, by=SYSTEM, at=now())
    days = "a day" if GOOD_FOR_DAYS == 1 else f"{GOOD_FOR_DAYS} days"
    say(f"This link signs them in, and works once, for {days}:\n  {one_time_link(made)}")


@command.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Remove the passkeys, the app and the recovery codes of the person with the address EMAIL.

    For whoever lost them all. They are signed out everywhere, told by mail, and add a new second factor the next
    time they sign in. Make sure first that it is they who ask.
    """
    bring_up_to_date()
    number = remove_second_factor(email, by=SYSTEM, at=now())
    say(f"{number} removed. They sign in by mailed code now, and are asked to add a new second factor.")
