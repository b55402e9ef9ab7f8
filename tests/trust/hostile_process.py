"""The hostile server in its process, and what it is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from image_server_layer.tests import children

_ROOT = Path(__file__).resolve().parents[2]


class HostileServer:
    """The server in its process; a context manager. `url` is that of its services directory."""

    def __init__(self, upstream: str) -> None:
        self._upstream = upstream
        self._process: subprocess.Popen[str] | None = None
        self.origin = ""

    def __enter__(self) -> HostileServer:
        command = [sys.executable, "-m", "tests.trust.hostile_server", self._upstream]
        self._process = children.start(
            command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._process.stdout is not None
        self.origin = self._process.stdout.readline().strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.stdin is not None and self._process.stdout is not None:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()

    def service(self, name: str) -> str:
        """Return the address of an image service of the embedded server, through this one."""
        return f"{self.origin}/arcgis/rest/services/{name}/ImageServer"

    def answer(self, name: str, match: str = "", every: int = 1) -> None:
        """Answer from now on each `every`-th request that holds `match` in this way; without a name, none."""
        self._command(do="plan", answer=name, match=match, every=every)

    def refuse(self) -> None:
        """Refuse connections until `answer` is called."""
        self._command(do="refuse")

    def seen(self) -> list[dict[str, Any]]:
        """Return method, target, headers and kind of answer of each request since `answer` was called."""
        found: list[dict[str, Any]] = self._command(do="seen")
        return found

    def _command(self, **given: object) -> Any:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(given) + "\n")
        return json.loads(self._process.stdout.readline())
