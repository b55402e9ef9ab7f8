"""The view of a map: its center and its scale, as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...plugin.service.extent import Extent

# The margin around an extent, as a share of it.
_MARGIN = 0.04
# Limits of zooming: out to so many times the whole, and in to so many screen pixels for a cell.
_FARTHEST, _NEAREST = 4.0, 24.0


@dataclass(frozen=True)
class Viewport:
    """A view of a map whose y goes up, on a widget whose y goes down.

    Attributes:
        center: the point in the middle, in map units.
        scale: map units to a pixel of the widget.
        size: width and height of the widget in pixels.
    """

    center: tuple[float, float]
    scale: float
    size: tuple[int, int]

    @classmethod
    def of(cls, extent: Extent, size: tuple[int, int]) -> Viewport:
        """Return the view that has all of an extent, with a margin."""
        width, height = max(size[0], 1), max(size[1], 1)
        scale = (1 + 2 * _MARGIN) * max(extent.width / width, extent.height / height)
        return cls(extent.center, scale, (width, height))

    @property
    def extent(self) -> Extent:
        """What can be seen."""
        half_width, half_height = self.size[0] * self.scale / 2, self.size[1] * self.scale / 2
        x, y = self.center
        return Extent(x - half_width, y - half_height, x + half_width, y + half_height)

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the map at a pixel of the widget."""
        seen = self.extent
        return seen.xmin + x * self.scale, seen.ymax - y * self.scale

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of the widget at a point of the map."""
        seen = self.extent
        return (x - seen.xmin) / self.scale, (seen.ymax - y) / self.scale

    def resized(self, size: tuple[int, int]) -> Viewport:
        """Return a view with the same center and scale on a widget of another size."""
        return replace(self, size=(max(size[0], 1), max(size[1], 1)))

    def moved(self, columns: float, rows: float) -> Viewport:
        """Return the view after the map has been dragged by so many pixels."""
        x, y = self.center
        return replace(self, center=(x - columns * self.scale, y + rows * self.scale))

    def zoomed(self, factor: float, x: float, y: float, whole: Extent, cell: float) -> Viewport:
        """Return the view zoomed by a factor; the point at a pixel of the widget stays there.

        Zooming is limited: to a few times the whole, and to cells of a size that can be told apart.
        """
        farthest = _FARTHEST * Viewport.of(whole, self.size).scale
        scale = min(max(self.scale * factor, min(cell / _NEAREST, farthest)), farthest)
        map_x, map_y = self.to_map(x, y)
        return replace(
            self,
            scale=scale,
            center=(
                map_x + (self.size[0] / 2 - x) * scale,
                map_y - (self.size[1] / 2 - y) * scale,
            ),
        )
