"""Names of shapes in the document: two that are called alike and differ get two, not one that is wrong of both."""

import re
from collections.abc import Mapping
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from folkmoot.kernel.canonical import digest

_REFERENCE = "#/components/schemas/"


class WellNamed(OpenAPISchema):
    """Ninja's document, which would let the last shape of a name stand for all."""

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Keep `definitions`; one whose name is taken by another is called after what it is part of."""
        known: dict[str, str] = vars(self).setdefault("known", {})  # the name of each whole shape, by its hash
        renamed = {}
        for name in definitions:
            whole = _whole(name, definitions)
            if whole not in known:
                known[whole] = self._free(name, definitions)
            renamed[name] = known[whole]
        for name, definition in definitions.items():
            # generators of clients go by the title
            self.schemas[renamed[name]] = {**_pointing(definition, renamed), "title": renamed[name]}
        vars(self).setdefault("renamed", {}).update(renamed)

    def _create_schema_from_model(self, *args: Any, **kwargs: Any) -> tuple[dict[str, Any], bool]:
        vars(self)["renamed"] = {}
        schema, needed = super()._create_schema_from_model(*args, **kwargs)
        return _pointing(schema, vars(self)["renamed"]), needed

    def _free(self, name: str, definitions: Mapping[str, Any]) -> str:
        taken = set(vars(self)["known"].values())
        if name not in taken:
            return name
        within = sorted(other for other, said in definitions.items() if other != name and name in _named_in(said))
        stem = f"{within[0]}{name}" if within else name
        return next(one for one in (stem, *(f"{stem}{number}" for number in range(2, 100))) if one not in taken)


def _whole(name: str, definitions: Mapping[str, Any]) -> str:
    """Return the hash of a shape with all that it refers to."""
    found, wanted = dict[str, str](), [name]
    while wanted:
        one = wanted.pop()
        if one not in found:
            found[one] = str(definitions.get(one))
            wanted += _named_in(definitions.get(one))
    return digest(f"{name} {sorted(found.items())}".encode())


def _named_in(said: Any) -> list[str]:
    return re.findall(rf"'\$ref': '{_REFERENCE}([^']+)'", str(said))


def _pointing(said: Any, renamed: Mapping[str, str]) -> Any:
    """Return `said` with its references to what was renamed."""
    if isinstance(said, list):
        return [_pointing(one, renamed) for one in said]
    if not isinstance(said, dict):
        return said
    return {key: _pointed(one, renamed) if key == "$ref" else _pointing(one, renamed) for key, one in said.items()}


def _pointed(reference: str, renamed: Mapping[str, str]) -> str:
    name = reference.removeprefix(_REFERENCE)
    return _REFERENCE + renamed.get(name, name)
