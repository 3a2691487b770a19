"""What the tests need from the system: Chromium and PostgreSQL; installed by apt where that can be done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


def install_needs() -> None:
    """Install what is missing where apt is and we may use it; otherwise say what to install."""
    missing = [name for name, found in (("chromium", chromium()), ("postgresql", postgresql_folder())) if found is None]
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"The tests also need {' and '.join(missing)}. On Debian and Ubuntu: sudo apt install {names}")
        return
    print(f"Installing {' and '.join(missing)} for the tests.", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
    ):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            print(
                f"{' '.join(command)} did not succeed:\n{done.stdout[-800:]}{done.stderr[-800:]}",
                file=sys.stderr,
            )
            return


def chromium() -> str | None:
    """Return the path of a Chromium, `None` when there is none."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def postgresql_folder() -> Path | None:
    """Return the folder of PostgreSQL's server programs, the newest there is; `None` when there is none."""
    found = [
        folder
        for pattern in POSTGRESQL
        for folder in Path("/").glob(pattern.removeprefix("/"))
        if (folder / "initdb").exists()
    ]
    if found:
        return max(found, key=lambda folder: [int(word) for word in folder.parts if word.isdigit()])
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None
