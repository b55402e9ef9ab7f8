"""Bands, by number or by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...service.errors import OptionError
from ...service.image_service import Band, ImageService
from ...translation import tr
from ..numerals import read_number, read_whole_number
from ..sentences import shortened
from ..typed_lists import Item
from .given import items

_BANDS_NAMED = 12


def bands(value: Any) -> tuple[int | str, ...] | None:
    """Return band numbers, counting from 1, and band names, in the order given.

    Text is separated by `;`, or without one by `,`, or between numbers by blanks, so that names may hold blanks; a name
    that is a number or holds a separator goes into quotation marks (`'` or `"`, doubled inside). The items of a list
    are not separated.
    """
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]+(?:\s+[0-9]+)+\s*", value):
        value = value.split()
    return tuple(_band(item) for item in items(value, ";,")) or None


def resolve_bands(wanted: Sequence[int | str], output: ImageService) -> tuple[int, ...]:
    """Return the numbers of the bands in what comes out of the processing template, as `output` describes it.

    Raises:
        OptionError: a number or a name that is not there.
    """
    return tuple(_existing_band(band, output) for band in wanted)


def find_band(wanted: int | str, service: ImageService) -> int | None:
    """Return the number of a band, from its number or its name, or None where the service has no such band.

    A name is matched as it is, then without regard to case; `Band_3` is band 3 where no band bears that name.
    """
    if isinstance(wanted, int):
        return wanted if 1 <= wanted <= len(service.bands) else None
    folded = wanted.casefold()
    found = [
        *(band.number for band in service.bands if band.name == wanted),
        *(band.number for band in service.bands if band.name.casefold() == folded),
        *(band.number for band in service.bands if f"band_{band.number}" == folded.replace(" ", "_")),
    ]
    return found[0] if found else None


def bands_in_words(available: Sequence[Band]) -> str:
    """Return numbers and names of bands for a sentence; of many, or of nameless ones, only the range of numbers."""
    if len(available) <= _BANDS_NAMED and any(band.has_own_name for band in available):
        return ", ".join(f"{band.number} ({band.name})" for band in available)
    return "1" if len(available) == 1 else tr("{first} to {last}").format(first=1, last=len(available))


def _existing_band(wanted: int | str, output: ImageService) -> int:
    found = find_band(wanted, output)
    if found is None:
        text = tr("The band “{band}” does not exist; choose from {bands}.")
        raise OptionError("bands", text.format(band=shortened(wanted), bands=bands_in_words(output.bands)))
    return found


def _band(item: Any) -> int | str:
    value = item.text if isinstance(item, Item) else item
    if isinstance(item, Item) and (item.is_quoted or read_number(value) is None):
        return value
    found = read_whole_number(value)
    if found is None or found < 1:
        raise OptionError(
            "bands", tr("“{value}” is no band; give numbers counting from 1, or names.").format(value=shortened(value))
        )
    return found
