"""The probe: a first look at the pixels, so that what cannot be drawn is an error in words and not an empty map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsProject

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.probe import probe_window
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.errors import (
    AuthenticationError,
    ImageServerLayerError,
    NetworkError,
    NotValuesError,
    RequestTimeoutError,
    ResponseError,
    ServerError,
)
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.backend.engine import prepared, through_gdal, whole_view
from image_server_layer.tests.patience import soon
from image_server_layer.tests.truth import ramps

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


@pytest.mark.parametrize("kind", Kind)
def test_the_probe_shows_the_middle_as_it_will_be_drawn(image_server: ImageServerProcess, kind: Kind) -> None:
    layer = prepared(
        image_server, "Olinda/Landsat", kind, processing_template=ProcessingTemplate("None"), bands=(3, 2, 1)
    )
    (probing,) = image_server.requests(operation="exportImage")
    assert (probing.method, probing.query["size"]) == ("GET", "64,64")
    assert layer.probe.band_count == (3 if kind is Kind.VALUES else 4)
    whole = whole_view(layer.source)
    np.testing.assert_array_equal(layer.probe.pixels, whole[:, 144:208, 142:206])


@pytest.mark.parametrize("kind", Kind)
def test_the_probe_is_a_get_however_long(image_server: ImageServerProcess, kind: Kind) -> None:
    rule = '{"rasterFunction":"Identity","note":"' + "x" * 3000 + '"}'
    prepared(image_server, "Olinda/Landsat", kind, processing_template=rule)
    assert [request.method for request in image_server.requests(operation="exportImage")] == ["GET"]


@pytest.mark.parametrize("image_format", ["png", "png32", "jpg"])
def test_a_service_of_pictures_whatever_the_format_is_no_layer_of_values(
    image_server: ImageServerProcess, image_format: str
) -> None:
    image_server.fault("format", format=image_format)
    with pytest.raises(NotValuesError, match="sends pictures whatever it is asked for"):
        prepared(image_server, "Test/FourBandsU8")
    picture = prepared(image_server, "Test/FourBandsU8", Kind.PICTURE)
    assert picture.probe.band_count == 4


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
    with soon(), pytest.raises(RequestTimeoutError, match=r"127\.0\.0\.1"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), timeout=1)
    assert not project.mapLayers()


@pytest.mark.parametrize(("count", "service"), [(1, "Test/FourBands"), (3, "Test/FourBands"), (6, "Test/TwoBands")])
def test_the_layer_has_the_bands_that_really_come(image_server: ImageServerProcess, count: int, service: str) -> None:
    image_server.fault("bands", count=count)
    layer = prepared(image_server, service)
    declared = 4 if service == "Test/FourBands" else 2
    assert [band.name for band in layer.source.bands] == [f"Band {number}" for number in range(1, count + 1)]
    expected = ramps(declared)[np.arange(count) % declared]
    np.testing.assert_array_equal(whole_view(layer.source), expected)
    np.testing.assert_array_equal(through_gdal(layer.source), expected)
    assert [(note.option, note.text) for note in layer.notes] == [
        (
            "bands",
            f"The service declares {declared} bands for this request but sends {count}; the layer has the latter.",
        )
    ]


@pytest.mark.parametrize(("declared", "gdal_name"), [("F32", "Float32"), ("U8", "Byte")])
def test_the_layer_has_the_type_that_really_comes(
    image_server: ImageServerProcess, declared: str, gdal_name: str
) -> None:
    image_server.patch("Test/U16", {"pixelType": declared})
    layer = prepared(image_server, "Test/U16")
    pixels = whole_view(layer.source)
    assert (pixels.dtype, pixels[1, 0, 0]) == (np.uint16, 65535)
    assert [note.text for note in layer.notes] == [
        f"The service declares pixels of the type {gdal_name} but sends UInt16; the layer has the latter."
    ]
