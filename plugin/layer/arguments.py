"""Read what a face of the plugin was given (console, toolbox, form) into a `LayerRequest`.

Main thread only, as layers are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from qgis.core import QgsDataSourceUri, QgsMapLayer, QgsProject

from ..backend.source import Kind
from ..backend.source_reader import read_layer_source
from ..options import arcgis_arguments as read
from ..options.layer_options import LayerOptions
from ..options.sentences import shortened
from ..service.access import DEFAULT_TIMEOUT, LONGEST_TIMEOUT, Access
from ..service.address import PortalItem, ServiceAddress, parse_address, parse_web_address
from ..service.connections import saved_connections
from ..service.errors import AddressError, OptionError
from ..translation import tr
from .cell_size import ReferencedCellSize
from .cell_size import cell_size as read_cell_size
from .clip import clip_shapes
from .kind import Provider
from .request import LayerRequest
from .resolve import Arguments
from .snap import ReferencedCells
from .snap import snap_raster as read_snap_raster
from .template_extent import template_extent
from .viewpoint import viewpoint as read_viewpoint

# QGIS' own providers of ArcGIS REST layers; the last one came with 4.2.
_ARCGIS_PROVIDERS = ("arcgismapserver", "arcgisfeatureserver", "arcgisimageserver")
_Choice = TypeVar("_Choice", bound=Enum)


# The parameters of `make_image_server_layer`, written out once more: that one is what `help()` shows, and here mypy
# checks names and types for every face, which it could not do for `**given`.
def layer_request(
    project: QgsProject,
    in_image_service: Any,
    out_imageserver_layer: str | None = None,
    template: Any = None,
    band_index: str | int | Sequence[int | str] | None = None,
    mosaic_method: str | None = None,
    order_field: str | None = None,
    order_base_value: Any = None,
    lock_rasterid: str | int | Sequence[int | str] | None = None,
    cell_size: Any = None,
    where_clause: str | None = None,
    processing_template: Any = None,
    *,
    kind: str | None = None,
    provider: str | None = None,
    authcfg: str | None = None,
    timeout: Any = None,
    referer: str | None = None,
    ascending: Any = None,
    mosaic_operation: str | None = None,
    viewpoint: Any = None,
    interpolation: str | None = None,
    nodata: Any = None,
    nodata_interpretation: str | None = None,
    compression_quality: Any = None,
    time: Any = None,
    nearest_date: Any = None,
    clip: Any = None,
    clip_selected: Any = None,
    snap_raster: Any = None,
    variable: str | None = None,
    dimensions: Any = None,
    slice_id: Any = None,
    tiles: Any = None,
) -> LayerRequest:
    """Return the request for the parameters of `make_image_server_layer`; those left out are "not given".

    Raises:
        ImageServerLayerError: a value cannot be read at all. Whether it fits the service is found out later.
    """
    address, access = service_access(in_image_service, project, authcfg, referer, timeout)
    cells, point = read_cell_size(cell_size, project), read_viewpoint(viewpoint)
    aligned = read_snap_raster(snap_raster, project)
    options = LayerOptions(
        cell_size=None if isinstance(cells, ReferencedCellSize) else cells,
        mosaic_method=read.mosaic_method(mosaic_method),
        where=read.where_clause(where_clause),
        processing_template=read.processing_template(processing_template),
        ascending=read.ascending(ascending),
        mosaic_operation=read.mosaic_operation(mosaic_operation),
        viewpoint=point if isinstance(point, tuple) else None,
        interpolation=read.interpolation(interpolation),
        nodata=read.nodata(nodata),
        nodata_matches_all=read.nodata_interpretation(nodata_interpretation),
        compression_quality=read.compression_quality(compression_quality),
        time=read.time(time),
        nearest_date=read.nearest_date(nearest_date),
        snap_origin=None if isinstance(aligned, ReferencedCells) else aligned,
        variable=read.variable(variable),
        dimensions=read.dimensions(dimensions),
        tiles=read.tiles(tiles),
    )
    arguments = Arguments(
        options,
        template=template_extent(template, project),
        cell_size=cells if isinstance(cells, ReferencedCellSize) else None,
        viewpoint=None if isinstance(point, tuple) else point,
        bands=read.bands(band_index),
        lock_rasters=read.lock_rasters(lock_rasterid),
        order_field=_text(order_field),
        order_base_value=order_base_value,
        clip=clip_shapes(clip, project, selected_only=read.clip_selected(clip_selected)),
        cells=aligned if isinstance(aligned, ReferencedCells) else None,
        slice_id=read.slice_id(slice_id),
    )
    return LayerRequest(
        address=address,
        access=access,
        arguments=arguments,
        name=_text(out_imageserver_layer),
        kind=read_kind(kind),
        provider=read_provider(provider),
        transform_context=project.transformContext(),
    )


def service_access(
    value: Any, project: QgsProject, authcfg: str | None = None, referer: str | None = None, timeout: Any = None
) -> tuple[ServiceAddress | PortalItem, Access]:
    """Return the address of a service, and how to ask it: as given, else as the layer or the connection says.

    Raises:
        AddressError: the value leads to no image service.
        OptionError: the timeout is no number of seconds.
    """
    address, own = service_address(value, project)
    access = Access(
        authcfg=_text(authcfg) or own.authcfg,
        referer=_text(referer) or own.referer,
        timeout=read_timeout(timeout) if read.is_given(timeout) else own.timeout,
    )
    return address, access


def service_address(value: Any, project: QgsProject) -> tuple[ServiceAddress | PortalItem, Access]:
    """Read an address: a text, or a layer (or its id) of an image service, whose options are ignored.

    With it comes how the layer, or the saved connection that the text names, asks the service.

    Raises:
        AddressError: it leads to no image service.
    """
    layer = value if isinstance(value, QgsMapLayer) else project.mapLayer(value) if isinstance(value, str) else None
    if layer is not None:
        return _address_of_layer(layer)
    address = parse_address(str(value if value is not None else ""), saved_connections())
    if isinstance(address, PortalItem):
        return address, Access()
    return address, Access(address.authcfg, address.referer)


def _address_of_layer(layer: QgsMapLayer) -> tuple[ServiceAddress | PortalItem, Access]:
    ours = read_layer_source(layer.source())
    if ours is not None:
        return parse_web_address(ours.service_url), ours.access
    uri = QgsDataSourceUri(layer.source())
    if layer.providerType() not in _ARCGIS_PROVIDERS or not uri.hasParam("url"):
        raise AddressError(
            tr("The layer “{name}” does not come from an ArcGIS server; give the address of an image service.").format(
                name=layer.name()
            )
        )
    referer = uri.param("referer") or uri.param("http-header:referer")
    address = parse_web_address(uri.param("url"))
    if isinstance(address, ServiceAddress):
        address = replace(address, authcfg=uri.authConfigId(), referer=referer)
    return address, Access(uri.authConfigId(), referer)


def read_kind(value: str | None) -> Kind | None:
    """Read `kind`: `"values"` or `"picture"`, in any case; None for the best one.

    Raises:
        OptionError: it is neither.
    """
    message = tr(
        "There is no kind of layer “{value}”: use “values” for pixel values, or “picture” for an image that the "
        "server draws."
    )
    return _read_choice(Kind, value, "kind", message)


def read_provider(value: str | None) -> Provider | None:
    """Read `provider`: `"imageserver"` or `"gdal"`, in any case; None for the first.

    Raises:
        OptionError: it is neither.
    """
    message = tr(
        "There is no provider “{value}”: leave it out for a live layer, or use “gdal” for one that opens without "
        "this plugin."
    )
    return _read_choice(Provider, value, "provider", message)


def _read_choice(choices: type[_Choice], value: str | None, option: str, message: str) -> _Choice | None:
    """Read one of a few words; `message` says of a `{value}` that it is none of them."""
    text = _text(value).lower()
    if not text:
        return None
    try:
        return choices(text)
    except ValueError:
        raise OptionError(option, message.format(value=shortened(value))) from None


def read_timeout(value: Any) -> float:
    """Read a timeout in seconds for each request.

    Raises:
        OptionError: it is no number between 0 and 3600.
    """
    try:
        seconds = float(value if read.is_given(value) else DEFAULT_TIMEOUT)
    except (TypeError, ValueError, OverflowError):
        seconds = 0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        message = tr("The timeout “{value}” is not a number of seconds between 0 and {longest:.0f}.")
        raise OptionError("timeout", message.format(value=shortened(value), longest=LONGEST_TIMEOUT))
    return seconds


def _text(value: Any) -> str:
    return str(value).strip() if read.is_given(value) else ""
