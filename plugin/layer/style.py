"""A first look that needs no pixel request: the renderer, from what the service says and what the probe saw."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterRenderer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtGui import QColor

from ..backend.values import Values
from ..options.band_presets import natural_color
from ..options.layer_options import LayerOptions
from ..service.attribute_table import AttributeTableRow
from ..service.image_service import Band, ImageService

Range = tuple[float, float]

# Share of the pixels that a stretch from the probe leaves out at either end, as QGIS' own cumulative cut does.
_CUT_PERCENT = 2
_STANDARD_DEVIATIONS = 2


def renderer(
    values: Values,
    service: ImageService,
    output: ImageService,
    options: LayerOptions,
    classes: Sequence[AttributeTableRow],
) -> QgsRasterRenderer:
    """Return the renderer of a new layer: classes, a color composite, or shades of grey."""
    if classes and len(values.bands) == 1:
        return _paletted(classes)
    is_raw = output is service
    if len(values.bands) >= 3:
        numbers = composite_bands([band.name for band in values.bands], user_ordered=options.bands is not None)
        composite = QgsMultiBandColorRenderer(None, *numbers)
        if is_raw or values.data_type != "Byte":
            setters = (
                composite.setRedContrastEnhancement,
                composite.setGreenContrastEnhancement,
                composite.setBlueContrastEnhancement,
            )
            for number, set_enhancement in zip(numbers, setters):
                set_enhancement(_enhancement(values, output, options, number, is_raw=is_raw))
        composite.setAlphaBand(-1)
        return composite
    gray = QgsSingleBandGrayRenderer(None, 1)
    gray.setContrastEnhancement(_enhancement(values, output, options, 1, is_raw=is_raw))
    gray.setAlphaBand(-1)
    return gray


def composite_bands(names: Sequence[str], *, user_ordered: bool) -> tuple[int, int, int]:
    """Return which bands (from 1) to show as red, green and blue.

    Natural color only where the names prove it. A choice of the user's own is shown in the user's order.
    """
    proven = None if user_ordered else natural_color(names)
    return proven or (1, 2, 3)


def stretch_range(band: Band | None, pixels: np.ndarray, nodata: float | None) -> Range | None:
    """Return the values to show as black and white.

    Two standard deviations around the mean, within the band's limits, where the service has statistics; its limits
    where it has only those; else the middle 96 % of the pixels in the probe. None where nothing is known or all is one
    value.
    """
    if band is not None and band.mean is not None and band.standard_deviation:
        low = band.mean - _STANDARD_DEVIATIONS * band.standard_deviation
        high = band.mean + _STANDARD_DEVIATIONS * band.standard_deviation
        return _proper(
            low if band.minimum is None else max(low, band.minimum),
            high if band.maximum is None else min(high, band.maximum),
        )
    if band is not None and band.minimum is not None and band.maximum is not None:
        return _proper(band.minimum, band.maximum)
    seen = pixels[np.isfinite(pixels)]
    if nodata is not None:
        seen = seen[seen != nodata]
    return _proper(*np.percentile(seen, (_CUT_PERCENT, 100 - _CUT_PERCENT))) if seen.size else None


def _proper(low: float, high: float) -> Range | None:
    return (float(low), float(high)) if math.isfinite(low) and math.isfinite(high) and low < high else None


def _enhancement(
    values: Values, output: ImageService, options: LayerOptions, number: int, *, is_raw: bool
) -> QgsContrastEnhancement:
    """Return the stretch of one band of the layer. The service's statistics are those of its raw pixels."""
    position = number - 1
    described = position if options.bands is None else options.bands[position] - 1
    band = output.bands[described] if is_raw and described < len(output.bands) else None
    found = stretch_range(band, values.probe.pixels[position], values.bands[position].nodata)
    enhancement = QgsContrastEnhancement(getattr(Qgis.DataType, values.data_type))
    if found is not None:
        enhancement.setMinimumValue(found[0])
        enhancement.setMaximumValue(found[1])
        enhancement.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
    return enhancement


def _paletted(classes: Sequence[AttributeTableRow]) -> QgsPalettedRasterRenderer:
    entries = [
        QgsPalettedRasterRenderer.Class(
            row.value, QColor(*row.color) if row.color else _spare_color(row.value), row.label
        )
        for row in classes
    ]
    return QgsPalettedRasterRenderer(None, 1, entries)


def _spare_color(value: float) -> QColor:
    """Return a color for a class that has none: steps of the golden angle keep neighbours apart."""
    return QColor.fromHsv(int(value * 137.508) % 360, 160, 200)
