"""Programs of the cast: a test client that shows a token, and takes a new key for each write."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from folkmoot.members.models import Organisation, Person, Scope
from folkmoot.steps.issue_token import issue_token
from tests.cast import day


class Program:
    """Calls the API of one organisation with one token, or with none."""

    def __init__(self, org: Organisation, token: str = "") -> None:
        self.at = f"/api/v1/o/{org.slug}"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to a GET."""
        return self._client.get(self.at + path, headers={**self._headers, **headers})

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        """Return the answer to a POST of JSON; `key` is its `Idempotency-Key`, a new one when it is empty."""
        return self.send(path, "" if body is None else json.dumps(body), "application/json", key=key, **headers)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Return the answer to a request of any method, with a body of JSON and a new key."""
        text = "" if body is None else json.dumps(body)
        every = {**self._headers, "Idempotency-Key": str(uuid4())}
        return self._client.generic(method, self.at + path, text, content_type="application/json", headers=every)

    def form(self, path: str, fields: Mapping[str, str], *, key: str = "", **headers: str) -> Any:
        """Return the answer to a POST of a form."""
        return self.send(path, urlencode(fields), "application/x-www-form-urlencoded", key=key, **headers)

    def put(self, path: str, body: Any) -> Any:
        """Return the answer to a PUT of JSON."""
        return self.send(path, json.dumps(body), "application/json", method="PUT")

    def delete(self, path: str) -> Any:
        """Return the answer to a DELETE."""
        return self.send(path, "", "application/json", method="DELETE")

    def send(self, path: str, text: str, media: str, *, method: str = "POST", key: str = "", **headers: str) -> Any:
        """Return the answer to a write with `text`, which is said to be `media`."""
        every = {**self._headers, "Idempotency-Key": key or str(uuid4()), **headers}
        return self._client.generic(method, self.at + path, text, content_type=media, headers=every)

    def send_form(self, path: str, said: dict[str, str], picture: bytes, **headers: str) -> Any:
        """Return the answer to a POST of a form with one file."""
        every = {**self._headers, "Idempotency-Key": str(uuid4()), **headers}
        file = SimpleUploadedFile("picture.png", picture, "image/png")
        return self._client.post(self.at + path, {**said, "pictures": file}, headers=every)

    def send_in_chunks(self, path: str, body: bytes, media: str, *, key: str = "") -> Any:
        """Return the answer to a POST whose length is not announced."""
        every = {**self._headers, "Idempotency-Key": key or str(uuid4()), "Transfer-Encoding": "chunked"}
        raw: dict[str, Any] = {"wsgi.input": BytesIO(body)}
        return self._client.generic("POST", self.at + path, "", content_type=media, headers=every, **raw)

    def send_cut_short(self, path: str, body: bytes, media: str, *, missing: int) -> Any:
        """Return the answer to a POST that broke off before its last `missing` bytes."""
        every = {**self._headers, "Idempotency-Key": str(uuid4())}
        raw: dict[str, Any] = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body) + missing)}
        return self._client.generic("POST", self.at + path, "", content_type=media, headers=every, **raw)


def program(person: Person, *scopes: Scope, until: date | None = None) -> Program:
    """Return a program with a new token of `person`, good for `scopes`: all of them when none is named."""
    return Program(person.org, token_of(person, scopes or tuple(Scope), until=until))


def token_of(person: Person, scopes: Sequence[Scope] = tuple(Scope), *, until: date | None = None) -> str:
    """Return a new token of `person`, made on day 0."""
    end = until or day(300).date()
    values = [scope.value for scope in scopes]
    return issue_token(person.org, name="A script", scopes=values, until=end, by=person, at=day(0, 9)).token


def refused_as(answer: HttpResponse) -> str:
    """Return the kind of problem that `answer` is, by the name in its type."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    said = json.loads(answer.content)
    assert said["status"] == answer.status_code
    return str(said["type"].removeprefix("/api/v1/#problem-"))
