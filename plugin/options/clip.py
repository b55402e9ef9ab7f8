"""The shape that a layer is clipped to: polygons in the service's CRS, outside of which there is nothing."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..service.extent import Extent
from .grid import Grid

# Of all rings together. They are part of the layer's source, which QGIS copies often, and are burned into every view.
MOST_CORNERS = 5000
# Nothing on a map is further away; it keeps sums and products of coordinates finite.
_LARGEST_COORDINATE = 1e100
_FEWEST_CORNERS = 3
# Coordinates are rounded to so many digits of a cell, so that an edge through the centers of cells stays there.
DIGITS_OF_CELL = 6
_WKB_POLYGON, _WKB_MULTIPOLYGON = 3, 6
# The byte order of this machine, which well-known binary names in its first byte.
_ORDER = 1 if sys.byteorder == "little" else 0
_BYTES_OF_CORNER = 16

Corner = tuple[float, float]
Ring = tuple[Corner, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True)
class Clip:
    """Polygons, at least one. A pixel is inside where its center is in one of them.

    Attributes:
        polygons: of each, the outer ring and then those of its holes. A ring is not closed: its first corner is not
            repeated at its end. Inside of a polygon is what an odd number of its rings goes round, so that whatever
            they look like, there is one answer.
    """

    polygons: tuple[Polygon, ...]

    @cached_property
    def extent(self) -> Extent:
        """The box around all of them."""
        xs, ys = zip(*self._corners())
        return Extent(min(xs), min(ys), max(xs), max(ys))

    @cached_property
    def corner_count(self) -> int:
        """How many corners there are in all rings."""
        return sum(len(ring) for polygon in self.polygons for ring in polygon)

    @cached_property
    def coordinates(self) -> array[float]:
        """All corners, x and y in turn, ring by ring; each ring is closed here."""
        closed = ((*ring, ring[0]) for polygon in self.polygons for ring in polygon)
        return array("d", (number for ring in closed for corner in ring for number in corner))

    @cached_property
    def wkb(self) -> bytes:
        """The polygons as one multipolygon in well-known binary."""
        return self.wkb_of(self.coordinates.tobytes())

    def wkb_of(self, coordinates: bytes) -> bytes:
        """Return the same of other `coordinates`, in other units."""
        parts, place = [struct.pack("=BII", _ORDER, _WKB_MULTIPOLYGON, len(self.polygons))], 0
        for polygon in self.polygons:
            parts.append(struct.pack("=BII", _ORDER, _WKB_POLYGON, len(polygon)))
            for ring in polygon:
                end = place + (len(ring) + 1) * _BYTES_OF_CORNER
                parts += [struct.pack("=I", len(ring) + 1), coordinates[place:end]]
                place = end
        return b"".join(parts)

    def wkt(self) -> str:
        """Return the polygons as one multipolygon in well-known text."""

        def ring_text(ring: Ring) -> str:
            return f"({','.join(f'{_digits(x)} {_digits(y)}' for x, y in (*ring, ring[0]))})"

        polygons = (f"({','.join(map(ring_text, polygon))})" for polygon in self.polygons)
        return f"MULTIPOLYGON({','.join(polygons)})"

    def in_cells(self, grid: Grid) -> Clip:
        """Return the polygons in columns and rows of a grid, counted from its upper left corner, as fine as matters."""
        (xmin, _, _, ymax), (cell_x, cell_y) = grid.extent, grid.cell_size

        def cells(ring: Ring) -> Ring:
            return tuple(
                (round((x - xmin) / cell_x, DIGITS_OF_CELL), round((ymax - y) / cell_y, DIGITS_OF_CELL))
                for x, y in ring
            )

        return Clip(tuple(tuple(map(cells, polygon)) for polygon in self.polygons))

    def to_json_value(self) -> list[list[list[float]]]:
        """Return the polygons as the `json` module knows them: lists of rings, which are `[x, y, x, y, …]`."""
        return [[[number for corner in ring for number in corner] for ring in polygon] for polygon in self.polygons]

    @staticmethod
    def from_json_value(value: Any) -> Clip:
        """Read what `to_json_value` returned.

        Raises:
            TypeError: it is something else, holds more than `MOST_CORNERS`, or has no area that could be seen.
        """
        if not isinstance(value, list) or not value:
            raise TypeError("no polygons")
        clip = Clip(tuple(tuple(_rings(polygon)) for polygon in _bounded(value)))
        if not clip.extent.is_valid():
            raise TypeError("polygons without an area")
        return clip

    def _corners(self) -> Iterator[Corner]:
        return (corner for polygon in self.polygons for ring in polygon for corner in ring)


def _digits(number: float) -> str:
    """Return a number as exactly as it is, without a needless ".0"."""
    return repr(number)[:-2] if repr(number).endswith(".0") else repr(number)


def _bounded(polygons: list[Any]) -> list[Any]:
    """Return the polygons, if they are lists of lists with no more numbers than there may be."""
    numbers = sum(len(ring) for polygon in polygons for ring in _listed(polygon) if isinstance(ring, list))
    if len(polygons) > MOST_CORNERS or numbers > 2 * MOST_CORNERS:
        raise TypeError("too many corners")
    return polygons


def _rings(polygon: Any) -> Iterable[Ring]:
    for ring in _listed(polygon):
        numbers = [_coordinate(number) for number in _listed(ring)]
        if len(numbers) % 2 or len(numbers) < 2 * _FEWEST_CORNERS:
            raise TypeError("no ring")
        yield tuple(zip(numbers[::2], numbers[1::2]))


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise TypeError("no list")
    return value


def _coordinate(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise TypeError("no coordinate")
    if abs(value) > _LARGEST_COORDINATE:
        raise TypeError("too large a coordinate")
    return float(value)
