"""From points to lines of a plot: over the bands, or over time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from ...plugin.layer.pixel import BandValues
from ...plugin.translation import tr
from .asked_point import AskedPoint
from .plot_data import Place, Plot, Scale, Series


class Over(Enum):
    """What a profile goes over."""

    BANDS = "bands"
    RAW_BANDS = "raw bands"
    TIME = "time"


def bands_plot(points: Sequence[AskedPoint], *, raw: bool) -> Plot:
    """Return the values of points over their bands: by wavelength where each band of each point has one."""
    found = [(point, values) for point in points if (values := _values(point, raw=raw)) is not None]
    by_wavelength = bool(found) and all(values.are_by_wavelength for _, values in found)
    series = []
    for point, values in found:
        places = [
            Place(band.wavelength if by_wavelength and band.wavelength is not None else float(number), value, band.name)
            for number, (band, value) in enumerate(zip(values.bands, values.values), start=1)
        ]
        series.append(Series(name_of(point), point.color, tuple(sorted(places, key=lambda place: place.x))))
    title = tr("Wavelength (nm)") if by_wavelength else tr("Band")
    return Plot(title, tr("Value"), Scale.NUMBER if by_wavelength else Scale.WHOLE, tuple(series))


def time_plot(points: Sequence[AskedPoint], band: str) -> Plot:
    """Return the values of one band of points over time."""
    series = []
    for point in points:
        names = time_bands([point])
        if point.profile is None or band not in names:
            continue
        position = names.index(band)
        places = tuple(
            Place(float(dated.time), dated.values[position], dated.raster.name) for dated in point.profile.values
        )
        series.append(Series(name_of(point), point.color, places))
    return Plot(tr("Time (UTC)"), band or tr("Value"), Scale.TIME, tuple(series))


def time_bands(points: Sequence[AskedPoint]) -> list[str]:
    """Return the names of the bands that points have over time, each once."""
    names = [band.name for point in points if point.profile is not None for band in point.profile.bands]
    return list(dict.fromkeys(names))


def name_of(point: AskedPoint) -> str:
    """Return what a point is called: its number and its layer."""
    return tr("Point {number} ({layer})").format(number=point.number, layer=point.layer_name)


def _values(point: AskedPoint, *, raw: bool) -> BandValues | None:
    """Return what a point has in the rasters, or as the layer shows it; without processing that is the same."""
    if point.answer is None:
        return None
    return point.answer.raw or point.answer.shown if raw else point.answer.shown
