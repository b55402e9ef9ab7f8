"""The part of a map that is wanted, as a box that a mouse takes hold of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...plugin.service.extent import Extent
from .viewport import Viewport

# In pixels: how far from its outline a box can be held.
_REACH = 6
# In pixels a side: a smaller box is a slip of the hand.
_SMALLEST = 4


class Grip(Enum):
    """Where a box is held. The values tell which edges move: xmin, ymin, xmax and ymax."""

    OUTLINE = (True, True, True, True)
    LOWER_LEFT = (True, True, False, False)
    LOWER_RIGHT = (False, True, True, False)
    UPPER_LEFT = (True, False, False, True)
    UPPER_RIGHT = (False, False, True, True)


def grip_at(box: Extent, view: Viewport, x: float, y: float) -> Grip | None:
    """Return where a box is held at a pixel of the widget; None beside it, and inside, so that the map can be moved."""
    left, bottom = view.to_pixel(box.xmin, box.ymin)
    right, top = view.to_pixel(box.xmax, box.ymax)
    corners = {
        Grip.LOWER_LEFT: (left, bottom),
        Grip.LOWER_RIGHT: (right, bottom),
        Grip.UPPER_LEFT: (left, top),
        Grip.UPPER_RIGHT: (right, top),
    }
    for grip, (corner_x, corner_y) in corners.items():
        if abs(x - corner_x) <= _REACH and abs(y - corner_y) <= _REACH:
            return grip
    is_beside = left - _REACH <= x <= right + _REACH and top - _REACH <= y <= bottom + _REACH
    is_inside = left + _REACH < x < right - _REACH and top + _REACH < y < bottom - _REACH
    return Grip.OUTLINE if is_beside and not is_inside else None


def dragged(box: Extent, grip: Grip, x: float, y: float) -> Extent:
    """Return a box whose grip was dragged by a distance in map units, also beyond the opposite edge."""
    by = (x, y, x, y)
    xmin, ymin, xmax, ymax = (
        edge + (distance if goes_along else 0.0) for edge, distance, goes_along in zip(box, by, grip.value)
    )
    return Extent(min(xmin, xmax), min(ymin, ymax), max(xmin, xmax), max(ymin, ymax))


def spanned(one: tuple[float, float], other: tuple[float, float]) -> Extent:
    """Return the box between two points."""
    return Extent(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


@dataclass(frozen=True)
class Drag:
    """A drag of the mouse: of a new box, of the box that is there, or of the map below it.

    Attributes:
        start: the pixel of the widget where the mouse was pressed.
        view: what was looked at then.
        area: the box that was there then.
        grip: where it is held; None if the map is held, or a new box is spanned.
        spans: whether a new box is spanned.
    """

    start: tuple[float, float]
    view: Viewport
    area: Extent | None
    grip: Grip | None
    spans: bool

    @property
    def is_of_map(self) -> bool:
        """Whether the map is dragged, rather than a box."""
        return not self.spans and (self.grip is None or self.area is None)

    def area_at(self, x: float, y: float) -> Extent | None:
        """Return the box with the mouse at a pixel of the widget."""
        if self.spans:
            return spanned(self.view.to_map(*self.start), self.view.to_map(x, y))
        if self.grip is None or self.area is None:
            return self.area
        scale = self.view.scale
        return dragged(self.area, self.grip, (x - self.start[0]) * scale, (self.start[1] - y) * scale)

    def view_at(self, x: float, y: float) -> Viewport:
        """Return the view with the mouse at a pixel of the widget, if the map is dragged."""
        return self.view.moved(x - self.start[0], y - self.start[1])

    def is_slip(self, area: Extent) -> bool:
        """Whether a box is so small that nobody can have meant it."""
        return min(area.width, area.height) < _SMALLEST * self.view.scale
