"""The parameters VARIABLE and DIMENSIONS, wherever pixels are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsProject, QgsRasterLayer, QgsVectorLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.dimension_value import DimensionValue
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.climate import MOMENTS, climate_pixels, water_value
from image_server_layer.tests.processing.running import EXPORT, MAKE, SAMPLE, ZONAL, run
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from pathlib import Path

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

CLIMATE, WATER = "Test/Climate", "Test/Water"
SLICE = {"VARIABLE": "water_temp", "DIMENSIONS": "StdZ=-50;StdTime=2020-02-01 00:00:00"}
VALUE = water_value("water_temp", StdTime=MOMENTS[1], StdZ=-50.0)


def shapes(layer: QgsRasterLayer, kind: str) -> QgsVectorLayer:
    made = QgsVectorLayer(f"{kind}?crs={layer.crs().authid()}", kind, "memory")
    feature, middle = QgsFeature(), QgsGeometry.fromPointXY(layer.extent().center())
    feature.setGeometry(middle if kind == "Point" else middle.buffer(100, 2))
    made.dataProvider().addFeatures([feature])
    return made


def values(outputs: dict[str, Any]) -> list[Any]:
    (feature,) = outputs["OUTPUT"].getFeatures()
    return list(feature.attributes())


def test_a_layer_is_made_of_a_slice(image_server: ImageServerProcess) -> None:
    layer = run(MAKE, IN_IMAGE_SERVICE=image_server.service(WATER), **SLICE)["OUTPUT"]
    assert set(qgis_pixels(layer).flat) == {VALUE}
    moment = float(MOMENTS[1])
    expected = (DimensionValue("StdTime", moment, moment), DimensionValue("StdZ", -50, -50))
    assert options_of(layer) == LayerOptions(variable="water_temp", dimensions=expected)


def test_what_the_service_does_not_have_is_one_sentence(image_server: ImageServerProcess) -> None:
    with pytest.raises(QgsProcessingException, match="The service has no variable “tmp”; choose one of “pr”, “tas”"):
        run(MAKE, IN_IMAGE_SERVICE=image_server.service(CLIMATE), VARIABLE="tmp")


def test_samples_and_statistics_are_of_the_slice(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER), add_to_project=False)
    QgsProject.instance().addMapLayer(layer)
    for given in ({"INPUT": layer}, {"IN_IMAGE_SERVICE": image_server.service(WATER)}):
        row = values(run(SAMPLE, **given, POINTS=shapes(layer, "Point"), **SLICE, OUTPUT="memory:"))
        assert row[-2:] == [VALUE, "value"]
        assert VALUE in values(run(ZONAL, **given, ZONES=shapes(layer, "Polygon"), **SLICE, OUTPUT="memory:"))
    QgsProject.instance().clear()


def test_samples_of_a_layer_are_of_its_own_slice_and_another_variable_leaves_its_dimensions(
    image_server: ImageServerProcess,
) -> None:
    layer = make_image_server_layer(image_server.service(WATER), variable="water_temp", dimensions="StdZ=-10")
    found = run(SAMPLE, INPUT=layer, POINTS=shapes(layer, "Point"), OUTPUT="memory:")
    row = values(found)
    assert row[-2:] == [water_value("water_temp", StdTime=MOMENTS[0], StdZ=-10.0), "value"]
    # The field is called as the layer's band is.
    assert f"Band 1: {found['OUTPUT'].fields().names()[-2]}" == layer.bandName(1)
    row = values(run(SAMPLE, INPUT=layer, POINTS=shapes(layer, "Point"), VARIABLE="heat", OUTPUT="memory:"))
    assert row[-2:] == [water_value("heat", StdZ=(-100.0, 0.0)), "value"]


def test_an_export_is_of_the_slice(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "july.tif")
    run(
        EXPORT,
        IN_IMAGE_SERVICE=image_server.service(CLIMATE),
        VARIABLE="tas",
        DIMENSIONS='{"StdTime": "1999-07"}',
        OUTPUT=path,
    )
    layer = QgsRasterLayer(path)
    np.testing.assert_array_equal(qgis_pixels(layer)[0], climate_pixels("tas")[6])
    assert layer.bandName(1) == "Band 1: tas (°C)"
