"""Play a scenario inside the real QGIS: click, wait, look, and tell the driver (`python -m tests.desktop`) what failed.

A scenario is a module in `scenarios/` with a function `steps`, for `player.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np
from qgis import utils
from qgis.core import QgsProject, QgsRectangle
from qgis.gui import QgisInterface, QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QPlainTextEdit, QTabWidget, QWidget

from ..imageserver.process import ImageServerProcess
from .player import Player, Report, Steps

PATIENCE = 20.0
"""Seconds to wait for a condition."""


class Stage:
    """What a scenario works with: QGIS, the embedded image server, and a folder for what it makes."""

    def __init__(self, iface: QgisInterface, server: ImageServerProcess, folder: Path) -> None:
        self.iface, self.server, self.folder = iface, server, folder
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self.canvas: QgsMapCanvas = iface.mapCanvas()
        # Drawing ahead of the user is canceled when the view changes; see `draw`.
        self.canvas.setPreviewJobsEnabled(False)

    def draw(self, extent: QgsRectangle | None = None) -> Steps:
        """Draw all layers anew, at another extent if one is given, and wait for it.

        Never while QGIS still draws: it would cancel the requests of its ArcGIS provider, and one that is canceled at
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


class _Player(Player):
    """Plays a scenario, then leaves QGIS at rest."""

    def leave(self) -> None:
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

    report: Report
    player: _Player


def listen(report: str) -> None:
    """Note every exception that QGIS would show from now on; called by QGIS before it loads plugins."""
    _Session.report = Report(Path(report), "scenario")
    utils.showException = _Session.report.exception


def play(scenario: str, server_url: str, folder: str) -> None:
    """Play a scenario; called by QGIS when it is ready."""
    server = ImageServerProcess()
    server.url = server_url
    stage = Stage(utils.iface, server, Path(folder))
    _Session.player = _Player(_steps(scenario, stage), _Session.report, PATIENCE)


def _steps(scenario: str, stage: Stage) -> Steps:
    """Play a scenario; if it fails, leave a picture of what QGIS shows then."""
    try:
        yield from import_module(f"{__package__}.scenarios.{scenario}").steps(stage)
    except BaseException:
        stage.photograph(f"{scenario}_failed", QApplication.activeWindow())
        raise
