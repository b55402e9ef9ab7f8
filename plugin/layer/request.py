"""Read what a face of the plugin was given (console, toolbox, dialog) into a `LayerRequest`.

Main thread only, as layers are looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import QgsDataSourceUri, QgsMapLayer, QgsProject

from ..backend.choice import VALUES
from ..options import arcgis_arguments
from ..options.sentences import shortened
from ..service.address import PortalItem, ServiceAddress, parse_address
from ..service.connections import saved_connections
from ..service.errors import AddressError, OptionError
from ..translation import tr
from .plan import LayerRequest
from .resolve import Arguments, cell_size, template_extent, viewpoint
from .source import read_source

_ARCGIS_PROVIDERS = ("arcgismapserver", "arcgisfeatureserver", "arcgisimageserver")


def layer_request(project: QgsProject, **given: Any) -> LayerRequest:
    """Return the request for the parameters of `make_image_server_layer`; those left out are "not given".

    Raises:
        ImageServerLayerError: a value cannot be read at all. Whether it fits the service is found out later.
    """
    address = service_address(given["in_image_service"], project)
    linked = address if isinstance(address, ServiceAddress) else None
    return LayerRequest(
        address=address,
        arguments=_arguments(project, given),
        name=_text(given.get("out_imageserver_layer")),
        provider=_text(given.get("provider")) or None,
        authcfg=_text(given.get("authcfg")) or (linked.authcfg if linked else ""),
        referer=_text(given.get("referer")) or (linked.referer if linked else ""),
        timeout=_timeout(given.get("timeout")),
        transform_context=project.transformContext(),
    )


def service_address(value: Any, project: QgsProject) -> ServiceAddress | PortalItem:
    """Read an address: a text, or a layer (or its id) of an image service, whose options are left behind.

    Raises:
        AddressError: it leads to no image service.
    """
    layer = value if isinstance(value, QgsMapLayer) else project.mapLayer(value) if isinstance(value, str) else None
    if layer is None:
        return parse_address(str(value if value is not None else ""), saved_connections())
    ours = read_source(layer.source(), layer.providerType())
    uri = QgsDataSourceUri(layer.source())
    if ours is None and (layer.providerType() not in _ARCGIS_PROVIDERS or not uri.hasParam("url")):
        raise AddressError(
            tr("The layer “{name}” does not come from an ArcGIS server; give the address of an image service.").format(
                name=layer.name()
            )
        )
    address = parse_address(uri.param("url") if ours is None else ours.url)
    if isinstance(address, PortalItem) or layer.providerType() == VALUES:
        return address
    referer = uri.param("referer") or uri.param("http-header:referer")
    return replace(address, authcfg=uri.authConfigId(), referer=referer)


def _arguments(project: QgsProject, given: dict[str, Any]) -> Arguments:
    read = arcgis_arguments
    return Arguments(
        template=template_extent(given.get("template"), project),
        bands=read.bands(given.get("band_index")),
        mosaic_method=read.mosaic_method(given.get("mosaic_method")),
        order_field=_text(given.get("order_field")),
        order_base_value=given.get("order_base_value"),
        lock_rasters=read.lock_rasters(given.get("lock_rasterid")),
        cell_size=cell_size(given.get("cell_size"), project),
        where=read.where_clause(given.get("where_clause")),
        processing_template=read.processing_template(given.get("processing_template")),
        ascending=read.ascending(given.get("ascending")),
        mosaic_operation=read.mosaic_operation(given.get("mosaic_operation")),
        viewpoint=viewpoint(given.get("viewpoint")),
        interpolation=read.interpolation(given.get("interpolation")),
        nodata=read.nodata(given.get("nodata")),
        nodata_matches_all=read.nodata_interpretation(given.get("nodata_interpretation")),
        compression_quality=read.compression_quality(given.get("compression_quality")),
    )


def _text(value: Any) -> str:
    return str(value).strip() if arcgis_arguments.is_given(value) else ""


def _timeout(value: Any) -> float:
    try:
        seconds = float(value if value is not None else 30)
    except (TypeError, ValueError, OverflowError):
        seconds = 0
    if not 0 < seconds <= 3600:
        raise OptionError(
            "timeout",
            tr("The timeout “{value}” is not a number of seconds between 0 and 3600.").format(value=shortened(value)),
        )
    return seconds
