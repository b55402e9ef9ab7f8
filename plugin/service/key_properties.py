"""What the key properties of a service say of its bands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .image_service import BandProperties
from .json_values import mapping, number, sequence, text


def parse_band_properties(body: Mapping[str, Any]) -> tuple[BandProperties, ...]:
    """Read `BandProperties` of the key properties; numbers may be written as text."""
    return tuple(
        BandProperties(text(band.get("BandName")), number(band.get("WavelengthMin")), number(band.get("WavelengthMax")))
        for band in map(mapping, sequence(body.get("BandProperties")))
    )
