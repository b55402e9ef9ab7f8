"""Functions that choose and combine bands: ExtractBand, CompositeBand, NDVI, BandArithmetic and Arithmetic."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Window, block_of_numbers, common_pixel_type, converted
from .expression import evaluate_expression

_FAIL = 1

# Predefined methods of BandArithmetic, over the bands that BandIndexes names ("Band Arithmetic function").
_METHODS = {
    1: ("NDVI", 2, "(B1 - B2) / (B1 + B2)"),
    2: ("SAVI", 2, "(B1 - B2) / (B1 + B2 + L) * (1 + L)"),
    9: ("VARI", 3, "(B2 - B1) / (B2 + B1 - B3)"),
    10: ("GNDVI", 2, "(B1 - B2) / (B1 + B2)"),
    11: ("SR", 2, "B1 / B2"),
    17: ("CIg", 2, "B1 / B2 - 1"),
    18: ("NDWI", 2, "(B2 - B1) / (B2 + B1)"),
    19: ("EVI", 3, "2.5 * (B1 - B2) / (B1 + 6 * B2 - 7.5 * B3 + 1)"),
    20: ("Iron oxide", 2, "B1 / B2"),
    21: ("Ferrous minerals", 2, "B1 / B2"),
    22: ("Clay minerals", 2, "B1 / B2"),
}
_USER_DEFINED, _SAVI = 0, 2

# esriRasterArithmeticOperation
_OPERATIONS: dict[int, Callable[[Array, Array], Array]] = {
    1: np.add,
    2: np.subtract,
    3: np.multiply,
    4: np.divide,
    5: np.power,
    6: np.fmod,
}


def extract_band(arguments: Arguments, window: Window) -> Block:
    """Bands by 0-based BandIDs, by BandNames, which go before them, or by BandWavelengths (nanometers) between the two.

    Source: IExtractBandFunctionArguments2. MissingBandAction 0 (best match, the default) takes the band of the nearest
    wavelength, 1 fails where none lies within WavelengthMatchTolerance. An id or a name has no next best: not there, it
    fails either way.
    """
    block = arguments.raster()(window)
    if "BandNames" in arguments:
        return block.bands([_band_of_name(arguments, block, name) for name in arguments.texts("BandNames")])
    if "BandWavelengths" in arguments:
        wavelengths = arguments.numbers("BandWavelengths")
        return block.bands([_band_of_wavelength(arguments, block, wavelength) for wavelength in wavelengths])
    if "BandIDs" not in arguments:
        raise arguments.error("one of BandIDs, BandNames and BandWavelengths is required.")
    return block.bands([_checked_band(arguments, block, index) for index in arguments.integers("BandIDs")])


def composite_band(arguments: Arguments, window: Window) -> Block:
    """All bands of all Rasters, in that order, in the least pixel type that holds them all."""
    readers = arguments.rasters("Rasters")
    if not readers:
        raise arguments.error("the argument Rasters is required.")
    blocks = [read(window) for read in readers]
    pixel_type = common_pixel_type([block.pixel_type for block in blocks])
    known = all(block.statistics for block in blocks)
    return Block(
        np.concatenate([converted(block, pixel_type).pixels for block in blocks]),
        np.concatenate([block.valid for block in blocks]),
        pixel_type,
        tuple(name for block in blocks for name in block.band_names),
        statistics=tuple(band for block in blocks for band in block.statistics) if known else (),
    )


def ndvi(arguments: Arguments, window: Window) -> Block:
    """The normalized difference vegetation index of two 0-based bands. Source: "NDVI function".

    (infrared - visible) / (infrared + visible) × 100 + 100 as U8; with ScientificOutput without the scaling, as F32.
    """
    block = arguments.raster()(window)
    visible, infrared = (
        block.bands([_checked_band(arguments, block, arguments.integer(name))]).numbers()
        for name in ("VisibleBandID", "InfraredBandID")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        index = (infrared - visible) / (infrared + visible)
    if arguments.flag("ScientificOutput"):
        return block_of_numbers(index, "F32")
    return block_of_numbers(index * 100.0 + 100.0, "U8")


def band_arithmetic(arguments: Arguments, window: Window) -> Block:
    """One band of F32 from a formula over 1-based bands. Source: "Band Arithmetic function".

    Method 0 takes the formula from BandIndexes ("(B4 - B3) / 2"); the predefined ones take their bands from it: NDVI
    (1) and SR (11) "infrared red", SAVI (2) "infrared red L", EVI (19) "infrared red blue", GNDVI (10), CIg (17) and
    NDWI (18) "infrared green", VARI (9) "red green blue", iron oxide (20) "red blue", ferrous minerals (21)
    "short-wave infrared", clay minerals (22) both short waves.
    """
    method = arguments.integer("Method", 1)
    text = arguments.text("BandIndexes")
    block = arguments.raster()(window)
    values = block.numbers()
    if method == _USER_DEFINED:
        bands = {f"B{number}": band for number, band in enumerate(values, start=1)}
        return block_of_numbers(evaluate_expression(text, bands)[np.newaxis], "F32")
    if method not in _METHODS:
        available = ", ".join(map(str, (_USER_DEFINED, *_METHODS)))
        raise arguments.error(f"the method {method} is not available; available are {available}.")
    name, band_count, formula = _METHODS[method]
    try:
        given = [float(word) for word in text.split()]
    except ValueError:
        raise arguments.error(f"BandIndexes must be band numbers, not {text!r}.") from None
    if len(given) != band_count + (method == _SAVI):
        raise arguments.error(f"{name} does not take the BandIndexes {text!r}.")
    numbers: dict[str, Array] = {"L": np.asarray(given[-1])} if method == _SAVI else {}
    for position, number in enumerate(given[:band_count], start=1):
        if number != int(number):
            raise arguments.error(f"BandIndexes must be band numbers, not {text!r}.")
        numbers[f"B{position}"] = values[_checked_band(arguments, block, int(number) - 1)]
    return block_of_numbers(evaluate_expression(formula, numbers)[np.newaxis], "F32")


def arithmetic(arguments: Arguments, window: Window) -> Block:
    """Raster and Raster2 (rasters or numbers) band by band, as F32; a single band goes with every band of the other.

    Operation: 1 plus, 2 minus, 3 multiply, 4 divide, 5 power, 6 mode (the remainder, with the sign of the dividend).
    """
    operation = arguments.integer("Operation", 1)
    if operation not in _OPERATIONS:
        available = ", ".join(map(str, _OPERATIONS))
        raise arguments.error(f"the operation {operation} is not available; available are {available}.")
    first, second = (_operand(arguments, name, window) for name in ("Raster", "Raster2"))
    if len(first) != len(second) and 1 not in (len(first), len(second)):
        raise arguments.error(f"the rasters have {len(first)} and {len(second)} bands.")
    with np.errstate(all="ignore"):
        values = _OPERATIONS[operation](first, second)
    return block_of_numbers(np.broadcast_to(values, (len(values), window.rows, window.columns)), "F32")


def _operand(arguments: Arguments, name: str, window: Window) -> Array:
    if isinstance(arguments.value(name), (int, float)):
        return np.full((1, 1, 1), arguments.number(name))
    return arguments.raster(name)(window).numbers()


def _checked_band(arguments: Arguments, block: Block, index: int) -> int:
    if not 0 <= index < block.band_count:
        raise arguments.error(f"there is no band of index {index}; the raster has {block.band_count} bands.")
    return index


def _band_of_name(arguments: Arguments, block: Block, name: str) -> int:
    if name not in block.band_names:
        raise arguments.error(f"there is no band {name}; the raster has {', '.join(block.band_names)}.")
    return block.band_names.index(name)


def _band_of_wavelength(arguments: Arguments, block: Block, wavelength: float) -> int:
    distances = {index: abs(known - wavelength) for index, known in enumerate(block.wavelengths) if known is not None}
    if not distances:
        raise arguments.error("the wavelengths of the bands are not known.")
    nearest = min(distances, key=lambda index: distances[index])
    failing = arguments.integer("MissingBandAction", 0) == _FAIL
    if failing and distances[nearest] > arguments.number("WavelengthMatchTolerance", 0.0):
        raise arguments.error(f"there is no band of the wavelength {wavelength:g}.")
    return nearest
