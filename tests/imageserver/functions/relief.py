"""Functions of an elevation surface beside Hillshade and Slope: Aspect, Curvature and ShadedRelief."""

from __future__ import annotations

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Window, block_of_numbers
from .colors import ramp_colors
from .surface import elevation, hillshade, rises

_STANDARD, _PLANFORM, _PROFILE = 0, 1, 2
_COLORMAP, _COLOR_RAMP = 0, 1


def aspect(arguments: Arguments, window: Window) -> Block:
    """The compass direction of the steepest way down, in degrees from north, as F32. Source: "How Aspect works".

    Flat ground is -1. The help's 57.29578 × atan2(dz/dy, -dz/dx), turned into 0 to 360 from north, is the bearing of
    the gradient turned round.
    """
    east, south = rises(arguments, window)
    bearing = np.degrees(np.arctan2(-east, south)) % 360.0
    flat = (east == 0.0) & (south == 0.0)
    return block_of_numbers(np.where(flat, -1.0, bearing)[np.newaxis], "F32")


def curvature(arguments: Arguments, window: Window) -> Block:
    """The second derivative of the surface as F32. Source: "Curvature function" and Zevenbergen and Thorne (1987).

    D and E are half the second derivatives to the east and to the north, F the mixed one, G and H the slopes. Type 0 is
    -2 (D + E) × 100, 1 planform, 2 profile; all in hundredths of a z unit. A cell without all its neighbors is NoData.
    """
    kind = arguments.integer("Type", _STANDARD)
    if kind not in (_STANDARD, _PLANFORM, _PROFILE):
        raise arguments.error(f"the argument Type must be 0, 1 or 2, not {kind}.")
    z = elevation(arguments)(window.grown(1)).bands([0]).numbers()[0] * arguments.number("ZFactor", 1.0)

    def cell(row: int, column: int) -> Array:
        return z[row : row + window.rows, column : column + window.columns]

    size_x, size_y = window.cell_x, window.cell_y
    d = ((cell(1, 0) + cell(1, 2)) / 2 - cell(1, 1)) / size_x**2
    e = ((cell(0, 1) + cell(2, 1)) / 2 - cell(1, 1)) / size_y**2
    if kind == _STANDARD:
        return block_of_numbers((-2.0 * (d + e) * 100.0)[np.newaxis], "F32")
    f = (cell(0, 2) - cell(0, 0) + cell(2, 0) - cell(2, 2)) / (4 * size_x * size_y)
    g = (cell(1, 2) - cell(1, 0)) / (2 * size_x)
    h = (cell(0, 1) - cell(2, 1)) / (2 * size_y)
    along = d * g**2 + e * h**2 + f * g * h
    across = d * h**2 + e * g**2 - f * g * h
    steep = g**2 + h**2
    with np.errstate(divide="ignore", invalid="ignore"):
        bent = -200.0 * across / steep if kind == _PLANFORM else 200.0 * along / steep
    return block_of_numbers(np.where(steep == 0.0, 0.0 * z[1:-1, 1:-1], bent)[np.newaxis], "F32")


def shaded_relief(arguments: Arguments, window: Window) -> Block:
    """Colors of the heights, darkened by the hillshade, as three bands of U8. Source: "Shaded Relief function".

    Of ColorSchemeType only 1, a ColorRamp, is available, by name. It runs from the lowest to the highest value that is
    known of the raster. How Esri blends colors and light is not published: here they are multiplied.
    """
    if arguments.integer("ColorSchemeType", _COLOR_RAMP) != _COLOR_RAMP:
        raise arguments.error("only the ColorSchemeType 1, a ColorRamp, is available.")
    shade = hillshade(arguments, window)
    block = elevation(arguments)(window).bands([0])
    heights = block.numbers()[0]
    if block.statistics:
        least, most = block.statistics[0].minimum, block.statistics[0].maximum
    else:
        known = elevation(arguments)(arguments.context.native.overview(256)).bands([0]).numbers()[0]
        least, most = float(np.nanmin(known)), float(np.nanmax(known))
    shares = np.clip((heights - least) / max(most - least, 1e-9), 0.0, 1.0)
    colors = ramp_colors(arguments, "ColorRamp", np.nan_to_num(shares))
    lit = colors * shade.numbers()[0] / 255.0
    return block_of_numbers(np.where(np.isnan(heights), np.nan, lit), "U8", ("Red", "Green", "Blue"))
