"""Lists in pieces: a cursor says where the last piece ended, so that nothing is shown twice or left out meanwhile."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from folkmoot.kernel.errors import BadInput

M = TypeVar("M", bound=Model)

MOST_AT_ONCE = 100
Cursor = Annotated[str, Field(max_length=500, description="`next` of the piece before; empty for the first")]
Limit = Annotated[int, Field(ge=1, le=MOST_AT_ONCE, description="How many at most")]


@dataclass(frozen=True)
class Piece(Generic[M]):
    """Some rows of a list, and the cursor that leads on; empty after the last."""

    rows: Sequence[M]
    next: str


def piece(rows: QuerySet[M], *, order: Sequence[str], cursor: str, limit: int) -> Piece[M]:
    """Return up to `limit` rows after `cursor` in `order`: columns as for `order_by`, the last one unique.

    Columns hold whole numbers, words, truth values or times; with "?" at the end one may be empty, and then comes
    last. Raises `BadInput` (field "cursor") for a cursor that is not of this list.
    """
    keys = [_Key.of(name) for name in order]
    ordered = rows.order_by(*(key.ordering() for key in keys))
    found = _beyond(ordered, keys, cursor, limit + 1) if cursor else list(ordered[: limit + 1])
    shown = found[:limit]
    return Piece(shown, _cursor(keys, shown[-1]) if len(found) > limit else "")


def _beyond(ordered: QuerySet[M], keys: "Sequence[_Key]", cursor: str, most: int) -> list[M]:
    values = _values(keys, cursor)
    try:
        return list(ordered.filter(_after(keys, values))[:most])
    except (ValidationError, ValueError, TypeError, OverflowError):  # no value of that column
        raise _not_of_this_list() from None


def _not_of_this_list() -> BadInput:
    return BadInput(_("This cursor is not of this list. Please begin again without one."), field="cursor")


@dataclass(frozen=True)
class _Key:
    column: str
    down: bool
    may_be_empty: bool

    @classmethod
    def of(cls, name: str) -> "_Key":
        return cls(name.strip("-?"), name.startswith("-"), name.endswith("?"))

    def ordering(self) -> Any:
        from_column = F(self.column)
        last = True if self.may_be_empty else None
        return from_column.desc(nulls_last=last) if self.down else from_column.asc(nulls_last=last)

    def beyond(self, value: Any) -> Q:
        """Return what is true of rows that come after those with `value`."""
        if value is None:
            return Q(pk__in=[])
        more = Q(**{f"{self.column}__{'lt' if self.down else 'gt'}": value})
        return more | Q(**{f"{self.column}__isnull": True}) if self.may_be_empty else more

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})


def _after(keys: Sequence[_Key], values: Sequence[Any]) -> Q:
    found, so_far = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        found |= so_far & key.beyond(value)
        so_far &= key.same(value)
    return found


def _cursor(keys: Sequence[_Key], row: Model) -> str:
    values = [getattr(row, key.column) for key in keys]
    said = [{"t": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    text = json.dumps([[key.column for key in keys], said], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _values(keys: Sequence[_Key], cursor: str) -> list[Any]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        columns, said = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if columns != [key.column for key in keys] or len(said) != len(keys):
            raise ValueError("of another list")
        return [_value(key, one) for key, one in zip(keys, said, strict=True)]
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
        raise _not_of_this_list() from None


def _value(key: _Key, said: Any) -> Any:
    if said is None and key.may_be_empty:
        return None
    if isinstance(said, dict):
        at = datetime.fromisoformat(said["t"])
        if at.tzinfo is None:
            raise ValueError("a time without its zone")
        return at
    if isinstance(said, bool | str) or (isinstance(said, int) and abs(said) < 2**63):
        return said
    raise ValueError("no value of a column")
