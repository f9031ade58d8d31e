"""A student without a browser: signs in at a hub, gets a server, opens notebook 01 and moves a slider.

Every request and message is one that JupyterLab sends: the forms and redirects of the hub, a session, a web socket to
its kernel, a subshell for the widgets, and never more than one move on its way.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from yarl import URL

from bench.page import NOTEBOOK, Page, cells_to_figure, move, places, right_answer, shows

PROTOCOL = "v1.kernel.websocket.jupyter.org"
ASKED = ("lab/api/settings", "api/kernelspecs", "api/terminals", "api/contents/my_notebooks?content=1")
PATIENCE = 10  # seconds until a reply counts as lost
Message = dict[str, Any]


@dataclass
class Moves:
    """What came of a while of moving."""

    seconds: list[float] = field(default_factory=list)  # slider to reply
    merged: int = 0  # values that a newer one replaced before they were sent
    lost: int = 0


class Student:
    """One student; `hub` is the hub's address."""

    def __init__(self, hub: str, name: str, password: str):
        self.hub, self.name, self.password = URL(hub), name, password
        self.web = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.session, self.page = Session(), Page()
        self.refused, self.started, self.moved = 0, 0.0, 0
        self._watching: list[tuple[Callable[[str, Message], bool], asyncio.Future]] = []

    async def come_in(self) -> None:
        """Sign in, wait for the server, open the notebook and run it to the first live figure."""
        await self.sign_in()
        await self.start_server()
        await self.open_notebook()

    async def sign_in(self) -> None:
        """Send the sign-in form."""
        form = self.hub / "hub/login"
        await (await self.web.get(form)).read()
        fields = {"username": self.name, "password": self.password, "_xsrf": self._xsrf(form)}
        answer = await self.web.post(form, data=fields, allow_redirects=False)
        if answer.status != 302:
            raise RuntimeError(f"{self.name} could not sign in: {answer.status}")

    async def start_server(self) -> None:
        """Ask for a server and wait for it; a page that says "too many" is loaded again when it wants to be."""
        begin, address = time.perf_counter(), self.hub / "hub/spawn"
        while True:
            answer = await self.web.get(address)
            text = await answer.text()
            if answer.status == 429:
                self.refused += 1
                await asyncio.sleep(int(re.search(r'http-equiv="refresh" content="(\d+)"', text)[1]))
            elif answer.status != 200:
                raise RuntimeError(f"{self.name} got no server: {answer.status} at {answer.url}")
            elif "/user/" in answer.url.path and "/hub/" not in answer.url.path:
                break
            else:
                await asyncio.sleep(0.5)
                address = answer.url
        self.started = time.perf_counter() - begin
        self.home = self.hub.with_path("/".join(answer.url.path.split("/")[:3]) + "/")

    async def open_notebook(self) -> None:
        """Ask what JupyterLab asks, start a kernel, and run the notebook as far as its first live figure."""
        for path in ASKED:
            await self._get(path)
        content = await self._get(f"api/contents/my_notebooks/{NOTEBOOK}?content=1")
        path = f"my_notebooks/{NOTEBOOK}"
        wanted = {"path": path, "name": NOTEBOOK, "type": "notebook", "kernel": {"name": "python3"}}
        headers = {"X-XSRFToken": self._xsrf(self.home)}
        answer = await self.web.post(self.home / "api/sessions", json=wanted, headers=headers)
        answer.raise_for_status()
        kernel = (await answer.json())["kernel"]["id"]
        address = (self.home / f"api/kernels/{kernel}/channels").with_query(session_id=self.session.session)
        self.socket = await self.web.ws_connect(address, protocols=[PROTOCOL], max_msg_size=0)
        self.listener = asyncio.create_task(self._listen())
        await self._ready()
        for code in cells_to_figure(content["content"]):
            reply = await self._ask("shell", "execute_request", {
                "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True,
                "stop_on_error": True})  # fmt: skip
            if reply["content"]["status"] != "ok":
                raise RuntimeError(f"{self.name}: a cell failed: {reply['content']}")
        self.subshell = (await self._ask("control", "create_subshell_request"))["content"]["subshell_id"]
        self.slider = self.page.slider()

    async def move(self, seconds: int) -> Moves:
        """Move the slider once a second. The hand does not wait: a value that can't leave yet gives way to the next."""
        done, begin = Moves(), time.perf_counter()
        values = places(seconds, self.moved)
        self.moved += seconds
        for number, value in enumerate(values):
            due = begin + number
            if number + 1 < seconds and time.perf_counter() > due + 1:
                done.merged += 1
                continue
            await asyncio.sleep(due - time.perf_counter())
            try:
                await self._move_to(value)
                done.seconds.append(time.perf_counter() - due)
            except TimeoutError:
                done.lost += 1
        return done

    async def leave(self) -> None:
        """Close the page."""
        if hasattr(self, "listener"):
            await self.socket.close()
            await self.listener
        await self.web.close()

    # ---- inside

    async def _move_to(self, value: float) -> None:
        """Send one move and wait for the frame that shows it, and until the kernel has nothing left to do."""
        sent = self._message("comm_msg", move(self.slider, value))
        sent["header"]["subshell_id"] = self.subshell
        answer = right_answer(value)
        frame = self._watch(lambda _channel, message: shows(message, answer))
        idle = self._watch(lambda _channel, message: _is_idle(message, sent))
        await self._send("shell", sent)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(frame, idle)

    async def _ready(self) -> Message:
        """Ask until both channels answer, as Jupyter's own clients do: iopub may be connected after shell."""
        for _ in range(3):
            try:
                return await self._ask("shell", "kernel_info_request", patience=2 * PATIENCE)
            except TimeoutError as error:
                silent = error
        raise silent

    async def _ask(
        self, channel: str, kind: str, content: Message | None = None, patience: int = 6 * PATIENCE
    ) -> Message:
        sent = self._message(kind, content or {})
        reply = self._watch(lambda came_on, message: came_on == channel and _answers(message, sent))
        idle = self._watch(lambda _channel, message: _is_idle(message, sent))
        await self._send(channel, sent)
        async with asyncio.timeout(patience):
            await asyncio.gather(reply, idle)
        return reply.result()

    def _message(self, kind: str, content: Message) -> Message:
        return self.session.msg(kind, content=content)

    async def _send(self, channel: str, message: Message) -> None:
        await self.socket.send_bytes(serialize_msg_to_ws_v1(message, channel, pack=self.session.pack))

    def _watch(self, wanted: Callable[[str, Message], bool]) -> asyncio.Future:
        future = asyncio.get_running_loop().create_future()
        self._watching.append((wanted, future))
        return future

    async def _listen(self) -> None:
        async for came in self.socket:
            channel, parts = deserialize_msg_from_ws_v1(came.data)
            names = ("header", "parent_header", "metadata", "content")
            message = {name: self.session.unpack(part) for name, part in zip(names, parts, strict=False)}
            if channel == "iopub":
                self.page.hear(message)
            for wanted, future in self._watching:
                if not future.done() and wanted(channel, message):
                    future.set_result(message)
            self._watching = [entry for entry in self._watching if not entry[1].done()]

    async def _get(self, path: str) -> Any:
        answer = await self.web.get(self.home.join(URL(path)))
        answer.raise_for_status()
        return await answer.json()

    def _xsrf(self, address: URL) -> str:
        return self.web.cookie_jar.filter_cookies(address)["_xsrf"].value


def _answers(message: Message, sent: Message) -> bool:
    return message["parent_header"].get("msg_id") == sent["header"]["msg_id"]


def _is_idle(message: Message, sent: Message) -> bool:
    return _answers(message, sent) and message["content"].get("execution_state") == "idle"
