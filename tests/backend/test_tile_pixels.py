"""A tile is held against what the layer is: nothing of another size, type or kind becomes a pixel of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal, gdal_array

from image_server_layer.plugin.backend.source import LayerSource
from image_server_layer.plugin.backend.tile_pieces import tile_part
from image_server_layer.plugin.backend.tile_pixels import decode_tile, no_tile
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.errors import ImageServerLayerError, NotValuesError, ResponseError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.tile_info import TileInfo, TileLevel
from image_server_layer.tests.backend.plain_sources import as_picture, values_source
from image_server_layer.tests.imageserver.lerc import lerc2

TILES = TileInfo(24, 16, (0.0, 16.0), "LERC2D", (TileLevel(0, 1.0),))
WINDOW = Grid(Extent(4.0, 4.0, 10.0, 14.0), 6, 10, (1.0, 1.0))
HOLES = np.ones((16, 24), np.bool_)
HOLES[5, 7] = False
VALUES = replace(values_source(WINDOW, ("a", "b"), "Int32"), tiles=TILES)
PICTURE = as_picture(VALUES)


def ramp(bands: int, kind: str, size: tuple[int, int] = (24, 16)) -> np.ndarray:
    """Return pixels (bands, rows, columns) that tell where they lie."""
    return np.arange(bands * size[0] * size[1]).reshape(bands, size[1], size[0]).astype(kind)


def png(pixels: np.ndarray) -> bytes:
    """Return a picture as a file."""
    path = "/vsimem/test_tile_pixels.png"
    gdal.GetDriverByName("PNG").CreateCopy(path, gdal_array.OpenArray(np.ascontiguousarray(pixels))).FlushCache()
    file = gdal.VSIFOpenL(path, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    gdal.Unlink(f"{path}.aux.xml")
    return content


def test_a_window_takes_its_own_pixels_of_a_tile_and_what_is_masked_is_none() -> None:
    part = tile_part(TILES, WINDOW)
    found = decode_tile(lerc2(ramp(2, "i4"), HOLES, 4), VALUES, TILES, part, WINDOW)
    assert found.valid is not None
    assert np.array_equal(found.valid, HOLES[2:12, 4:10])
    assert np.array_equal(found.values[:, found.valid], ramp(2, "i4")[:, 2:12, 4:10][:, found.valid])
    # Whole numbers of fewer bits are the same numbers.
    narrow = decode_tile(lerc2(ramp(2, "i2"), HOLES, 4), VALUES, TILES, part, WINDOW)
    assert narrow.values.dtype == np.int32
    picture = decode_tile(png(ramp(4, "u1")), PICTURE, TILES, part, WINDOW)
    assert picture.valid is None
    assert np.array_equal(picture.values, ramp(4, "u1")[:, 2:12, 4:10])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lerc2(ramp(2, "f4"), HOLES, 4), "2 bands of the type Float32 where the layer has 2 of the type Int32"),
        (lerc2(ramp(2, "u4"), HOLES, 4), "2 bands of the type UInt32 where the layer has 2 of the type Int32"),
        (lerc2(ramp(1, "i4"), HOLES, 4), "1 bands of the type Int32 where the layer has 2"),
        (lerc2(ramp(3, "i4"), HOLES, 4), "3 bands of the type Int32 where the layer has 2"),
        (lerc2(ramp(2, "i4", (16, 24)), HOLES.T, 4), "A tile of the service is broken"),
    ],
    ids=["fractions", "no sign", "a band less", "a band more", "another size"],
)
def test_values_of_another_layer_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(ResponseError, match=said):
        decode_tile(content, VALUES, TILES, tile_part(TILES, WINDOW), WINDOW)


@pytest.mark.parametrize(
    ("source", "content", "said"),
    [
        (VALUES, png(ramp(4, "u1")), "The tiles of the service are pictures"),
        (PICTURE, lerc2(ramp(2, "i4"), HOLES, 4), "The tiles of the service hold values and no picture"),
        (PICTURE, png(ramp(4, "u1", (25, 16))), "25 × 16 pixels where 24 × 16 were asked for"),
        (PICTURE, png(ramp(4, "u2")), "other than one to four bands of eight bits"),
        (PICTURE, b"<VRTDataset/>", "not an image that can be read"),
    ],
    ids=["a picture", "values", "another size", "sixteen bits", "no tile"],
)
def test_a_tile_of_another_kind_is_refused(source: LayerSource, content: bytes, said: str) -> None:
    with pytest.raises(ImageServerLayerError, match=said) as caught:
        decode_tile(content, source, TILES, tile_part(TILES, WINDOW), WINDOW)
    assert isinstance(caught.value, NotValuesError if source is VALUES else ResponseError)


@pytest.mark.parametrize("source", [VALUES, PICTURE], ids=["values", "picture"])
def test_where_there_is_no_tile_there_is_nothing(source: LayerSource) -> None:
    found = no_tile(source, WINDOW)
    assert found.valid is not None
    assert not found.valid.any()
    assert not found.values.any()
    assert (found.values.shape, found.values.dtype.name) == (
        (len(source.bands), 10, 6),
        {"Int32": "int32", "Byte": "uint8"}[source.data_type],
    )
