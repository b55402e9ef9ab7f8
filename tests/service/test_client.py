"""What an image service is asked, and how its answers are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.attribute_table import AttributeTableRow
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.errors import AuthenticationError, ResponseError, ServerError
from image_server_layer.plugin.service.identify import parse_values
from image_server_layer.plugin.service.image_service import BandProperties
from image_server_layer.plugin.service.key_properties import parse_band_properties
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import REFERER, TOKEN

# Ten by eight pixels of Olinda/Landsat where only its raster 1 lies, on its pixel edges.
WINDOW = {"bbox": "288776.25,9120532.75,289061.25,9120760.75", "size": "10,8", "format": "tiff"}


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> ImageServiceClient:
    return ImageServiceClient(image_server.service("Olinda/Landsat"), Transport(Access()))


@pytest.fixture
def land_cover(image_server: ImageServerProcess) -> ImageServiceClient:
    return ImageServiceClient(image_server.service("PuertoRico/LandCover"), Transport(Access()))


def test_a_service_is_described(image_server: ImageServerProcess, landsat: ImageServiceClient) -> None:
    service = landsat.describe()
    assert service.url == image_server.service("Olinda/Landsat")
    assert [band.name for band in service.bands][:3] == ["Blue", "Green", "Red"]
    assert (service.columns, service.rows, service.pixel_size) == (349, 352, (28.5, 28.5))
    assert [request.query for request in image_server.requests()] == [{"f": "json"}]


def test_a_thumbnail_is_a_picture_and_nothing_else(
    image_server: ImageServerProcess, landsat: ImageServiceClient
) -> None:
    published = ImageServiceClient(image_server.service("Olinda/Elevation"), Transport(Access())).thumbnail()
    assert published.startswith(b"\x89PNG")
    (asked,) = image_server.requests()
    assert asked.path.endswith("/Olinda/Elevation/ImageServer/info/thumbnail")
    with pytest.raises(ResponseError, match="instead of an image"):
        landsat.thumbnail()


def test_a_service_is_described_as_a_raster_function_leaves_it(
    image_server: ImageServerProcess, landsat: ImageServiceClient
) -> None:
    service = landsat.describe({"rasterFunction": "NDVI"})
    assert (len(service.bands), service.pixel_type) == (1, "F32")
    assert [request.query for request in image_server.requests()] == [
        {"f": "json", "renderingRule": '{"rasterFunction":"NDVI"}'}
    ]


def test_a_service_that_is_not_there_is_told_in_the_servers_words(image_server: ImageServerProcess) -> None:
    with pytest.raises(ServerError) as caught:
        ImageServiceClient(image_server.service("Olinda/Missing"), Transport(Access())).describe()
    assert (caught.value.code, caught.value.words) == (500, "Service Olinda/Missing/ImageServer not found")


@pytest.mark.parametrize(
    ("service", "token", "code"),
    [
        ("Test/Secured", "", 499),
        ("Test/Secured", "wrong", 498),
        ("Test/SecuredReferer", TOKEN, 498),
        ("Test/SecuredWebTier", "", 401),
    ],
)
def test_a_secured_service_says_what_it_lacks(
    image_server: ImageServerProcess, service: str, token: str, code: int
) -> None:
    with pytest.raises(AuthenticationError) as caught:
        ImageServiceClient(image_server.service(service), Transport(Access(), token=token)).describe()
    assert caught.value.code == code


@pytest.mark.parametrize(("service", "referer"), [("Test/Secured", ""), ("Test/SecuredReferer", REFERER)])
def test_a_secured_service_opens_with_token_and_referer(
    image_server: ImageServerProcess, service: str, referer: str
) -> None:
    client = ImageServiceClient(image_server.service(service), Transport(Access(referer=referer), token=TOKEN))
    assert client.describe().name == service


def test_an_image_is_drawn(image_server: ImageServerProcess, landsat: ImageServiceClient) -> None:
    content = landsat.export_image(WINDOW)
    gdal.FileFromMemBuffer("/vsimem/test_client.tif", content)
    pixels = gdal.Open("/vsimem/test_client.tif").ReadAsArray()
    gdal.Unlink("/vsimem/test_client.tif")
    scene = gdal.Open(str(DATA / "landsat7_olinda.tif")).ReadAsArray()[:, :8, :10]
    np.testing.assert_array_equal(pixels, np.minimum(scene, 239))
    (request,) = image_server.requests()
    assert (request.method, request.operation, request.query["f"]) == ("GET", "exportImage", "image")


def test_a_long_drawing_request_is_still_a_get(image_server: ImageServerProcess, landsat: ImageServiceClient) -> None:
    where = " OR ".join(f"OBJECTID = {number}" for number in range(200))
    landsat.export_image({**WINDOW, "mosaicRule": json.dumps({"mosaicMethod": "esriMosaicNone", "where": where})})
    assert [request.method for request in image_server.requests()] == ["GET"]


@pytest.mark.parametrize(
    ("fault", "arguments", "what"),
    [
        ("html", {}, "a web page (perhaps one to sign in on)"),
        ("empty", {}, "an empty answer"),
        (
            "status",
            {"status": 200, "body": '{"href":"https://h/a.tif"}', "content_type": "image/tiff"},
            "something else",
        ),
    ],
)
def test_an_answer_that_is_no_image_is_named(
    image_server: ImageServerProcess, landsat: ImageServiceClient, fault: str, arguments: dict[str, Any], what: str
) -> None:
    image_server.fault(fault, **arguments)
    with pytest.raises(ResponseError) as caught:
        landsat.export_image(WINDOW)
    assert str(caught.value) == (
        f"{landsat.url.split('/')[2]} sent {what} instead of an image: check whether it needs credentials, or try "
        "again later."
    )
    assert caught.value.details == f"{landsat.url}/exportImage"


def test_an_error_in_place_of_an_image_is_told_in_the_servers_words(landsat: ImageServiceClient) -> None:
    with pytest.raises(ServerError) as caught:
        landsat.export_image({**WINDOW, "size": "99999,99999"})
    assert caught.value.code == 400
    assert "size limit" in caught.value.words


@pytest.mark.parametrize("name", ["jpgpng", "png32", "jpg"])
def test_pictures_are_images_too(landsat: ImageServiceClient, name: str) -> None:
    assert landsat.export_image({**WINDOW, "format": name})


def test_an_attribute_table_has_values_labels_and_colors(land_cover: ImageServiceClient) -> None:
    rows = land_cover.attribute_table()
    assert len(rows) == 13
    assert [(row.value, row.label, row.color) for row in rows[:2]] == [
        (11, "Open Water", (71, 107, 161)),
        (21, "Developed, Open Space", (222, 202, 202)),
    ]
    assert {"Value", "Count", "Red", "Green", "Blue"} <= set(rows[0].attributes)


def test_tables_are_asked_for_with_the_raster_function(
    image_server: ImageServerProcess, landsat: ImageServiceClient
) -> None:
    colormap = landsat.colormap({"rasterFunction": "NDVIClasses"})
    assert colormap[0] == AttributeTableRow(1, "1", (44, 98, 160))
    with pytest.raises(ServerError, match="no raster attribute table"):
        landsat.attribute_table({"rasterFunction": "NDVI"})
    assert [(request.operation, request.query["renderingRule"]) for request in image_server.requests()] == [
        ("colormap", '{"rasterFunction":"NDVIClasses"}'),
        ("rasterAttributeTable", '{"rasterFunction":"NDVI"}'),
    ]


def _asked_of(client: ImageServiceClient) -> dict[str, Callable[[], Any]]:
    return {
        "rasterAttributeTable": client.attribute_table,
        "colormap": client.colormap,
        "legend": lambda: client.legend({}),
        "multidimensionalInfo": client.variables,
    }


@pytest.mark.parametrize("resource", ["rasterAttributeTable", "colormap", "legend", "multidimensionalInfo"])
def test_something_else_is_not_taken_for_nothing(
    image_server: ImageServerProcess, landsat: ImageServiceClient, resource: str
) -> None:
    image_server.fault("status", match=resource, status=200, body='{"a": 1}', content_type="application/json")
    with pytest.raises(ResponseError, match=f"sent something else instead of “{resource}”: try again later"):
        _asked_of(landsat)[resource]()


@pytest.mark.parametrize(
    ("resource", "body"),
    [
        ("rasterAttributeTable", '{"features": []}'),
        ("colormap", '{"colormap": null}'),
        ("legend", '{"layers": []}'),
        ("multidimensionalInfo", '{"multidimensionalInfo": {}}'),
    ],
)
def test_nothing_is_an_answer_too(
    image_server: ImageServerProcess, landsat: ImageServiceClient, resource: str, body: str
) -> None:
    image_server.fault("status", match=resource, status=200, body=body, content_type="application/json")
    assert _asked_of(landsat)[resource]() == ()


def test_bands_have_wavelengths_in_the_key_properties(
    image_server: ImageServerProcess, landsat: ImageServiceClient
) -> None:
    assert landsat.band_properties()[:2] == (BandProperties("Blue", 450, 520), BandProperties("Green", 520, 600))
    elevation = ImageServiceClient(image_server.service("Olinda/Elevation"), Transport(Access()))
    assert elevation.band_properties() == ()


def test_key_properties_may_be_texts_or_missing() -> None:
    body = {"BandProperties": [{"BandName": "NIR", "WavelengthMin": "770", "WavelengthMax": "about 900"}, {}, None]}
    assert parse_band_properties(body) == (BandProperties("NIR", 770), BandProperties(""), BandProperties(""))


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ("1, 2, 3", (1, 2, 3)),
        ("2.7242e+14", (2.7242e14,)),
        ("-3.5,NoData", (-3.5, None)),
        ("NoData", (None,)),
        (7, (7,)),
        (None, (None,)),
    ],
)
def test_identified_values_are_numbers_or_nodata(value: object, values: tuple[float | None, ...]) -> None:
    assert parse_values(value) == values
