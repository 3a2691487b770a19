"""What the register says of an organisation's settings, which may be personal: names of columns and a hash."""

from datetime import date, datetime
from typing import Any

from folkmoot.kernel.canonical import canonical_bytes, commitment
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation


def setting_names() -> list[str]:
    """Return the columns of an organisation that only a step on the register may change."""
    fields = Organisation._meta.concrete_fields
    return sorted(f.attname for f in fields if not f.primary_key and f.name not in Organisation.beside_the_register)


def settings_mark(org_id: int, names: list[str], salt: bytes) -> str:
    """Return the salted hash of the settings `names` as they lie in the database now."""
    values = Organisation.objects.filter(pk=org_id).values(*names).get()
    return commitment(salt, canonical_bytes({name: _plain(value) for name, value in values.items()}).decode())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool | list | dict) else str(value)
