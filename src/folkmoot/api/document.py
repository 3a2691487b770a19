"""The OpenAPI document, finished: what Ninja cannot know of headers, tokens and problems is added to what it says."""

from typing import Any

from ninja import NinjaAPI

from folkmoot.api.once import HEADER
from folkmoot.api.parties import LETTER, RECEIPT
from folkmoot.api.problems import MEDIA_TYPE
from folkmoot.procedure.words import Role

Node = dict[str, Any]
ORG = {
    "name": "org",
    "in": "path",
    "required": True,
    "description": "The short name of the organisation, as it stands in the addresses of its pages",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
}
KEY = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "8 to 200 characters of your own for this write, such as a UUID; the same when you send it again",
    "schema": {"type": "string", "pattern": "^[!-~]{8,200}$"},
}

SECRETS = {Role.AUTHOR.value: "letter", Role.REPORTER.value: "receipt"}


def finished(api: NinjaAPI) -> Node:
    """Return the document."""
    said: Node = dict(api.get_openapi_schema(path_prefix="api/v1/"))
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            _finish(path, method, operation)
    said["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "letter": {"type": "apiKey", "in": "header", "name": LETTER, "description": "The last part of a letter’s link"},
        "receipt": {"type": "apiKey", "in": "header", "name": RECEIPT, "description": "The 16 digits of a receipt"},
    }
    return said


def _finish(path: str, method: str, operation: Node) -> None:
    if "{org}" in path:
        operation["parameters"].insert(0, ORG)
    if method != "get":
        operation["parameters"].append(KEY)
    public, party = operation.pop("x-public"), operation.pop("x-party")
    operation["security"] = ([{}] if public else []) + ([{"token": []}] if operation["x-scope"] else [])
    if party:
        operation["security"] = [{SECRETS[party]: []}]
    for status, answer in operation["responses"].items():
        if int(status) >= 400 and "content" in answer:
            answer["content"] = {MEDIA_TYPE: next(iter(answer["content"].values()))}
