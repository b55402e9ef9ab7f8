"""From the ready-made tiles of a service to the source of a layer: its grid, and a look at what the tiles hold.

The cells of the layer are those of the finest level that is needed, so that each is a pixel of a tile. Tiles are as
they were made: the layer has what tiles have, and no parameter of `exportImage`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qgis.core import QgsCoordinateReferenceSystem

from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..service.access import Access
from ..service.client import ImageServiceClient
from ..service.crs import request_reference
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, ResponseError
from ..service.extent import Extent
from ..service.image_service import Band, ImageService
from ..service.plain_text import markless_line
from ..service.tile_info import TileInfo
from ..translation import tr
from .pixel_types import nodata_in_type
from .prepare import Prepared, gdal_crs, layer_grid, require_cells_inside
from .probe import Probe
from .source import PICTURE_BANDS, Kind, LayerSource, SourceBand
from .tile_pixels import read_picture_tile, read_values_tile

# In bytes: the largest file of a tile.
_LARGEST_FILE = 32 * 2**20
# In tiles a side: the largest window that is requested at once, also by exports.
_SIDE = 8
# The side of a map in pixels, on which a layer is first seen.
_SCREEN = 1000
_ELEVATION = "esriImageServiceDataTypeElevation"


def prepare_tiles(
    client: ImageServiceClient,
    service: ImageService,
    tiles: TileInfo,
    options: LayerOptions,
    kind: Kind,
    crs: QgsCoordinateReferenceSystem,
    access: Access,
) -> Prepared:
    """Return the source of a layer of ready-made tiles, after a look at one of them.

    Bands and type are those of the tile, whatever the service declares.

    Raises:
        NotValuesError: values were asked for, but the tiles are pictures.
        ImageServerLayerError: no tile can be had, or none that can be decoded here.
    """
    tiles = replace(tiles, levels=tiles.needed_levels(min(service.pixel_size)))
    grid = layer_grid(service, options)
    require_cells_inside(options, grid)
    source = LayerSource(
        service_url=service.url,
        service_name=service.name,
        kind=kind,
        options_json=options.to_json(),
        parameters={"format": "png32" if kind is Kind.PICTURE else "tiff"},
        grid=grid,
        bands=tuple(SourceBand(name) for name in PICTURE_BANDS),
        data_type="Byte",
        reference=request_reference(service.spatial_reference),
        crs=gdal_crs(crs),
        largest_image=(_SIDE * tiles.columns, _SIDE * tiles.rows),
        access=access,
        clip=options.clip,
        tiles=tiles,
    )
    seen = _look(client, source, tiles)
    if kind is Kind.PICTURE:
        return Prepared(source, seen)
    bands, notes = _bands(service, seen)
    source = replace(
        source,
        bands=tuple(
            SourceBand(markless_line(band.name), _nodata(options, service, at, seen.data_type))
            for at, band in enumerate(bands)
        ),
        data_type=seen.data_type,
        is_elevation=service.data_type == _ELEVATION and len(bands) == 1,
    )
    return Prepared(source, seen, notes)


def with_tiles(
    client: ImageServiceClient, service: ImageService, options: LayerOptions, prepared: Prepared
) -> Prepared:
    """Return a picture that is drawn from tiles, too, after a look at one of them.

    If that tile cannot be drawn from, the picture stays as it is, with a note that says so.

    Raises:
        ImageServerLayerError: there is none, and tiles were asked for by name.
    """
    try:
        tiles = look_at_tiles(client, service, options)
    except (AuthenticationError, CanceledError):
        raise
    except ImageServerLayerError as error:
        if options.tiles:
            raise
        text = tr("The tiles of the service cannot be drawn from, so the server draws each view: {reason}")
        note = Note("tiles", text.format(reason=error.message))
        return replace(prepared, notes=(*prepared.notes, note))
    return replace(prepared, source=replace(prepared.source, tiles=tiles, has_images=True))


def look_at_tiles(client: ImageServiceClient, service: ImageService, options: LayerOptions) -> TileInfo:
    """Return the tiles of a service that also draws images, after a look at the one in the middle of the layer.

    The level of this tile is the one from which the whole layer is drawn on a screen, as users see it first.

    Raises:
        ResponseError: there is no such tile, or it is no picture of the size that it is said to have.
        ImageServerLayerError: it cannot be had.
    """
    if service.tiles is None:
        raise ResponseError(tr("The service does not say where its tiles lie."))
    tiles, grid = service.tiles, layer_grid(service, options)
    size = max(grid.extent.width, grid.extent.height) / _SCREEN
    level = next((each for each in tiles.levels if each.resolution <= size), tiles.levels[-1])
    content = next(_middle_tiles(client, grid.extent, replace(tiles, levels=(level,))))
    if isinstance(content, ImageServerLayerError):
        raise content
    if content is None:
        text = tr("There is no tile in the middle of the layer at level {level}.")
        raise ResponseError(text.format(level=level.level))
    read_picture_tile(content, (tiles.columns, tiles.rows))
    return tiles


def _look(client: ImageServiceClient, source: LayerSource, tiles: TileInfo) -> Probe:
    """Return the pixels of the tile in the middle of the layer: of the finest level that has one there.

    Raises:
        ResponseError: no level has one there, so that nobody knows what the tiles hold.
    """
    failed: ImageServerLayerError | None = None
    for content in _middle_tiles(client, source.grid.extent, tiles):
        if isinstance(content, ImageServerLayerError):
            failed = failed or content
        elif content is not None:
            size = tiles.columns, tiles.rows
            if source.kind is Kind.PICTURE:
                return Probe(read_picture_tile(content, size), "Byte")
            values, data_type, _ = read_values_tile(content, size)
            return Probe(values, data_type)
    raise failed or ResponseError(
        tr("The service has no tile in the middle of the layer at any level; choose another template extent.")
    )


def _middle_tiles(
    client: ImageServiceClient, extent: Extent, tiles: TileInfo
) -> Iterator[bytes | ImageServerLayerError | None]:
    """Yield what became of the tile in the middle of each level, the finest first; a few levels in one round trip."""
    (x, y), (origin_x, origin_y) = extent.center, tiles.origin
    places = [
        (
            each.level,
            int((origin_y - y) // (each.resolution * tiles.rows)),
            int((x - origin_x) // (each.resolution * tiles.columns)),
        )
        for each in reversed(tiles.levels)
    ]
    for first in range(0, len(places), _SIDE):
        yield from client.tiles(places[first : first + _SIDE], _LARGEST_FILE)


def _bands(service: ImageService, seen: Probe) -> tuple[list[Band], tuple[Note, ...]]:
    if len(service.bands) == seen.band_count:
        return list(service.bands), ()
    text = tr("The service declares {declared} bands, but its tiles hold {sent}; the layer has the latter.")
    note = Note("bands", text.format(declared=len(service.bands), sent=seen.band_count))
    return [Band(at, tr("Band {number}").format(number=at)) for at in range(1, seen.band_count + 1)], (note,)


def _nodata(options: LayerOptions, service: ImageService, at: int, data_type: str) -> float | None:
    """Return the value that means no data in a band, beside the mask of each tile."""
    given = options.nodata or service.nodata
    if not given:
        return None
    return nodata_in_type(given[at] if len(given) > at else given[0], data_type)
