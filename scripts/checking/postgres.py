"""A PostgreSQL server for the tests alone: in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STARTS_WITHIN = 30.0  # seconds


@contextmanager
def private_server(programs: Path, **options: str) -> Iterator[str]:
    """Start a server from `programs` and yield its DATABASE_URL; it is stopped however the block ends.

    `options` are settings of the server's own; unless they say otherwise it forgets all if the machine loses power.
    """
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-pg-"))
    try:
        with server_on(folder, programs, **options) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server_on(folder: Path, programs: Path, **options: str) -> Iterator[str]:
    """As `private_server`, on a folder that stays; what such a server has left there is there again."""
    account = _account(folder)
    is_new = not (folder / "data").exists()
    if is_new:
        _call([programs / "initdb", "-D", folder / "data", "-U", "folkmoot", "-A", "trust", "-E", "UTF8",
               "--locale=C.UTF-8", "--no-sync"], account)  # fmt: skip
    port = _free_port()
    ours = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder)}
    said = {"fsync": "off"} | options | ours
    settings = [word for name, value in said.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-p", str(port), *settings],
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **account,
        )
    try:
        _wait_for(programs, server, port, folder / "log")
        if is_new:
            _call([programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "folkmoot", "folkmoot"], account)
        yield f"postgres://folkmoot@127.0.0.1:{port}/folkmoot"
    finally:
        _stop(server)


def _account(folder: Path) -> dict[str, Any]:
    """Return how to start programs: initdb refuses root, so root lends it the account of PostgreSQL."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, name)
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _call(command: list[Any], account: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **account)
    if done.returncode:
        raise SystemExit(f"{command[0]} did not succeed:\n{done.stdout}{done.stderr}")


def _wait_for(programs: Path, server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    # Its port is open a moment before it takes anybody in.
    ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run(ready, cwd="/", check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise SystemExit(f"PostgreSQL does not start:\n{log.read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's word for: end now, in good order
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
