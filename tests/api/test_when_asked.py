"""A server that nobody's programs talk to does not carry the API in its memory."""

import subprocess
import sys

from tests.places import PROJECT

SERVED = """
import os, sys, tempfile
os.environ["FOLKMOOT_DATA"] = tempfile.mkdtemp()
import django
django.setup()
from django.core.wsgi import get_wsgi_application
from django.urls import resolve, reverse
get_wsgi_application()
print(reverse("desk:queue", kwargs={"org": "x"}), resolve("/o/x/rules/").url_name)
print("ninja" in sys.modules, "folkmoot.api.service" in sys.modules)
print(resolve("/api/v1/o/x/rules").kwargs, "ninja" in sys.modules)
"""


def test_the_routes_are_read_when_the_first_of_them_is_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVED],
        env={"DJANGO_SETTINGS_MODULE": "folkmoot.config.settings", "PYTHONPATH": str(PROJECT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["/o/x/desk/queue/ rules", "False False", "{'org': 'x'} True"]
