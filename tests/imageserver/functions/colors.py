"""Color ramps by name. Esri publishes the names; the colors here are like theirs, not the same."""

from __future__ import annotations

import numpy as np

from .arguments import Arguments
from .block import Array

Color = tuple[int, int, int]

# From the least value to the greatest, at even distances.
RAMPS: dict[str, tuple[Color, ...]] = {
    "Aspect": ((128, 128, 128), (255, 0, 0), (255, 255, 0), (0, 255, 0), (0, 255, 255), (0, 0, 255), (255, 0, 0)),
    "Black to White": ((0, 0, 0), (255, 255, 255)),
    "White to Black": ((255, 255, 255), (0, 0, 0)),
    "Cold to Hot Diverging": ((40, 146, 199), (250, 250, 100), (232, 16, 20)),
    "Cyan to Purple": ((0, 245, 245), (0, 0, 245), (245, 0, 245)),
    "Elevation #1": ((175, 240, 233), (255, 255, 179), (0, 128, 64), (252, 186, 3), (128, 0, 0), (255, 252, 255)),
    "Elevation #2": (
        (118, 219, 211),
        (255, 255, 199),
        (255, 255, 128),
        (217, 194, 121),
        (135, 96, 38),
        (150, 150, 181),
    ),
    "Green to Blue": ((32, 153, 143), (0, 219, 0), (255, 255, 0), (237, 161, 19), (194, 82, 60)),
    "Partial Spectrum": ((242, 241, 162), (255, 255, 0), (255, 0, 0), (252, 3, 69), (10, 0, 255)),
    "Precipitation": ((194, 82, 60), (240, 180, 17), (123, 237, 0), (27, 168, 124), (11, 44, 122)),
    "Red to Green": ((245, 0, 0), (245, 245, 0), (0, 245, 0)),
    "Slope": ((56, 168, 0), (255, 255, 0), (255, 0, 0)),
    "Spectrum-Full Bright": ((255, 0, 0), (255, 255, 0), (0, 255, 255), (0, 0, 255)),
    "Surface": ((112, 153, 89), (242, 238, 162), (242, 206, 133), (194, 140, 124), (255, 242, 255)),
    "Temperature": ((255, 252, 255), (99, 148, 228), (69, 171, 100), (253, 231, 102), (178, 29, 24)),
    "Yellow to Dark Red": ((255, 255, 128), (242, 167, 46), (107, 0, 0)),
    "Yellow to Red": ((245, 245, 0), (245, 0, 0)),
}


def ramp_colors(arguments: Arguments, name: str, shares: Array) -> Array:
    """Red, green and blue, (3, …), at places between 0 and 1 of the color ramp that an argument names, in any case."""
    wanted = arguments.text(name)
    ramp = next((colors for known, colors in RAMPS.items() if known.casefold() == wanted.casefold()), None)
    if ramp is None:
        raise arguments.error(f"the color ramp {wanted} is not available.")
    places = np.linspace(0.0, 1.0, len(ramp))
    return np.stack([np.interp(shares, places, [color[part] for color in ramp]) for part in range(3)])


def ramp_colormap(arguments: Arguments, name: str, values: range) -> dict[int, Color]:
    """A colormap of integers, the first of which has the first color of the ramp that an argument names."""
    span = max(len(values) - 1, 1)
    shares = (np.arange(len(values))) / span
    colors = np.rint(ramp_colors(arguments, name, shares)).astype(int).T
    return {value: (int(red), int(green), int(blue)) for value, (red, green, blue) in zip(values, colors)}
