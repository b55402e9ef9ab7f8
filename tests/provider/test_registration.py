"""The provider in QGIS' registry: over reloads of the plugin, and for sources that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from qgis.core import Qgis, QgsApplication, QgsProviderRegistry, QgsRasterLayer

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.provider import registration
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.provider.raster_provider import KEY, ImageServerProvider
from image_server_layer.tests.provider.drawing import drawn
from image_server_layer.tests.provider.sources import layer_of, source_of

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def test_qgis_knows_the_provider_once_whatever_starts_and_stops() -> None:
    for _ in range(3):
        registration.stop()
        registration.start()
    assert QgsProviderRegistry.instance().providerList().count(KEY) == 1


def test_a_layer_opens_without_a_request(image_server: ImageServerProcess) -> None:
    for kind in Kind:
        layer = layer_of(image_server, "Olinda/Landsat", kind)
        assert layer.isValid()
        assert layer.providerType() == KEY
        assert isinstance(layer.dataProvider(), ImageServerProvider)
        assert layer.dataProvider().source.kind is kind
        copy = layer.clone()
        assert copy.isValid()
        layer.htmlMetadata()
        layer.setOpacity(0.5)
    assert image_server.requests() == []


def test_the_layer_is_what_the_source_says(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    assert layer.crs().authid() == "EPSG:31985"
    assert (layer.width(), layer.height(), layer.bandCount()) == (349, 352, 6)
    assert layer.bandName(4) == "Band 4: NearInfrared_1"
    assert layer.extent().toString(6) == layer.dataProvider().extent().toString(6)
    assert layer.dataProvider().dataType(1) == Qgis.DataType.Byte
    assert not layer.dataProvider().is_elevation


def test_a_crs_that_is_wkt_only_is_kept(image_server: ImageServerProcess) -> None:
    from qgis.core import QgsCoordinateReferenceSystem

    crs = QgsCoordinateReferenceSystem()
    crs.createFromProj("+proj=tmerc +lat_0=3 +lon_0=-35.5 +k=0.9 +x_0=7 +ellps=GRS80 +units=m")
    layer = layer_of(image_server, "Olinda/Landsat", crs=crs.toWkt())
    assert layer.isValid()
    assert layer.crs().authid() == ""
    assert "+lat_0=3 +lon_0=-35.5 +k=0.9 +x_0=7" in layer.crs().toProj()


def test_after_unloading_new_layers_say_why_and_old_ones_draw(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    source = layer.dataProvider().source
    registration.stop()
    said: list[str] = []
    log = QgsApplication.messageLog()

    def record(message: str, _tag: str, _level: Qgis.MessageLevel) -> None:
        said.append(message)

    log.messageReceived.connect(record)
    dead = make_layer(source, "dead")
    log.messageReceived.disconnect(record)
    assert not dead.isValid()
    assert "switched off" in said[0]
    pixels, errors = drawn(layer)
    assert errors == []
    assert (pixels[3] == 255).all()
    registration.start()
    assert make_layer(source, "alive").isValid()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/etc/passwd",
        "\\\\server\\share\\file.tif",
        "url=http://example.com",
        "<VRTDataset ",
        "<VRTDataset rasterXSize='1' rasterYSize='1'><Metadata domain='image_server_layer'></Metadata></VRTDataset>",
        "\0\ud800é",
    ],
)
def test_a_source_that_cannot_be_used_makes_an_invalid_layer_with_a_sentence(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    layer = QgsRasterLayer(text, "broken", KEY)
    assert not layer.isValid()
    provider = layer.dataProvider()
    if provider is not None:
        assert provider.lastError()
        assert provider.bandCount() == 0
        assert provider.block(1, provider.extent(), 10, 10).width() == 0
        assert provider.identify(provider.extent().center(), 1).results() == {}
        assert provider.clone().isValid() is False


def test_a_source_cut_anywhere_is_never_an_exception(image_server: ImageServerProcess) -> None:
    text = source_of(image_server, "Olinda/Landsat", Kind.PICTURE).text()
    for length in range(0, text.index("</MDI></Metadata>"), 37):
        assert not QgsRasterLayer(text[:length], "cut", KEY).isValid()
    assert image_server.requests() == []


def test_a_source_of_a_later_version_says_so(image_server: ImageServerProcess) -> None:
    text = source_of(image_server, "Olinda/Landsat").text()
    later = text.replace("<MDI key='version'>1<", "<MDI key='version'>99<")
    assert later != text
    layer = QgsRasterLayer(later, "later", KEY)
    assert not layer.isValid()
    assert "has version 99" in layer.error().summary()


def test_the_parts_of_a_source_are_known_to_qgis(image_server: ImageServerProcess) -> None:
    text = source_of(image_server, "Olinda/Landsat").text()
    registry = QgsProviderRegistry.instance()
    parts = registry.decodeUri(KEY, text)
    assert parts["url"] == image_server.service("Olinda/Landsat")
    assert registry.encodeUri(KEY, parts) == text
    assert registry.decodeUri(KEY, "/etc/passwd") == {}


def test_the_information_panel_says_what_the_layer_is(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", service_name="<b>Bold & Co</b>")
    html = layer.htmlMetadata()
    assert "&lt;b&gt;Bold &amp; Co&lt;/b&gt;" in html
    assert "pixel values" in html
    assert html.index("pixel values") < html.index("Band count")
