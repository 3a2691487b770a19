"""`folkmoot case`: one case, as the desk shows it."""

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import CASE, NO_LESS, acts, says_interest
from folkmoot.cli.words import examples


@click.command(
    "case",
    epilog=f"{NO_LESS}\n\n"
    + examples(
        "case 12 --as mo@example.org",
        "case 12 --as mo@example.org --no-interest",
        'case 12 --as mo@example.org --words "I prepare the decision"',
        "case 12 --as mo@example.org --json",
    ),
)
@CASE
@acts
@says_interest
@click.option("--words", "why", metavar="WHY", default="", help="Show people’s words as well; why goes on the log.")
def command(number: int, email: str, org: str | None, none: bool, nature: str, necessity: str, why: str) -> None:
    """Show CASE: where it stands, who owes what by when, and all that happened. Words only with a reason.

    It opens to whoever has said that they are no part of the matter; where nobody has asked you yet, you are asked,
    or answer by --no-interest or --interest.
    """
    work = with_django("folkmoot.cli.desk.case")
    interest = with_django("folkmoot.cli.desk.acting").Interest(none, nature, necessity)
    work.show(org, email, number, interest=interest, why=why)
