"""`make run`: open QGIS on the screen, with the plugin of this checkout, the embedded image server and a project.

    python -m tests.desktop.run PORT PROJECT

The profile in `build/profile` is kept from run to run; the user's own is never touched.
"""

from __future__ import annotations

import socket
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from .. import children
from ..imageserver.process import ImageServerProcess
from .profile import make_profile

PROFILE = Path(__file__).absolute().parents[2] / "build" / "profile"


def main() -> int:
    """Run QGIS until it is closed; return its exit code."""
    port, project = int(sys.argv[1]), Path(sys.argv[2])
    command = ["qgis", *make_profile(PROFILE)]
    if project.exists():
        command.append(str(project))
    else:
        print(f"There is no {project}; `make demo` makes it.")
    server: AbstractContextManager[object] = nullcontext() if _is_taken(port) else ImageServerProcess(port)
    with server:
        print(f"Image services to try: http://127.0.0.1:{port}/arcgis/rest/services", flush=True)
        return children.run(command, check=False).returncode


def _is_taken(port: int) -> bool:
    """Whether something listens at a port already, as `make server` does."""
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
