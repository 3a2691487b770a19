"""Settings of the demo: a fictional branch, a mailbox page, and a page to step into each role."""

from folkmoot.config.places import is_demo as _is_demo
from folkmoot.config.settings import *  # noqa: F403
from folkmoot.config.settings import DATA as _DATA
from folkmoot.config.settings import DATABASES as _DATABASES
from folkmoot.config.settings import INSTALLED_APPS as _APPS
from folkmoot.kernel.errors import NotReady as _NotReady

# Whoever opens the demo can step into every role: these settings are for invented people alone.
if not _is_demo(_DATA) or _DATABASES["default"]["ENGINE"] != "folkmoot.config.sqlite":
    raise _NotReady(f"{_DATA} does not hold the demo, so the demo's settings do not serve it. Use ./run demo.")

DEMO = True
INSTALLED_APPS = [*_APPS, "folkmoot.web.demo"]
HOOKS_PRIVATE = True  # programs on this machine are told, and no others: see `outbox.hook_address`
MAIL = None  # nobody real is written to: letters lie in the demo's mailbox
