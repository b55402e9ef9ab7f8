"""The image server in a process of its own, and its controls, for tests, demo and benchmarks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from .wire import Record

_ROOT = Path(__file__).resolve().parents[2]


class ImageServerProcess:
    """The embedded image server; a context manager that starts it and ends it. Port 0 is any free one.

    Services, constants and faults: see `services.py`, `security.py` and `faults.py`.
    """

    def __init__(self, port: int = 0) -> None:
        self.url = ""
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        # Never through a proxy: the server is on loopback.
        self._opener = build_opener(ProxyHandler({}))

    def __enter__(self) -> ImageServerProcess:
        command = [sys.executable, "-m", "tests.imageserver", "--port", str(self._port), "--parent", str(os.getpid())]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"The image server ended with code {self._process.wait()}.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.stdout is not None:
            self._process.terminate()
            self._process.wait()
            self._process.stdout.close()

    @property
    def origin(self) -> str:
        """The address of the server without any path."""
        return self.url.split("/arcgis/")[0]

    def service(self, name: str) -> str:
        """The address of an image service, from its folder and name: `Olinda/Landsat`."""
        return f"{self.url}/{name}/ImageServer"

    def requests(self, path_contains: str = "", operation: str | None = None) -> list[Record]:
        """The requests since the last `clear`, in the order in which they came, control requests left out."""
        records = (Record(**record) for record in self._control("requests"))  # type: ignore[attr-defined]
        return [record for record in records if path_contains in record.path and operation in (None, record.operation)]

    def clear(self) -> None:
        """Forget the requests so far."""
        self._control("clear")

    def reset(self) -> None:
        """Forget requests, faults, patches, settings and issued tokens."""
        self._control("reset")

    def settings(self, latency: float = 0.0, line_speed: float | None = None, *, remembers: bool = False) -> None:
        """Wait `latency` seconds before each answer; send at most `line_speed` bytes a second over all connections.

        A server that `remembers` draws what it is asked for again only once, and takes next to no time of the processor
        then, as if it were another machine.
        """
        self._control("settings", latency=latency, line_speed=line_speed, remembers=remembers)

    def fault(
        self,
        kind: str,
        match: str = "exportImage",
        times: int | None = None,
        after: int = 0,
        every: int = 1,
        **arguments: object,
    ) -> None:
        """Let requests go wrong whose address or form holds `match`.

        Not the first `after` of them, then each `every`th, and so many `times` (None: always).

        Kinds and their arguments stand in `KINDS`.
        """
        self._control("fault", kind=kind, match=match, times=times, after=after, every=every, arguments=arguments)

    def release(self) -> None:
        """Let go what hangs, and forget the faults, not the requests so far."""
        self._control("release")

    def advance(self, seconds: float) -> None:
        """Let so much time pass for the tokens that were issued, at once."""
        self._control("advance", seconds=seconds)

    def patch(self, service: str, changes: Mapping[str, object], removed: Sequence[str] = ()) -> None:
        """Lay `changes` over the description of a service and take the keys `removed` out; pixels stay as they are."""
        self._control("patch", service=service, changes=dict(changes), removed=list(removed))

    def _control(self, action: str, **body: object) -> object:
        data = json.dumps(body).encode()
        try:
            with self._opener.open(f"{self.origin}/__control__/{action}", data=data, timeout=30) as response:
                return json.load(response)
        except HTTPError as error:
            with error:
                raise ValueError(" ".join(json.load(error)["error"]["details"])) from None
