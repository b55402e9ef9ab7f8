"""The parameters of `exportImage` (ArcGIS REST API): for the options of a layer, and for one image of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

from ..options.grid import Grid
from ..options.layer_options import LayerOptions
from ..options.mosaic_rule import mosaic_rule
from ..options.rendering_rule import rendering_rule
from ..service.image_service import ImageService
from ..service.json_values import compact_json
from ..service.vocabulary import Interpolation
from .pixel_types import requested_pixel_type
from .source import Kind, LayerSource

# `adjustAspectRatio` came with 10.3; older servers always widen the box until its pixels are square.
FIRST_VERSION_WITH_EXACT_BOX = 10.3


def draws_exact_box(service: ImageService) -> bool:
    """Whether the server can be told to fill exactly the box it is asked for."""
    return service.version >= FIRST_VERSION_WITH_EXACT_BOX


def export_image_parameters(
    options: LayerOptions, service: ImageService, center: tuple[float, float] | None = None
) -> dict[str, str]:
    """Return the `exportImage` parameters of the options, without those that change with the view.

    Nothing is sent for options that were not given: the service decides. `center` (in the service's CRS) is where a
    viewpoint rule looks from when the options name no viewpoint.
    """
    parameters: dict[str, str] = {}
    if draws_exact_box(service):
        parameters["adjustAspectRatio"] = "false"
    if options.bands is not None:
        parameters["bandIds"] = ",".join(str(number - 1) for number in options.bands)
    rendering = rendering_rule(options, service)
    if rendering is not None:
        parameters["renderingRule"] = compact_json(rendering)
    mosaic = mosaic_rule(options, service, center)
    if mosaic is not None:
        parameters["mosaicRule"] = compact_json(mosaic)
    if options.time is not None:
        parameters["time"] = options.time.parameter()
    if options.interpolation is not None:
        parameters["interpolation"] = options.interpolation.value
    # NaN means no data without being declared, and cannot be sent.
    if not all(math.isnan(value) for value in options.nodata):
        parameters["noData"] = ",".join(format(value, ".17g") for value in options.nodata)
    if options.nodata_matches_all is not None:
        parameters["noDataInterpretation"] = (
            "esriNoDataMatchAll" if options.nodata_matches_all else "esriNoDataMatchAny"
        )
    if options.compression_quality is not None:
        parameters["compressionQuality"] = str(options.compression_quality)
    return parameters


def parameters_for(
    kind: Kind,
    options: LayerOptions,
    service: ImageService,
    output: ImageService,
    center: tuple[float, float] | None = None,
) -> dict[str, str]:
    """Return all `exportImage` parameters of a layer that do not change with the view.

    `output` is the service's description after the processing template, `center` as in `export_image_parameters`.

    Values come without loss, in a type that GDAL reads, and classes are resampled to the nearest where the options do
    not say otherwise. A picture is PNG with alpha, or JPEG where a compression quality was chosen.
    """
    parameters = export_image_parameters(options, service, center)
    if kind is Kind.PICTURE:
        picture_format = "png32" if options.compression_quality is None else "jpgpng"
        return {**parameters, "format": picture_format, "transparent": "true"}
    parameters.pop("compressionQuality", None)
    if options.interpolation is None and is_thematic(output):
        parameters["interpolation"] = Interpolation.NEAREST.value
    pixel_type = requested_pixel_type(output.pixel_type)
    if pixel_type:
        parameters["pixelType"] = pixel_type
    return {**parameters, "format": "tiff", "compression": "LZ77"}


def is_thematic(output: ImageService) -> bool:
    """Whether the pixels are codes of classes rather than measurements."""
    return output.data_type == "esriImageServiceDataTypeThematic" or output.has_attribute_table or output.has_colormap


def drawing_request(source: LayerSource, window: Grid) -> dict[str, str]:
    """Return the parameters of `exportImage` for one image of a layer: probe, preview, drawing and export alike.

    `window` is in the layer's CRS and no larger than `source.largest_image`.
    """
    return view_request(source.parameters, source.reference, window)


def view_request(parameters: Mapping[str, str], reference: str, window: Grid) -> dict[str, str]:
    """Return the parameters of `exportImage` for one image, with those that do not change with the view.

    `reference` is the spatial reference of `window` as it goes out, empty where none is known.
    """
    return {
        **parameters,
        "bbox": ",".join(map(_decimal, window.extent)),
        **({"bboxSR": reference, "imageSR": reference} if reference else {}),
        "size": f"{window.columns},{window.rows}",
        "f": "image",
    }


def _decimal(value: float) -> str:
    """Return a coordinate to the last digit without an exponent, which not every server reads."""
    return format(Decimal(repr(float(value))), "f")
