"""A request as text that makes the same layer: a Python call, and a run of the Processing algorithm."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..options.dimension_value import dimensions_text
from ..service.access import DEFAULT_TIMEOUT
from ..service.errors import OptionError
from ..service.redaction import harmless
from ..service.vocabulary import METHOD_KEYWORDS
from ..translation import tr
from .request import LayerRequest


def python_script(request: LayerRequest) -> str:
    """Return a call of `make_image_server_layer` with what is given, and its import."""
    lines = [f"    {name}={value!r}," for name, value in _arguments(request).items()]
    return "\n".join(
        [
            "from image_server_layer import make_image_server_layer",
            "",
            "layer = make_image_server_layer(",
            f"    {request.address.url!r},",
            *lines,
            ")",
            "",
        ]
    )


def processing_script(request: LayerRequest) -> str:
    """Return a call of `processing.run` with what is given.

    Raises:
        OptionError: the algorithm, whose cells are square, cannot do it.
    """
    return algorithm_call("imageserver:makeimageserverlayer", processing_parameters(request))


def algorithm_call(algorithm: str, parameters: Mapping[str, Any]) -> str:
    """Return a call of `processing.run` as a script."""
    lines = [f"        {name!r}: {value!r}," for name, value in parameters.items()]
    head = ["import processing", "", "result = processing.run(", f"    {algorithm!r},", "    {"]
    return "\n".join([*head, *lines, "    },", ")", ""])


def processing_parameters(request: LayerRequest) -> dict[str, Any]:
    """Return the parameters of *Make image server layer* that are given, as numbers and texts.

    Raises:
        OptionError: the algorithm, whose cells are square, cannot do it.
    """
    arguments, options = _arguments(request), request.arguments.options
    if options.cell_size is not None and len(set(options.cell_size)) > 1:
        raise OptionError("cell_size", tr("Processing takes one number for the cell size, and here there are two."))
    if options.clip is not None:
        raise OptionError("clip", tr("Processing clips to a layer, and the shape of this layer stands in it alone."))
    if options.snap_origin is not None:
        raise OptionError("snap_origin", tr("Processing aligns with a raster layer, and here there is only a corner."))
    if options.extent is not None:
        xmin, ymin, xmax, ymax = options.extent
        arguments["template"] = (xmin, xmax, ymin, ymax)
    if options.ascending is not None:
        arguments["ascending"] = "ASCENDING" if options.ascending else "DESCENDING"
    if options.tiles is not None:
        arguments["tiles"] = "TILES" if options.tiles else "IMAGES"
    given = {name.upper(): _processing_value(value) for name, value in arguments.items()}
    return {"IN_IMAGE_SERVICE": request.address.url, **given}


def _arguments(request: LayerRequest) -> dict[str, Any]:
    """Return the arguments of `make_image_server_layer` that are given, in its order; the address goes before them."""
    options = request.arguments.options
    method, operation, interpolation = options.mosaic_method, options.mosaic_operation, options.interpolation
    cell_size = options.cell_size
    arguments = {
        "out_imageserver_layer": request.name,
        "template": options.extent and " ".join(map(repr, options.extent)),
        "band_index": list(options.bands or ()),
        "mosaic_method": method and METHOD_KEYWORDS[method],
        "order_field": options.order_field,
        "order_base_value": options.order_base_value,
        "lock_rasterid": list(options.lock_raster_ids),
        "cell_size": cell_size[0] if cell_size and cell_size[0] == cell_size[1] else cell_size,
        "where_clause": options.where,
        "processing_template": str(options.processing_template),
        "kind": request.kind and request.kind.value,
        "provider": request.provider and request.provider.value,
        "authcfg": request.access.authcfg,
        "timeout": None if request.access.timeout == DEFAULT_TIMEOUT else request.access.timeout,
        "referer": harmless(request.access.referer),
        "ascending": options.ascending,
        "mosaic_operation": operation and operation.name,
        "viewpoint": options.viewpoint,
        "interpolation": interpolation and interpolation.name,
        "nodata": ["nan" if math.isnan(value) else value for value in options.nodata],
        "nodata_interpretation": {True: "ALL", False: "ANY", None: None}[options.nodata_matches_all],
        "compression_quality": options.compression_quality,
        "time": options.time and str(options.time),
        "nearest_date": options.nearest_date or None,
        "clip": options.clip and options.clip.wkt(),
        "snap_raster": options.snap_origin,
        "variable": options.variable,
        "dimensions": dimensions_text(options.dimensions),
        "slice_id": request.arguments.slice_id,
        "tiles": options.tiles,
    }
    return {name: value for name, value in arguments.items() if value is not None and value not in ("", [])}


def _processing_value(value: Any) -> Any:
    """Return a value as a parameter of the algorithm takes it: numbers and texts, lists separated by `;`."""
    if isinstance(value, tuple):
        return ",".join(map(repr, value))
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value
