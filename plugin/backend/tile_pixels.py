"""The bytes of a tile as pixels of a layer, held against what the layer is."""

from __future__ import annotations

import numpy as np

from ..options.grid import Grid
from ..service.errors import NotValuesError, ResponseError
from ..service.tile_info import TileInfo
from ..translation import tr
from .lerc import read_lerc
from .lerc_header import is_lerc
from .pixel_types import numpy_type
from .pixels import Array, Pixels, as_declared, read_picture
from .shapes import Mask, inside_clip
from .source import Kind, LayerSource
from .tile_pieces import TilePart, taken


def decode_tile(content: bytes, source: LayerSource, tiles: TileInfo, part: TilePart, window: Grid) -> Pixels:
    """Return the pixels of a window that lies in one tile; `part` says which of the tile's pixels they are.

    Raises:
        ResponseError: the tile is broken, or not of the layer's kind.
    """
    size = tiles.columns, tiles.rows
    if source.kind is Kind.PICTURE:
        values, valid = read_picture_tile(content, size), None
    else:
        values, data_type, valid = read_values_tile(content, size)
        values = as_declared(values, data_type, source)
    values = np.ascontiguousarray(taken(values, part))
    valid = None if valid is None else taken(valid, part)
    return _clipped(Pixels(values, valid), source, window)


def no_tile(source: LayerSource, window: Grid) -> Pixels:
    """Return the pixels of a window where the cache has no tile: transparent, or no data."""
    shape = (window.rows, window.columns)
    values = np.zeros((len(source.bands), *shape), numpy_type(source.data_type))
    return Pixels(values, np.zeros(shape, np.bool_))


def read_values_tile(content: bytes, size: tuple[int, int]) -> tuple[Array, str, Mask]:
    """Return the values of a LERC tile, GDAL's name of their type, and where there are any. `size` is columns and rows.

    Raises:
        NotValuesError: it is a picture.
        ResponseError: it cannot be decoded, or has another size.
    """
    if not is_lerc(content):
        raise NotValuesError(
            tr("The tiles of the service are pictures, so there are no pixel values; choose a picture.")
        )
    return read_lerc(content, size)


def read_picture_tile(content: bytes, size: tuple[int, int]) -> Array:
    """Return a PNG or JPEG tile as red, green, blue and alpha.

    Raises:
        ResponseError: it is something else, cannot be read, or has another size.
    """
    if is_lerc(content):
        raise ResponseError(tr("The tiles of the service hold values and no picture; choose pixel values."))
    return read_picture(content, size)


def _clipped(pixels: Pixels, source: LayerSource, window: Grid) -> Pixels:
    if source.clip is None:
        return pixels
    inside = inside_clip(source.clip, window)
    if source.kind is Kind.PICTURE:
        pixels.values[:, ~inside] = 0
        return pixels
    return Pixels(pixels.values, inside if pixels.valid is None else inside & pixels.valid)
