"""A rectangle in some coordinate reference system: the smallest thing all rooms share."""

from __future__ import annotations

import math
from typing import NamedTuple

from .number_text import readable_number


class Extent(NamedTuple):
    """A rectangle; the CRS is known from context (in this package: the service's, unless said otherwise)."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float

    @property
    def width(self) -> float:
        """Size along x in units of the CRS."""
        return self.xmax - self.xmin

    @property
    def height(self) -> float:
        """Size along y in units of the CRS."""
        return self.ymax - self.ymin

    @property
    def center(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.xmin + self.xmax) / 2, (self.ymin + self.ymax) / 2

    def is_valid(self) -> bool:
        """Whether all four numbers are finite and the rectangle has an area."""
        return all(math.isfinite(value) for value in self) and self.xmin < self.xmax and self.ymin < self.ymax

    def intersection(self, other: Extent) -> Extent | None:
        """The common part of both rectangles, or None where they share no area."""
        common = Extent(
            max(self.xmin, other.xmin),
            max(self.ymin, other.ymin),
            min(self.xmax, other.xmax),
            min(self.ymax, other.ymax),
        )
        return common if common.is_valid() else None

    def __str__(self) -> str:
        """Return the four numbers in the order of ArcGIS, to be read: `xmin ymin xmax ymax`."""
        return " ".join(map(readable_number, self))
