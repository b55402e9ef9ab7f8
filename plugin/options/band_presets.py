"""Which bands are red, green, blue and near infrared: only where their names or their wavelengths prove it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..service.image_service import Band, BandProperties

_NEAR_INFRARED = "near infrared"
_NEAR_INFRARED_NAME = re.compile(r"(?<![a-z])nir(?![a-z])|near[\W_]*(?:infra[\W_]*red|ir(?![a-z]))")
# Neither is red.
_OTHER_REDS = re.compile(r"infra[\W_]*red|red[\W_]*edge")

# In nanometers, after the common band names of the STAC extension Electro-Optical. A panchromatic band, whose middle
# may lie anywhere, is wider than any band of one color.
_MIDDLES = {"blue": (450, 500), "green": (500, 600), "red": (620, 690), _NEAR_INFRARED: (760, 900)}
_WIDEST = 150


class Wavelengths(NamedTuple):
    """Where the sensitivity of a band begins and ends, in nanometers."""

    shortest: float
    longest: float


def known_wavelengths(
    bands: Sequence[Band], properties: Sequence[BandProperties], *, are_raw: bool
) -> dict[int, Wavelengths]:
    """Return what is known of the bands' wavelengths, by their numbers.

    The properties are those of the service's raw pixels, in their order. What comes out of a processing template may
    be in another one, so that there only a name with a meaning of its own tells which band is which.
    """
    ranges = [
        None
        if band.wavelength_min is None or band.wavelength_max is None or band.wavelength_min >= band.wavelength_max
        else Wavelengths(band.wavelength_min, band.wavelength_max)
        for band in properties
    ]
    if are_raw:
        found = dict(zip((band.number for band in bands), ranges)) if len(ranges) == len(bands) else {}
    else:
        by_name = {band.name: known for band, known in zip(properties, ranges) if band.name}
        found = {band.number: by_name.get(band.name) for band in bands if band.has_own_name}
    return {number: known for number, known in found.items() if known is not None}


def natural_color(
    names: Sequence[str], wavelengths: Mapping[int, Wavelengths] | None = None
) -> tuple[int, int, int] | None:
    """Return the numbers (from 1) of the bands to show as red, green and blue, or None where nothing proves them."""
    return _proven(("red", "green", "blue"), names, wavelengths or {})


def color_infrared(
    names: Sequence[str], wavelengths: Mapping[int, Wavelengths] | None = None
) -> tuple[int, int, int] | None:
    """Return near infrared, red and green, which color infrared shows as red, green and blue, or None likewise."""
    return _proven((_NEAR_INFRARED, "red", "green"), names, wavelengths or {})


def _proven(
    colors: tuple[str, str, str], names: Sequence[str], wavelengths: Mapping[int, Wavelengths]
) -> tuple[int, int, int] | None:
    first, second, third = (_only_band(color, names, wavelengths) for color in colors)
    return None if first is None or second is None or third is None else (first, second, third)


def _only_band(color: str, names: Sequence[str], wavelengths: Mapping[int, Wavelengths]) -> int | None:
    """Return the one band of a color: by its name, or where that tells of none or of several, by its wavelengths."""
    named = [number for number, name in enumerate(names, start=1) if color in _colors_in(name.lower())]
    if len(named) == 1:
        return named[0]
    seen = [number for number, known in wavelengths.items() if _is_seen(known, color)]
    return seen[0] if len(seen) == 1 else None


# A form asks for each color of each of up to some thousand bands, again and again.
@lru_cache(maxsize=8192)
def _colors_in(name: str) -> frozenset[str]:
    """Return the colors that a name has in it."""
    colors = {_NEAR_INFRARED} if _NEAR_INFRARED_NAME.search(name) is not None else set()
    return frozenset(colors.union(re.findall(r"[a-z]+", _OTHER_REDS.sub(" ", name))).intersection(_MIDDLES))


def _is_seen(known: Wavelengths, color: str) -> bool:
    least, greatest = _MIDDLES[color]
    middle = (known.shortest + known.longest) / 2
    return least <= middle <= greatest and known.longest - known.shortest <= _WIDEST
