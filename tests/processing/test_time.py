"""The parameter TIME, wherever pixels or rasters are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsProject, QgsRasterLayer, QgsVectorLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.arcgis_arguments import time as read_time
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.times import milliseconds
from image_server_layer.tests.processing.running import EXPORT, MAKE, RASTERS, SAMPLE, ZONAL, run
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from pathlib import Path

    from image_server_layer.tests.imageserver.process import ImageServerProcess

MONTHLY = "Test/Monthly"
MARCH = f"{milliseconds(2020, 3)},{milliseconds(2020, 4) - 1}"


def shapes(layer: QgsRasterLayer, kind: str) -> QgsVectorLayer:
    """Return a layer with the middle of a raster layer: a point, or a square around it."""
    made = QgsVectorLayer(f"{kind}?crs={layer.crs().authid()}", kind, "memory")
    feature, middle = QgsFeature(), QgsGeometry.fromPointXY(layer.extent().center())
    feature.setGeometry(middle if kind == "Point" else middle.buffer(100, 2))
    made.dataProvider().addFeatures([feature])
    return made


def fields(outputs: dict[str, Any]) -> list[list[Any]]:
    return [feature.attributes() for feature in outputs["OUTPUT"].getFeatures()]


def test_a_layer_is_made_of_a_time(image_server: ImageServerProcess) -> None:
    outputs = run(MAKE, IN_IMAGE_SERVICE=image_server.service(MONTHLY), TIME="2020-03")
    layer = outputs["OUTPUT"]
    assert set(qgis_pixels(layer).flat) == {3}
    assert options_of(layer) == LayerOptions(time=read_time("2020-03"))


@pytest.mark.parametrize(("value", "expected"), [(True, True), (False, False), (None, False)])
def test_a_layer_shows_the_nearest_date(image_server: ImageServerProcess, value: bool | None, expected: bool) -> None:
    outputs = run(MAKE, IN_IMAGE_SERVICE=image_server.service(MONTHLY), NEAREST_DATE=value)
    assert options_of(outputs["OUTPUT"]) == LayerOptions(nearest_date=expected)


def test_a_time_that_is_none_is_one_sentence(image_server: ImageServerProcess) -> None:
    with pytest.raises(QgsProcessingException, match=r"has nothing of 2030; its times, in UTC, reach from 2020-01-01"):
        run(MAKE, IN_IMAGE_SERVICE=image_server.service(MONTHLY), TIME="2030")


def test_samples_statistics_and_tables_are_of_the_time(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), add_to_project=False)
    QgsProject.instance().addMapLayer(layer)
    image_server.clear()
    for given in ({"INPUT": layer}, {"IN_IMAGE_SERVICE": image_server.service(MONTHLY)}):
        (row,) = fields(run(SAMPLE, **given, POINTS=shapes(layer, "Point"), TIME="2020-03", OUTPUT="memory:"))
        assert row[-2:] == [3, "value"]
    (row,) = fields(run(ZONAL, INPUT=layer, ZONES=shapes(layer, "Polygon"), TIME="2020-03", OUTPUT="memory:"))
    assert 3.0 in row
    assert run(RASTERS, INPUT=layer, TIME="2020-03", OUTPUT="memory:")["COUNT"] == 1
    asked = {
        request.operation: request.query.get("time")
        or dict(part.split("=") for part in request.body.split("&") if part)
        for request in image_server.requests()
        if request.operation
    }
    assert {"getSamples", "computeStatisticsHistograms", "query"} <= set(asked)
    assert set(map(str, asked.values())) == {MARCH}
    QgsProject.instance().clear()


def test_an_export_is_of_the_time(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "march.tif")
    run(EXPORT, IN_IMAGE_SERVICE=image_server.service(MONTHLY), TIME="2020-03", OUTPUT=path)
    assert set(qgis_pixels(QgsRasterLayer(path)).flat) == {3}
