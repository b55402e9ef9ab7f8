"""While the temporal controller plays, the next frames are fetched before they are shown: as the server sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsInterval,
    QgsRasterLayer,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.climate import months
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.editing import Window
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.tests.warmth import cold_of_the_plugin
from image_server_layer.ui.entry import frames_ahead
from image_server_layer.ui.preview.drawing import Drawing

CLIMATE = "Test/Climate"
STATE = QgsTemporalNavigationObject.AnimationState


class Player:
    """A canvas with a controller, whose frames are months of 1999; the clock is the test's."""

    def __init__(self, window: Window, layer: QgsRasterLayer, server: ImageServerProcess) -> None:
        self.window = window
        self.canvas, self.controller, self._server = window.iface.canvas, QgsTemporalNavigationObject(), server
        self.canvas.setTemporalController(self.controller)
        self.canvas.setDestinationCrs(layer.crs())
        self.canvas.setLayers([layer])
        self.canvas.resize(200, 150)
        self.canvas.setExtent(layer.extent())
        begin = QDateTime(QDate(1999, 1, 1), QTime(0, 0), Qt.TimeSpec.UTC)
        self.controller.setTemporalExtents(QgsDateTimeRange(begin, begin.addYears(1).addSecs(-1)))
        self.controller.setFrameDuration(QgsInterval(1, QgsUnitTypes.TemporalUnit.TemporalMonths))
        self.controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
        self.canvas.setRenderFlag(True)
        self.drawn()
        server.clear()

    def play(self, state: QgsTemporalNavigationObject.AnimationState = STATE.Forward) -> None:
        """Let it play: what the canvas shows now is the first frame."""
        self.controller.setAnimationState(state)
        self.canvas.refresh()

    def drawn(self) -> None:
        """Wait until nothing is drawn, for the canvas or ahead of it, and nothing has been asked for some time."""
        count = -1
        while count != len(self._server.requests()) or self._is_drawing():
            wait_until(lambda: not self._is_drawing())
            count = len(self._server.requests())
            let_pass(0.4)

    def _is_drawing(self) -> bool:
        return bool(self.canvas.isDrawing() or ahead(self).is_busy)

    def asked(self) -> list[int]:
        """Return the months whose pixels were asked for since, 1 for January."""
        self.drawn()
        found = []
        for request in self._server.requests(operation="exportImage"):
            parts = json.loads(request.query["mosaicRule"])["multidimensionalDefinition"]
            found += [months().index(part["values"][0]) + 1 for part in parts if part["dimensionName"] == "StdTime"]
        self._server.clear()
        return found


def ahead(player: Player) -> Drawing:
    """Return what draws the frames ahead."""
    (found,) = player.window.editing.frames_ahead.findChildren(Drawing)
    return found


@pytest.fixture
def layer(image_server: ImageServerProcess, window: Window) -> QgsRasterLayer:
    del window
    return make_image_server_layer(image_server.service(CLIMATE), "Climate")


@pytest.fixture
def player(window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess) -> Iterator[Player]:
    made = Player(window, layer, image_server)
    yield made
    made.controller.setAnimationState(STATE.Idle)
    made.canvas.setRenderFlag(False)


def test_frames_that_were_fetched_ahead_make_no_request(player: Player) -> None:
    player.play()
    assert player.asked() == [2, 3]
    for month in (4, 5, 6):
        player.controller.next()
        # The frame that is shown was there; only the one after the next is asked for.
        assert player.asked() == [month]
    assert cold_of_the_plugin() == []


def test_nothing_is_fetched_ahead_while_nothing_plays(player: Player) -> None:
    player.controller.next()
    assert player.asked() == [2]
    player.play()
    player.controller.setAnimationState(STATE.Idle)
    player.asked()
    player.controller.setCurrentFrameNumber(8)
    assert player.asked() == [9]


def test_it_plays_backward_and_around_the_end(player: Player) -> None:
    player.controller.setCurrentFrameNumber(5)
    player.asked()
    player.play(STATE.Reverse)
    assert player.asked() == [5, 4]
    player.controller.setAnimationState(STATE.Idle)
    player.controller.setCurrentFrameNumber(11)
    player.asked()
    player.play()
    assert player.asked() == []
    player.controller.setLooping(True)
    player.canvas.zoomByFactor(0.5)
    # QGIS counts a frame more, in which there is nothing.
    assert player.controller.totalFrameCount() == 13
    assert player.asked() == [12, 1]


def test_a_projected_and_turned_map_is_fetched_as_it_will_be_drawn(player: Player) -> None:
    player.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    player.canvas.setRotation(20)
    player.asked()
    player.play()
    assert set(player.asked()) == {2, 3}
    player.controller.next()
    assert 2 not in player.asked()


def test_another_view_and_a_pause_end_what_is_under_way(player: Player, image_server: ImageServerProcess) -> None:
    image_server.fault("hang")
    player.play()
    wait_until(lambda: image_server.requests(operation="exportImage"))
    player.controller.setAnimationState(STATE.Idle)
    wait_until(lambda: not ahead(player).is_busy, SOON)
    image_server.release()
    # One was under way; the other never was.
    assert player.asked() == [2]
    image_server.fault("hang")
    player.play()
    wait_until(lambda: ahead(player).is_busy)
    player.canvas.zoomByFactor(0.5)
    assert not ahead(player).is_busy
    image_server.release()


def test_what_would_not_fit_into_the_store_is_not_fetched(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames_ahead, "_MOST", 1000)
    player.play()
    assert player.asked() == []


def test_layers_without_times_are_left_alone(player: Player, image_server: ImageServerProcess) -> None:
    other = make_image_server_layer(image_server.service("Olinda/Elevation"), "Heights")
    player.canvas.setLayers([other])
    player.drawn()
    image_server.clear()
    player.play()
    player.controller.next()
    player.drawn()
    assert image_server.requests(operation="exportImage") == []
