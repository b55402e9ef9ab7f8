"""What a service is, and what a layer of it will be, in one line each."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsUnitTypes
from qgis.PyQt.QtCore import QLocale

from ..backend.pixel_types import gdal_type
from ..backend.source import Kind
from ..options.grid import pixel_grid
from ..options.layer_options import LayerOptions
from ..options.sentences import shortened
from ..options.wording import clip_in_words, method_label, slice_in_short, template_in_words, time_in_words
from ..service.crs import crs_of
from ..service.image_service import ImageService
from ..translation import tr
from .kind import Choice, Provider

# More bands are counted rather than named.
_BANDS_NAMED = 4
# Red, green, blue and alpha.
_BYTES_OF_COLOR = 4
# QLocale counts bytes in 64 bits.
_LARGEST_SIZE = 2**63 - 1
_BYTES = {"Byte": 1, "UInt16": 2, "Int16": 2, "UInt32": 4, "Int32": 4, "Float32": 4, "Float64": 8}


def service_summary(service: ImageService, raster_count: int | None = None) -> str:
    """Return what a service is: `6 bands, 8-bit, 28.5 m, mosaic of 6 rasters, 15 raster functions, WGS 84`.

    `raster_count` is the number of rasters in the mosaic, where it is known.
    """
    crs = crs_of(service.spatial_reference)
    bands, cell_size = _bands_counted(len(service.bands)), _cell_size(service.pixel_size, service)
    parts = [bands, _pixel_type(service.pixel_type), cell_size]
    if service.tiles_only:
        parts.append(tr("ready-made tiles only"))
    elif service.mosaic is None:
        parts.append(tr("single raster"))
    elif raster_count is None:
        parts.append(tr("mosaic"))
    else:
        parts.append(
            tr("mosaic of 1 raster")
            if raster_count == 1
            else tr("mosaic of {count} rasters").format(count=_whole(raster_count))
        )
    if service.allows_functions and service.functions:
        parts.append(
            tr("1 raster function")
            if len(service.functions) == 1
            else tr("{count} raster functions").format(count=_whole(len(service.functions)))
        )
    parts.append(crs.description() or crs.authid() or tr("unknown coordinate reference system"))
    return ", ".join(filter(None, parts))


def layer_summary(options: LayerOptions, service: ImageService, output: ImageService | None, choice: Choice) -> str:
    """Return what the layer will be: kind, bands, type, template, rasters, cells, size of a whole export.

    `output` is the service's description after the processing template, None while it is not known.

    Raises:
        OptionError: there is no such grid.
    """
    grid = pixel_grid(service, options.area, options.cell_size, options.snap_origin)
    if choice.kind is Kind.VALUES:
        kind, pixel_type = tr("Pixel values"), _pixel_type(output.pixel_type) if output else ""
        bands, pixel_bytes = _bands(options, output), _bytes_of_values(options, output)
    else:
        kind, pixel_type = tr("Picture"), tr("8-bit color")
        # Which bands are drawn is the server's choice, unless some are chosen.
        bands, pixel_bytes = "" if options.bands is None else _bands(options, output), _BYTES_OF_COLOR
    parts = [
        kind,
        bands,
        pixel_type,
        template_in_words(options.processing_template, service),
        *_rasters(options),
        *slice_in_short(options, service),
        time_in_words(options.time) if options.time else "",
        _cell_size(grid.cell_size, service),
        tr("{columns} × {rows} pixels").format(columns=_whole(grid.columns), rows=_whole(grid.rows)),
        tr("clipped to {polygons}").format(polygons=clip_in_words(options.clip)) if options.clip else "",
        tr("drawn from the service's tiles") if choice.of_tiles and choice.kind is Kind.PICTURE else "",
        _exported(grid.columns * grid.rows * pixel_bytes),
    ]
    if choice.provider is Provider.GDAL:
        parts.append(tr("opens without this plugin"))
    return " · ".join(filter(None, parts))


def _bytes_of_values(options: LayerOptions, output: ImageService | None) -> int:
    """Return the bytes of a pixel with all bands that there will be, 0 while they are not known."""
    if output is None:
        return 0
    count = len(output.bands) if options.bands is None else len(options.bands)
    return count * _BYTES.get(gdal_type(output.pixel_type), 0)


def _bands(options: LayerOptions, output: ImageService | None) -> str:
    """Return which bands there will be, with names where they mean something."""
    if options.bands is None:
        return "" if output is None else _bands_counted(len(output.bands))
    names = {band.number: band.name for band in output.bands if band.has_own_name} if output else {}
    named = [names.get(number, str(number)) for number in options.bands]
    counted = _bands_counted(len(named))
    return f"{counted} ({', '.join(named)})" if len(named) <= _BANDS_NAMED else counted


def _rasters(options: LayerOptions) -> Iterator[str]:
    """Yield which rasters of the mosaic there will be, and in which order, as far as that was chosen."""
    count = len(options.lock_raster_ids)
    if count:
        yield tr("1 locked raster") if count == 1 else tr("{count} locked rasters").format(count=_whole(count))
    elif options.mosaic_method is not None:
        yield " ".join(filter(None, (method_label(options.mosaic_method), options.order_field)))
    if options.where:
        yield tr("where {clause}").format(clause=shortened(options.where))


def _bands_counted(count: int) -> str:
    return tr("1 band") if count == 1 else tr("{count} bands").format(count=_whole(count))


def _pixel_type(pixel_type: str) -> str:
    """Return an ArcGIS pixel type such as `S16` in words; empty where it is unknown."""
    kind, bits = pixel_type[:1], pixel_type[1:]
    patterns = {
        "U": tr("{bits}-bit"),
        "S": tr("{bits}-bit signed"),
        "F": tr("{bits}-bit floating point"),
        "C": tr("{bits}-bit complex"),
    }
    return patterns[kind].format(bits=bits) if kind in patterns else ""


def _cell_size(size: tuple[float, float], service: ImageService) -> str:
    """Return width and height of a cell with their unit, only one of them if both look the same."""
    crs = crs_of(service.spatial_reference)
    unit = QgsUnitTypes.toAbbreviatedString(crs.mapUnits()) if crs.isValid() else ""
    numbers = dict.fromkeys(QLocale().toString(float(length), "g", 6) for length in size)
    return f"{' × '.join(numbers)} {unit}".strip()


def _exported(size: int) -> str:
    """Return the size of an export of the whole layer; empty if it is unknown, or too large for any disk."""
    if not 0 < size <= _LARGEST_SIZE:
        return ""
    data = QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return tr("{size} if exported whole").format(size=data)


def _whole(count: int) -> str:
    return QLocale().toString(count)
