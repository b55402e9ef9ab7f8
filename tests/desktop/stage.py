"""Play a scenario inside the real QGIS: click, wait, look, and tell the driver (`python -m tests.desktop`) what failed.

A scenario is a module in `scenarios/` with a function `steps`, a generator: it yields a condition to wait for, such as
`lambda: len(QgsProject.instance().mapLayers()) == 2`, while QGIS' event loop runs on.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator, Mapping
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np
from qgis import utils
from qgis.core import QgsProject, QgsRectangle
from qgis.gui import QgisInterface, QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QPlainTextEdit, QTabWidget, QWidget

from ..imageserver.process import ImageServerProcess
from .screen import SIZE

Condition = Callable[[], object]
Steps = Generator[Condition, None, Any]

PATIENCE = 20.0
"""Seconds to wait for a condition."""
NOT_FINISHED = "The scenario did not come to its end."


class Stage:
    """What a scenario works with: QGIS, the embedded image server, and a folder for what it makes."""

    def __init__(self, iface: QgisInterface, server: ImageServerProcess, folder: Path) -> None:
        self.iface, self.server, self.folder = iface, server, folder
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self.canvas: QgsMapCanvas = iface.mapCanvas()
        # Drawing ahead of the user is cancelled when the view changes; see `draw`.
        self.canvas.setPreviewJobsEnabled(False)

    def draw(self, extent: QgsRectangle | None = None) -> Steps:
        """Draw all layers anew, at another extent if one is given, and wait for it.

        Never while QGIS still draws: it would cancel the requests of its ArcGIS provider, and one that is cancelled at
        the wrong moment keeps a thread for ever; after two of them a machine with two cores draws no more.
        """
        yield self._is_idle
        if extent is not None:
            self.canvas.setExtent(extent)
        drawn: list[bool] = []
        self.canvas.mapCanvasRefreshed.connect(lambda: drawn.append(True))
        self.canvas.refreshAllLayers()
        yield lambda: drawn and self._is_idle()

    def _is_idle(self) -> bool:
        """Whether the canvas neither draws nor is about to, which it puts off when its size has changed."""
        return not self.canvas.isDrawing() and not any(timer.isActive() for timer in self.canvas.findChildren(QTimer))

    def pixels(self) -> np.ndarray:
        """Return the map that the canvas shows, as rows × columns × (red, green, blue), without what lies over it."""
        over = [item for item in self.canvas.scene().items() if isinstance(item, QgsRubberBand) and item.isVisible()]
        for item in over:
            item.hide()
        image = self.canvas.viewport().grab().toImage()
        for item in over:
            item.show()
        return rgb(image)

    def exported(self, service: str, parameters: Mapping[str, object]) -> bytes:
        """Return what the server answers to a request for an image of a service."""
        url = f"{self.server.service(service)}/exportImage?{urlencode({'f': 'image', **parameters})}"
        with urlopen(url) as answer:  # noqa: S310 - an address of our own
            return bytes(answer.read())

    def photograph(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of a widget; without one, of the whole window."""
        (widget or self.iface.mainWindow()).grab().save(str(self.folder / f"{name}.png"))

    def photograph_screen(self, name: str) -> None:
        """Save a picture of all windows, as they lie on each other."""
        QApplication.primaryScreen().grabWindow(0).save(str(self.folder / f"{name}.png"))


def rgb(image: QImage) -> np.ndarray:
    """Return an image as rows × columns × (red, green, blue)."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3]


class _Report:
    """The file for the driver: what went wrong so far, empty when nothing did."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._problems = [NOT_FINISHED]
        self._write()

    def exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, *_: object, **__: object
    ) -> None:
        """Note an exception; takes the place of QGIS' `showException`, which opens a dialog."""
        self.add("".join(traceback.format_exception(kind, error, trace)))

    def add(self, *problems: str) -> None:
        """Note problems."""
        self._problems += problems
        self._write()

    def finish(self) -> None:
        """Note that the scenario has come to its end."""
        self._problems.remove(NOT_FINISHED)
        self._write()

    def _write(self) -> None:
        self._file.write_text("\n".join(self._problems), encoding="utf-8")


class _Player(QObject):
    """Takes a scenario from condition to condition, then leaves QGIS."""

    def __init__(self, steps: Steps, report: _Report) -> None:
        super().__init__()
        self._steps, self._report = steps, report
        self._condition: Condition = _window_is_ready
        self._deadline = time.monotonic() + PATIENCE
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._go_on)
        self._clock.start(50)

    def _go_on(self) -> None:
        self._clock.stop()
        try:
            if self._condition():
                self._condition = next(self._steps)
                self._deadline = time.monotonic() + PATIENCE
            elif time.monotonic() > self._deadline:
                self._steps.throw(TimeoutError(f"Nothing came of it for {PATIENCE:.0f} s."))
        except StopIteration:
            self._report.finish()
            self._leave()
        except BaseException as error:
            self._report.exception(type(error), error, error.__traceback__)
            self._leave()
        else:
            self._clock.start()

    def _leave(self) -> None:
        while QApplication.activeModalWidget() is not None:
            QApplication.activeModalWidget().close()
        self._report.add(*python_errors())
        canvas = utils.iface.mapCanvas()
        # Leaving while the canvas draws can hang QGIS 3.40 and 3.44.
        canvas.setRenderFlag(False)
        canvas.stopRendering()
        canvas.waitWhileRendering()
        QgsProject.instance().clear()
        utils.iface.actionExit().trigger()


def _window_is_ready() -> bool:
    window = utils.iface.mainWindow()
    if not window.isVisible():
        return False
    window.setGeometry(0, 0, *SIZE)
    return not utils.iface.mapCanvas().isDrawing()


def log() -> dict[str, str]:
    """Return what stands in QGIS' message log since it started, by tab."""
    tabs = utils.iface.mainWindow().findChild(QDockWidget, "MessageLog").findChild(QTabWidget)
    texts = (tabs.widget(number).findChild(QPlainTextEdit) for number in range(tabs.count()))
    return {tabs.tabText(number): text.toPlainText() for number, text in enumerate(texts) if text is not None}


def python_errors() -> list[str]:
    """Return what the message log says of errors and warnings in Python code."""
    return [text for tab, text in log().items() if "Traceback" in text or tab.startswith("Python")]


class _Session:
    """What must outlive the calls of QGIS below."""

    report: _Report
    player: _Player


def listen(report: str) -> None:
    """Note every exception that QGIS would show from now on; called by QGIS before it loads plugins."""
    _Session.report = _Report(Path(report))
    utils.showException = _Session.report.exception


def play(scenario: str, server_url: str, folder: str) -> None:
    """Play a scenario; called by QGIS when it is ready."""
    server = ImageServerProcess()
    server.url = server_url
    stage = Stage(utils.iface, server, Path(folder))
    _Session.player = _Player(_steps(scenario, stage), _Session.report)


def _steps(scenario: str, stage: Stage) -> Steps:
    """Play a scenario; if it fails, leave a picture of what QGIS shows then."""
    try:
        yield from import_module(f"{__package__}.scenarios.{scenario}").steps(stage)
    except BaseException:
        stage.photograph(f"{scenario}_failed", QApplication.activeWindow())
        raise
