"""A server that answers some requests as a hostile one would, and hands the others on to the embedded image server.

It runs in a process of its own, so that it takes no time of the one under attack, and is told what to do on its
standard input: one line of JSON for each command, answered by one line.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import sys
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.trust.hostile_answers import Asked, every_answer

_ANSWERS = dict(every_answer())


@dataclass
class _Plan:
    """Which requests are answered how: those whose decoded target or body holds `match`, each `every`-th of them."""

    answer: str = ""
    match: str = ""
    every: int = 1
    met: int = 0


class _Server:
    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream).netloc
        self._lock = threading.Lock()
        self._plan = _Plan()
        self._seen: list[dict[str, Any]] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.listen()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def refuse(self) -> None:
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def command(self, given: dict[str, Any]) -> Any:
        if given["do"] == "refuse":
            self.refuse()
        elif given["do"] == "plan":
            with self._lock:
                self._plan = _Plan(given["answer"], given["match"], given["every"])
                self._seen.clear()
            if self._listener is None:
                self.listen()
        elif given["do"] == "seen":
            with self._lock:
                return list(self._seen)
        return None

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            request = self._read(connection)
            if request is None:
                return
            method, target, headers, body = request
            answer = self._planned(unquote(f"{target}\n{body.decode('latin-1')}"))
            with self._lock:
                self._seen.append({"method": method, "target": target, "headers": headers, "answer": answer})
            right_head, right_body = self._right(method, target, headers, body)
            if not answer:
                connection.sendall(right_head + right_body)
                return
            _ANSWERS[answer](connection, Asked(target, self.origin, right_head, right_body))

    def _planned(self, text: str) -> str:
        with self._lock:
            if not self._plan.answer or self._plan.match not in text:
                return ""
            self._plan.met += 1
            return self._plan.answer if self._plan.met % self._plan.every == 0 else ""

    @staticmethod
    def _read(connection: socket.socket) -> tuple[str, str, dict[str, str], bytes] | None:
        connection.settimeout(20)
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return None
            data += piece
        top, _, body = data.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        while len(body) < int(headers.get("content-length", 0)):
            body += connection.recv(65536)
        return method, target, headers, body

    def _right(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[bytes, bytes]:
        upstream = http.client.HTTPConnection(self._upstream, timeout=30)
        passed_on = {name: value for name, value in headers.items() if name in ("content-type", "x-esri-authorization")}
        upstream.request(method, target, body or None, passed_on)
        response = upstream.getresponse()
        content = response.read()
        upstream.close()
        kind = response.getheader("Content-Type", "application/json")
        lines = [f"HTTP/1.1 {response.status} {response.reason}", f"Content-Type: {kind}", "Connection: close"]
        lines.append(f"Content-Length: {len(content)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1"), content


if __name__ == "__main__":
    server = _Server(sys.argv[1])
    sys.stdout.write(f"{server.origin}\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(server.command(json.loads(line))) + "\n")
        sys.stdout.flush()
