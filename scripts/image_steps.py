"""Runs the steps of packaging/Dockerfile where there is no Docker, in empty root file systems, and tries the result.

    sudo scripts/image_steps.py FOLDER

Each stage gets a root file system in FOLDER: `debian:SUITE-slim` is what debootstrap makes of that suite, which is
about what Docker's image of that name is, and not the same bytes. RUN is run in it, COPY copies. Then the last stage is
started as `docker run --read-only --tmpfs /tmp --volume data:/data --cap-drop ALL --security-opt no-new-privileges`
would: its own user, mounts, processes and network; its HEALTHCHECK is asked until it is content, and it is told to end.
Needs Linux, root, debootstrap, iproute2, and the way to the packages.
"""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dockerfile import Step, read_steps

PROJECT = Path(__file__).resolve().parents[1]
DOCKERFILE = PROJECT / "packaging" / "Dockerfile"
CERTIFICATES = next((os.environ[name] for name in ("PIP_CERT", "SSL_CERT_FILE") if os.environ.get(name)), "")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PATIENCE = 90  # seconds until the server has to be content with itself


@dataclass
class Stage:
    """One stage: its root file system, and what was said of how it is run."""

    root: Path
    env: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    folder: str = "/"
    user: str = "0"
    says: dict[str, list[str]] = field(default_factory=dict)  # ENTRYPOINT, CMD, HEALTHCHECK


def main(folder: Path) -> None:
    """Run every step, then the image."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = build(folder)
    try_out(stage, folder / "data")


def build(folder: Path) -> Stage:
    """Run the steps of the Dockerfile in order, and return the last stage."""
    stages: dict[str, Stage] = {}
    stage: Stage | None = None
    for number, step in enumerate(read_steps(DOCKERFILE.read_text(encoding="utf-8")), start=1):
        began = time.monotonic()
        if step.word == "FROM":
            base, *named = step.words
            root = folder / (named[1] if named else "last")
            stage = stages[named[1] if named else "last"] = _begin(base, root, stages)
        elif stage is not None:
            _take(step, stage, stages)
        say(f"{number:2} {time.monotonic() - began:6.1f} s  {step.word} {' '.join(step.words)[:90]}")
    if stage is None:
        raise SystemExit("The Dockerfile has no FROM.")
    return stage


def _begin(base: str, root: Path, stages: dict[str, Stage]) -> Stage:
    shutil.rmtree(root, ignore_errors=True)
    if base in stages:
        call("cp", "--archive", "--reflink=auto", stages[base].root, root)
        return Stage(root, dict(stages[base].env))
    name, _, suite = base.removesuffix("-slim").partition(":")
    if name != "debian":
        raise SystemExit(f"{base} is no image that can be made here; debian:SUITE-slim is.")
    call("debootstrap", "--variant=minbase", suite, root)
    return Stage(root)


def _take(step: Step, stage: Stage, stages: dict[str, Stage]) -> None:
    match step.word:
        case "RUN":
            _run(step.text, stage)
        case "COPY":
            _copy(step, stage, stages)
        case "ENV":
            stage.env |= dict(word.split("=", 1) for word in step.words)
        case "WORKDIR":
            stage.folder = step.text
            (stage.root / step.text.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "USER":
            stage.user = step.text
        case "ENTRYPOINT" | "CMD" | "HEALTHCHECK":
            stage.says[step.word] = step.listed()
        case "VOLUME" | "EXPOSE":
            pass  # said to Docker only
        case _:
            raise SystemExit(f"{step.word} is no step that can be run here.")


def _run(script: str, stage: Stage) -> None:
    """Run one script as root in the stage's root, with this machine's names and certificates."""
    root, mounts = shlex.quote(str(stage.root)), ["mount -t proc proc {0}/proc", "mount --rbind /dev {0}/dev"]
    env = dict(stage.env)
    for file in ("/etc/resolv.conf", "/etc/hosts"):
        mounts.append(f"touch {{0}}{file} && mount --bind {file} {{0}}{file}")
    if CERTIFICATES:  # those of this machine's network
        mounts.append(f"touch {{0}}/run/here.crt && mount --bind {shlex.quote(CERTIFICATES)} {{0}}/run/here.crt")
        env |= {"PIP_CERT": "/run/here.crt"}
    inside = f"cd {shlex.quote(stage.folder)} && {script}"
    given = " ".join(shlex.quote(f"{name}={value}") for name, value in env.items())
    begin = " && ".join(mounts).format(root)
    call(
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "sh",
        "-ec",
        f"{begin}; exec chroot {root} env -i {given} sh -ec {shlex.quote(inside)}",
    )
    (stage.root / "run/here.crt").unlink(missing_ok=True)


def _copy(step: Step, stage: Stage, stages: dict[str, Stage]) -> None:
    words = list(step.words)
    source = PROJECT
    if words[0].startswith("--from="):
        source = stages[words.pop(0).removeprefix("--from=")].root
    *froms, to = words
    target = stage.root / (Path(stage.folder) / to).as_posix().lstrip("/")
    for name in froms:
        found = source / name.lstrip("/")
        if found.is_dir():
            shutil.copytree(
                found,
                target,
                symlinks=True,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("__pycache__") if source == PROJECT else None,
            )
        else:
            into = target if to.endswith("/") or len(froms) > 1 else target.parent
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, into / found.name if into == target else target)


def try_out(stage: Stage, data: Path) -> None:
    """Start the stage as a container without Docker, ask how it is, look what it can write, and end it."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    shutil.chown(data, int(stage.user), int(stage.user))
    began = time.monotonic()
    process = subprocess.Popen(_container(stage, data, [*stage.says["ENTRYPOINT"], *stage.says["CMD"]]))
    try:
        inside = _first_child(process.pid)
        while _inside(inside, stage, stage.says["HEALTHCHECK"]).returncode:
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise SystemExit("It does not become healthy; what it said stands above.")
            time.sleep(0.5)
        say(f"healthy after {time.monotonic() - began:.1f} s, as number {stage.user}, root read-only, no capability")
        for folder in ("/", "/opt/folkmoot", "/etc", "/usr"):
            if not _inside(inside, stage, ["touch", f"{folder}/written"]).returncode:
                raise SystemExit(f"It can write to {folder}.")
        backup = _inside(inside, stage, ["/opt/folkmoot/folkmoot", "backup", "/data/"])
        say(f"backup: status {backup.returncode}; {_inside(inside, stage, ['pg_dump', '--version']).stdout.strip()}")
        began = time.monotonic()
        os.kill(inside, 15)
        status = process.wait(30)
        say(f"told to end: status {status} after {time.monotonic() - began:.1f} s")
        if status or backup.returncode:
            raise SystemExit(1)
    finally:
        process.kill()
        process.wait()
    size = sum(path.lstat().st_size for path in (stage.root / "opt").rglob("*") if not path.is_symlink())
    say(f"{size / 1e6:.0f} MB in /opt/folkmoot, {_size(stage.root) / 1e6:.0f} MB in all")


def _container(stage: Stage, data: Path, command: list[str]) -> list[str]:
    root = shlex.quote(str(stage.root))
    begin = [
        f"mount --bind {root} {root}",
        f"mount -t proc proc {root}/proc",
        f"mount -t tmpfs tmpfs {root}/dev && for one in null zero full random urandom; do touch {root}/dev/$one; "
        f"mount --bind /dev/$one {root}/dev/$one; done",
        f"mount -t tmpfs -o mode=1777 tmpfs {root}/tmp",  # noqa: S108 - the container's own
        f"mount --bind {shlex.quote(str(data))} {root}/data",
        f"mount -o remount,bind,ro {root}",
        "ip link set lo up",
    ]
    given = " ".join(shlex.quote(f"{name}={value}") for name, value in stage.env.items())
    rights = (
        f"--reuid {stage.user} --regid {stage.user} --clear-groups --no-new-privs --bounding-set -all --inh-caps -all"
    )
    begun = f"exec chroot {root} setpriv {rights} env -i -C {shlex.quote(stage.folder)} {given} {shlex.join(command)}"
    apart = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]
    return ["unshare", *apart, "sh", "-ec", "; ".join([*begin, begun])]


def _inside(number: int, stage: Stage, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the container, as `docker exec` would."""
    enter = ["nsenter", "-t", str(number), "-m", "-p", "-n", "-i", "-r", "-w", "-S", stage.user, "-G", stage.user]
    given = [f"{name}={value}" for name, value in stage.env.items()]
    return subprocess.run([*enter, "env", "-i", *given, *command], capture_output=True, text=True, check=False)


def _first_child(number: int) -> int:
    path, deadline = Path(f"/proc/{number}/task/{number}/children"), time.monotonic() + 10
    while time.monotonic() < deadline:
        if found := path.read_text().split():
            return int(found[0])
        time.sleep(0.02)
    raise SystemExit("It did not start.")


def _size(root: Path) -> int:
    return sum(one.lstat().st_size for one in _files(root))


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in {"proc", "sys", "dev"} or Path(folder) != root]
        yield from (Path(folder) / name for name in names)


def call(*command: object) -> None:
    """Run a command; where it fails, say what it said, and end."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]).resolve())
