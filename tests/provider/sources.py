"""Layers of the embedded server's services, made by hand: description, options, source, layer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import requests
from qgis.core import QgsRasterLayer, QgsRectangle

from image_server_layer.plugin.backend.export_image import is_thematic, parameters_for
from image_server_layer.plugin.backend.pixel_types import gdal_type, nodata_in_type
from image_server_layer.plugin.backend.source import PICTURE_BANDS, Kind, LayerSource, SourceBand
from image_server_layer.plugin.options.grid import pixel_grid
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.crs import crs_of, request_reference
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.image_service import ImageService

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

QUICK = Access(timeout=5.0)


def described(server: ImageServerProcess, service: str) -> ImageService:
    """Return the description of a service, asked for behind the plugin's back."""
    url = server.service(service)
    return parse_description(requests.get(url, {"f": "json"}, timeout=30).content, url)


def source_of(
    server: ImageServerProcess,
    service: str,
    kind: Kind = Kind.VALUES,
    options: LayerOptions | None = None,
    access: Access = QUICK,
    **changes: Any,
) -> LayerSource:
    """Return the source of a layer; the server's log is empty afterwards."""
    options = options or LayerOptions()
    known = described(server, service)
    grid = pixel_grid(known, options.area, options.cell_size, options.snap_origin)
    data_type = "Byte" if kind is Kind.PICTURE else gdal_type(known.pixel_type)
    source = LayerSource(
        service_url=known.url,
        service_name=known.name,
        kind=kind,
        options_json=options.to_json(),
        parameters=parameters_for(kind, options, known, known, grid.extent.center),
        grid=grid,
        bands=tuple(map(SourceBand, PICTURE_BANDS)) if kind is Kind.PICTURE else _bands(known, options, data_type),
        data_type=data_type,
        reference=request_reference(known.spatial_reference),
        crs=crs_text(known),
        largest_image=(known.max_image_width, known.max_image_height),
        is_thematic=is_thematic(known),
        access=access,
    )
    server.clear()
    return replace(source, **changes)


def layer_of(server: ImageServerProcess, service: str, kind: Kind = Kind.VALUES, **given: Any) -> QgsRasterLayer:
    """Return a live layer; the server's log is empty afterwards. See `source_of` for what can be given."""
    source = source_of(server, service, kind, **given)
    return make_layer(source, service)


def native_view(source: LayerSource, left: int, top: int, columns: int, rows: int) -> QgsRectangle:
    """Return the extent of some of the layer's own pixels."""
    (cell_x, cell_y), extent = source.grid.cell_size, source.grid.extent
    xmin, ymax = extent.xmin + left * cell_x, extent.ymax - top * cell_y
    return QgsRectangle(xmin, ymax - rows * cell_y, xmin + columns * cell_x, ymax)


def crs_text(known: ImageService) -> str:
    """Return the CRS of a service in a form that sources hold."""
    crs = crs_of(known.spatial_reference)
    return crs.authid() if crs.authid().startswith(("EPSG:", "ESRI:")) else crs.toWkt()


def _bands(known: ImageService, options: LayerOptions, data_type: str) -> tuple[SourceBand, ...]:
    chosen = known.bands if options.bands is None else [known.bands[number - 1] for number in options.bands]
    return tuple(
        SourceBand(
            band.name,
            nodata_in_type(known.nodata[(band.number - 1) % len(known.nodata)] if known.nodata else None, data_type),
            band.minimum,
            band.maximum,
            band.mean,
            band.standard_deviation,
        )
        for band in chosen
    )
