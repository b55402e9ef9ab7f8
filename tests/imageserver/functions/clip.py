"""The Clip function: keeps the pixels whose center lies inside, or outside, of a geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Mask, Window

# esriRasterClippingType: which side is erased
_OUTSIDE, _INSIDE = 1, 2

# Parts of each edge that are projected on their own, for an edge is no straight line in another CRS.
_PARTS = 32


def clip(arguments: Arguments, window: Window) -> Block:
    """Erases what lies outside (ClippingType 1, the default) or inside (2) of ClippingGeometry.

    The geometry is an envelope or a polygon. Extent, where given, is the extent of the output: beyond it everything is
    NoData. Source: IClipFunctionArguments.
    """
    clipping_type = arguments.integer("ClippingType", _OUTSIDE)
    if clipping_type not in (_OUTSIDE, _INSIDE):
        raise arguments.error(f"the argument ClippingType must be 1 or 2, not {clipping_type}.")
    if "ClippingGeometry" not in arguments and "Extent" not in arguments:
        raise arguments.error("the argument ClippingGeometry is required.")
    kept = np.ones((window.rows, window.columns), dtype=bool)
    if "ClippingGeometry" in arguments:
        inside = _inside(_rings(arguments, "ClippingGeometry"), window)
        kept &= inside if clipping_type == _OUTSIDE else ~inside
    if "Extent" in arguments:
        kept &= _inside(_rings(arguments, "Extent"), window)
    block = arguments.raster()(window)
    return replace(block, valid=block.valid & kept)


def _rings(arguments: Arguments, name: str) -> list[Array]:
    """The closed rings of an argument, (points, 2) each, in the service's CRS."""
    geometry = arguments.value(name)
    if not isinstance(geometry, Mapping):
        raise arguments.error(f"the argument {name} must be an envelope or a polygon.")
    try:
        rings = [np.asarray(ring, dtype=np.float64)[:, :2] for ring in _coordinates(geometry)]
    except (KeyError, IndexError, TypeError, ValueError):
        raise arguments.error(f"the argument {name} must be an envelope or a polygon.") from None
    if not all(np.isfinite(ring).all() for ring in rings):
        raise arguments.error(f"the coordinates of {name} must be numbers.")
    closed = [ring if np.array_equal(ring[0], ring[-1]) else np.vstack([ring, ring[:1]]) for ring in rings]
    reference = geometry.get("spatialReference")
    project = arguments.context.project
    if reference and project is not None:
        return [project(_densified(ring), reference) for ring in closed]
    return closed


def _coordinates(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    if "rings" in geometry:
        return list(geometry["rings"])
    xmin, ymin, xmax, ymax = (float(geometry[key]) for key in ("xmin", "ymin", "xmax", "ymax"))
    return [[[xmin, ymin], [xmin, ymax], [xmax, ymax], [xmax, ymin]]]


def _densified(ring: Array) -> Array:
    parts = np.arange(_PARTS)[np.newaxis, :, np.newaxis] / _PARTS
    points = ring[:-1, np.newaxis] + parts * (ring[1:] - ring[:-1])[:, np.newaxis]
    return np.vstack([points.reshape(-1, 2), ring[-1:]])


def _inside(rings: list[Array], window: Window) -> Mask:
    """Which cell centers lie inside, (rows, columns), by the even-odd rule: a hole is a ring like any other.

    Of the boundary, what lies to the left or above belongs to the inside.
    """
    crossings = np.zeros((window.rows, window.columns + 1), dtype=np.int64)
    y = window.y_centers
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            # Half open, so that a vertex at the height of a row counts once.
            rows = np.flatnonzero((y > min(y1, y2)) & (y <= max(y1, y2)))
            if rows.size:
                x = x1 + (y[rows] - y1) * (x2 - x1) / (y2 - y1)
                first_to_the_right = np.ceil((x - window.xmin) / window.cell_x - 0.5)
                np.add.at(crossings, (rows, np.clip(first_to_the_right, 0, window.columns).astype(np.int64)), 1)
    return np.asarray(np.cumsum(crossings, axis=1)[:, :-1] % 2 == 1)
