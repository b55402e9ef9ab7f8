"""A picture drawn by the server: the source of a QGIS `arcgismapserver` layer with the options in its URL."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri

from ..options.check import Note
from ..options.grid import pixel_grid
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import clip_rule, rendering_rule
from ..service.client import ImageServiceClient
from ..service.crs import request_reference
from ..service.extent import Extent
from ..service.image_service import ImageService
from .export_image import compact_json, export_image_parameters
from .probe import probe_window, read_probe, window_parameters
from .request_rewriter import url_with_options

IMAGE_FORMAT = "PNG32"


@dataclass(frozen=True)
class Picture:
    """A picture layer about to be. `extent` is what the picture is cut to, in the service's CRS."""

    source: str
    extent: Extent
    notes: tuple[Note, ...] = ()


def picture_extent(options: LayerOptions, full_extent: Extent) -> Extent:
    """Return what the picture is cut to: the part of the template extent inside the full one."""
    return full_extent if options.extent is None else options.extent.intersection(full_extent) or full_extent


def picture_parameters(options: LayerOptions, service: ImageService, extent: Extent) -> dict[str, str]:
    """Return the `exportImage` parameters that QGIS' provider does not send by itself.

    An extent is cut out by a Clip function, as the provider always asks for the whole view.
    """
    parameters = export_image_parameters(options, service, extent.center)
    clip = None if options.extent is None else clip_rule(rendering_rule(options, service), extent, service)
    if clip is not None:
        parameters["renderingRule"] = compact_json(clip)
    return parameters


def prepare_picture(
    client: ImageServiceClient,
    service: ImageService,
    options: LayerOptions,
    crs: QgsCoordinateReferenceSystem,
    authcfg: str = "",
    referer: str = "",
) -> Picture:
    """Probe the drawing request and build the source of the layer.

    Without options the source is plain and needs no plugin. Of the credentials only the id of the authentication
    configuration goes into the source.

    Raises:
        ImageServerLayerError: the server refuses the request, or answers with no image.
    """
    extent = picture_extent(options, service.extent)
    parameters = picture_parameters(options, service, extent)
    window = probe_window(pixel_grid(service, extent), (service.max_image_width, service.max_image_height))
    reference = request_reference(service.spatial_reference)
    drawing = {**window_parameters(window, reference), "format": IMAGE_FORMAT, "transparent": "true"}
    read_probe(client.export_image({**parameters, **drawing}), window)
    uri = QgsDataSourceUri()
    if crs.authid():
        uri.setParam("crs", crs.authid())
    uri.setParam("format", IMAGE_FORMAT)
    uri.setParam("layer", "")
    if options.is_default():
        uri.setParam("url", service.url)
    else:
        uri.setParam("url", url_with_options(service.url, parameters, options.to_json(), referer))
        # Ready-made tiles know no options; the provider then draws a cached service like any other.
        uri.setParam("tiled", "false")
    if referer:
        # 3.22 reads the first, later releases the second.
        uri.setParam("referer", referer)
        uri.setParam("http-header:referer", referer)
    if authcfg:
        uri.setAuthConfigId(authcfg)
    return Picture(uri.uri(False), extent)
