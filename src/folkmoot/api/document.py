"""The OpenAPI document, finished: what Ninja cannot know of headers, tokens and problems is added to what it says."""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from folkmoot.api.naming import WellNamed
from folkmoot.api.once import HEADER, REPLAYED
from folkmoot.api.parties import LETTER, RECEIPT
from folkmoot.api.problems import KINDS, MEDIA_TYPE, problem
from folkmoot.api.reading import NECESSITY
from folkmoot.api.routing import WRITE_PROBLEMS
from folkmoot.procedure.words import Role

Node = dict[str, Any]
ORG: Node = {
    "name": "org",
    "in": "path",
    "required": True,
    "description": "The short name of the organisation, as it stands in the addresses of its pages",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 60},
    "example": "harbour-branch",
}
KEY: Node = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "8 to 200 characters of your own for this write, such as a UUID; the same when you send it again. "
    "Without a token it has to be a random UUID (version 4)",
    "schema": {"type": "string", "pattern": "^[!-~]{8,200}$"},
    "example": "5b3c9a52-7f1e-4a39-9d0c-0c3c6f9f2f11",
}
BY_NECESSITY: Node = {
    "name": NECESSITY,
    "in": "header",
    "required": False,
    "description": "Where one should stand aside and nobody else is free: that one acts all the same. It is noted",
    "schema": {"type": "string", "enum": ["yes"]},
}
SECRETS = {Role.AUTHOR.value: "letter", Role.REPORTER.value: "receipt"}
SCHEMES: Node = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of somebody who works here, made on their page “Tokens for programs”",
    },
    "letter": {"type": "apiKey", "in": "header", "name": LETTER, "description": "The last part of a letter’s link"},
    "receipt": {"type": "apiKey", "in": "header", "name": RECEIPT, "description": "The 16 digits of a receipt"},
}
HEADERS: Node = {
    "RateLimit-Limit": {"description": "How many calls there are in an hour", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "How many of them are left", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until they are counted anew", "schema": {"type": "integer"}},
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to show who asks", "schema": {"type": "string"}},
    REPLAYED: {"description": "That this is the answer of before", "schema": {"type": "string", "enum": ["true"]}},
}
EVERYWHERE = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


def finished(api: NinjaAPI) -> Node:
    """Return the document."""
    said: Node = dict(WellNamed(api, path_prefix="api/v1/"))
    said["openapi"] = "3.1.0"
    said["info"] |= {
        "title": "Folkmoot",
        "summary": "A member organisation’s social-media policy as a fair procedure, for programs.",
        "description": f"How it is used: {settings.FOLKMOOT_URL}/api/v1/",
        "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
    }
    said["servers"] = [{"url": settings.FOLKMOOT_URL}]
    schemas = said["components"]["schemas"]
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            _finish(path, method, operation, schemas)
    said["components"] |= {"securitySchemes": SCHEMES, "headers": HEADERS, "responses": _answers()}
    return said


def _finish(path: str, method: str, operation: Node, schemas: Node) -> None:
    operation["summary"] = operation["summary"].removesuffix(".")
    is_write = method != "get" and operation.get("x-keeps", True)
    _parameters(path, operation, is_write=is_write)
    _security(operation)
    _files(operation)
    answers = {str(status): answer for status, answer in sorted(operation["responses"].items())}
    for status, answer in answers.items():
        if int(status) >= 400:
            answers[status] = {"$ref": f"#/components/responses/{_problem(int(status))}"}
        else:
            answer["headers"] = _headers([*EVERYWHERE, *([REPLAYED] if is_write else [])])
    operation["responses"] = answers
    for holder in (operation.get("requestBody", {}), *answers.values()):
        for content in holder.get("content", {}).values():
            _example(content, schemas)


def _problem(status: int) -> str:
    return "".join(word.capitalize() for word in HTTPStatus(status).phrase.replace("-", " ").split())


def _answers() -> Node:
    """Return what every operation may answer where it refuses: one entry for each status."""
    found: Node = {}
    for status in WRITE_PROBLEMS:
        kinds = [kind for kind in KINDS if kind.status == status]
        example = json.loads(problem(kinds[0]).content)
        more = {401: ["WWW-Authenticate"], 429: ["Retry-After"]}.get(status, [])
        found[_problem(status)] = {
            "description": " / ".join(f"{kind.title} (`{kind.name}`)" for kind in kinds),
            "headers": _headers([*EVERYWHERE, *more]),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
        }
    return found


def _headers(headers: list[str]) -> Node:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in headers}


def _parameters(path: str, operation: Node, *, is_write: bool) -> None:
    operation["parameters"].insert(0, ORG)
    if "{case}" in path and operation["x-offices"]:
        operation["parameters"].append(BY_NECESSITY)
    if is_write:
        operation["parameters"].append(KEY)


def _security(operation: Node) -> None:
    public, party = operation.pop("x-public"), operation.pop("x-party")
    by_token: list[Node] = [] if public and not operation["x-scope"] else [{"token": []}]
    operation["security"] = [{SECRETS[party]: []}] if party else [*([{}] if public else []), *by_token]


def _files(operation: Node) -> None:
    """Say what is no JSON: files that are answered, and streams that are sent."""
    media = operation.pop("x-media", [])
    if media:
        binary = {"schema": {"type": "string", "format": "binary"}}
        operation["responses"][200]["content"] = dict.fromkeys(media, binary)
    stream, line = operation.pop("x-stream", ""), operation.pop("x-line", None)
    if stream:
        described = {"type": "string", "description": "One such object on each line, ended by a line feed"}
        example = "\n".join(_compact(one) for one in line["examples"]) + "\n"
        operation["requestBody"] = {
            "required": True,
            "content": {stream: {"schema": described, "x-line": line, "example": example}},
        }


def _example(content: Node, schemas: Node) -> None:
    name = str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    examples = schemas.get(name, {}).get("examples", [])
    if examples and "example" not in content:
        content["example"] = examples[0]


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
