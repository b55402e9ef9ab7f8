"""Functions that look at each value on its own: Remap, Mask, ContrastBrightness, Colormap and ColormapToRGB."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .arguments import Arguments
from .block import Block, Window, block_of_numbers
from .colors import ramp_colormap

# esriNoDataInterpretation
_MATCH_ANY, _MATCH_ALL = 0, 1

_NARROW = {"U1": range(2), "U2": range(4), "U4": range(16), "U8": range(256), "S8": range(-128, 128)}


def remap(arguments: Arguments, window: Window) -> Block:
    """Values in InputRanges, [least, greatest), become the OutputValues; those in NoDataRanges become NoData.

    What is in no range becomes ReplacementValue, or NoData without one; with AllowUnmatched it stays. The first range
    that holds a value counts. The pixel type stays that of the raster. Source: IRemapFunctionArguments.
    """
    ranges, outputs = arguments.pairs("InputRanges"), arguments.numbers("OutputValues")
    if len(ranges) != len(outputs):
        raise arguments.error(f"there are {len(ranges)} InputRanges and {len(outputs)} OutputValues.")
    block = arguments.raster()(window)
    values = block.numbers()
    unmatched = values if arguments.flag("AllowUnmatched") else np.full_like(values, _replacement(arguments))
    choices = [
        *((values >= least) & (values < greatest) for least, greatest in arguments.pairs("NoDataRanges")),
        *((values >= least) & (values < greatest) for least, greatest in ranges),
    ]
    results = [np.nan] * (len(choices) - len(outputs)) + outputs
    remapped = np.select(choices, results, default=unmatched) if choices else unmatched
    return block_of_numbers(np.where(block.valid, remapped, np.nan), block.pixel_type, block.band_names)


def mask(arguments: Arguments, window: Window) -> Block:
    """Makes pixels NoData, in all bands at once. Source: "Mask function".

    NoDataValues lists values for each band, separated by blanks (a single entry stands for all bands); with
    NoDataInterpretation 0 one band that matches is enough, with 1 all must. IncludedRanges lists least and greatest for
    each band: a pixel in none of them is masked.
    """
    interpretation = arguments.integer("NoDataInterpretation", _MATCH_ANY)
    if interpretation not in (_MATCH_ANY, _MATCH_ALL):
        raise arguments.error(f"the argument NoDataInterpretation must be 0 or 1, not {interpretation}.")
    block = arguments.raster()(window)
    masked = np.zeros(block.pixels.shape[1:], dtype=bool)
    lists = _nodata_values(arguments)
    if lists:
        bands = lists * block.band_count if len(lists) == 1 else lists
        matches = [np.isin(band, values) for band, values in zip(block.pixels, bands)]
        masked |= np.all(matches, axis=0) if interpretation == _MATCH_ALL else np.any(matches, axis=0)
    ranges = arguments.pairs("IncludedRanges")
    if ranges:
        bounds = ranges * block.band_count if len(ranges) == 1 else ranges
        included = [(band >= least) & (band <= greatest) for band, (least, greatest) in zip(block.pixels, bounds)]
        masked |= ~np.any(included, axis=0)
    return replace(block, valid=block.valid & ~masked)


def contrast_brightness(arguments: Arguments, window: Window) -> Block:
    """More or less contrast around the middle, and lighter or darker, of U8.

    Source: "Contrast And Brightness function". Both offsets are from -100 to 100. Esri publishes no formula; this is
    that of the ArcGIS Maps SDK for JavaScript (stretchUtils): brightness moves values by its share of the range,
    contrast spreads them around the middle.
    """
    contrast, brightness = (arguments.number(f"{name}Offset", 0.0) for name in ("Contrast", "Brightness"))
    if not (-100 <= contrast <= 100 and -100 <= brightness <= 100):
        raise arguments.error("ContrastOffset and BrightnessOffset must be between -100 and 100.")
    block = arguments.raster()(window)
    if block.pixel_type != "U8":
        raise arguments.error(f"the raster must be of the pixel type U8, not {block.pixel_type}.")
    spread = 200.0 * block.numbers() - 100.0 * 255.0 + 2.0 * 255.0 * brightness
    if contrast == 100:
        values = np.where(spread > 0, 255.0, 0.0) + 0.0 * spread
    elif contrast > 0:
        values = spread / (2.0 * (100.0 - contrast)) + 127.5
    else:
        values = spread * (100.0 + contrast) / 20000.0 + 127.5
    return block_of_numbers(np.clip(values, 0.0, 255.0), "U8", block.band_names)


def colormap(arguments: Arguments, window: Window) -> Block:
    """Gives a colormap to a single band: a list of [value, red, green, blue], or a ramp by name. The values stay.

    A ramp runs from the least to the greatest value of the pixel type, of 8 bits at most.
    """
    rows = arguments.rows("Colormap", 4)
    if not rows and "ColorrampName" not in arguments:
        raise arguments.error("a Colormap, a list of [value, red, green, blue], or a ColorrampName is required.")
    block = arguments.raster()(window)
    if block.band_count != 1:
        raise arguments.error(f"the raster must have one band, not {block.band_count}.")
    if block.pixel_type.startswith("F"):
        raise arguments.error(f"the raster must be of an integer pixel type, not {block.pixel_type}.")
    if not rows:
        if block.pixel_type not in _NARROW:
            raise arguments.error(f"a color ramp needs values of 8 bits at most, not {block.pixel_type}.")
        return replace(block, colormap=ramp_colormap(arguments, "ColorrampName", _NARROW[block.pixel_type]))
    if any(not 0 <= part <= 255 for row in rows for part in row[1:]):
        raise arguments.error("colors must be between 0 and 255.")
    return replace(block, colormap={int(value): (int(red), int(green), int(blue)) for value, red, green, blue in rows})


def colormap_to_rgb(arguments: Arguments, window: Window) -> Block:
    """The colors of a band with a colormap as three bands of U8. A value without a color is NoData."""
    block = arguments.raster()(window)
    if block.colormap is None:
        raise arguments.error("the raster has no colormap.")
    known = np.array(sorted(block.colormap))
    colors = np.array([block.colormap[int(value)] for value in known])
    values = block.pixels[0].astype(np.int64)
    places = np.clip(np.searchsorted(known, values), 0, len(known) - 1)
    found = block.valid[0] & (known[places] == values)
    pixels = np.moveaxis(colors[places], 2, 0)
    return Block(pixels, np.broadcast_to(found, pixels.shape), "U8", ("Red", "Green", "Blue"))


def _replacement(arguments: Arguments) -> float:
    return arguments.number("ReplacementValue") if "ReplacementValue" in arguments else float("nan")


def _nodata_values(arguments: Arguments) -> list[list[float]]:
    texts = arguments.texts("NoDataValues")
    try:
        return [[float(word) for word in text.split()] for text in texts]
    except ValueError:
        raise arguments.error(f"the argument NoDataValues must hold numbers, not {texts!r}.") from None
