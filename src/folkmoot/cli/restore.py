"""`folkmoot restore`: a backup is brought back, or only tried."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from folkmoot.cli.backups.database import database_for_a_while, load_database, require_empty_database
from folkmoot.cli.backups.edge import in_a_sentence
from folkmoot.cli.backups.manifest import DATABASE, in_words
from folkmoot.cli.backups.parcel import is_sealed
from folkmoot.cli.backups.putting import UNPACKED, held, put_in_place
from folkmoot.cli.backups.unpacking import Order, Unpacked, unpack
from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import answer, examples, say, warn
from folkmoot.config.places import named_folder
from folkmoot.kernel.errors import BadInput, NotReady

_PATH = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "restore",
    epilog=examples(
        "restore today.folkmoot --rehearse --keys keys.folkmoot",
        'restore today.folkmoot --keys keys.folkmoot --reason "the disk failed on 3 May"',
    ),
)
@click.argument("file", type=_FILE)
@click.option("--into", type=_PATH, metavar="FOLDER", help="The new data folder, if not the one of FOLKMOOT_DATA.")
@click.option("--keys", type=_PATH, metavar="FILE", help="The keys: the file of --with-keys, or a folder with them.")
@click.option("--without-keys", is_flag=True, help="They are lost for good: make new ones, and say what that means.")
@click.option(
    "--tombstones",
    "lists",
    type=_FILE,
    multiple=True,
    metavar="LIST",
    help="What was destroyed since: a tombstones.jsonl kept elsewhere.",
)
@click.option("--reason", default="", metavar="WHY", help="Why, for the record.")
@click.option("--passphrase-file", type=_FILE, metavar="FILE", help="The passphrase is FILE’s first line.")
@click.option(
    "--keys-passphrase-file", "keys_word", type=_FILE, metavar="FILE", help="That of the keys, if it is another one."
)
@click.option("--rehearse", is_flag=True, help="Only try it, in a folder that is removed afterwards.")
def command(
    file: Path,
    into: Path | None,
    keys: Path | None,
    without_keys: bool,
    lists: tuple[Path, ...],
    reason: str,
    passphrase_file: Path | None,
    keys_word: Path | None,
    rehearse: bool,
) -> None:
    """Bring the backup in FILE back, into a data folder that is empty.

    Everything is checked first. What was destroyed after the backup is destroyed again, everybody is signed out, and
    the gap is declared and signed, so that ./folkmoot audit verify knows it. Exit status 1 when something is not as it
    was written.
    """
    began = time.monotonic()
    is_sealed(file)  # what is no backup is said before anything else
    order = Order(file, keys, without_keys, _lists(lists), passphrase_file, keys_word, reason)
    folder = (into.expanduser() if into else named_folder()).resolve()
    with in_a_sentence(f"{file} could not be brought back"):
        unpacked, found = _rehearse(order) if rehearse else _restore(order, folder)
    told = {
        "file": str(file),
        "rehearsal": rehearse,
        "folder": None if rehearse else str(folder),
        "made_at": unpacked.manifest.made_at,
        "counts": unpacked.manifest.counts,
        "keys_lost": unpacked.lost,
        **asdict(found),
        "seconds": round(time.monotonic() - began, 3),
    }
    answer(**told)
    _say(told)
    if found.faults:
        raise SystemExit(1)


def _lists(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the lists of what was destroyed since: those given, and the one beside checkpoints kept elsewhere."""
    for path in given:
        if not path.is_file():
            raise BadInput(f"There is no file {path}.", field="tombstones")
    elsewhere = os.environ.get("FOLKMOOT_CHECKPOINTS")
    beside = Path(elsewhere).expanduser() / "tombstones.jsonl" if elsewhere else None
    return tuple(path.resolve() for path in (*given, *([beside] if beside and beside.is_file() else [])))


def _restore(order: Order, folder: Path) -> tuple[Unpacked, Any]:
    url = os.environ.get("DATABASE_URL", "")
    elsewhere = _checkpoints_elsewhere(folder)
    mine = folder == named_folder().resolve()  # else it is a trial, or for later: the settings' checkpoints are not its
    try:
        with held(folder, keys_may_be_there=order.keys is None):
            there = folder / "keys" if (folder / "keys").is_dir() else None
            staging = folder / UNPACKED
            staging.mkdir(mode=0o700)
            unpacked = unpack(order, staging, keys_there=there, rehearsal=False)
            found = _made_ready(order, unpacked, staging, url, elsewhere)
            put_in_place(folder, unpacked.manifest.engine, checkpoints=elsewhere if mine else None)
    except OSError as error:
        raise NotReady(f"{folder} cannot be written: {(error.strerror or str(error)).lower()}.") from None
    return unpacked, found


def _checkpoints_elsewhere(folder: Path) -> Path | None:
    """Return where the settings keep checkpoints, if not in the data folder."""
    named = os.environ.get("FOLKMOOT_CHECKPOINTS")
    found = Path(named).expanduser().resolve() if named else None
    return None if found == folder / "checkpoints" else found


def _rehearse(order: Order) -> tuple[Unpacked, Any]:
    url = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="folkmoot-rehearsal-", ignore_cleanup_errors=True) as name:
        staging = Path(name) / "data"
        staging.mkdir(mode=0o700)
        there = named_folder() / "keys"
        unpacked = unpack(order, staging, keys_there=there if there.is_dir() else None, rehearsal=True)
        with _database_for_a_while(url) as another:
            return unpacked, _made_ready(order, unpacked, staging, another, None)


@contextmanager
def _database_for_a_while(url: str) -> Iterator[str]:
    if not url:
        yield ""
        return
    with database_for_a_while(url) as another:
        yield another


def _made_ready(order: Order, unpacked: Unpacked, staging: Path, url: str, elsewhere: Path | None) -> Any:
    """Make what lies in `staging` fit to be served; nothing outside it, and the new database, is written."""
    manifest = unpacked.manifest
    if url:
        require_empty_database(url)
        load_database(staging / DATABASE[manifest.engine], url)
        (staging / DATABASE[manifest.engine]).unlink()
        os.environ["DATABASE_URL"] = url
    os.environ["FOLKMOOT_DATA"] = str(staging)
    os.environ["FOLKMOOT_CHECKPOINTS"] = str(staging / "checkpoints")
    reason = order.reason or f"brought back from the backup of {_time(manifest.made_at)}"
    module = with_django("folkmoot.cli.backups.bringing_back")
    return module.bring_back(manifest, lists=order.lists, lost=unpacked.lost, reason=reason, elsewhere=elsewhere)


def _say(told: dict[str, Any]) -> None:
    rows = in_words(told["counts"])
    tried = told["rehearsal"]
    say(f"The backup of {_time(told['made_at'])} {'can be' if tried else 'is'} brought back: {rows}.")
    for slug, steps in told["lost_steps"].items():
        say(f"{slug}: {steps} steps that a checkpoint knows are younger than the backup, and lost.")
    if told["destroyed_again"]:
        say(f"Destroyed again, because it was destroyed after the backup: {told['destroyed_again']}.")
    elif not told["lists_known"]:
        say(
            "No list of what was destroyed after the backup was at hand. If one was kept elsewhere, begin again and "
            "name it by --tombstones: else what was destroyed since then is back. Where nothing was ever destroyed, "
            "nothing is to be done."
        )
    for slug, number in told["declared"].items():
        say(f"{slug}: checkpoint {number} declares the gap.")
    _say_lost_keys(told)
    if not tried:
        say("Everybody is signed out. Invitations and links for signing in that were not used are void: send new ones.")
        if told["letters_waiting"]:
            say(
                f"Letters that had not left when the backup was made: {told['letters_waiting']}. They leave once the "
                "server runs: some perhaps a second time, under the same Message-ID."
            )
    for fault in told["faults"]:
        warn(fault)
    end = "It was a rehearsal: nothing was changed." if tried else f"The data are in {told['folder']}."
    sound = "The record is as it was written." if not told["faults"] else "The record is not as it was written."
    say(f"{sound} {end} It took {told['seconds']:.1f} seconds.")


def _say_lost_keys(told: dict[str, Any]) -> None:
    lost = told["keys_lost"]
    if lost and told["rehearsal"]:
        say(f"Keys that are not here: {', '.join(lost)}. --keys FILE tries them as well.")
        return
    if "letters" in lost:
        say(
            f"The key of the letters is a new one. {told['links']} links in letters and {told['receipts']} receipts do "
            "not work any more, nor do invitations and sign-in links: invite people again; those who reported or were "
            "written to have to be told by another way. Apps and recovery codes for signing in do not work either "
            "(passkeys do): ./folkmoot user reset EMAIL lets somebody add new ones."
        )
    if "checkpoints" in lost:
        say(
            "The key that signs is a new one. The old checkpoints are beside the new ones, in the folder put-away, "
            "and go on proving what they prove. Tell those who keep checkpoints the new fingerprint: "
            f"{told['fingerprint']}"
        )


def _time(at: str) -> str:
    return f"{datetime.fromisoformat(at):%d %B %Y, %H:%M} UTC"
