"""Statistics, histogram and cut: from what is known where QGIS asks, from pixels where a script does."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.request import ProxyHandler, build_opener

import numpy as np
import pytest
from qgis.core import QgsContrastEnhancement, QgsRasterBandStats, QgsRasterLayer, QgsRasterMinMaxOrigin, QgsRectangle
from qgis.gui import QgsRasterHistogramWidget

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind, SourceBand
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.tests.provider.sources import layer_of, source_of
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, elevation, landsat_extent, mosaic
from image_server_layer.tests.ui.waiting import delete

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ALL = QgsRasterBandStats.All


@pytest.fixture
def bare(image_server: ImageServerProcess) -> QgsRasterLayer:
    """Return a layer of a service that tells no statistics."""
    source = source_of(image_server, "Olinda/Landsat", bands=tuple(SourceBand(f"b{n}") for n in range(6)))
    return make_layer(source, "bare")


def as_qgis(layer: QgsRasterLayer) -> SimpleNamespace:
    """Return the methods of the provider that QGIS calls."""
    return SimpleNamespace(**layer.dataProvider().__dict__)


def test_the_services_statistics_need_no_pixel(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    facts = layer.dataProvider().source.bands[3]
    for ask in (layer.dataProvider(), as_qgis(layer)):
        found = ask.bandStatistics(4, ALL, QgsRectangle(), 0, None)
        assert (found.minimumValue, found.maximumValue) == (facts.minimum, facts.maximum)
        assert (found.mean, found.stdDev) == (facts.mean, facts.standard_deviation)
    assert layer.dataProvider().hasStatistics(4)
    assert image_server.requests() == []


def test_a_script_gets_true_statistics_where_the_service_tells_none(
    image_server: ImageServerProcess, bare: QgsRasterLayer
) -> None:
    found = bare.dataProvider().bandStatistics(3)
    band = mosaic(NORTH_WEST)[2].astype(float)
    assert (found.minimumValue, found.maximumValue, found.elementCount) == (band.min(), band.max(), band.size)
    assert found.mean == pytest.approx(band.mean())
    assert found.stdDev == pytest.approx(band.std(ddof=1), rel=1e-3)
    assert len(image_server.requests(operation="exportImage")) >= 1


def test_a_script_gets_the_statistics_of_a_part(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    box = QgsRectangle(*landsat_extent(10, 20, 30, 40))
    found = layer.dataProvider().bandStatistics(1, ALL, box)
    band = mosaic(NORTH_WEST)[0, 20:60, 10:40]
    assert (found.minimumValue, found.maximumValue) == (band.min(), band.max())


def test_qgis_gets_an_answer_on_the_main_thread_without_a_request(
    image_server: ImageServerProcess, bare: QgsRasterLayer
) -> None:
    asked = as_qgis(bare)
    found = asked.bandStatistics(1, ALL, QgsRectangle(), 250000, None)
    assert (found.minimumValue, found.maximumValue) == (0, 255)
    assert bare.dataProvider().hasStatistics(1) is False
    assert image_server.requests() == []
    qgis_pixels(bare)
    image_server.clear()
    found = asked.bandStatistics(1, ALL, QgsRectangle(), 250000, None)
    band = mosaic(NORTH_WEST)[0].astype(float)
    assert (found.minimumValue, found.maximumValue, found.elementCount) == (band.min(), band.max(), band.size)
    assert found.mean == pytest.approx(band.mean())
    assert found.stdDev == pytest.approx(band.std(ddof=1))
    low, high = asked.cumulativeCut(1, 0.02, 0.98, QgsRectangle(), 250000)
    assert (low, high) == tuple(np.quantile(band, [0.02, 0.98]))
    part = QgsRectangle(*landsat_extent(10, 20, 30, 40))
    found = asked.bandStatistics(1, ALL, part, 250000, None)
    assert (found.minimumValue, found.maximumValue) == (band[20:60, 10:40].min(), band[20:60, 10:40].max())
    assert image_server.requests() == []


def test_a_script_gets_a_true_cut_and_histogram(bare: QgsRasterLayer) -> None:
    band = mosaic(NORTH_WEST)[1].astype(float)
    low, high = bare.dataProvider().cumulativeCut(2, 0.02, 0.98)
    assert low == pytest.approx(np.quantile(band, 0.02), abs=2)
    assert high == pytest.approx(np.quantile(band, 0.98), abs=2)
    histogram = bare.dataProvider().histogram(2, 256)
    truth, _ = np.histogram(band, 256, (histogram.minimum, histogram.maximum))
    assert histogram.nonNullCount == band.size
    assert histogram.histogramVector == truth.tolist()


@pytest.mark.parametrize("service", ["Olinda/Landsat", "Olinda/Elevation"])
def test_layer_properties_show_a_histogram_when_they_are_told_to(
    image_server: ImageServerProcess, service: str
) -> None:
    layer = layer_of(image_server, service)
    widget = QgsRasterHistogramWidget(layer, None)
    assert not widget.computeHistogram(False)
    assert image_server.requests() == []
    assert widget.computeHistogram(True)
    assert widget.computeHistogram(False)
    delete(widget)


def test_no_data_does_not_count(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Elevation")
    qgis_pixels(layer)
    image_server.clear()
    truth = elevation()[0][elevation()[0] != -9999]
    whole = QgsRectangle(layer.extent())
    whole.scale(0.999999)
    found = as_qgis(layer).bandStatistics(1, ALL, whole, 0, None)
    assert (found.minimumValue, found.elementCount) == (truth.min(), truth.size)
    assert image_server.requests() == []


def test_a_picture_is_shown_unstretched(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", Kind.PICTURE)
    renderer = layer.renderer()
    assert renderer.type() == "multibandcolor"
    assert [renderer.redBand(), renderer.greenBand(), renderer.blueBand(), renderer.alphaBand()] == [1, 2, 3, 4]
    assert (
        renderer.redContrastEnhancement() is None
        or renderer.redContrastEnhancement().contrastEnhancementAlgorithm() == 0
    )


def test_classes_come_with_colors_and_a_table(image_server: ImageServerProcess) -> None:
    from image_server_layer.plugin.service.attribute_table import AttributeTableRow

    classes = (AttributeTableRow(11, "Water", (10, 20, 200)), AttributeTableRow(42, "Forest", (0, 90, 0)))
    layer = layer_of(image_server, "PuertoRico/LandCover", classes=classes)
    provider = layer.dataProvider()
    assert [(item.value, item.label, item.color.getRgb()[:3]) for item in provider.colorTable(1)] == [
        (11, "Water", (10, 20, 200)),
        (42, "Forest", (0, 90, 0)),
    ]
    assert layer.renderer().type() == "paletted"
    assert {entry.value: entry.label for entry in layer.renderer().classes()} == {11: "Water", 42: "Forest"}
    if hasattr(provider, "attributeTable"):
        table = provider.attributeTable(1)
        assert table.isValid()[0] if isinstance(table.isValid(), tuple) else table.isValid()
        assert [row[:2] for row in table.data()] == [[11, "Water"], [42, "Forest"]]
    assert image_server.requests() == []


def test_the_attribute_table_is_whole_and_saved_with_the_layer(image_server: ImageServerProcess) -> None:
    made = make_image_server_layer(image_server.service("PuertoRico/LandCover"), add_to_project=False)
    opened = QgsRasterLayer(made.source(), "again", "imageserver")
    served = json_of(image_server.service("PuertoRico/LandCover") + "/rasterAttributeTable")
    rows = [feature["attributes"] for feature in served["features"]]
    columns = list(rows[0])
    source = opened.dataProvider().source
    assert [dict(row.attributes) for row in source.classes] == rows
    if not hasattr(opened.dataProvider(), "attributeTable"):
        return
    table = opened.dataProvider().attributeTable(1)
    names = [field.name for field in table.fields()]
    others = [name for name in columns if name.lower() not in ("value", "class", "red", "green", "blue")]
    assert names == ["Value", "Class", "Red", "Green", "Blue", "Alpha", *others]
    assert table.isValid()[0]
    assert [row[6:] for row in table.data()] == [[row[name] for name in others] for row in rows]


def json_of(url: str) -> dict[str, Any]:
    with build_opener(ProxyHandler({})).open(f"{url}?f=json") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def test_qgis_own_stretch_asks_for_nothing(image_server: ImageServerProcess, bare: QgsRasterLayer) -> None:
    enhancement = QgsContrastEnhancement.StretchToMinimumMaximum
    for limits in (QgsRasterMinMaxOrigin.MinMax, QgsRasterMinMaxOrigin.CumulativeCut, QgsRasterMinMaxOrigin.StdDev):
        bare.setContrastEnhancement(enhancement, limits)
        assert bare.renderer().redContrastEnhancement().minimumValue() >= -1000
    assert image_server.requests() == []
    qgis_pixels(bare)
    image_server.clear()
    bare.setContrastEnhancement(enhancement, QgsRasterMinMaxOrigin.MinMax)
    stretch = bare.renderer().redContrastEnhancement()
    red = mosaic(NORTH_WEST)[bare.renderer().redBand() - 1]
    assert (stretch.minimumValue(), stretch.maximumValue()) == (red.min(), red.max())
    assert image_server.requests() == []
