"""`folkmoot report`: a report from the command line, with its receipt."""

from pathlib import Path

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import ORG
from folkmoot.cli.words import examples
from folkmoot.procedure.words import ReportKind, Subject

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "report",
    epilog=examples(
        "report --kind attack --link https://example.org/posts/7 --place harbour-page "
        '--words "They call a member a crook."',
        "report --kind spam --quoted @post.txt --file screenshot.png --as mo@example.org",
        "report --kind threat --about-me --words @- --email wren@example.org --json",
    ),
)
@ORG
@click.option("--kind", type=click.Choice([kind.value for kind in ReportKind]), help="What is wrong with it.")
@click.option("--words", metavar="WORDS", default="", help="What happened, or @FILE; @- is standard input.")
@click.option("--link", metavar="URL", default="", help="The link to the post.")
@click.option("--quoted", metavar="WORDS", default="", help="What the post says, or @FILE.")
@click.option(
    "--place", metavar="PLACE", default="", help="Where it is: a place’s short name or name; else “elsewhere”."
)
@click.option(
    "--subject",
    type=click.Choice([subject.value for subject in Subject]),
    default=Subject.POST.value,
    show_default=True,
    help="Whether it is one post, or more.",
)
@click.option("--account", metavar="NAME", default="", help="Whose account, where it is what that one keeps doing.")
@click.option("--about-me", "affected", is_flag=True, help="It is about whoever reports it.")
@click.option("--file", "files", type=_FILE, multiple=True, metavar="FILE", help="A picture as evidence; up to three.")
@click.option("--name", metavar="NAME", default="", help="The name of whoever reports it.")
@click.option("--email", "address", metavar="EMAIL", default="", help="Where to write when there is news.")
@click.option("--as", "email", metavar="EMAIL", default="", help="Somebody who works here, and noticed or reports it.")
def command(
    org: str | None,
    kind: str | None,
    words: str,
    link: str,
    quoted: str,
    place: str,
    subject: str,
    account: str,
    affected: bool,
    files: tuple[Path, ...],
    name: str,
    address: str,
    email: str,
) -> None:
    """Report a problem, as on the public page, and print the receipt: the code by which to follow it.

    Without --as it is the report of somebody who gives no name, or the one of --name. In a terminal you are asked
    what is wrong, if --kind does not say so. Pictures are written anew, without where and with what they were taken.
    By sending it you say that, as far as you know, it is true.
    """
    work = with_django("folkmoot.cli.desk.report")
    told = work.Told(
        kind=kind or "",
        words=words,
        link=link,
        quoted=quoted,
        place=place,
        subject=subject,
        account=account,
        affected=affected,
        files=files,
        name=name,
        address=address,
    )
    work.run(org, email, told)
