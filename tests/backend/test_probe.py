"""The probe: a first look at the pixels, so that what cannot be drawn is an error in words and not an empty map."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProject

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.probe import probe_window, read_probe
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.errors import (
    AuthenticationError,
    ImageServerLayerError,
    NetworkError,
    RequestTimeoutError,
    ResponseError,
    ServerError,
)
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.mark.parametrize(
    ("columns", "rows", "largest", "expected"),
    [
        (5001, 3777, (15000, 4100), (2468, 1856, 64, 64)),
        (64, 64, (15000, 4100), (0, 0, 64, 64)),
        (65, 66, (15000, 4100), (0, 1, 64, 64)),
        (10, 5001, (15000, 4100), (0, 2468, 10, 64)),
        (1, 1, (15000, 4100), (0, 0, 1, 1)),
        (100, 100, (50, 20), (25, 40, 50, 20)),
    ],
)
def test_the_probe_looks_at_the_middle_of_the_grid(
    columns: int, rows: int, largest: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    grid = Grid(Extent(1000.0, 2000.0 - rows * 3.0, 1000.0 + columns * 2.0, 2000.0), columns, rows, (2.0, 3.0))
    window = probe_window(grid, largest)
    left, top, width, height = expected
    assert window == Grid(
        Extent(1000 + left * 2, 2000 - (top + height) * 3, 1000 + (left + width) * 2, 2000 - top * 3),
        width,
        height,
        (2.0, 3.0),
    )


def _tiff(bands: int, data_type: int, size: int = 4) -> bytes:
    path = "/vsimem/probe_of_a_test.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(path, size, size, bands, data_type)
    for number in range(1, bands + 1):
        dataset.GetRasterBand(number).Fill(number)
    dataset = None
    file = gdal.VSIFOpenL(path, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    return content


WINDOW = Grid(Extent(0, 0, 4, 4), 4, 4, (1.0, 1.0))


@pytest.mark.parametrize(
    ("bands", "data_type", "name"), [(1, gdal.GDT_Float32, "Float32"), (4, gdal.GDT_UInt16, "UInt16")]
)
def test_the_probe_tells_bands_type_and_pixels(bands: int, data_type: int, name: str) -> None:
    probe = read_probe(_tiff(bands, data_type), WINDOW)
    assert (probe.band_count, probe.data_type) == (bands, name)
    np.testing.assert_array_equal(probe.pixels, [np.full((4, 4), number + 1) for number in range(bands)])


@pytest.mark.parametrize("exceptions", [True, False])
@pytest.mark.parametrize("content", [b"", b"II*\0", _tiff(1, gdal.GDT_Byte)[:60], b"\x89PNG\r\n\x1a\n"])
def test_a_broken_image_is_an_error_whatever_gdal_does_with_errors(content: bytes, exceptions: bool) -> None:
    was_on = gdal.GetUseExceptions()
    (gdal.UseExceptions if exceptions else gdal.DontUseExceptions)()
    try:
        with pytest.raises(ResponseError, match="The server's answer is not an image that can be read"):
            read_probe(content, WINDOW)
    finally:
        (gdal.UseExceptions if was_on else gdal.DontUseExceptions)()


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (
            {"kind": "size", "columns": 10, "rows": 20},
            ResponseError,
            "The server sent an image of 10 × 20 pixels where 64 × 64 were asked for",
        ),
        ({"kind": "html"}, ResponseError, "sent a web page"),
        ({"kind": "empty"}, ResponseError, "sent an empty answer"),
        ({"kind": "json_error", "code": 500, "message": "Disk is full"}, ServerError, "Disk is full"),
        ({"kind": "json_error", "code": 499, "message": "Token Required"}, AuthenticationError, "wants credentials"),
        ({"kind": "status", "status": 404}, ServerError, "404"),
        ({"kind": "status", "status": 503}, ServerError, "503"),
        ({"kind": "drop"}, NetworkError, "127.0.0.1"),
        ({"kind": "truncate", "fraction": 0.5}, ImageServerLayerError, ""),
        ({"kind": "url_limit", "length": 200}, ServerError, "does not take a request of"),
    ],
)
def test_what_does_not_draw_makes_no_layer_but_one_sentence(
    image_server: ImageServerProcess, project: QgsProject, fault: dict[str, Any], kind: type[Exception], words: str
) -> None:
    image_server.fault(match="exportImage", **fault)
    with pytest.raises(kind) as caught:
        make_image_server_layer(image_server.service("Olinda/Landsat"))
    assert words in str(caught.value)
    assert isinstance(caught.value, ImageServerLayerError)
    assert "\n" not in str(caught.value)
    assert not project.mapLayers()
    assert not project.isDirty()


def test_a_server_that_hangs_is_waited_for_no_longer_than_the_timeout(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    image_server.fault("hang")
    began = time.monotonic()
    with pytest.raises(RequestTimeoutError, match=r"127\.0\.0\.1"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), timeout=1)
    assert time.monotonic() - began < 3
    assert not project.mapLayers()


@pytest.mark.parametrize(("count", "service"), [(1, "Test/FourBands"), (3, "Test/FourBands"), (6, "Test/TwoBands")])
def test_the_layer_has_the_bands_that_really_come(
    image_server: ImageServerProcess, project: QgsProject, count: int, service: str
) -> None:
    image_server.fault("bands", count=count)
    layer = make_image_server_layer(image_server.service(service))
    declared = 4 if service == "Test/FourBands" else 2
    assert layer.bandCount() == count
    assert [layer.bandName(number + 1) for number in range(count)] == [
        f"Band {n}: Band {n}" for n in range(1, count + 1)
    ]
    rows, columns = np.mgrid[:61, :97]
    expected = [rows + columns + 10 * (band % declared) + 1 for band in range(count)]
    np.testing.assert_array_equal(gdal_pixels(layer), expected)
    assert layer.customProperty("image_server_layer/notes") == [
        f"The service declares {declared} bands for this request but sends {count}; the layer has the latter."
    ]
    assert project.mapLayers()


@pytest.mark.parametrize(("declared", "gdal_name"), [("F32", "Float32"), ("U8", "Byte")])
def test_the_layer_has_the_type_that_really_comes(
    image_server: ImageServerProcess, project: QgsProject, declared: str, gdal_name: str
) -> None:
    image_server.patch("Test/U16", {"pixelType": declared})
    layer = make_image_server_layer(image_server.service("Test/U16"))
    assert qgis_pixels(layer).dtype == np.uint16
    assert qgis_pixels(layer)[1, 0, 0] == 65535
    assert layer.customProperty("image_server_layer/notes") == [
        f"The service declares pixels of the type {gdal_name} but sends UInt16; the layer has the latter."
    ]
    assert project.mapLayers()
