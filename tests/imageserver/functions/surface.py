"""Functions of an elevation surface, the first band: Hillshade and Slope."""

from __future__ import annotations

import math

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Reader, Window, block_of_numbers

_DEGREE, _PERCENT_RISE, _SCALED = 1, 2, 3
_TRADITIONAL, _MULTIDIRECTIONAL = 0, 1

# Azimuth, altitude and weight of the suns of a multidirectional hillshade, which also doubles the heights: as the
# ArcGIS Maps SDK for JavaScript does (surfaceUtils).
_SUNS = ((315, 60, 3), (270, 60, 5), (225, 60, 3), (360, 60, 2), (180, 60, 1), (0, 90, 4))


def hillshade(arguments: Arguments, window: Window) -> Block:
    """Shaded relief, 0 to 255, of light from one direction (HillshadeType 0) or from six (1).

    Source: "How Hillshade works" (255 × (cos zenith × cos slope + sin zenith × sin slope × cos(azimuth - aspect)),
    negative = 0). With p and q the rise to the east and to the south, cos slope is 1 / √(1 + p² + q²), sin slope × cos
    aspect is -p × cos slope and sin slope × sin aspect is q × cos slope; so no angle of the surface is computed.
    """
    kind = arguments.integer("HillshadeType", _TRADITIONAL)
    if kind not in (_TRADITIONAL, _MULTIDIRECTIONAL):
        raise arguments.error(f"the argument HillshadeType must be 0 or 1, not {kind}.")
    east, south = rises(arguments, window)
    if kind == _TRADITIONAL:
        shade = _light(east, south, arguments.number("Azimuth", 315.0), arguments.number("Altitude", 45.0))
    else:
        total = sum(weight for _, _, weight in _SUNS)
        lights = [
            np.maximum(_light(2.0 * east, 2.0 * south, azimuth, altitude), 0.0) * weight / total
            for azimuth, altitude, weight in _SUNS
        ]
        shade = np.sum(lights, axis=0)
    return block_of_numbers(255.0 * np.maximum(shade, 0.0)[np.newaxis], "U8")


def _light(east: Array, south: Array, azimuth: float, altitude: float) -> Array:
    """How much light falls on a surface with these rises, from -1 to 1."""
    around, zenith = math.radians(90.0 - azimuth), math.radians(90.0 - altitude)
    toward_light = south * math.sin(around) - east * math.cos(around)
    light: Array = (math.cos(zenith) + math.sin(zenith) * toward_light) / np.sqrt(1.0 + east**2 + south**2)
    return light


def slope(arguments: Arguments, window: Window) -> Block:
    """Slope in degrees (SlopeType 1; 3 with a scaled z-factor) or percent rise (2). Source: "How Slope works"."""
    rise = np.hypot(*rises(arguments, window))[np.newaxis]
    if arguments.integer("SlopeType", _DEGREE) == _PERCENT_RISE:
        return block_of_numbers(100.0 * rise, "F32")
    return block_of_numbers(np.degrees(np.arctan(rise)), "F32")


def rises(arguments: Arguments, window: Window) -> tuple[Array, Array]:
    """Rise per unit to the east and to the south, (rows, columns) each, of Horn's 3 × 3 cells, times the z-factor.

    A cell without data takes the value of the center ("How Slope works"); with RemoveEdgeEffect the center becomes
    NoData instead. SlopeType 3 scales the z-factor: z + (pixel size ^ PSPower) × PSZFactor ("Slope function").
    """
    slope_type = arguments.integer("SlopeType", _DEGREE)
    if slope_type not in (_DEGREE, _PERCENT_RISE, _SCALED):
        raise arguments.error(f"the argument SlopeType must be 1, 2 or 3, not {slope_type}.")
    z_factor = arguments.number("ZFactor", 1.0)
    power, factor = arguments.number("PSPower", 0.664), arguments.number("PSZFactor", 0.024)
    scale_x, scale_y = (
        (z_factor + cell**power * factor if slope_type == _SCALED else z_factor) / (8.0 * cell)
        for cell in (window.cell_x, window.cell_y)
    )

    z = elevation(arguments)(window.grown(1)).bands([0]).numbers()[0]
    center = z[1:-1, 1:-1]

    def cell(row: int, column: int) -> Array:
        values = z[row : row + window.rows, column : column + window.columns]
        return values if remove_edge_effect else np.where(np.isnan(values), center, values)

    remove_edge_effect = arguments.flag("RemoveEdgeEffect")
    a, b, c = cell(0, 0), cell(0, 1), cell(0, 2)
    d, f = cell(1, 0), cell(1, 2)
    g, h, i = cell(2, 0), cell(2, 1), cell(2, 2)
    # A center without data is no slope even where all its neighbors have data.
    nodata = np.where(np.isnan(center), np.nan, 0.0)
    east = ((c + 2 * f + i) - (a + 2 * d + g)) * scale_x + nodata
    south = ((g + 2 * h + i) - (a + 2 * b + c)) * scale_y + nodata
    return east, south


def elevation(arguments: Arguments) -> Reader:
    return arguments.raster("DEM" if "DEM" in arguments else "Raster")
