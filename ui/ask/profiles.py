"""From points to lines of a plot: over the bands, or over a dimension, such as the time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from ...plugin.layer.pixel import BandValues
from ...plugin.service.multidimensional import TIME_DIMENSION, is_time
from ...plugin.service.plain_text import clean_line
from ...plugin.translation import tr
from .asked_point import AskedPoint
from .plot_data import Place, Plot, Scale, Series


class Over(Enum):
    """What a profile goes over; or a dimension of the service, by its name."""

    BANDS = "bands"
    RAW_BANDS = "raw bands"
    TIME = TIME_DIMENSION


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


def dimension_plot(points: Sequence[AskedPoint], dimension: str, band: str) -> Plot:
    """Return the values of one band of points over a dimension, by its name."""
    series = []
    for point in points:
        profile, names = point.profiles.get(dimension), profile_bands([point], dimension)
        if profile is None or band not in names:
            continue
        position = names.index(band)
        places = tuple(Place(place.at, place.values[position], place.label) for place in profile.places)
        series.append(Series(name_of(point), point.color, places))
    if is_time(dimension):
        return Plot(tr("Time (UTC)"), band or tr("Value"), Scale.TIME, tuple(series))
    title = dimension_titles(points).get(dimension, dimension)
    return Plot(clean_line(title), band or tr("Value"), Scale.NUMBER, tuple(series))


def dimension_titles(points: Sequence[AskedPoint]) -> dict[str, str]:
    """Return the dimensions beside the time that points can be looked at over: names, each with its unit."""
    return {dimension.name: dimension.label for point in points for dimension in point.dimensions}


def profile_bands(points: Sequence[AskedPoint], dimension: str) -> list[str]:
    """Return the names of the bands that points have over a dimension, each once."""
    profiles = [point.profiles[dimension] for point in points if dimension in point.profiles]
    return list(dict.fromkeys(band.name for profile in profiles for band in profile.bands))


def name_of(point: AskedPoint) -> str:
    """Return what a point is called: its number and its layer."""
    return tr("Point {number} ({layer})").format(number=point.number, layer=point.layer_name)


def _values(point: AskedPoint, *, raw: bool) -> BandValues | None:
    """Return what a point has in the rasters, or as the layer shows it; without processing that is the same."""
    if point.answer is None:
        return None
    return point.answer.raw or point.answer.shown if raw else point.answer.shown
