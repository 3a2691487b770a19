"""How safely counts are kept: a moment later than the record, and never to its cost."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import clean_environment

pytestmark = pytest.mark.slow

COUNTS_TWICE = """
import django
django.setup()
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import TooMuch
from folkmoot.web.limits import allow

def synced():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return cursor.fetchone()[0]

def note(execute, sql, *rest):
    print("at", sql.split()[0], synced()) if sql.startswith(("UPDATE", "INSERT")) else None
    return execute(sql, *rest)

bring_up_to_date()
request = HttpRequest()
request.now = timezone.now().replace(minute=30)
with connection.execute_wrapper(note):
    allow(request, "report", count_limit=1)
print("after", synced())
try:
    allow(request, "report", count_limit=1)
except TooMuch:
    print("refused", synced())
"""


def test_a_count_does_not_wait_for_the_disk_and_everything_after_it_does(tmp_path: Path) -> None:
    ours = {"FOLKMOOT_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", COUNTS_TWICE], env=clean_environment(**ours), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["at UPDATE 1", "at INSERT 1", "at UPDATE 1", "after 2", "refused 2"]
