"""Variable and dimensions of a layer, from what is typed to its pixels, its project and GDAL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRaster

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.layer.describe import abstract_holder
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.tests.imageserver.climate import MOMENTS, NO_DATA, climate_pixels, months, water_value
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels, saved_and_read_again

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

CLIMATE, WATER = "Test/Climate", "Test/Water"


def definitions(server: ImageServerProcess) -> list[tuple[str, Any]]:
    """Return what each operation that knows slices was asked for."""
    asked = [request for request in server.requests() if request.operation in ("exportImage", "identify")]
    rules = [json.loads(request.query["mosaicRule"]) for request in asked]
    return [(request.operation, rule["multidimensionalDefinition"]) for request, rule in zip(asked, rules)]


@pytest.mark.parametrize(
    ("variable", "dimensions", "name", "month"),
    [
        ("tas", "StdTime=1999-07", "tas", 6),
        ("TAS", {"stdtime": "1999-07-31 00:00:00"}, "tas", 6),
        ("pr", {"StdTime": months()[11]}, "pr", 11),
        (None, '{"StdTime": "1999-03"}', "pr", 2),
        ("tas", None, "tas", 0),
        (None, None, "pr", 0),
    ],
)
def test_the_slice_is_drawn_by_qgis_and_by_gdal(
    image_server: ImageServerProcess, variable: str | None, dimensions: Any, name: str, month: int
) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable=variable, dimensions=dimensions)
    expected = climate_pixels(name)[month]
    np.testing.assert_array_equal(qgis_pixels(layer)[0], expected)
    np.testing.assert_array_equal(gdal_pixels(layer)[0], expected)
    assert layer.dataProvider().sourceNoDataValue(1) == NO_DATA


def test_the_same_slice_goes_out_wherever_pixels_are_asked_for(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service(WATER), variable="water_temp", dimensions="StdZ=-50;StdTime=2020-02"
    )
    value = water_value("water_temp", StdTime=MOMENTS[1], StdZ=-50.0)
    assert set(qgis_pixels(layer).flat) == {value}
    assert layer.dataProvider().sample(layer.extent().center(), 1) == (value, True)
    found = layer.dataProvider().identify(layer.extent().center(), QgsRaster.IdentifyFormatValue).results()
    assert found == {1: value}
    text = layer.dataProvider().identify(layer.extent().center(), QgsRaster.IdentifyFormatText).results()[0]
    assert text.startswith(f"Value: {value:g}")
    asked = definitions(image_server)
    expected = [
        {"variableName": "water_temp", "dimensionName": "StdTime", "values": [MOMENTS[1]], "isSlice": True},
        {"variableName": "water_temp", "dimensionName": "StdZ", "values": [-50], "isSlice": True},
    ]
    assert {operation for operation, _ in asked} == {"exportImage", "identify"}
    assert all(definition == expected for _, definition in asked)


@pytest.mark.parametrize(
    ("dimensions", "values", "is_slice"),
    [
        ("StdZ=-60/-20", [-50], True),
        ("StdZ=-60/0", [[-60, 0]], False),
        ({"StdZ": (-10, -60)}, [[-60, -10]], False),
    ],
)
def test_a_range_goes_out_as_one_unless_it_holds_a_single_value(
    image_server: ImageServerProcess, dimensions: Any, values: list[Any], is_slice: bool
) -> None:
    make_image_server_layer(image_server.service(WATER), variable="salinity", dimensions=dimensions)
    assert definitions(image_server)[-1][1] == [
        {"variableName": "salinity", "dimensionName": "StdZ", "values": values, "isSlice": is_slice}
    ]


def test_a_dimension_of_ranges_takes_a_value_within_one(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER), variable="heat", dimensions="StdZ=-300")
    assert set(qgis_pixels(layer).flat) == {-300.0}
    assert definitions(image_server)[-1][1][0]["values"] == [[-500, -100]]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"variable": "tass"}, "The service has no variable “tass”; choose one of “tas”."),
        ({"variable": "wind"}, "The service has no variable “wind”; choose one of “pr”, “tas”."),
        ({"dimensions": "StdZ=-50"}, "The variable “pr” has no dimension “StdZ”; it has “StdTime”."),
        (
            {"dimensions": "StdTime=1999-03-02"},
            "no value 1999-03-02; the nearest are 1999-01-31 00:00:00, 1999-02-28 00:00:00, 1999-03-31 00:00:00.",
        ),
        ({"dimensions": "StdTime=May"}, "The time “May” cannot be read"),
        ({"dimensions": "StdTime=1999/.."}, "The time “1999/..” of a dimension needs a beginning and an end."),
        ({"dimensions": "StdZ=deep"}, "The value “deep” of the dimension “StdZ” is no number"),
        ({"dimensions": "StdZ"}, "“StdZ” is no dimension with its value; write StdZ=-50"),
        ({"dimensions": "StdZ=1;stdz=2"}, "The dimension “stdz” is given twice"),
    ],
)
def test_what_the_service_does_not_have_makes_no_layer(
    image_server: ImageServerProcess, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service(CLIMATE), **given)
    assert message in str(caught.value)
    assert image_server.requests(operation="exportImage") == []
    assert QgsProject.instance().mapLayers() == {}


def test_the_nearest_depths_are_told(image_server: ImageServerProcess) -> None:
    with pytest.raises(ImageServerLayerError, match="has no value -51; the nearest are -50, -10, 0"):
        make_image_server_layer(image_server.service(WATER), variable="salinity", dimensions={"StdZ": -51})


@pytest.mark.parametrize("option", [{"variable": "tas"}, {"dimensions": "StdZ=-50"}])
def test_other_services_have_no_variables(image_server: ImageServerProcess, option: dict[str, Any]) -> None:
    with pytest.raises(ImageServerLayerError, match="has no variables or dimensions; leave out"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), **option)
    assert image_server.requests(operation="multidimensionalInfo") == []


def test_the_layer_says_which_slice_it_is(image_server: ImageServerProcess) -> None:
    chosen = make_image_server_layer(image_server.service(CLIMATE), variable="tas", dimensions="StdTime=1999-07")
    assert chosen.name() == "Climate – tas – 1999-07"
    abstract = chosen.metadata().abstract()
    assert "Variable: tas (°C) – Monthly mean temperature\n" in abstract
    assert "Dimensions: StdTime 1999-07-31 00:00:00 (UTC)\n" in abstract
    assert chosen.bandName(1).startswith("Band 1: tas (°C)")
    default = make_image_server_layer(image_server.service(CLIMATE))
    assert default.name() == "Climate"
    abstract = default.metadata().abstract()
    assert "Variable: pr (mm) – Monthly precipitation (by default)\n" in abstract
    assert "Dimensions: StdTime 1999-01-31 00:00:00 (UTC) (by default)\n" in abstract
    information = default.dataProvider().htmlMetadata()
    assert "<td>pr</td>" in information
    assert "StdTime 1999-01-31 00:00:00 (UTC)" in information
    assert "the layer follows the temporal controller" in information


def test_texts_of_the_server_stay_text(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER))
    assert "Water ‹temperature›" in abstract_holder(layer).abstract()
    assert "<temperature>" not in layer.htmlMetadata()


def test_the_stretch_is_that_of_the_variable(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable="tas")
    pixels = climate_pixels("tas")
    known = pixels[pixels != np.float32(NO_DATA)].astype(np.float64)
    stretch = layer.renderer().contrastEnhancement()
    low, high = known.mean() - 2 * known.std(), known.mean() + 2 * known.std()
    assert stretch.minimumValue() == pytest.approx(max(low, known.min()))
    assert stretch.maximumValue() == pytest.approx(min(high, known.max()))


def test_rasters_picked_otherwise_are_drawn_as_ever(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), lock_rasterid="14")
    np.testing.assert_array_equal(qgis_pixels(layer)[0], climate_pixels("tas")[1])
    assert "Variable" not in layer.metadata().abstract()
    where = make_image_server_layer(image_server.service(CLIMATE), where_clause="OBJECTID = 15")
    np.testing.assert_array_equal(qgis_pixels(where)[0], climate_pixels("tas")[2])


def test_a_service_that_does_not_tell_its_variables_is_drawn_as_it_is(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="multidimensionalInfo", code=500)
    layer = make_image_server_layer(image_server.service(CLIMATE))
    np.testing.assert_array_equal(qgis_pixels(layer)[0], climate_pixels("pr")[0])
    (note,) = layer.customProperty("image_server_layer/notes")
    assert note.startswith("The variables of the service could not be read, so the service decides which is drawn: ")


def test_a_saved_project_brings_the_slice_back(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable="tas", dimensions="StdTime=1999-07")
    options = options_of(layer)
    again = saved_and_read_again(tmp_path / "slice.qgs")
    assert options_of(again) == options
    np.testing.assert_array_equal(qgis_pixels(again)[0], climate_pixels("tas")[6])
