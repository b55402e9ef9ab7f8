"""A virtual screen for programs that want a display where there is none."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from .. import children

SIZE = (1600, 1000)


@contextmanager
def virtual_screen(scale: int = 1) -> Iterator[dict[str, str]]:
    """Run an X server without a display; yields the environment variables that make Qt use it, pixel by pixel.

    With a `scale`, there are so many pixels of the screen to one of Qt's, in each direction.

    Raises:
        RuntimeError: the X server does not start.
    """
    width, height = (side * scale for side in SIZE)
    reading, writing = os.pipe()
    # The server itself takes the first display that is free, and tells which.
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = children.start(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError(f"The virtual screen (Xvfb) ended with code {server.wait()}.")
        yield {
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR_ROUNDING_POLICY": "Round",
            "QT_SCALE_FACTOR": str(scale),
        }
    finally:
        server.terminate()
        server.wait()
