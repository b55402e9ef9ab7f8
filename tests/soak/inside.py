"""Play a part inside the real QGIS, step by step, and keep a log of the steps that can be replayed.

A part is a module in `parts/` with a function `steps`, for `player.py` of `tests/desktop`.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import random
import signal
import sys
import threading
import time
from collections.abc import Collection
from importlib import import_module
from pathlib import Path
from typing import Any

from qgis import utils
from qgis.core import Qgis, QgsProject, QgsRasterDataProvider
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt, QThread, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication

from ..desktop.player import Player, Report, Steps
from ..desktop.profile import PACKAGE
from ..desktop.stage import python_errors
from ..imageserver.process import ImageServerProcess
from ..memory import in_use
from .files import Files

PATIENCE = 120.0
"""Seconds to wait for a condition."""


class Session:
    """What a part works with.

    Attributes:
        iface: QGIS.
        server: the image server.
        random: where every choice comes from; the same seed makes the same choices.
        seconds: how long the part is to go on.
        short: how much of a whole run this is, up to 1.
        figures: what is measured, for the driver.
        counts: how often each step was taken.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        self.iface = utils.iface
        self.canvas = utils.iface.mapCanvas()
        self.files = Files(Path(options["folder"]))
        self.output = Path(options["output"])
        self.server = ImageServerProcess()
        self.server.url = options["server"]
        self.random = random.Random(options["seed"])  # noqa: S311 - repeatable, not secret
        self.seconds: float = options["seconds"]
        self.share: float = options["share"]
        self.figures: dict[str, Any] = {"release": Qgis.QGIS_VERSION.partition("-")[0]}
        self.counts: dict[str, int] = {}
        self._began = time.monotonic()
        self._log = Path(options["log"]).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as QGIS

    def step(self, name: str, *details: object) -> None:
        """Note what is done next: after a crash, the last line of the log says what it was."""
        self.counts[name] = self.counts.get(name, 0) + 1
        words = " ".join(map(str, details))
        self._log.write(f"{time.monotonic() - self._began:.2f} {name} {words}\n")
        self._log.flush()
        if sum(self.counts.values()) % 20 == 0:
            self.figures.setdefault("memory", []).append(memory_in_use())
            # In case that QGIS does not live to the end.
            self.write_figures()

    def set_weather(self, is_bad: bool) -> Steps:
        """Make the server slow and faulty, or not; wait until it is."""
        if is_bad:
            self.files.bad_weather.touch()
        else:
            self.files.bad_weather.unlink(missing_ok=True)
        yield from pause(1.0)

    def idle(self) -> Steps:
        """Wait until the canvas neither draws nor is about to."""
        yield from pause(0.3)
        yield lambda: not self.canvas.isDrawing()

    def write_figures(self) -> None:
        """Leave what was measured so far to the driver."""
        self.figures["counts"] = self.counts
        self.files.figures.write_text(json.dumps(self.figures), encoding="utf-8")


def pause(seconds: float) -> Steps:
    """Wait."""
    until = time.monotonic() + seconds
    yield lambda: time.monotonic() >= until


def click(action: QAction) -> None:
    """Let QGIS' event loop trigger an action, as a menu does.

    PyQt would keep Python's lock while QGIS waits for a thread that draws, and needs the lock.
    """
    QMetaObject.invokeMethod(action, "trigger", Qt.ConnectionType.QueuedConnection)


def memory_in_use() -> tuple[float, float, int]:
    """Return how much of the heap is in use and how much the store of views holds, in MB, and Python's small objects.

    The three lie beside each other: views have memory of their own, and Python has its own for what is small.
    """
    session = sys.modules.get(f"{PACKAGE}.plugin.provider.session")
    views = 0 if session is None else session.READER.views.size
    return in_use(), views / 2**20, sys.getallocatedblocks()


def providers_alive() -> int:
    """Return how many of the plugin's data providers there are."""
    gc.collect()
    found = [thing for thing in gc.get_objects() if isinstance(thing, QgsRasterDataProvider)]
    return sum(_is_ours(thing) and not sip.isdeleted(thing) for thing in found)


def threads_and_timers() -> list[str]:
    """Return the threads of Python, the running QThreads made in Python, and the plugin's timers that are active."""
    gc.collect()
    # "Dummy" is what Python calls threads that others have made: QGIS' own pool, which draws.
    names = [thread.name for thread in threading.enumerate() if not thread.name.startswith(("Main", "Dummy"))]
    for thing in gc.get_objects():
        if isinstance(thing, QThread) and not sip.isdeleted(thing) and thing.isRunning():
            names.append(type(thing).__qualname__)
        elif isinstance(thing, QTimer) and not sip.isdeleted(thing) and thing.isActive() and _belongs_to_us(thing):
            names.append(f"timer of {type(thing.parent()).__qualname__}")
    return sorted(names)


def _is_ours(thing: object) -> bool:
    return type(thing).__module__.startswith(f"{PACKAGE}.plugin") or type(thing).__module__.startswith(f"{PACKAGE}.ui")


def _belongs_to_us(timer: QTimer) -> bool:
    """Whether a timer is an object of the plugin's, or lies in one."""
    thing: QObject | None = timer
    while thing is not None and not _is_ours(thing):
        thing = thing.parent()
    return thing is not None


class _Player(Player):
    """Plays a part and leaves QGIS; tells the driver that the main thread is alive."""

    def __init__(self, steps: Steps, session: Session, report: Report) -> None:
        super().__init__(steps, report, PATIENCE)
        self._session = session

    def go_on(self) -> None:
        self._session.files.heartbeat.touch()
        super().go_on()

    def leave(self) -> None:
        """Leave QGIS as it is, drawing or not."""
        self._steps.close()
        self._session.write_figures()
        self._report.add(*python_errors())
        while QApplication.activeModalWidget() is not None:
            QApplication.activeModalWidget().close()
        QgsProject.instance().setDirty(False)
        self._session.step("leave")
        click(utils.iface.actionExit())


class StallWatch(QObject):
    """Measures the longest time in which the event loop does not come round; what is exempt waits on purpose."""

    def __init__(self, exempt: Collection[str] = ()) -> None:
        super().__init__()
        self.longest, self.during = 0.0, ""
        self._exempt = exempt
        self._doing, self._last = "", time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(5)

    def begin(self, doing: str) -> None:
        """Say what is done next; what was before is measured up to here."""
        self._tick()
        self._doing = doing

    def _tick(self) -> None:
        now = time.perf_counter()
        gap, self._last = now - self._last, now
        if gap > self.longest and self._doing not in self._exempt:
            self.longest, self.during = gap, self._doing


class _Kept:
    """What must outlive the calls of QGIS below."""

    report: Report
    player: _Player
    threads: Any


def listen(folder: str) -> None:
    """Note what QGIS would show of exceptions from now on, and what its threads do at a crash; called at the start."""
    files = Files(Path(folder))
    _Kept.threads = files.threads.open("w", encoding="utf-8")
    faulthandler.enable(_Kept.threads)
    faulthandler.register(signal.SIGUSR1, _Kept.threads)
    _Kept.report = Report(files.problems, "part")
    utils.showException = _Kept.report.exception


def play(part: str, options: dict[str, Any]) -> None:
    """Play a part; called by QGIS when it is ready."""
    session = Session(options)
    steps = import_module(f"{__package__}.parts.{part}").steps(session)
    _Kept.player = _Player(steps, session, _Kept.report)
