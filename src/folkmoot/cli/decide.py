"""`folkmoot decide`: a decision with its letter, by the same questions and checks as the page."""

from enum import StrEnum

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import CASE, NO_LESS, acts, says_interest
from folkmoot.cli.words import examples
from folkmoot.procedure.words import AimedAt, Clarity, Intent, Outcome, Route, Severity


def _one_of(words: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([word.value for word in words])


@click.command(
    "decide",
    epilog=f"{NO_LESS}\n\n"
    + examples(
        "decide 12 --as mo@example.org",
        "decide 12 --as mo@example.org --outcome no_breach --clarity clear --reasons @reasons.txt",
        "decide 12 --as mo@example.org --outcome remove --cite H1 --cite H2 --passage @passage.txt --dry-run",
        "decide 12 --as mo@example.org --outcome warn --cite H1 --seen 7 --reasons @reasons.txt --yes",
        "decide 12 --as mo@example.org --outcome measure --cite H1 --measure hold_account=2027-01-31 --propose",
    ),
)
@CASE
@acts
@says_interest
@click.option("--outcome", type=_one_of(Outcome), help="What you find.")
@click.option(
    "--cite", "codes", multiple=True, metavar="CODE", help="A rule that it breaks; can be given several times."
)
@click.option("--passage", metavar="WORDS", help="The words of the post that this is about, or @FILE.")
@click.option("--aimed-at", type=_one_of(AimedAt), help="At whom the words are aimed.")
@click.option("--clarity", type=_one_of(Clarity), help="Whether it is clear.")
@click.option("--severity", type=_one_of(Severity), help="How grave it is.")
@click.option("--intent", type=_one_of(Intent), help="Whether it was meant, where that is asked.")
@click.option(
    "--measure", "measures", multiple=True, metavar="KIND=DAY", help="What else, up to and with that day (2027-01-31)."
)
@click.option("--route", type=_one_of(Route), help="Where it goes, if it is referred.")
@click.option("--correction", metavar="WORDS", help="What our own post should say instead, or @FILE.")
@click.option("--reasons", metavar="WORDS", help="Why, to the person who wrote it, or @FILE; @- is standard input.")
@click.option("--propose", is_flag=True, help="Ask somebody else to look first: for what is unclear.")
@click.option(
    "--seen",
    type=click.IntRange(0, 2**31),
    metavar="SEQ",
    help="The case’s “seq” as you read it: refused if it moved on.",
)
@click.option("--dry-run", is_flag=True, help="Show the letter as it would be sent, and decide nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before deciding; for scripts.")
def command(
    number: int,
    email: str,
    org: str | None,
    none: bool,
    nature: str,
    necessity: str,
    propose: bool,
    seen: int | None,
    dry_run: bool,
    yes: bool,
    **said: str | tuple[str, ...] | None,
) -> None:
    """Decide CASE: what you find, against which rules, and why. In a terminal you are asked for what is missing.

    Everything is checked as on the page: your interests, the words of the post, a second look at what is unclear, and
    whether the case has moved on. Kinds of --measure: hold_account, hold_thread, close_thread, suspend, ban.
    """
    work = with_django("folkmoot.cli.desk.decide")
    interest = with_django("folkmoot.cli.desk.acting").Interest(none, nature, necessity)
    wish = work.Wish(propose=propose, seen=seen, dry_run=dry_run, yes=yes)
    work.run(org, email, number, work.Typed(**said), interest=interest, wish=wish)
