"""`python -m tests.imageserver`: serve until stopped."""

from __future__ import annotations

import argparse
import os
import threading
import time

from .server import ImageServer


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.imageserver", description="An ArcGIS image server on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free port")
    parser.add_argument(
        "--parent", type=int, metavar="PID", help="exit when this process, which started the server, is gone"
    )
    arguments = parser.parse_args()
    server = ImageServer(arguments.port)
    if arguments.parent is not None:
        threading.Thread(target=_exit_without, args=(arguments.parent,), daemon=True).start()
    print(f"{server.origin}/arcgis/rest/services", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _exit_without(parent: int) -> None:
    # An orphan is given another parent.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    main()
