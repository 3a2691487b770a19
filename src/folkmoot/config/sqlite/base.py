"""The database backend `folkmoot.config.sqlite`: whoever wants to write waits in the system's queue.

SQLite lets one connection write at a time. Who comes second sleeps and asks again, each time after a longer pause,
while others who come later walk past: with eight writers one in a hundred waited a hundred times as long as the
rest. Here each transaction first takes a lock of a file beside the database; the kernel wakes those who wait for it
as soon as it is free, and frees it when its holder dies. What keeps the data whole is SQLite's own lock, as ever.
"""

import fcntl
import os
from datetime import UTC, datetime
from typing import Any

from django.db.backends.sqlite3 import base, operations

_driver: Any = base
_driver.Database.register_converter("datetime", lambda kept: datetime.fromisoformat(kept.decode()))


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, but moments are read by Python itself: lists hold hundreds of them, searches thousands."""

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the moment that was kept: in UTC, without saying so."""
        if type(value) is datetime and value.tzinfo is None and self.connection.timezone is UTC:
            return value.replace(tzinfo=UTC)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with its transactions in a queue."""

    ops_class = DatabaseOperations
    _place: int | None = None  # the lock's file descriptor; each connection has its own, so threads queue as well

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a database in memory has no file beside which to queue, and nobody to queue with."""
        connection = super().get_new_connection(conn_params)
        if self._place is None and not self.is_in_memory_db():
            self._place = os.open(f"{conn_params['database']}-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self._place is not None:
            fcntl.flock(self._place, fcntl.LOCK_EX)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_go()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._let_go()  # where it did not succeed, Django rolls back, or closes the connection

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._place is not None:
                os.close(self._place)
                self._place = None

    def _let_go(self) -> None:
        if self._place is not None:
            fcntl.flock(self._place, fcntl.LOCK_UN)
