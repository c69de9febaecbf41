"""A scripted OpenAI-compatible server on 127.0.0.1: the one part of a test that is not real.

    with ModelServer(["Prose.\n```python\nprint(1)\n```\n"]) as server:
        provider = open_provider(Settings(model="scripted", base_url=server.base_url))
        ...
        assert server.requests[0].body["model"] == "scripted"

A reply is a text (streamed in pieces, with usage at the end), a `Fault`, or a function that takes the request's body
and returns one of these. Replies are used in order, one for each chat request; `replies` may also be a single text,
fault or function that answers every request. A request beyond the script is refused with 400.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, final

Body = dict[str, Any]
Where = Literal["", "start", "headers", "middle", "end"]


@dataclass(frozen=True)
class Fault:
    """A reply that is not plain text; what is not set is as in a proper reply.

    `body` is sent whole instead of a stream: a dict as JSON, a text as an HTML page. `stall` and `reset` name the
    place: before the headers (start), right after them (headers), in the middle of the text, or after its last piece
    (end). A stall lasts until the client goes or the server is closed.
    """

    text: str = ""
    status: int = 200
    body: Body | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    stall: Where = ""
    reset: Where = ""
    finish: str | None = "stop"
    usage: bool = True
    done: bool = True
    thought: str = ""
    thought_field: str = "reasoning_content"
    error: Body | None = None
    """An error object in the middle of the stream."""
    empty_choices: bool = False
    """Chunks with `choices: []` between the others, as Azure sends them."""
    null_content: bool = False
    """Chunks with `content: null` between the others."""
    whole: bool = False
    """One JSON completion although a stream was asked for."""
    raw: tuple[str, ...] = ()
    """Lines sent in place of the stream, as they are."""


Reply = str | Fault | Callable[[Body], "str | Fault"]


def refusal(
    status: int, message: str = "no", *, code: str | None = None, kind: str | None = None, **headers: str
) -> Fault:
    """An error answer in OpenAI's form; headers are named with underscores (`Retry_After="1"`)."""
    error = {"message": message, "type": kind, "code": code, "param": None}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(status=status, body={"error": error}, headers=named)


def only_knows(name: str, text: str, *, status: int = 400) -> Callable[[Body], str | Fault]:
    """A server that knows one of max_tokens and max_completion_tokens, and refuses the other by name."""
    other = ({"max_tokens", "max_completion_tokens"} - {name}).pop()

    def answer(body: Body) -> str | Fault:
        if other in body:
            return refusal(status, f"Unsupported parameter: '{other}' is not supported with this model.")
        return text

    return answer


def does_not_know(name: str, text: str, *, status: int = 400) -> Callable[[Body], str | Fault]:
    """A server that refuses a field (`stream_options`) by name and answers without it."""

    def answer(body: Body) -> str | Fault:
        return refusal(status, f"Unrecognized request argument supplied: {name}") if name in body else text

    return answer


@dataclass(frozen=True)
class Recorded:
    """A request as it came in; header names are in lower case, `at` is `time.monotonic()`."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Body
    at: float


@final
class ModelServer:
    """The server; `requests` holds the chat requests alone, `others` everything else."""

    def __init__(
        self,
        replies: Reply | Iterable[Reply] = (),
        *,
        piece: int = 12,
        delay: float = 0.0,
        models: Iterable[str] = ("scripted",),
    ) -> None:
        self._always = replies if isinstance(replies, str | Fault) or callable(replies) else None
        self._script = [] if self._always is not None else list(replies)
        self.piece, self.delay, self.models = piece, delay, tuple(models)
        self.requests: list[Recorded] = []
        self.others: list[Recorded] = []
        self.left = threading.Event()
        """Set when a client went away before its reply was over."""
        self.asked = threading.Event()
        """Set when the first chat request is there."""
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = _Listener(self)

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def say(self, *replies: Reply) -> None:
        """Add replies to the end of the script."""
        with self._lock:
            self._script.extend(replies)

    def next_reply(self, request: Recorded) -> str | Fault:
        with self._lock:
            self.requests.append(request)
            self.asked.set()
            reply = self._always
            if reply is None:
                reply = self._script.pop(0) if self._script else refusal(400, "The script of this test is over.")
        return reply(request.body) if callable(reply) else reply

    def __enter__(self) -> ModelServer:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="model-server")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class _Listener(http.server.ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, script: ModelServer) -> None:
        self.script = script
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def hang_up(self) -> None:
        for connection in tuple(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is part of the game."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def do_GET(self) -> None:
        script = self.server.script
        script.others.append(self._record({}))
        if self.path in ("/models", "/v1/models"):
            self._send_whole(
                200, {"object": "list", "data": [{"id": name, "object": "model"} for name in script.models]}
            )
        else:
            self._send_whole(404, {"error": {"message": f"no {self.path}"}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        request = self._record(body)
        if not self.path.split("?")[0].endswith("/chat/completions"):
            self.server.script.others.append(request)
            self._send_whole(404, {"error": {"message": f"no {self.path}"}})
            return
        reply = self.server.script.next_reply(request)
        try:
            self._answer(Fault(text=reply) if isinstance(reply, str) else reply, body)
        except OSError:
            self.close_connection = True
            self.server.script.left.set()

    def _record(self, body: Body) -> Recorded:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Recorded(self.command, self.path, headers, body, time.monotonic())

    def _answer(self, fault: Fault, body: Body) -> None:
        time.sleep(fault.wait)
        if self._trouble(fault, "start"):
            return
        if fault.body is not None:
            self._send_whole(fault.status, fault.body, fault.headers)
        elif fault.whole or not body.get("stream"):
            self._send_whole(fault.status, self._completion(fault, body), fault.headers)
        else:
            self._send_stream(fault, body)

    def _send_whole(self, status: int, content: Body | str, headers: Mapping[str, str] | None = None) -> None:
        page = isinstance(content, str)
        payload = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html" if page else "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def _send_stream(self, fault: Fault, body: Body) -> None:
        self.send_response(fault.status)
        for name, value in fault.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.flush()
        if self._trouble(fault, "headers"):
            return
        lines = list(fault.raw or self._lines(fault, body))
        for index, line in enumerate(lines):
            if index == len(lines) // 2 and self._trouble(fault, "middle"):
                return
            self._send_chunk(line)
            if self.server.script.delay:
                time.sleep(self.server.script.delay)
        if not self._trouble(fault, "end"):
            self.wfile.write(b"0\r\n\r\n")

    def _send_chunk(self, line: str) -> None:
        payload = f"{line}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(payload), payload))
        self.wfile.flush()
        self.connection.setblocking(False)
        try:
            if self.connection.recv(1, socket.MSG_PEEK) == b"":
                raise ConnectionResetError
        except BlockingIOError:
            pass
        finally:
            self.connection.setblocking(True)

    def _lines(self, fault: Fault, body: Body) -> Iterator[str]:
        deltas: list[Body] = [{"role": "assistant", "content": ""}]
        deltas += [{fault.thought_field: piece} for piece in self._cut(fault.thought)]
        for piece in self._cut(fault.text):
            deltas.append({"content": piece})
            deltas += [{"role": "assistant", "content": None}] if fault.null_content else []
        middle = len(deltas) // 2
        for index, delta in enumerate(deltas):
            if fault.empty_choices:
                yield self._line(body, [])
            if fault.error is not None and index == middle:
                yield f"data: {json.dumps({'error': fault.error})}"
            yield self._line(body, [{"index": 0, "delta": delta, "finish_reason": None}])
        if fault.finish is not None:
            yield self._line(body, [{"index": 0, "delta": {}, "finish_reason": fault.finish}])
        if fault.usage and (body.get("stream_options") or {}).get("include_usage"):
            yield self._line(body, [], usage=self._usage(fault, body))
        if fault.done:
            yield "data: [DONE]"

    def _cut(self, text: str) -> list[str]:
        size = self.server.script.piece
        return [text[start : start + size] for start in range(0, len(text), size)]

    def _line(self, body: Body, choices: list[Body], **more: Any) -> str:
        chunk = {"id": "chat-1", "object": "chat.completion.chunk", "created": 0, "model": body.get("model", "")}
        return f"data: {json.dumps({**chunk, 'choices': choices, **more})}"

    def _usage(self, fault: Fault, body: Body) -> Body:
        sent, received = len(json.dumps(body.get("messages", ""))) // 4, (len(fault.text) + len(fault.thought)) // 4
        return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}

    def _completion(self, fault: Fault, body: Body) -> Body:
        choice = {"index": 0, "message": {"role": "assistant", "content": fault.text}, "finish_reason": fault.finish}
        usage = {"usage": self._usage(fault, body)} if fault.usage else {}
        return {"id": "chat-1", "object": "chat.completion", "created": 0, "choices": [choice], **usage}

    def _trouble(self, fault: Fault, place: Where) -> bool:
        if fault.stall == place and place:
            self._wait_for_the_end()
        elif fault.reset == place and place:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            return False
        self.close_connection = True
        return True

    def _wait_for_the_end(self) -> None:
        while not self.server.script.closing.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.02)
            if readable and self.connection.recv(1) == b"":
                raise ConnectionResetError
