"""Well-known color composites: which three bands are shown as red, green and blue, and what that is called.

Names and bands are those of Esri's and of the USGS' overviews of band combinations for Landsat.
"""

from __future__ import annotations

from typing import NamedTuple

from ..translation import tr
from .band_presets import BLUE, GREEN, NEAR_INFRARED, RED, SHORT_WAVE_INFRARED_1, SHORT_WAVE_INFRARED_2


class ColorComposite(NamedTuple):
    """A composite: its name, and the roles of its bands."""

    label: str
    roles: tuple[str, str, str]


def color_composites() -> tuple[ColorComposite, ...]:
    """Return all of them, the best known first."""
    first, second = SHORT_WAVE_INFRARED_1, SHORT_WAVE_INFRARED_2
    return (
        ColorComposite(tr("Natural color"), (RED, GREEN, BLUE)),
        ColorComposite(tr("Color infrared"), (NEAR_INFRARED, RED, GREEN)),
        ColorComposite(tr("Agriculture"), (first, NEAR_INFRARED, BLUE)),
        ColorComposite(tr("Healthy vegetation"), (NEAR_INFRARED, first, BLUE)),
        ColorComposite(tr("Land and water"), (NEAR_INFRARED, first, RED)),
        ColorComposite(tr("Short-wave infrared"), (second, NEAR_INFRARED, RED)),
        ColorComposite(tr("Urban areas"), (second, first, RED)),
        ColorComposite(tr("Geology"), (second, first, BLUE)),
    )


def role_label(role: str) -> str:
    """Return what the role of a band is called."""
    return {
        RED: tr("Red"),
        GREEN: tr("Green"),
        BLUE: tr("Blue"),
        NEAR_INFRARED: tr("Near infrared"),
        SHORT_WAVE_INFRARED_1: tr("Short-wave infrared 1"),
        SHORT_WAVE_INFRARED_2: tr("Short-wave infrared 2"),
    }[role]


def role_in_words(role: str) -> str:
    """Return what the role of a band is called within a sentence."""
    return {
        RED: tr("red"),
        GREEN: tr("green"),
        BLUE: tr("blue"),
        NEAR_INFRARED: tr("near infrared"),
        SHORT_WAVE_INFRARED_1: tr("short-wave infrared 1"),
        SHORT_WAVE_INFRARED_2: tr("short-wave infrared 2"),
    }[role]
