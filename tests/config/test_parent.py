"""A process ends with its parent, even when the parent had no time to say goodbye."""

import os
import signal
import subprocess
import sys

import pytest

from tests.servers import alive, clean_environment, wait_until

pytestmark = pytest.mark.slow

CHILD = (
    "import time; from folkmoot.config.parent import end_with_parent; {before}; end_with_parent(every=0.1); "
    "print('watching', flush=True); time.sleep(60)"
)
PARENT = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdout=subprocess.PIPE); "
    "child.stdout.readline(); print(child.pid, flush=True); time.sleep(60)"
)


@pytest.mark.parametrize(
    "before",
    ["pass", "import sys; sys.platform = 'elsewhere'"],
    ids=["the kernel sees to it", "where the kernel does not"],
)
def test_the_child_of_a_killed_parent_ends(before: str) -> None:
    command = [sys.executable, "-c", PARENT, CHILD.format(before=before)]
    with subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert alive(child)
        os.kill(parent.pid, signal.SIGKILL)
    wait_until(lambda: not alive(child), "the child's end", within=5)


def test_a_parent_that_had_gone_before_is_noticed() -> None:
    gone = "import multiprocessing; multiprocessing.parent_process = lambda: type('Gone', (), {'pid': 999999999})"
    child = [sys.executable, "-c", CHILD.format(before=gone)]
    assert subprocess.run(child, env=clean_environment(), timeout=30).returncode == -signal.SIGKILL
