"""The getSamples operation. Source: "Get Samples" of the REST reference.

As there, it knows no renderingRule: values are those of the rasters. Locations without a value are left out of the
answer, and so are, without a word, those beyond the service's limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .catalog import Item, inside
from .errors import ParameterError
from .export import INTERPOLATIONS, image_reference
from .functions import Window
from .functions.block import Array
from .identify import pixel_size
from .mosaic import MosaicRule, draw, select
from .parameters import Parameters
from .pixels import extent_of
from .service import ImageService
from .spatial import spatial_reference, transform

#: Locations in one answer.
LIMIT = 1000
_DEFAULT_AREA_COUNT = 100

_GEOMETRY_TYPES = {
    f"esrigeometry{name.lower()}": name for name in ("Point", "Multipoint", "Polyline", "Polygon", "Envelope")
}

Sample = dict[str, Any]


def get_samples(service: ImageService, parameters: Parameters, limit: int = LIMIT) -> dict[str, object]:
    """The values at points, along lines, or in areas."""
    geometry = parameters.mapping("geometry")
    if geometry is None:
        raise ParameterError("Parameter 'geometry' is missing.")
    own = geometry.get("spatialReference")
    reference = image_reference(service, Parameters({}), "sr") if own is None else spatial_reference(own, "geometry")
    kind = parameters.choice("geometryType", _GEOMETRY_TYPES, "esriGeometryPoint")
    places = _places(kind, geometry, parameters)[:limit]
    x, y = transform(reference, service.reference, places[:, 0], places[:, 1])
    rule = service.mosaic_rule(parameters)
    cell = pixel_size(service, parameters)
    interpolation = parameters.choice("interpolation", INTERPOLATIONS, "RSP_NearestNeighbor")
    found: list[Sample] = []
    for number, (place, at_x, at_y) in enumerate(zip(places.tolist(), x.tolist(), y.tolist())):
        if not (np.isfinite(at_x) and np.isfinite(at_y)):
            continue
        location = {"x": place[0], "y": place[1], "spatialReference": dict(reference)}
        for item, text in _values(service, rule, cell, (at_x, at_y), interpolation, parameters):
            sample: Sample = {"location": location, "locationId": number, "value": text, "resolution": cell[0]}
            if item is not None:
                sample["rasterId"] = item.attributes["OBJECTID"]
                sample["attributes"] = _attributes(item, parameters)
            found.append(sample)
    return {"samples": found}


def _places(kind: str, geometry: Mapping[str, Any], parameters: Parameters) -> Array:
    """The points to be sampled, shape (points, 2), in the units of the geometry."""
    try:
        if kind == "Point":
            return np.array([[geometry["x"], geometry["y"]]], dtype=np.float64)
        if kind == "Multipoint":
            return np.array([point[:2] for point in geometry["points"]], dtype=np.float64).reshape(-1, 2)
        if kind == "Polyline":
            return _along([np.array(path, dtype=np.float64)[:, :2] for path in geometry["paths"]], parameters)
        return _spread(kind, geometry, parameters)
    except (KeyError, ValueError, TypeError, IndexError):
        raise ParameterError(f"Parameter 'geometry' is not of the type esriGeometry{kind}.") from None


def _along(paths: Sequence[Array], parameters: Parameters) -> Array:
    """Points at equal distances along each path, its vertices where neither distance nor count is given."""
    (distance,) = parameters.numbers("sampleDistance") or (0.0,)
    count = parameters.integer("sampleCount", 0)
    if not distance and not count:
        return np.concatenate(paths)
    lengths = [sum(float(np.hypot(*(two - one))) for one, two in pairwise(path)) for path in paths]
    step = distance or sum(lengths) / max(count - 1, 1)
    places = []
    for path, length in zip(paths, lengths):
        reached = np.concatenate([[0.0], np.cumsum([np.hypot(*(two - one)) for one, two in pairwise(path)])])
        at = np.arange(0.0, length + step * 1e-9, step)
        places.append(np.column_stack([np.interp(at, reached, path[:, axis]) for axis in (0, 1)]))
    return np.concatenate(places)


def _spread(kind: str, geometry: Mapping[str, Any], parameters: Parameters) -> Array:
    """About `sampleCount` points spread over an area."""
    count = parameters.integer("sampleCount", _DEFAULT_AREA_COUNT)
    if kind == "Envelope":
        corners = np.array([[geometry["xmin"], geometry["ymin"]], [geometry["xmax"], geometry["ymax"]]])
    else:
        corners = np.concatenate([np.array(ring, dtype=np.float64)[:, :2] for ring in geometry["rings"]])
    (xmin, ymin), (xmax, ymax) = corners.min(axis=0), corners.max(axis=0)
    side = max(1, round(count**0.5))
    steps = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(xmin + (xmax - xmin) * steps, ymax - (ymax - ymin) * steps)
    kept = np.ones(x.shape, dtype=bool)
    if kind == "Polygon":
        kept = np.logical_xor.reduce([inside(np.array(ring)[:, :2], x, y) for ring in geometry["rings"]])
    return np.column_stack([x[kept], y[kept]])


def _values(
    service: ImageService,
    rule: MosaicRule,
    cell: tuple[float, float],
    place: tuple[float, float],
    interpolation: str,
    parameters: Parameters,
) -> list[tuple[Item | None, str]]:
    """The value on top at a place, or that of each raster; nothing where there is none."""
    x, y = np.array([[place[0]]]), np.array([[place[1]]])
    window = Window(place[0] - cell[0] / 2, place[1] + cell[1] / 2, *cell, 1, 1)
    view = service.view(window)
    if service.catalog is None:
        block = service.sample(x, y, rule, view, interpolation)
        return [(None, _text(block.pixels, block.valid))] if block.valid.any() else []
    items = select(service.catalog, rule, view, extent_of(window), service.max_mosaic_image_count)
    bands, pixel_type = len(service.band_names), service.pixel_type
    own: list[tuple[Item | None, Array, Array]] = [
        (item, *draw([item], rule, bands, pixel_type, x, y, interpolation)) for item in items
    ]
    known = [(item, _text(pixels, valid)) for item, pixels, valid in own if valid.any()]
    if not known or not parameters.boolean("returnFirstValueOnly", True):
        return known
    pixels, valid = draw(items, rule, bands, pixel_type, x, y, interpolation)
    return [(known[0][0], _text(pixels, valid))]


def _text(pixels: Array, valid: Array) -> str:
    values = zip(pixels[:, 0, 0], valid[:, 0, 0])
    return " ".join(_number(value) if known else "NoData" for value, known in values)


def _number(value: np.generic) -> str:
    digits = {"float32": ".9g", "float64": ".17g"}.get(str(value.dtype))
    return format(value, digits) if digits else str(value)


def _attributes(item: Item, parameters: Parameters) -> dict[str, object]:
    wanted = [name.strip().lower() for name in parameters.text("outFields").split(",")]
    return {name: value for name, value in item.attributes.items() if wanted == ["*"] or name.lower() in wanted}
