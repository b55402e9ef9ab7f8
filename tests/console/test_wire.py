"""What goes over the wire: whole queries, letter by letter, and nothing that was not asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsRectangle

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

NOT_GIVEN = (None, "", "#", "  ", " # ")
TOOL_PARAMETERS = (
    "out_imageserver_layer",
    "template",
    "band_index",
    "mosaic_method",
    "order_field",
    "order_base_value",
    "lock_rasterid",
    "cell_size",
    "where_clause",
    "processing_template",
)
FURTHER_PARAMETERS = (
    "provider",
    "authcfg",
    "referer",
    "ascending",
    "mosaic_operation",
    "viewpoint",
    "interpolation",
    "nodata",
    "nodata_interpretation",
    "compression_quality",
    "time",
    "nearest_date",
    "clip",
    "clip_selected",
    "snap_raster",
    "variable",
    "dimensions",
    "tiles",
)
# What every drawing request for values holds beside its box and size.
DRAWING = {
    "adjustAspectRatio": "false",
    "compression": "LZ77",
    "f": "image",
    "imageSR": "31985",
    "bboxSR": "31985",
    "format": "tiff",
}


def _requests(server: ImageServerProcess) -> list[tuple[str, str, dict[str, str]]]:
    return [(request.method, request.operation, request.query) for request in server.requests()]


@pytest.mark.parametrize("nothing", NOT_GIVEN)
def test_not_given_sends_nothing(image_server: ImageServerProcess, nothing: str | None) -> None:
    arguments = dict.fromkeys((*TOOL_PARAMETERS, *FURTHER_PARAMETERS), nothing)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), **arguments)
    probe = {"bbox": "292823.25,9114832.75,294647.25,9116656.75", "size": "64,64"}
    assert _requests(image_server) == [("GET", "", {"f": "json"}), ("GET", "exportImage", {**DRAWING, **probe})]
    assert layer.name() == "Landsat"
    assert layer.customProperty("image_server_layer/notes") == []


@pytest.mark.parametrize("nothing", [[], (), {}])
def test_empty_lists_are_not_given_either(image_server: ImageServerProcess, nothing: Any) -> None:
    arguments = {} if nothing == {} else {"band_index": nothing, "lock_rasterid": nothing, "nodata": nothing}
    make_image_server_layer(image_server.service("Olinda/Landsat"), **arguments)
    assert {key for _, _, query in _requests(image_server)[1:] for key in query} == {*DRAWING, "bbox", "size"}


FUNCTION = '{"rasterFunction":"Water \\"&\\" Land + 100 % #1: ção"}'.replace("ç", "\\u00e7").replace("ã", "\\u00e3")


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ({"band_index": "4;1;2"}, {"bandIds": "3,0,1"}),
        (
            {"mosaic_method": "SEAMLINE"},
            {"mosaicRule": '{"mosaicMethod":"esriMosaicSeamline","mosaicOperation":"MT_FIRST"}'},
        ),
        (
            {"mosaic_method": "NorthWest"},
            {"mosaicRule": '{"mosaicMethod":"esriMosaicNorthwest","ascending":true,"mosaicOperation":"MT_FIRST"}'},
        ),
        ({"mosaic_method": "None"}, {"mosaicRule": '{"mosaicMethod":"esriMosaicNone","mosaicOperation":"MT_FIRST"}'}),
        (
            {"mosaic_method": "LOCK_RASTER", "lock_rasterid": "7;2"},
            {
                "mosaicRule": '{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[7,2],'
                '"mosaicOperation":"MT_FIRST"}'
            },
        ),
        (
            {"mosaic_method": "BY_ATTRIBUTE", "order_field": "cloudcover", "order_base_value": "12.5"},
            {
                "mosaicRule": '{"mosaicMethod":"esriMosaicAttribute","sortField":"CloudCover","sortValue":12.5,'
                '"mosaicOperation":"MT_FIRST"}'
            },
        ),
        (
            {"mosaic_method": "BY_ATTRIBUTE", "order_field": "CloudCover"},
            {
                "mosaicRule": '{"mosaicMethod":"esriMosaicAttribute","sortField":"CloudCover",'
                '"mosaicOperation":"MT_FIRST"}'
            },
        ),
        (
            {"mosaic_method": "CLOSEST_TO_VIEWPOINT", "viewpoint": "290000.5 9115000"},
            {
                "mosaicRule": '{"mosaicMethod":"esriMosaicViewpoint",'
                '"viewpoint":{"x":290000.5,"y":9115000.0,"spatialReference":{"wkid":31985}},"mosaicOperation":"MT_FIRST"}'
            },
        ),
        ({"processing_template": 'Water "&" Land + 100 % #1: ção'}, {"renderingRule": FUNCTION}),
        ({"interpolation": "CUBIC"}, {"interpolation": "RSP_CubicConvolution"}),
        (
            {"nodata": [0, 255.0, 1, 2, 3, 4], "nodata_interpretation": "ALL"},
            {"noData": "0,255,1,2,3,4", "noDataInterpretation": "esriNoDataMatchAll"},
        ),
        (
            {
                "template": "290000 9112000 296000 9118000",
                "band_index": "Red;1",
                "mosaic_method": "ByAttribute",
                "order_field": "AcquisitionDate",
                "order_base_value": "2001-08-05",
                "ascending": False,
                "mosaic_operation": "MEAN",
                "where_clause": "CloudCover < 50 AND Name <> 'a&b=c+d%e#f|g'",
                "interpolation": "bilinear",
            },
            {
                "bandIds": "2,0",
                "mosaicRule": '{"mosaicMethod":"esriMosaicAttribute",'
                '"where":"CloudCover < 50 AND Name <> \'a&b=c+d%e#f|g\'","sortField":"AcquisitionDate",'
                '"sortValue":"2001/08/05","ascending":false,"mosaicOperation":"MT_MEAN"}',
                "interpolation": "RSP_BilinearInterpolation",
            },
        ),
    ],
)
def test_probe_and_drawing_send_the_options_and_nothing_else(
    image_server: ImageServerProcess, arguments: dict[str, Any], sent: dict[str, str]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), **arguments)
    qgis_pixels(layer, QgsRectangle(291000, 9113000, 294000, 9116000), (80, 80))
    queries = [request.query for request in image_server.requests(operation="exportImage")]
    assert len(queries) == 2
    for query in queries:
        assert {key: value for key, value in query.items() if key not in ("bbox", "size")} == {**DRAWING, **sent}
    assert queries[0]["size"] == "64,64"


@pytest.mark.parametrize(
    ("arguments", "operations"),
    [
        ({}, ["", "exportImage"]),
        ({"band_index": "3;2;1", "cell_size": 50, "interpolation": "CUBIC"}, ["", "exportImage"]),
        ({"mosaic_method": "SEAMLINE"}, ["", "exportImage"]),
        ({"processing_template": "NDVI"}, ["", "", "exportImage"]),
        ({"lock_rasterid": "7;2"}, ["", "query", "exportImage"]),
        ({"lock_rasterid": "Recife"}, ["", "query", "exportImage"]),
        ({"where_clause": "CloudCover < 50"}, ["", "query", "exportImage"]),
    ],
)
def test_making_a_layer_takes_as_few_requests_as_it_can(
    image_server: ImageServerProcess, arguments: dict[str, Any], operations: list[str]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), **arguments)
    assert layer.isValid()
    requests = image_server.requests()
    # What is asked for at the same time comes in any order.
    assert sorted(request.operation for request in requests) == sorted(operations)
    # QGIS asks for no pixels of its own; the probe is the only one, and small.
    assert [request.query["size"] for request in requests if request.operation == "exportImage"] == ["64,64"]


def test_the_probe_is_as_long_as_what_is_drawn(image_server: ImageServerProcess) -> None:
    """A server that takes no longer URLs is found out when the layer is made, not when it is drawn."""
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), where_clause="Name <> '" + 900 * "ã" + "'")
    qgis_pixels(layer)
    probe, drawing = image_server.requests(operation="exportImage")
    # All but the digits of box and size.
    assert len(probe.url) == pytest.approx(len(drawing.url), abs=16)
    assert probe.method == drawing.method == "GET"


def test_the_layers_requests_are_bounded_in_time_and_say_who_asks(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), referer="https://maps.example.org/")
    assert "<Timeout>30</Timeout>" in layer.source()
    qgis_pixels(layer)
    description, probe, drawing = image_server.requests()
    assert "QGIS" in drawing.headers["user-agent"]
    assert {request.headers["referer"] for request in (description, probe, drawing)} == {"https://maps.example.org/"}
