"""Which bands are red, green, blue and infrared: only where their names or their wavelengths prove it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..service.image_service import Band, BandProperties

RED, GREEN, BLUE, NEAR_INFRARED = "red", "green", "blue", "near infrared"
SHORT_WAVE_INFRARED_1, SHORT_WAVE_INFRARED_2 = "short-wave infrared 1", "short-wave infrared 2"

_NEAR_INFRARED_NAME = re.compile(r"(?<![a-z])nir(?![a-z])|near[\W_]*(?:infra[\W_]*red|ir(?![a-z]))")
# Names that hold "red" but are other bands.
_OTHER_REDS = re.compile(r"infra[\W_]*red|red[\W_]*edge")

_SHORT_WAVE = r"(?:swir|short[\W_]*wave[\W_]*(?:infra[\W_]*red|ir))[\W_]*"
_NAMES_OF_INFRARED = {
    NEAR_INFRARED: _NEAR_INFRARED_NAME,
    SHORT_WAVE_INFRARED_1: re.compile(rf"(?<![a-z]){_SHORT_WAVE}(?:1|16)(?!\d)"),
    SHORT_WAVE_INFRARED_2: re.compile(rf"(?<![a-z]){_SHORT_WAVE}(?:2|22)(?!\d)"),
}

# In nanometers, after the common band names of the STAC extension Electro-Optical. A panchromatic band, whose middle
# may lie anywhere, is wider than any band of one color.
_MIDDLES = {
    BLUE: (450, 500),
    GREEN: (500, 600),
    RED: (620, 690),
    NEAR_INFRARED: (760, 900),
    SHORT_WAVE_INFRARED_1: (1550, 1750),
    SHORT_WAVE_INFRARED_2: (2100, 2300),
}
_WIDEST = 150
_WIDEST_SHORT_WAVE = 350


class Wavelengths(NamedTuple):
    """Where the sensitivity of a band begins and ends, in nanometers."""

    shortest: float
    longest: float


def known_wavelengths(
    bands: Sequence[Band], properties: Sequence[BandProperties], *, are_raw: bool
) -> dict[int, Wavelengths]:
    """Return the known wavelengths of bands, by number.

    The properties are those of the service's raw bands, in their order. A processing template may change the order, so
    in its output a band is only recognized by a meaningful name.
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
    return composite((RED, GREEN, BLUE), names, wavelengths)


def color_infrared(
    names: Sequence[str], wavelengths: Mapping[int, Wavelengths] | None = None
) -> tuple[int, int, int] | None:
    """Return near infrared, red and green, which color infrared shows as red, green and blue, or None likewise."""
    return composite((NEAR_INFRARED, RED, GREEN), names, wavelengths)


def composite(
    roles: tuple[str, str, str], names: Sequence[str], wavelengths: Mapping[int, Wavelengths] | None = None
) -> tuple[int, int, int] | None:
    """Return the numbers (from 1) of the bands with three roles, or None where nothing proves one of them."""
    found = [_only_band(role, names, wavelengths or {}) for role in roles]
    first, second, third = found
    return None if first is None or second is None or third is None else (first, second, third)


def colored_bands(names: Sequence[str]) -> dict[str, int]:
    """Return the numbers (from 1) of the bands by their roles, as far as their names prove them."""
    found = ((role, _only_band(role, names, {})) for role in _MIDDLES)
    return {role: number for role, number in found if number is not None}


def _only_band(role: str, names: Sequence[str], wavelengths: Mapping[int, Wavelengths]) -> int | None:
    """Return the only band with a role by its name, or by its wavelengths if names do not tell."""
    named = _named(tuple(names)).get(role, ())
    if len(named) == 1:
        return named[0]
    seen = [number for number, known in wavelengths.items() if _is_seen(known, role)]
    return seen[0] if len(seen) == 1 else None


# The form asks for each role again and again, among up to some thousand bands.
@lru_cache(maxsize=8)
def _named(names: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the numbers (from 1) of the bands whose names have a role in them, by role."""
    found: dict[str, list[int]] = {}
    for number, name in enumerate(names, start=1):
        for role in _roles_in(name.lower()):
            found.setdefault(role, []).append(number)
    return found


def _roles_in(name: str) -> frozenset[str]:
    """Return the roles that a name has in it."""
    infrared = {role for role, pattern in _NAMES_OF_INFRARED.items() if pattern.search(name) is not None}
    words = re.findall(r"[a-z]+", _OTHER_REDS.sub(" ", name))
    return frozenset(infrared.union(role for role in words if role in _MIDDLES and role not in _NAMES_OF_INFRARED))


def _is_seen(known: Wavelengths, role: str) -> bool:
    least, greatest = _MIDDLES[role]
    middle = (known.shortest + known.longest) / 2
    widest = _WIDEST_SHORT_WAVE if role in (SHORT_WAVE_INFRARED_1, SHORT_WAVE_INFRARED_2) else _WIDEST
    return least <= middle <= greatest and known.longest - known.shortest <= widest
