"""Settings under test: a data folder of their own, and nothing from the environment but the database.

`DATABASE_URL` chooses PostgreSQL, as it does for a server; everything else that could leak in is dropped.
"""

import atexit
import os
import shutil
import tempfile

_KEPT = {"FOLKMOOT_SHARED"}  # where the public data sets are

if "PYTEST_XDIST_WORKER" not in os.environ:  # its processes share the folder of the one that started them
    for _name in list(os.environ):
        if (_name.startswith("FOLKMOOT_") or _name == "MAIL_URL") and _name not in _KEPT:
            del os.environ[_name]
    os.environ["FOLKMOOT_DATA"] = tempfile.mkdtemp(prefix="folkmoot-tests-")
    atexit.register(shutil.rmtree, os.environ["FOLKMOOT_DATA"], ignore_errors=True)

from folkmoot.config.settings import *  # noqa: E402, F403  the environment has to be cleared first
from folkmoot.config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "folkmoot.config.sqlite":
    # Test runners that share the work put a suffix to this name; nothing here has to survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['FOLKMOOT_DATA']}/tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

TRIAGE = False  # the worker's rounds begin no process beside them: it would not see what a test has not committed
