"""The Stretch function: spreads the values of each band over the range of the output."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arguments import Arguments
from .block import Array, Block, Reader, Statistics, Window, block_of_numbers

# esriRasterStretchType
_NONE, _STANDARD_DEVIATION, _EQUALIZATION, _MINIMUM_MAXIMUM, _PERCENT_CLIP = 0, 3, 4, 5, 6

# Cells a side of the overview that statistics and histograms are estimated from.
_OVERVIEW_CELLS = 256


def stretch(arguments: Arguments, window: Window) -> Block:
    """Each band, stretched to Min … Max (0 … 255) as U8.

    StretchType: 0 none, 3 standard deviation, 4 histogram equalization, 5 minimum-maximum, 6 percent clip. Source:
    "Stretch function" and IStretchFunctionArguments. Input beyond the cutoffs becomes Min or Max; between them, with
    UseGamma, the share of the range is raised to 1 / Gamma. Cutoffs come from the first there is of: the pixels of the
    window (DRA), Statistics, the statistics of the raster, an overview of the whole raster; equalization and percent
    clip need values and so leave out the two in the middle.
    """
    read = arguments.raster()
    block = read(window)
    stretch_type = arguments.integer("StretchType", _NONE)
    if stretch_type == _NONE:
        return block_of_numbers(block.numbers(), "U8", block.band_names)
    values = block.numbers()
    if stretch_type in (_EQUALIZATION, _PERCENT_CLIP):
        samples = _samples(arguments, block, read)
        if stretch_type == _EQUALIZATION:
            shares = np.stack([_ranks(band, sample) for band, sample in zip(values, samples)])
        else:
            shares = _shares(values, [_percent_cutoffs(arguments, sample) for sample in samples])
    elif stretch_type in (_STANDARD_DEVIATION, _MINIMUM_MAXIMUM):
        known = _statistics(arguments, block, read)
        if stretch_type == _MINIMUM_MAXIMUM:
            cutoffs = [(band.minimum, band.maximum) for band in known]
        else:
            reach = arguments.number("NumberOfStandardDeviations", 2.0)
            cutoffs = [_deviation_cutoffs(band, reach) for band in known]
        shares = _shares(values, cutoffs)
    else:
        raise arguments.error(f"the StretchType {stretch_type} is not available; available are 0, 3, 4, 5 and 6.")
    if arguments.flag("UseGamma"):
        shares = shares ** (1.0 / _gamma(arguments, block.band_count))
    least, greatest = arguments.number("Min", 0.0), arguments.number("Max", 255.0)
    return block_of_numbers(least + shares * (greatest - least), "U8", block.band_names)


def _shares(values: Array, cutoffs: list[tuple[float, float]]) -> Array:
    """Where each value lies between the cutoffs of its band, 0 to 1."""
    least, greatest = (np.array(side)[:, np.newaxis, np.newaxis] for side in zip(*cutoffs))
    # A band of one value only has no range: what is above it is at the end.
    span = np.where(greatest > least, greatest - least, np.finfo(np.float64).tiny)
    with np.errstate(over="ignore"):
        shares: Array = np.clip((values - least) / span, 0.0, 1.0)
    return shares


def _ranks(values: Array, sample: Array) -> Array:
    """The share of the sample that is no greater than each value."""
    ranks = np.searchsorted(np.sort(sample), values, side="right") / max(sample.size, 1)
    return np.where(np.isnan(values), np.nan, ranks)


def _deviation_cutoffs(band: Statistics, reach: float) -> tuple[float, float]:
    return (
        max(band.mean - reach * band.standard_deviation, band.minimum),
        min(band.mean + reach * band.standard_deviation, band.maximum),
    )


def _percent_cutoffs(arguments: Arguments, sample: Array) -> tuple[float, float]:
    if not sample.size:
        return 0.0, 0.0
    below, above = arguments.number("MinPercent", 0.25), arguments.number("MaxPercent", 0.5)
    least, greatest = np.percentile(sample, [below, 100.0 - above])
    return float(least), float(greatest)


def _statistics(arguments: Arguments, block: Block, read: Reader) -> list[Statistics]:
    dynamic = arguments.flag("DRA")
    given = [Statistics(*row) for row in arguments.rows("Statistics", 4)]
    if given and not dynamic:
        return _for_every_band(arguments, "Statistics", given, block.band_count)
    if block.statistics and not dynamic:
        return list(block.statistics)
    return [
        Statistics(float(band.min()), float(band.max()), float(band.mean()), float(band.std()))
        if band.size
        else Statistics(0.0, 0.0, 0.0, 0.0)
        for band in _samples(arguments, block, read)
    ]


def _samples(arguments: Arguments, block: Block, read: Reader) -> list[Array]:
    """The values that statistics of each band are made of: the window's (DRA) or those of an overview of the raster."""
    sampled = block if arguments.flag("DRA") else read(arguments.context.native.overview(_OVERVIEW_CELLS))
    return [band[known].astype(np.float64) for band, known in zip(sampled.pixels, sampled.valid)]


def _gamma(arguments: Arguments, band_count: int) -> Array:
    gamma = arguments.numbers("Gamma") or [1.0]
    if min(gamma) <= 0:
        raise arguments.error("the argument Gamma must be positive.")
    return np.array(_for_every_band(arguments, "Gamma", gamma, band_count))[:, np.newaxis, np.newaxis]


def _for_every_band(arguments: Arguments, name: str, entries: list[Any], band_count: int) -> list[Any]:
    """One entry a band; a single entry stands for all bands."""
    if len(entries) == 1:
        return entries * band_count
    if len(entries) < band_count:
        raise arguments.error(f"the argument {name} has {len(entries)} entries for {band_count} bands.")
    return entries[:band_count]
