"""Brings the two front-end libraries into the project: exact versions, checked by sha256.

Run without arguments to fetch them again with `npm pack` (npm decides where from) and to write `SHA256SUMS`
beside them; run with `--check` to compare what is in the project with `SHA256SUMS`, without any network.
Exits 1 with a sentence when a hash differs.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "src/folkmoot/web/look/static/look/vendor"
SUMS = VENDOR / "SHA256SUMS"

# A source-map comment names a file that we leave out, and static-file hashing would look for it.
SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=.*?\*/\s*$")


@dataclass(frozen=True)
class Package:
    """One library: npm name, exact version, sha256 of its tarball, and the files taken (inside → here)."""

    name: str
    version: str
    sha256: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "bootstrap",
        "5.3.8",
        "8b02d4a7482e0f0a2b1da58f1c9c86830e96cc2f77f094f89e4681b19886bc38",
        {
            "package/dist/css/bootstrap-reboot.min.css": "bootstrap-reboot.min.css",
            "package/dist/css/bootstrap-grid.min.css": "bootstrap-grid.min.css",
            "package/LICENSE": "bootstrap.LICENSE",
        },
    ),
    Package(
        "htmx.org",
        "2.0.11",
        "165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e",
        {
            "package/dist/htmx.min.js": "htmx.min.js",
            "package/LICENSE": "htmx.LICENSE",
        },
    ),
)


def main() -> int:
    """Fetch or check, and say in one line what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with SHA256SUMS only, without network")
    wrong = check() if parser.parse_args().check else fetch()
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong:
        print(f"{len(recorded())} vendored files are as recorded in {SUMS.name}.")
    return 1 if wrong else 0


def check() -> list[str]:
    """Return one sentence per vendored file that is missing, changed or unknown; empty when all is well."""
    known = recorded()
    present = {path.name for path in VENDOR.iterdir() if path != SUMS}
    wrong = [f"{name} is missing from {VENDOR}." for name in sorted(known.keys() - present)]
    wrong += [f"{name} is not listed in {SUMS.name}." for name in sorted(present - known.keys())]
    wrong += [
        f"{name} differs from its recorded sha256."
        for name in sorted(known.keys() & present)
        if digest((VENDOR / name).read_bytes()) != known[name]
    ]
    return wrong


def fetch() -> list[str]:
    """Download every package, refuse a tarball with another hash, write the files and `SHA256SUMS`."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    sums: dict[str, str] = {}
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            tarball = packed(package, Path(folder))
            found = digest(tarball.read_bytes())
            if found != package.sha256:
                return [f"{package.name} {package.version} has sha256 {found}, expected {package.sha256}."]
            with tarfile.open(tarball) as archive:
                for inside, here in package.files.items():
                    member = archive.extractfile(inside)
                    if member is None:
                        return [f"{package.name} {package.version} has no file {inside}."]
                    content = SOURCE_MAP.sub(b"\n", member.read())
                    (VENDOR / here).write_bytes(content)
                    sums[here] = digest(content)
    SUMS.write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)))
    return check()


def packed(package: Package, folder: Path) -> Path:
    """Let npm fetch the tarball into the folder, and return its path."""
    subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.tgz"))


def recorded() -> dict[str, str]:
    """Return file name → sha256 as written in `SHA256SUMS`."""
    lines = SUMS.read_text().splitlines()
    return {name: sha for sha, name in (line.split("  ", 1) for line in lines)}


def digest(content: bytes) -> str:
    """Return the sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
