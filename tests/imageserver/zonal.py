"""The operations computeStatisticsHistograms and computeHistograms.

Sources: "Compute Statistics and Histograms" and "Compute Histograms" of the REST reference. A pixel belongs to a
polygon that holds its center. Bytes have a bin for each value; other whole numbers too, where 256 are enough; else 256
bins lie between the least and the greatest value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from .catalog import inside
from .errors import ParameterError, ServiceError
from .export import image_reference
from .functions import Block, Window
from .functions.block import Array
from .identify import pixel_size
from .parameters import Parameters
from .service import ImageService
from .spatial import Extent, spatial_reference, transform

_BINS = 256
#: Servers before that tell neither median nor mode.
_FIRST_WITH_MEDIAN = 10.8


def compute_statistics_histograms(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """Statistics and histogram of each band in an envelope or a polygon; none where no pixel is."""
    bands, pixel_type = _pixels(service, parameters)
    return {
        "statistics": [_statistics(values, service.version) for values in bands if len(values)],
        "histograms": [_histogram(values, pixel_type) for values in bands if len(values)],
    }


def compute_histograms(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """The histograms alone."""
    bands, pixel_type = _pixels(service, parameters)
    return {"histograms": [_histogram(values, pixel_type) for values in bands if len(values)]}


def _pixels(service: ImageService, parameters: Parameters) -> tuple[list[Array], str]:
    """The values of each band in the geometry, and their pixel type."""
    rings = _rings(service, parameters)
    cell_x, cell_y = pixel_size(service, parameters)
    window = _window(service, rings, cell_x, cell_y)
    if window is None:
        return [], service.pixel_type
    if window.columns > service.max_image_width or window.rows > service.max_image_height:
        raise ServiceError(400, "The requested image exceeds the size limit.")
    mask = np.zeros((window.rows, window.columns), dtype=bool)
    for ring in rings:
        mask ^= inside(ring, window.x_centers[np.newaxis, :], window.y_centers[:, np.newaxis])
    rendering, rule = service.rendering_rule(parameters), service.mosaic_rule(parameters)
    read = service.reader(rule, service.view(window))
    block: Block = read(window) if rendering is None else service.evaluate(rendering, read, window)
    return [pixels[valid & mask] for pixels, valid in zip(block.pixels, block.valid)], block.pixel_type


def _rings(service: ImageService, parameters: Parameters) -> list[Array]:
    """The rings of the geometry in the service's reference."""
    geometry: Mapping[str, Any] | None = parameters.mapping("geometry")
    kinds = {"esrigeometryenvelope": "Envelope", "esrigeometrypolygon": "Polygon"}
    kind = parameters.choice("geometryType", kinds, "esriGeometryEnvelope")
    try:
        if geometry is None:
            raise KeyError
        if kind == "Envelope":
            box = Extent(*(float(geometry[name]) for name in Extent._fields))
            corners = [(box.xmin, box.ymax), (box.xmax, box.ymax), (box.xmax, box.ymin), (box.xmin, box.ymin)]
            rings = [np.array([*corners, corners[0]])]
        else:
            rings = [np.array(ring, dtype=np.float64)[:, :2] for ring in geometry["rings"]]
    except (KeyError, ValueError, TypeError, IndexError):
        raise ParameterError(f"Parameter 'geometry' is not of the type esriGeometry{kind}.") from None
    own = geometry.get("spatialReference")
    reference = image_reference(service, Parameters({}), "sr") if own is None else spatial_reference(own, "geometry")
    return [np.column_stack(transform(reference, service.reference, ring[:, 0], ring[:, 1])) for ring in rings]


def _window(service: ImageService, rings: list[Array], cell_x: float, cell_y: float) -> Window | None:
    """The cells around the rings, on the service's own grid or one of the same origin; None outside the service."""
    points, grid = np.concatenate(rings), service.grid
    if not np.isfinite(points).all():
        raise ParameterError("Parameter 'geometry' has no place in the spatial reference of the service.")
    (xmin, ymin), (xmax, ymax) = points.min(axis=0), points.max(axis=0)
    columns, rows = (math.ceil((grid.xmax - grid.xmin) / cell_x), math.ceil((grid.ymax - grid.ymin) / cell_y))
    left, right = math.floor((xmin - grid.xmin) / cell_x), math.ceil((xmax - grid.xmin) / cell_x)
    top, bottom = math.floor((grid.ymax - ymax) / cell_y), math.ceil((grid.ymax - ymin) / cell_y)
    left, right, top, bottom = max(left, 0), min(right, columns), max(top, 0), min(bottom, rows)
    if left >= right or top >= bottom:
        return None
    return Window(
        grid.xmin + left * cell_x, grid.ymax - top * cell_y, cell_x, cell_y, int(right - left), int(bottom - top)
    )


def _statistics(values: Array, version: float) -> dict[str, object]:
    numbers = values.astype(np.float64)
    told: dict[str, object] = {
        "min": float(numbers.min()),
        "max": float(numbers.max()),
        "mean": float(numbers.mean()),
        "standardDeviation": float(numbers.std()),
        "skipX": 1,
        "skipY": 1,
        "count": len(numbers),
    }
    if version >= _FIRST_WITH_MEDIAN:
        distinct, counts = np.unique(numbers, return_counts=True)
        told |= {"median": float(np.median(numbers)), "mode": float(distinct[counts.argmax()])}
    return told


def _histogram(values: Array, pixel_type: str) -> dict[str, object]:
    if pixel_type == "U8":
        least, greatest, size = -0.5, 255.5, _BINS
    elif pixel_type[0] in "US" and int(values.max()) - int(values.min()) < _BINS:
        least, greatest = int(values.min()) - 0.5, int(values.max()) + 0.5
        size = int(greatest - least)
    else:
        least, greatest, size = float(values.min()), float(values.max()), _BINS
    counts, _ = np.histogram(values.astype(np.float64), bins=size, range=(least, greatest))
    return {"size": size, "min": least, "max": greatest, "counts": counts.tolist()}
