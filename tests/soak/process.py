"""One QGIS that plays a part, and the watch over it: does its main thread live, and how much memory does it hold?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import children
from ..desktop.loopback import LOOPBACK_ONLY
from ..desktop.profile import make_profile
from ..memory import resident
from .files import Files

ROOT = Path(__file__).absolute().parents[2]
#: A main thread that does nothing for so long hangs; what a script asks of a bad server may take a while.
HANGS_AFTER = 90.0
_STACK_SECONDS = 60


@dataclass
class Outcome:
    """How a part went: what went wrong, what was measured inside, and the memory in MB, second by second.

    `requests` counts the server's in bad weather, and those of them that were to go wrong.
    """

    problems: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    requests: tuple[int, int] = (0, 0)


def play(part: str, options: Mapping[str, Any], screen: Mapping[str, str], output: Path, seconds_max: float) -> Outcome:
    """Start QGIS with a part and wait for its end; kill it when it hangs.

    Args:
        part: a module in `parts/`.
        options: of `inside.play`.
        screen: environment variables of the screen.
        output: the folder for logs, pictures and stacks.
        seconds_max: after which QGIS is ended, alive or not.
    """
    files = Files(Path(options["folder"]))
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder, (output / f"{part}.log").open("w", encoding="utf-8") as log:
        listen = _script(Path(folder) / "listen.py", f"listen({str(files.folder)!r})")
        start = _script(Path(folder) / "play.py", f"play({part!r}, {dict(options)!r})")
        command = ["qgis", *make_profile(Path(folder), ROOT, settings=LOOPBACK_ONLY), "--code", start]
        environment = {**os.environ, **screen, "PYQGIS_STARTUP": listen}
        qgis = children.start(command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _watch(qgis, files, outcome, output / f"{part}.stacks", seconds_max)
        finally:
            if qgis.poll() is None:
                os.killpg(qgis.pid, signal.SIGKILL)
                qgis.wait()
    outcome.problems += _what_qgis_says(files, part)
    if qgis.returncode:
        outcome.problems.append(f"{part}: QGIS ended with code {qgis.returncode}; {output / part}.log may say why.")
        if files.threads.exists():
            shutil.copy(files.threads, output / f"{part}.threads")
    if files.figures.exists():
        outcome.figures = json.loads(files.figures.read_text(encoding="utf-8"))
    return outcome


def _watch(qgis: subprocess.Popen[bytes], files: Files, outcome: Outcome, stacks: Path, seconds_max: float) -> None:
    began = time.monotonic()
    while True:
        try:
            qgis.wait(1)
            return
        except subprocess.TimeoutExpired:
            outcome.memory.append(resident(qgis.pid))
        beat = files.heartbeat.stat().st_mtime if files.heartbeat.exists() else time.time()
        silent, lasted = time.time() - beat, time.monotonic() - began
        if silent > HANGS_AFTER or lasted > seconds_max:
            why = f"its main thread did nothing for {silent:.0f} s" if silent > HANGS_AFTER else "it came to no end"
            outcome.problems.append(f"QGIS was killed after {lasted:.0f} s, as {why}; see {stacks}.")
            _write_stacks(qgis.pid, files, stacks)
            return


def _write_stacks(pid: int, files: Files, stacks: Path) -> None:
    """Write what all threads are doing: in Python's words, and natively where there is a debugger."""
    os.kill(pid, signal.SIGUSR1)
    time.sleep(1)
    native = b"There is no gdb to tell more."
    if shutil.which("gdb"):
        command = ["gdb", "-p", str(pid), "-batch", "-ex", "thread apply all bt 40"]
        try:
            native = children.run(command, capture_output=True, check=False, timeout=_STACK_SECONDS).stdout
        except subprocess.TimeoutExpired:
            native = b"gdb did not come to an end."
    stacks.write_bytes(files.threads.read_bytes() + b"\n\n" + native)


def _what_qgis_says(files: Files, part: str) -> list[str]:
    if not files.problems.exists():
        return [f"{part}: QGIS did not start."]
    text = files.problems.read_text(encoding="utf-8").strip()
    return [f"{part}: {text}"] if text else []


def _script(file: Path, call: str) -> str:
    """Write a script for QGIS that calls a function of `inside.py`; return its path."""
    text = f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.soak import inside\ninside.{call}\n"
    file.write_text(text, encoding="utf-8")
    return str(file)
