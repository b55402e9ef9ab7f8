"""The part of a map that is wanted, as a box that a mouse takes hold of."""

from __future__ import annotations

from enum import Enum

from ...plugin.service.extent import Extent
from .viewport import Viewport

# In pixels, from where it is drawn.
_REACH = 6


class Grip(Enum):
    """Where a box is held. Values say whether each edge goes along: those of xmin, ymin, xmax and ymax."""

    OUTLINE = (True, True, True, True)
    LOWER_LEFT = (True, True, False, False)
    LOWER_RIGHT = (False, True, True, False)
    UPPER_LEFT = (True, False, False, True)
    UPPER_RIGHT = (False, False, True, True)


def grip_at(box: Extent, view: Viewport, x: float, y: float) -> Grip | None:
    """Return what of a box is at a pixel, None for nothing: inside it is nothing, so that the map can be moved."""
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
    """Return a box whose grip was dragged by a distance in map units; what is turned inside out is turned back."""
    by = (x, y, x, y)
    xmin, ymin, xmax, ymax = (
        edge + (distance if goes_along else 0.0) for edge, distance, goes_along in zip(box, by, grip.value)
    )
    return Extent(min(xmin, xmax), min(ymin, ymax), max(xmin, xmax), max(ymin, ymax))


def spanned(one: tuple[float, float], other: tuple[float, float]) -> Extent:
    """Return the box between two points."""
    return Extent(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
