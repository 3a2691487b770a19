"""Settings under test: a data folder of their own, and nothing from the environment but the database.

`DATABASE_URL` chooses PostgreSQL, as it does for a server; everything else that could leak in is dropped.
"""

import atexit
import os
import shutil
import tempfile

_KEPT = {"FOLKMOOT_SHARED"}  # where the public data sets are

for _name in list(os.environ):
    if (_name.startswith("FOLKMOOT_") or _name == "MAIL_URL") and _name not in _KEPT:
        del os.environ[_name]

_folder = tempfile.mkdtemp(prefix="folkmoot-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["FOLKMOOT_DATA"] = _folder

from folkmoot.config.settings import *  # noqa: E402, F403  the environment has to be cleared first
