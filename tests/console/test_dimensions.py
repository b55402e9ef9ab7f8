"""Variable and dimensions of a layer, from what is typed to its pixels, its project and GDAL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRaster, QgsRasterLayer

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.layer.describe import abstract_holder
from image_server_layer.plugin.layer.edit import options_of, source_of
from image_server_layer.plugin.layer.legend import read_legend
from image_server_layer.tests.imageserver.climate import MOMENTS, NO_DATA, climate_pixels, months, water_value
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels, saved_and_read_again

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

CLIMATE, WATER = "Test/Climate", "Test/Water"
DAY = 86_400_000


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
    # Whoever names a variable is taken at his word, so that the layer is there a round trip earlier.
    assert len(image_server.requests(operation="multidimensionalInfo")) == 1
    image_server.clear()
    make_image_server_layer(image_server.service("Olinda/Landsat"))
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


@pytest.mark.parametrize(
    ("given", "expected", "values"),
    [
        ("1999-07", "1999-07", [months()[6]]),
        ("1999-07/1999-08", "1999-07/1999-08", [[months()[6] - 30 * DAY, months()[7] + DAY - 1]]),
        ("1999-12/..", "1999-12-01 00:00:00/1999-12-31 00:00:00", [months()[11]]),
    ],
)
def test_a_time_is_asked_for_by_the_dimension_that_is_the_time(
    image_server: ImageServerProcess, given: str, expected: str, values: list[Any]
) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable="tas", time=given)
    (request,) = image_server.requests(operation="exportImage")
    assert "time" not in request.query
    (part,) = json.loads(request.query["mosaicRule"])["multidimensionalDefinition"]
    assert part["values"] == values
    note = f"The service has its times as a dimension, so the time is asked for as StdTime={expected}."
    assert layer.customProperty("image_server_layer/notes") == [note]
    options = options_of(layer)
    assert options is not None
    assert options.time is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"time": "2005"},
            (
                "The service “Test/Climate” has its times as the dimension “StdTime”, which has nothing of 2005; the "
                "nearest values are 1999-10-31 00:00:00, 1999-11-30 00:00:00, 1999-12-31 00:00:00."
            ),
        ),
        (
            {"time": "1999-07", "dimensions": "StdTime=1999-08"},
            "has its times as the dimension “StdTime”, which is given too; leave out one.",
        ),
    ],
)
def test_a_time_that_the_dimension_does_not_have_names_it(
    image_server: ImageServerProcess, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service(CLIMATE), **given)
    assert message in str(caught.value)


def test_a_slice_is_named_by_its_id(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), slice_id=14)
    np.testing.assert_array_equal(qgis_pixels(layer)[0], climate_pixels("tas")[2])
    chosen = make_image_server_layer(image_server.service(CLIMATE), variable="tas", dimensions="StdTime=1999-03")
    assert source_parameters(layer) == source_parameters(chosen)
    assert "Slice 14 of the service is tas, StdTime=1999-03-31 00:00:00." in layer.customProperty(
        "image_server_layer/notes"
    )


@pytest.mark.parametrize(
    ("service", "given", "message"),
    [
        (CLIMATE, {"slice_id": 24}, "The service has no slice 24; its ids reach from 0 to 23."),
        (CLIMATE, {"slice_id": 1, "variable": "tas"}, "“tas” has no slice 1; its ids reach from 12 to 23."),
        (CLIMATE, {"slice_id": 1, "variable": "nope"}, "The service has no variable “nope”; choose one of"),
        (CLIMATE, {"slice_id": "x"}, "The id of a slice is a whole number from 0, not “x”."),
        (CLIMATE, {"slice_id": 1, "dimensions": "StdTime=1999-01"}, "A slice has its own time and dimensions"),
        ("Olinda/Landsat", {"slice_id": 1}, "The service “Olinda/Landsat” has no slices; leave out “Slice”."),
    ],
)
def test_a_slice_that_there_is_not_makes_no_layer(
    image_server: ImageServerProcess, service: str, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service(service), **given)
    assert message in str(caught.value)


def test_an_old_server_knows_no_ids_of_slices(image_server: ImageServerProcess) -> None:
    image_server.patch(CLIMATE, {"currentVersion": 10.7})
    with pytest.raises(ImageServerLayerError, match="give variable and dimensions"):
        make_image_server_layer(image_server.service(CLIMATE), slice_id=1)


def test_statistics_that_are_not_told_with_the_variables_are_asked_for(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER), variable="salinity")
    (request,) = image_server.requests(operation="statistics")
    assert request.query["variable"] == "salinity"
    stretch = layer.renderer().contrastEnhancement()
    assert (stretch.minimumValue(), stretch.maximumValue()) == (30.0, 32.0)
    image_server.clear()
    make_image_server_layer(image_server.service(CLIMATE))
    assert image_server.requests(operation="statistics") == []
    image_server.fault("json_error", match="statistics")
    without = make_image_server_layer(image_server.service(WATER), variable="salinity")
    assert without.isValid()


def test_the_legend_of_a_picture_is_that_of_the_variable(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), variable="tas", kind="picture")
    source = source_of(layer)
    assert source is not None
    labels = [entry.label for entry in read_legend(source)]
    known = climate_pixels("tas")[climate_pixels("tas") != np.float32(NO_DATA)]
    assert labels == [f"High : {float(known.max()):g}", f"Low : {float(known.min()):g}"]
    (request,) = image_server.requests(operation="legend")
    assert request.query["variable"] == "tas"


def test_identify_says_what_a_value_is_of(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(WATER), variable="salinity")
    text = layer.dataProvider().identify(layer.extent().center(), QgsRaster.IdentifyFormatText).results()[0]
    assert "Variable: salinity (psu)" in text.splitlines()


def source_parameters(layer: QgsRasterLayer) -> dict[str, str]:
    source = source_of(layer)
    assert source is not None
    return dict(source.parameters)
