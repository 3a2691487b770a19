"""The document as people read it: its operations under their nouns, with what goes in and out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.text import slugify
from django.utils.translation import override

from folkmoot.api.document import Node, finished
from folkmoot.api.service import api

UNDER = "/api/v1/o/{org}"


@dataclass(frozen=True)
class Value:
    """A value that goes in or out: a parameter, or a field of a body."""

    name: str
    where: str  # path, query, header; empty for a field of a body
    kind: str
    needed: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    key: str  # for links
    method: str
    path: str
    summary: str
    text: str
    scope: str
    secret: str  # which secret of a party opens it, instead of a token
    public: bool
    offices: list[str]
    values: list[Value]
    body: list[Value]
    media: str
    sent: str  # an example
    status: str
    answered: str  # an example


@dataclass(frozen=True)
class Noun:
    """What can be asked about one noun."""

    name: str
    slug: str
    operations: list[Operation]


@lru_cache(maxsize=1)
def document() -> Node:
    """Return the OpenAPI document; it is the same for everybody as long as the server runs."""
    with override("en-gb"):
        return finished(api)


@lru_cache(maxsize=1)
def nouns() -> list[Noun]:
    """Return all operations of the document, in its order."""
    said = document()
    found: dict[str, list[Operation]] = {}
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(path, method, operation, said))
    return [Noun(name, slugify(name), operations) for name, operations in found.items()]


def _operation(path: str, method: str, operation: Node, said: Node) -> Operation:
    bodies: Node = operation.get("requestBody", {}).get("content", {})
    media = next(iter(bodies), "")
    content: Node = bodies.get(media, {})
    status, answer = next(iter(operation["responses"].items()))
    answered: Node = next(iter(answer.get("content", {}).values()), {})
    secrets = {name for one in operation["security"] for name in one}
    return Operation(
        key=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path.removeprefix(UNDER) or "/",
        summary=operation["summary"],
        text=operation.get("description", ""),
        scope=operation["x-scope"],
        secret=next(iter(secrets - {"token"}), ""),
        public={} in operation["security"],
        offices=operation["x-offices"],
        values=[_parameter(one) for one in operation["parameters"] if one["name"] != "org"],
        body=list(_fields(content.get("x-line") or content.get("schema", {}), said)),
        media=media,
        sent=_shown(content.get("example")),
        status=status,
        answered=_shown(answered.get("example")),
    )


def _parameter(one: Node) -> Value:
    needed = bool(one.get("required"))
    return Value(one["name"], one["in"], _kind(one["schema"]), needed, one.get("description", ""))


def _fields(schema: Node, said: Node) -> Iterator[Value]:
    schema = _resolved(schema, said)
    needed = set(schema.get("required", []))
    for name, field in schema.get("properties", {}).items():
        yield Value(name, "", _kind(field), name in needed, field.get("description", ""))


def _resolved(schema: Node, said: Node) -> Node:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return dict(said["components"]["schemas"][name]) if name else schema


def _kind(schema: Mapping[str, Any]) -> str:
    """Return in a few words which values there are."""
    if "$ref" in schema:
        return _kind(_resolved(dict(schema), document()))
    if "enum" in schema or "const" in schema:
        return " · ".join(str(one) for one in schema.get("enum", [schema.get("const")]) if one != "")
    if "anyOf" in schema:
        return " / ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"])).replace(" / null", ", or none")
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "any"))


def _shown(example: Any) -> str:
    if example is None:
        return ""
    return example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
