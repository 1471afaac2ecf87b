"""A visitor without a browser: speaks with a running app as Streamlit's own client does, one action at a time."""

from __future__ import annotations

import asyncio
import urllib.request
import uuid
from collections.abc import Callable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 120.0
"""Seconds after which an action that is not answered fails the run."""


class Visitor:
    """One session of the app; every action waits until the page is whole."""

    def __init__(self, port: int, witness: Callable[[bytes], None] | None = None) -> None:
        """Speak with the app at `port`; `witness` sees every message that comes."""
        self._witness = witness
        self.host = f"localhost:{port}"
        self.failed = False
        """Whether any page failed so far."""
        self._buttons: dict[str, str] = {}
        self._uploader = ""
        self._page = ""
        self._kept: set[str] = set()
        """Hashes of the messages that a browser would keep, so that they need not be sent again."""
        self._socket: ClientConnection

    async def __aenter__(self) -> Visitor:
        self._socket = await connect(
            f"ws://{self.host}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=PATIENCE,
            ping_timeout=PATIENCE,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def open(self, page: str) -> int:
        """Open a page by its address, or run it once more; return the bytes that came."""
        self._page = page
        return await self._rerun()

    async def click(self, name: str) -> int:
        """Press the button whose key is `name`; return the bytes that came."""
        return await self._rerun(WidgetState(id=self._buttons[name], trigger_value=True))

    async def upload(self, data: bytes, name: str) -> int:
        """Bring a file to the page that is open; return the bytes that came."""
        message = BackMsg()
        message.file_urls_request.request_id = uuid.uuid4().hex
        message.file_urls_request.file_names.append(name)
        await self._socket.send(message.SerializeToString())
        urls = await self._urls()
        await asyncio.to_thread(self._put, urls, data, name)
        state = WidgetState(id=self._uploader)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = urls.file_id, name, len(data)
        info.file_urls.CopyFrom(urls)
        return await self._rerun(state)

    async def _rerun(self, *states: WidgetState) -> int:
        message = BackMsg()
        message.rerun_script.page_name = self._page
        message.rerun_script.cached_message_hashes.extend(self._kept)
        message.rerun_script.widget_states.widgets.extend(states)
        await self._socket.send(message.SerializeToString())
        came = 0
        while True:
            size, answer = await self._answer()
            came += size
            kind = answer.WhichOneof("type")
            if kind == "delta":
                self._notice(answer)
            elif kind == "script_finished":
                return came

    async def _urls(self) -> FileURLs:
        while True:
            _, answer = await self._answer()
            if answer.WhichOneof("type") == "file_urls_response":
                return answer.file_urls_response.file_urls[0]

    async def _answer(self) -> tuple[int, ForwardMsg]:
        data = await asyncio.wait_for(self._socket.recv(decode=False), PATIENCE)
        if self._witness is not None:
            self._witness(data)
        answer = ForwardMsg()
        answer.ParseFromString(data)
        return len(data), answer

    def _notice(self, answer: ForwardMsg) -> None:
        if answer.metadata.cacheable:
            self._kept.add(answer.hash)
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "button":
            self._buttons[element.button.id.rsplit("-", 1)[-1]] = element.button.id
        elif kind == "file_uploader" and not self._uploader:
            self._uploader = element.file_uploader.id
        elif kind == "exception":
            self.failed = True

    def _put(self, urls: FileURLs, data: bytes, name: str) -> None:
        token, edge = generate_xsrf_token_string(), uuid.uuid4().hex
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        ).encode()
        request = urllib.request.Request(
            f"http://{self.host}{urls.upload_url}",
            data=body + data + f"\r\n--{edge}--\r\n".encode(),
            method="PUT",
            headers={
                "Content-Type": f"multipart/form-data; boundary={edge}",
                "Cookie": f"_streamlit_xsrf={token}",
                "X-Xsrftoken": token,
            },
        )
        with urllib.request.urlopen(request, timeout=PATIENCE):
            pass
