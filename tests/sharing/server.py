"""The routes of publications as a browser would ask them, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.types import Message

import app
from vsm.serving import publication_routes
from vsm.serving.rate_limit import RateLimit


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """The publication's routes behind the app's own middleware, asked without a network; `seconds` is its clock."""

    server: Starlette | None = None
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.server is None:
            routes = publication_routes(lambda: self.seconds, RateLimit(tries=30, seconds_for_one=2))
            self.server = Starlette(routes=routes, middleware=app.app._user_middleware)

    def get(self, path: str, *, method: str = "GET", client: str = "192.0.2.1", gzipped: bool = False) -> Answer:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"accept-encoding", b"gzip")] if gzipped else []
        scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}
        asyncio.run(self.server({**scope, "root_path": "", "client": (client, 1)}, receive, send))
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
