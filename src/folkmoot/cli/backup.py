"""`folkmoot backup`: everything into one file, while the server runs."""

from pathlib import Path

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import examples

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "backup",
    epilog=examples("backup /mnt/backups/", "backup today.folkmoot --with-keys /mnt/safe/keys.folkmoot --encrypt"),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--with-keys", "keys", type=_FILE, metavar="FILE", help="Write the keys as well, into a FILE of their own."
)
@click.option("--encrypt", is_flag=True, help="Put it under a passphrase, which is asked for.")
@click.option("--passphrase-file", type=_FILE, metavar="FILE", help="Put it under the passphrase in FILE’s first line.")
@click.option("--replace", is_flag=True, help="Let it take the place of a file that is there.")
def command(file: Path, keys: Path | None, encrypt: bool, passphrase_file: Path | None, replace: bool) -> None:
    """Write everything to FILE: database, checkpoints, and the list of what was destroyed. People go on working.

    Where FILE is a folder, the file in it is named after the time. The keys are not in it: whoever has both can open
    every link. Keep them apart.
    """
    work = with_django("folkmoot.cli.work.backup")
    work.back_up(file, keys=keys, encrypt=encrypt, passphrase_file=passphrase_file, replace=replace)
