"""Keys of texts worked out by the database: for searches that would read thousands of moments only to make keys."""

from typing import Any

from django.db.models import BigIntegerField, Func

from folkmoot.archive.index import LATEST, NUMBERS


class Key(Func):
    """What `index.key_of` makes of a moment and a number."""

    arity = 2
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return it for SQLite, which keeps a moment as text in UTC."""
        return self._of("CAST(strftime('%%s', {}) AS INTEGER)", "MIN", "MAX", compiler)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        """Return it for PostgreSQL."""
        return self._of("FLOOR(EXTRACT(EPOCH FROM {}))::bigint", "LEAST", "GREATEST", compiler)

    def _of(self, seconds: str, least: str, most: str, compiler: Any) -> tuple[str, list[Any]]:
        (at, in_at), (number, in_number) = (compiler.compile(one) for one in self.get_source_expressions())
        bounded = f"{most}({least}({seconds.format(at)}, {LATEST}), -{LATEST})"
        return f"(({bounded} << {NUMBERS}) | {number})", [*in_at, *in_number]
