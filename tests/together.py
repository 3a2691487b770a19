"""Which tests run in one process, one after the other, when several processes share them: those that share a server."""

from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_ONE_BRANCH = {
    f"test_{name}.py"
    for name in ("by_keyboard", "by_touch", "cascade", "nobody_answers", "policy_editor", "to_the_executive")
}
"""Journeys in a branch that takes most of a minute to found."""
_EACH_DAY = {
    f"test_{name}.py" for name in ("clear_case", "emergency", "lone_moderator", "robust_criticism", "unclear_case")
}
_EACH_FOR_ITSELF = {"test_server.py"}  # starts a server for each


class Together(LoadScopeScheduling):
    """Gives each process tests that belong together; the most tests first.

    xdist's own `loadgroup` reads its groups out of names that pytest 9.2 does not let it write any more: it says
    nothing, and spreads all tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        if path.name in _EACH_FOR_ITSELF:
            return nodeid
        if path.parent.name == "ten":  # each half with a server of its own; one of them is for the long tier
            return "of the ten, each day" if path.name in _EACH_DAY else "of the ten, the others"
        return "one branch" if path.name in _ONE_BRANCH else str(path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """Take the place of xdist's `loadgroup`."""
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None
