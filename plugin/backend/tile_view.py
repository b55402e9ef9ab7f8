"""Decides for each view whether it is drawn from ready-made tiles or as an image, if a service has both.

A view is drawn from tiles if a level fits: as fine as the view, and at most twice as fine. The pixels of the level are
then blended, as the server blends its own; at the level's own scale, they are shown unchanged. Views beyond the finest
or the coarsest level, or between two levels that are far apart, are images.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ..options.grid import Grid
from ..service.tile_info import TileInfo, TileLevel
from .shapes import inside_clip
from .source import LayerSource
from .windows import PLACE_TOLERANCE, Axis, Indexes, ViewPlan, of_axes, plan_view

Shares = npt.NDArray[np.floating[Any]]

# By what factor a level may be finer than a view: a pixel of the view is a blend of the nearest pixels only.
_MOST_FINER = 2.0
# Tolerance, as a share: pixels within it are of the same size.
_SAME_SIZE = 1e-3
# More tiles would take longer than an image, and much memory.
_MOST_TILES = 256
_OPAQUE = 255


@dataclass(frozen=True)
class TileViewPlan(ViewPlan):
    """A view that is blended of a window of pixels of a level.

    Attributes:
        column_shares: for each column, how much of it is the column of the window after the one in `column_indexes`.
        row_shares: the same for rows.
    """

    column_shares: Shares
    row_shares: Shares

    def place(self, pixels: npt.NDArray[Any], shape: tuple[int, int]) -> npt.NDArray[Any]:
        """Return a picture of the window as the view's, or of a mask of it the nearest."""
        placed = np.zeros((*pixels.shape[:-2], *shape), pixels.dtype)
        rows = slice(self.first_row, self.first_row + len(self.row_indexes))
        columns = slice(self.first_column, self.first_column + len(self.column_indexes))
        if pixels.ndim > 2 and (self.row_shares.any() or self.column_shares.any()):
            placed[:, rows, columns] = self._blended(pixels)
            return placed
        row_indexes = self.row_indexes + (self.row_shares > 0.5)
        column_indexes = self.column_indexes + (self.column_shares > 0.5)
        placed[..., rows, columns] = pixels[..., row_indexes[:, np.newaxis], column_indexes]
        return placed

    def _blended(self, pixels: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return red, green, blue and alpha blended; a transparent pixel has no color to give."""
        if bool((pixels[3] == _OPAQUE).all()):
            colors = self._mixed(pixels[:3].astype(np.float32))
            alpha = np.full((1, *colors.shape[1:]), _OPAQUE, np.float32)
        else:
            values = pixels.astype(np.float32)
            values[:3] *= values[3] / _OPAQUE
            mixed = self._mixed(values)
            alpha = mixed[3:]
            colors = np.divide(mixed[:3] * _OPAQUE, alpha, out=np.zeros_like(mixed[:3]), where=alpha > 0)
        return np.rint(np.concatenate((colors, alpha))).clip(0, _OPAQUE).astype(pixels.dtype)

    def _mixed(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        rows, columns = self.row_shares.astype(np.float32)[:, np.newaxis], self.column_shares.astype(np.float32)
        return _between(_between(values, self.row_indexes, rows, 1), self.column_indexes, columns, 2)


def _between(
    values: npt.NDArray[np.float32], indexes: Indexes, shares: npt.NDArray[np.float32], axis: int
) -> npt.NDArray[np.float32]:
    """Return values between the given ones along an axis and those after them."""
    first = np.take(values, indexes, axis)
    after = np.take(values, np.minimum(indexes + 1, values.shape[axis] - 1), axis)
    return first + (after - first) * shares


def plan_drawing(source: LayerSource, view: Grid) -> tuple[LayerSource, ViewPlan | None]:
    """Return the source from which to draw a view, which has only one way, and the plan; None if nothing is drawn.

    If there were two ways, the result still has to be clipped by `clip_view`.
    """
    if not source.has_images:
        return source, plan_view(source, view)
    plan = _plan_tiles(source, view)
    if plan is not None:
        # Whole pixels of tiles are requested, which do not depend on the view.
        alone = replace(source, has_images=False, clip=None, follows_view=False, stretches_by_view=False)
        return alone, plan
    images = replace(source.of_images(), clip=None)
    return images, plan_view(images, view)


def clip_view(source: LayerSource, values: npt.NDArray[Any], view: Grid) -> npt.NDArray[Any]:
    """Return the picture of a view that was planned by `plan_drawing`, transparent outside of the layer's shape."""
    if not source.has_images or source.clip is None:
        return values
    return np.where(inside_clip(source.clip, view), values, values.dtype.type(0))


def _plan_tiles(source: LayerSource, view: Grid) -> TileViewPlan | None:
    """Return how to draw a view from tiles; None if no level fits, or the layer is not in view."""
    level = None if source.tiles is None else _level_of(source.tiles, view)
    if source.tiles is None or level is None or not view.extent.is_valid():
        return None
    size, (x, y), own = level.resolution, source.tiles.origin, source.grid
    across = _axis(view.extent.xmin, view.cell_size[0], view.columns, own.extent.xmin, own.extent.xmax, x, size)
    down = _axis(-view.extent.ymax, view.cell_size[1], view.rows, -own.extent.ymax, -own.extent.ymin, -y, size)
    if across is None or down is None:
        return None
    if _tiles(across, source.tiles.columns) * _tiles(down, source.tiles.rows) > _MOST_TILES:
        return None
    return TileViewPlan(*of_axes(across, down), across.shares, down.shares)


def _level_of(tiles: TileInfo, view: Grid) -> TileLevel | None:
    """Return the coarsest level that is as fine as a view; None where it is too fine, or there is none."""
    fine = min(view.cell_size) * (1 + _SAME_SIZE)
    level = next((each for each in tiles.levels if each.resolution <= fine), None)
    if level is None or max(view.cell_size) / level.resolution > _MOST_FINER * (1 + _SAME_SIZE):
        return None
    return level


@dataclass(frozen=True)
class _Axis(Axis):
    """One direction; `shares` are as those of `TileViewPlan`."""

    shares: Shares


def _axis(
    start: float, cell: float, count: int, own_start: float, own_end: float, origin: float, size: float
) -> _Axis | None:
    """Return the pixels of a level for the pixels of a view along an axis, as far as their centers are in the layer."""
    centers = start + (np.arange(count) + 0.5) * cell
    covered = np.flatnonzero((centers >= own_start) & (centers < own_end))
    if not covered.size:
        return None
    positions = (centers[covered[0] : covered[-1] + 1] - origin) / size - 0.5
    whole = np.rint(positions)
    positions = np.where(np.abs(positions - whole) <= PLACE_TOLERANCE, whole, positions)
    before = np.floor(positions)
    shares = positions - before
    first = int(before[0])
    last = int(before[-1]) + (1 if shares[-1] else 0)
    return _Axis(origin, size, first, last - first + 1, int(covered[0]), before.astype(np.int64) - first, shares)


def _tiles(axis: _Axis, side: int) -> int:
    """Return how many tiles lie along an axis."""
    return (axis.first + axis.count - 1) // side - axis.first // side + 1
