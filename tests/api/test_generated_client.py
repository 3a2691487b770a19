"""A client that the standard generator makes of the served document takes a matter from report to final word."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests import cast
from tests.servers import Server

pytestmark = [pytest.mark.slow, pytest.mark.soak]

PACKAGE = "generated_client"
# What this generator has no words for: a stream of lines, and pictures.
LEFT_OUT = {"POST /api/v1/o/{org}/posts", "GET /api/v1/o/{org}/cases/{case}/files/{file}"}


class Generated:
    """The generated package: operations by method and path, models by name."""

    def __init__(self, folder: Path, document: dict[str, Any]) -> None:
        self._names = {
            (method, path.removeprefix("/api/v1/o/{org}")): operation["operationId"]
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }
        self._files = {file.stem: file for file in (folder / PACKAGE / "api").glob("*/*.py")}
        self.client: Any = importlib.import_module(f"{PACKAGE}.client")
        self.models: Any = importlib.import_module(f"{PACKAGE}.models")

    def operation(self, method: str, path: str) -> ModuleType:
        """Return the module that asks for this."""
        file = self._files[self._names[method, path]]
        return importlib.import_module(f"{PACKAGE}.api.{file.parent.name}.{file.stem}")


class Somebody:
    """Somebody with a client of their own: with a token, a letter, or nothing."""

    def __init__(self, made: Generated, server: Server, org: str, client: Any) -> None:
        self._made, self._server, self._org, self._client = made, server, org, client

    def asks(self, path: str, **where: int) -> Any:
        """Return what a GET answers, as the client reads it."""
        return self._answer(self._made.operation("get", path).sync_detailed(self._org, client=self._client, **where))

    def does(self, path: str, body: Any = None, **where: int) -> Any:
        """Return what a POST answers; `body` is one of the client's own models."""
        more = {} if body is None else {"body": body}
        module = self._made.operation("post", path)
        key = str(uuid4())
        return self._answer(module.sync_detailed(self._org, client=self._client, idempotency_key=key, **where, **more))

    def _answer(self, response: Any) -> Any:
        assert response.status_code in (200, 201), response.content
        return response.parsed


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a server on which nobody waits for the minute in which a decision can be taken back."""
    made = Server(tmp_path, FOLKMOOT_UNDO_SECONDS="0")
    yield made
    made.stop()


@pytest.fixture
def made(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Generated]:
    """Start the server, let the generator write a client of its document, and return that."""
    server.start()
    document = tmp_path / "openapi.json"
    document.write_bytes(httpx.get(f"{server.url}/api/v1/openapi.json", timeout=90).content)
    (tmp_path / "generator.yaml").write_text("post_hooks: []\n")
    options = ["--config", "generator.yaml", "--meta", "none", "--output-path", PACKAGE]
    command = [Path(sys.executable).parent / "openapi-python-client", "generate", "--path", document.name, *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(re.findall(r"WARNING parsing (\w+ \S+)", done.stdout + done.stderr)) == LEFT_OUT
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Generated(tmp_path, json.loads(document.read_text()))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_it_files_decides_appeals_and_hears_the_panel_decide(server: Server, made: Generated) -> None:
    hall = json.loads(server.python("tests.api.hall"))
    model, org = made.models, hall["org"]
    of = {
        name: Somebody(made, server, org, made.client.AuthenticatedClient(base_url=server.url, token=token))
        for name, token in hall["tokens"].items()
    }

    visitor = Somebody(made, server, org, made.client.Client(base_url=server.url))
    told = model.ReportSent(kind=model.ReportKind.ATTACK, words=cast.REPORT_WORDS, link=hall["link"])
    receipt = visitor.does("/reports", told)
    reporter = Somebody(made, server, org, _opened(made, server, "Folkmoot-Receipt", receipt.code))
    assert reporter.asks("/report").decided is False

    (listed,) = of["first"].asks("/cases").cases
    case = listed.number
    for name in of:
        of[name].does("/cases/{case}/interest", model.Interest(interested=False), case=case)
    found = model.DecisionSent(
        outcome=model.Outcome.REMOVE,
        reasons=cast.REASONS,
        codes=["H1"],
        passage=cast.PASSAGE,
        aimed_at=model.AimedAt.PERSON,
        clarity=model.Clarity.CLEAR,
        seen=of["first"].asks("/cases/{case}", case=case).seq,
    )
    assert of["first"].does("/cases/{case}/decision", found, case=case).stage == model.Stage.DECIDED

    author = Somebody(made, server, org, _opened(made, server, "Folkmoot-Letter", _letter(of["first"])))
    notice = author.asks("/notice")
    assert (notice.case, notice.outcome, notice.may_appeal) == (case, model.Outcome.REMOVE, True)
    plea = _form(made, "/cases/{case}/appeal")
    assert author.does("/cases/{case}/appeal", plea(words=cast.APPEAL), case=case).due_at > datetime.now(UTC)
    stands = model.ReconsiderationSent(answer=model.Answer.STANDS, reasons=cast.REASONS)
    assert of["second"].does("/cases/{case}/reconsideration", stands, case=case).stage == model.Stage.RECONSIDERED

    assert author.asks("/notice").may_go_on is True
    plea = _form(made, "/cases/{case}/submission")
    author.does("/cases/{case}/submission", plea(words=cast.SUBMISSION), case=case)
    meets = model.HearingSent(meets_at=datetime.now(UTC) + timedelta(minutes=5), where="The back room")
    of["secretary"].does("/cases/{case}/hearing", meets, case=case)
    panel = ("petra", "quentin", "rosa")
    votes = [model.VoteSent(person=hall["people"][name], vote=model.Vote.OVERTURNED) for name in panel]
    voted = model.MinuteSent(met_on=_today(), votes=votes, reasons="It is about the plan, which may be called a waste.")
    minute = of["secretary"].does("/cases/{case}/minute", voted, case=case).paper
    for name in panel:
        confirmed = of[name].does("/cases/{case}/minute/confirmation", model.ConfirmationSent(minute=minute), case=case)
    assert (confirmed.stage, confirmed.answer) == (model.Stage.FINAL, model.Answer.OVERTURNED)
    assert author.asks("/notice").answer == model.Answer.OVERTURNED
    assert reporter.asks("/report").stands == model.Answer.OVERTURNED


def _opened(made: Generated, server: Server, header: str, secret: str) -> Any:
    return made.client.Client(base_url=server.url, headers={header: secret})


def _letter(moderator: Somebody) -> str:
    """Return the secret of the author's link, which stands in the letter that has to be handed over."""
    (number,) = [one.number for one in moderator.asks("/tasks").tasks if one.op == "hand_over_notice"]
    (letter,) = moderator.asks("/tasks/{task}", task=number).letters
    link = re.search(r"/letter/([\w.-]+)/", letter.body)
    assert link, letter.body
    return link[1]


def _form(made: Generated, path: str) -> Any:
    """Return the model of a body that is sent as a form."""
    module = made.operation("post", path)
    return next(one for name, one in vars(module).items() if name.endswith("BodyParams"))


def _today() -> date:
    return datetime.now(UTC).date()
