"""A push gateway on loopback for one test; it can refuse, redirect and stay silent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class PushServer:
    """Keeps what it accepts; the first answers may be other status codes."""

    answers: list[int] = field(default_factory=list)
    pushes: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    asked: int = 0
    #: Set: no answer is given before `awake`.
    silent: bool = False
    awake: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def take(self, path: str, body: bytes) -> int:
        """Return the status code for one request."""
        self.asked += 1
        if self.silent:
            self.awake.wait(30)
        if self.answers:
            return self.answers.pop(0)
        self.paths.append(path)
        self.pushes.append(json.loads(body))
        return 200


@contextmanager
def running_push_server() -> Iterator[PushServer]:
    """Yield a gateway that listens."""
    state = PushServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's name
            status = state.take(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", state.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_arguments: object) -> None:
            """A client that went away is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/push/send?app=1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        state.awake.set()
        server.shutdown()
        thread.join()
        server.server_close()
