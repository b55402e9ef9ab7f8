"""What bad input gets: one sentence that names the value and what to do, and a project that nothing has happened to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.service.errors import (
    AddressError,
    AuthenticationError,
    NetworkError,
    NotAnImageServiceError,
    OptionError,
    RequestTimeoutError,
    ServerError,
)
from tests.sandbox import CLOSED_PORT

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT, SINGLE, FEW_METHODS = "Olinda/Landsat", "Test/Single", "Test/LimitedMethods"
BY_ATTRIBUTE = {"mosaic_method": "BY_ATTRIBUTE"}


def _refused(project: QgsProject, address: Any, **arguments: Any) -> ImageServerLayerError:
    """Make a layer of what none can be made of; return the error, after looking at what was left behind."""
    layers = set(project.mapLayers())
    project.setDirty(False)
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(address, **arguments)
    assert set(project.mapLayers()) == layers
    assert not project.isDirty()
    message = str(caught.value)
    assert message == message.strip() == caught.value.message
    assert "\n" not in message
    assert 20 < len(message) < 400
    return caught.value


class Address(NamedTuple):
    """An address that leads to no usable service; `{url}` stands for the services directory of the server."""

    text: str
    kind: type[ImageServerLayerError]
    named: str
    remedy: str


ADDRESSES = [
    Address("", AddressError, "no address", "give the URL of an image service"),
    Address("#", AddressError, "", "give the URL of an image service"),
    Address("hello world", AddressError, "“hello world”", "give the URL of an image service"),
    Address("ftp://host/arcgis/rest/services/X/ImageServer", AddressError, "“ftp://host/", "begins with https://"),
    Address("/data/x.tif", AddressError, "“/data/x.tif”", "give the URL of an image service"),
    Address("https://user:secret@host/arcgis/rest/services/X/ImageServer", AddressError, "user name", "authentication"),
    Address(
        "http://127.0.0.1:{closed}/arcgis/rest/services/X/ImageServer",
        NetworkError,
        "127.0.0.1:{closed}",
        "check address, port and proxy",
    ),
    Address("{url}/Olinda/Places/MapServer", AddressError, "is a map service", "Add ArcGIS REST Server Layer"),
    Address("{url}/Olinda/Parcels/FeatureServer", AddressError, "is a feature service", "Add ArcGIS REST Server Layer"),
    Address("{url}/Olinda", AddressError, "/Olinda”", "ends with /ImageServer"),
    Address("{url}", AddressError, "is a directory of services", "give the URL of one"),
    Address("{url}/Olinda/Missing/ImageServer", ServerError, "Olinda/Missing/ImageServer", "not found"),
    Address("{url}/Test/Secured/ImageServer", AuthenticationError, "127.0.0.1:", "choose an authentication config"),
    Address("{url}/Test/SecuredReferer/ImageServer", AuthenticationError, "127.0.0.1:", "choose an auth"),
    Address("{url}/Test/SecuredWebTier/ImageServer", AuthenticationError, "127.0.0.1:", "choose an auth"),
]


@pytest.mark.parametrize(("text", "kind", "named", "remedy"), ADDRESSES)
def test_an_address_that_leads_nowhere_is_named_with_a_way_out(
    image_server: ImageServerProcess,
    project: QgsProject,
    text: str,
    kind: type[ImageServerLayerError],
    named: str,
    remedy: str,
) -> None:
    error = _refused(project, text.format(url=image_server.url, closed=CLOSED_PORT))
    assert type(error) is kind
    assert named.format(closed=CLOSED_PORT) in str(error)
    assert remedy in str(error)
    assert not image_server.requests(operation="exportImage")


@pytest.mark.parametrize("nothing", [None, 7, []])
def test_what_is_no_text_is_no_address(project: QgsProject, nothing: Any) -> None:
    error = _refused(project, nothing)
    assert isinstance(error, AddressError)
    assert "give the" in str(error)


class Option(NamedTuple):
    """Arguments that a service cannot be used with: the option at fault, the value named, and the remedy."""

    service: str
    arguments: dict[str, Any]
    option: str
    named: str
    remedy: str


OPTIONS = [
    *(Option(LANDSAT, {"band_index": value}, "bands", f"“{value}”", "from 1") for value in (0, -1, 1.5, "1.5", True)),
    *(Option(LANDSAT, {"band_index": value}, "bands", f"“{value}”", "1 (Blue)") for value in (7, "7", "Ultraviolet")),
    Option(LANDSAT, {"band_index": "1;0;9"}, "bands", "“0”", "counting from 1"),
    Option(LANDSAT, {"band_index": "1;9"}, "bands", "“9”", "6 (MidInfrared_2)"),
    Option(LANDSAT, {"band_index": 9, "processing_template": "NaturalColor"}, "bands", "“9”", "1 (Red)"),
    Option(LANDSAT, {"mosaic_method": "WEST"}, "mosaic_method", "“WEST”", "NORTH_WEST, CLOSEST_TO_CENTER"),
    Option(FEW_METHODS, {"mosaic_method": "SEAMLINE"}, "mosaic_method", "SEAMLINE", "it allows NORTH_WEST"),
    Option(FEW_METHODS, {"lock_rasterid": 1}, "mosaic_method", "LOCK_RASTER", "it allows NORTH_WEST"),
    Option(LANDSAT, {**BY_ATTRIBUTE, "order_field": "Beast"}, "order_field", "“Beast”", "“Best”"),
    Option(LANDSAT, {**BY_ATTRIBUTE, "order_field": "Zzz"}, "order_field", "“Zzz”", "“CloudCover”"),
    Option(LANDSAT, {**BY_ATTRIBUTE, "order_field": "Name"}, "order_field", "“Name”", "“AcquisitionDate”"),
    # This service has no field of its own to sort by.
    Option("Test/Scales", BY_ATTRIBUTE, "order_field", "needs an order field", "choose one of “OBJECTID”"),
    Option(LANDSAT, {"lock_rasterid": "4;99"}, "lock_raster_ids", "“99”", "look up ids and names"),
    Option(LANDSAT, {"lock_rasterid": "Recife;Atlantis"}, "lock_raster_ids", "“Atlantis”", "look up ids and names"),
    Option(LANDSAT, {"lock_rasterid": "-4"}, "lock_raster_ids", "“-4”", "look up ids and names"),
    Option(LANDSAT, {"lock_rasterid": [1.5]}, "lock_raster_ids", "“1.5”", "ids are whole numbers"),
    Option("Test/BigCatalog", {"lock_rasterid": range(1, 22)}, "lock_raster_ids", "21 rasters", "at most 20"),
    *(
        Option(LANDSAT, {**BY_ATTRIBUTE, "order_field": field, "order_base_value": value}, "order_base_value", *words)
        for field, value, words in (
            ("Best", "abc", ("“abc”", "as 3.5")),
            ("Best", "3,5 or 4", ("“3,5 or 4”", "as 3.5")),
            ("Best", "2001/01/01", ("“2001/01/01”", "holds numbers")),
            ("AcquisitionDate", "yesterday", ("“yesterday”", "as 2010/12/31")),
            ("AcquisitionDate", 5, ("“5”", "as 2010/12/31")),
            ("AcquisitionDate", "2001/02/30", ("“2001/02/30”", "as 2010/12/31")),
        )
    ),
    # The server's own words.
    Option(LANDSAT, {"where_clause": "Bset < 3"}, "where", "“Bset < 3”", "there is no field Bset"),
    Option(LANDSAT, {"where_clause": "Best <"}, "where", "“Best <”", "it ends too early"),
    Option(LANDSAT, {"where_clause": "Best > 100"}, "where", "“Best > 100”", "loosen it"),
    Option(LANDSAT, {"processing_template": "NDVY"}, "processing_template", "“NDVY”", "did you mean “NDVI”"),
    Option(LANDSAT, {"processing_template": "Qqqq"}, "processing_template", "“Qqqq”", "choose one of “None”"),
    Option(
        SINGLE, {"processing_template": "Slope"}, "processing_template", "“Slope”", "give a raster function as JSON"
    ),
    Option("Test/NoFunctions", {"processing_template": "Slope"}, "processing_template", "“Slope”", "leave out “Slope”"),
    Option(LANDSAT, {"processing_template": "{'a': 1}"}, "processing_template", "{'a': 1}", "line 1, column 2"),
    Option(LANDSAT, {"processing_template": {"a": 1}}, "processing_template", '{"a": 1}', "“rasterFunction”"),
    Option(LANDSAT, {"processing_template": "/nowhere/a.rft.json"}, "processing_template", "/nowhere/a.rft.json", "No"),
    Option(
        LANDSAT,
        {"processing_template": "/a.rft.xml"},
        "processing_template",
        "/a.rft.xml",
        "Convert Raster Function Template",
    ),
    Option(
        LANDSAT,
        {"processing_template": {"rasterFunction": "Teleport"}},
        "processing_template",
        '{"rasterFunction":"Teleport"}',
        "Teleport was not found",
    ),
    *(
        Option(LANDSAT, {"template": value}, "extent", f"“{value}”", "xmin ymin xmax ymax")
        for value in (
            "298000 9118000 290000 9112000",
            "1 2 3",
            "1 2 3 nan",
            "1,2,3,inf",
            "a b c d",
            (1, 2, 3),
            (5, 5, 5, 5),
            "nowhere",
            "/nowhere/area.shp",
            7,
        )
    ),
    Option(LANDSAT, {"template": 1000 * "far away "}, "extent", "“far away far", "xmin ymin xmax ymax"),
    Option(LANDSAT, {"template": "0 0 10 10"}, "extent", "0 0 10 10", "288776.25 9110728.75 298722.75 9120760.75"),
    Option(LANDSAT, {"template": "0,1,0,1 [EPSG:999999]"}, "extent", "“EPSG:999999”", "EPSG:4326"),
    *(
        Option(LANDSAT, {"cell_size": value}, "cell_size", f"“{value}”", "positive numbers with a decimal point")
        for value in (0, -1, (30, 0), "abc", "1,500", "1 2 3", float("nan"), float("inf"), True)
    ),
    Option(LANDSAT, {"cell_size": 1e-7}, "cell_size", "1e-07 × 1e-07", "choose larger cells"),
    *(
        Option(SINGLE, {parameter: value}, option, "“Test/Single”", "leave")
        for parameter, value, option in (
            ("mosaic_method", "SEAMLINE", "mosaic_method"),
            ("order_field", "Best", "order_field"),
            ("order_base_value", 1, "order_base_value"),
            ("lock_rasterid", 1, "lock_raster_ids"),
            ("lock_rasterid", "Recife", "lock_raster_ids"),
            ("where_clause", "1=1", "where"),
            ("mosaic_operation", "MEAN", "mosaic_operation"),
            ("ascending", False, "ascending"),
            ("viewpoint", (1, 2), "viewpoint"),
        )
    ),
    Option(LANDSAT, {"provider": "wms"}, "provider", "“wms”", "“gdal” for one that opens without this plugin"),
    Option(LANDSAT, {"kind": "tiles"}, "kind", "“tiles”", "“picture” for an image"),
    Option(LANDSAT, {"kind": "picture", "cell_size": 30}, "cell_size", "cells", "leave out the cell size"),
    Option(LANDSAT, {"interpolation": "SPLINE"}, "interpolation", "“SPLINE”", "BILINEAR, CUBIC"),
    Option(LANDSAT, {"mosaic_operation": "MEDIAN"}, "mosaic_operation", "“MEDIAN”", "MIN, MAX"),
    Option(LANDSAT, {"ascending": "sideways"}, "ascending", "“sideways”", "DESCENDING"),
    Option(LANDSAT, {"nodata": "abc"}, "nodata", "“abc”", "one for each band"),
    Option(LANDSAT, {"nodata": [1, 2]}, "nodata", "(1, 2)", "one for each"),
    Option(LANDSAT, {"nodata": 1, "nodata_interpretation": "SOME"}, "nodata_matches_all", "“SOME”", "ANY, ALL"),
    Option(LANDSAT, {"compression_quality": 101}, "compression_quality", "“101”", "from 1 to 100"),
    Option(LANDSAT, {"time": "1998"}, "time", "1998", "from 1999-08-11 to 2002-10-27"),
    Option(LANDSAT, {"time": "soon"}, "time", "“soon”", "write a date in UTC"),
    Option(SINGLE, {"time": "2001"}, "time", "Single", "leave out “Time”"),
    Option(SINGLE, {"nearest_date": True}, "nearest_date", "Single", "leave out “Nearest date”"),
    Option(LANDSAT, {"nearest_date": "maybe"}, "nearest_date", "“maybe”", "true, false"),
    Option(LANDSAT, {"viewpoint": "here"}, "viewpoint", "“here”", "give x and y"),
    Option(LANDSAT, {"timeout": 0}, "timeout", "“0”", "between 0 and 3600"),
    Option(LANDSAT, {"timeout": 10**400}, "timeout", "“1000", "between 0 and 3600"),
    Option(LANDSAT, {"timeout": "soon"}, "timeout", "“soon”", "between 0 and 3600"),
]


@pytest.mark.parametrize(("service", "arguments", "option", "named", "remedy"), OPTIONS)
def test_an_option_that_cannot_be_is_named_with_a_way_out(
    image_server: ImageServerProcess,
    project: QgsProject,
    service: str,
    arguments: dict[str, Any],
    option: str,
    named: str,
    remedy: str,
) -> None:
    error = _refused(project, image_server.service(service), **arguments)
    assert isinstance(error, OptionError)
    assert error.option == option
    assert named in str(error)
    assert remedy in str(error)
    # No pixel was asked for where the service's description shows already that it cannot be.
    if not image_server.requests(operation="query"):
        assert not image_server.requests(operation="exportImage")


def _broken() -> QgsRasterLayer:
    return QgsRasterLayer("/nowhere.tif", "broken", "gdal")


def _points(crs: str, *places: tuple[float, float]) -> QgsVectorLayer:
    layer = QgsVectorLayer("Point", "points", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem(crs))
    for place in places:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
        layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


@pytest.mark.parametrize(
    ("parameter", "make", "option", "words"),
    [
        ("template", _broken, "extent", "“broken” is empty or broken"),
        ("template", lambda: _points("EPSG:4326"), "extent", "“points” is empty or broken"),
        (
            "template",
            lambda: _points("", (1, 2), (3, 4)),
            "extent",
            "“points” has no coordinate reference system; set one",
        ),
        ("cell_size", _broken, "cell_size", "“broken” has no cells to take the cell size from; choose a raster layer"),
        ("cell_size", lambda: _points("EPSG:4326", (1, 2), (3, 4)), "cell_size", "“points” has no cells"),
        (
            "in_image_service",
            lambda: _points("EPSG:4326"),
            "",
            "“points” does not come from an ArcGIS server; give the",
        ),
    ],
)
def test_a_layer_that_gives_nothing_is_named(
    image_server: ImageServerProcess,
    project: QgsProject,
    parameter: str,
    make: Callable[[], QgsMapLayer],
    option: str,
    words: str,
) -> None:
    arguments = {"in_image_service": image_server.service(LANDSAT), parameter: make()}
    error = _refused(project, arguments.pop("in_image_service"), **arguments)
    assert getattr(error, "option", "") == option
    assert words in str(error)
    assert not image_server.requests()


@pytest.mark.parametrize(
    ("fault", "arguments", "kind", "words"),
    [
        ({"kind": "hang", "match": "f=json"}, {"timeout": 0.5}, RequestTimeoutError, "127.0.0.1"),
        ({"kind": "hang", "match": "exportImage"}, {"timeout": 0.5}, RequestTimeoutError, "127.0.0.1"),
        ({"kind": "html", "match": "f=json"}, {}, NotAnImageServiceError, "web page"),
        ({"kind": "empty", "match": "f=json"}, {}, NotAnImageServiceError, "empty answer"),
        (
            {"kind": "status", "match": "f=json", "status": 200, "body": '{"mapName": "Layers", "layers": []}'},
            {},
            NotAnImageServiceError,
            "is a map service, not an image service: check the address",
        ),
        # What only the server knows: its words reach the user.
        (
            {
                "kind": "json_error",
                "match": "exportImage",
                "code": 400,
                "message": "The requested image exceeds the size limit.",
            },
            {},
            ServerError,
            "The requested image exceeds the size limit.",
        ),
        (
            {"kind": "url_limit", "match": "exportImage", "length": 1024},
            {"where_clause": "Name <> '" + 1000 * "x" + "'"},
            ImageServerLayerError,
            "shorten the where clause",
        ),
        ({"kind": "drop", "match": "f=json"}, {}, NetworkError, "127.0.0.1"),
    ],
)
def test_a_server_that_fails_makes_no_layer_but_one_sentence(
    image_server: ImageServerProcess,
    project: QgsProject,
    fault: dict[str, Any],
    arguments: dict[str, Any],
    kind: type[ImageServerLayerError],
    words: str,
) -> None:
    image_server.fault(**fault)
    with pytest.raises(kind) as caught:
        make_image_server_layer(image_server.service(LANDSAT), **arguments)
    assert words in str(caught.value)
    assert not project.mapLayers()
    assert not project.isDirty()


@pytest.mark.parametrize(
    ("arguments", "option", "value"),
    [
        ({"band_index": "<b>bold</b>"}, "bands", "<b>bold</b>"),
        ({"where_clause": "Best < 'x' <i>"}, "where", "Best < 'x' <i>"),
    ],
)
def test_a_value_is_repeated_letter_by_letter(
    image_server: ImageServerProcess, project: QgsProject, arguments: dict[str, Any], option: str, value: str
) -> None:
    """A message is plain text; whoever shows it as rich text escapes it."""
    error = _refused(project, image_server.service(LANDSAT), **arguments)
    assert isinstance(error, OptionError)
    assert error.option == option
    assert f"“{value}”" in str(error)
