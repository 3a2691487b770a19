"""Settings of the demo: a fictional branch, a mailbox page, and a page to step into each role."""

from folkmoot.config.settings import *  # noqa: F403
from folkmoot.config.settings import INSTALLED_APPS as _APPS

DEMO = True
INSTALLED_APPS = [*_APPS, "folkmoot.web.demo"]
MAIL = None  # nobody real is written to: letters lie in the demo's mailbox
