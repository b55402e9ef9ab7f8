"""Where pixels lie: live at any scale, and in every overview of the portable source; odd sizes, shapes and servers.

The synthetic services tell row and column in each pixel, and the server draws the nearest one to the center of each
pixel asked for. So a pixel that is read tells a place at most half a pixel of the service away from its own center, no
matter how coarse the level is: what goes beyond that is an error of registration, measured in pixels of the level.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from qgis.core import QgsRectangle

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import Array, gdal_dataset, qgis_pixels
from image_server_layer.tests.truth import ramps

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

# Half a pixel of the service, and what reading coordinates with eight decimals takes.
NEAREST = 0.5 + 1e-4


class Service(NamedTuple):
    """Name and grid of a service whose pixels tell their row and column."""

    name: str
    xmin: float
    ymax: float
    cell_x: float
    cell_y: float
    columns: int
    rows: int


ODD = Service("Test/Synthetic", 300000.0, 9100000.0, 10.0, 10.0, 5001, 3777)
NON_SQUARE = Service("Test/SyntheticNonSquare", -35.2, -7.4, 0.00064, 0.00048, 1801, 1333)
EXACT: dict[str, Any] = {}
OLD: dict[str, Any] = {"changes": {"currentVersion": 10.2}}
OLDEST: dict[str, Any] = {"changes": {}, "removed": ["currentVersion"]}


def _part(service: Service, left: int, top: int, columns: int, rows: int) -> tuple[float, float, float, float]:
    """Return a template of whole pixels."""
    xmin, ymax = service.xmin + left * service.cell_x, service.ymax - top * service.cell_y
    return xmin, ymax - rows * service.cell_y, xmin + columns * service.cell_x, ymax


# Service, server, template and cells, and how far a pixel of a level may be out of place, in its own width and height.
CASES = [
    (ODD, EXACT, {}, 0.0),
    (ODD, EXACT, {"template": _part(ODD, 7, 11, 1001, 777)}, 0.0),
    (ODD, EXACT, {"template": _part(ODD, 0, 400, 5001, 37)}, 0.0),
    (ODD, EXACT, {"template": _part(ODD, 13, 17, 1999, 997), "cell_size": (7.3, 11.9)}, 0.0),
    (NON_SQUARE, EXACT, {}, 0.0),
    (NON_SQUARE, EXACT, {"template": _part(NON_SQUARE, 3, 5, 1001, 777)}, 0.0),
    (NON_SQUARE, EXACT, {"cell_size": 0.0005}, 0.0),
    # Old servers widen boxes whose pixels are not quite square, as those of GDAL's overviews are.
    (ODD, OLD, {}, 0.3),
    (ODD, OLDEST, {"template": _part(ODD, 7, 11, 1001, 777)}, 0.3),
    (ODD, OLD, {"template": _part(ODD, 0, 400, 5001, 537)}, 0.5),
    (NON_SQUARE, OLD, {}, 0.3),
    (NON_SQUARE, OLD, {"cell_size": (0.0009, 0.0005)}, 0.3),
]


def _layer(
    server: ImageServerProcess, service: Service, patch: dict[str, Any], arguments: dict[str, Any]
) -> QgsRasterLayer:
    if patch:
        server.patch(service.name, **patch)
    return make_image_server_layer(server.service(service.name), band_index=2, **arguments)


def _error(service: Service, pixels: Array, x: Array, y: Array) -> tuple[Array, Array]:
    """Return how far, in the service's columns and rows, the places that pixels tell are from these ground points.

    Pixels outside the service are 0 and tell no place.
    """
    place = np.where(pixels == 0, np.nan, pixels.astype(np.int64) - 200_000_000)
    columns = (x - service.xmin) / service.cell_x
    rows = (service.ymax - y) / service.cell_y
    return place % 10_000 + 0.5 - columns, place // 10_000 + 0.5 - rows[:, np.newaxis]


def _windows(columns: int, rows: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield odd windows of a level: all of it where it is small, else at its corners and across a border of blocks."""
    if columns <= 700:
        yield 0, 0, columns, rows
        return
    width, height = min(97, columns), min(61, rows)
    yield 0, 0, width, height
    yield columns - width, rows - height, width, height
    yield 473, max(0, min(491, rows - height)), width, height


@pytest.mark.parametrize(("service", "patch", "arguments", "tolerance"), CASES)
def test_every_overview_is_in_place(
    image_server: ImageServerProcess,
    service: Service,
    patch: dict[str, Any],
    arguments: dict[str, Any],
    tolerance: float,
) -> None:
    layer = _layer(image_server, service, patch, arguments)
    # A band dies with its dataset, so the dataset is kept.
    dataset = gdal_dataset(layer)
    band = dataset.GetRasterBand(1)
    levels = [band, *(band.GetOverview(index) for index in range(band.GetOverviewCount()))]
    # A map of all of it takes one block, or a row of them.
    assert levels[-1].XSize * levels[-1].YSize <= 512 * 512
    extent = layer.extent()
    for level in levels:
        width, height = extent.width() / level.XSize, extent.height() / level.YSize
        for left, top, columns, rows in _windows(level.XSize, level.YSize):
            pixels = level.ReadAsArray(left, top, columns, rows)
            x = extent.xMinimum() + (left + np.arange(columns) + 0.5) * width
            y = extent.yMaximum() - (top + np.arange(rows) + 0.5) * height
            column_error, row_error = _error(service, pixels, x, y)
            assert np.nanmax(np.abs(column_error)) <= NEAREST + tolerance * width / service.cell_x
            assert np.nanmax(np.abs(row_error)) <= NEAREST + tolerance * height / service.cell_y
            assert np.isfinite(column_error).any()


def _map_error(
    service: Service, layer: QgsRasterLayer, view: QgsRectangle, size: tuple[int, int]
) -> tuple[Array, Array]:
    """Return how far what QGIS puts on a map is out of place, in the map's pixels along x and y."""
    width, height = view.width() / size[0], view.height() / size[1]
    x = view.xMinimum() + (np.arange(size[0]) + 0.5) * width
    y = view.yMaximum() - (np.arange(size[1]) + 0.5) * height
    columns, rows = _error(service, qgis_pixels(layer, view, size)[0], x, y)
    return columns * service.cell_x / width, rows * service.cell_y / height


@pytest.mark.parametrize(
    ("service", "patch", "arguments", "drift"),
    # Old servers are asked for square pixels only, of which the nearest are taken.
    [(*CASES[0][:3], 0.02), (*CASES[4][:3], 0.02), (*CASES[7][:3], 0.15), (*CASES[11][:3], 0.15)],
)
@pytest.mark.parametrize("size", [(800, 604), (333, 250), (1201, 801)])
def test_a_map_of_any_size_is_in_place(
    image_server: ImageServerProcess,
    service: Service,
    patch: dict[str, Any],
    arguments: dict[str, Any],
    size: tuple[int, int],
    drift: float,
) -> None:
    """A pixel may be off by a part of one, but none drifts."""
    layer = _layer(image_server, service, patch, arguments)
    view = layer.extent()
    for error in _map_error(service, layer, view, size):
        assert np.nanmax(np.abs(error)) <= 1.0
        assert abs(np.nanmean(error)) <= drift


def test_at_full_resolution_every_pixel_is_the_services_own(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/SyntheticNonSquare"))
    rows, columns = np.mgrid[:1333, :1801]
    place = rows * 10_000 + columns
    np.testing.assert_array_equal(qgis_pixels(layer), [100_000_000 + place, 200_000_000 + place])


@pytest.mark.parametrize(("patch", "sent"), [(EXACT, "false"), (OLD, None), (OLDEST, None)])
def test_only_servers_that_know_it_are_told_to_keep_the_box(
    image_server: ImageServerProcess, patch: dict[str, Any], sent: str | None
) -> None:
    layer = _layer(image_server, ODD, patch, {})
    qgis_pixels(layer, size=(100, 80))
    drawings = image_server.requests(operation="exportImage")
    assert {request.query.get("adjustAspectRatio") for request in drawings} == {sent}


def test_a_real_9_3_service_is_exact(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Version93"))
    np.testing.assert_array_equal(qgis_pixels(layer), ramps(3))


@pytest.mark.parametrize(("width", "height"), [(300, 300), (300, 200), (512, 64), (4000, 4000)])
def test_no_block_is_larger_than_the_service_allows(image_server: ImageServerProcess, width: int, height: int) -> None:
    image_server.patch("Test/SyntheticNonSquare", {"maxImageWidth": width, "maxImageHeight": height})
    layer = make_image_server_layer(image_server.service("Test/SyntheticNonSquare"), band_index=1)
    pixels = gdal_dataset(layer).ReadAsArray(290, 180, 701, 333)
    rows, columns = np.mgrid[180:513, 290:991]
    np.testing.assert_array_equal(pixels, 100_000_000 + rows * 10_000 + columns)
    sizes = [tuple(map(int, request.query["size"].split(","))) for request in image_server.requests("", "exportImage")]
    assert max(size[0] for size in sizes) == min(width, 512)
    assert max(size[1] for size in sizes) == min(height, 512)
