"""`folkmoot audit`: whether the record is as it was written, what proves it, and the guards that keep it so."""

from pathlib import Path
from types import ModuleType

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import examples

_FILE = click.Path(path_type=Path, dir_okay=False)
_ORG = click.option("--org", "slug", metavar="SLUG", help="Only this organisation.")


@click.group(
    "audit",
    epilog=examples("audit verify", "audit checkpoint", "audit export record.jsonl", "audit guard"),
)
def command() -> None:
    """The record: every paper, event and bookmark, against the chain that binds them."""


@command.command(
    "verify",
    epilog=examples(
        "audit verify",
        "audit verify --org harbour-branch --checkpoint /mnt/elsewhere/1.jsonl --key 9f86d081884c7d65",
        "audit verify --export record.jsonl",
    ),
)
@_ORG
@click.option(
    "--checkpoint",
    "files",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="Hold it against checkpoints kept elsewhere.",
)
@click.option("--key", "fingerprint", default="", metavar="FINGERPRINT", help="The key that must have signed them.")
@click.option("--export", "export", type=_FILE, metavar="FILE", help="Look at an export, without any database.")
def verify_record(slug: str | None, files: tuple[Path, ...], fingerprint: str, export: Path | None) -> None:
    """Replay the whole record and compare; name what is not as it was written, and what nothing proves yet.

    Exit status 1 when anything is not, or when the database would let somebody change it.
    """
    _work().verify_record(slug, files, fingerprint, export)


@command.command(
    "checkpoint",
    epilog=examples("audit checkpoint", 'audit checkpoint --restored "the disk failed on 3 May"'),
)
@_ORG
@click.option("--restored", metavar="WHY", help="Declare that the database was brought back from a backup, and why.")
def sign_checkpoint(slug: str | None, restored: str | None) -> None:
    """Sign now where the record stands, and say which key signed it. The worker does so by itself every ten minutes."""
    _work().sign_checkpoint(slug, restored)


@command.command("export", epilog=examples("audit export record.jsonl --org harbour-branch"))
@click.argument("file", type=_FILE)
@_ORG
def write_export(file: Path, slug: str | None) -> None:
    """Write the chained facts of an organisation to FILE, for somebody outside to verify. No prose is in it."""
    _work().write_export(file, slug)


@command.command("guard", epilog=examples("audit guard"))
def put_guards_back() -> None:
    """Put the database's guards back, after `audit verify` has said what happened meanwhile."""
    _work().put_guards_back()


def _work() -> ModuleType:
    return with_django("folkmoot.cli.work.audit")
