"""From options and service to the source of a layer: its grid, its parameters, and a look at a few of its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem

from ..options.check import Note
from ..options.dynamic_range import stretches_by_view
from ..options.grid import Grid, pixel_grid
from ..options.layer_options import LayerOptions
from ..options.mosaic_rule import follows_view
from ..options.slices import playable_time
from ..options.time_range import TimeRange
from ..service.access import Access
from ..service.attribute_table import AttributeTableRow
from ..service.client import ImageServiceClient
from ..service.crs import request_reference
from ..service.errors import OptionError
from ..service.image_service import Band, ImageService
from ..service.number_text import readable_number
from ..service.plain_text import markless_line
from ..translation import tr
from .export_image import draws_exact_box, is_thematic, parameters_for
from .pixel_types import gdal_type, nodata_in_type, numpy_type
from .probe import Probe, probe
from .shapes import inside_clip
from .source import PICTURE_BANDS, Kind, LayerSource, SourceBand

# A shape whose bounding box has more cells is taken to have some of them inside.
_MOST_CELLS_LOOKED_AT = 1_000_000
_ELEVATION = "esriImageServiceDataTypeElevation"


@dataclass(frozen=True)
class Prepared:
    """A layer about to be: its source, a few of its pixels, and what the user should know."""

    source: LayerSource
    probe: Probe
    notes: tuple[Note, ...] = ()


def prepare_source(
    client: ImageServiceClient,
    service: ImageService,
    output: ImageService,
    options: LayerOptions,
    kind: Kind,
    crs: QgsCoordinateReferenceSystem,
    access: Access,
    classes: Sequence[AttributeTableRow] = (),
    dates: Sequence[TimeRange] = (),
) -> Prepared:
    """Return the source of a layer, after one look at its pixels.

    The look is the layer's own drawing request but for its box. Where the pixels differ from what the service declares,
    the pixels are right. `output` is the service's description after the processing template, the same object as
    `service` where pixels stay raw; `options` have been checked against both. `crs` is that of the service, `dates` are
    those that frames of the temporal controller are taken to, the earliest first, see `LayerSource`.

    Raises:
        NotValuesError: values were asked for, but the service sends pictures whatever it is asked for.
        ImageServerLayerError: the server refuses the request, or its answer cannot be used.
    """
    grid, played = layer_grid(service, options), playable_time(options, service)
    require_cells_inside(options, grid)
    source = LayerSource(
        service_url=service.url,
        service_name=service.name,
        kind=kind,
        options_json=options.to_json(),
        parameters=parameters_for(kind, options, service, output, grid.extent.center),
        grid=grid,
        bands=tuple(SourceBand(name) for name in PICTURE_BANDS),
        data_type="Byte",
        reference=request_reference(service.spatial_reference),
        crs=gdal_crs(crs),
        largest_image=(service.max_image_width, service.max_image_height),
        follows_view=follows_view(options, service),
        stretches_by_view=stretches_by_view(options, service),
        access=access,
        times=_times(service, options) if played is None else _reach(dates),
        dates=tuple(dates),
        clip=options.clip,
        time_dimension="" if played is None else played.name,
        nearest_value=played is not None and options.nearest_date,
    )
    seen = probe(client, source)
    if kind is Kind.PICTURE:
        return Prepared(source, seen)
    chosen, notes = _bands(output, options, seen)
    nodata = [nodata_in_type(_nodata(output, options, band.number, at), seen.data_type) for at, band in chosen]
    together = _nodata_together(options, nodata)
    statistics_of = service if output is service else None
    source = replace(
        source,
        bands=tuple(
            _source_band(band, None if together else value, statistics_of, seen.data_type)
            for (_, band), value in zip(chosen, nodata)
        ),
        data_type=seen.data_type,
        is_thematic=is_thematic(output),
        is_elevation=_is_elevation(service, output, len(chosen)),
        classes=tuple(classes),
        nodata_together=together,
    )
    return Prepared(source, seen, notes)


def _times(service: ImageService, options: LayerOptions) -> TimeRange | None:
    """Return from when until when a layer can follow the temporal controller; None where it does not."""
    if options.time is not None or service.time is None or service.time.begin is None or service.time.end is None:
        return None
    return TimeRange(service.time.begin, service.time.end)


def _reach(dates: Sequence[TimeRange]) -> TimeRange | None:
    """Return the first and last moment of dates, which are ordered by their beginning; None if there are none."""
    if not dates:
        return None
    return TimeRange(dates[0].begin, max((date.end for date in dates if date.end is not None), default=None))


def layer_grid(service: ImageService, options: LayerOptions) -> Grid:
    """Return the pixels of a layer. Servers before 10.3 draw square pixels only.

    Raises:
        OptionError: extent or cell size cannot be used, see `pixel_grid`.
    """
    cell_size = options.cell_size
    cell_x, cell_y = cell_size or service.pixel_size
    if not draws_exact_box(service) and abs(cell_x - cell_y) > 1e-6 * max(cell_x, cell_y):
        cell_size = (min(cell_x, cell_y),) * 2
    return pixel_grid(service, options.area, cell_size, options.snap_origin)


def require_cells_inside(options: LayerOptions, grid: Grid) -> None:
    """Refuse a shape so small that the center of no cell is inside: the layer would be empty.

    Raises:
        OptionError: it is.
    """
    if options.clip is None or grid.columns * grid.rows > _MOST_CELLS_LOOKED_AT:
        return
    if inside_clip(options.clip, grid).any():
        return
    raise OptionError(
        "clip",
        tr(
            "No cell of the layer, {width} × {height} in size, has its center in the shapes to clip to; choose larger "
            "shapes or smaller cells."
        ).format(width=readable_number(grid.cell_size[0]), height=readable_number(grid.cell_size[1])),
    )


def gdal_crs(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as GDAL reads it: `EPSG:n` or `ESRI:n` where it has such a code, else WKT; empty for none."""
    if crs.authid().startswith(("EPSG:", "ESRI:")):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL))


def _bands(output: ImageService, options: LayerOptions, seen: Probe) -> tuple[list[tuple[int, Band]], tuple[Note, ...]]:
    """Return the bands that were really sent, each with its position, from 0 on."""
    numbers = options.bands or range(1, len(output.bands) + 1)
    chosen = [output.bands[number - 1] for number in numbers]
    notes = []
    if len(chosen) != seen.band_count:
        text = tr("The service declares {declared} bands for this request but sends {sent}; the layer has the latter.")
        notes.append(Note("bands", text.format(declared=len(chosen), sent=seen.band_count)))
        chosen = [Band(number, tr("Band {number}").format(number=number)) for number in range(1, seen.band_count + 1)]
    declared = gdal_type(output.pixel_type)
    if declared and declared != seen.data_type:
        text = tr("The service declares pixels of the type {declared} but sends {sent}; the layer has the latter.")
        notes.append(Note("bands", text.format(declared=declared, sent=seen.data_type)))
    return list(enumerate(chosen)), tuple(notes)


def _nodata(output: ImageService, options: LayerOptions, number: int, position: int) -> float | None:
    """Return the no-data value of a band: as asked for (one for all, or one each), else as the service declares."""
    if options.nodata:
        return options.nodata[position] if len(options.nodata) > position else options.nodata[0]
    if not output.nodata:
        return None
    return output.nodata[number - 1] if len(output.nodata) >= number else output.nodata[0]


def _nodata_together(options: LayerOptions, nodata: Sequence[float | None]) -> tuple[float, ...]:
    """Return the values that mean no data only if all bands have theirs; empty where each band is for itself."""
    if not options.nodata or not options.nodata_matches_all or len(nodata) < 2:
        return ()
    values = tuple(value for value in nodata if value is not None)
    return values if len(values) == len(nodata) else ()


def _source_band(band: Band, nodata: float | None, described: ImageService | None, data_type: str) -> SourceBand:
    name = markless_line(band.name)
    if described is None or not _can_be(band, data_type):
        return SourceBand(name, nodata)
    return SourceBand(name, nodata, band.minimum, band.maximum, band.mean, band.standard_deviation)


def _can_be(band: Band, data_type: str) -> bool:
    """Whether the limits of a band are known, and pixels of a type can have them."""
    if band.minimum is None or band.maximum is None:
        return False
    dtype = numpy_type(data_type)
    return dtype.kind == "f" or np.iinfo(dtype.str).min <= band.minimum <= band.maximum <= np.iinfo(dtype.str).max


def _is_elevation(service: ImageService, output: ImageService, band_count: int) -> bool:
    """Whether the pixels are heights: the service says so, and no function is applied."""
    return output is service and output.data_type == _ELEVATION and band_count == 1
