"""Makes the tables of an older version, and one branch, in the database of the settings.

python -m tests.cli.backups.older_tables
"""

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

if __name__ == "__main__":
    django.setup()
    rooms = ("members", "editions", "archive", "casefile", "outbox")
    MigrationExecutor(connection).migrate([(room, "0002_whole_procedure") for room in rooms])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_organisation (slug, name, zone, contact, official_url, is_local, created_at) "
            "VALUES ('hartfield', 'Hartfield Branch', 'Europe/London', '', '', false, now())"
        )
