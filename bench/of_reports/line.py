"""A very light HTTP/1.1 client: one connection that is kept, cookies, nothing else.

On a machine of two processors the load's own work would otherwise be measured with the server's.
"""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers (names in lower case; of several the last), body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One connection to a server on this machine; `open` it, ask, `close` it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def open(self) -> "Line":
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        return self

    def close(self) -> None:
        """Hang up."""
        self._writer.close()

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._known()}\r\n".encode())

    async def post(self, path: str, body: bytes, *, media_type: str) -> Answer:
        """Send a form, as a browser on this server's own page would."""
        head = (
            f"POST {path} HTTP/1.1\r\n{self._known()}Origin: http://localhost:{self.port}\r\n"
            f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._ask(head.encode() + body)

    async def _ask(self, request: bytes) -> Answer:
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for text in head[1:]:
            name, _, value = text.partition(": ")
            if name.lower() == "set-cookie":
                self._keep_cookie(value)
            headers[name.lower()] = value
        return Answer(int(head[0].split(" ", 2)[1]), headers, await self._body(headers))

    async def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await self._reader.readexactly(int(headers.get("content-length", "0")))
        parts = []
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            parts.append((await self._reader.readexactly(size + 2))[:-2])
        await self._reader.readexactly(2)
        return b"".join(parts)

    def _keep_cookie(self, value: str) -> None:
        name, _, kept = value.strip().partition(";")[0].partition("=")
        self.cookies[name] = kept

    def _known(self) -> str:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return f"Host: localhost:{self.port}\r\n" + (f"Cookie: {kept}\r\n" if kept else "")
