"""A picture drawn by the server: the source of a QGIS `arcgismapserver` layer, with the options in its URL's fragment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri

from ..options.grid import pixel_grid
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import clip_rule, rendering_rule
from ..service.client import ImageServiceClient
from ..service.crs import request_reference
from ..service.description import ImageService
from ..service.extent import Extent
from .export_image import compact_json, export_image_parameters
from .probe import probe_window, read_probe
from .request_rewriter import url_with_options

IMAGE_FORMAT = "PNG32"


@dataclass(frozen=True)
class Picture:
    """A picture layer about to be. `extent` is what the picture is cut to, in the service's CRS."""

    source: str
    extent: Extent


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
    metadata_json: str,
    credentials: Mapping[str, str],
) -> Picture:
    """Probe the drawing request and build the source of the layer.

    Without options the source is plain and needs no plugin. `credentials` are `authcfg` and `referer`, of which only the id of the
    authentication configuration goes into the source.

    Raises:
        ImageServerLayerError: the server refuses the request, or answers with no image.
    """
    grid = pixel_grid(service, options.extent)
    parameters = picture_parameters(options, service, grid.extent)
    window = probe_window(grid)
    reference = request_reference(service.spatial_reference)
    request = {
        **parameters,
        "bbox": ",".join(f"{value:.8f}" for value in window.extent),
        "size": f"{window.columns},{window.rows}",
        "bboxSR": reference,
        "imageSR": reference,
        "format": IMAGE_FORMAT,
        "transparent": "true",
        "f": "image",
    }
    read_probe(client.export_image(request), window)
    uri = QgsDataSourceUri()
    if crs.authid():
        uri.setParam("crs", crs.authid())
    uri.setParam("format", IMAGE_FORMAT)
    uri.setParam("layer", "")
    is_plain = options.is_default()
    uri.setParam("url", service.url if is_plain else url_with_options(service.url, parameters, metadata_json))
    if not is_plain:
        # Ready-made tiles know no options.
        uri.setParam("tiled", "false")
    if credentials.get("referer"):
        # 3.22 reads the first, later releases the second.
        uri.setParam("referer", credentials["referer"])
        uri.setParam("http-header:referer", credentials["referer"])
    if credentials.get("authcfg"):
        uri.setAuthConfigId(credentials["authcfg"])
    return Picture(uri.uri(expandAuthConfig=False), grid.extent)
