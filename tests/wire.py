"""A page as a kernel sees it: what goes over the wire, and what comes back."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from frame_reader import Story
from jupyter_client import KernelManager

INSTALLED = "__import__('sparkglass.kernel', fromlist=['attach_json'])"
# Seconds: far above what anything takes on an idle machine.
PATIENCE = 120
MARK = """(lambda driver: (driver._scala.listenerBus().waitUntilEmpty(), driver.listener.say({line!r})))(
    next(module for name, module in __import__('sys').modules.items() if name.endswith('sparkglass_kernel.attach') or
    name == 'sparkglass.kernel.attach')._watch.driver)"""


@dataclass
class Push:
    """A message on our comm; ``sent`` by the kernel's clock, seconds since 1970."""

    v: int
    kernel: str
    seq: int
    frame: bytes
    sent: float


def most_in_a_second(pushes: list[Push]) -> int:
    """By the time that the kernel stamped on each message. On a busy machine that is later than it was fetched: a tenth is let go."""
    times = [push.sent for push in pushes]
    return max(sum(1 for other in times if begin <= other < begin + 0.9) for begin in times)


@dataclass
class Result:
    """What came of a cell."""

    status: str
    outputs: list[tuple[str, dict[str, Any]]]
    reply: dict[str, Any]

    @property
    def text(self) -> str:
        """What it wrote to stdout."""
        return "".join(
            content["text"] for kind, content in self.outputs if kind == "stream" and content["name"] == "stdout"
        )

    @property
    def stderr(self) -> str:
        return "".join(
            content["text"] for kind, content in self.outputs if kind == "stream" and content["name"] == "stderr"
        )

    @property
    def error(self) -> str:
        return f"{self.reply.get('ename')}: {self.reply.get('evalue')}"


@dataclass
class _Heard:
    pushes: list[Push] = field(default_factory=list)
    comms: list[dict[str, Any]] = field(default_factory=list)
    outputs: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    displays: list[dict[str, Any]] = field(default_factory=list)
    idle: set[str] = field(default_factory=set)
    states: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)


class Client:
    """One page."""

    def __init__(self, manager: KernelManager) -> None:
        self._client = manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(PATIENCE)
        self._heard = _Heard()
        self._told = 0
        self._story = Story()
        self._replies: dict[str, dict[str, Any]] = {}
        self._start_listening()

    def close(self) -> None:
        self._stop_listening()
        self._client.stop_channels()

    def _start_listening(self) -> None:
        self._open = True
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _stop_listening(self) -> None:
        self._open = False
        self._reader.join()

    def _listen(self) -> None:
        while self._open:
            try:
                message = self._client.iopub_channel.get_msg(timeout=0.1)
            except queue.Empty:
                continue
            kind, content = message["msg_type"], message["content"]
            parent = message["parent_header"].get("msg_id", "")
            with self._heard.changed:
                if kind.startswith("comm_"):
                    self._heard.comms.append({"type": kind, **content})
                if kind == "comm_msg" and content["comm_id"] == "sparkglass-push":
                    data, sent = content["data"], message["header"]["date"].timestamp()
                    self._heard.pushes.append(
                        Push(data["v"], data["kernel"], data["seq"], bytes(message["buffers"][0]), sent)
                    )
                elif kind in (
                    "stream",
                    "error",
                    "display_data",
                    "execute_result",
                    "update_display_data",
                    "clear_output",
                ):
                    self._heard.outputs[parent].append((kind, content))
                    if "display_id" in content.get("transient", {}):
                        self._heard.displays.append(content)
                elif kind == "status":
                    self._heard.states.append(content["execution_state"])
                    if content["execution_state"] == "idle":
                        self._heard.idle.add(parent)
                self._heard.changed.notify_all()

    # ---- cells -----------------------------------------------------------------------

    def send(self, code: str, cell: str | None = None, **content: Any) -> str:
        """Asks for an execution without waiting for it; returns the id of the request."""
        body = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        metadata = {} if cell is None else {"cellId": cell}
        message = self._client.session.msg("execute_request", {**body, **content}, metadata=metadata)
        self._client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def wait(self, request: str, timeout: float = PATIENCE) -> Result:
        """Waits for the end of an execution."""
        with self._heard.changed:
            assert self._heard.changed.wait_for(lambda: request in self._heard.idle, timeout), "the cell did not end"
            outputs = list(self._heard.outputs[request])
        deadline = time.monotonic() + 10
        while request not in self._replies:
            reply = self._client.shell_channel.get_msg(timeout=max(0.1, deadline - time.monotonic()))
            self._replies[reply["parent_header"].get("msg_id", "")] = reply["content"]
        reply = self._replies[request]
        return Result(reply["status"], outputs, reply)

    def run(self, code: str, cell: str | None = None, timeout: float = PATIENCE) -> Result:
        return self.wait(self.send(code, cell), timeout)

    def ok(self, code: str, cell: str | None = None) -> Result:
        """``run`` of a cell that must not fail."""
        result = self.run(code, cell)
        assert result.status == "ok", result.error
        return result

    def evaluate(self, expression: str) -> str:
        """A silent request, as the page makes them; the repr of the value."""
        result = self.wait(self.send("", silent=True, store_history=False, user_expressions={"x": expression}))
        assert result.outputs == []
        answer = result.reply["user_expressions"]["x"]
        assert answer["status"] == "ok", f"{answer['ename']}: {answer['evalue']}"
        return answer["data"]["text/plain"]

    def attach(self, arguments: str = "") -> str:
        return self.evaluate(f"{INSTALLED}.attach_json({arguments})")

    # ---- what was heard --------------------------------------------------------------

    @property
    def pushes(self) -> list[Push]:
        with self._heard.changed:
            return list(self._heard.pushes)

    @property
    def state(self) -> str:
        """What the page takes the kernel for: the last status it was told."""
        with self._heard.changed:
            return self._heard.states[-1]

    @property
    def comms(self) -> list[dict[str, Any]]:
        """Every comm message, ours and others'."""
        with self._heard.changed:
            return list(self._heard.comms)

    @property
    def story(self) -> Story:
        """All frames so far."""
        for push in self.pushes[self._told :]:
            self._told += 1
            self._story.add(push.frame)
        return self._story

    def wait_for(self, condition: Callable[[Story], Any], timeout: float = PATIENCE) -> Story:
        """Waits until the frames tell of something."""
        deadline = time.monotonic() + timeout
        while not condition(self.story):
            assert time.monotonic() < deadline, "the frames did not come to tell it"
            with self._heard.changed:
                self._heard.changed.wait(0.1)
        return self.story

    def settle(self, cell: str) -> Story:
        """Waits until everything about this cell's runs and the jobs so far has arrived.

        A cell can end before Spark's bus has told of its job: so wait until the bus is empty, and then for a line of our own.
        """
        mark = f"mark {time.monotonic()}"
        self.evaluate(MARK.format(line=json.dumps({"Event": "TestMark", "Name": mark})))
        self.wait_for(lambda story: any(event["Name"] == mark for event in story.events("TestMark")))
        return self.wait_for(lambda story: story.is_settled(cell))

    def displays(self, request: str) -> list[dict[str, Any]]:
        """What the first display of a cell has shown, oldest first: what changes it later may come in another cell's name."""
        with self._heard.changed:
            mine = next(
                content["transient"]["display_id"]
                for kind, content in self._heard.outputs[request]
                if kind == "display_data"
            )
            return [one["data"] for one in self._heard.displays if one["transient"]["display_id"] == mine]

    # ---- requests --------------------------------------------------------------------

    def request(self, op: str | None, timeout: float = 30, **content: Any) -> tuple[dict[str, Any], list[bytes]]:
        """A control request and its reply."""
        return self.request_raw({"v": 1, "op": op, **content}, timeout)

    def request_raw(self, content: Any, timeout: float = 30) -> tuple[dict[str, Any], list[bytes]]:
        message = self._client.session.msg("sparkglass_request", content)
        self._client.control_channel.send(message)
        while True:
            reply = self._client.control_channel.get_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                assert reply["msg_type"] == "sparkglass_reply"
                return reply["content"], [bytes(buffer) for buffer in reply["buffers"]]

    def send_garbage(self, content: str) -> None:
        """A request whose content is this text instead of an object."""
        self._client.control_channel.send(self._client.session.msg("sparkglass_request", content))  # type: ignore[arg-type]

    def send_comm(self, kind: str, content: dict[str, Any]) -> None:
        """A message of the comm protocol from the page."""
        self._client.shell_channel.send(self._client.session.msg(kind, content))
