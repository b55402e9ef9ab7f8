"""The values backend: a look at the pixels, and the source of a layer that has them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from qgis.core import QgsCoordinateReferenceSystem

from ..options.check import Note
from ..options.grid import Grid, pixel_grid
from ..options.layer_options import LayerOptions
from ..service.client import ImageServiceClient
from ..service.crs import request_reference
from ..service.image_service import Band, ImageService
from ..service.transport import encoded_query
from ..service.vocabulary import Interpolation
from ..translation import tr
from .export_image import draws_exact_box, export_image_parameters
from .gdal_wms import NO_REFERENCE, TIMEOUT_SECONDS, ValuesBand, ValuesSource
from .pixel_types import gdal_type, nodata_in_type, requested_pixel_type
from .probe import Probe, probe_window, read_probe, window_parameters


@dataclass(frozen=True)
class Values:
    """A values layer about to be: its source text and what it will hold. `data_type` is GDAL's name."""

    source: str
    grid: Grid
    bands: tuple[ValuesBand, ...]
    data_type: str
    probe: Probe
    notes: tuple[Note, ...] = ()


def values_parameters(
    options: LayerOptions, service: ImageService, output: ImageService, center: tuple[float, float]
) -> dict[str, str]:
    """Return the `exportImage` parameters of a values layer: those of the options, and those that keep pixels true.

    Classes must not be averaged, so they are resampled to the nearest where the options do not say otherwise.
    """
    parameters = {**export_image_parameters(options, service, center), "compression": "LZ77"}
    if options.interpolation is None and is_thematic(output):
        parameters["interpolation"] = Interpolation.NEAREST.value
    pixel_type = requested_pixel_type(output.pixel_type)
    if pixel_type:
        parameters["pixelType"] = pixel_type
    return parameters


def is_thematic(output: ImageService) -> bool:
    """Whether the pixels are codes of classes rather than measurements."""
    return output.data_type == "esriImageServiceDataTypeThematic" or output.has_attribute_table or output.has_colormap


def prepare_values(
    client: ImageServiceClient,
    service: ImageService,
    output: ImageService,
    options: LayerOptions,
    crs: QgsCoordinateReferenceSystem,
    metadata: Mapping[str, str],
    *,
    referer: str = "",
    timeout: float = TIMEOUT_SECONDS,
) -> Values:
    """Probe the pixels and build the source of the layer.

    The probe is the layer's own drawing request but for its box, sent without credentials, as GDAL will send it. Where
    the pixels differ from what the service declares, the pixels are right. `metadata` is carried in the source, as is
    `timeout`, in seconds for each request.

    Raises:
        ImageServerLayerError: the server refuses the request, or its pixels cannot be used.
    """
    grid = _grid(service, options)
    parameters = values_parameters(options, service, output, grid.extent.center)
    reference = request_reference(service.spatial_reference)
    largest_image = (service.max_image_width, service.max_image_height)
    window = probe_window(grid, largest_image)
    probe = read_probe(client.export_image({**parameters, **window_parameters(window, reference)}), window)
    bands, notes = _bands(output, options, probe)
    source = ValuesSource(
        server_url=f"{service.url}/exportImage?{encoded_query(parameters)}",
        grid=grid,
        bands=bands,
        data_type=probe.data_type,
        reference=quote(reference, safe="") or NO_REFERENCE,
        crs=gdal_crs(crs),
        metadata=metadata,
        largest_image=largest_image,
        referer=referer,
        timeout=math.ceil(timeout),
    )
    if options.nodata_matches_all and len(bands) > 1:
        text = tr("QGIS leaves out each band's nodata for itself; only a picture can ask for all bands to match.")
        notes = (*notes, Note("nodata_matches_all", text))
    declared = gdal_type(output.pixel_type)
    if declared and declared != probe.data_type:
        text = tr("The service declares pixels of the type {declared} but sends {sent}; the layer has the latter.")
        notes = (*notes, Note("bands", text.format(declared=declared, sent=probe.data_type)))
    return Values(source.source(), grid, bands, probe.data_type, probe, notes)


def gdal_crs(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as GDAL reads it: `EPSG:n` or `ESRI:n` where it has such a code, else WKT."""
    if crs.authid().startswith(("EPSG:", "ESRI:")):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL))


def _grid(service: ImageService, options: LayerOptions) -> Grid:
    """Return the layer's grid. Servers before 10.3 draw square pixels only."""
    cell_size = options.cell_size
    cell_x, cell_y = cell_size or service.pixel_size
    if not draws_exact_box(service) and abs(cell_x - cell_y) > 1e-6 * max(cell_x, cell_y):
        cell_size = (min(cell_x, cell_y),) * 2
    return pixel_grid(service, options.extent, cell_size)


def _bands(
    output: ImageService, options: LayerOptions, probe: Probe
) -> tuple[tuple[ValuesBand, ...], tuple[Note, ...]]:
    """Name the bands that really came, and give each its no-data value."""
    chosen = _chosen_bands(output, options)
    notes: tuple[Note, ...] = ()
    if len(chosen) != probe.band_count:
        text = tr("The service declares {declared} bands for this request but sends {sent}; the layer has the latter.")
        notes = (Note("bands", text.format(declared=len(chosen), sent=probe.band_count)),)
        chosen = [Band(number, tr("Band {number}").format(number=number)) for number in range(1, probe.band_count + 1)]
    bands = []
    for position, band in enumerate(chosen):
        nodata = _nodata(output, options, band.number, position)
        bands.append(ValuesBand(_safe_name(band.name), nodata_in_type(nodata, probe.data_type)))
    return tuple(bands), notes


def _chosen_bands(output: ImageService, options: LayerOptions) -> list[Band]:
    if options.bands is None:
        return list(output.bands)
    return [output.bands[number - 1] for number in options.bands]


def _nodata(output: ImageService, options: LayerOptions, number: int, position: int) -> float | None:
    """Return the no-data value of a band: as asked for (one for all, or one each), else as the service declares."""
    if options.nodata:
        return options.nodata[position] if len(options.nodata) > position else options.nodata[0]
    if not output.nodata:
        return None
    return output.nodata[number - 1] if len(output.nodata) >= number else output.nodata[0]


def _safe_name(name: str) -> str:
    """Return a band name that stays plain text where QGIS shows it as rich text."""
    return name.replace("<", "‹").replace(">", "›")
