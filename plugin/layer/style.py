"""A first look that needs no pixel request: the renderer, from what the service says and what the probe saw."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from qgis.core import (
    Qgis,
    QgsColorRampLegendNodeSettings,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterRenderer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtGui import QColor

from ..backend.source import Kind
from ..options.band_presets import natural_color
from ..options.slices import variable_in_force
from ..service.attribute_table import AttributeTableRow
from ..service.image_service import Band
from ..service.plain_text import clean_line
from .plan import LayerPlan

Range = tuple[float, float]

# Share of the pixels that a stretch from the probe leaves out at either end, as QGIS' own cumulative cut does.
_CUT_PERCENT = 2
_STANDARD_DEVIATIONS = 2


def renderer(plan: LayerPlan) -> QgsRasterRenderer:
    """Return the renderer of a new layer: a picture unchanged, classes, a color composite, or shades of gray."""
    source = plan.prepared.source
    if source.kind is Kind.PICTURE:
        picture = QgsMultiBandColorRenderer(None, 1, 2, 3)
        picture.setAlphaBand(4)
        return picture
    if plan.classes and len(source.bands) == 1:
        return _paletted(plan.classes)
    is_raw = plan.output is plan.service
    if len(source.bands) >= 3:
        names = [band.name for band in source.bands]
        numbers = composite_bands(names, user_ordered=plan.options.bands is not None)
        composite = QgsMultiBandColorRenderer(None, *numbers)
        if is_raw or source.data_type != "Byte":
            setters = (
                composite.setRedContrastEnhancement,
                composite.setGreenContrastEnhancement,
                composite.setBlueContrastEnhancement,
            )
            for number, set_enhancement in zip(numbers, setters):
                set_enhancement(_enhancement(plan, number))
        composite.setAlphaBand(-1)
        return composite
    gray = QgsSingleBandGrayRenderer(None, 1)
    gray.setContrastEnhancement(_enhancement(plan, 1))
    gray.setAlphaBand(-1)
    variable = variable_in_force(plan.options, plan.service) if is_raw else None
    if variable is not None and variable.unit:
        in_unit = QgsColorRampLegendNodeSettings()
        in_unit.setSuffix(f" {clean_line(variable.unit)}")
        gray.setLegendSettings(in_unit)
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


def _enhancement(plan: LayerPlan, number: int) -> QgsContrastEnhancement:
    """Return the stretch of one band of the layer. The service's statistics are those of its raw pixels."""
    source, position = plan.prepared.source, number - 1
    bands = plan.options.bands
    described = position if bands is None else bands[position] - 1
    is_described = plan.output is plan.service and described < len(plan.output.bands)
    band = plan.output.bands[described] if is_described else None
    found = stretch_range(band, plan.prepared.probe.pixels[position], source.bands[position].nodata)
    enhancement = QgsContrastEnhancement(getattr(Qgis.DataType, source.data_type))
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
    """Return a color for a class that has none: steps of the golden angle keep neighbors apart."""
    return QColor.fromHsv(int(value * 137.508) % 360, 160, 200)
