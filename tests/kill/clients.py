"""Those who keep a server busy while it is being killed: reporters, and one who decides. Each is a thread.

They do what people do when a page does not answer: they wait a little and send the same form again.
"""

import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from bench.of_reports.form import Form, form_on
from tests.servers import Server
from tests.web.browsers import app_code

CODE = re.compile(r'name="code" value="(\d{16})"')
KEY = re.compile(r'class="key-text">\s*(\w+)\s*<')
FAIR = "No, I can look at it fairly"
REASONS = "It calls a person names instead of arguing with what they said."


@dataclass
class Told:
    """What the clients were told, so that it can be looked for afterwards."""

    receipts: dict[str, str] = field(default_factory=dict)  # words of the report, by its 16 digits
    decided: set[int] = field(default_factory=set)  # numbers of cases
    refused: Counter[str] = field(default_factory=Counter)  # answers that were neither the service's nor silence


class Client(threading.Thread):
    """A browser that nobody looks at."""

    def __init__(self, server: Server, told: Told, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.server, self.told, self.stop = server, told, stop
        self.http = httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=20)

    def run(self) -> None:
        """Work until told to stop; what breaks here breaks the test."""
        try:
            while not self.stop.is_set():
                self.work()
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            self.told.refused[f"{type(error).__name__}: {str(error)[:300]}"] += 1
        finally:
            self.http.close()

    def work(self) -> None:
        """Do one thing."""
        raise NotImplementedError

    def get(self, path: str) -> httpx.Response | None:
        """Open a page, again and again until it comes; `None` when told to stop meanwhile."""
        return self._until_answered(lambda: self.http.get(path, follow_redirects=True))

    def send(self, form: Form, **values: str | list[str]) -> httpx.Response | None:
        """Send a form, the same one again until it is answered; `None` when told to stop meanwhile."""
        data = {**form.fields, **values}
        return self._until_answered(lambda: self.http.post(form.action, data=data))

    def expect(self, answer: httpx.Response, *statuses: int) -> bool:
        """Say whether the answer has one of these statuses; anything else is remembered."""
        if answer.status_code in statuses:
            return True
        self.told.refused[f"{answer.status_code} at {answer.request.method} {answer.request.url.path}"] += 1
        return False

    def _until_answered(self, ask: Callable[[], httpx.Response]) -> httpx.Response | None:
        while not self.stop.is_set():
            try:
                return ask()
            except httpx.TransportError:
                time.sleep(0.1)
        return None


class Reporter(Client):
    """Somebody who reports one thing after another, and writes each code down."""

    def __init__(self, server: Server, told: Told, stop: threading.Event, *, org: str, every: float) -> None:
        super().__init__(server, told, stop)
        self.org, self.every = org, every
        self._form: Form | None = None

    def work(self) -> None:
        """Send one report, and note its code once it is shown."""
        path = f"/o/{self.org}/report/"
        if self._form is None:
            page = self.get(f"{path}?kind=attack")
            if page is None or not self.expect(page, 200):
                return
            self._form = form_on(page.text, path=path, having="form_key")
        key = secrets.token_hex(16)
        words = f"He calls her names in every thread. {key}"
        email = f"reporter.{key}@example.org" if key < "4" else ""
        answer = self.send(self._form, form_key=key, words=words, email=email, affected="no", place="elsewhere")
        if answer is not None and self.expect(answer, 303):
            self._note_code(answer.headers["location"], words)
        time.sleep(self.every)

    def reads_by_code(self, code: str) -> str:
        """Return what the page shows that the code opens."""
        path = f"/o/{self.org}/track/"
        page = self.get(path)
        assert page is not None
        opened = self.send(form_on(page.text, path=path, having="code"), code=code)
        assert opened is not None
        assert opened.status_code in {302, 303}, opened.text
        shown = self.get(opened.headers["location"])
        assert shown is not None
        return shown.text

    def _note_code(self, receipt: str, words: str) -> None:
        page = self.get(receipt)
        if page is not None and self.expect(page, 200):
            found = CODE.search(page.text)
            assert found, page.text
            self.told.receipts[found[1]] = words


class Decider(Client):
    """The first administrator, who is a moderator, and removes whatever is reported."""

    def __init__(self, server: Server, told: Told, stop: threading.Event) -> None:
        super().__init__(server, told, stop)
        self.org = ""

    def come_in(self) -> None:
        """Set the server up and add a second factor."""
        page = self.http.get(self.server.set_up_link)
        you = {"organisation_name": "Hartfield Branch", "person_name": "Ada Fenn", "email": "ada.fenn@example.org"}
        form = form_on(page.text, path=page.url.path, having="person_name")
        assert self.http.post(form.action, data={**form.fields, **you}).has_redirect_location
        page = self.http.get("/account/app/add/")
        secret = KEY.search(page.text)
        assert secret, page.text
        form = form_on(page.text, path=page.url.path, having="code")
        assert self.http.post(form.action, data={**form.fields, "code": app_code(secret[1])}).has_redirect_location
        self.org = self.http.get("/", follow_redirects=True).url.path.split("/")[2]

    def work(self) -> None:
        """Decide the cases that the queue shows."""
        queue = self.get(f"/o/{self.org}/desk/queue/?show=decision")
        if queue is None or not self.expect(queue, 200):
            return
        for number in re.findall(r"/desk/cases/(\d+)/", queue.text):
            if not self.stop.is_set():
                self._decide(int(number))
        time.sleep(0.05)

    def _decide(self, case: int) -> None:
        page = self.get(f"/o/{self.org}/desk/cases/{case}/")
        if page is None or not self.expect(page, 200):
            return
        if FAIR in page.text:
            answer = self.send(form_on(page.text, path=page.url.path, having="nature"), interested="no")
            if answer is None or not self.expect(answer, 303):
                return
        page = self.get(f"/o/{self.org}/desk/cases/{case}/decision/")
        if page is None or not self.expect(page, 200) or not page.url.path.endswith("/decision/"):
            return
        form = form_on(page.text, path=page.url.path, having="seen")
        found = {"outcome": "remove", "aimed_at": "person", "clarity": "clear", "reasons": REASONS}
        answer = self.send(form, go="confirm", codes=["Sa"], **found)
        if answer is not None and self.expect(answer, 303):
            self.told.decided.add(case)
