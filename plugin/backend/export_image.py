"""The options as parameters of `exportImage`, ArcGIS REST API. Everything is drawn with what is written here."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from ..options.layer_options import LayerOptions
from ..options.mosaic_rule import mosaic_rule
from ..options.rendering_rule import rendering_rule
from ..service.image_service import ImageService

# `adjustAspectRatio` came with 10.3; older servers always widen the box until its pixels are square.
FIRST_VERSION_WITH_EXACT_BOX = 10.3


def compact_json(value: Mapping[str, Any]) -> str:
    """Return `value` as JSON without blanks, the way ArcGIS' own clients send rules."""
    return json.dumps(value, separators=(",", ":"))


def draws_exact_box(service: ImageService) -> bool:
    """Whether the server can be told to fill exactly the box it is asked for."""
    return service.version >= FIRST_VERSION_WITH_EXACT_BOX


def export_image_parameters(
    options: LayerOptions, service: ImageService, center: tuple[float, float] | None = None
) -> dict[str, str]:
    """Return the `exportImage` parameters that the options stand for, without those that change with the view.

    Nothing is sent for what was not given, so that the service decides. `center` (in the service's CRS) is where a
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
    if options.interpolation is not None:
        parameters["interpolation"] = options.interpolation.value
    # NaN is no data as it is, and no number that could be sent.
    if not all(math.isnan(value) for value in options.nodata):
        parameters["noData"] = ",".join(format(value, ".17g") for value in options.nodata)
    if options.nodata_matches_all is not None:
        parameters["noDataInterpretation"] = (
            "esriNoDataMatchAll" if options.nodata_matches_all else "esriNoDataMatchAny"
        )
    if options.compression_quality is not None:
        parameters["compressionQuality"] = str(options.compression_quality)
    return parameters
