"""Twenty layers, and a user who pans, zooms, styles, duplicates, removes, saves, opens, and reloads the plugin."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from qgis import utils
from qgis.core import (
    QgsApplication,
    QgsContrastEnhancement,
    QgsCoordinateTransform,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QApplication

from ...desktop.player import Steps
from ...desktop.profile import PACKAGE
from ...truth import NORTH_WEST, elevation, land_cover, mosaic
from ..inside import Session, StallWatch, click, pause, providers_alive, threads_and_timers
from ..scenes import SCENES, TIMEOUT, Array, Credentials, Scene, cells, drawn_by_server, look

_LAYERS_AT_MOST = 26
_LAYERS_AT_LEAST = 16
# More threads than this machine has cores, as users' machines have: more drawings at once.
_THREADS = 8
_RAW_PICTURE = {"renderingRule": {"rasterFunction": "None"}, "mosaicRule": {"mosaicMethod": "esriMosaicNorthwest"}}


def steps(session: Session) -> Steps:
    QgsApplication.setMaxThreads(_THREADS)
    user = _User(session)
    yield from user.add_all()
    yield from session.set_weather(is_bad=True)
    until = time.monotonic() + session.seconds
    actions: list[Callable[[], Steps]] = list(user.actions())
    weights = [_WEIGHTS[action.__name__] for action in actions]
    while time.monotonic() < until:
        (action,) = session.random.choices(actions, weights)
        user.stalls.begin(action.__name__)
        yield from action()
    session.figures |= {
        "longest stall": [round(user.stalls.longest, 3), user.stalls.during],
        "refused": user.refused,
        "pixels compared": user.pixels_seen,
    }
    yield from session.set_weather(is_bad=False)
    yield from nothing_is_left(session, user)
    yield from leave_while_it_draws(session, user)


def nothing_is_left(session: Session, user: _User) -> Steps:
    """Without layers there is no provider; without the plugin, no thread and no timer of it."""
    session.step("save and clear")
    assert QgsProject.instance().write(user.file), QgsProject.instance().error()
    QgsProject.instance().clear()
    yield from pause(5.0)
    session.figures["providers alive"] = providers_alive()
    assert utils.unloadPlugin(PACKAGE)
    yield from pause(3.0)
    session.figures["threads and timers left"] = threads_and_timers()
    utils.loadPlugin(PACKAGE)
    utils.startPlugin(PACKAGE)
    assert session.figures["providers alive"] == 0, f"{session.figures['providers alive']} providers are alive."
    assert not session.figures["threads and timers left"], session.figures["threads and timers left"]


def leave_while_it_draws(session: Session, user: _User) -> Steps:
    """Open the saved project again; QGIS is left while it draws, if any of what the user left there is in view."""
    yield from session.set_weather(is_bad=True)
    session.step("open to leave")
    QgsProject.instance().read(user.file)
    session.canvas.refreshAllLayers()
    until = time.monotonic() + 10
    yield lambda: session.canvas.isDrawing() or time.monotonic() > until


class _User:
    """What the user does; each action is a generator that waits as long as a user would."""

    def __init__(self, session: Session) -> None:
        self._session, self._canvas, self._random = session, session.canvas, session.random
        self._credentials = Credentials()
        self._truths: dict[str, Array] = {}
        self.file = str(session.files.folder / "soak.qgz")
        self.stalls = StallWatch(exempt=("", "add", "identify", "look"))
        self.refused = self.pixels_seen = 0

    def actions(self) -> Iterator[Callable[[], Steps]]:
        """Yield everything that the user does."""
        yield from (getattr(self, name) for name in _WEIGHTS)

    def add_all(self) -> Steps:
        """Make the layers of all scenes, while the weather is fine."""
        for scene in SCENES:
            layer = self._make(scene)
            layer.setCustomProperty("soak/truth", scene.truth)
            self._remember(scene, layer)
            yield from pause(0.05)
        QgsProject.instance().setCrs(self._layers()[0].crs())
        self._canvas.setExtent(self._layers()[0].extent())

    def pan(self) -> Steps:
        """Move the map by a part of the view."""
        extent = self._canvas.extent()
        along, up = (self._random.uniform(-0.5, 0.5) for _ in range(2))
        self._session.step("pan", along, up)
        extent.setXMinimum(extent.xMinimum() + along * extent.width())
        extent.setXMaximum(extent.xMaximum() + along * extent.width())
        extent.setYMinimum(extent.yMinimum() + up * extent.height())
        extent.setYMaximum(extent.yMaximum() + up * extent.height())
        self._canvas.setExtent(extent)
        self._canvas.refresh()
        yield from self._look_on()

    def zoom(self) -> Steps:
        """Turn the wheel a few times, faster than anything can be drawn."""
        times = self._random.randint(1, 6)
        factor = self._random.choice((0.5, 0.7, 1.5, 2.0))
        self._session.step("zoom", times, factor)
        for _ in range(times):
            self._canvas.zoomByFactor(factor)
            yield from pause(0.05)
        yield from self._look_on()

    def go_to_a_layer(self) -> Steps:
        """Zoom to a layer."""
        layer = self._any_layer()
        self._session.step("zoom to", layer.name())
        transform = QgsCoordinateTransform(layer.crs(), QgsProject.instance().crs(), QgsProject.instance())
        extent = transform.transformBoundingBox(layer.extent())
        extent.scale(self._random.uniform(0.05, 1.1))
        self._canvas.setExtent(extent)
        self._canvas.refresh()
        yield from self._look_on()

    def style(self) -> Steps:
        """Give a layer another renderer, contrast and opacity."""
        layer = self._any_layer()
        band = self._random.randint(1, layer.bandCount())
        self._session.step("style", layer.name(), band)
        renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), band)
        layer.setRenderer(renderer)
        # As the styling panel does: it asks for statistics, on the main thread.
        layer.setContrastEnhancement(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
            QgsRasterMinMaxOrigin.Limits.CumulativeCut,
        )
        layer.setOpacity(self._random.uniform(0.3, 1.0))
        layer.triggerRepaint()
        yield from self._look_on()

    def tick(self) -> Steps:
        """Show or hide a layer."""
        node = QgsProject.instance().layerTreeRoot().findLayer(self._any_layer().id())
        self._session.step("tick", node.name(), not node.itemVisibilityChecked())
        node.setItemVisibilityChecked(not node.itemVisibilityChecked())
        yield from self._look_on()

    def duplicate(self) -> Steps:
        """Duplicate the current layer by the menu."""
        if len(self._layers()) >= _LAYERS_AT_MOST:
            return
        layer = self._any_layer()
        self._session.step("duplicate", layer.name())
        self._session.iface.setActiveLayer(layer)
        click(self._session.iface.actionDuplicateLayer())
        yield from self._look_on()

    def remove(self) -> Steps:
        """Remove a layer while it is drawn."""
        if len(self._layers()) <= _LAYERS_AT_LEAST:
            return
        layer = self._any_layer()
        self._session.step("remove", layer.name())
        self._canvas.refreshAllLayers()
        yield from pause(self._random.uniform(0.05, 0.5))
        QgsProject.instance().removeMapLayer(layer.id())
        yield from self._look_on()

    def add(self) -> Steps:
        """Make one more layer by a script; the server may refuse it."""
        from image_server_layer import ImageServerLayerError

        if len(self._layers()) >= _LAYERS_AT_MOST:
            return
        scene = self._random.choice(SCENES)
        self._session.step("add", scene.name)
        try:
            layer = self._make(scene)
        except ImageServerLayerError as error:
            self.refused += 1
            self._session.step("refused", error.message)
        else:
            layer.setCustomProperty("soak/truth", scene.truth)
        yield from self._look_on()

    def identify(self) -> Steps:
        """Click on the map with the identify tool: all layers are asked, as the user wants to know."""
        self._session.step("identify")
        self._session.iface.setActiveLayer(self._any_layer())
        self._session.iface.actionIdentify().trigger()
        yield from pause(0.1)
        viewport = self._canvas.viewport()
        place = QPoint(
            self._random.randint(10, viewport.width() - 10), self._random.randint(10, viewport.height() - 10)
        )
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            button = Qt.MouseButton.LeftButton
            event = QMouseEvent(kind, QPointF(place), button, button, Qt.KeyboardModifier.NoModifier)
            QApplication.postEvent(viewport, event)
        yield from pause(0.1)
        self._session.iface.actionPan().trigger()
        yield from self._look_on()

    def look(self) -> Steps:
        """Read some cells by a script: they are right, or there are none."""
        known = [layer for layer in self._layers() if layer.customProperty("soak/truth") in self._truths]
        if not known:
            return
        layer = self._random.choice(known)
        truth = self._truths[layer.customProperty("soak/truth")]
        columns, rows = (self._random.randint(1, size) for size in (layer.width(), layer.height()))
        left, top = self._random.randint(0, layer.width() - columns), self._random.randint(0, layer.height() - rows)
        self._session.step("look", layer.name(), left, top, columns, rows)
        seen = look(layer, cells(layer, left, top, columns, rows), truth[:, top : top + rows, left : left + columns])
        assert seen.wrong == 0, f"{layer.name()}: {seen.wrong} of {seen.shown} pixels are wrong."
        self._session.step("saw", seen.shown)
        self.pixels_seen += seen.shown
        yield from pause(0.05)

    def refresh(self) -> Steps:
        """Draw everything anew."""
        self._session.step("refresh")
        self._canvas.refreshAllLayers()
        yield from self._look_on()

    def wait_for_the_map(self) -> Steps:
        """Wait until all is drawn, if it does not take too long."""
        self._session.step("wait")
        until = time.monotonic() + 8
        yield lambda: not self._canvas.isDrawing() or time.monotonic() > until

    def save(self) -> Steps:
        """Save the project, drawing or not."""
        self._session.step("save")
        assert QgsProject.instance().write(self.file), QgsProject.instance().error()
        yield from self._look_on()

    def open(self) -> Steps:
        """Open the project that was saved last, in mid-drawing."""
        if not self._canvas.isDrawing():
            self._canvas.refreshAllLayers()
            yield from pause(0.3)
        self._session.step("open")
        QgsProject.instance().setDirty(False)
        if QgsProject.instance().fileName():
            assert QgsProject.instance().read(self.file), QgsProject.instance().error()
            ours = [layer for layer in self._layers() if layer.providerType() != "imageserver" or not layer.isValid()]
            assert not ours, [(layer.name(), layer.providerType(), layer.isValid()) for layer in ours]
        yield from self._look_on()

    def reload_the_plugin(self) -> Steps:
        """Switch the plugin off and on again, while its layers are drawn."""
        self._session.step("reload")
        assert utils.unloadPlugin(PACKAGE)
        yield from pause(self._random.choice((0.0, 0.5)))
        assert utils.loadPlugin(PACKAGE)
        assert utils.startPlugin(PACKAGE)
        yield from self._look_on()

    def _look_on(self) -> Steps:
        """Wait as a user does: often not long enough."""
        yield from pause(self._random.choice((0.0, 0.1, 0.3, 1.0)))

    def _make(self, scene: Scene) -> QgsRasterLayer:
        from image_server_layer import make_image_server_layer

        self._session.step("make", scene.name)
        make = partial(make_image_server_layer, self._session.server.service(scene.service), scene.name)
        return make(authcfg=self._credentials.of(scene), timeout=TIMEOUT, **scene.arguments)

    def _layers(self) -> list[QgsRasterLayer]:
        """Return all layers, in an order that is the same in every run."""
        return sorted(QgsProject.instance().mapLayers().values(), key=lambda layer: (layer.name(), layer.id()))

    def _any_layer(self) -> QgsRasterLayer:
        return self._random.choice(self._layers())

    def _remember(self, scene: Scene, layer: QgsRasterLayer) -> None:
        """Keep what a layer must show, from the files that the server reads or from its own word."""
        known: dict[str, Callable[[], Any]] = {
            "landsat": lambda: mosaic(NORTH_WEST),
            "elevation": elevation,
            "land cover": land_cover,
            "landsat picture": lambda: drawn_by_server(
                self._session.server.service(scene.service), layer, 31985, _RAW_PICTURE
            ),
        }
        if scene.truth:
            self._truths[scene.truth] = np.asarray(known[scene.truth]())


_WEIGHTS = {
    "pan": 12,
    "zoom": 10,
    "go_to_a_layer": 6,
    "style": 6,
    "tick": 6,
    "duplicate": 6,
    "remove": 6,
    "add": 2,
    "identify": 2,
    "look": 4,
    "refresh": 3,
    "wait_for_the_map": 3,
    "save": 2,
    "open": 1,
    "reload_the_plugin": 1,
}
