"""Where the rasters of a mosaic lie, as a map draws it and a mouse points at it. Plain Python, on any thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..service.catalog import CatalogRaster
from ..service.extent import Extent

Point = tuple[float, float]

# Rings with more points are simplified to parts of the raster's size: a map draws thousands of rasters, each only a few
# pixels wide.
_FEW_POINTS, _PARTS = 64, 256


@dataclass(frozen=True)
class Outline:
    """The footprint of one raster, in the service's CRS.

    Attributes:
        raster_id: its id in the catalog.
        box: the box around it.
        rings: closed rings, the ones in others being holes; thinned where they have very many points.
    """

    raster_id: int
    box: Extent
    rings: tuple[tuple[Point, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the raster."""
        box = self.box
        if not (box.xmin <= x <= box.xmax and box.ymin <= y <= box.ymax):
            return False
        crossings = 0
        for (x0, y0), (x1, y1) in self._edges():
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                crossings += 1
        return crossings % 2 == 1

    def touches(self, box: Extent) -> bool:
        """Whether the raster shares ground with a box."""
        own = self.box
        if own.xmin > box.xmax or own.xmax < box.xmin or own.ymin > box.ymax or own.ymax < box.ymin:
            return False
        if box.xmin <= own.xmin and own.xmax <= box.xmax and box.ymin <= own.ymin and own.ymax <= box.ymax:
            return True
        # The box lies in the raster, or an edge of the raster in the box.
        return self.holds(box.xmin, box.ymin) or any(_runs_through(box, *edge) for edge in self._edges())

    def _edges(self) -> Iterator[tuple[Point, Point]]:
        for ring in self.rings:
            yield from zip(ring, ring[1:])


def outline_of(raster: CatalogRaster) -> Outline | None:
    """Return where a raster lies; None where its record does not say so."""
    box = raster.footprint
    if box is None:
        return None
    rings = tuple(_closed(_thinned(ring, box)) for ring in raster.rings) or (_corners(box),)
    return Outline(raster.id, box, rings)


def _thinned(ring: Sequence[Point], box: Extent) -> Sequence[Point]:
    if len(ring) <= _FEW_POINTS:
        return ring
    least = max(box.width, box.height) / _PARTS
    kept = [ring[0]]
    for point in ring[1:-1]:
        x, y = kept[-1]
        if abs(point[0] - x) >= least or abs(point[1] - y) >= least:
            kept.append(point)
    return kept


def _closed(ring: Sequence[Point]) -> tuple[Point, ...]:
    return tuple(ring) if ring[0] == ring[-1] else (*ring, ring[0])


def _corners(box: Extent) -> tuple[Point, ...]:
    left, right = box.xmin, box.xmax
    return (left, box.ymax), (right, box.ymax), (right, box.ymin), (left, box.ymin), (left, box.ymax)


def _runs_through(box: Extent, start: Point, end: Point) -> bool:
    """Whether a part of an edge lies in a box (Liang and Barsky's way)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        begin, step = start[axis], end[axis] - start[axis]
        low, high = (box.xmin, box.xmax) if axis == 0 else (box.ymin, box.ymax)
        if step == 0:
            if not low <= begin <= high:
                return False
            continue
        near, far = sorted(((low - begin) / step, (high - begin) / step))
        first, last = max(first, near), min(last, far)
    return first <= last
