"""Services of ready-made tiles only: drawn, identified, exported and refused, against known values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsPointXY, QgsProject, QgsRaster, QgsRasterBlockFeedback, QgsRasterLayer, QgsRectangle

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.backend.source_reader import read_layer_source
from image_server_layer.plugin.layer.describe import NOTES_PROPERTY
from image_server_layer.plugin.service.errors import OptionError, UnsupportedServiceError
from image_server_layer.tests.clipping import clip_of
from image_server_layer.tests.reading import gdal_dataset, qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

# The grid of the services of LERC tiles, and the corner that their tiles go out from.
XMIN, YMAX, CELL, COLUMNS, ROWS = 300000.0, 9100000.0, 4.0, 301, 203
ORIGIN = (299900.0, 9100100.0)
SIDE = 64
TYPES = {"F32": np.float32, "S16": np.int16, "U16": np.uint16}
# (2, 2) of the level of 4 units, in columns and rows of the service.
MISSING = slice(2 * SIDE - 25, 3 * SIDE - 25), slice(2 * SIDE - 25, 3 * SIDE - 25)


def truth(pixel_type: str = "F32", bands: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of a service (bands, rows, columns), and where its tiles have any."""
    rows, columns = np.mgrid[:ROWS, :COLUMNS]
    values = np.stack([1000 * band + rows + columns / 4 for band in range(1, bands + 1)]).astype(TYPES[pixel_type])
    valid = (rows + columns) % 7 != 0
    valid[MISSING] = False
    return values, valid


def blocks(
    layer: QgsRasterLayer, extent: QgsRectangle | None = None, size: tuple[int, int] | None = None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return pixels as doubles, where there are any, and what the provider says of what is not there."""
    columns, rows = size or (layer.width(), layer.height())
    feedback = QgsRasterBlockFeedback()
    values, valid = [], []
    for band in range(1, layer.bandCount() + 1):
        block = layer.dataProvider().block(band, extent or layer.extent(), columns, rows, feedback)
        values.append([[block.value(row, column) for column in range(columns)] for row in range(rows)])
        valid.append([[not block.isNoData(row, column) for column in range(columns)] for row in range(rows)])
    return np.array(values), np.array(valid), feedback.errors()


@pytest.mark.parametrize(
    ("service", "pixel_type", "bands"),
    [
        ("Test/LercTiles", "F32", 1),
        ("Test/LercTilesS16", "S16", 1),
        ("Test/LercTilesBands", "U16", 3),
        ("Test/LercTilesNewest", "F32", 1),
        ("Test/LercTilesNewestS16", "S16", 1),
    ],
)
def test_lerc_tiles_are_values_cell_by_cell(
    image_server: ImageServerProcess, service: str, pixel_type: str, bands: int
) -> None:
    layer = make_image_server_layer(image_server.service(service))
    assert (layer.width(), layer.height(), layer.bandCount()) == (COLUMNS, ROWS, bands)
    assert layer.extent() == QgsRectangle(XMIN, YMAX - ROWS * CELL, XMIN + COLUMNS * CELL, YMAX)
    values, valid, errors = blocks(layer)
    expected, there = truth(pixel_type, bands)
    assert errors == []
    assert np.array_equal(valid, np.broadcast_to(there, valid.shape))
    assert np.array_equal(values[:, there], expected[:, there])
    assert image_server.requests(operation="exportImage") == []


def test_a_coarser_view_takes_the_level_that_fits_though_levels_do_not_halve(
    image_server: ImageServerProcess,
) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    image_server.clear()
    view = QgsRectangle(300100.0, 9099300.0, 301100.0, 9099900.0)
    values, valid, _ = blocks(layer, view, (100, 60))
    asked = {record.path.partition("/tile/")[2].split("/")[0] for record in image_server.requests("/tile/")}
    assert asked == {"2"}
    # Pixels of the level begin at the origin of the tiles: the server drew them from the cells under their centers.
    columns, rows = np.meshgrid(np.arange(100), np.arange(60))
    x = 300100.0 + columns * 10 + 5
    y = 9099900.0 - rows * 10 - 5
    column, row = np.floor((x - XMIN) / CELL + 1e-4).astype(int), np.floor((YMAX - y) / CELL + 1e-4).astype(int)
    there = (row + column) % 7 != 0
    assert np.array_equal(valid[0], there)
    assert np.array_equal(values[0][there], (1000 + row + column / 4)[there])


def test_a_view_that_is_still_known_is_not_asked_for_again(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    image_server.clear()
    first = blocks(layer)
    count = len(image_server.requests("/tile/"))
    assert count == 6 * 4
    second = blocks(layer)
    assert len(image_server.requests("/tile/")) == count
    assert np.array_equal(first[1], second[1])


def test_nothing_is_drawn_outside_of_the_extent_that_was_asked_for(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"), template="300201 9099301 300399 9099599")
    assert layer.extent() == QgsRectangle(300200.0, 9099300.0, 300400.0, 9099600.0)
    values, valid, _ = blocks(layer)
    rows, columns = slice(100, 175), slice(50, 100)
    expected, there = truth()
    assert np.array_equal(valid[0], there[rows, columns])
    assert np.array_equal(values[0][valid[0]], expected[0, rows, columns][there[rows, columns]])
    _, around, _ = blocks(layer, QgsRectangle(300000.0, 9099300.0, 300200.0, 9099600.0), (50, 75))
    assert not around.any()


def test_one_tile_that_fails_is_told_and_the_others_are_drawn(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    image_server.fault("status", match="/tile/3/1/1", status=500)
    values, valid, errors = blocks(layer)
    expected, there = truth()
    there[SIDE - 25 : 2 * SIDE - 25, SIDE - 25 : 2 * SIDE - 25] = False
    assert len(errors) == 1
    assert "127.0.0.1" in errors[0]
    assert np.array_equal(valid[0], there)
    assert np.array_equal(values[0][there], expected[0][there])
    image_server.reset()
    assert blocks(layer)[1][0].sum() == truth()[1].sum()


@pytest.mark.parametrize("kind", ["html", "truncate", "empty"])
def test_a_tile_that_is_no_tile_gives_no_number(image_server: ImageServerProcess, kind: str) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    image_server.fault(kind, match="/tile/", times=None)
    _, valid, errors = blocks(layer, QgsRectangle(300400.0, 9099700.0, 300500.0, 9099800.0), (25, 25))
    assert not valid.any()
    assert errors


def test_what_gdal_cannot_decode_makes_no_layer(image_server: ImageServerProcess) -> None:
    sentence = r"GDAL cannot decode the tiles of this service \(Lerc2 6, Int8\), .* ask the publisher"
    with pytest.raises(ImageServerLayerError, match=sentence):
        make_image_server_layer(image_server.service("Test/LercTilesS8"))


def test_tiles_of_a_service_with_slices_are_of_a_slice_that_nobody_knows(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/ClimateTiles"))
    assert layer.bandName(1) == "Band 1: Band_1"
    assert "its tiles show the one that it chooses by itself" in " ".join(layer.customProperty(NOTES_PROPERTY))


def test_picture_tiles_are_drawn_pixel_by_pixel(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/TilesOnly"))
    source = read_layer_source(layer.source())
    assert source is not None
    assert source.is_picture
    cell = source.grid.cell_size[0]
    # Tiles begin elsewhere than the service's own pixels; the nearest of these is what the server draws.
    xmin, ymax = -3885000.0, -890000.0
    left, top = source.grid.extent.xmin + 500 * cell, source.grid.extent.ymax - 700 * cell
    values, valid, errors = blocks(layer, QgsRectangle(left, top - 90 * cell, left + 120 * cell, top), (120, 90))
    columns, rows = np.meshgrid(np.arange(120), np.arange(90))
    column = np.floor((left + (columns + 0.5) * cell - xmin) / 4.777314267823516 + 1e-4).astype(int)
    row = np.floor((ymax - (top - (rows + 0.5) * cell)) / 4.777314267823516 + 1e-4).astype(int)
    assert errors == []
    assert valid.all()
    assert np.array_equal(values[0], (row // 8) % 256)
    assert np.array_equal(values[1], (column // 8) % 256)
    assert np.array_equal(values[3], np.full_like(values[3], 255))


def test_a_view_from_far_takes_few_coarse_tiles(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/TilesOnly"))
    image_server.clear()
    far = layer.extent()
    far.scale(8)
    blocks(layer, far, (256, 256))
    asked = image_server.requests("/tile/")
    assert sorted(record.path.partition("/tile/")[2] for record in asked) == ["9/267/206"]


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"band_index": "1"}, "bands"),
        ({"processing_template": "Hillshade"}, "processing_template"),
        ({"mosaic_method": "CENTER"}, "mosaic_method"),
        ({"lock_rasterid": "1"}, "lock_raster_ids"),
        ({"where_clause": "OBJECTID = 1"}, "where"),
        ({"cell_size": 30}, "cell_size"),
        ({"time": "2020-01-01"}, "time"),
        ({"interpolation": "bilinear"}, "interpolation"),
        ({"compression_quality": 50}, "compression_quality"),
    ],
)
def test_what_tiles_cannot_have_is_refused_with_the_reason(
    image_server: ImageServerProcess, given: dict[str, Any], option: str
) -> None:
    for service in ("Test/TilesOnly", "Test/LercTiles"):
        with pytest.raises(OptionError, match="offers only ready-made tiles, which are as they were made") as caught:
            make_image_server_layer(image_server.service(service), **given)
        assert caught.value.option == option


def test_a_kind_that_tiles_are_not_is_refused(image_server: ImageServerProcess) -> None:
    with pytest.raises(UnsupportedServiceError, match="pictures and hold no values"):
        make_image_server_layer(image_server.service("Test/TilesOnly"), kind="values")
    with pytest.raises(UnsupportedServiceError, match="which hold values"):
        make_image_server_layer(image_server.service("Test/LercTiles"), kind="picture")
    with pytest.raises(OptionError, match="GDAL does not find its way"):
        make_image_server_layer(image_server.service("Test/LercTiles"), provider="gdal")


def test_identify_tells_the_value_of_the_tile(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTilesBands"))
    provider = layer.dataProvider()

    def at(column: int, row: int) -> dict[int, float | None]:
        point = QgsPointXY(XMIN + (column + 0.3) * CELL, YMAX - (row + 0.7) * CELL)
        return provider.identify(point, QgsRaster.IdentifyFormatValue).results()

    assert at(20, 31) == {1: 1036.0, 2: 2036.0, 3: 3036.0}
    # Masked, in a tile that is missing, and outside.
    assert at(20, 1) == at(120, 120) == {1: None, 2: None, 3: None}
    assert at(-5, 5) == {}
    assert provider.sample(QgsPointXY(XMIN + 20.3 * CELL, YMAX - 31.7 * CELL), 2) == (2036.0, True)


def test_a_clipped_layer_of_tiles_has_nothing_outside_of_the_shape(image_server: ImageServerProcess) -> None:
    square = [(300200.0, 9099800.0), (300300.0, 9099800.0), (300300.0, 9099700.0), (300200.0, 9099700.0)]
    layer = make_image_server_layer(image_server.service("Test/LercTiles"), clip=clip_of([square]).wkt())
    _, valid, _ = blocks(layer, QgsRectangle(300000.0, 9099500.0, 300500.0, 9100000.0), (125, 125))
    inside = np.zeros((125, 125), bool)
    inside[50:75, 50:75] = truth()[1][50:75, 50:75]
    assert np.array_equal(valid[0], inside)


def test_gdal_draws_picture_tiles_by_itself(image_server: ImageServerProcess) -> None:
    part = "-3884000 -895000 -3880000 -892000"
    layer = make_image_server_layer(image_server.service("Test/TilesOnly"), template=part)
    dataset = gdal_dataset(layer)
    assert (dataset.RasterXSize, dataset.RasterYSize) == (layer.width(), layer.height())
    assert np.array_equal(dataset.ReadAsArray(), qgis_pixels(layer))
    image_server.clear()
    assert dataset.ReadAsArray(buf_xsize=dataset.RasterXSize // 2, buf_ysize=dataset.RasterYSize // 2)[3].min() == 255
    assert {record.path.partition("/tile/")[2].split("/")[0] for record in image_server.requests("/tile/")} == {"14"}
    plain = make_image_server_layer(image_server.service("Test/TilesOnly"), provider="gdal")
    assert plain.providerType() == "gdal"
    assert plain.isValid()


def test_a_project_with_picture_tiles_opens_without_the_plugin(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    make_image_server_layer(image_server.service("Test/TilesOnly"))
    path = tmp_path / "tiles.qgs"
    assert QgsProject.instance().write(str(path))
    assert "<provider>gdal</provider>" in path.read_text()


def test_a_saved_project_comes_back_without_a_request(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    project = QgsProject.instance()
    path = str(tmp_path / "tiles.qgs")
    assert project.write(path)
    image_server.clear()
    project.clear()
    assert project.read(path)
    (again,) = project.mapLayers().values()
    assert again.providerType() == "imageserver"
    assert image_server.requests() == []
    assert np.array_equal(blocks(again)[1][0], truth()[1])
    del layer
