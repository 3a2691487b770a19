"""The document and its pages: whole, true to what is asked, and with nothing loaded from elsewhere."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from folkmoot.api.problems import KINDS
from folkmoot.api.reference import Operation, document, nouns
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Role
from tests.cast import branch

DOCUMENT = "/api/v1/openapi.json"


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def examples() -> Iterator[tuple[str, str, Any]]:
    """Yield where each example stands, the shape that it is one of, and the example."""
    for name, operation in operations():
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for content in body.get("content", {}).values():
                if "example" in content and "$ref" in content["schema"]:
                    yield name, content["schema"]["$ref"], content["example"]
    for name, schema in document()["components"]["schemas"].items():
        for example in schema.get("examples", []):
            yield name, f"#/components/schemas/{name}", example


def test_the_document_is_served_packed_or_not_and_without_a_session() -> None:
    plain = Client().get(DOCUMENT)
    packed = Client().get(DOCUMENT, headers={"accept-encoding": "gzip"})
    assert plain.json() == json.loads(gzip.decompress(packed.content)) == json.loads(json.dumps(document()))
    assert plain.json()["openapi"] == "3.1.0"
    assert not plain.cookies


def test_every_operation_says_who_may_and_what_comes_back() -> None:
    names = set()
    for name, operation in operations():
        names.add(operation["operationId"])
        assert operation["summary"], name
        assert operation["x-scope"] in {"", *Scope.values}, name
        assert set(operation["x-offices"]) <= set(Role), name
        answers = operation["responses"]
        assert {"400", "401", "403", "404", "422", "429"} <= set(answers), name
        writes = not name.startswith("GET") and operation.get("x-keeps", True)
        assert ("409" in answers) == writes, name
        keyed = [one for one in operation["parameters"] if one["name"] == "Idempotency-Key"]
        assert len(keyed) == int(writes), name
    assert len(names) == len(list(operations()))


def test_every_body_has_an_example() -> None:
    for name, operation in operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if content["schema"].get("$ref") or content["schema"].get("properties"):
                assert "example" in content or "multipart" in str(operation["requestBody"]), name


def test_every_example_is_true_to_its_shape() -> None:
    registry = jsonschema_rs.Registry([("urn:document", document())])
    validators, wrong = dict[str, Any](), list[str]()
    for name, shape, example in examples():
        known = validators.get(shape) or jsonschema_rs.validator_for(
            {"$ref": f"urn:document{shape}"}, registry=registry
        )
        validators[shape] = known
        wrong += [f"{name}: {one.message}" for one in known.iter_errors(example)]
    assert wrong == []
    assert len(validators) > 100


@pytest.mark.django_db
def test_the_pages_show_every_operation_and_every_problem_and_stay_small() -> None:
    branch()
    overview = Client().get("/api/v1/")
    assert overview.status_code == 200
    text = overview.content.decode()
    for kind in KINDS:
        assert f'id="problem-{kind.name}"' in text
    for noun in nouns():
        page = Client().get(f"/api/v1/about/{noun.slug}/")
        assert page.status_code == 200
        shown = page.content.decode()
        assert all(_told(one, shown) for one in noun.operations), noun.name
        for html in (text, shown):
            assert len(html) < 60_000, noun.name
            assert "<script" not in html
            assert not re.search(r'(?:src|srcset)="(?:https?:)?//|<link[^>]*href="(?:https?:)?//|@import', html)


@pytest.mark.django_db
def test_a_noun_that_nobody_knows_is_not_there() -> None:
    assert Client().get("/api/v1/about/nothing/").status_code == 404


def _told(one: Operation, page: str) -> bool:
    return f'id="{one.key}"' in page and f"{one.method} {one.path}" in page
