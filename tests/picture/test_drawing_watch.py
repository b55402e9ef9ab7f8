"""Pictures that stay empty although QGIS reports nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from qgis.core import QgsNetworkAccessManager, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

import image_server_layer
from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.drawing_watch import DrawingWatch
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.picture.drawing import drawn, process_events

pytestmark = pytest.mark.usefixtures("plugin")


class Told:
    """A drawing watch and what it tells."""

    def __init__(self, project: QgsProject) -> None:
        self.failed: list[tuple[str, str]] = []
        self.recovered: list[str] = []
        self.watch = DrawingWatch(project)
        self.watch.failed.connect(lambda layer_id, text: self.failed.append((layer_id, text)))
        self.watch.recovered.connect(self.recovered.append)
        self.watch.start()


@pytest.fixture
def told(project: QgsProject) -> Iterator[Told]:
    told = Told(project)
    yield told
    told.watch.stop()


@pytest.fixture
def layer(image_server: ImageServerProcess) -> QgsRasterLayer:
    url = image_server.service("Olinda/Landsat")
    return make_image_server_layer(url, "Coast", band_index="4;3;2", provider="arcgismapserver")


@pytest.fixture
def draw(layer: QgsRasterLayer) -> Callable[[], list[str]]:
    """Draw an ever smaller part of the layer, as QGIS may have cached the last one; return QGIS' own errors."""
    extent = QgsRectangle(layer.extent())

    def draw() -> list[str]:
        extent.scale(0.9)
        _, errors = drawn(layer, extent, (200, 200))
        process_events()
        return errors

    return draw


def test_a_layer_that_draws_is_not_spoken_of(told: Told, draw: Callable[[], list[str]]) -> None:
    assert draw() == []
    assert (told.failed, told.recovered) == ([], [])


def test_a_web_page_in_place_of_an_image_is_told_once_until_it_draws_again(
    told: Told, layer: QgsRasterLayer, draw: Callable[[], list[str]], image_server: ImageServerProcess
) -> None:
    image_server.fault("html")
    assert [draw(), draw()] == [[], []], "QGIS has learnt to report it; the watch is no longer needed"
    sentence = "The layer “Coast” draws nothing: the server sends a web page, not an image; you may have to sign in."
    assert told.failed == [(layer.id(), sentence)]
    image_server.reset()
    draw()
    assert told.recovered == [layer.id()]
    image_server.fault("html")
    draw()
    assert told.failed == [(layer.id(), sentence)] * 2


def test_drawing_the_same_view_again_asks_the_server_again(
    told: Told, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    image_server.fault("html", times=1)
    drawn(layer, size=(200, 200))
    process_events()
    pixels, _ = drawn(layer, size=(200, 200))
    process_events()
    assert pixels[3].any()
    assert (len(told.failed), told.recovered) == (1, [layer.id()])


def test_what_qgis_reports_itself_is_not_told_twice(
    told: Told, draw: Callable[[], list[str]], image_server: ImageServerProcess
) -> None:
    for fault in ("json_error", "status", "drop"):
        image_server.reset()
        image_server.fault(fault)
        assert draw() != [], fault
    assert told.failed == []


def test_a_plugin_that_takes_the_options_away_is_named(
    told: Told, image_server: ImageServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drop_fragment(request: QNetworkRequest) -> str:
        request.setUrl(request.url().adjusted(QUrl.UrlFormattingOption.RemoveFragment))
        return ""

    # Whoever registers first comes first.
    image_server_layer.stop()
    other = QgsNetworkAccessManager.setRequestPreprocessor(drop_fragment)
    image_server_layer.start()
    module = "image_server_layer.plugin.layer.drawing_watch"
    monkeypatch.setattr(f"{module}.plugins_that_rewrite_requests", lambda: ["URL Tidy"])
    try:
        url = image_server.service("Olinda/Landsat")
        layer = make_image_server_layer(url, "Coast", band_index="4;3;2", provider="arcgismapserver")
        drawn(layer, size=(200, 200))
        process_events()
    finally:
        QgsNetworkAccessManager.removeRequestPreprocessor(other)
    assert told.failed == [
        (
            layer.id(),
            (
                "The layer “Coast” draws nothing: another plugin (“URL Tidy”) takes the options out of its requests; "
                "switch that plugin off and on again."
            ),
        )
    ]


def test_a_layer_that_is_gone_is_forgotten(
    told: Told,
    layer: QgsRasterLayer,
    draw: Callable[[], list[str]],
    project: QgsProject,
    image_server: ImageServerProcess,
) -> None:
    image_server.fault("html")
    draw()
    project.removeMapLayer(layer.id())
    image_server.reset()
    url = image_server.service("Olinda/Landsat")
    drawn(make_image_server_layer(url, band_index="4;3;2", provider="arcgismapserver"), size=(150, 150))
    process_events()
    assert told.recovered == []
