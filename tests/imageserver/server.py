"""The HTTP side: connections, the log, latency and line speed, faults, and the control of them all."""

from __future__ import annotations

import json
import logging
import socket
import struct
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from osgeo import gdal, osr

from . import faults
from .errors import ServiceError
from .routes import Site, respond
from .wire import Line, Log, Request, Response, json_response, parse_request

CONTROL = "/__control__/"

_CHUNK = 16 * 1024
# Such bodies are not put together with their heads.
_LARGE = 2**20

_logger = logging.getLogger(__name__)


class ImageServer(ThreadingHTTPServer):
    """Serves the image services of `services.py` on loopback; port 0 takes a free one."""

    daemon_threads = True
    # GDAL and QGIS open many connections at once; the default backlog of 5 would refuse some.
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        # For the process that serves: importing the modules leaves GDAL as it is.
        gdal.UseExceptions()
        osr.UseExceptions()
        self.log = Log()
        self.line = Line()
        self.faults = faults.Faults()
        self.site = Site()
        self.remembers = False
        # What was drawn while the server did remember, by the address that was asked.
        self.drawn: dict[str, Response] = {}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def control(self, action: str, body: dict[str, Any]) -> object:
        """Carry out a control request (see `process.py`); its answer is a JSON value."""
        if action == "requests":
            return self.log.settled()
        if action == "settings":
            self.line.latency, self.line.speed = body["latency"], body["line_speed"]
            self.remembers = body["remembers"]
        elif action == "fault":
            self.faults.add(**body)
        elif action == "advance":
            self.site.tokens.advance(**body)
        elif action == "patch":
            self.site.patch(**body)
        elif action == "release":
            self.faults.clear()
        elif action in ("clear", "reset"):
            if action == "reset":
                # Nobody waits for what the last test put on it.
                self.line.end()
                self.line, self.remembers = Line(), False
                self.faults.clear()
                self.site.clear()
            self.log.settled()
            self.log.clear()
        else:
            raise ServiceError(400, f"There is no control '{action}'.")
        return {}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong in a thread; a client that goes away is no error of the server."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ImageServer

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        # Blanks around a value are no part of it (RFC 9110); QGIS sends one after a token.
        headers = {name.lower(): value.strip() for name, value in self.headers.items()}
        origin = f"http://{headers.get('host', self.server.origin)}"
        if self.path.startswith(CONTROL):
            self._write(self._control(body), 1.0)
            return
        self._serve(parse_request(self.command, self.path, headers, body, origin))

    do_POST = do_GET  # noqa: N815 - the name is BaseHTTPRequestHandler's

    def _control(self, body: str) -> Response:
        try:
            return json_response(self.server.control(self.path[len(CONTROL) :], json.loads(body or "{}")))
        except ServiceError as error:
            return Response(json.dumps(error.to_json()).encode(), status=400)

    def _serve(self, request: Request) -> None:
        record = self.server.log.add(request)
        released = self.server.faults.released
        time.sleep(self.server.line.latency)
        fault = self.server.faults.take(request)
        if fault and fault.kind == "hang":
            released.wait(fault.arguments["seconds"])
        response = faults.answer(fault, request) if fault else None
        if fault and fault.kind == "drop":
            self.close_connection = True
            return
        response = response or self._answer(request, fault)
        if fault and fault.kind == "drip":
            # Not for the log to wait for.
            self._drip(response, fault, released)
            return
        fraction = fault.arguments["fraction"] if fault and fault.kind in ("truncate", "reset") else 1.0
        self.server.log.writing()
        surplus = fault.arguments["difference"] if fault and fault.kind == "length" else 0
        sent = 0
        try:
            sent = self._write(response, fraction, surplus)
        finally:
            self.server.log.written(record, response.status, sent)
        if fault and fault.kind == "reset":
            self._tear_down()

    def _tear_down(self) -> None:
        """Tear the connection down, so that the client gets RST and not the end of a stream."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _drip(self, response: Response, fault: faults.Fault, released: threading.Event) -> None:
        """Send a response in small pieces, until all is sent, nobody listens, or the faults are cleared."""
        self.close_connection = True
        self.wfile.write(self._head(response))
        size = fault.arguments["size"]
        for start in range(0, len(response.body), size):
            self.wfile.write(response.body[start : start + size])
            if released.wait(fault.arguments["seconds"]):
                return

    def _answer(self, request: Request, fault: faults.Fault | None) -> Response:
        if not self.server.remembers or fault is not None or request.operation != "exportImage":
            return self._made(request, fault)
        drawn = self.server.drawn
        if request.target not in drawn:
            drawn[request.target] = self._made(request, fault)
        return drawn[request.target]

    def _made(self, request: Request, fault: faults.Fault | None) -> Response:
        try:
            return respond(request, self.server.site, fault)
        except Exception:
            _logger.exception("%s %s", request.method, request.target)
            return json_response({"error": {"code": 500, "message": "Error performing operation", "details": []}})

    def _head(self, response: Response, surplus: int = 0) -> bytes:
        # ArcGIS has statuses of its own, such as 498.
        known = response.status in HTTPStatus._value2member_map_
        head = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase if known else 'Error'}"]
        head += [f"Content-Type: {response.content_type}", f"Content-Length: {len(response.body) + surplus}"]
        head += [f"{name}: {value}" for name, value in response.headers.items()]
        return "\r\n".join([*head, "", ""]).encode("latin-1")

    def _write(self, response: Response, fraction: float, surplus: int = 0) -> int:
        """Send a response, or only that fraction of its body and then close the connection; returns the bytes sent.

        `surplus` is how many bytes more the header promises.
        """
        if fraction < 1.0 or surplus:
            self.close_connection = True
        body = response.body[: int(len(response.body) * fraction)]
        head = self._head(response, surplus)
        if self.path.startswith(CONTROL) or self.server.line.speed is None:
            if len(body) > _LARGE:
                # Not copied.
                self.wfile.write(head)
                self.wfile.write(body)
            else:
                self.wfile.write(head + body)
            return len(head) + len(body)
        data = memoryview(head + body)
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            self.server.line.wait_for(len(chunk))
            self.wfile.write(chunk)
        return len(data)

    def log_message(self, *_: object) -> None:
        """The log is `log`, not the console."""
